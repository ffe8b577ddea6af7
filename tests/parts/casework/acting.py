"""What the tests of casework do the real way: publish a service, hire people, send applications."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from perdure.foundation.access.api import Person
from perdure.foundation.accounts import api as accounts
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake

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
