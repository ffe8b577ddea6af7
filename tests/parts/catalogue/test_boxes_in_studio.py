"""Drawing a box that was missed and taking one away that is none, without a script."""

from __future__ import annotations

import pytest
from tests.parts.catalogue.staff import signed_in
from tests.parts.catalogue.test_edits_in_studio import PAPER

from perdure.core.definition.api import load_definition
from perdure.core.definition.model import QuestionType
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue.models import Draft

pytestmark = pytest.mark.django_db
DRAW = "/studio/parking-permit/box/"


@pytest.fixture
def owner(db):
    catalogue.add_from_definition(PAPER, by="system:test")
    return signed_in()


def draft():
    return load_definition(Draft.objects.get().definition)


def box(**changed: object) -> dict[str, object]:
    start = {"title": "Colour of the car", "type": "text", "after": "", "sheet": 1, "revision": 1}
    return start | {"left": 100, "top": 220, "width": 200, "height": 18} | changed


def act(client, do: str, at: str):
    revision = Draft.objects.get().revision
    words = {"do": do, "at": at, "revision": revision}
    return client.post("/studio/parking-permit/act/", words, follow=True)


def test_a_click_on_the_picture_fills_the_numbers(owner):
    page = owner.get(DRAW, {"sheet": 1, "click.x": 120, "click.y": 230})
    form = page.context["form"]
    assert [form[name].value() for name in ("left", "top", "width", "height")] == [120, 221.0, 150, 18]


def test_a_click_for_a_tick_makes_a_small_square_and_a_click_at_the_edge_stays_on_the_page(owner):
    form = owner.get(DRAW, {"size": "tick", "click.x": 590, "click.y": 841}).context["form"]
    assert [form[name].value() for name in ("left", "top", "width", "height", "type")] == [
        584.0,
        831.0,
        11,
        11,
        "tick",
    ]


def test_a_drawn_box_is_asked_and_in_hand(owner):
    answer = owner.post(DRAW, box(type="name", after="car"), follow=True)
    assert [page.id for page in draft().pages] == ["name", "home", "car", "colour-of-the-car"]
    assert draft().pages[-1].questions[0].type is QuestionType.NAME
    assert answer.redirect_chain[-1][0].endswith("?at=colour-of-the-car#card-colour-of-the-car")
    assert "Undo: Drew a box: Colour of the car" in answer.content.decode()
    act(owner, "undo", "")
    assert len(draft().pages) == 3


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": ""}, "Write the question."),
        ({"left": ""}, "Write a number."),
        ({"left": "wide"}, "Write a number, like 120."),
        ({"left": "nan"}, "Write a number, like 120."),
        ({"left": 500}, "does not lie on the page"),
        ({"top": 100, "width": 200, "height": 20}, "There is a box here already."),
        ({"height": 1}, "too small"),
        ({"type": "choice"}, "Select a valid choice"),
    ],
)
def test_a_box_that_cannot_be_is_refused_and_what_was_typed_stays(owner, changed, says):
    page = owner.post(DRAW, box(hint="", **changed)).content.decode()
    assert says in page
    assert changed.get("title", "Colour of the car") in page
    assert Draft.objects.get().revision == 1


def test_two_people_draw_two_boxes(owner):
    owner.post(DRAW, box())
    signed_in(name="Bram de Wit").post(DRAW, box(title="Its year", top=260))
    assert len(draft().paper.boxes) == 6


def test_the_same_box_sent_twice_is_one(owner):
    owner.post(DRAW, box())
    page = owner.post(DRAW, box()).content.decode()
    assert len(draft().paper.boxes) == 5
    assert "There is a box here already." in page


def test_a_box_that_is_none_is_taken_away_and_listed(owner):
    page = act(owner, "not-a-box:p1-3", "home").content.decode()
    assert [one.box for one in draft().paper.left_out] == ["p1-3"]
    assert "It is not a box to fill in." in page
    assert "1 box of the paper is not asked" in page


def test_a_question_goes_with_its_only_box_and_the_next_one_comes_up(owner):
    answer = act(owner, "not-a-box:p1-1", "name")
    assert [page.id for page in draft().pages] == ["home", "car"]
    assert "at=home" in answer.redirect_chain[-1][0]


def test_a_card_with_several_boxes_names_what_stands_in_each(owner):
    page = owner.get("/studio/parking-permit/?at=home").content.decode()
    assert "Its 2 boxes on the paper" in page
    assert "Box 1, page 1: Owned" in page
    assert "Box 2, page 1: Rented" in page


def test_a_viewer_draws_nothing(owner):
    viewer = signed_in("viewer", name="Vera")
    assert viewer.get(DRAW).status_code == 403
    assert viewer.post(DRAW, box()).status_code == 403
    act(viewer, "not-a-box:p1-3", "home")
    assert Draft.objects.get().revision == 1


def test_a_service_without_a_paper_has_nothing_to_draw_on(db):
    client = signed_in()
    plain = PAPER.split("paper:\n")[0]
    catalogue.add_from_definition(plain, by="system:test")
    assert client.get(DRAW).status_code == 404
