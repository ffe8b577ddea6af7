"""Boxes that an owner draws, and boxes that are none."""

import pytest

from perdure.core.definition import edits
from perdure.core.definition.api import load_definition
from perdure.core.definition.edits import EditRefused
from perdure.core.definition.lint import lint
from perdure.core.definition.model import QuestionType, Write
from perdure.core.kernel.geometry import Box

PERMIT = """\
perdure: 1
id: parking-permit
title: Parking permit
owner: Streets team
review_by: 2027-01-31
pages:
  - id: name
    section: You
    questions:
      - {id: name, type: text, title: Name}
  - id: tenure
    section: Your home
    questions:
      - id: tenure
        type: choice
        title: Your home
        options: [{value: owned, title: Owned}, {value: rented, title: Rented}]
paper:
  file: permit.pdf
  pages: [{width: 595, height: 842}]
  boxes:
    - {id: p1-1, page: 1, at: [100, 100, 300, 120], answer: name}
    - {id: p1-2, page: 1, at: [100, 180, 110, 190], answer: tenure, write: tick, when: owned}
    - {id: p1-3, page: 1, at: [150, 180, 160, 190], answer: tenure, write: tick, when: rented}
  left_out:
    - {box: p1-4, page: 1, at: [400, 700, 500, 720], because: office_use}
"""
HERE = Box(100, 140, 300, 158)


@pytest.fixture
def permit():
    return load_definition(PERMIT)


def errors(definition):
    return [problem for problem in lint(definition) if problem.severity == "error"]


def test_a_drawn_box_is_a_question_where_it_stands_on_the_paper(permit):
    added = edits.add_box(permit, 1, HERE, "Number plate")
    assert [page.id for page in added.pages] == ["name", "number-plate", "tenure"]
    question, box = added.pages[1].questions[0], added.paper.boxes[-1]
    assert (question.title, question.type, added.pages[1].section) == (
        "Number plate",
        QuestionType.TEXT,
        "You",
    )
    assert (box.page, box.at, box.answer, box.write) == (1, HERE, question.id, Write.TEXT)
    assert errors(added) == []


def test_a_drawn_box_comes_behind_the_page_that_is_named(permit):
    added = edits.add_box(permit, 1, HERE, "Number plate", after="tenure")
    assert [page.id for page in added.pages] == ["name", "tenure", "number-plate"]
    with pytest.raises(EditRefused, match="no page called nowhere"):
        edits.add_box(permit, 1, HERE, "Number plate", after="nowhere")


@pytest.mark.parametrize("kind", [kind for kind in QuestionType if not kind.value.startswith("choice")])
def test_every_kind_that_fits_one_box_can_be_drawn(permit, kind):
    added = edits.add_box(permit, 1, HERE, "Something", kind)
    assert added.pages[1].questions[0].type is kind
    assert errors(added) == []


def test_a_drawn_tick_is_marked_for_yes(permit):
    added = edits.add_box(permit, 1, Box(100, 140, 110, 150), "I agree", QuestionType.TICK)
    assert (added.paper.boxes[-1].write, added.paper.boxes[-1].when) == (Write.TICK, "yes")


def test_two_drawn_boxes_have_names_of_their_own(permit):
    once = edits.add_box(permit, 1, HERE, "Number plate")
    twice = edits.add_box(once, 1, Box(320, 140, 420, 158), "Number plate")
    assert len({box.id for box in twice.paper.boxes}) == 5
    assert len({question.id for question in twice.questions()}) == 4


@pytest.mark.parametrize(
    ("page", "at", "says"),
    [
        (2, HERE, "no such page"),
        (0, HERE, "no such page"),
        (1, Box(500, 140, 700, 158), "does not lie on the page"),
        (1, Box(-5, 140, 100, 158), "does not lie on the page"),
        (1, Box(100, 140, 102, 158), "too small"),
        (1, Box(300, 158, 100, 140), "too small"),
        (1, Box(102, 101, 299, 121), "a box here already"),
        (1, Box(401, 701, 500, 720), "is known, and is not asked"),
    ],
)
def test_a_box_that_cannot_be_is_refused(permit, page, at, says):
    with pytest.raises(EditRefused, match=says):
        edits.add_box(permit, page, at, "Number plate")


def test_a_drawn_box_needs_a_title_and_a_paper(permit):
    with pytest.raises(EditRefused, match="needs a title"):
        edits.add_box(permit, 1, HERE, "  ")
    with pytest.raises(EditRefused, match="no paper form"):
        edits.add_box(permit.model_copy(update={"paper": None}), 1, HERE, "Number plate")


def test_a_box_that_is_none_goes_and_its_question_stays_while_it_has_another(permit):
    dropped = edits.drop_box(permit, "p1-3", "It is not a box.")
    assert [box.id for box in dropped.paper.boxes] == ["p1-1", "p1-2"]
    assert [(box.box, box.note) for box in dropped.paper.left_out][-1] == ("p1-3", "It is not a box.")
    assert len(dropped.questions()) == 2


def test_a_question_goes_with_its_last_box_and_comes_back_with_it(permit):
    dropped = edits.drop_box(permit, "p1-1", "It is not a box.")
    assert [question.id for question in dropped.questions()] == ["tenure"]
    back = edits.bring_back(dropped, "p1-1")
    assert len(back.questions()) == 2
    assert errors(back) == []


def test_a_box_that_nobody_knows_is_refused(permit):
    with pytest.raises(EditRefused, match="not asked"):
        edits.drop_box(permit, "p9-9", "It is not a box.")
