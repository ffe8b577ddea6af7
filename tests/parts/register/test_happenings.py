"""A service of this installation is in the register without anybody writing it in."""

from __future__ import annotations

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db

DEFINITION = """\
perdure: 1
id: garden
title: Ask for a garden
summary: Rent a garden from the council.
owner: Parks
review_by: 2035-01-31
pages:
  - id: name
    questions: [{id: name, type: text, title: What is your name?, required: true}]
"""


@pytest.fixture
def garden() -> str:
    from perdure.parts.catalogue import api as catalogue

    slug = catalogue.add_from_definition(DEFINITION, by="system:test")
    catalogue.publish(slug, by="system:test")
    return slug


def the_case():
    from perdure.parts.register.models import Case

    return Case.objects.get(key="garden")


def seen(case) -> list[str]:
    return list(case.evidence.order_by("at", "pk").values_list("own", flat=True))


def test_a_published_service_is_a_running_case_that_anybody_finds(garden, client):
    case = the_case()
    assert (case.title, case.status, case.state) == ("Ask for a garden", "running", "published")
    assert case.started == timezone.now().date()
    assert "Ask for a garden" in client.get("/register/", {"q": "gard"}).content.decode()
    page = client.get(f"/register/cases/{case.reference}/").content.decode()
    assert "The service was published." in page


def test_closing_ends_it_and_opening_again_takes_the_end_back(garden):
    from perdure.parts.catalogue import api as catalogue

    catalogue.close(garden, by="system:test")
    case = the_case()
    assert (case.status, case.ended) == ("ended", timezone.now().date())
    catalogue.reopen(garden, by="system:test")
    case = the_case()
    assert (case.status, case.ended) == ("running", None)
    assert seen(case) == ["service-published", "service-closed", "service-reopened"]


def test_publishing_the_same_again_says_nothing_new(garden):
    from perdure.parts.catalogue import api as catalogue

    catalogue.publish(garden, by="system:test")
    assert seen(the_case()) == ["service-published"]


def test_what_a_keeper_said_of_its_status_stands(garden):
    from perdure.parts.catalogue import api as catalogue
    from perdure.parts.register.models import Case

    Case.objects.filter(key="garden").update(status="unknown", held=["status"])
    catalogue.close(garden, by="system:test")
    assert the_case().status == "unknown"


def test_what_is_undone_never_happened(garden):
    from django.db import transaction

    from perdure.parts.catalogue import api as catalogue

    with transaction.atomic():
        catalogue.close(garden, by="system:test")
        transaction.set_rollback(True)
    assert seen(the_case()) == ["service-published"]
