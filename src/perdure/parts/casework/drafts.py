"""A decision before it is made: its full reason and the letter as it would go out. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from perdure.foundation.access.api import Act, Person
from perdure.parts.casework import letters, rules
from perdure.parts.casework.answers import findings_of
from perdure.parts.casework.errors import CaseNotFound
from perdure.parts.casework.models import Case
from perdure.parts.casework.values import DraftLetter
from perdure.parts.casework.visible import cases_for
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake


def full_reason(case: Case, reason: str, rules_named: Sequence[str]) -> str:
    """The reasons of the named rules that really refuse, then the caseworker's own words."""
    if not rules_named:
        return reason.strip()
    application = intake.sent(case.reference)
    found = findings_of(
        catalogue.service_at(case.version), application.answers, day=timezone.localdate(application.sent_at)
    )
    named = [one.reason for one in found if one.id in rules_named]
    return "\n\n".join(filter(None, (*named, reason.strip())))


def draft_decision(case: Case, outcome: str, *, reason: str, day: date) -> DraftLetter:
    """The letter as it would go out. Raises OutcomeUnknown."""
    service = catalogue.service_at(case.version)
    application = intake.sent(case.reference)
    about = letters.About(service, case.reference, application.answers, reason, day, application.language)
    return letters.decision_letter(about, rules.outcome_of(service.definition, outcome))


def preview_letter(
    *, reference: str, outcome: str, reason: str, rules_named: Sequence[str], by: Person, day: date
) -> DraftLetter:
    """What the applicant would read. Writes nothing. Raises CaseNotFound or OutcomeUnknown."""
    case = cases_for(by, Act.DECIDE).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    return draft_decision(case, outcome, reason=full_reason(case, reason, rules_named), day=day)
