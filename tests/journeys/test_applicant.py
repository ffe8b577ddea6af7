"""The applicant's side in a real browser: phone and desktop, no JavaScript, keyboard only, zoom, axe.

Set PERDURE_SCREENSHOTS to a folder to keep a picture of every page that is looked at here.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
REFLOW = {"width": 320, "height": 640}  # 1280 pixels at 400 % zoom
SLUG = "home-adaptation-grant"


@pytest.fixture
def start(live_server: Any) -> str:
    """Address of the start page of the example service, which is running."""
    from perdure import examples
    from tests.parts.intake.services import publish

    folder = Path(examples.__file__).parent
    publish(
        (folder / "home_adaptation_grant.yaml").read_text("utf-8"),
        (folder / "home-adaptation-grant.pdf").read_bytes(),
    )
    return f"{live_server.url}/services/{SLUG}/"


@pytest.fixture
def every_kind(live_server: Any) -> str:
    """Address of the start page of a service with every kind of question."""
    from tests.parts.intake.services import every_kind, publish

    return f"{live_server.url}/services/{publish(every_kind())}/"


@pytest.fixture
def open_page(open_window: Any) -> Any:
    """open_page(size, javascript=False, **more) -> a page of a browser of its own."""
    return functools.partial(open_window, javascript=False)


def keep_picture(page: Any, name: str) -> None:
    folder = os.environ.get("PERDURE_SCREENSHOTS")
    if folder:
        width = page.viewport_size["width"]
        page.screenshot(path=str(Path(folder) / f"applicant-{width}-{name}.png"), full_page=True)


def go_on(page: Any) -> None:
    page.get_by_role("button", name="Save and continue").click()


def fill(page: Any, **typed: str) -> None:
    """Type by label and go on: fill(page, First_name="Ada")."""
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(words)
    go_on(page)


def choose(page: Any, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()
    go_on(page)


def walk(page: Any, start: str) -> Iterator[str]:
    """Apply for the home adaptation grant as Ada, and stop at every kind of page with its name."""
    page.goto(start)
    yield "start"
    page.get_by_role("button", name="Start now").click()
    yield "question"
    go_on(page)
    yield "question-error"
    fill(page, First_name="Ada", Last_name="Byron")
    fill(page, Day="33", Month="2", Year="1960")
    yield "date-error"
    fill(page, Day="3")
    page.get_by_role("textbox").fill("QQ 12 34 56 C")
    go_on(page)
    page.get_by_role("textbox").fill("01632 960123")
    go_on(page)
    page.get_by_role("textbox").fill("ada@")
    go_on(page)
    yield "email-error"
    page.get_by_role("textbox").fill("")
    go_on(page)
    yield "address"
    fill(page, Address_line_1="1 High Street", Town_or_city="Leeds", Postcode="LS1 1AA")
    go_on(page)
    yield "choice-error"
    choose(page, "I rent it from a private landlord")
    yield "why"
    page.get_by_role("textbox").fill("Bob Homes")
    go_on(page)
    choose(page, "No")
    yield "not-eligible"
    page.get_by_role("button", name="Go on with the application").click()
    choose(page, "With my partner")
    yield "record"
    fill(page, First_name="Charles")
    yield "record-error"
    page.get_by_label("Who are they to you?").fill("husband")
    fill(page, Last_name="Byron", Day="3", Month="april", Year="1958")
    yield "records"
    page.get_by_role("link", name="Remove person 1").click()
    yield "remove"
    page.get_by_role("link", name="No, keep it").click()
    go_on(page)
    yield "choices"
    choose(page, "A stairlift", "Something else")
    page.get_by_role("textbox").fill("A big red button")
    go_on(page)
    page.get_by_role("textbox").fill("I cannot get up the stairs.")
    go_on(page)
    choose(page, "No")
    page.get_by_role("textbox").fill("twelve")
    go_on(page)
    yield "money-error"
    page.get_by_role("textbox").fill("1,200")
    go_on(page)
    choose(page, "Universal Credit")
    go_on(page)
    yield "declaration-error"
    page.get_by_label("I agree").check()
    page.get_by_role("textbox").fill("Ada Byron")
    go_on(page)
    yield "check"
    page.get_by_role("link", name="Come back later").click()
    yield "later"
    page.get_by_role("link", name="Take the application off it").click()
    yield "forget"
    page.goto(f"{start}check/")
    page.get_by_role("button", name="Send your application").click()
    yield "sent"
    page.goto(start.replace(SLUG + "/", "return/"))
    page.get_by_label("Return code").fill("2222")
    page.get_by_role("button", name="Come back").click()
    yield "return-error"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_application_is_sent_without_javascript(open_page, start, size):
    page = open_page(size)
    for name in walk(page, start):
        keep_picture(page, name)
        assert not scrolls_sideways(page), name
        if name == "sent":
            assert page.locator("main[data-reference]").get_attribute("data-reference").startswith("HA-")


def scrolls_sideways(page: Any) -> bool:
    """Is anything wider than the window? Works without JavaScript: by the boxes that the browser laid out."""
    width = page.viewport_size["width"]
    boxes = (
        one.bounding_box() for one in page.locator("main, header, footer, input, textarea, select, h1").all()
    )
    return any(box["x"] + box["width"] > width + 1 for box in boxes if box and box["width"] > 1)


def test_nothing_scrolls_sideways_at_400_percent_zoom(open_page, start):
    page = open_page(REFLOW, javascript=True)
    for name in walk(page, start):
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, name
        keep_picture(page, name)


def test_axe_finds_nothing_on_any_kind_of_page_and_state(open_page, start):
    page = open_page(DESKTOP, javascript=True)
    axe, found = Axe(), {}
    for name in walk(page, start):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = axe.run(page)
            if results.violations_count:
                found[f"{name}, {scheme}"] = results.generate_report()
    assert not found, "\n".join(f"{name}: {report}" for name, report in found.items())


def test_axe_finds_nothing_on_any_kind_of_question(open_page, every_kind):
    page = open_page(PHONE, javascript=True)
    page.goto(every_kind)
    page.get_by_role("button", name="Start now").click()
    axe, found, seen = Axe(), {}, 0
    while "/check/" not in page.url:
        results = axe.run(page)
        if results.violations_count:
            found[page.url] = results.generate_report()
        keep_picture(page, f"kind-{page.url.rstrip('/').rsplit('/', 1)[-1]}")
        go_on(page)
        seen += 1
    assert seen == 22
    assert not found, "\n".join(found.values())


def test_axe_finds_nothing_on_pages_beside_the_way(open_page, live_server):
    """A list with an error, a start page that knows the person, coming back, a closed service, none."""
    from perdure.parts.catalogue import api as catalogue
    from tests.parts.intake.services import children, publish

    slug = publish(children(at_least=1))
    start = f"{live_server.url}/services/{slug}/"
    page, axe, found = open_page(PHONE, javascript=True), Axe(), {}

    def look(name: str) -> None:
        keep_picture(page, name)
        results = axe.run(page)
        if results.violations_count:
            found[name] = results.generate_report()

    page.goto(start)
    page.get_by_role("button", name="Start now").click()
    page.goto(f"{start}children/1/")
    fill(page, **{"What is their name?": "Mia"})
    page.goto(f"{start}children/")
    go_on(page)
    look("list-error")
    page.goto(start)
    look("start-again")
    page.get_by_role("button", name="Deutsch").click()
    look("start-in-german")
    page.goto(f"{live_server.url}/services/return/")
    look("come-back")
    catalogue.close(slug, by="system:test")
    page.goto(start)
    look("closed")
    page.goto(f"{live_server.url}/services/no-such-service/")
    look("no-service")
    assert not found, "\n".join(f"{name}: {report}" for name, report in found.items())


def test_the_whole_application_can_be_done_with_the_keyboard(open_page, start):
    """Only keys: Tab to move, letters to type, Space to choose, Enter to go on."""
    page = open_page(DESKTOP)
    page.goto(start)
    for _page in range(60):
        if page.locator("main[data-reference]").count():
            break
        where = page.url
        press_through(page)
        assert page.url != where or page.locator(".summary-of-errors").count() == 0, page.inner_text("main")
    expect(page.locator("main[data-reference]")).to_have_count(1)


TYPED = {
    "given": "Ada",
    "family": "Byron",
    "day": "3",
    "month": "2",
    "year": "2016",
    "ni_number": "QQ123456C",
    "phone": "01632 960123",
    "line1": "1 High Street",
    "town": "Leeds",
    "postcode": "LS1 1AA",
}


def press_through(page: Any) -> None:
    """Tab through the page's form: type into inputs, choose the first of a group, press the first button."""
    for _press in range(120):
        page.keyboard.press("Tab")
        focused = page.locator("main :focus")
        if not focused.count() or not page.locator("main form :focus").count():
            continue
        kind = focused.get_attribute("type") or ""
        name = re.split("-", focused.get_attribute("name") or "")[-1]
        if kind in {"radio", "checkbox"}:
            page.keyboard.press("Space")
        elif kind in {"text", "tel"}:
            page.keyboard.type(
                TYPED.get(name, "Some words" if focused.get_attribute("inputmode") is None else "12")
            )
        elif not kind and focused.get_attribute("rows"):
            page.keyboard.type("It is hard.")
        elif page.locator("main form button:focus").count():
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no button was reached with Tab at {page.url}")


