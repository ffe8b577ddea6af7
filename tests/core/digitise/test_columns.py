"""Print alone may part a line into fields: heads over a pile of rules, captions under one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.digitise import papers

from perdure.core.digitise.api import read_form
from perdure.core.digitise.columns import by_middles, by_starts, groups_of, under_heads
from perdure.core.digitise.shapes import Rule
from perdure.core.kernel.geometry import Box

HEADS = [(70.0, 60.0, 110.0, 70.0), (250.0, 60.0, 300.0, 70.0), (420.0, 60.0, 500.0, 70.0)]


def pile(*tops: float) -> list[Rule]:
    return [Rule(Box(50, top, 550, top + 1)) for top in tops]


def test_words_near_each_other_are_one_caption():
    words = np.array([[10, 30], [33, 60], [120, 150]], dtype=float)
    assert groups_of(words) == [(10, 60), (120, 150)]


def test_every_rule_of_a_pile_has_the_columns_of_the_heads_over_it():
    found = under_heads(pile(90, 112, 134), np.array(HEADS))
    assert [columns.stops for columns in found if columns] == [[50, 248, 418, 550]] * 3
    assert [columns.row for columns in found if columns] == [0, 1, 2]


def test_print_between_two_rules_ends_the_pile():
    words = np.array([*HEADS, (60.0, 118.0, 300.0, 128.0)])
    found = under_heads(pile(90, 136), words)
    assert found[0] is not None
    assert found[1] is None


def test_one_caption_or_running_text_parts_nothing():
    sentence = np.array([(50.0 + 50 * step, 60.0, 97.0 + 50 * step, 70.0) for step in range(10)])
    assert under_heads(pile(90), np.array(HEADS[:1])) == [None]
    assert under_heads(pile(90), sentence) == [None]


def test_captions_in_the_middle_of_their_parts_tell_the_parting_that_fits():
    captions = [(90.0, 110.0), (290.0, 310.0)]
    assert by_middles(0, 400, captions).stops == [0, 200, 400]
    assert by_middles(0, 400, captions).off == pytest.approx(0.0, abs=0.01)
    assert by_starts(0, 400, captions).off > 0.1


def test_lines_under_a_row_of_heads_are_a_field_in_every_column():
    heads = [
        papers.text(70, 100, "Name:"),
        papers.text(240, 100, "Child of:"),
        papers.text(410, 100, "Date of death:"),
    ]
    lines = [papers.rule(60, 550, top) for top in (130, 152, 174, 196)]
    form = read_form(papers.page_pdf("\n".join([*heads, *lines])))
    for left, right in ((60, 238), (238, 408), (408, 550)):
        for top in (130, 152, 174, 196):
            spot = Box(left, top - 13, right, top)
            assert any(field.box.iou(spot) > 0.5 for field in form.fields), spot
