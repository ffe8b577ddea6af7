"""Years of cases as filters: a year, or from one to another. Pure functions.

A case has three words for it: the year it began, and, where it is known to have run, the first and the last
year in which it did. Who asks what ran in 2015 to 2018 asks for what had begun by 2018 and still ran in 2015.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perdure.parts.register.models import Case

BEGAN, RUNNING, RAN_FROM, RAN_TO = "year", "running", "ran_from", "ran_to"
RANGES = (BEGAN, RUNNING)
"""Groups that take a year, or years from one to another."""
FIRST, LAST = 1900, 2100
_WRITTEN = re.compile(r"(\d{4})?(-)?(\d{4})?")


class Years(NamedTuple):
    """Years from one to another, both included."""

    begin: int
    end: int

    @property
    def written(self) -> str:
        """As it stands in an address: 2015, 2015-2018, 2015-, -2018; "" for any year."""
        if self.begin == self.end:
            return str(self.begin)
        begin, end = ("" if edge in {FIRST, LAST} else str(edge) for edge in self)
        return f"{begin}-{end}" if begin or end else ""


def years_of(written: str) -> Years | None:
    """The years that an address names; None when we understand none. The wrong way round is put right."""
    found = _WRITTEN.fullmatch(written.replace("–", "-").replace(" ", ""))
    if not found or not (found[1] or found[3]) or (found[3] and not found[2]):
        return None
    begin = int(found[1] or FIRST)
    end = int(found[3] or LAST) if found[2] else begin
    begin, end = sorted((min(max(begin, FIRST), LAST), min(max(end, FIRST), LAST)))
    return Years(begin, end)


def between(begin: str, end: str) -> str:
    """What an address says of two boxes of a form, either of which may be empty."""
    years = years_of(f"{begin.strip()}-{end.strip()}") if begin.strip() or end.strip() else None
    return years.written if years else ""


def ran(case: Case, heard: int | None = None) -> Years | None:
    """The years in which a case is known to have run; None when none is. What nobody said is not guessed.

    heard  the last year in which its owner, or a keeper for them, said that it runs
    """
    begin = case.started.year if case.started else case.first_listed
    if begin is None or case.status == Case.Status.PLANNED:
        return None
    if case.ended:
        end = case.ended.year
    elif case.status == Case.Status.RUNNING:
        end = max(case.last_listed or begin, heard or begin)
    elif case.started:
        end = begin
    else:
        return None
    return Years(*(min(max(year, FIRST), LAST) for year in (begin, max(begin, end))))


def running_by_year(began: Mapping[int, int], ended: Mapping[int, int]) -> Counter[str]:
    """How many ran in each year, of counts by first and by last year in which they did."""
    counted: Counter[str] = Counter()
    if began:
        on = 0
        for year in range(min(began), max([*began, *ended]) + 1):
            on += began.get(year, 0)
            if on:
                counted[str(year)] = on
            on -= ended.get(year, 0)
    return counted


def numbers(counts: Iterable[tuple[str, int]]) -> Counter[int]:
    """Counts by year from counts by words."""
    found: Counter[int] = Counter()
    for word, n in counts:
        if word.isdecimal():
            found[int(word)] += n
    return found
