"""How long a person needs from a draft to an accepted one, by keyboard alone, in a real browser.

The person here is quick: they press as soon as the page shows the next question, and never read. So the
seconds are what the product adds to reading; the keystrokes are what a person presses at least. Run with
-s to see the figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from perdure.examples import GRANT_PDF, PERMIT_PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHARED_FORM = "va-21-0966.pdf"
SURE, CORRECTED = 2, 60
"""Most keystrokes for a question that is accepted as it is, and for one whose title is written anew."""


@dataclass
class Person:
    """Somebody at the keyboard, whose keystrokes are counted."""

    page: Any
    pressed: int = 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.pressed += len(words)
        self.page.keyboard.type(words)

    def accepted(self) -> tuple[int, int]:
        words = self.page.locator("[data-far]").inner_text().split()
        return int(words[0]), int(words[2])

    def wait_for(self, accepted: int) -> None:
        self.page.wait_for_function(
            "n => parseInt(document.querySelector('[data-far]').innerText) >= n", arg=accepted
        )


@pytest.fixture
def at_the_keyboard(browser: Any, live_server: Any) -> Iterator[Callable[[str], Person]]:
    """at_the_keyboard(slug) -> an owner before the review of a draft."""
    from perdure.foundation.accounts import api as accounts

    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)

    def open_review(slug: str) -> Person:
        page = context.new_page()
        accounts.add_person("amina@example.org", name="Amina K.", by="system:test")
        accounts.give_role("amina@example.org", "owner", by="system:test")
        link = accounts.make_sign_in_link("amina@example.org", valid_minutes=5, by="system:test")
        page.goto(f"/sign-in/{link}/")
        page.goto(f"/studio/{slug}/")
        return Person(page)

    yield open_review
    context.close()


@pytest.fixture(params=["fillable example", "flat example", SHARED_FORM])
def form(request: pytest.FixtureRequest) -> Path:
    """Three forms: one with fields, one without, and a real one where the shared data is there."""
    own = {"fillable example": GRANT_PDF, "flat example": PERMIT_PDF}
    if request.param in own:
        return own[request.param]
    return Path(request.getfixturevalue("shared")) / "forms" / "dev" / request.param


def test_a_form_is_reviewed_question_by_question_in_few_keystrokes(form, at_the_keyboard, transactional_db):
    from perdure.parts.catalogue import api as catalogue
    from perdure.parts.catalogue.models import Draft

    slug = catalogue.add_from_pdf(form.read_bytes(), form.name, by="system:test")
    person = at_the_keyboard(slug)
    done, questions = person.accepted()
    assert done == 0
    waiting = Draft.objects.get().unsure
    started, corrected = time.monotonic(), 0
    while done < questions:
        unsure = person.page.locator(".question-card.now .tag.wait").count()
        if unsure and corrected < 3:  # a person writes the worst ones anew; saving counts as looked at
            person.press("e")
            person.type(f"What do you write here, number {corrected}?")
            person.press("Enter")
            corrected += 1
            person.wait_for(done + 1)
        person.press("a")
        person.wait_for(min(done + 1, questions))
        done = person.accepted()[0]
    seconds = time.monotonic() - started
    print(
        f"\n{form.name}: {questions} questions, {waiting} unsure, {corrected} written anew: "
        f"{person.pressed} keystrokes, {seconds:.1f} s, {seconds / questions:.2f} s a question"
    )
    kept = Draft.objects.get()
    assert kept.unsure == 0
    assert person.accepted() == (questions, questions)
    assert person.pressed <= SURE * (questions - corrected) + CORRECTED * corrected


def test_what_is_sure_is_accepted_with_one_press_and_the_rest_one_by_one(
    form, at_the_keyboard, transactional_db
):
    from perdure.parts.catalogue import api as catalogue
    from perdure.parts.catalogue.models import Draft

    slug = catalogue.add_from_pdf(form.read_bytes(), form.name, by="system:test")
    person = at_the_keyboard(slug)
    questions = person.accepted()[1]
    started = time.monotonic()
    person.page.get_by_role("button", name="that are sure").focus()
    person.press("Enter")
    person.wait_for(1)
    while person.accepted()[0] < questions:
        done = person.accepted()[0]
        person.press("a")
        person.wait_for(done + 1)
    seconds = time.monotonic() - started
    print(f"\n{form.name}: {questions} questions: {person.pressed} keystrokes, {seconds:.1f} s")
    assert Draft.objects.get().unsure == 0
    assert person.pressed <= questions
