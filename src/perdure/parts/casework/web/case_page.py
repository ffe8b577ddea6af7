"""The case page: one page with everything about a case, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access import api as access
from perdure.foundation.access.api import Act, Person
from perdure.foundation.accounts import api as accounts
from perdure.parts.casework import queries
from perdure.parts.casework.answers import answers_of
from perdure.parts.casework.errors import NotOnTheTeam, OutcomeUnknown, ReasonNeeded
from perdure.parts.casework.values import AnswersShown, CaseRecord, DraftLetter
from perdure.parts.casework.visible import team_of
from perdure.parts.casework.web import words
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake


@dataclass(frozen=True)
class Typed:
    """What somebody typed into one of the forms, to show again. form: decide, ask, note or hand-over."""

    form: str = ""
    text: str = ""
    outcome: str = ""
    rules: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True)
class Told:
    """What else the page shows: a refusal, what was typed, a letter to look at, masked answers revealed."""

    problem: PerdureError | None = None
    typed: Typed = field(default_factory=Typed)
    preview: DraftLetter | None = None
    reveal: bool = False
    status: int = 200


def case_page(request: HttpRequest, reference: str, told: Told | None = None) -> HttpResponse:
    """Show the case. Raises CaseNotFound."""
    told = told or Told()
    person = accounts.person(request)
    record = queries.case_record(reference, person=person)
    application = intake.sent(reference)
    service = catalogue.service_at(record.version)
    sent_on = timezone.localdate(application.sent_at)
    shown = answers_of(
        service, application.answers, day=sent_on, language=translation.get_language(), reveal=told.reveal
    )
    values = {
        "part": "desk",
        "case": record,
        "shown": shown,
        "told": told,
        "channel": application.channel,
        "has_paper": service.definition.paper is not None,
        "unused": _unused(record, told),
        "error_at": _error_at(told),
        **_may(person, record),
        **_forms(record),
        **_in_words(record, shown),
    }
    response = render(request, "casework/case.html", values, status=told.status)
    response["Cache-Control"] = "no-store"
    return response


def _forms(record: CaseRecord) -> dict[str, Any]:
    """The words of the two forms that take words."""
    return {
        "ask_heading": _("Ask for more"),
        "ask_action": reverse("desk:ask", args=[record.reference]),
        "ask_label": _("What you need, and why"),
        "ask_hint": _("The applicant reads it word for word. The clock stops until they answer."),
        "ask_button": _("Ask the applicant"),
        "note_heading": _("Add a note"),
        "note_action": reverse("desk:note", args=[record.reference]),
        "note_label": _("Note"),
        "note_hint": _("Only staff read it."),
        "note_button": _("Save the note"),
    }


def _may(person: Person, record: CaseRecord) -> dict[str, Any]:
    """What this person may do with the case now; the actions check again."""

    def may(act: Act) -> bool:
        return access.may(person, act, service=record.service, label=record.label)

    undecided = record.state != "decided"
    mine = record.holder_id is not None and str(record.holder_id) == person.id
    free_or_mine = mine or record.holder_id is None
    may_hand = undecided and may(Act.WORK_CASE) and (free_or_mine or may(Act.MANAGE_PEOPLE))
    return {
        "mine": mine,
        "may_take": undecided and record.holder_id is None and may(Act.WORK_CASE),
        "may_ask": undecided and free_or_mine and may(Act.WORK_CASE),
        "may_note": may(Act.WORK_CASE),
        "may_decide": undecided and free_or_mine and may(Act.DECIDE),
        "may_see_paper": may(Act.SEE_PAPER),
        "team": team_of(record.service, record.label) if may_hand else [],
        "may_hand": may_hand,
    }


def _in_words(record: CaseRecord, shown: AnswersShown) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "tag": words.state_tag(record.state, effect=record.effect, holder=record.holder),
        "due": words.due(record, today),
        "due_tone": words.due_tone(record, today),
        "label": words.label_title(record.label),
        "timeline": [(words.happened(entry), entry) for entry in reversed(record.entries)],
        "asked_nothing": not shown.sections,
    }


def _error_at(told: Told) -> str:
    """The id of the control that the refusal is about; "" when it is about none."""
    if isinstance(told.problem, OutcomeUnknown):
        return "decide-outcome"
    if isinstance(told.problem, NotOnTheTeam):
        return "hand-to"
    return f"{told.typed.form}-text" if isinstance(told.problem, ReasonNeeded) else ""


def _unused(record: CaseRecord, told: Told) -> str:
    """Words that were typed into a form that the page no longer has: shown, so that nothing is lost."""
    gone = record.state == "decided" and told.typed.form in {"decide", "ask", "hand-over"}
    return told.typed.text if gone else ""
