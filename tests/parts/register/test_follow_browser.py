"""Following up in a real browser: pages and their errors by axe, at 320 pixels and wide, no JavaScript."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.parts.register.test_find_browser import DESKTOP, NARROW, keep_picture
from tests.parts.register.test_import_browser import sign_in

from perdure.parts.register import barriers, commitments, following, submissions
from perdure.parts.register.models import Check
from perdure.parts.register.values_find import CaseFilters

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "desktop"])
NOW = datetime.now(UTC)


@pytest.fixture
def home(live_server: Any, keeper_person: Any, case_of: Any, list_of: Any, snapshot_of: Any) -> str:
    """A register in which something stands on every page."""
    source = list_of("projects", complete=True)
    for number in range(8):
        told = {"kind": "Portal", "country": "FR" if number % 2 else "DE", "owner_email": "o@x.org"}
        years = {"first_listed": 2015, "last_listed": 2016 + number % 3, "started": date(2015, 1, 1 + number)}
        one = case_of(f"Project {number}", source=source, key=str(number), **told, **years)
        for year in range(2015, 2017 + number % 3):
            snapshot_of(one, year, stage="implementing" if year < 2017 else "evaluating")
    case = case_of(
        "Parking permits online",
        reference="R-PARK",
        status="running",
        owner_email="olga@x.org",
        kind="Portal",
    )
    Check.objects.create(
        case=case, instrument="staying-power", answers={"money": 1.0, "users": 5.0}, by="Kim"
    )
    noted = barriers.NewBarrier("money", "The grant ends.", quote="no budget")
    barrier = barriers.add_barrier(reference="R-PARK", barrier=noted, by="t", at=NOW)
    barriers.add_strategy(barrier, barriers.NewStrategy("A levy.", "partly"), by="t", at=NOW)
    promised = commitments.NewCommitment("Olga", "Decide in ten days", date(2020, 1, 1), "Counted", "R-PARK")
    commitments.promise(promised, by="t", at=NOW - timedelta(days=60))
    closes = NOW.date() + timedelta(days=9)
    spring = following.NewRound("Spring", CaseFilters(), closes, live_server.url)
    following.open_round(spring, by="t", at=NOW)
    submissions.submit(submissions.Submission("A-1", "Sent in", "Words.", "Council", "sue@x.org"), at=NOW)
    return str(live_server.url)


def token() -> str:
    from perdure.parts.register.models_following import Ask

    ask = Ask.objects.get(case__reference="R-PARK")
    return following.token_of(ask.round_id, ask.case_id)


def check(page: Any, name: str) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    keep_picture(page, f"follow-{name}")
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} px wider than the screen"


@SIZES
def test_axe_finds_nothing_on_the_pages_that_everybody_sees(home, open_window, size):
    page = open_window(size)
    for name, address in {
        "case": "cases/R-PARK/",
        "learnt": "learnt/",
        "lives": "pictures/",
        "lives-by": "pictures/?by=country",
        "stages": "pictures/stages/",
        "barriers": "barriers/",
        "commitments": "commitments/",
        "answer": f"answers/{token()}/?says=ended",
        "suggest": "suggest/",
    }.items():
        page.goto(f"{home}/register/{address}")
        check(page, name)
    page.goto(f"{home}/register/commitments/")
    page.get_by_role("link", name="Decide in ten days").click()
    check(page, "commitment")


@SIZES
def test_axe_finds_nothing_on_the_pages_of_keepers_and_on_their_errors(home, open_window, size):
    page = open_window(size)
    sign_in(page, home)
    forms = {
        "round": ("rounds/new/", "Write to them"),
        "check": ("cases/R-PARK/check/staying-power/", "Keep this check"),
        "barrier": ("cases/R-PARK/barrier/", "Note it"),
        "heard": ("cases/R-PARK/answer/", "Note it"),
        "promise": ("commitments/new/", "Write it down"),
    }
    for name, (address, button) in forms.items():
        page.goto(f"{home}/register/keep/{address}")
        check(page, name)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_visible()
        check(page, f"{name}-error")
    for name, address in {"keep": "", "rounds": "rounds/", "sent-in": "sent-in/"}.items():
        page.goto(f"{home}/register/keep/{address}")
        check(page, name)
    page.get_by_role("button", name="Send it back").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, "sent-in-error")
    page.goto(f"{home}/register/keep/rounds/")
    page.get_by_role("link", name="Spring").click()
    check(page, "round-shown")


def test_an_owner_answers_without_javascript_and_by_keyboard(home, open_window):
    page = open_window(NARROW, javascript=False)
    page.goto(f"{home}/register/answers/{token()}/?says=changed")
    expect(page.get_by_label("Yes, but it has changed")).to_be_checked()
    page.get_by_label("Why, or what changed?").fill("Two forms became one.")
    page.get_by_label("Why, or what changed?").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your answer is in the register")).to_be_visible()
    page.get_by_role("link", name="See the page of this case").click()
    expect(page.get_by_text("Two forms became one.")).to_be_visible()
