"""Every change to a case. Each one: find, may we, change, say so, tell people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.foundation.access import api as access
from perdure.foundation.access.api import Act, Person
from perdure.foundation.audit import api as audit
from perdure.parts.casework import letters, rules
from perdure.parts.casework.drafts import draft_decision, full_reason
from perdure.parts.casework.errors import (
    CaseNotFound,
    NoCaseWaits,
    NothingAsked,
    NotOnTheTeam,
    ReasonNeeded,
)
from perdure.parts.casework.models import Case, Entry, Letter, Reading
from perdure.parts.casework.papers import ask_for_pdf
from perdure.parts.casework.values import DraftLetter
from perdure.parts.casework.visible import cases_for, team_of
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake


@transaction.atomic
def take(*, reference: str, by: Person, at: datetime) -> None:
    """Hold a case that nobody holds; taking one's own again changes nothing.

    Raises CaseNotFound, NotAllowed, CaseDecided or NotYourCase.
    """
    case = _found(reference, by, Act.WORK_CASE)
    rules.require_undecided(case)
    rules.require_holder(case, int(by.id))
    if case.holder_id is None:
        _hold(case, by, at)
        case.save()
        audit.record("case-taken", about=reference, by=by.id, at=at)


@transaction.atomic
def take_next(*, by: Person, at: datetime) -> str:
    """Hold the case that is due soonest of those nobody holds; returns its reference. Raises NoCaseWaits."""
    free = cases_for(by, Act.WORK_CASE).filter(
        holder__isnull=True, state__in=(Case.State.NEW, Case.State.OPEN)
    )
    case = (
        free.select_for_update(skip_locked=True, of=("self",)).order_by("due_on", "received_at", "id").first()
    )
    if case is None:
        raise NoCaseWaits
    _hold(case, by, at)
    case.save()
    audit.record("case-taken", about=case.reference, by=by.id, at=at)
    return case.reference


@transaction.atomic
def hand_over(*, reference: str, to: str, words: str, by: Person, at: datetime) -> None:
    """Give a case to somebody else by their id, or back to everybody with to="".

    The holder may, and whoever manages people at the service.
    Raises CaseNotFound, NotAllowed, CaseDecided, NotYourCase or NotOnTheTeam.
    """
    case = _found(reference, by, Act.WORK_CASE)
    rules.require_undecided(case)
    if not access.may(by, Act.MANAGE_PEOPLE, service=case.service):
        rules.require_holder(case, int(by.id))
    team = {one.id: one for one in team_of(case.service, case.label)}
    if to and to not in team:
        raise NotOnTheTeam
    case.holder_id = int(to) if to else None
    if case.state in (Case.State.NEW, Case.State.OPEN):
        case.state = Case.State.OPEN if to else Case.State.NEW
    if to and to != by.id:
        case.readings.filter(user_id=int(to)).delete()
    said = _("to %(name)s") % {"name": team[to].name} if to else _("back to everybody")
    _happened(case, Entry.Kind.HANDED, "\n".join(filter(None, (said, words.strip()))), by, at)
    case.save()
    audit.record("case-handed-over", about=reference, by=by.id, detail={"to": to}, at=at)


@transaction.atomic
def add_note(*, reference: str, text: str, by: Person, at: datetime) -> None:
    """Write a note that only staff read; also on a decided case.

    Raises CaseNotFound, NotAllowed or ReasonNeeded.
    """
    case = _found(reference, by, Act.WORK_CASE)
    if not text.strip():
        raise ReasonNeeded(_("The note has no words."), _("Write the note, and save it again."))
    _happened(case, Entry.Kind.NOTE, text.strip(), by, at)
    case.save(update_fields=["revision"])
    audit.record("case-noted", about=reference, by=by.id, at=at)


@transaction.atomic
def ask_for_more(*, reference: str, text: str, by: Person, at: datetime, revision: int | None = None) -> None:
    """Ask the applicant for something, and stop the clock. A case nobody holds becomes one's own.

    Raises CaseNotFound, NotAllowed, CaseDecided, CaseChanged, NotYourCase or ReasonNeeded.
    """
    case = _found(reference, by, Act.WORK_CASE)
    _require_ready(case, by, revision)
    if not text.strip():
        raise ReasonNeeded(
            _("There is no question to the applicant."),
            _("Write what you need and why. Nothing was sent."),
        )
    if case.holder_id is None:
        _hold(case, by, at)
    case.state = Case.State.WAITING
    case.paused_on = case.paused_on or timezone.localdate(at)
    _happened(case, Entry.Kind.ASKED, text.strip(), by, at, public=True)
    case.save()
    application = intake.sent(reference)
    service, today = catalogue.service_at(case.version), timezone.localdate(at)
    about = letters.About(service, reference, application.answers, text, today, application.language)
    _write(case, letters.asking_letter(about), at)
    audit.record("case-asked-for-more", about=reference, by=by.id, at=at)


@transaction.atomic
def reply(*, reference: str, text: str, at: datetime) -> None:
    """The applicant answers what was asked, and the clock goes on. The same answer twice is one answer.

    Who may reply is settled by whoever calls: the status page asks intake whether it knows the browser.
    Raises CaseNotFound, CaseDecided, NothingAsked or ReasonNeeded.
    """
    case = Case.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    rules.require_undecided(case)
    said = text.strip()
    if not said:
        raise ReasonNeeded(_("Your answer has no words."), _("Write your answer, and send it again."))
    if case.state != Case.State.WAITING:
        last = case.entries.filter(public=True).order_by("-id").first()
        if last is not None and last.kind == Entry.Kind.REPLIED and last.text == said:
            return
        raise NothingAsked
    _resume(case, timezone.localdate(at))
    case.state = Case.State.OPEN if case.holder_id else Case.State.NEW
    case.readings.all().delete()
    _happened(case, Entry.Kind.REPLIED, said, None, at, public=True)
    case.save()
    audit.record("case-answered", about=reference, by="applicant", at=at)


@transaction.atomic
def decide(
    *,
    reference: str,
    outcome: str,
    reason: str = "",
    rules_named: Sequence[str] = (),
    by: Person,
    at: datetime,
    revision: int | None = None,
) -> None:
    """Decide a case and write the letter. A case nobody holds becomes one's own.

    outcome      id of an outcome of the service's definition
    reason       in words to the applicant
    rules_named  ids of eligibility rules that refuse this application; their reasons come before `reason`
    revision     what the page that was looked at said; None does not check

    Raises CaseNotFound, NotAllowed, CaseDecided, CaseChanged, NotYourCase, OutcomeUnknown or ReasonNeeded,
    and then nothing has been written.
    """
    case = _found(reference, by, Act.DECIDE)
    _require_ready(case, by, revision)
    chosen = rules.outcome_of(catalogue.definition_at(case.version), outcome)
    why = full_reason(case, reason, rules_named)
    rules.require_reason(chosen, why)

    draft = draft_decision(case, outcome, reason=why, day=timezone.localdate(at))
    if case.holder_id is None:
        _hold(case, by, at)
    today = timezone.localdate(at)
    _resume(case, today)
    case.state, case.outcome, case.effect, case.reason = Case.State.DECIDED, chosen.id, chosen.effect, why
    case.decided_at, case.decided_in_time = at, today <= case.due_on
    _happened(case, Entry.Kind.DECIDED, chosen.title, by, at, public=True)
    case.save()
    _write(case, draft, at)
    told = {"outcome": chosen.id, "rules": list(rules_named), "version": case.version}
    audit.record("case-decided", about=reference, by=by.id, detail=told, at=at)


@transaction.atomic
def look(*, reference: str, by: Person, at: datetime) -> None:
    """Somebody opens a case: it is read now, and the look is on the record. Raises CaseNotFound."""
    case = cases_for(by, Act.SEE_CASES).filter(reference=reference).only("id").first()
    if case is None:
        raise CaseNotFound
    Reading.objects.get_or_create(case_id=case.pk, user_id=int(by.id), defaults={"at": at})
    audit.record("case-seen", about=reference, by=by.id, at=at)


def look_closer(*, reference: str, what: str, by: Person, at: datetime) -> None:
    """Somebody asks for the masked answers, the paper or a letter of a case they may see: on the record."""
    if not cases_for(by, Act.SEE_CASES).filter(reference=reference).exists():
        raise CaseNotFound
    audit.record(what, about=reference, by=by.id, at=at)


def _found(reference: str, by: Person, act: Act) -> Case:
    """The case, locked. A person who may not even see it is told that there is none."""
    case = cases_for(by, Act.SEE_CASES).select_for_update(of=("self",)).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    access.require(by, act, service=case.service, label=case.label)
    return case


def _require_ready(case: Case, by: Person, revision: int | None) -> None:
    rules.require_undecided(case)
    rules.require_holder(case, int(by.id))
    rules.require_unchanged(case, revision)


def _hold(case: Case, by: Person, at: datetime) -> None:
    case.holder_id = int(by.id)
    if case.state == Case.State.NEW:
        case.state = Case.State.OPEN
    _happened(case, Entry.Kind.TAKEN, "", by, at)


def _resume(case: Case, today: date) -> None:
    case.due_on = rules.due_after_pause(case.due_on, case.paused_on, today)
    case.paused_on = None


def _happened(
    case: Case, kind: Entry.Kind, text: str, by: Person | None, at: datetime, *, public: bool = False
) -> None:
    case.entries.create(kind=kind, text=text, by_id=int(by.id) if by else None, at=at, public=public)
    case.revision += 1


def _write(case: Case, draft: DraftLetter, at: datetime) -> None:
    letter: Letter = case.letters.create(
        kind=draft.kind,
        subject=draft.subject[:300],
        body=draft.body,
        language=draft.language,
        written_at=at,
    )
    ask_for_pdf(letter.pk)
