"""Answers that nothing is drawn around: parts between dashes, parts of a cell's room."""

from __future__ import annotations

from perdure.core.digitise.candidates import Source, candidates_of
from perdure.core.digitise.shapes import Char, Drawing, Rule
from perdure.core.digitise.surface import surface_of
from perdure.core.digitise.undrawn import after_caption, in_room, rows_of_dashes
from perdure.core.digitise.words import words_of
from perdure.core.kernel.geometry import Box


def dash(x: float, y: float = 100.0) -> Box:
    return Box(x, y, x + 7, y + 1)


def test_dashes_with_room_between_them_make_one_answer():
    assert rows_of_dashes([dash(180), dash(120), dash(120, 300)]) == [
        [dash(120), dash(180)],
        [dash(120, 300)],
    ]


def test_a_dashed_line_is_not_an_answer():
    assert rows_of_dashes([dash(60 + 12 * step) for step in range(30)]) == []


def test_the_parts_of_a_number_are_proposed_as_wide_as_their_digits():
    drawing = Drawing(612, 792)
    drawing.across = [Rule(dash(148)), Rule(dash(198))]  # three, two and four digits at 20 points each
    found = candidates_of(drawing, surface_of(drawing), [])
    dashed = [candidate.box for candidate in found if candidate.source is Source.DASHED]
    for left, right in ((85, 145), (158, 195), (208, 284)):
        spot = Box(left, 92, right, 109)
        assert any(box.iou(spot) > 0.7 for box in dashed), spot


def test_a_short_rule_that_is_the_side_of_a_square_is_no_dash():
    drawing = Drawing(612, 792)
    drawing.across = [Rule(Box(100, 100, 110, 101)), Rule(Box(100, 110, 110, 111))]
    drawing.upright = [Rule(Box(100, 100, 101, 111)), Rule(Box(110, 100, 111, 111))]
    found = candidates_of(drawing, surface_of(drawing), [])
    assert not [candidate for candidate in found if candidate.source is Source.DASHED]


def test_the_room_of_a_cell_is_parted_only_where_it_may_hold_several_answers():
    room = Box(50, 100, 350, 120)
    assert any(guess.share < 0.5 for guess in in_room(room, whole=False))
    assert all(guess.share == 1.0 for guess in in_room(room, whole=True))
    assert all(guess.box.x0 >= 50 and guess.box.x1 <= 350 for guess in in_room(room, whole=False))


def test_a_short_answer_after_a_caption_is_a_line_of_writing_high_and_stays_in_its_cell():
    cell, gap = Box(40, 95, 300, 115), Box(80, 100, 290, 109)
    heights = {round(guess.box.height) for guess in after_caption(gap, cell)}
    assert heights == {17}
    assert all(guess.box.y0 >= 95 and guess.box.y1 <= 115 for guess in after_caption(gap, cell))


def test_a_guess_that_a_drawn_box_covers_is_not_made():
    drawing = Drawing(612, 792)
    drawing.across = [Rule(dash(150)), Rule(dash(220))]
    free = candidates_of(drawing, surface_of(drawing), [])
    drawing.across += [Rule(Box(160, y, 217, y + 0.5)) for y in (92, 109)]
    drawing.upright = [Rule(Box(x, 92, x + 0.5, 109)) for x in (160, 217)]
    boxed = candidates_of(drawing, surface_of(drawing), [])
    middle = Box(160, 92, 217, 109)
    assert any(c.source is Source.DASHED and c.box.iou(middle) > 0.75 for c in free)
    assert not any(c.source is Source.DASHED and c.box.iou(middle) > 0.75 for c in boxed)
    assert any(c.source is Source.CELL and c.box.iou(middle) > 0.75 for c in boxed)


def test_bars_and_underscores_in_turn_are_a_comb_of_as_many_cells():
    chars = [
        Char(sign, 100 + 5 * at, 105 + 5 * at, 200, 10, False, True) for at, sign in enumerate("|__|__|__|")
    ]
    drawing = Drawing(612, 792, chars=chars)
    found = candidates_of(drawing, surface_of(drawing), words_of(drawing.chars))
    combs = [candidate for candidate in found if candidate.source is Source.COMB]
    assert [(comb.cells, round(comb.box.x0), round(comb.box.x1)) for comb in combs] == [(3, 100, 150)]
