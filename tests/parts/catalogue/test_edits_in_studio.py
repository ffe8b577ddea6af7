"""Correcting questions in the studio: every act is saved at once, can be undone and is on the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.parts.catalogue.staff import signed_in

from perdure.core.definition.api import load_definition
from perdure.foundation.audit import api as audit
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue import editing
from perdure.parts.catalogue.models import Draft

pytestmark = pytest.mark.django_db

PAPER = """\
perdure: 1
id: parking-permit
title: Parking permit
owner: Streets team
review_by: 2027-01-31
pages:
  - id: name
    questions:
      - {id: name, type: text, title: Name, confidence: 0.4, was: Full name}
  - id: home
    questions:
      - id: tenure
        type: choice
        title: Your home
        confidence: 0.5
        options: [{value: owned, title: Owned}, {value: rented, title: Rented}]
  - id: car
    questions:
      - {id: car, type: text, title: Number plate, confidence: 0.95}
paper:
  file: permit.pdf
  pages: [{width: 595, height: 842}]
  boxes:
    - {id: p1-1, page: 1, at: [100, 100, 300, 120], answer: name}
    - {id: p1-2, page: 1, at: [100, 140, 110, 150], answer: tenure, write: tick, when: owned}
    - {id: p1-3, page: 1, at: [150, 140, 160, 150], answer: tenure, write: tick, when: rented}
    - {id: p1-4, page: 1, at: [100, 180, 300, 200], answer: car}
