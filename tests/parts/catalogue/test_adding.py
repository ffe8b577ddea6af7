"""How services come in: from a definition file and from a PDF."""

from __future__ import annotations

import pytest
from tests.parts.catalogue.conftest import grant

from perdure.parts.catalogue import actions
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue.models import Service

pytestmark = pytest.mark.django_db


def test_a_definition_added_twice_is_one_service():
    assert catalogue.add_from_definition(grant(), by="system:test") == "garden-grant"
    assert catalogue.add_from_definition(grant(), by="system:test") == "garden-grant"
    assert Service.objects.count() == 1


def test_the_paper_comes_back_by_service_and_by_version():
    slug = catalogue.add_from_definition(grant(), b"%PDF-1.7 paper", by="system:test")
    version = catalogue.publish(slug, by="system:test")
    assert catalogue.paper_of(slug) == b"%PDF-1.7 paper"
    assert catalogue.paper_of(version) == b"%PDF-1.7 paper"


def test_a_service_without_paper_gives_no_bytes(garden):
    assert catalogue.paper_of(garden) == b""


def test_one_paper_is_one_service():
    first = catalogue.add_from_definition(grant(), b"%PDF-1.7 paper", by="system:test")
    assert catalogue.add_from_definition(grant(id="another"), b"%PDF-1.7 paper", by="system:test") == first


def test_another_form_of_the_same_title_gets_an_address_of_its_own(garden):
    from perdure.core.definition.api import load_definition

    definition = load_definition(grant())
    assert (
        actions._add(definition, b"%PDF-1.7 second", notes=[], by="system:test", burden={})
        == "garden-grant-2"
    )
    assert (
        actions._add(definition, b"%PDF-1.7 third", notes=[], by="system:test", burden={}) == "garden-grant-3"
    )


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Home adaptation grant", "home-adaptation-grant"),
        ("Antrag auf Förderung (§ 3)", "antrag-auf-forderung-3"),
        ("申請書", "service"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_becomes_an_address(words, slug):
    assert actions.slug_of(words) == slug
