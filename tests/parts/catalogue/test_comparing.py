"""All forms beside one another in the studio, and several dropped at once."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.journeys.studio_form import second_edition, small_form
from tests.parts.catalogue.conftest import grant
from tests.parts.catalogue.staff import signed_in

from perdure.core.definition.api import dump_definition, load_definition
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue import editing
from perdure.parts.catalogue.comparing import SORTS
from perdure.parts.catalogue.models import Draft, Service, Upload

pytestmark = pytest.mark.django_db


def titles_in_order(page: str) -> list[str]:
    return re.findall(r'<th scope="row" data-label="Service"><a [^>]*>([^<]+)</a>', page)


@pytest.fixture
def two(db):
    """A form with a paper, and a service without one that asks a question the form asks too."""
    catalogue.add_from_pdf(small_form(), "dog.pdf", by="system:test")
    asked = load_definition(Draft.objects.get().definition).questions()[0].title
    catalogue.add_from_definition(grant(size_title=asked), by="system:test")


def test_the_forms_are_compared_with_a_picture_and_what_both_ask(two):
    page = signed_in().get("/studio/compare/").content.decode()
    assert titles_in_order(page)[0] == "Dog licence"
    assert "2 forms" in page
    assert "Forms that overlap most" in page
    assert page.count('<circle class="paper"') == 1


@pytest.mark.parametrize("sort", SORTS)
def test_every_column_sorts_both_ways(two, sort):
    owner = signed_in()
    down = titles_in_order(owner.get(f"/studio/compare/?sort={sort}&up=0").content.decode())
    up = titles_in_order(owner.get(f"/studio/compare/?sort={sort}&up=1").content.decode())
    assert sorted(up) == sorted(down) == ["Dog licence", "Garden grant"]
    if sort in ("title", "questions", "paper", "saved"):
        assert up == down[::-1]


def test_a_change_of_a_draft_is_counted_at_the_next_look(two):
    owner = signed_in()
    owner.get("/studio/compare/")
    draft = Draft.objects.get(service__slug="garden-grant")
    before = draft.figures["draft"]["questions"]
    editing.leave_out("garden-grant", "size", ["size"], "Known.", by="system:test", revision=draft.revision)
    owner.get("/studio/compare/")
    draft.refresh_from_db()
    assert draft.figures["draft"]["questions"] == before - 1


def test_looking_again_costs_no_query_for_each_form(two, django_assert_max_num_queries):
    owner = signed_in()
    owner.get("/studio/compare/")
    with django_assert_max_num_queries(6) as few:
        owner.get("/studio/compare/")
        number = len(few)
    text = Draft.objects.get(service__slug="garden-grant").definition
    definition = load_definition(text).model_copy(update={"id": "third"})
    catalogue.add_from_definition(dump_definition(definition), by="system:test")
    owner.get("/studio/compare/")
    with django_assert_max_num_queries(number):
        owner.get("/studio/compare/")


def test_who_works_at_one_service_compares_only_that(two):
    page = (
        signed_in("caseworker", service="garden-grant", name="Bram").get("/studio/compare/").content.decode()
    )
    assert titles_in_order(page) == ["Garden grant"]


def test_several_forms_are_dropped_at_once_and_one_that_is_none_stops_nobody(db):
    owner = signed_in()
    sent = [
        SimpleUploadedFile("a.pdf", small_form()),
        SimpleUploadedFile("letter.txt", b"hello"),
        SimpleUploadedFile("b.pdf", second_edition()),
    ]
    answer = owner.post("/studio/", {"form": sent}, follow=True)
    assert "letter.txt is not a PDF" in answer.content.decode()
    assert Upload.objects.count() == 2
    from perdure.foundation.jobs import api as jobs

    jobs.run_waiting()
    assert Service.objects.count() == 2
