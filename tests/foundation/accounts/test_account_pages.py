"""The pages of sign-in and people in a real browser: phone and desktop, axe, and once without JavaScript.

Set PERDURE_SCREENSHOTS to a folder to keep a picture of every page that is looked at here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.foundation.accounts.authenticator import code_of
from tests.foundation.accounts.conftest import PASSWORD

from perdure.foundation.accounts import api as accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("width", [360, 1280])
OWNER = "owner@north.example"


@pytest.fixture
def page_of(browser: Any) -> Iterator[Callable[[int], Any]]:
    """page_of(width, scripts=True) -> a page of a fresh browser window. Axe itself needs JavaScript."""
    contexts = []

    def make(width: int, *, scripts: bool = True) -> Any:
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield make
    for context in contexts:
        context.close()


def is_good(page: Any, name: str) -> None:
    """No finding of axe, nothing wider than the screen, one heading of the first rank."""
    if folder := os.environ.get("PERDURE_SCREENSHOTS"):
        width = page.viewport_size["width"]
        page.screenshot(path=str(Path(folder) / f"accounts-{name}-{width}.png"), full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        f"{name} is wider than the screen"
    )
    expect(page.locator("h1")).to_have_count(1)


@WIDTHS
def test_signing_in_for_the_first_time(page_of, live_server, person_with, width):
    person_with(OWNER, "owner", password=PASSWORD)
    page = page_of(width)
    page.goto(f"{live_server.url}/accounts/people/")
    is_good(page, "sign-in")
    page.get_by_label("E-mail address").fill(OWNER)
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value(OWNER)
    is_good(page, "sign-in-error")

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    is_good(page, "second-factor")
    page.get_by_label("Code").fill("12345")
    page.get_by_role("button", name="Continue").click()
    is_good(page, "second-factor-error")
    page.get_by_label("Code").fill(code_of(page.locator("code").inner_text()))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    is_good(page, "recovery-codes")


@WIDTHS
def test_the_second_step_and_the_closed_door(page_of, live_server, person_with, width):
    person_with(OWNER, "owner", password=PASSWORD, second_factor=True)
    page = page_of(width)
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail address").fill(OWNER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    is_good(page, "code")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    is_good(page, "code-error")
    page.goto(f"{live_server.url}/sign-in/never-made/")
    is_good(page, "link-not-usable")
    page.goto(f"{live_server.url}/accounts/inactive/")
    is_good(page, "inactive")


@WIDTHS
def test_ones_own_account_and_the_list_of_people(page_of, live_server, person_with, width):
    person_with(OWNER, "owner", second_factor=True)
    person_with(
        "a-very-long-name-of-somebody@a-long-name-of-a-council.example", "caseworker at grant", "viewer"
    )
    page = page_of(width)
    page.goto(f"{live_server.url}/sign-in/{accounts.make_sign_in_link(OWNER)}/")
    page.goto(f"{live_server.url}/accounts/me/")
    is_good(page, "me")
    for link, name in (("Choose a password", "password"), ("Use another app", "other-app")):
        page.get_by_role("link", name=link).click()
        is_good(page, name)
        page.goto(f"{live_server.url}/accounts/me/")
    page.goto(f"{live_server.url}/accounts/logout/")
    is_good(page, "sign-out")

    page.goto(f"{live_server.url}/accounts/people/")
    is_good(page, "people")
    page.get_by_role("button", name="Add").click()
    is_good(page, "people-error")
    page.get_by_label("E-mail address").fill("bram@north.example")
    page.get_by_label("Role", exact=True).select_option("caseworker")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("It lets them in once")).to_be_visible()
    is_good(page, "people-added")
    page.get_by_role("link", name="Bram").click()
    is_good(page, "person")
    page.get_by_role("button", name="Take it away").click()
    page.get_by_role("button", name="Keep them out").click()
    expect(page.get_by_text("kept out")).to_be_visible()
    is_good(page, "person-kept-out")


def test_signing_in_and_out_without_javascript(page_of, live_server, person_with):
    person_with(OWNER, "owner")
    page = page_of(1280, scripts=False)
    page.goto(f"{live_server.url}/sign-in/{accounts.make_sign_in_link(OWNER)}/")
    page.goto(f"{live_server.url}/accounts/me/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/me/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
