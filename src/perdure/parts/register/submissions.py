"""Cases that people sent in: checked by a keeper before everybody sees them, and answered either way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from perdure.foundation.audit import api as audit
from perdure.foundation.jobs import api as jobs
from perdure.foundation.messages import api as messages
from perdure.parts.register.actors import Actor, permit, recorded
from perdure.parts.register.country_names import code_of
from perdure.parts.register.errors import CaseNotFound, SubmissionRefused
from perdure.parts.register.models import Case, Evidence, SourceList
from perdure.parts.register.references import new_reference
from perdure.parts.register.search_index import index_cases

SENT_IN = "sent-in"
"""Slug of the list that holds what people sent in."""
TELL = "register.tell-submitter"
ON_A_PAGE = 25


@dataclass(frozen=True)
class Submission:
    """What somebody sent in. application: the reference of what was sent, so that again is harmless."""

    application: str
    title: str
    summary: str
    organisation: str
    email: str
    for_whom: str = ""
    country: str = ""
    level: str = ""
    area: str = ""
    status: str = "unknown"
    started: date | None = None
    ended: date | None = None
    source: str = ""
    quote: str = ""


@dataclass(frozen=True)
class SubmissionShown:
    reference: str
    title: str
    summary: str
    organisation: str
    sent_at: datetime


@transaction.atomic(savepoint=False)
def submit(sent: Submission, *, at: datetime) -> str:
    """Take in what was sent, in the caller's transaction, for a keeper to check; the case's reference."""
    source, _made = SourceList.objects.get_or_create(slug=SENT_IN, defaults={"title": _("Sent in by people")})
    there = Case.objects.filter(source=source, key=sent.application).first()
    if there:
        return str(there.reference)
    case = Case.objects.create(
        reference=new_reference(),
        source=source,
        key=sent.application,
        state=Case.State.SUBMITTED,
        title=sent.title[:500],
        summary=sent.summary,
        for_whom=sent.for_whom[:300],
        country=country_code(sent.country),
        level=sent.level,
        organisation=sent.organisation[:300],
        area=sent.area,
        status=sent.status,
        started=sent.started,
        ended=sent.ended,
        url=sent.source[:500],
        owner_email=sent.email,
        made_by="applicant",
        made_at=at,
        changed_at=at,
    )
    if sent.quote:
        says = _("What the person who sent it in quotes.")
        Evidence.objects.create(
            case=case, says=says, quote=sent.quote, url=sent.source[:500], by="applicant", at=at
        )
    index_cases([case.pk])
    audit.record("register-case-submitted", about=f"register-case:{case.reference}", by="applicant", at=at)
    return str(case.reference)


def country_code(words: str) -> str:
    """Two letters from a code or a name in a language of this site; empty when none is known."""
    return code_of(words)


@transaction.atomic
def publish_submission(*, reference: str, by: Actor, at: datetime) -> None:
    """Show it to everybody and tell whoever sent it. Raises NotAllowed, CaseNotFound or SubmissionRefused."""
    case = _submitted(reference, by)
    _settle(case, Case.State.PUBLISHED, at)
    audit.record("register-case-published", about=f"register-case:{reference}", by=recorded(by), at=at)
    jobs.enqueue(TELL, reference=reference, why="")


@transaction.atomic
def send_back(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """Do not publish it, and tell whoever sent it why. Raises as publish_submission."""
    case = _submitted(reference, by)
    if not why.strip():
        raise SubmissionRefused(
            _("Whoever sent it in has to read why it is not published."), _("Write the reason.")
        )
    _settle(case, Case.State.WITHDRAWN, at)
    about, detail = f"register-case:{reference}", {"why": why[:500]}
    audit.record("register-case-sent-back", about=about, by=recorded(by), detail=detail, at=at)
    jobs.enqueue(TELL, reference=reference, why=why)


def _submitted(reference: str, by: Actor) -> Case:
    permit(by)
    case = Case.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound(
            _("There is no case with this reference."), _("Look at the list of what was sent in.")
        )
    if case.state != Case.State.SUBMITTED:
        raise SubmissionRefused(_("Somebody has decided about this case already."), _("Look at its page."))
    return case


def _settle(case: Case, state: Case.State, at: datetime) -> None:
    case.state, case.changed_at = state, at
    case.revision += 1
    case.save(update_fields=["state", "changed_at", "revision"])
    index_cases([case.pk])


@jobs.handles(TELL)
def tell_submitter(work: jobs.Work, *, reference: str, why: str) -> None:
    """Write to whoever sent a case in what became of it."""
    case = Case.objects.filter(reference=reference).exclude(owner_email="").first()
    if case is None:
        return
    with override(settings.LANGUAGE_CODE):
        told = {"title": case.title, "organisation": settings.ORGANISATION, "why": why}
        if why:
            subject = _("We did not publish: %(title)s") % told
            text = _(
                "Thank you for telling us of %(title)s.\n\nWe did not put it into the register:\n\n"
                "%(why)s\n\nYou can send it in again.\n\n%(organisation)s"
            )
        else:
            subject = _("Now in the register: %(title)s") % told
            text = _(
                "Thank you for telling us of %(title)s. Everybody can read it in the register now, under the "
                "reference %(reference)s.\n\n%(organisation)s"
            )
        messages.send(case.owner_email, subject, text % {**told, "reference": reference})


def submitted_list(*, page: int = 1) -> tuple[tuple[SubmissionShown, ...], bool]:
    """One page of what waits to be checked, oldest first, and whether more follows. One query."""
    start = (page - 1) * ON_A_PAGE
    rows = Case.objects.filter(state=Case.State.SUBMITTED).order_by("made_at", "pk")
    found = list(rows[start : start + ON_A_PAGE + 1])
    shown = [SubmissionShown(r.reference, r.title, r.summary, r.organisation, r.made_at) for r in found]
    return tuple(shown[:ON_A_PAGE]), len(found) > ON_A_PAGE
