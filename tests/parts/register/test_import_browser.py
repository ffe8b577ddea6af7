"""Importing, linking and answers in a real browser: without JavaScript, by keyboard, axe, 320 pixels."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.parts.register.test_find_browser import DESKTOP, NARROW, keep_picture

from perdure.foundation.accounts import api as accounts
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import linking_finding
from perdure.parts.register.models import Case, Import, Link, SourceList

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = """\
Project,Department,Began,Status,Whole life cost (£m),Result,Retest,Colour
East West Rail Programme (Western Section),Department for Transport,31/05/2014,Running,1200.5,Not met,Met,Green
Prison Estate Phase 1,Ministry of Justice,10/12023,Running,900,Met,,Amber
A very long name of a project that somebody wrote down with every word it ever had,Home Office,01/02/2015,Retired,12,Not met,,Red
,Home Office,01/02/2015,Running,1,Met,,Red
"""  # noqa: E501 (a file is as wide as it is)
SECOND = FIRST.replace(
    "East West Rail Programme (Western Section)", "East West Rail (Western Section) Programme"
)


def sign_in(page: Any, home: str) -> None:
    page.goto(f"{home}/sign-in/{accounts.make_sign_in_link('kim@example.org')}/")


def import_by_clicks(page: Any, home: str, content: str, year: str, *, new: str = "") -> None:
    """Send a file, look at its mapping, import it, wait for its account."""
    page.goto(f"{home}/register/keep/imports/")
    page.get_by_label("The file").set_input_files(
        {"name": f"projects-{year}.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    if new:
        page.get_by_label("Name of a new list").fill(new)
    else:
        page.get_by_label("Which list is it?").select_option(label="Projects")
    page.get_by_label("Year of the list").fill(year)
    page.get_by_role("button", name="Read this file").click()
    expect(page.get_by_text("The file is being read.")).to_be_visible()
    jobs.run_waiting()
    page.reload()
    expect(page.get_by_role("heading", name="How the columns are understood")).to_be_visible()
    keep_picture(page, f"import-mapping-{year}")
    page.get_by_role("button", name="Keep it and import").press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()
    jobs.run_waiting()
    page.reload()
    expect(page.get_by_role("heading", name="Where every row went")).to_be_visible()
    keep_picture(page, f"import-account-{year}")


def test_a_list_comes_in_without_javascript_is_linked_answered_and_taken_back(
    open_window,
    live_server,
    keeper_person,
):
    page, home = open_window(NARROW, javascript=False), live_server.url
    sign_in(page, home)
    import_by_clicks(page, home, FIRST, "2023", new="Projects")
    expect(page.get_by_text("1row rejected")).to_have_count(1)
    import_by_clicks(page, home, SECOND, "2024")
    page.goto(f"{home}/register/keep/links/")
    keep_picture(page, "links")
    page.get_by_role("link", name="Look and decide").first.press("Enter")
    keep_picture(page, "link")
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_text("Accepted. It can be taken back")).to_be_visible()
    page.goto(f"{home}/register/listed/")
    expect(page.get_by_text("Of 3 cases listed in 2023, 3 are in the list of 2024: 100 %")).to_be_visible()
    keep_picture(page, "listed")
    latest = Import.objects.latest("at")
    page.goto(f"{home}/register/keep/imports/{latest.pk}/")
    page.get_by_role("button", name="Undo this import").press("Enter")
    expect(page.get_by_text("The import is being undone.")).to_be_visible()
    jobs.run_waiting()
    page.reload()
    expect(page.get_by_text("Undone")).to_be_visible()
    assert Case.objects.count() == 3


@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_axe_finds_nothing_and_nothing_runs_out_of_the_page(
    open_window,
    live_server,
    keeper_person,
    size,
):
    page, home = open_window(size), live_server.url
    sign_in(page, home)
    import_by_clicks(page, home, FIRST, "2023", new="Projects")
    import_by_clicks(page, home, SECOND, "2024")
    linking_finding.find_links(SourceList.objects.get())
    waiting = Link.objects.first()
    done = Import.objects.first()
    page.goto(f"{home}/register/keep/imports/")
    page.get_by_label("The file").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    )
    page.get_by_role("button", name="Read this file").click()  # refused: it has no name
    look_at(page, "import-refused")
    third = {"name": "p.csv", "mimeType": "text/csv", "buffer": FIRST.encode()}
    page.get_by_label("The file").set_input_files(third)
    page.get_by_label("Name of a new list").fill("Other")
    page.get_by_role("button", name="Read this file").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    jobs.run_waiting()
    page.reload()
    for details in page.locator("main details > summary").all():
        details.click()
    look_at(page, "import-mapping")
    addresses = {
        "imports": "keep/imports/",
        "import": f"keep/imports/{done.pk}/",
        "links": "keep/links/",
        "link": f"keep/links/{waiting.pk}/" if waiting else "keep/links/?state=accepted",
        "keep": "keep/",
        "listed": "listed/",
        "passed": "passed-later/",
        "list": "keep/lists/projects/",
        "api": "api/",
        "embed": "embed/?title=Running",
    }
    for name, address in addresses.items():
        page.goto(f"{home}/register/{address}")
        look_at(page, name)


def look_at(page: Any, name: str) -> None:
    """Axe, no sideways scrolling, nothing that the policy blocks."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} pixels too wide"
    keep_picture(page, f"lists-{name}")
