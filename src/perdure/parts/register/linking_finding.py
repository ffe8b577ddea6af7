"""Looking for links: doubles in a year of a list, new names next year, the same thing in another list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import Q

from perdure.core.match.api import Kind, Record, duplicates
from perdure.core.match.api import Link as Found
from perdure.core.match.api import link as match
from perdure.foundation.audit.api import record
from perdure.parts.register import linking
from perdure.parts.register import linking_left_out as left_out
from perdure.parts.register.models import Case, Link, Snapshot, SourceList

ASK_FROM = 0.3
"""Links less probable than this are not put before a person."""
SURE_FROM = 0.99
"""From here on a link is accepted by itself, when the names are equal but for signs and capitals."""
_KINDS = {Kind.SUCCESSOR: Link.Kind.FOLLOWS, Kind.ABSORBED: Link.Kind.FOLLOWS}
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Step:
    """One comparison. what: double (within `one`), next (`one` with `two`, years) or other (list `one`)."""

    what: str
    one: Any
    two: Any = None


def find_links(source: SourceList, *, report: Report = lambda done, total: None) -> int:
    """Propose the links of one list that are not known yet; returns how many are new.

    What was not compared for being too much is kept with the list: see linking_left_out.
    """
    years = _years(source)
    steps = [
        *(Step("double", year) for year in years),
        *(Step("next", year, later) for year, later in pairwise(years)),
        *(Step("other", other) for other in _other_lists(source)),
    ]
    found, left = 0, []
    for done, step in enumerate(steps):
        report(done, len(steps))
        if step.what == "double":
            new, cases, compared = _doubles(source, step.one)
        elif step.what == "next":
            new, cases, compared = _next_year(source, step.one, step.two)
        else:
            new, cases, compared = _other_list(source, step.one)
        found += new
        if compared < cases:
            other = step.one if step.what == "other" else None
            years = [] if step.what == "other" else [step.one, step.two]
            left.append([step.what, years, other, [cases, compared]])
    source.left_out = left
    source.save(update_fields=["left_out"])
    record("links-found", about=f"list {source.slug}", by="system:links", detail={"new": found})
    report(len(steps), len(steps))
    return found


def _years(source: SourceList) -> list[int | None]:
    found = Snapshot.objects.filter(origin__source=source).values_list("year", flat=True).distinct()
    return sorted(found, key=lambda year: year or 0)


def _other_lists(source: SourceList) -> list[int]:
    return list(
        SourceList.objects.exclude(pk=source.pk)
        .filter(cases__isnull=False)
        .order_by("pk")
        .values_list("pk", flat=True)
        .distinct()
    )


def _doubles(source: SourceList, year: int | None) -> tuple[int, int, int]:
    """Links that are new, cases of the year, and how many of them were compared: all, or those new in it."""
    here = _named(source, year)
    some = here if len(here) <= left_out.MOST else _new_in(here, year)
    if len(some) > left_out.MOST:
        return 0, len(here), 0
    new = _propose(
        (one, Link.Kind.DUPLICATE, False)
        for one in duplicates(_records(source, year, some), at_least=ASK_FROM)
        if one.kind in (Kind.SAME, Kind.RENAMED)
    )
    return new, len(here), len(some)


def _next_year(source: SourceList, year: int | None, later: int | None) -> tuple[int, int, int]:
    """Both years whole, so that a name that is there again is taken, and cannot be another's new name.

    Where they are too long, the cases that are gone with those that are new.
    """
    left, right = _named(source, year), _named(source, later)
    cases, stays = max(len(left), len(right)), {str(case) for case in left & right}
    if cases > left_out.MOST:
        left, right = left - right, right - left
        if max(len(left), len(right)) > left_out.MOST:
            return 0, cases, 0
    before, after = _records(source, year, left), _records(source, later, right)
    names = {one.key: _name(one) for one in (*before, *after)}
    sharing = _sharing(source)
    found = []
    for one in match(before, after, at_least=ASK_FROM):
        merging = one.kind in (Kind.SAME, Kind.RENAMED)
        if one.left == one.right or (merging and (one.left in stays or one.right in stays)):
            continue
        sure = merging and one.probability >= SURE_FROM and names[one.left] == names[one.right]
        sure = sure and not {int(one.left), int(one.right)} & sharing
        found.append((one, _KINDS.get(one.kind, Link.Kind.RENAMED), sure))
    return _propose(found), cases, cases if cases <= left_out.MOST else len(left) + len(right)


def _sharing(source: SourceList) -> set[int]:
    """Cases that were kept apart though they share a key: of these a person decides."""
    return set(Case.objects.filter(source=source).exclude(shared_key="").values_list("pk", flat=True))


def _other_list(source: SourceList, other: int) -> tuple[int, int, int]:
    shown = Case.objects.filter(merged=None, state=Case.State.PUBLISHED)
    cases = max(shown.filter(source=one).count() for one in (other, source.pk))
    if cases > left_out.MOST:
        return 0, cases, 0
    there, here = _of_cases(other), _of_cases(source.pk)
    new = _propose(
        (one, Link.Kind.DUPLICATE, False)
        for one in match(there, here, at_least=0.1, found_again=0.02)
        if one.kind in (Kind.SAME, Kind.RENAMED)
    )
    return new, cases, cases


@transaction.atomic
def _propose(found: Iterable[tuple[Found, str, bool]]) -> int:
    """Add what is new; a pair that somebody decided on stays decided. Returns how many are new."""
    pairs = {(int(one.left), int(one.right)): (one, kind, sure) for one, kind, sure in found}
    numbers = {number for pair in pairs for number in pair}
    there = set(
        Link.objects.filter(Q(earlier__in=numbers) | Q(later__in=numbers)).values_list("earlier", "later")
    )
    new = 0
    for (left, right), (one, kind, sure) in sorted(pairs.items()):
        if left == right or (left, right) in there or (right, left) in there:
            continue
        row = Link.objects.create(
            earlier_id=left,
            later_id=right,
            kind=kind,
            probability=one.probability,
            reasons=[[reason.code, round(reason.weight, 2), reason.words] for reason in one.reasons],
        )
        there.add((left, right))
        new += 1
        if sure:
            linking.accept_by_itself(row)
    return new


def _named(source: SourceList, year: int | None) -> set[int]:
    """The cases that a year of a list names."""
    said = Snapshot.objects.filter(origin__source=source, year=year, case__merged=None)
    return set(said.values_list("case_id", flat=True))


def _new_in(cases: set[int], year: int | None) -> set[int]:
    """Those of them that no earlier year named."""
    newest = Case.objects.filter(first_listed=year).values_list("pk", flat=True)
    return cases.intersection(newest.iterator()) if year is not None else cases


def _records(source: SourceList, year: int | None, cases: set[int]) -> list[Record]:
    """What the list said of these cases in that year, the last row of each."""
    said = Snapshot.objects.filter(origin__source=source, year=year, case__merged=None).order_by("id")
    rows: dict[int, Record] = {}
    for number, values in said.values_list("case_id", "values").iterator(chunk_size=2000):
        if number in cases:
            rows[number] = _record(number, year, values)
    return list(rows.values())


def _record(number: int, year: int | None, said: dict[str, Any]) -> Record:
    return Record(
        key=str(number),
        title=said.get("title", ""),
        organisation=said.get("organisation", ""),
        year=year,
        start=_day(said.get("started")),
        end=_day(said.get("planned_end") or said.get("ended")),
        description=str(said.get("summary", ""))[:2000],
        area=said.get("area", ""),
        country=said.get("country", ""),
    )


def _of_cases(source: int) -> list[Record]:
    fields = ("pk", "title", "organisation", "started", "planned_end", "summary", "area", "country")
    cases = Case.objects.filter(source=source, merged=None, state=Case.State.PUBLISHED)[: left_out.MOST + 1]
    return [
        Record(str(pk), title, organisation, None, start, end, summary[:2000], area, country)
        for pk, title, organisation, start, end, summary, area, country in cases.values_list(*fields)
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _name(one: Record) -> str:
    """Title and organisation without signs, accents and capitals."""
    text = unicodedata.normalize("NFKD", f"{one.title} | {one.organisation}").casefold()
    return re.sub(r"[^\w|]+", "", "".join(sign for sign in text if not unicodedata.combining(sign)))
