"""The desk and the status page in a real browser: phone and desktop, no JavaScript, keyboard only, axe.

Set PERDURE_SCREENSHOTS to a folder to keep a picture of every page that is looked at here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WIDTHS = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
SLUG = "home-adaptation-grant"
LONG_REASON = (
    "The work was finished before you applied, and the scheme only pays for work that has not begun."
)


@pytest.fixture
def grant(live_server: Any) -> str:
    """The example service with its paper form, running. Gives the address of the site."""
    from perdure import examples
    from perdure.parts.catalogue import api as catalogue

    folder = Path(examples.__file__).parent
    definition = (folder / "home_adaptation_grant.yaml").read_text("utf-8")
    slug = catalogue.add_from_definition(
        definition, pdf=(folder / "home-adaptation-grant.pdf").read_bytes(), by="system:test"
    )
    catalogue.publish(slug, by="system:test")
    return str(live_server.url)


@pytest.fixture
def amina(grant: str) -> Any:
    from tests.parts.casework.acting import staff

    return staff("amina@example.org", "Amina Khan", service=SLUG)


@pytest.fixture
def bram(grant: str) -> Any:
    from tests.parts.casework.acting import staff

    return staff("bram@example.org", "Bram de Wit", service=SLUG)


@pytest.fixture
def send(grant: str) -> Callable[..., tuple[str, str]]:
    """send(days_ago, **answers) -> (reference, return code)."""
    from tests.journeys.desk_answers import ANSWERS
    from tests.parts.casework.acting import send_application

    def send(days_ago: int = 0, **answers: Any) -> tuple[str, str]:
        return send_application(SLUG, {**ANSWERS, **answers}, at=timezone.now() - timedelta(days=days_ago))

    return send


@pytest.fixture
def open_page(open_window: Any) -> Callable[..., Any]:
    """open_page(size, scripts=False) -> a page of a fresh browser window."""

    def open_page(size: dict[str, int], *, scripts: bool = False) -> Any:
        return open_window(size, javascript=scripts, patience=15_000)

    return open_page


def sign_in(page: Any, base: str, email: str = "amina@example.org") -> None:
    from perdure.foundation.accounts import api as accounts

    page.goto(f"{base}/sign-in/{accounts.make_sign_in_link(email)}/")


def look(page: Any, name: str) -> None:
    """Keep a picture, and see that nothing sticks out sideways and (with scripts on) axe finds nothing."""
    folder, width = os.environ.get("PERDURE_SCREENSHOTS"), page.viewport_size["width"]
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def axe(page: Any, name: str) -> None:
    """No violation that axe knows of, and no scrolling sideways."""
    look(page, name)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is {wide} px wider than the screen"


@WIDTHS
def test_axe_finds_nothing_on_the_desk_and_the_case_pages(  # noqa: PLR0917
    grant, amina, bram, send, open_page, size
):
    from perdure.parts.casework import api as casework

    page = open_page(size, scripts=True)
    sign_in(page, grant)
    page.goto(f"{grant}/desk/")
    axe(page, "desk-empty")

    now = timezone.now()
    late, _ = send(30)
    asked, _ = send(20)
    done, _ = send(12)
    refused, _ = send(10)
    mine, _ = send(9, savings="40000.00", income="310.00", benefits=["none"])
    send(27)
    send(1)
    send()
    casework.take(reference=mine, by=amina, at=now)
    casework.ask_for_more(
        reference=asked, text="Send us a letter from your landlord that agrees to the work.", by=bram, at=now
    )
    casework.decide(reference=done, outcome="approve", by=bram, at=now)
    casework.decide(reference=refused, outcome="refuse", reason=LONG_REASON, by=amina, at=now)
    page.goto(f"{grant}/desk/")
    axe(page, "desk")
    page.goto(f"{grant}/desk/?status=decided&whose=mine&unread=yes&q=")
    axe(page, "desk-nothing-fits")

    for name, reference in (("new", late), ("mine", mine), ("waiting", asked), ("decided", refused)):
        page.goto(f"{grant}/desk/cases/{reference}/")
        axe(page, f"case-{name}")
    page.goto(f"{grant}/desk/cases/{refused}/")
    page.locator("summary").first.click()
    axe(page, "case-decided-open")

    page.goto(f"{grant}/desk/cases/{mine}/")
    page.get_by_label("Refuse").check()
    page.get_by_role("button", name="Send the decision").click()
    axe(page, "case-error-reason")
    page.get_by_label("Reason", exact=True).fill("Your savings are above the limit.")
    page.get_by_role("button", name="See the letter first").click()
    axe(page, "case-preview")

    page.goto(f"{grant}/desk/cases/{late}/")
    casework.decide(reference=late, outcome="approve", by=bram, at=now)
    page.get_by_label("Refuse").check()
    page.get_by_label("Reason", exact=True).fill(LONG_REASON)
    page.get_by_role("button", name="Send the decision").click()
    axe(page, "case-stale")

    page.goto(f"{grant}/desk/cases/{done}/paper/")
    axe(page, "case-paper")
    page.goto(f"{grant}/desk/cases/HAG-NONE-SUCH/")
    axe(page, "case-not-found")


@WIDTHS
def test_axe_finds_nothing_on_the_status_pages(grant, amina, send, open_page, size):
    from perdure.parts.casework import api as casework

    page = open_page(size, scripts=True)
    reference, code = send()
    page.goto(f"{grant}/status/{reference}/")
    axe(page, "status-find")
    page.get_by_label("Return code").fill("2222")
    page.get_by_role("button", name="See it").click()
    axe(page, "status-find-error")
    page.get_by_label("Return code").fill(code)
    page.get_by_role("button", name="See it").click()
    axe(page, "status-received")
    casework.ask_for_more(
        reference=reference, text="Send us a letter from your landlord.", by=amina, at=timezone.now()
    )
    page.reload()
    axe(page, "status-asked")
    page.get_by_role("button", name="Send your answer").click()
    axe(page, "status-asked-error")
    page.get_by_label("Your answer").fill("I own the house, so there is no landlord.")
    page.get_by_role("button", name="Send your answer").click()
    axe(page, "status-answered")
    casework.decide(reference=reference, outcome="refuse", reason=LONG_REASON, by=amina, at=timezone.now())
    page.reload()
    axe(page, "status-decided")
    page.get_by_role("link", name="See and print the answers you gave").click()
    axe(page, "status-answers")


@WIDTHS
def test_a_case_from_the_list_to_the_letter_without_javascript(grant, amina, send, open_page, size):
    reference, code = send()
    page = open_page(size)
    sign_in(page, grant)
    page.goto(f"{grant}/desk/")
    page.get_by_role("button", name="Take the next case").click()
    page.get_by_label("What you need, and why").fill("Since when do you live there?")
    page.get_by_role("button", name="Ask the applicant").click()
    expect(page.get_by_role("status")).to_contain_text("clock has stopped")

    applicant = open_page(size)
    applicant.goto(f"{grant}/status/{reference}/")
    applicant.get_by_label("Return code").fill(code)
    applicant.get_by_role("button", name="See it").click()
    applicant.get_by_label("Your answer").fill("Since May 2019.")
    applicant.get_by_role("button", name="Send your answer").click()

    page.goto(f"{grant}/desk/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("Since May 2019.")).to_have_count(1)
    page.get_by_label("Approve").first.check()
    page.get_by_role("button", name="See the letter first").click()
    expect(page.get_by_role("heading", name="The letter as it would go out")).to_have_count(1)
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_text("decided on").first).to_be_visible()

    applicant.reload()
    expect(applicant.get_by_role("heading", name=re.compile("^Approved on"))).to_be_visible()
    expect(applicant.get_by_role("link", name="This letter as a PDF").first).to_be_visible()


def test_a_case_is_decided_with_the_keyboard_alone(grant, amina, send, open_page):
    reference, _code = send()
    page = open_page(DESKTOP, scripts=True)
    sign_in(page, grant)
    page.goto(f"{grant}/desk/cases/{reference}/")

    def tab_to(what: str, most: int = 60) -> None:
        for _press in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({what!r})"):
                return
        raise AssertionError(f"{what} is not reached with the Tab key")

    tab_to("input[name=outcome]")
    page.keyboard.press("Space")
    tab_to("textarea[name=reason]")
    page.keyboard.type("Good plan.")
    tab_to("form[action$='decide/'] button:not([name])")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("decided on").first).to_be_visible()


def test_the_paper_form_is_filled_in_and_shown_as_pictures(grant, amina, send, open_page):
    from perdure.core.paper.api import read_back
    from perdure.parts.catalogue import api as catalogue

    reference, _code = send()
    page = open_page(DESKTOP)
    sign_in(page, grant)
    answer = page.request.get(f"{grant}/desk/cases/{reference}/paper.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="{reference}.pdf"'
    assert "no-store" in answer.headers["cache-control"]
    definition = catalogue.definition_at(catalogue.live_version(SLUG))
    assert any(
        "Byron" in words
        for words in read_back(answer.body(), definition).values()
        if words and words is not True
    )
    page.goto(f"{grant}/desk/cases/{reference}/")
    page.get_by_role("link", name="Look at its pages here").click()
    first = page.get_by_role("img", name="Page 1 of the form")
    assert first.evaluate("image => image.decode().then(() => image.naturalWidth)") > 400


def test_the_pictures_show_what_was_filled_in(grant, amina, send, open_page):
    """Two people’s forms look different on the page with the name, and alike where the form asks nothing."""
    from perdure.parts.casework.papers import paper_picture

    (ada, _), (bob, _) = send(), send(name={"given": "Bob", "family": "Quisling"})
    assert paper_picture(1, reference=ada, by=amina) != paper_picture(1, reference=bob, by=amina)
    assert paper_picture(2, reference=ada, by=amina) == paper_picture(2, reference=bob, by=amina)
