"""What was seen at addresses, what was merged and what was tried, in a real browser: axe, phone and desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.foundation.web_servers import a_closed_port, a_site
from tests.parts.register.test_follow_browser import check
from tests.parts.register.test_import_browser import sign_in

from perdure.parts.register import barriers, following, keeping, linking, visiting
from perdure.parts.register.models import Link
from perdure.parts.register.models_following import Address
from perdure.parts.register.values_find import CaseFilters

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("width", [320, 360, 1280])
NOW = datetime.now(UTC)


@pytest.fixture
def home(live_server: Any, keeper_person: Any, case_of: Any, settings: Any) -> Any:
    """A register with addresses that answer, moved, and are dead; two cases that became one; things tried."""
    settings.VISIT_LOOPBACK, settings.VISIT_PAUSE = True, 0.0
    with a_site() as site:
        site.page("/new")
        moved = site.page("/old", status=301, Location="/new")
        told = {"status": "running", "owner_email": "o@x.org", "country": "DE"}
        case = case_of("Parking permits online", reference="R-PARK", url=moved, **told)
        old = case_of("Permits by post, then online", reference="R-OLD", url=site.page("/gone", status=410))
        case_of("Library cards", url=f"http://127.0.0.1:{a_closed_port()}/cards/a-rather-long-name", **told)
        shown = keeping.NewEvidence("It runs.", quote="Since May", title="News", url=site.page("/news"))
        keeping.add_evidence(reference="R-OLD", evidence=shown, by="t", at=NOW)
        following.note_answer(reference="R-OLD", answer=following.NewAnswer("changed"), by="t", at=NOW)
        for kind, reference in (("money", "R-PARK"), ("trust", "R-OLD")):
            seen = barriers.NewBarrier(kind, "The grant ends.")
            barrier = barriers.add_barrier(reference=reference, barrier=seen, by="t", at=NOW)
            for tried in ("funding", "involving", ""):
                told_of = barriers.NewStrategy("We asked again.", "partly", kind=tried)
                barriers.add_strategy(barrier, told_of, by="t", at=NOW)
        link = Link.objects.create(earlier=case, later=old, kind="renamed").pk
        linking.accept(link, kind="renamed", by="system:t")
        visiting.tour()
        Address.objects.exclude(bad_since=None).update(bad_since=NOW - timedelta(days=90))
        closes = NOW.date() + timedelta(days=9)
        spring = following.NewRound("Spring", CaseFilters(), closes, live_server.url)
        following.open_round(spring, by="t", at=NOW)
        yield str(live_server.url)


@SIZES
def test_axe_finds_nothing_on_what_everybody_sees(home, open_window, width):
    page = open_window({"width": width, "height": 800})
    for name, address in {"merged": "cases/R-PARK/", "tried": "barriers/", "why-visited": "visits/"}.items():
        page.goto(f"{home}/register/{address}")
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        check(page, name)


@SIZES
def test_axe_finds_nothing_on_what_keepers_see_and_the_button_turns_it_on(home, open_window, width):
    page = open_window({"width": width, "height": 800})
    sign_in(page, home)
    page.goto(f"{home}/register/keep/")
    page.get_by_role("link", name="Do their addresses answer?").click()
    expect(page.get_by_role("heading", name="Addresses are not looked at")).to_be_visible()
    check(page, "visits-off")
    page.get_by_role("button", name="Look at the addresses every month").click()
    expect(page.get_by_role("heading", name="Addresses are looked at")).to_be_visible()
    expect(page.get_by_role("cell", name="Library cards")).to_be_visible()
    check(page, "visits-on")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_role("heading", name="Addresses are not looked at")).to_be_visible()
    page.goto(f"{home}/register/keep/rounds/")
    page.get_by_role("link", name="Spring").click()
    check(page, "round-hints")
    page.goto(f"{home}/register/keep/cases/R-PARK/")
    page.get_by_label("Language of the owner").select_option("de")
    check(page, "edit-language")
    page.goto(f"{home}/register/cases/R-PARK/")
    page.get_by_role("link", name="Note what was tried").first.click()
    expect(page.get_by_label("What kind of thing was it?")).to_be_visible()
    check(page, "strategy")
