"""The first page: services for the public, a welcome desk for staff."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.parts.catalogue.conftest import grant
from tests.parts.catalogue.staff import signed_in

from perdure.parts.catalogue import api as catalogue
from perdure.site.pages.views import first_paragraph

pytestmark = pytest.mark.django_db


def running(count: int, *, start: int = 0) -> None:
    for number in range(start, start + count):
        slug = catalogue.add_from_definition(grant(id=f"grant-{number}"), by="system:test")
        catalogue.publish(slug, by="system:test")


def test_the_public_sees_running_services_and_no_others(client):
    running(1)
    catalogue.add_from_definition(grant(id="not-ready"), by="system:test")
    page = client.get("/").content.decode()
    assert 'href="/services/grant-0/"' in page
    assert "not-ready" not in page
    assert "Money for a garden." in page
    assert 'href="/services/return/"' in page
    assert 'href="/accounts/login/"' in page
    assert 'href="/register/"' in page


def test_a_service_is_told_by_the_first_paragraph_of_its_summary():
    told = first_paragraph("Get **help** with\na [garden](/x).\n\nYou can apply if ...")
    assert told == "Get help with a garden."


def test_an_installation_without_services_says_where_to_turn(client):
    assert "No service takes applications on line yet" in client.get("/").content.decode()


def test_the_list_costs_the_same_for_one_service_and_for_many(client, django_assert_max_num_queries):
    running(1)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    running(25, start=1)
    with django_assert_max_num_queries(len(few)):
        assert client.get("/").content.decode().count('href="/services/grant-') == 20
    assert client.get("/?page=2").content.decode().count('href="/services/grant-') == 6
    for odd in ("0", "-3", "99999999999", "x"):
        assert client.get(f"/?page={odd}").status_code == 200


def test_the_public_page_sets_no_cookie_and_is_light(client):
    running(20)
    answer = client.get("/")
    assert not answer.cookies
    assert len(answer.content) < 20_000


def test_staff_find_their_service_their_desk_and_the_box_for_a_form():
    running(1)
    page = signed_in().get("/").content.decode()
    assert "Welcome, Amina K." in page
    assert "Garden grant" in page
    assert "No cases wait" in page
    assert 'type="file"' in page


def test_a_caseworker_is_not_offered_the_box_for_a_form():
    page = signed_in("caseworker").get("/").content.decode()
    assert "The desk" in page
    assert 'type="file"' not in page


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/"])
def test_the_pages_that_every_footer_names_are_there(address):
    assert Client().get(address).status_code == 200
