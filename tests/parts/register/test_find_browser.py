"""Finding in a real browser: results while typing, everything without JavaScript, axe, 320 pixels."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from perdure.parts.register.models import Evidence, Gathering

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture
def register(live_server: Any, case_of: Callable[..., Any], snapshot_of: Callable[..., Any]) -> str:
    """A small register that is being served. Gives its address."""
    chatbot = case_of(
        "Tax chatbot",
        reference="R-TAX",
        summary="Answers questions about tax " * 20,
        country="SE",
        area="01",
        organisation="Skatteverket",
        status="running",
        started=date(2019, 2, 1),
        technologies=["chatbot"],
        extra={"Sponsor": "A board with a name that is rather long and goes on"},
    )
    for year, rating in ((2019, "Green"), (2020, "Red")):
        snapshot_of(chatbot, year, rating=rating, summary="Words " * 40 + str(year))
    Evidence.objects.create(case=chatbot, says="It runs", quote="It does.", url="https://example.org", by="x")
    for n in range(30):
        case_of(
            f"Letter {n}",
            reference=f"R-{n}",
            country="DE",
            area="01",
            status="ended",
            started=date(2015, 1, 1),
            ended=date(2018, 1, 1),
        )
    Gathering.objects.create(slug="tax", title="Tax", about="About tax.", by="x").cases.add(chatbot)
    return f"{live_server.url}/register/"


def keep_picture(page: Any, name: str) -> None:
    folder = os.environ.get("PERDURE_SCREENSHOTS")
    if folder:
        width = page.viewport_size["width"]
        page.screenshot(path=str(Path(folder) / f"register-{width}-{name}.png"), full_page=True)


def test_results_come_while_somebody_types_and_the_address_follows(open_window, register):
    page = open_window(DESKTOP)
    page.goto(register)
    box = page.get_by_label("Search the register")
    box.press_sequentially("tax ch")
    expect(page.locator("ol.found > li")).to_have_count(1)
    expect(page.get_by_role("link", name="Tax chatbot")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1 case")
    expect(page).to_have_url(f"{register}?q=tax+ch")
    expect(box).to_be_focused()
    box.fill("")
    page.get_by_label("Country").select_option(label="Germany (30)")
    expect(page).to_have_url(f"{register}?country=DE")
    expect(page.get_by_role("heading", name="30 cases")).to_be_visible()


def test_everything_is_found_without_javascript_and_with_the_keyboard(open_window, register):
    page = open_window(NARROW, javascript=False)
    page.goto(register)
    page.get_by_label("Search the register").press_sequentially("letter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="30 cases")).to_be_visible()
    page.get_by_role("link", name="Next page").press("Enter")
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.get_by_label("Still running?").select_option("ended")
    page.get_by_role("button", name="Show these").press("Enter")
    expect(page.get_by_role("link", name="Take away: Still running?: Ended")).to_be_visible()
    page.get_by_role("link", name="Letter 29").press("Enter")
    expect(page.get_by_role("heading", name="Letter 29", level=1)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_cases_ticked_in_a_search_stand_side_by_side(open_window, register, javascript):
    page = open_window(NARROW, javascript=javascript)
    page.goto(f"{register}?q=letter")
    page.get_by_label("Compare: Letter 29").check()
    page.get_by_label("Compare: Letter 28").check()
    page.get_by_role("button", name="Compare those that are ticked").press("Enter")
    expect(page.get_by_role("heading", name="Compare cases")).to_be_visible()
    expect(page.get_by_role("link", name="Letter 29", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Letter 28", exact=True)).to_be_visible()


def test_the_questions_of_a_head_of_service_stand_on_the_first_page(open_window, register):
    page = open_window(DESKTOP)
    for question in ("How long do", "likeliest to slip", "Still listed a year later", "failed first"):
        page.goto(register)
        page.get_by_role("link", name=question).press("Enter")
        expect(page.get_by_role("link", name="What we learn").first).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(open_window, register, size):
    pages = {
        "find": "",
        "some": "?q=letter&country=DE",
        "none": "?q=zebra",
        "case": "cases/R-TAX/",
        "compare": "compare/?case=R-TAX&case=R-1&case=R-2&case=R-3",
        "map": "map/",
        "timeline": "timeline/",
        "like": "like-mine/?text=tax+questions&area=01",
        "collections": "collections/",
        "collection": "collections/tax/",
    }
    page, axe, found = open_window(size), Axe(), {}
    for name, address in pages.items():
        page.emulate_media(color_scheme="light")
        page.goto(f"{register}{address}")
        keep_picture(page, f"{name}-light")
        violations = axe.run(page).response["violations"]
        page.emulate_media(color_scheme="dark")  # other colours, the same page
        keep_picture(page, f"{name}-dark")
        violations += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[name] = [one["id"] for one in violations] + (["too wide"] if wide else [])
    assert found == {name: [] for name in pages}


@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_axe_finds_nothing_on_the_pages_of_keepers(open_window, register, keeper_person, live_server, size):
    from perdure.foundation.accounts import api as accounts

    page, axe, found = open_window(size), Axe(), {}
    page.goto(f"{live_server.url}/sign-in/{accounts.make_sign_in_link('kim@example.org')}/")
    pages = ("", "cases/new/", "cases/R-TAX/", "cases/R-TAX/evidence/", "cases/R-TAX/withdraw/")
    for address in (*pages, "collections/new/", "collections/tax/"):
        page.goto(f"{register}keep/{address}")
        keep_picture(page, "keep-" + (address.strip("/").replace("/", "-") or "door"))
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[address] = [one["id"] for one in axe.run(page).response["violations"]] + ["too wide"] * wide
    assert not any(found.values()), found
    page.goto(f"{register}keep/cases/R-TAX/")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Write a title.")).to_be_visible()
    assert [one["id"] for one in axe.run(page).response["violations"]] == []
