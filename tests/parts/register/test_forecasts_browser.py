"""Forecasts in a real browser, from the real list: by a press, without JavaScript, axe, 320 pixels."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.parts.register.test_find_browser import DESKTOP, NARROW, keep_picture
from tests.parts.register.test_import_browser import sign_in
from tests.parts.register.test_import_dev_sets import dev, taken_in  # noqa: F401

from perdure.foundation.jobs import api as jobs
from perdure.parts.register.models import SourceList

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_which_major_projects_are_likeliest_to_slip_and_why(open_window, live_server, keeper_person, dev):  # noqa: F811
    """By clicks on the list of the United Kingdom's major projects; every page passes axe at both widths."""
    taken_in(dev, "gmpp_2014_2019.csv")
    SourceList.objects.update(complete=True)
    page, home = open_window(NARROW, javascript=False), live_server.url
    sign_in(page, home)
    page.goto(f"{home}/register/keep/")
    page.get_by_role("link", name="Forecasts").press("Enter")
    keep_picture(page, "forecasts-keep")
    page.get_by_role("button", name="Learn and forecast").press("Enter")
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    jobs.run_waiting()
    page.get_by_role("link", name="Look again").press("Enter")
    page.get_by_role("link", name="Forecast on").press("Enter")
    expect(page.get_by_role("heading", name="Which are likeliest to slip?", level=1)).to_be_visible()
    expect(page.locator("ol.found > li")).to_have_count(10)
    expect(page.get_by_text("Speaks for slipping:").first).to_be_visible()
    keep_picture(page, "forecasts-slips")
    page.get_by_label("List and question").select_option(index=1)
    page.get_by_role("button", name="Show this").press("Enter")
    expect(page.get_by_role("heading", name="Which will leave the list?", level=1)).to_be_visible()
    keep_picture(page, "forecasts-leaves")
    first = page.locator("ol.found > li h3 a").first
    first.press("Enter")
    expect(page.get_by_role("heading", name="Will its end slip?")).to_be_visible()
    keep_picture(page, "forecast-of-a-case")
    case = page.url
    for size in (NARROW, DESKTOP):
        seen = open_window(size)
        sign_in(seen, home)
        for address in (
            f"{home}/register/keep/forecasts/",
            f"{home}/register/forecasts/",
            f"{home}/register/forecasts/?question=still-listed",
            case,
        ):
            seen.goto(address)
            found = Axe().run(seen)
            assert found.violations_count == 0, found.generate_report()
            wide = seen.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{address} is {wide} wide"
            keep_picture(seen, "axe-" + address.rstrip("/").rsplit("/", 1)[-1].replace("?question=", "-"))