def test_an_error_in_the_summary_leads_to_its_input(open_page, start):
    page = open_page(PHONE)
    page.goto(start)
    page.get_by_role("button", name="Start now").click()
    go_on(page)
    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(":focus")).to_have_attribute("name", "name-given")


def test_back_and_refresh_and_sending_again_are_harmless(open_page, start):
    page = open_page(PHONE)
    for name in walk(page, start):
        if name == "address":
            page.go_back()
            page.go_back()
            page.goto(f"{start}on/")
            expect(page).to_have_url(re.compile("address"))
        if name == "sent":
            break
    reference = page.locator("main[data-reference]").get_attribute("data-reference")
    page.reload()
    page.go_back()
    page.goto(f"{start}check/")
    assert page.locator("main[data-reference]").get_attribute("data-reference") == reference


def test_one_begun_on_a_phone_is_finished_on_another_device(open_page, start):
    phone, desk = open_page(PHONE), open_page(DESKTOP)
    phone.goto(start)
    phone.get_by_role("button", name="Start now").click()
    fill(phone, First_name="Ada", Last_name="Byron")
    phone.get_by_role("button", name="Save and come back later").click()
    reference, code = phone.locator(".code").all_inner_texts()
    desk.goto(start)
    desk.get_by_role("link", name="Come back to an application").click()
    desk.get_by_label("Reference").fill(reference)
    desk.get_by_label("Return code").fill(code.lower())
    desk.get_by_role("button", name="Come back").click()
    assert (
        desk.get_by_role("heading", level=1).inner_text().replace("\n", " ") == "What is your date of birth?"
    )
