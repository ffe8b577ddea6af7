"""Check your answers, send, receipt: what was asked is sent, once, whatever the browser does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import publish, publish_again, routes

from perdure.parts.intake import api as intake
from perdure.parts.intake.models import Application

ALONE = {
    "name": {"name-given": "Ada", "name-family": "Byron"},
    "lives-with": {"lives_with": "alone"},
    "savings": {"savings": "120"},
    "phone": {"phone": ""},
}


def fill_in(applicant, pages=ALONE):
    page = applicant.start()
    for name, typed in pages.items():
        page = applicant.post(name, typed)
    return page


@pytest.fixture
def received():
    """What a receiver is given; it stands in for the parts that work on applications."""

    class Receiver:
        def __init__(self):
            self.applications = []

        def receive(self, application):
            self.applications.append(application)

    mine = Receiver()
    others = intake.receivers[:]
    intake.receivers[:] = [mine]
    yield mine.applications
    intake.receivers[:] = others


def test_after_the_last_question_come_all_answers_by_section(ada):
    page = fill_in(ada)
    assert page.heading == "Check your answers before you send them"
    assert [one.get_text() for one in page.main.find_all("h2")][:2] == ["About you", "Money"]
    assert page.answers() == {
        "What is your name?": "Ada Byron",
        "Who do you live with?": "I live on my own",
        "How much do you have in savings?": "£120.00",
        "Which phone number can we call?": "Not answered",
    }


def test_a_change_returns_to_check_when_nothing_more_is_needed(ada):
    page = fill_in(ada)
    links = [one["href"] for one in page.main.select("dl a")]
    assert links[0] == "/services/garden-grant/name/?change=1#q-name"
    page = ada.post("savings", {"savings": "200"}, query="?change=1")
    assert page.last == "check"
    assert page.answers()["How much do you have in savings?"] == "£200.00"


def test_a_change_that_brings_up_a_page_asks_it_first_and_then_returns_to_check(ada):
    fill_in(ada)
    page = ada.post("lives-with", {"lives_with": "partner"}, query="?change=1")
    assert (page.last, page.query) == ("partner-income", "change=1")
    assert ada.post("partner-income", {"partner_income": "99"}, query="?change=1").last == "check"


def test_check_with_something_missing_leads_to_it(ada):
    ada.start()
    ada.post("name", ALONE["name"])
    page = ada.get("check")
    assert page.last == "lives-with"
    assert "Some questions still need an answer" in page.words
    assert ada.post("check").last == "lives-with"
    assert ada.row.state == Application.State.DRAFT


def test_the_receipt_says_the_reference_the_code_and_what_happens_by_when(ada):
    fill_in(ada)
    page = ada.post("check")
    assert page.last == "sent"
    reference = page.main["data-reference"]
    assert reference == ada.row.reference
    assert page.answers()["Reference"] == reference
    assert len(page.answers()["Return code"].replace("-", "")) == 12
    day = timezone.localdate() + timedelta(days=10)
    assert f"We decide by {day.day} {day:%B %Y}" in page.words
    assert page.main.find("a", href=f"/status/{reference}/")
    assert page.answers()["What is your name?"] == "Ada Byron"


def test_sending_twice_gives_the_same_receipt_and_one_application(ada, received):
    fill_in(ada)
    first, second = ada.post("check"), ada.post("check")
    assert first.main["data-reference"] == second.main["data-reference"]
    assert len(received) == 1


def test_after_sending_every_page_leads_to_the_receipt(ada):
    fill_in(ada)
    ada.post("check")
    for page in ("name", "check", "later", "result"):
        assert ada.get(page).last == "sent"
    before = ada.row.answers
    assert ada.post("savings", {"savings": "1"}).last == "sent"
    assert ada.row.answers == before


def test_no_answer_is_kept_from_a_page_that_left_the_path(ada, received):
    fill_in(ada)
    ada.post("lives-with", {"lives_with": "partner"})
    ada.post("partner-income", {"partner_income": "99"})
    ada.post("lives-with", {"lives_with": "alone"})
    assert "partner_income" in ada.row.answers
    ada.post("check")
    assert "partner_income" not in ada.row.answers
    assert "partner_income" not in received[0].answers
    assert "partner-income" not in ada.row.seen


def test_what_is_received_is_what_was_sent(ada, received):
    fill_in(ada)
    ada.post("check")
    application = received[0]
    assert application == intake.sent(application.reference)
    assert application.service == "garden-grant"
    assert application.language == "en"
    assert application.answers["savings"] == "120.00"


def test_nothing_is_sent_when_a_receiver_fails(ada, received):
    class Broken:
        def receive(self, application):
            raise RuntimeError("no desk")

    fill_in(ada)
    intake.receivers.append(Broken())
    ada.client.raise_request_exception = False
    assert ada.client.post("/services/garden-grant/check/").status_code == 500
    assert ada.row.state == Application.State.DRAFT


def test_an_application_that_was_not_sent_is_not_given_out(ada):
    ada.start()
    with pytest.raises(intake.ApplicationNotFound):
        intake.sent(ada.row.reference)


def test_who_does_not_qualify_hears_why_and_may_still_send(ada):
    fill_in(ada, {key: ALONE[key] for key in ("name", "lives-with")})
    page = ada.post("savings", {"savings": "20000"})
    assert page.heading == "From your answers, you do not qualify"
    assert "You have more than 16 000 pounds." in page.words
    assert "Section 4" in page.words
    assert page.main.find("a", string="Change the answer")["href"].endswith("/savings/")
    assert ada.post("result", query="?page=savings").last == "phone"
    page = ada.post("phone", {})
    assert page.last == "check"
    assert "You have more than 16 000 pounds." in page.words
    assert ada.post("check").last == "sent"


def test_it_is_told_once_and_not_again_on_every_page(ada):
    fill_in(ada, {key: ALONE[key] for key in ("name", "lives-with")})
    ada.post("savings", {"savings": "20000"})
    assert ada.post("savings", {"savings": "30000"}).last == "phone"


def test_a_new_version_does_not_disturb_who_is_half_way(ada):
    ada.start()
    ada.post("name", ALONE["name"])
    changed = routes().replace("Who do you live with?", "Who lives with you?").replace("savings", "wealth")
    publish_again("garden-grant", changed)
    assert ada.get("lives-with").heading == "Who do you live with?"
    for page in ("lives-with", "savings", "phone"):
        ada.post(page, ALONE[page])
    assert ada.post("check").last == "sent"
    other = Applicant("garden-grant")
    other.start()
    assert other.get("lives-with").heading == "Who lives with you?"


def test_a_closed_service_says_so_and_who_has_begun_may_finish(ada):
    from perdure.parts.catalogue import api as catalogue

    fill_in(ada)
    catalogue.close("garden-grant", by="system:test")
    page = Applicant("garden-grant").get()
    assert page.status == 410
    assert "takes no applications at the moment" in page.words
    assert "You can still finish and send it" in ada.get().words
    assert ada.post("check").last == "sent"
    assert Applicant("garden-grant").post("").status == 410


def test_an_address_without_a_service_is_not_found(db):
    assert Applicant("no-such-service").get().status == 404
    assert Applicant("no-such-service").post("").status == 404


def test_answers_to_questions_with_names_of_ours_do_not_leak_into_pages(db):
    names = ("csrf", "next", "told", "back", "caption", "why", "face", "definition")
    pages = "".join(
        f"  - {{id: p{name}, questions: [{{id: {name}, type: text, title: Say {name}}}]}}\n" for name in names
    )
    slug = publish(routes("odd-grant").split("pages:\n")[0] + "pages:\n" + pages)
    someone = Applicant(slug)
    someone.start()
    for name in names:
        someone.post(f"p{name}", {name: f"<i>{name} of mine</i>"})
        page = someone.get(f"p{name}")
        assert page.input(name)["value"] == f"<i>{name} of mine</i>"
        assert page.main.find("i") is None
