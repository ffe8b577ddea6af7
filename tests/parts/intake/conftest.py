"""Applicants of small services."""

from __future__ import annotations

import pytest


@pytest.fixture
def ada(db):
    """An applicant for the garden grant: routes and eligibility."""
    from tests.parts.intake.acting import Applicant
    from tests.parts.intake.services import publish, routes

    return Applicant(publish(routes()))


@pytest.fixture
def parent(db):
    """An applicant for the family grant: a repeating page that may stay empty."""
    from tests.parts.intake.acting import Applicant
    from tests.parts.intake.services import children, publish

    return Applicant(publish(children()))


@pytest.fixture
def worker(db):
    """An applicant for the work grant: several questions on one page."""
    from tests.parts.intake.acting import Applicant
    from tests.parts.intake.services import publish, together

    return Applicant(publish(together()))


@pytest.fixture
def anyone(db):
    """An applicant who meets every kind of question."""
    from tests.parts.intake.acting import Applicant
    from tests.parts.intake.services import every_kind, publish

    return Applicant(publish(every_kind()))
