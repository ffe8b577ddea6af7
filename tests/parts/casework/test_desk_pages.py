"""The desk over HTTP: what staff see and do, and what they are told when it cannot be done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.parts.casework.acting import MONDAY

from perdure.foundation.accounts import api as accounts
from perdure.foundation.audit import api as audit
from perdure.parts.casework import api as casework

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(amina):
    """A browser in which Amina has signed in."""
    return signed_in("amina@example.org")


def signed_in(email):
    client = Client()
    answer = client.get(f"/sign-in/{accounts.make_sign_in_link(email)}/")
    assert answer.status_code in {302, 303}
    return client


def main_of(answer):
    return BeautifulSoup(answer.content, "html.parser").find("main")


def words_of(answer):
    return " ".join(main_of(answer).get_text(" ").split())


def post_form(client, answer, action_ends, **typed):
    """Fill in the form of a page whose action ends so, as a browser would send it."""
    form = main_of(answer).find("form", action=re.compile(f"{action_ends}$"))
    hidden = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
    return client.post(form["action"], {**hidden, **typed})


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(home_grant, send):
    for address in ("/desk/", f"/desk/cases/{send()}/", f"/desk/cases/{send()}/paper.pdf"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_the_empty_desk_says_where_cases_come_from(desk):
    assert "No cases wait" in words_of(desk.get("/desk/"))


def test_an_unread_case_stands_out_in_words_too_until_it_is_opened(desk, send):
    reference = send()
    row = main_of(desk.get("/desk/")).find("tr", class_="unread")
    assert f"{reference} (not read)" in " ".join(row.get_text(" ").split())
    desk.get(f"/desk/cases/{reference}/")
    assert main_of(desk.get("/desk/")).find("tr", class_="unread") is None


def test_time_left_is_told_in_words(desk, send):
    now = timezone.now()
    for days, words in ((0, "28 days left"), (27, "due tomorrow"), (28, "due today"), (30, "2 days late")):
        send(at=now - timedelta(days=days))
        assert words in words_of(desk.get("/desk/"))


def test_a_filter_that_fits_nothing_says_so_and_how_to_go_on(desk, send):
    send()
    assert "No case fits" in words_of(desk.get("/desk/?status=decided"))


def test_a_strange_filter_is_left_out(desk, send):
    reference = send()
    answer = desk.get("/desk/?status=evil&whose=x&page=-1&page=9999999999&q=")
    assert reference in words_of(answer)


def test_the_list_asks_the_database_as_often_for_60_cases_as_for_1(desk, send):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert desk.get("/desk/").status_code == 200
        return len(caught)

    send()
    with_one = queries()
    for _more in range(59):
        send()
    assert queries() == with_one


def test_take_the_next_case_opens_it(desk, send):
    reference = send()
    answer = desk.post("/desk/next/")
    assert answer["Location"] == f"/desk/cases/{reference}/"
    assert "With Amina Khan" in words_of(desk.get(answer["Location"]))
    assert "No case waits to be taken" in words_of(desk.post("/desk/next/", follow=True))


def test_the_case_page_shows_everything_asked_and_answered_and_what_was_not_and_why(desk, send):
    told = words_of(desk.get(f"/desk/cases/{send()}/"))
    for words in ("What is your name? Ada Byron", "Who do you live with? I live on my own", "£1,200"):
        assert words in told
    assert "1 question was not asked" in told
    assert "What does your partner earn?" in told
    assert "Sent" not in told or "traceback" not in told.lower()


def test_what_was_not_asked_is_explained_in_the_words_of_the_question(desk, send):
    page = main_of(desk.get(f"/desk/cases/{send()}/"))
    why = page.find("details").find("dd").get_text(" ")
    assert "Who do you live with?" in why
    assert "I live on my own" in why


def test_a_rule_that_refuses_is_shown_with_its_trace_and_source(desk, send):
    told = words_of(desk.get(f"/desk/cases/{send({'savings': '30000.00'})}/"))
    assert "You have more than £23,250 in savings." in told
    assert "How much have you saved?" in told
    assert "Rule 4 of the scheme" in told


def test_sensitive_answers_are_hidden_until_somebody_asks_and_that_is_recorded(desk, send, amina):
    reference = send()
    page = desk.get(f"/desk/cases/{reference}/")
    assert "QQ123456C" not in page.content.decode()
    shown = post_form(desk, page, "/reveal/")
    assert "QQ123456C" in words_of(shown)
    assert ("sensitive-revealed", amina.id) in [(act.verb, act.actor) for act in audit.acts_about(reference)]


def test_every_look_at_a_case_is_on_the_record(desk, send, amina):
    reference = send()
    desk.get(f"/desk/cases/{reference}/")
    desk.get(f"/desk/cases/{reference}/")
    seen = [act.actor for act in audit.acts_about(reference) if act.verb == "case-seen"]
    assert seen == [amina.id, amina.id]


def test_a_case_page_is_never_kept_by_the_browser(desk, send):
    assert desk.get(f"/desk/cases/{send()}/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("what", ["", "paper.pdf", "paper/", "paper-1.png", "letters/1.pdf"])
def test_a_case_of_another_service_is_calmly_not_there(send, stranger, what):
    reference = send()
    client = signed_in("sam@example.org")
    for address in (reference, "HG-NONE-SUCH"):
        answer = client.get(f"/desk/cases/{address}/{what}")
        assert answer.status_code == 404
        assert "There is no case with this reference that you may see." in words_of(answer)
    for act in ("take", "ask", "note", "decide", "hand-over", "reveal"):
        assert client.post(f"/desk/cases/{reference}/{act}/").status_code == 404
    assert casework.status_of(reference).state == "new"


def test_a_viewer_sees_no_buttons_and_a_forced_one_is_refused_in_words(send, hire):
    hire("Vera View", role="viewer")
    reference, client = send(), signed_in("vera@example.org")
    page = main_of(client.get(f"/desk/cases/{reference}/"))
    assert page.find("form", action=re.compile("decide|ask|take|note|hand")) is None
    answer = client.post(f"/desk/cases/{reference}/decide/", {"outcome": "approve"})
    assert answer.status_code == 403
    assert "You may not decide this application." in words_of(answer)


def test_a_caseworker_approves_and_the_applicant_has_a_letter(desk, send):
    reference = send()
    page = desk.get(f"/desk/cases/{reference}/")
    done = post_form(desk, page, "/decide/", outcome="approve", reason="")
    told = words_of(desk.get(done["Location"]))
    assert "Approve, decided on" in told
    assert "Dear Ada Byron" in told
    letter = casework.status_of(reference).letters[-1]
    assert letter.subject == "We can help: Home grant"


def test_the_letter_can_be_read_before_anything_is_sent(desk, send):
    reference = send()
    page = desk.get(f"/desk/cases/{reference}/")
    preview = post_form(desk, page, "/decide/", outcome="refuse", reason="The house is new.", do="preview")
    told = words_of(preview)
    assert "The letter as it would go out" in told
    assert "The house is new." in told
    assert casework.status_of(reference).state == "new"
    assert main_of(preview).find("textarea", id="decide-text").text.strip() == "The house is new."
    assert main_of(preview).find("input", value="refuse").has_attr("checked")


def test_a_refusal_without_a_reason_is_explained_at_the_box(desk, send):
    page = desk.get(f"/desk/cases/{send()}/")
    answer = post_form(desk, page, "/decide/", outcome="refuse", reason="")
    assert "“Refuse” needs a reason." in words_of(answer)
    box = main_of(answer).find("textarea", id="decide-text")
    assert box["aria-invalid"] == "true"
    assert "decide-text-error" in box["aria-describedby"]
    assert main_of(answer).find(class_="summary-of-errors").find("a")["href"] == "#decide-text"


def test_no_choice_is_explained_and_the_reason_is_kept(desk, send):
    page = desk.get(f"/desk/cases/{send()}/")
    answer = post_form(desk, page, "/decide/", reason="Because.")
    assert "No decision is chosen." in words_of(answer)
    assert main_of(answer).find("textarea", id="decide-text").text.strip() == "Because."


def test_somebody_else_decided_meanwhile_and_nothing_typed_is_lost(desk, send, bram):
    reference = send()
    stale = desk.get(f"/desk/cases/{reference}/")
    casework.decide(reference=reference, outcome="approve", by=bram, at=MONDAY)
    answer = post_form(desk, stale, "/decide/", outcome="refuse", reason="A long and careful reason.")
    assert answer.status_code == 409
    told = words_of(answer)
    assert "This case was decided on 23 November 2026." in told
    assert "A long and careful reason." in told
    assert casework.status_of(reference).effect == "approved"


def test_the_applicant_answered_meanwhile_so_the_page_is_shown_anew_with_the_words_kept(desk, send, amina):
    reference = send()
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    stale = desk.get(f"/desk/cases/{reference}/")
    casework.reply(reference=reference, text="Since May.", at=MONDAY)
    answer = post_form(desk, stale, "/decide/", outcome="refuse", reason="No answer came.")
    assert answer.status_code == 409
    told = words_of(answer)
    assert "Something happened on this case" in told
    assert "Since May." in told
    assert "No answer came." in told
    again = post_form(desk, answer, "/decide/", outcome="approve", reason="")
    assert again.status_code == 302


def test_ask_note_and_hand_over_from_the_page(desk, send, bram, amina):
    reference = send()
    address = f"/desk/cases/{reference}/"
    post_form(desk, desk.get(address), "/note/", text="Called at noon.")
    post_form(desk, desk.get(address), "/ask/", text="Send the plan.")
    assert "We wait for the applicant Send the plan." in words_of(desk.get(address))
    done = post_form(desk, desk.get(address), "/hand-over/", to=bram.id, text="I am away.")
    assert done.status_code == 302
    told = words_of(desk.get(address))
    assert "Bram de Wit holds this case." in told
    assert "Note by Amina Khan" in told
    assert "Called at noon." in told


@pytest.mark.parametrize("act", ["ask", "note"])
def test_a_form_without_words_is_explained_at_its_box(desk, send, act):
    page = desk.get(f"/desk/cases/{send()}/")
    answer = post_form(desk, page, f"/{act}/", text=" ")
    assert answer.status_code == 200
    assert main_of(answer).find("textarea", id=f"{act}-text")["aria-invalid"] == "true"


def test_what_people_typed_is_shown_as_text_never_as_html(desk, send):
    reference = send({"name": {"given": "<b>Ada</b>", "family": "<script>alert(1)</script>"}})
    page = desk.get(f"/desk/cases/{reference}/")
    post_form(desk, page, "/ask/", text="<img src=x onerror=alert(1)> [x](javascript:alert(1))")
    for address in (f"/desk/cases/{reference}/",):
        html = desk.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript:' not in html


def test_a_service_without_a_paper_form_says_so_in_words(desk, send):
    reference = send()
    assert "This service has no paper form." in words_of(desk.get(f"/desk/cases/{reference}/"))
    answer = desk.get(f"/desk/cases/{reference}/paper.pdf")
    assert answer.status_code == 404
    assert "This service has no paper form" in words_of(answer)


def test_a_letter_is_a_pdf_for_staff_and_for_nobody_else(desk, send, amina):
    reference = send()
    casework.decide(reference=reference, outcome="approve", by=amina, at=MONDAY)
    letter = casework.status_of(reference).letters[0]
    answer = desk.get(f"/desk/cases/{reference}/letters/{letter.id}.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    other = send()
    assert desk.get(f"/desk/cases/{other}/letters/{letter.id}.pdf").status_code == 404


def test_an_action_is_never_done_by_a_link(desk, send):
    reference = send()
    for act in ("take", "ask", "note", "decide", "hand-over", "reveal"):
        assert desk.get(f"/desk/cases/{reference}/{act}/").status_code == 405
    assert desk.get("/desk/next/").status_code == 405


def test_somebody_without_a_role_is_told_whom_to_ask(hire):
    hire("Nora New", service="", role="viewer")
    accounts.take_role(_id_of("nora@example.org"), "viewer", by="system:test")
    assert "Ask an owner of a service" in words_of(signed_in("nora@example.org").get("/desk/"))


def _id_of(email):
    return next(one.id for one in accounts.colleagues() if one.email == email)
