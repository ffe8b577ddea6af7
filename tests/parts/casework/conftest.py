"""A running service, people who may and may not work its cases, and applications sent the real way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from perdure.foundation.access.api import Person
from perdure.foundation.accounts import api as accounts
from perdure.parts.casework import api as casework
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake
from tests.parts.casework.service import ANSWERS, grant

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def publish(definition: str) -> str:
    """Put a service on line; returns its slug."""
    slug = catalogue.add_from_definition(definition, by="system:test")
    catalogue.publish(slug, by="system:test")
    return slug


def person_of(email: str) -> Person:
    """A member of staff as the policy sees them now."""
    one = next(one for one in accounts.colleagues(most=1_000) if one.email == email)
    return Person(one.id, one.name or one.email, frozenset(one.roles), one.clearance)


def staff(email: str, name: str, role: str = "caseworker", service: str = "") -> Person:
    """A member of staff with one role."""
    accounts.add_person(email, name=name, by="system:test")
    accounts.give_role(email, role, service=service, by="system:test")
    return person_of(email)


def send_application(slug: str, answers: dict[str, Any], *, at: datetime = MONDAY) -> tuple[str, str]:
    """Send an application with these answers through intake; returns (reference, return code)."""
    from perdure.parts.intake.models import Application

    reference, secret = intake.begin(slug)
    row = Application.objects.get(reference=reference)
    row.answers = answers
    row.seen = [page.id for page in catalogue.definition_at(row.version).pages]
    row.save()
    intake.send(intake.Held(reference, secret), today=at.date(), now=at)
    return reference, secret


@pytest.fixture
def home_grant(db: None) -> str:
    """A running service. Gives its slug."""
    return publish(grant())


@pytest.fixture
def amina(home_grant: str) -> Person:
    return staff("amina@example.org", "Amina Khan", service=home_grant)


@pytest.fixture
def bram(home_grant: str) -> Person:
    return staff("bram@example.org", "Bram de Wit", service=home_grant)


@pytest.fixture
def owner(home_grant: str) -> Person:
    return staff("olga@example.org", "Olga Owner", role="owner")


@pytest.fixture
def stranger(home_grant: str) -> Person:
    """A caseworker of another service."""
    return staff("sam@example.org", "Sam Stranger", service="blue-badge")


@pytest.fixture
def send(home_grant: str) -> Callable[..., str]:
    """send(answers={}, at=MONDAY) -> reference: an application that was sent, and so a case."""

    def send(answers: dict[str, Any] | None = None, *, at: datetime = MONDAY) -> str:
        return send_application(home_grant, {**ANSWERS, **(answers or {})}, at=at)[0]

    return send


@pytest.fixture
def record_of() -> Callable[..., casework.CaseRecord]:
    """record_of(reference, person) -> the case as that person sees it."""
    return lambda reference, person: casework.case_record(reference, person=person)
