"""Rows that are likely one case under two names, read as one while nobody has decided.

Forecasts only: pages that count what is still listed say how many pairs wait, and count them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perdure.core.foresee.api import Snapshot
from perdure.parts.register.linking import MERGING
from perdure.parts.register.models import Link, SourceList

LIKELY = 0.5
"""More likely than not, as the finder of links reckons it (core.match; decision 141)."""


def likely_same(source: SourceList, said: Sequence[Snapshot]) -> dict[str, str]:
    """Case -> the case under which its rows are read, for cases that are likely one. One query.

    The likeliest pairs first; two cases that one list names side by side are never one.
    """
    pairs = Link.objects.filter(
        state=Link.State.PROPOSED,
        kind__in=MERGING,
        probability__gte=LIKELY,
        earlier__source=source,
        later__source=source,
    ).order_by("-probability", "pk")
    years: dict[str, set[int]] = {}
    for one in said:
        years.setdefault(one.case, set()).add(one.year)
    groups = {case: [case] for case in years}
    for earlier, later in pairs.values_list("earlier_id", "later_id"):
        one, other = groups.get(str(earlier)), groups.get(str(later))
        if one is None or other is None or one is other or _meet(one, other, years):
            continue
        one.extend(other)
        groups.update(dict.fromkeys(other, one))
    return {case: group[0] for case, group in groups.items() if case != group[0]}


def _meet(one: Sequence[str], other: Sequence[str], years: Mapping[str, set[int]]) -> bool:
    return any(years[a] & years[b] for a in one for b in other)


def joined(said: Sequence[Snapshot], same: Mapping[str, str]) -> list[Snapshot]:
    """The rows under the case that each is read as."""
    return [replace(one, case=same.get(one.case, one.case)) for one in said]


def names_in(said: Sequence[Snapshot], same: Mapping[str, str], year: int) -> dict[str, str]:
    """The case that a list of `year` really names, by the case it is read as."""
    return {same.get(one.case, one.case): one.case for one in said if one.year == year}
