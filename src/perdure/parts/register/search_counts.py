"""Counts behind pictures: cases by one or two values, of all cases or of those that a search finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from perdure.parts.register.models import Total
from perdure.parts.register.search import MOST, _look, _told
from perdure.parts.register.search_words import EVERY, query_of, word_of
from perdure.parts.register.values_find import CaseFilters

__all__ = ["Counted", "by_country", "by_year"]


@dataclass(frozen=True)
class Counted:
    """Numbers of cases by (value, second value); the second is "" when it is not told apart.

    looked  how many cases they are of; more: others fit too, and are not counted here
    """

    counts: dict[tuple[str, str], int]
    looked: int
    more: bool


def by_country(filters: CaseFilters) -> Counted:
    """Cases by country; exact for all cases."""
    return _by("country", "", filters)


def by_year(filters: CaseFilters) -> Counted:
    """Cases by the year they began and whether they still run.

    Of all cases the years are exact; the second value is told apart where the whole register is looked at.
    """
    return _by("year", "status", filters)


def _by(first: str, second: str, filters: CaseFilters) -> Counted:
    everything = Total.objects.filter(word=EVERY).values_list("n", flat=True).first() or 0
    if query_of(filters).empty and (not second or everything > MOST):
        totals = Total.objects.filter(group=first, n__gt=0).values_list("value", "n")
        return Counted({(value, ""): n for value, n in totals}, everything, False)
    looked, _filters, _read_as = _look(filters)
    told = _told(looked[:MOST])
    stand_for = _values(first), _values(second) if second else {}
    counted: Counter[tuple[str, str]] = Counter()
    for one in told.values():
        words = one.filters.split()
        values = [stand_for[0][word] for word in words if word in stand_for[0]]
        others = [stand_for[1][word] for word in words if word in stand_for[1]] or [""]
        counted.update((value, other) for value in values for other in others)
    return Counted(dict(counted), len(told), len(looked) > MOST)


def _values(group: str) -> dict[str, str]:
    """What the words of a group with few values stand for."""
    values = Total.objects.filter(group=group).values_list("value", flat=True)
    return {word_of(group, value): value for value in values}
