"""What stands in the way of a change, what was tried against it, and which barriers go with which endings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from perdure.core.foresee.api import Share, share
from perdure.foundation.audit import api as audit
from perdure.parts.register.actors import Actor, named, permit, recorded
from perdure.parts.register.errors import BarrierNotFound, CaseNotFound
from perdure.parts.register.families import family, standing
from perdure.parts.register.models import Case
from perdure.parts.register.models_tried import Barrier, Strategy

TITLES = {
    "money": gettext_noop("Money"),
    "bandwidth": gettext_noop("Bandwidth"),
    "vested_interests": gettext_noop("Vested interests"),
    "risk_aversion": gettext_noop("Fear of risk"),
    "digital_literacy": gettext_noop("Digital skills"),
    "data": gettext_noop("Data"),
    "trust": gettext_noop("Trust"),
    "politics": gettext_noop("Politics"),
}
KINDS = {
    "funding": gettext_noop("Money found or kept"),
    "leadership": gettext_noop("Leaders won over"),
    "people": gettext_noop("People freed or hired"),
    "training": gettext_noop("Training and help"),
    "involving": gettext_noop("Users and staff involved"),
    "small_start": gettext_noop("Began small"),
    "rules": gettext_noop("Rules or law changed"),
    "joining": gettext_noop("Data and systems joined"),
    "partners": gettext_noop("Partners or suppliers"),
    "openness": gettext_noop("Shown openly, with figures"),
    "other": gettext_noop("Something else"),
}
"""What is tried against barriers, in kinds that can be counted."""
HELPED = {
    "yes": gettext_noop("It helped"),
    "partly": gettext_noop("It helped in part"),
    "no": gettext_noop("It did not help"),
    "": gettext_noop("Not known yet whether it helped"),
}
MOST_GROUPS = 12
"""Kinds of change told apart in the table; the rest stand together."""


@dataclass(frozen=True)
class NewBarrier:
    """Something in the way. warning: a sign of it only; quote, place: words it was seen in, and where."""

    kind: str
    says: str
    warning: bool = False
    quote: str = ""
    place: str = ""
    seen_on: date | None = None


@dataclass(frozen=True)
class NewStrategy:
    """What was tried. helped: yes, partly, no, or empty while it is not known; kind: of KINDS, or empty."""

    says: str
    helped: str = ""
    evidence: str = ""
    kind: str = ""


@dataclass(frozen=True)
class StrategyShown:
    """kind: its title, empty when nobody said which."""

    says: str
    helped: str
    evidence: str
    kind: str = ""


@dataclass(frozen=True)
class BarrierShown:
    """under: title of the case that it was noted at, when that was merged into this one."""

    id: int
    kind: str
    title: str
    warning: bool
    says: str
    quote: str
    place: str
    seen_on: date | None
    over_on: date | None
    strategies: tuple[StrategyShown, ...]
    under: str = ""


@dataclass(frozen=True)
class BarrierCount:
    """Of the cases of one kind with one barrier whose fate is known: how many ended, and how badly.

    group   the kind of change; empty for all together
    cases   cases with this barrier, known fate or not
    ended   of the known ones, those that are no longer running; badly: that ended badly
    """

    barrier: str
    title: str
    group: str
    cases: int
    ended: Share
    badly: Share


@dataclass(frozen=True)
class StrategyCount:
    """How often what was tried against a barrier helped, at least in part, where that is known."""

    barrier: str
    title: str
    tried: int
    helped: Share


@transaction.atomic
def add_barrier(*, reference: str, barrier: NewBarrier, by: Actor, at: datetime) -> int:
    """Note what stands in the way of a case; its id. Raises NotAllowed or CaseNotFound."""
    permit(by)
    case = Case.objects.filter(reference=reference).first()
    if case is None:
        raise CaseNotFound(
            _("There is no case with this reference."), _("Search the register for its title instead.")
        )
    row = Barrier.objects.create(case=case, by=named(by), at=at, **vars(barrier))
    detail = {"id": row.pk, "kind": row.kind}
    audit.record(
        "register-barrier-added", about=f"register-case:{reference}", by=recorded(by), detail=detail, at=at
    )
    return int(row.pk)


@transaction.atomic
def add_strategy(barrier: int, strategy: NewStrategy, *, by: Actor, at: datetime) -> None:
    """Note what was tried against a barrier. Raises NotAllowed or BarrierNotFound."""
    permit(by)
    row = _barrier(barrier)
    Strategy.objects.create(barrier=row, by=named(by), at=at, **vars(strategy))
    about = f"register-case:{row.case.reference}"
    audit.record("register-strategy-added", about=about, by=recorded(by), detail={"barrier": row.pk}, at=at)


@transaction.atomic
def barrier_over(barrier: int, *, on: date, by: Actor, at: datetime) -> None:
    """It no longer stands in the way. Raises NotAllowed or BarrierNotFound."""
    permit(by)
    row = _barrier(barrier)
    row.over_on = on
    row.save(update_fields=["over_on"])
    about = f"register-case:{row.case.reference}"
    audit.record("register-barrier-over", about=about, by=recorded(by), detail={"barrier": row.pk}, at=at)


def of_case(case: int, *, most: int = 40) -> tuple[BarrierShown, ...]:
    """The barriers of a case and of those merged into it, with what was tried; those still there first.

    Two queries.
    """
    rows = Barrier.objects.filter(case__in=family(case)).select_related("case").prefetch_related("strategies")
    found = sorted(rows.order_by("-at")[:most], key=lambda row: row.over_on is not None)
    return tuple(_shown(row, under="" if row.case_id == case else row.case.title) for row in found)


def barrier_shown(barrier: int) -> tuple[BarrierShown, str, str]:
    """A barrier with the reference and title of its case. Two queries. Raises BarrierNotFound."""
    row = _barrier(barrier)
    return _shown(row), row.case.reference, row.case.title


def across(*, keeper: bool = False) -> tuple[BarrierCount, ...]:
    """For every barrier, over all kinds of change and for each: what became of the cases. Two queries.

    A case with two notes of one barrier counts once, and so do cases that were merged into one. Cases of
    unknown fate are counted in `cases` alone.
    """
    seen = _seen(keeper)
    kinds = list(
        seen.values("kind_of")
        .annotate(n=Count("root", distinct=True))
        .order_by("-n", "kind_of")
        .values_list("kind_of", flat=True)[:MOST_GROUPS]
    )
    counted: dict[tuple[str, str], list[int]] = {}
    for kind, group, *numbers in _counts(seen):
        told = [group if group in kinds else _("Other kinds")] if group else []
        for name in ("", *told):
            old = counted.get((kind, name), [0, 0, 0, 0])
            counted[kind, name] = [a + b for a, b in zip(old, numbers, strict=True)]
    return tuple(
        BarrierCount(kind, _(TITLES[kind]), group, cases, share(ended, known), share(badly, known))
        for (kind, group), (cases, known, ended, badly) in sorted(
            counted.items(), key=lambda one: (list(TITLES).index(one[0][0]), one[0][1] != "", one[0][1])
        )
    )


def strategies_across(*, keeper: bool = False) -> tuple[StrategyCount, ...]:
    """For every barrier: how often what was tried helped. One query."""
    seen = Strategy.objects.all() if keeper else Strategy.objects.filter(public("barrier__case"))
    rows = seen.values("barrier__kind").annotate(
        tried=Count("pk"),
        known=Count("pk", filter=~Q(helped="")),
        good=Count("pk", filter=Q(helped__in=["yes", "partly"])),
    )
    found = {row["barrier__kind"]: row for row in rows}
    return tuple(
        StrategyCount(kind, _(title), row["tried"], share(row["good"], row["known"]))
        for kind, title in TITLES.items()
        if (row := found.get(kind))
    )


def public(path: str) -> Q:
    """Is the case at `path` shown to everybody, or the one that it was merged into?"""
    by_itself = Q(**{f"{path}__merged": None, f"{path}__state": Case.State.PUBLISHED})
    return by_itself | Q(**{f"{path}__merged__state": Case.State.PUBLISHED})


def _seen(keeper: bool) -> QuerySet[Barrier]:
    """Barriers with the case that stands for theirs, its kind, and what became of it."""
    rows = Barrier.objects.all() if keeper else Barrier.objects.filter(public("case"))
    return rows.annotate(
        root=standing("case"),
        kind_of=Coalesce("case__merged__kind", "case__kind"),
        fate=Coalesce("case__merged__status", "case__status"),
        how=Coalesce("case__merged__ending", "case__ending"),
    )


def _counts(seen: QuerySet[Barrier]) -> Iterable[tuple[Any, ...]]:
    """(barrier, kind of change, cases, known fate, ended, ended badly) for every pair there is."""
    ended = Q(fate=Case.Status.ENDED)
    known = ended | Q(fate=Case.Status.RUNNING)
    badly = ended & Q(how=Case.Ending.ENDED_BADLY)
    return (
        seen.values("kind", "kind_of")
        .annotate(
            cases=Count("root", distinct=True),
            known=Count("root", filter=known, distinct=True),
            gone=Count("root", filter=ended, distinct=True),
            badly=Count("root", filter=badly, distinct=True),
        )
        .values_list("kind", "kind_of", "cases", "known", "gone", "badly")
    )


def _barrier(barrier: int) -> Barrier:
    row = Barrier.objects.select_related("case").filter(pk=barrier).first()
    if row is None:
        raise BarrierNotFound
    return row


def _tried(row: Strategy) -> StrategyShown:
    kind = _(KINDS[row.kind]) if row.kind else ""
    return StrategyShown(row.says, _(HELPED[row.helped]), row.evidence, kind)


def _shown(row: Barrier, *, under: str = "") -> BarrierShown:
    tried = tuple(_tried(one) for one in row.strategies.all())
    return BarrierShown(
        row.pk,
        row.kind,
        _(TITLES[row.kind]),
        row.warning,
        row.says,
        row.quote,
        row.place,
        row.seen_on,
        row.over_on,
        tried,
        under,
    )
