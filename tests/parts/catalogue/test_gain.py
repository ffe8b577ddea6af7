"""What the screen saves people beside the paper, as the review shows it."""

from __future__ import annotations

import re

import pytest
from tests.journeys.studio_form import small_form
from tests.parts.catalogue.conftest import grant
from tests.parts.catalogue.staff import signed_in

from perdure.examples import GRANT_DEFINITION, GRANT_PDF
from perdure.foundation.jobs import api as jobs
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue.models import Draft
from perdure.parts.catalogue.weighing import gain_of

pytestmark = pytest.mark.django_db


def words_of(client, slug: str) -> str:
    """The figure cards as a person reads them."""
    page = client.get(f"/studio/{slug}/").content.decode()
    cards = re.search(r'<div class="figures.*?\n</div>', page, re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", cards).split())


def test_a_digitised_form_shows_minutes_and_questions_beside_the_paper(db):
    slug = catalogue.add_from_pdf(small_form(), "dog.pdf", by="system:test")
    gain = gain_of(Draft.objects.get().definition, Draft.objects.get().burden)
    said = words_of(signed_in(), slug)
    assert f"{gain.draft.minutes} min to fill in on paper {gain.paper.minutes} min" in said
    assert f"{gain.draft.questions} questions on paper {gain.boxes} boxes" in said
    assert gain.boxes == 6


def test_the_paper_behind_a_finished_definition_is_weighed_in_the_background(db):
    slug = catalogue.add_from_definition(GRANT_DEFINITION.read_text(), GRANT_PDF.read_bytes(), by="system:x")
    client = signed_in()
    assert "min on paper" not in words_of(client, slug)
    jobs.run_waiting()
    assert Draft.objects.get().burden["minutes"] > 1
    assert re.search(r"\d+ min to fill in on paper \d+ min", words_of(client, slug))


def test_a_paper_that_cannot_be_read_leaves_the_figures_of_the_screen(db):
    slug = catalogue.add_from_definition(grant(), b"%PDF-1.7 nothing else", by="system:test")
    jobs.run_waiting()
    assert Draft.objects.get().burden == {}
    assert "min to fill in" in words_of(signed_in(), slug)


def test_a_service_without_a_paper_says_so(garden):
    assert "2 questions no paper form" in words_of(signed_in(), garden)


def test_a_change_shows_at_once_in_the_figures(garden):
    client = signed_in()
    fewer = grant().split("  - id: size")[0]
    client.post(f"/studio/{garden}/text/", {"definition": fewer, "revision": 1})
    assert "1 question no paper form" in words_of(client, garden)


def test_sensitive_data_and_what_is_asked_twice_are_named(garden):
    client = signed_in()
    text = grant(size_title="What is your name?").replace(
        "type: whole_number,", "type: text, sensitive: true,"
    )
    client.post(f"/studio/{garden}/text/", {"definition": text, "revision": 1})
    page = client.get(f"/studio/{garden}/").content.decode()
    assert "Sensitive: 1" in page
    assert "Asked twice: 1" in page
