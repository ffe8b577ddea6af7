"""A running service, people who may and may not work its cases, and applications sent the real way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from perdure.foundation.access.api import Person
    from perdure.parts.casework.values import CaseRecord


@pytest.fixture
def home_grant(db: None) -> str:
    """A running service. Gives its slug."""
    from tests.parts.casework.acting import publish
    from tests.parts.casework.service import grant

    return publish(grant())


@pytest.fixture
def hire(home_grant: str) -> Callable[..., Person]:
    """hire(name, role="caseworker", service=home_grant) -> Person: a member of staff with one role."""
    from tests.parts.casework.acting import staff

    def hire(name: str, *, role: str = "caseworker", service: str = home_grant) -> Person:
        return staff(f"{name.split(maxsplit=1)[0].lower()}@example.org", name, role=role, service=service)

    return hire


@pytest.fixture
def amina(hire: Callable[..., Person]) -> Person:
    return hire("Amina Khan")


@pytest.fixture
def bram(hire: Callable[..., Person]) -> Person:
    return hire("Bram de Wit")


@pytest.fixture
def owner(hire: Callable[..., Person]) -> Person:
    return hire("Olga Owner", role="owner", service="")


@pytest.fixture
def stranger(hire: Callable[..., Person]) -> Person:
    """A caseworker of another service."""
    return hire("Sam Stranger", service="blue-badge")


@pytest.fixture
def send(home_grant: str) -> Callable[..., str]:
    """send(answers={}, at=MONDAY) -> reference: an application that was sent, and so a case."""
    from tests.parts.casework.acting import MONDAY, send_application
    from tests.parts.casework.service import ANSWERS

    def send(answers: dict[str, Any] | None = None, *, at: datetime = MONDAY) -> str:
        return send_application(home_grant, {**ANSWERS, **(answers or {})}, at=at)[0]

    return send


@pytest.fixture
def record_of() -> Callable[..., CaseRecord]:
    """record_of(reference, person) -> the case as that person sees it."""
    from perdure.parts.casework import api as casework

    return lambda reference, person: casework.case_record(reference, person=person)
