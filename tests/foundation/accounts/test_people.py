"""People: owners add colleagues and give roles, within what they own themselves."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from perdure.foundation.access.api import ALL, Act, may, services_visible
from perdure.foundation.accounts import api as accounts
from perdure.foundation.accounts.models import User

PEOPLE = "/accounts/people/"
OWNER = "owner@north.example"
NEW = {
    "email": "bram@north.example",
    "name": "Bram",
    "role": "caseworker",
    "service": "grant",
    "clearance": "official",
}


def person_of(email: str):
    return accounts.person_of(email)


def test_an_owner_adds_a_colleague_and_gets_a_link_for_them(person_with, let_in):
    person_with(OWNER, "owner")
    page = let_in(OWNER).post(PEOPLE, NEW).content.decode()
    link = re.search(r"http://testserver(/sign-in/[\w-]+/)", page)[1]
    assert Client().get(link).status_code == 302
    bram = person_of("bram@north.example")
    assert bram.roles == {("caseworker", "grant")}
    assert may(bram, Act.DECIDE, service="grant", label="official")


def test_adding_a_role_to_somebody_who_is_there_gives_no_link(person_with, let_in):
    person_with(OWNER, "owner")
    person_with("bram@north.example", "viewer")
    page = let_in(OWNER).post(PEOPLE, NEW).content.decode()
    assert "/sign-in/" not in page
    assert person_of("bram@north.example").roles == {("viewer", ""), ("caseworker", "grant")}


def test_who_owns_one_service_gives_roles_there_only(person_with, let_in):
    person_with("grant@north.example", "owner at grant")
    browser = let_in("grant@north.example")
    assert "that you own" in browser.post(PEOPLE, {**NEW, "service": ""}).content.decode()
    assert "that you own" in browser.post(PEOPLE, {**NEW, "service": "parking"}).content.decode()
    assert not User.objects.filter(email="bram@north.example").exists()
    assert browser.post(PEOPLE, NEW).status_code == 200
    assert person_of("bram@north.example").roles == {("caseworker", "grant")}


def test_who_owns_one_service_cannot_make_a_link_that_lets_them_in_as_somebody_else(person_with, let_in):
    boss = person_with(OWNER, "owner")
    person_with("grant@north.example", "owner at grant")
    browser = let_in("grant@north.example")
    answer = browser.post(f"{PEOPLE}{boss.pk}/", {"act": "link"})
    assert answer.status_code == 403
    assert "/sign-in/" not in answer.content.decode()


def test_who_owns_one_service_cannot_take_a_role_elsewhere(person_with, let_in):
    person_with(OWNER, "owner")
    bram = person_with("bram@north.example", "caseworker at parking", "caseworker at grant")
    person_with("grant@north.example", "owner at grant")
    browser = let_in("grant@north.example")
    take = {"act": "take", "role": "caseworker"}
    assert browser.post(f"{PEOPLE}{bram.pk}/", {**take, "service": "parking"}).status_code == 403
    assert browser.post(f"{PEOPLE}{bram.pk}/", {**take, "service": "grant"}).status_code == 302
    assert person_of("bram@north.example").roles == {("caseworker", "parking")}


@pytest.mark.parametrize("role", ["caseworker", "viewer"])
def test_others_do_not_manage_people(person_with, let_in, role):
    person_with("bram@north.example", role)
    browser = let_in("bram@north.example")
    assert browser.get(PEOPLE).status_code == 403
    assert browser.post(PEOPLE, {**NEW, "role": "owner"}).status_code == 403
    assert person_of("bram@north.example").roles == {(role, "")}


def test_the_last_owner_stays(person_with, let_in):
    owner = person_with(OWNER, "owner")
    browser = let_in(OWNER)
    for act in ({"act": "take", "role": "owner", "service": ""}, {"act": "keep-out"}):
        answer = browser.post(f"{PEOPLE}{owner.pk}/", act)
        assert "last owner" in answer.content.decode()
    assert services_visible(person_of(OWNER), Act.MANAGE_PEOPLE) is ALL


def test_the_list_of_people_asks_as_often_for_many_as_for_few(person_with, let_in, django_assert_num_queries):
    person_with(OWNER, "owner")
    browser = let_in(OWNER)
    with django_assert_num_queries(6):  # session, user, roles; count; people, their roles
        browser.get(PEOPLE)
    for number in range(60):
        person_with(f"p{number}@north.example", "caseworker at grant", "viewer")
    with django_assert_num_queries(6):
        page = browser.get(PEOPLE).content.decode()
    assert "Page 1 of 2" in page


def test_who_is_there_is_asked_once_in_a_request(person_with, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = person_with(OWNER, "owner")
    with django_assert_num_queries(1):
        first = accounts.person(request)
        assert accounts.person(request) is first
