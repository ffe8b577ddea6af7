"""From many overlapping candidates to the fields of a page."""

from __future__ import annotations

import numpy as np
import pytest

from perdure.core.digitise.choose import (
    LEAST,
    LEAST_TICK,
    drawn_instead,
    least_of,
    with_reach,
    without_overlap,
)

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


LOW_STRIP, HIGH_CELL = (50.0, 100.0, 350.0, 112.0), (50.0, 92.0, 350.0, 112.0)


def reach(boxes: list[tuple[float, ...]], probability: list[float], *, tick: bool = False):
    ticks = np.full(len(boxes), tick)
    chosen = without_overlap(np.array(boxes), np.array(probability), least_of(ticks))
    return with_reach(np.array(boxes), np.array(probability), ticks, chosen)


def test_of_two_likely_heights_the_answer_reaches_to_the_middle():
    assert reach([LOW_STRIP, HIGH_CELL], [0.9, 0.9]) == pytest.approx(np.array([[50, 96, 350, 112]]))


def test_an_unlikely_height_has_no_say():
    assert reach([LOW_STRIP, HIGH_CELL], [0.9, 0.3]) == pytest.approx(np.array([LOW_STRIP]))


def test_boxes_that_are_nearly_one_share_their_say():
    twice = (50.0, 100.3, 350.0, 112.0)
    top = reach([LOW_STRIP, twice, HIGH_CELL], [0.9, 0.9, 0.9])[0, 1]
    assert top == pytest.approx(96, abs=0.2)


def test_the_columns_of_a_line_have_no_say_in_how_far_the_line_reaches():
    assert reach([LINE, *COLUMNS], [0.95, 0.46, 0.46, 0.46]) == pytest.approx(np.array([LINE]))


def test_a_drawn_tick_stays_where_it_is_drawn():
    squares = [(50.0, 100.0, 60.0, 110.0), (49.0, 99.0, 60.0, 110.0)]
    assert reach(squares, [0.9, 0.8], tick=True) == pytest.approx(np.array(squares[:1]))


def test_boxes_on_one_level_stay_level():
    right_strip, right_cell = (360.0, 100.0, 500.0, 112.0), (360.0, 92.0, 500.0, 112.0)
    found = reach([LOW_STRIP, HIGH_CELL, right_strip, right_cell], [0.95, 0.9, 0.95, 0.5])
    assert len(found) == 2
    assert found[0, 1] == pytest.approx(found[1, 1])
    assert 92 < found[0, 1] < 100


def test_an_answer_low_in_a_drawn_cell_is_named_by_the_cell():
    boxes, cell, line = np.array([LOW_STRIP, HIGH_CELL]), np.array([False, True]), np.array([True, False])
    assert drawn_instead(boxes, np.array([0.93, 0.92]), cell, line, [0]) == [1]
    assert drawn_instead(boxes, np.array([0.93, 0.5]), cell, line, [0]) == [0]


def test_a_comb_or_a_tick_is_never_named_by_a_cell():
    boxes, cell, line = np.array([LOW_STRIP, HIGH_CELL]), np.array([False, True]), np.array([False, False])
    assert drawn_instead(boxes, np.array([0.93, 0.92]), cell, line, [0]) == [0]
