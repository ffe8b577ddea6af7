"""Across the register: what was tried against which barrier, whether it helped, and how many live on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from perdure.core.foresee.api import Share, share
from perdure.parts.register.barriers import KINDS, TITLES, public
from perdure.parts.register.families import standing
from perdure.parts.register.models import Case
from perdure.parts.register.models_tried import Strategy


@dataclass(frozen=True)
class TriedCount:
    """Of the cases in which one kind of strategy was tried: how many live on, and how often it helped.

    strategy, barrier  keys of KINDS and TITLES; empty: not said, and against all barriers together
    cases   cases in which it was tried, each once
    living  of those whose fate is known: still running, or part of normal work by now
    tried   times that it was noted; helped: of those where it is known, the times it helped at least in part
    """

    strategy: str
    title: str
    barrier: str
    against: str
    cases: int
    living: Share
    tried: int
    helped: Share


def tried_across(*, keeper: bool = False) -> tuple[TriedCount, ...]:
    """For every kind of strategy, against all barriers and against each. Two queries.

    Cases that were merged into one count once. That a case lives on does not say that the strategy is why.
    """
    seen = _seen(keeper)
    rows = [*_counts(seen, "kind"), *_counts(seen, "kind", "barrier__kind")]
    order = {kind: number for number, kind in enumerate([*KINDS, ""])}
    barriers = {kind: number for number, kind in enumerate(["", *TITLES])}
    counted = [_counted(row) for row in rows]
    return tuple(sorted(counted, key=lambda one: (order[one.strategy], barriers[one.barrier])))


def _seen(keeper: bool) -> QuerySet[Strategy]:
    rows = Strategy.objects.all() if keeper else Strategy.objects.filter(public("barrier__case"))
    return rows.annotate(
        root=standing("barrier__case"),
        fate=Coalesce("barrier__case__merged__status", "barrier__case__status"),
        how=Coalesce("barrier__case__merged__ending", "barrier__case__ending"),
    )


def _counts(seen: QuerySet[Strategy], *groups: str) -> Iterable[dict[str, Any]]:
    living = Q(fate=Case.Status.RUNNING) | Q(fate=Case.Status.ENDED, how=Case.Ending.ABSORBED)
    known = Q(fate__in=[Case.Status.RUNNING, Case.Status.ENDED])
    return seen.values(*groups).annotate(
        cases=Count("root", distinct=True),
        known=Count("root", filter=known, distinct=True),
        living=Count("root", filter=living, distinct=True),
        tried=Count("pk", distinct=True),
        told=Count("pk", filter=~Q(helped=""), distinct=True),
        good=Count("pk", filter=Q(helped__in=["yes", "partly"]), distinct=True),
    )


def _counted(row: dict[str, Any]) -> TriedCount:
    kind, barrier = row["kind"], row.get("barrier__kind", "")
    return TriedCount(
        strategy=kind,
        title=_(KINDS[kind]) if kind else _("Kind not said"),
        barrier=barrier,
        against=_(TITLES[barrier]) if barrier else _("All barriers"),
        cases=row["cases"],
        living=share(row["living"], row["known"]),
        tried=row["tried"],
        helped=share(row["good"], row["told"]),
    )
