"""The rules of casework, as pure functions: time, who may act, and when words are needed."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from perdure.core.definition.api import Definition
from perdure.core.definition.model import Outcome
from perdure.parts.casework.errors import (
    CaseChanged,
    CaseDecided,
    NotYourCase,
    OutcomeUnknown,
    ReasonNeeded,
)
from perdure.parts.casework.models import Case

MOST_WORDS = 5_000
"""Most characters of a reason, question, reply or note; more is cut by no one: the form says so."""


def due_day(received: date, within_days: int) -> date:
    """The date to decide by, in calendar days from receipt."""
    return received + timedelta(days=within_days)


def due_after_pause(due_on: date, paused_on: date | None, today: date) -> date:
    """The date to decide by when the clock goes on: later by the days it stood still."""
    return due_on if paused_on is None else due_on + timedelta(days=max(0, (today - paused_on).days))


def require_undecided(case: Case) -> None:
    """Raises CaseDecided."""
    if case.state == Case.State.DECIDED:
        raise CaseDecided(date_format(case.decided_at, "DATE_FORMAT") if case.decided_at else "")


def require_unchanged(case: Case, revision: int | None) -> None:
    """Raises CaseChanged when the case has moved on since a page with this revision was made."""
    if revision is not None and revision != case.revision:
        raise CaseChanged


def require_holder(case: Case, person_id: int) -> None:
    """Raises NotYourCase when somebody else holds it; a case nobody holds is free to whoever acts."""
    if case.holder_id is not None and case.holder_id != person_id:
        raise NotYourCase(str(case.holder))


def outcome_of(definition: Definition, outcome_id: str) -> Outcome:
    """The outcome of that id. Raises OutcomeUnknown."""
    for outcome in definition.casework.outcomes:
        if outcome.id == outcome_id:
            return outcome
    raise OutcomeUnknown


def require_reason(outcome: Outcome, reason: str) -> None:
    """Raises ReasonNeeded when this outcome must be explained and is not."""
    if outcome.needs_reason and not reason.strip():
        raise ReasonNeeded(
            _("“%(outcome)s” needs a reason.") % {"outcome": outcome.title},
            _("Write why, in words to the applicant. Nothing was sent."),
        )


def wilson_interval(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Interval of a share from a count, 95 % by default; (0, 1) when nothing was counted.

    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    # None and all reach the ends exactly; arithmetic alone would miss them by a rounding.
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == of else (middle + spread) / scale
    return low, high
