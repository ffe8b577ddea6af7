"""The status page over HTTP: who may see it, and what it tells."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.parts.casework.acting import MONDAY, send_application
from tests.parts.casework.service import ANSWERS

from perdure.parts.casework import api as casework

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(home_grant):
    """(reference, return code) of an application that was sent."""
    return send_application(home_grant, ANSWERS)


@pytest.fixture
def browser_of(sent):
    """The applicant's browser, after they gave reference and return code."""
    client = Client()
    reference, code = sent
    answer = client.post("/status/", {"reference": reference, "code": code})
    assert answer["Location"] == f"/status/{reference}/"
    return client


def main_of(answer):
    return BeautifulSoup(answer.content, "html.parser").find("main")


def words_of(answer):
    return " ".join(main_of(answer).get_text(" ").split())


def test_an_unknown_browser_is_asked_for_reference_and_code(sent):
    reference, _code = sent
    for page in ("", "answers/", "letters/1.pdf"):
        answer = Client().get(f"/status/{reference}/{page}")
        assert answer["Location"] == f"/status/?reference={reference}"
    assert Client().post(f"/status/{reference}/reply/", {"text": "x"})["Location"].startswith("/status/?")
    assert Client().get("/status/HG-NONE-SUCH/")["Location"] == "/status/?reference=HG-NONE-SUCH"


def test_reference_and_code_open_the_page_however_they_are_typed(sent):
    reference, code = sent
    client = Client()
    typed = {"reference": f" {reference.lower()} ", "code": code.replace("-", " ").lower()}
    assert client.post("/status/", typed)["Location"] == f"/status/{reference}/"
    assert "We have it" in words_of(client.get(f"/status/{reference}/"))


def test_a_wrong_reference_and_a_wrong_code_are_told_the_same(sent):
    reference, code = sent
    wrong_code = Client().post("/status/", {"reference": reference, "code": "2222-2222-2222"})
    wrong_reference = Client().post("/status/", {"reference": "HG-2222-2222", "code": code})
    assert wrong_code.status_code == wrong_reference.status_code == 200

    def said(answer):
        return " ".join(main_of(answer).find(class_="summary-of-errors").get_text(" ").split())

    assert said(wrong_code) == said(wrong_reference)


def test_guessing_codes_is_stopped(sent):
    reference, code = sent
    for _try in range(10):
        Client().post("/status/", {"reference": reference, "code": "2222-2222-2222"})
    answer = Client().post("/status/", {"reference": reference, "code": code})
    assert answer.status_code == 200
    assert "too many tries" in words_of(answer).lower()


def test_the_cookie_of_one_application_opens_no_other(browser_of, home_grant):
    other, _code = send_application(home_grant, ANSWERS)
    assert browser_of.get(f"/status/{other}/")["Location"] == f"/status/?reference={other}"


def test_a_cookie_that_was_changed_opens_nothing(browser_of, sent, home_grant):
    other, _code = send_application(home_grant, ANSWERS)
    value = browser_of.cookies["status"].value
    browser_of.cookies["status"] = value.replace(sent[0], other)
    assert browser_of.get(f"/status/{other}/").status_code == 302


def test_the_page_says_where_it_is_and_by_when_we_decide(browser_of, sent):
    answer = browser_of.get(f"/status/{sent[0]}/")
    assert main_of(answer)["data-reference"] == sent[0]
    assert "decide by 21 December 2026" in words_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_an_applicant_answers_what_they_were_asked(browser_of, sent, amina):
    reference, _code = sent
    casework.ask_for_more(reference=reference, text="Since when do you live there?", by=amina, at=MONDAY)
    page = browser_of.get(f"/status/{reference}/")
    assert "We need something from you Since when do you live there?" in words_of(page)
    assert "Amina" not in words_of(page)  # a person decides for the office, not under their own name
    empty = browser_of.post(f"/status/{reference}/reply/", {"text": " "})
    assert "Your answer has no words." in words_of(empty)
    done = browser_of.post(f"/status/{reference}/reply/", {"text": "Since May."})
    assert done["Location"] == f"/status/{reference}/"
    told = words_of(browser_of.get(f"/status/{reference}/"))
    assert "You answered" in told
    assert "Since May." in told


def test_a_reply_that_comes_too_late_is_not_lost(browser_of, sent, amina):
    reference, _code = sent
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    casework.decide(reference=reference, outcome="withdraw", reason="No answer.", by=amina, at=MONDAY)
    answer = browser_of.post(f"/status/{reference}/reply/", {"text": "I was in hospital."})
    assert "This case was decided on" in words_of(answer)
    assert "I was in hospital." in words_of(answer)


def test_the_decision_is_told_with_its_reason_and_letter(browser_of, sent, amina):
    reference, _code = sent
    casework.decide(reference=reference, outcome="refuse", reason="The house is new.", by=amina, at=MONDAY)
    answer = browser_of.get(f"/status/{reference}/")
    told = words_of(answer)
    assert "Refused on 23 November 2026" in told
    assert told.count("The house is new.") >= 2  # as the reason, and in the letter
    letter = main_of(answer).find("a", href=lambda href: href and href.endswith(".pdf"))
    pdf = browser_of.get(letter["href"])
    assert pdf.content[:5] == b"%PDF-"


def test_notes_of_staff_are_not_on_the_page(browser_of, sent, amina):
    reference, _code = sent
    casework.add_note(reference=reference, text="Smells of fraud.", by=amina, at=MONDAY)
    assert "fraud" not in browser_of.get(f"/status/{reference}/").content.decode()


def test_the_applicant_sees_their_own_answers_in_full(browser_of, sent):
    told = words_of(browser_of.get(f"/status/{sent[0]}/answers/"))
    assert "QQ123456C" in told
    assert "Ada Byron" in told


def test_an_application_that_was_not_sent_is_told_so(home_grant):
    from perdure.parts.intake import api as intake

    reference, code = intake.begin(home_grant)
    answer = Client().post("/status/", {"reference": reference, "code": code})
    assert answer.status_code == 404
    assert "has not been sent yet" in words_of(answer)


def test_the_status_page_costs_three_queries_and_no_session(
    browser_of, sent, amina, django_assert_num_queries
):
    reference, _code = sent
    casework.decide(reference=reference, outcome="refuse", reason="No.", by=amina, at=MONDAY)
    browser_of.get(f"/status/{reference}/")
    with django_assert_num_queries(3):
        answer = browser_of.get(f"/status/{reference}/")
    assert "sessionid" not in answer.cookies


def test_the_browser_that_holds_the_application_needs_no_code(sent):
    reference, code = sent
    client = Client()
    client.post("/services/return/", {"reference": reference, "code": code})
    assert "status" not in client.cookies
    assert "We have it" in words_of(client.get(f"/status/{reference}/"))
    assert "We have it" in words_of(client.get(f"/status/{reference.lower()}/"))
