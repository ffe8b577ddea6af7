"""Anybody tells the register of a change by a form that is itself a service; a keeper checks it first."""

from __future__ import annotations

import pytest
from tests.parts.casework.acting import staff
from tests.parts.register.conftest import signed_in

pytestmark = pytest.mark.django_db

ANSWERS = {
    "title": "Parking permits online",
    "summary": "Before: three visits. Now: one page.",
    "organisation": "Northfield Council",
    "country": "france",
    "level": "local",
    "area": "a04",
    "started": {"day": "1", "month": "4", "year": "2020"},
    "running": "running",
    "source": "https://north.example/report",
    "quote": "Nine in ten apply online.",
    "email": "sue@example.org",
}


@pytest.fixture
def owner():
    staff("olive@example.org", "Olive Owner", role="owner", service="")
    return signed_in("olive@example.org")


@pytest.fixture
def form(owner) -> str:
    answer = owner.post("/register/suggest/")
    assert answer.status_code == 302
    return answer.url


def send(answers: dict[str, object]) -> str:
    from django.utils import timezone

    from perdure.cli.example import send_application

    at = timezone.now()
    from datetime import date

    told = {**answers, "started": date(2020, 4, 1)}
    return send_application("tell-us-of-a-change", told, at=at)


def the_case():
    from perdure.parts.register.models import Case

    return Case.objects.get(title="Parking permits online")


def test_an_owner_opens_the_form_with_one_button_and_everybody_is_led_to_it(form, client):
    assert form == "/services/tell-us-of-a-change/"
    assert client.get("/register/suggest/").url == form
    assert "Tell us of a change to a public service" in client.get(form).content.decode()


def test_where_it_is_not_open_the_page_says_so_and_only_an_owner_opens_it(client, db):
    page = client.get("/register/suggest/").content.decode()
    assert "not open at the moment" in page
    assert "Open the form" not in page
    staff("kim@example.org", "Kim Keeper", role="keeper", service="")
    assert signed_in("kim@example.org").post("/register/suggest/").status_code == 403


def test_what_was_sent_is_a_case_that_only_keepers_see_until_it_is_published(form, owner, client):
    send(ANSWERS)
    case = the_case()
    assert (case.state, case.country, case.area, case.status) == ("submitted", "FR", "04", "running")
    address = f"/register/cases/{case.reference}/"
    assert client.get(address).status_code == 404
    assert "Parking permits online" not in client.get("/register/", {"q": "parking"}).content.decode()
    assert "Parking permits online" in owner.get("/register/keep/sent-in/").content.decode()
    owner.post(f"/register/keep/sent-in/{case.reference}/", {"do": "publish"})
    page = client.get(address).content.decode()
    assert "Nine in ten apply online." in page
    assert "sue@example.org" not in page
    assert "Parking permits online" in client.get("/register/", {"q": "parking"}).content.decode()


def test_whoever_sent_it_in_is_told_what_became_of_it(form, owner, mailoutbox):
    from perdure.foundation.jobs import api as jobs

    send(ANSWERS)
    reference = the_case().reference
    owner.post(f"/register/keep/sent-in/{reference}/", {"do": "back", "why": "We have it already."})
    jobs.run_waiting()
    assert [(m.to, "We have it already." in m.body) for m in mailoutbox] == [(["sue@example.org"], True)]
    assert the_case().state == "withdrawn"


def test_sending_back_needs_a_reason_and_a_decision_is_taken_once(form, owner):
    send(ANSWERS)
    address = f"/register/keep/sent-in/{the_case().reference}/"
    answer = owner.post(address, {"do": "back", "why": " "})
    assert "has to read why" in answer.content.decode()
    assert the_case().state == "submitted"
    owner.post(address, {"do": "publish"})
    assert (
        "decided about this case already"
        in owner.post(address, {"do": "back", "why": "No."}).content.decode()
    )
    assert the_case().state == "published"


def test_only_keepers_decide(form, client):
    send(ANSWERS)
    staff("sam@example.org", "Sam", role="caseworker", service="")
    sam = signed_in("sam@example.org")
    assert sam.get("/register/keep/sent-in/").status_code == 403
    assert sam.post(f"/register/keep/sent-in/{the_case().reference}/", {"do": "publish"}).status_code == 403
    assert the_case().state == "submitted"


def test_receiving_the_same_again_makes_no_second_case(form):
    from datetime import UTC, datetime

    from perdure.parts.register import api as register

    sent = register.Submission("HA-1", "Parking permits online", "", "", "")
    assert {register.submit(sent, at=datetime.now(UTC)) for _twice in range(2)} == {the_case().reference}


@pytest.mark.parametrize(
    ("words", "code"), [("fr", "FR"), ("Germany", "DE"), (" germany ", "DE"), ("Atlantis", ""), ("", "")]
)
def test_a_country_is_known_by_its_code_or_its_name(words, code):
    from perdure.parts.register.submissions import country_code

    assert country_code(words) == code
