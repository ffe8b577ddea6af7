"""From many overlapping candidates to the fields of a page."""

from __future__ import annotations

import numpy as np

from perdure.core.digitise.choose import LEAST, LEAST_TICK, least_of, without_overlap

LINE = (50.0, 100.0, 350.0, 113.0)
COLUMNS = [(50.0, 100.0, 150.0, 113.0), (150.0, 100.0, 250.0, 113.0), (250.0, 100.0, 350.0, 113.0)]


def kept(boxes: list[tuple[float, ...]], probability: list[float], *, tick: bool = False) -> list[int]:
    ticks = np.full(len(boxes), tick)
    return without_overlap(np.array(boxes), np.array(probability), least_of(ticks))


def test_of_two_boxes_in_one_place_the_surer_is_kept():
    assert kept([LINE, (52.0, 99.0, 348.0, 113.0)], [0.6, 0.8]) == [1]


def test_boxes_side_by_side_are_all_kept_the_surest_first():
    assert kept(COLUMNS, [0.6, 0.9, 0.7]) == [1, 2, 0]


def test_a_line_gives_way_to_its_columns_where_these_are_worth_more():
    assert sorted(kept([LINE, *COLUMNS], [0.7, 0.6, 0.6, 0.6])) == [1, 2, 3]


def test_a_line_stays_where_its_columns_are_worth_less():
    assert kept([LINE, *COLUMNS], [0.95, 0.46, 0.46, 0.46]) == [0]


def test_a_tick_needs_less_than_an_entry():
    between = (LEAST + LEAST_TICK) / 2
    square = [(50.0, 100.0, 60.0, 110.0)]
    assert kept(square, [between], tick=True) == [0]
    assert kept(square, [between]) == []


def test_a_page_without_candidates_has_no_fields():
    assert without_overlap(np.zeros((0, 4)), np.zeros(0), np.zeros(0)) == []
