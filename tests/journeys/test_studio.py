"""The studio in a real browser: from a PDF to a running service, with and without scripts, axe.

Set PERDURE_SCREENSHOTS to a folder to keep a picture of every page that is looked at here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.studio_form import second_edition, small_form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WIDTHS = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A fillable form of one page, with a box that nothing names."""
    path = tmp_path / "dog-licence.pdf"
    path.write_bytes(small_form())
    return path


@pytest.fixture
def open_page(open_window: Any, live_server: Any) -> Callable[..., Any]:
    """open_page(size, scripts=False, who="Amina K.") -> a page of an owner; who="" is the public."""
    from perdure.foundation.accounts import api as accounts

    def open_page(size: dict[str, int], *, scripts: bool = False, who: str = "Amina K.") -> Any:
        page = open_window(size, javascript=scripts, patience=15_000, base_url=live_server.url)
        if who:
            email = f"{who.split(maxsplit=1)[0].lower()}@example.org"
            accounts.add_person(email, name=who, by="system:test")
            accounts.give_role(email, "owner", by="system:test")
            page.goto(f"/sign-in/{accounts.make_sign_in_link(email, valid_minutes=5, by='system:test')}/")
        return page

    return open_page


@pytest.fixture
def licence(transactional_db: None, form: Path) -> str:
    """The form as a draft. Gives its slug."""
    from perdure.parts.catalogue import api as catalogue

    return catalogue.add_from_pdf(form.read_bytes(), form.name, by="system:test")


def do_the_work() -> None:
    """What a worker process does beside the site."""
    from perdure.foundation.jobs import api as jobs

    jobs.run_waiting()


def look(page: Any, name: str) -> None:
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


SCRIPTED = re.compile(r'<script\b.*?</script>|</?noscript>|<meta http-equiv="refresh"[^>]*>', re.DOTALL)


def axe_without_scripts(page: Any, address: str, name: str) -> None:
    """axe on a page as who has no scripts sees it. axe itself is one, so the page's own are taken out.

    page  in a window that runs scripts
    """
    html = SCRIPTED.sub("", page.request.get(address).text())
    page.route("**" + address, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address)
    expect(page.locator("script, noscript")).to_have_count(0)
    axe(page, f"{name}-no-scripts")