"""


@pytest.fixture
def owner(db):
    return signed_in()


@pytest.fixture
def permit(db) -> str:
    return catalogue.add_from_definition(PAPER, by="system:test")


def draft() -> Draft:
    return Draft.objects.get()


def pages() -> list[str]:
    return [page.id for page in load_definition(draft().definition).pages]


def act(client, do: str, at: str, revision: int | None = None):
    words = {"do": do, "at": at, "revision": revision or draft().revision}
    return client.post("/studio/parking-permit/act/", words, follow=True)


def wish(**changed: object) -> dict[str, object]:
    start = {"title": "Name", "hint": "", "type": "text", "section": "", "revision": draft().revision}
    return start | changed


def test_accepting_saves_at_once_and_goes_on_to_the_next_that_needs_somebody(owner, permit):
    answer = act(owner, "accept", "name")
    page = answer.content.decode()
    assert draft().accepted == ["name"]
    assert draft().unsure == 1
    assert "2 of 3 sure, 1 needs you" in page
    assert answer.redirect_chain[-1][0].endswith("?at=home#card-home")


def test_undo_brings_up_the_question_that_it_is_about(owner, permit):
    act(owner, "accept", "name")
    answer = act(owner, "undo", "car")
    assert answer.redirect_chain[-1][0].endswith("?at=name#card-name")
    owner.post("/studio/parking-permit/leave-out/car/", {"reason": "Known.", "revision": draft().revision})
    answer = act(owner, "undo", "name")
    assert answer.redirect_chain[-1][0].endswith("?at=car#card-car")


def test_who_comes_back_goes_on_where_nobody_accepted_yet(owner, permit):
    act(owner, "accept", "name")
    act(owner, "accept", "home")
    for order in ("doubt", "paper"):
        page = owner.get(f"/studio/parking-permit/?order={order}")
        assert page.context["view"].hand.id == "car"
        assert "2 of 3 accepted" in page.content.decode()


def test_a_page_that_is_gone_cannot_be_accepted(owner, permit):
    page = act(owner, "accept", "nowhere").content.decode()
    assert "is not there any more" in page
    assert draft().accepted == []


def test_on_the_paper_accepting_goes_on_to_the_next_one_down(owner, permit):
    words = {"do": "accept", "at": "home", "order": "paper", "revision": 1}
    answer = owner.post("/studio/parking-permit/act/", words)
    assert "at=car" in answer.url
    answer = owner.post("/studio/parking-permit/act/", words | {"at": "car", "revision": 2})
    assert "at=name" in answer.url


def test_a_title_changed_on_its_card_leaves_everything_else_as_it_is(owner, permit):
    typed = {"in_place": "1", "title": "Who owns your home?", "type": "choice", "revision": 1}
    answer = owner.post("/studio/parking-permit/questions/tenure/", typed)
    question = load_definition(draft().definition).questions()[1]
    assert "at=home" in answer.url
    assert question.title == "Who owns your home?"
    assert [option.title for option in question.options] == ["Owned", "Rented"]
    assert "home" in draft().accepted


def test_a_kind_that_cannot_be_is_explained_on_the_whole_form_with_what_was_typed(owner, permit):
    typed = {"in_place": "1", "title": "Name", "type": "choice", "revision": 1}
    page = owner.post("/studio/parking-permit/questions/name/", typed).content.decode()
    assert "Write two answers or more" in page
    assert '<option value="choice" selected>' in page
    assert draft().revision == 1


def test_a_question_is_reworded_and_counts_as_looked_at(owner, permit):
    owner.post(
        "/studio/parking-permit/questions/name/", wish(title="What is your name?", hint="As on bills.")
    )
    question = load_definition(draft().definition).questions()[0]
    assert (question.title, question.hint) == ("What is your name?", "As on bills.")
    assert "name" in draft().accepted


def test_another_kind_of_answer_keeps_its_box(owner, permit):
    owner.post("/studio/parking-permit/questions/name/", wish(type="name", parts=["full"]))
    definition = load_definition(draft().definition)
    assert definition.questions()[0].type == "name"
    assert definition.paper.boxes[0].answer == "name.full"


def test_an_option_is_reworded_and_keeps_its_tick(owner, permit):
    changed = wish(title="Your home", type="choice", options="I own it\nI rent it\n")
    owner.post("/studio/parking-permit/questions/tenure/", changed)
    definition = load_definition(draft().definition)
    assert [(one.value, one.title) for one in definition.questions()[1].options] == [
        ("owned", "I own it"),
        ("rented", "I rent it"),
    ]
    assert len(definition.paper.boxes) == 4


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": " "}, "Write the question."),
        ({"type": "choice", "options": "One"}, "two answers or more"),
        ({"type": "choice", "options": "One\nOne"}, "are the same"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(owner, permit, changed, says):
    page = owner.post(
        "/studio/parking-permit/questions/name/", wish(hint="Kept hint", **changed)
    ).content.decode()
    assert says in page
    assert "There is a problem" in page
    assert "Kept hint" in page
    assert draft().revision == 1


def test_an_edit_that_the_paper_does_not_allow_is_refused_in_words(owner, permit):
    changed = wish(title="Your home", type="date", hint="Kept hint")
    page = owner.post("/studio/parking-permit/questions/tenure/", changed).content.decode()
    assert "boxes to tick" in page
    assert "Kept hint" in page
    assert draft().revision == 1


def test_pages_move_join_and_split(owner, permit):
    act(owner, "down", "name")
    assert pages() == ["home", "name", "car"]
    act(owner, "up", "name")
    assert pages() == ["name", "home", "car"]
    act(owner, "group", "name")
    assert pages() == ["name", "car"]
    act(owner, "split", "name")
    assert len(pages()) == 3


def test_a_service_gets_its_name_and_its_contact(owner, permit):
    start = {"title": "Park your car", "owner": "Streets team", "review_by": "2027-05-01", "revision": 1}
    page = owner.post("/studio/parking-permit/about/", start | {"email": "nobody"}).content.decode()
    assert "help@example.org" in page
    assert "Park your car" in page
    owner.post(
        "/studio/parking-permit/about/", start | {"email": "cars@example.org", "summary": "Two lines."}
    )
    definition = load_definition(draft().definition)
    assert (definition.title, definition.contact.email) == ("Park your car", "cars@example.org")
    assert definition.id == "parking-permit"
    assert "Park your car" in owner.get("/studio/").content.decode()


def test_a_running_service_keeps_its_name_in_lists_until_the_new_one_is_published(owner, permit):
    catalogue.publish(permit, by="system:test")
    new = {"title": "Park your car", "owner": "Streets team", "review_by": "2027-05-01", "revision": 1}
    owner.post("/studio/parking-permit/about/", new)
    assert [one.title for one in catalogue.running_services()] == ["Parking permit"]
    catalogue.publish(permit, by="system:test")
    assert [one.title for one in catalogue.running_services()] == ["Park your car"]


def test_questions_of_one_screen_become_one_answer(owner, permit):
    act(owner, "split", "home")
    definition = load_definition(draft().definition)
    ticks = [one.id for one in definition.questions() if one.type == "tick"]
    assert len(ticks) == 2
    page = next(page.id for page in definition.pages if page.questions[0].id == ticks[0])
    wanted = {"title": "Is your home yours?", "type": "choice", "revision": draft().revision}
    owner.post(f"/studio/parking-permit/join/{page}/", wanted)
    definition = load_definition(draft().definition)
    assert [one.title for one in definition.questions()][1] == "Is your home yours?"
    assert [box.write for box in definition.paper.boxes].count("tick") == 2


def test_boxes_become_the_parts_of_a_name(owner, permit):
    act(owner, "down", "home")
    act(owner, "group", "name")
    wanted = {"title": "Who are you?", "type": "name", "revision": draft().revision}
    page = owner.post("/studio/parking-permit/join/name/", wanted).content.decode()
    assert "another part of the whole" in page
    owner.post("/studio/parking-permit/join/name/", wanted | {"part-name": "given", "part-car": "family"})
    definition = load_definition(draft().definition)
    assert definition.questions()[0].parts == ("given", "family")
    assert {box.answer for box in definition.paper.boxes} >= {"name.given", "name.family"}


def test_leaving_out_needs_a_reason_and_is_listed_with_it(owner, permit):
    page = owner.post("/studio/parking-permit/leave-out/car/", {"reason": "", "revision": 1}).content.decode()
    assert "Write a reason" in page
    owner.post("/studio/parking-permit/leave-out/car/", {"reason": "We look it up.", "revision": 1})
    assert pages() == ["name", "home"]
    page = owner.get("/studio/parking-permit/").content.decode()
    assert "1 box of the paper is not asked" in page
    assert "We look it up." in page
    act(owner, "bring-back:p1-4", "name")
    assert len(pages()) == 3
    assert "is not asked" not in owner.get("/studio/parking-permit/").content.decode()


def test_every_act_can_be_undone_back_to_the_start(owner, permit):
    before = draft().definition
    act(owner, "accept", "name")
    act(owner, "down", "name")
    act(owner, "group", "home")
    for _step in range(3):
        act(owner, "undo", "")
    assert draft().definition == before
    assert draft().accepted == []
    assert draft().unsure == 2


def test_two_people_never_overwrite_each_other(owner, permit):
    bram = signed_in(name="Bram de Wit")
    bram.post("/studio/parking-permit/questions/name/", wish(title="Bram's title"))
    answer = owner.post("/studio/parking-permit/questions/name/", wish(title="Amina's title", revision=1))
    page = answer.content.decode()
    assert "Bram de Wit" in page
    assert "Changed: Name" in page
    assert "Amina&#x27;s title" in page
    assert load_definition(draft().definition).questions()[0].title == "Bram's title"
    again = answer.context["revision"]
    owner.post("/studio/parking-permit/questions/name/", wish(title="Amina's title", revision=again))
    assert load_definition(draft().definition).questions()[0].title == "Amina's title"


def test_a_click_on_a_question_that_a_colleague_changed_does_nothing_and_names_them(owner, permit):
    bram = signed_in(name="Bram de Wit")
    bram.post(
        "/studio/parking-permit/questions/tenure/",
        wish(title="Who owns it?", type="choice", options="Owned\nRented"),
    )
    page = act(owner, "down", "home", revision=1).content.decode()
    assert "Bram de Wit" in page
    assert pages() == ["name", "home", "car"]


def test_every_change_is_on_the_record_with_the_person(owner, permit):
    act(owner, "accept", "name")
    act(owner, "undo", "")
    acts = audit.acts_about(permit)
    assert [one.verb for one in acts] == ["service-drafted", "draft-changed", "draft-undone"]
    assert acts[1].actor.isdigit()
    assert audit.check_chain().broken is None


def test_the_review_asks_as_much_of_the_database_for_a_long_form(
    owner, permit, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    owner.get("/studio/parking-permit/")
    with CaptureQueriesContext(connection) as few:
        owner.get("/studio/parking-permit/")
    more = "".join(
        f"  - id: more-{n}\n    questions:\n"
        f"      - {{id: more_{n}, type: text, title: More {n}, confidence: 0.3}}\n"
        for n in range(300)
    )
    Draft.objects.update(definition=PAPER.replace("paper:\n", more + "paper:\n", 1))
    with django_assert_max_num_queries(len(few)):
        page = owner.get("/studio/parking-permit/").content.decode()
    assert page.count("question-card") == 20
    assert "Page 1 of 16" in page


def test_a_box_is_shown_as_often_as_it_is_on_the_page(owner, permit):
    page = owner.get("/studio/parking-permit/?at=home").content.decode()
    assert page.count('class="spot') == 4 + 2  # on the page, and those in hand again on the strip
    assert page.count('class="spot needs-you now"') == 2


PDF = Path(__file__).parents[3] / "src" / "perdure" / "examples" / "home-adaptation-grant.pdf"


def test_pictures_of_the_paper_are_for_staff_and_kept_by_the_browser(owner, client):
    catalogue.add_from_definition(PAPER, PDF.read_bytes(), by="system:test")
    address = "/studio/parking-permit/paper/1.png"
    assert client.get(address).status_code == 302
    answer = owner.get(address)
    assert answer.content.startswith(b"\x89PNG")
    assert "private" in answer["Cache-Control"]
    assert owner.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert owner.get("/studio/parking-permit/paper/99.png").status_code == 404
    assert signed_in("owner", service="another", name="Cem").get(address).status_code == 403


def test_a_comment_in_the_text_outlives_clicks(garden):
    owner, draft = signed_in(), Draft.objects.get()
    noted = draft.definition.replace("pages:", "# Ask Amina first.\npages:", 1)
    owner.post(f"/studio/{garden}/text/", {"definition": noted, "revision": draft.revision})
    revision = Draft.objects.get().revision
    editing.move(garden, "size", -1, by="system:test", revision=revision)
    assert "# Ask Amina first.\npages:" in Draft.objects.get().definition
