"""Promises: who does what by when, how one will see it, how they stand. Updates are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from perdure.foundation.audit import api as audit
from perdure.parts.register.actors import Actor, named, permit, recorded
from perdure.parts.register.errors import CaseNotFound, CommitmentNotFound
from perdure.parts.register.families import family
from perdure.parts.register.models import Case
from perdure.parts.register.models_tried import Commitment, CommitmentUpdate

SILENT_AFTER = timedelta(days=30)
"""A promise of which nobody said for longer how it stands is shown as silent, whatever it said last."""
ON_A_PAGE = 50
_SETTLED = (Commitment.Standing.KEPT, Commitment.Standing.DROPPED)


@dataclass(frozen=True)
class NewCommitment:
    """A promise as it is made. measure: how one will see that it was kept; reference: its case's or none."""

    who: str
    what: str
    by_when: date
    measure: str
    reference: str = ""
    public: bool = True


@dataclass(frozen=True)
class NewUpdate:
    """How a promise stands now. url: where the evidence is."""

    standing: str
    says: str
    url: str = ""


@dataclass(frozen=True)
class UpdateShown:
    standing: str
    says: str
    url: str
    by: str
    at: datetime


@dataclass(frozen=True)
class CommitmentShown:
    """A promise with how it stands today.

    standing  open, kept, late or dropped as last said; "silent" when nobody said so for 30 days
    overdue   its day has passed and nobody said that it was kept or dropped
    """

    id: int
    who: str
    what: str
    by_when: date
    measure: str
    public: bool
    said: str
    standing: str
    standing_at: datetime
    overdue: bool
    reference: str
    case_title: str
    updates: tuple[UpdateShown, ...] = ()


@transaction.atomic
def promise(commitment: NewCommitment, *, by: Actor, at: datetime) -> int:
    """Write a promise down; returns its id. Raises NotAllowed or CaseNotFound."""
    permit(by)
    row = Commitment.objects.create(
        case=_case(commitment.reference),
        who=commitment.who,
        what=commitment.what,
        by_when=commitment.by_when,
        measure=commitment.measure,
        public=commitment.public,
        standing_at=at,
        made_by=named(by),
        made_at=at,
    )
    audit.record("register-commitment-made", about=f"commitment:{row.pk}", by=recorded(by), at=at)
    return int(row.pk)


@transaction.atomic
def say_how_it_stands(commitment: int, update: NewUpdate, *, by: Actor, at: datetime) -> None:
    """Add an update; the promise stands as it says. Raises NotAllowed or CommitmentNotFound."""
    permit(by)
    row = Commitment.objects.select_for_update(of=("self",)).filter(pk=commitment).first()
    if row is None:
        raise CommitmentNotFound
    CommitmentUpdate.objects.create(
        commitment=row, standing=update.standing, says=update.says, url=update.url, by=named(by), at=at
    )
    row.standing, row.standing_at = update.standing, at
    row.save(update_fields=["standing", "standing_at"])
    detail = {"standing": update.standing}
    audit.record(
        "register-commitment-updated", about=f"commitment:{row.pk}", by=recorded(by), detail=detail, at=at
    )


def commitment_list(
    *, now: datetime, standing: str = "", keeper: bool = False, page: int = 1
) -> tuple[tuple[CommitmentShown, ...], bool]:
    """One page of promises, the next due first, and whether more follow. One query.

    standing  open, kept, late, dropped, or silent; empty for all
    """
    rows = Commitment.objects.select_related("case__merged").order_by("by_when", "pk")
    rows = rows if keeper else rows.filter(public=True)
    if standing == "silent":
        rows = rows.exclude(standing__in=_SETTLED).filter(standing_at__lt=now - SILENT_AFTER)
    elif standing in _SETTLED:
        rows = rows.filter(standing=standing)
    elif standing:
        rows = rows.filter(standing=standing, standing_at__gte=now - SILENT_AFTER)
    start = (page - 1) * ON_A_PAGE
    found = list(rows[start : start + ON_A_PAGE + 1])
    return tuple(_shown(row, now) for row in found[:ON_A_PAGE]), len(found) > ON_A_PAGE


def commitment_shown(commitment: int, *, now: datetime, keeper: bool = False) -> CommitmentShown:
    """A promise with its updates, newest first. Two queries. Raises CommitmentNotFound."""
    row = Commitment.objects.select_related("case__merged").filter(pk=commitment).first()
    if row is None or not (row.public or keeper):
        raise CommitmentNotFound
    updates = [UpdateShown(u.standing, u.says, u.url, u.by, u.at) for u in row.updates.order_by("-at", "-pk")]
    return _shown(row, now, tuple(updates))


def of_case(case: int, *, now: datetime, most: int = 20) -> tuple[CommitmentShown, ...]:
    """The public promises about a case and those merged into it, the next due first. One query."""
    rows = Commitment.objects.filter(case__in=family(case), public=True).select_related("case__merged")
    return tuple(_shown(row, now) for row in rows.order_by("by_when", "pk")[:most])


def _shown(row: Commitment, now: datetime, updates: tuple[UpdateShown, ...] = ()) -> CommitmentShown:
    settled = row.standing in _SETTLED
    silent = not settled and now - row.standing_at > SILENT_AFTER
    case = row.case and (row.case.merged or row.case)
    seen = case is not None and case.state == Case.State.PUBLISHED
    return CommitmentShown(
        id=row.pk,
        who=row.who,
        what=row.what,
        by_when=row.by_when,
        measure=row.measure,
        public=row.public,
        said=row.standing,
        standing="silent" if silent else row.standing,
        standing_at=row.standing_at,
        overdue=not settled and row.by_when < now.date(),
        reference=case.reference if case and seen else "",
        case_title=case.title if case and seen else "",
        updates=updates,
    )


def _case(reference: str) -> Case | None:
    if not reference:
        return None
    case = Case.objects.filter(reference=reference).first()
    if case is None:
        raise CaseNotFound(
            _("There is no case with this reference."), _("Leave it empty, or copy it from the case's page.")
        )
    return case