@WIDTHS
def test_an_owner_turns_a_pdf_into_a_running_service_without_scripts(open_page, form, size):
    page = open_page(size)
    page.goto("/studio/")
    page.get_by_label("Turn a paper form into a service").set_input_files(form)
    page.get_by_role("button", name="Read this form").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reading the form")
    look(page, "upload")
    do_the_work()
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("h1")).to_have_text(
        re.compile(r"^Review the questions: \d+ of \d+ sure, \d+ needs? you")
    )

    page.get_by_role("link", name="Change", exact=True).first.click()
    page.get_by_label("The question", exact=True).fill("What is your dog's name?")
    page.get_by_label("Hint").fill("The name it listens to.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="What is your dog's name?").wait_for()
    while page.get_by_role("button", name="Accept").filter(has_text="Accept").first.is_visible():
        if "sure" in page.locator("h1").inner_text() and "need" not in page.locator("h1").inner_text():
            break
        page.get_by_role("button", name="Accept").first.click()

    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("It is published.").wait_for()

    applicant = open_page(size, who="")
    applicant.goto("/")
    applicant.get_by_role("link", name=re.compile("licence", re.I)).first.click()
    applicant.get_by_role("button").first.click()
    expect(applicant.locator("main form")).to_have_count(1)


def test_a_dropped_pdf_is_read_and_the_page_goes_on_by_itself(open_page, form):
    page = open_page(DESKTOP, scripts=True)
    page.goto("/studio/")
    dropped = page.evaluate_handle(
        """(bytes) => {
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(bytes)], "dog.pdf", { type: "application/pdf" }));
            return files;
        }""",
        list(form.read_bytes()),
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    page.get_by_role("heading", name="Reading the form").wait_for()
    axe(page, "upload-waits")
    do_the_work()
    page.get_by_role("heading", name=re.compile("Review the questions")).wait_for()


def in_hand(page: Any) -> str:
    return page.locator(".question-card.now h3").inner_text()


def becomes_hand(page: Any, title: str) -> None:
    page.wait_for_function(
        "title => document.querySelector('.question-card.now h3').innerText === title", arg=title
    )


def accepted(page: Any, words: str) -> None:
    page.locator("[data-far]").filter(has_text=words).wait_for()


def test_the_keys_walk_accept_and_undo(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    first = in_hand(page)
    page.keyboard.press("n")
    page.wait_for_url(re.compile("at="))
    assert in_hand(page) != first
    page.keyboard.press("p")
    becomes_hand(page, first)
    page.keyboard.press("a")
    page.get_by_text("Undo: Accepted").wait_for()
    assert in_hand(page) != first
    page.keyboard.press("u")
    accepted(page, "0 of")


def test_keys_pressed_faster_than_the_site_answers_are_not_lost(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/")
    number = page.locator(".question-card").count()
    for _card in range(number):
        page.keyboard.press("a")
    accepted(page, f"{number} of {number}")
    page.get_by_role("link", name="Go on to publish").wait_for()


def test_title_and_kind_are_changed_on_the_card_by_keys_and_kept_on_reload(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    page.keyboard.press("e")
    page.keyboard.type("Who are you?")
    page.keyboard.press("Enter")
    becomes_hand(page, "Who are you?")
    page.keyboard.press("t")
    page.keyboard.type("A longer")
    page.keyboard.press("Enter")
    page.locator(".question-card.now > p").filter(has_text="A longer text").wait_for()
    page.reload()
    assert in_hand(page) == "Who are you?"
    page.keyboard.press("e")
    page.keyboard.type("Never mind")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("at="))
    assert "Never mind" not in page.content()


def test_a_question_is_left_out_with_a_reason_by_keys(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    first = in_hand(page)
    page.keyboard.press("x")
    page.keyboard.type("We know it already.")
    page.keyboard.press("Enter")
    page.get_by_text("box of the paper is not asked").wait_for()
    assert in_hand(page) != first


def test_two_questions_are_joined_split_and_made_one_answer_by_keys(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    page.keyboard.press("m")
    page.locator(".question-card.now .asked li").nth(1).wait_for()
    page.keyboard.press("s")
    page.locator(".question-card.now .asked").wait_for(state="detached")
    page.keyboard.press("m")
    page.locator(".question-card.now .asked li").nth(1).wait_for()
    page.keyboard.press("g")
    page.get_by_role("heading", name="Make one answer of these questions").wait_for()


def test_keys_are_explained_and_can_be_turned_off_for_good(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    page.keyboard.press("?")
    page.get_by_text("draw a box that was missed", exact=True).wait_for()
    axe(page, "keys")
    page.get_by_role("button", name="Turn keys off").click()
    page.reload()
    first = in_hand(page)
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert in_hand(page) == first
    page.get_by_text("Keys", exact=True).click()
    page.get_by_role("button", name="Turn keys on").click()
    page.keyboard.press("n")
    page.wait_for_url(re.compile("at="))


def test_a_site_that_does_not_answer_says_so_and_nothing_is_lost(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    page.context.set_offline(True)
    page.keyboard.press("e")
    page.keyboard.type("Who are you?")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Save").click()
    becomes_hand(page, "Who are you?")


@WIDTHS
def test_all_that_is_sure_is_accepted_at_once_and_undone_at_once_without_scripts(open_page, licence, size):
    page = open_page(size)
    page.goto(f"/studio/{licence}/")
    number = page.locator(".question-card:not(:has(.tag.wait))").count()
    assert number > 1
    page.get_by_role("button", name=f"Accept all {number} that are sure").click()
    accepted(page, f"{number} of")
    page.get_by_role("button", name=re.compile("Undo")).click()
    accepted(page, "0 of")


def test_two_people_on_two_questions_are_both_heard_and_only_one_question_is_a_quarrel(open_page, licence):
    amina, bram = open_page(DESKTOP, scripts=True), open_page(DESKTOP, scripts=True, who="Bram de Wit")
    amina.goto(f"/studio/{licence}/?order=paper")
    bram.goto(f"/studio/{licence}/?order=paper")
    bram.keyboard.press("n")
    bram.wait_for_url(re.compile("at="))
    for page, words in ((amina, "Amina's question"), (bram, "Bram's question")):
        page.keyboard.press("e")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        becomes_hand(page, words)
    expect(bram.get_by_role("alert")).to_have_count(0)
    bram.get_by_role("heading", name="Amina's question").wait_for()

    amina.keyboard.press("n")  # loads what Bram did
    becomes_hand(amina, "Bram's question")
    bram.keyboard.press("e")
    bram.keyboard.type("Bram again")
    bram.keyboard.press("Enter")
    becomes_hand(bram, "Bram again")
    amina.keyboard.press("e")
    amina.keyboard.type("Amina on Bram's")
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("alert")).to_contain_text("Bram de Wit")
    expect(amina.get_by_label("The question", exact=True)).to_have_value("Amina on Bram's")


def test_a_question_in_hand_has_its_box_stand_out_on_the_paper(open_page, licence):
    page = open_page(DESKTOP)
    page.goto(f"/studio/{licence}/?order=paper")
    assert page.locator(".paper-page img").evaluate("picture => picture.naturalWidth") > 400
    marked = page.locator(".paper-page .spot.now")
    assert marked.count() >= 1
    box, picture = marked.first.bounding_box(), page.locator(".paper-page img").bounding_box()
    assert picture["x"] <= box["x"] <= picture["x"] + picture["width"]
    assert picture["y"] <= box["y"] <= picture["y"] + picture["height"]


@WIDTHS
def test_a_colleague_who_was_faster_is_named_and_nothing_typed_is_lost(open_page, licence, size):
    amina, bram = open_page(size, scripts=True), open_page(DESKTOP, who="Bram de Wit")
    for page in (amina, bram):
        page.goto(f"/studio/{licence}/")
        page.get_by_role("link", name="Change", exact=True).first.click()
    bram.get_by_label("The question", exact=True).fill("Bram's question")
    bram.get_by_role("button", name="Save").click()
    amina.get_by_label("The question", exact=True).fill("Amina's question")
    amina.get_by_role("button", name="Save").click()
    expect(amina.get_by_role("alert")).to_contain_text("Bram de Wit")
    expect(amina.get_by_label("The question", exact=True)).to_have_value("Amina's question")
    axe(amina, "faster")
    amina.get_by_role("button", name="Save").click()
    amina.get_by_role("heading", name="Amina's question").wait_for()


def drawn(page: Any) -> list[str]:
    return [
        page.get_by_label(name).input_value() for name in ("From the left", "From the top", "Width", "Height")
    ]


def test_a_missed_box_is_drawn_with_the_pointer(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/")
    page.keyboard.press("d")
    page.get_by_role("heading", name="Draw a box that was missed").wait_for()
    area = page.locator("[data-draw]")
    area.scroll_into_view_if_needed()
    corner = area.bounding_box()
    page.mouse.move(corner["x"] + 200, corner["y"] + 60)
    page.mouse.down()
    page.mouse.move(corner["x"] + 400, corner["y"] + 80, steps=5)
    page.mouse.up()
    numbers = [float(number) for number in drawn(page)]
    assert [round(number) for number in numbers] == pytest.approx([200, 60, 200, 20], abs=1)
    new = page.locator("[data-new]").bounding_box()
    assert new["x"] == pytest.approx(corner["x"] + 200, abs=2)
    page.keyboard.type("Breed of the dog")
    page.keyboard.press("Enter")
    page.locator(".question-card.now").get_by_role("heading", name="Breed of the dog").wait_for()
    expect(page.locator(".paper-page .spot.now")).to_have_count(1)


@WIDTHS
def test_a_missed_box_is_placed_by_a_click_without_scripts(open_page, licence, size):
    page = open_page(size)
    page.goto(f"/studio/{licence}/")
    page.get_by_role("link", name="Draw a box that was missed").click()
    page.locator("input[type=image]").click(position={"x": 200, "y": 100})
    assert drawn(page) == ["200", "91.0", "150", "18"]
    page.get_by_role("button", name="Ask this").click()
    page.get_by_text("There is a problem").wait_for()
    page.get_by_label("The question", exact=True).fill("Breed of the dog")
    page.get_by_role("button", name="Ask this").click()
    page.get_by_role("heading", name="Breed of the dog").wait_for()


@WIDTHS
def test_axe_finds_nothing_where_a_box_is_drawn(open_page, licence, size):
    page = open_page(size, scripts=True)
    page.goto(f"/studio/{licence}/box/")
    axe(page, "draw")
    page.locator("input[type=image]").click(position={"x": 200, "y": 100})
    page.get_by_role("button", name="Ask this").click()
    page.get_by_text("There is a problem").wait_for()
    axe(page, "draw-error")


def test_a_missed_box_is_drawn_by_keyboard_alone(open_page, licence):
    page = open_page(DESKTOP, scripts=True)
    page.goto(f"/studio/{licence}/")
    page.keyboard.press("d")
    page.get_by_label("From the left").focus()
    for number in ("200", "90", "120", "20"):
        page.keyboard.press("Control+a")
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    assert page.locator("[data-new]").get_attribute("width") == "120"
    page.get_by_label("The question", exact=True).focus()
    page.keyboard.type("Breed of the dog")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Breed of the dog").wait_for()


def test_a_box_that_is_none_is_taken_away_without_scripts(open_page, licence):
    page = open_page(DESKTOP)
    page.goto(f"/studio/{licence}/")  # the box that nothing names comes first
    page.get_by_text("Leave out", exact=True).first.click()
    page.get_by_role("button", name="It is not a box", exact=True).click()
    page.get_by_text("1 box of the paper is not asked").click()
    page.get_by_text("It is not a box to fill in.").wait_for()


@WIDTHS
def test_axe_finds_nothing_on_any_page_of_the_studio(open_page, licence, size, tmp_path):
    page = open_page(size, scripts=True)
    for name, address in (
        ("welcome", "/"),
        ("services", "/studio/"),
        ("review", f"/studio/{licence}/"),
        ("review-paper", f"/studio/{licence}/?order=paper"),
        ("about", f"/studio/{licence}/about/"),
        ("guidance", f"/studio/{licence}/guidance/"),
        ("text", f"/studio/{licence}/text/"),
        ("publish", f"/studio/{licence}/publish/"),
        ("preview", f"/studio/{licence}/preview/"),
        ("not-there", "/studio/nowhere/"),
    ):
        page.goto(address)
        axe(page, name)
    not_a_form = tmp_path / "notes.pdf"
    not_a_form.write_text("notes")
    page.goto("/studio/")
    page.get_by_label("Turn a paper form into a service").set_input_files(not_a_form)
    page.get_by_role("button", name="Read this form").click()
    axe(page, "services-error")


@WIDTHS
def test_axe_finds_nothing_on_the_studio_without_its_scripts(open_page, licence, size):
    page = open_page(size, scripts=True)
    for name, address in (
        ("services", "/studio/"),
        ("review", f"/studio/{licence}/"),
        ("guidance", f"/studio/{licence}/guidance/"),
        ("draw", f"/studio/{licence}/box/"),
        ("edition", f"/studio/{licence}/edition/"),
    ):
        axe_without_scripts(page, address, name)


@WIDTHS
def test_axe_finds_nothing_where_a_draft_is_changed_or_an_error_is_shown(open_page, licence, size, tmp_path):
    page = open_page(size, scripts=True)
    page.goto(f"/studio/{licence}/?order=paper")
    page.get_by_text("Leave out", exact=True).first.click()
    page.get_by_text("Edit title and kind").first.click()
    axe(page, "review-in-place")
    page.get_by_role("button", name="Leave it out").click()
    page.get_by_text("There is a problem").wait_for()
    axe(page, "leave-out-error")
    page.get_by_label("Why is it not asked?").fill("We know it already.")
    page.get_by_role("button", name="Leave it out").click()
    page.get_by_text("is not asked").first.click()
    axe(page, "review-left-out")
    page.get_by_role("button", name="Join with the next").first.click()
    page.get_by_role("link", name="Make one answer").first.click()
    axe(page, "join")
    page.goto(f"/studio/{licence}/?order=paper")
    page.get_by_text("Edit title and kind").first.click()
    page.get_by_role("link", name="Hint, answers to choose from and more").first.click()
    page.get_by_label("The question", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    axe(page, "question-error")
    page.goto(f"/studio/{licence}/text/")
    page.get_by_label("The whole service").fill("title: Broken\n  id: x")
    page.get_by_role("button", name="Check and save").click()
    axe(page, "text-error")
    page.goto(f"/studio/{licence}/preview/")
    page.get_by_role("button", name="Start now").click()
    axe(page, "preview-page")
    page.goto(f"/studio/{licence}/preview/end/")
    axe(page, "preview-end")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing else")
    page.goto("/studio/")
    page.get_by_label("Turn a paper form into a service").set_input_files(broken)
    page.get_by_role("button", name="Read this form").click()
    do_the_work()
    page.get_by_role("heading", name="This form could not be read").wait_for()
    axe(page, "upload-refused")


@WIDTHS
def test_axe_finds_nothing_on_the_publics_first_page(open_page, licence, size):
    from perdure.parts.catalogue import api as catalogue

    page = open_page(size, scripts=True, who="")
    page.goto("/")
    axe(page, "home-empty")
    catalogue.publish(licence, by="system:test")
    page.goto("/")
    axe(page, "home")
    for name in ("accessibility", "privacy"):
        page.goto(f"/{name}/")
        axe(page, name)
    staff = open_page(size, scripts=True)
    staff.goto("/")
    axe(staff, "welcome-running")


@WIDTHS
def test_a_new_edition_is_dropped_on_its_service_looked_at_and_taken_up(open_page, licence, tmp_path, size):
    (tmp_path / "dog-2027.pdf").write_bytes(second_edition())
    page = open_page(size, scripts=True)
    page.goto(f"/studio/{licence}/")
    page.get_by_label("The form was printed anew?").set_input_files(tmp_path / "dog-2027.pdf")
    page.get_by_role("button", name="Compare it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reading the new edition")
    axe(page, "edition-reading")
    do_the_work()
    expect(page.get_by_role("heading", name="New questions")).to_have_count(1)
    expect(page.get_by_role("heading", name="Gone")).to_have_count(1)
    axe(page, "edition")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Take up the new edition").click()
    expect(page.get_by_text("The service has its new paper.")).to_have_count(1)
    expect(page.locator(".question-card.now .note")).to_have_count(1)
    page.get_by_role("link", name="New edition").click()
    expect(page.get_by_text("dog-2027.pdf was taken up.")).to_have_count(1)
    axe(page, "edition-taken")


@WIDTHS
def test_a_new_edition_on_the_first_page_is_recognised_and_taken_up_without_scripts(
    open_page, licence, tmp_path, size
):
    (tmp_path / "dog-2027.pdf").write_bytes(second_edition())
    page = open_page(size)
    page.goto("/studio/")
    page.get_by_label("Turn a paper form into a service").set_input_files(tmp_path / "dog-2027.pdf")
    page.get_by_role("button", name="Read this form").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reading the form")
    do_the_work()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This looks like a new edition of Dog licence")
    axe_without_scripts(open_page(size, scripts=True), urlsplit(page.url).path, "decide")
    page.get_by_role("button", name="Make it the new edition").click()
    expect(page).to_have_url(re.compile(f"/studio/{licence}/$"))
    expect(page.get_by_text("The service has its new paper.")).to_have_count(1)


@WIDTHS
def test_the_forms_are_compared_and_sorted_by_a_heading(open_page, licence, size):
    from perdure.parts.catalogue import api as catalogue

    catalogue.add_from_pdf(second_edition(), "dog-2027.pdf", by="system:test")
    page = open_page(size, scripts=True)
    page.goto("/studio/")
    page.get_by_role("link", name="Compare the forms").click()
    expect(page.get_by_role("heading", name="Asked by several forms")).to_have_count(1)
    page.get_by_label("Sort by").select_option("questions")
    page.get_by_role("button", name="Sort").click()
    expect(page).to_have_url(re.compile("sort=questions"))
    axe(page, "compare")
