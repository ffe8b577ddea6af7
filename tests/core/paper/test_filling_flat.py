"""A flat form is written on: in the right place however the page is turned, cropped or left behind."""

import pytest
from tests.core.paper.making import DAY, HIGH, WIDE, asks, blank, box, definition, page

from perdure.core.kernel.geometry import Box
from perdure.core.paper.filling import fill
from perdure.core.paper.frame import Frame
from perdure.core.paper.reading import read

QUESTIONS = [page(asks("who")), page(asks("number", "identifier")), page(asks("agree", "tick"))]
BOXES = [
    box("who", [20, 30, 160, 50]),
    box("number", [20, 60, 140, 80], write="comb", cells=6),
    box("agree", [170, 30, 182, 42], write="tick", when="yes"),
]
ANSWERS = {"who": "Ada Byron", "number": "AB 12 34", "agree": True}
SEEN = {"who": "Ada Byron", "number": "AB1234", "agree": True}


def filled(form, answers=ANSWERS, boxes=BOXES, questions=QUESTIONS):
    asked = definition(questions, boxes)
    made, left = fill(form, asked, answers, reference="R", today=DAY, derived={})
    return read(made, asked, form), [one.owner for one in left]


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
def test_answers_stand_in_their_boxes_however_the_page_is_turned(turn):
    assert filled(blank(turn=turn)) == (SEEN, [])


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_answers_stand_in_their_boxes_when_the_page_is_cropped(turn):
    assert filled(blank(turn=turn, crop=[40, 50, 290, 380])) == (SEEN, [])


@pytest.mark.parametrize(
    "content",
    [
        b"q 0.2 0 0 0.2 500 500 cm q 1 0 0 1 9 9 cm",
        b"Q Q 3 0 0 3 100 100 cm",
        b"q 0 0 1 1 re W n",
        b"Q q 0.5 0 0 0.5 0 0 cm q",
    ],
)
def test_a_page_that_leaves_its_drawing_half_done_does_not_move_the_answers(content):
    assert filled(blank(content)) == (SEEN, [])


def test_a_square_is_left_empty_without_an_answer():
    assert filled(blank(), {"who": "Ada"})[0] == {"who": "Ada", "number": "", "agree": False}


def test_print_inside_a_square_is_not_taken_for_a_mark():
    dark = b"0 g 170 358 12 12 re f"
    assert filled(blank(dark), {})[0]["agree"] is False


def test_an_answer_without_room_says_where_it_went():
    long = "Wolfeschlegelsteinhausenbergerdorff " * 4
    seen, left = filled(blank(), {**ANSWERS, "who": long})
    assert seen["who"] == "see continuation sheet"
    assert left == ["who"]


def test_the_note_is_as_short_as_its_box():
    narrow = [box("who", [20, 30, 50, 42])]
    seen, left = filled(blank(), {"who": "Bartholomew Longstocking"}, narrow, QUESTIONS[:1])
    assert seen["who"] in {"see sheet", "see\nsheet"}
    assert left == ["who"]


def test_a_box_on_a_page_that_the_form_does_not_have_loses_nothing():
    beyond = [{**box("who", [20, 30, 160, 50]), "page": 7}]
    assert filled(blank(), {"who": "Ada"}, beyond, QUESTIONS[:1])[1] == ["who"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_frame_is_its_own_inverse(turn):
    frame = Frame((10.0, 20.0, 10.0 + WIDE, 20.0 + HIGH), turn)
    at = Box(30.0, 40.0, 90.0, 55.0)
    x, y = frame.lower_left(at)
    a, b, c, d, e, f = frame.upright
    corner = (a * x + c * y + e, b * x + d * y + f)
    x, y = x + at.width, y + at.height
    other = (a * x + c * y + e, b * x + d * y + f)
    assert frame.shown(*corner, *other).rounded() == at
