"""Looking for links: doubles in a year of a list, new names next year, the same thing in another list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
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
from perdure.parts.register.models import Case, Link, Snapshot, SourceList

ASK_FROM = 0.3
"""Links less probable than this are not put before a person."""
SURE_FROM = 0.99
"""From here on a link is accepted by itself, when the names are equal but for signs and capitals."""
MOST = 200_000
"""Cases of one year of one list; a longer one is not compared."""
_KINDS = {Kind.SUCCESSOR: Link.Kind.FOLLOWS, Kind.ABSORBED: Link.Kind.FOLLOWS}
Report = Callable[[int, int], None]


def find_links(source: SourceList, *, report: Report = lambda done, total: None) -> int:
    """Propose the links of one list that are not known yet; returns how many are new."""
    years = _years(source)
    others = _other_lists(source)
    steps = [
        *(("double", year, None) for year in years),
        *(("next", year, later) for year, later in pairwise(years)),
        *(("other", other, None) for other in others),
    ]
    found = 0
    for done, (what, one, two) in enumerate(steps):
        report(done, len(steps))
        if what == "double":
            found += _doubles(source, one)
        elif what == "next":
            found += _next_year(source, one, two)
        else:
            found += _other_list(source, one)
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


def _doubles(source: SourceList, year: int | None) -> int:
    here = _records(source, year)
    if len(here) > MOST:
        return 0
    return _propose(
        (one, Link.Kind.DUPLICATE, False)
        for one in duplicates(here, at_least=ASK_FROM)
        if one.kind in (Kind.SAME, Kind.RENAMED)
    )


def _next_year(source: SourceList, year: int | None, later: int | None) -> int:
    """Both years whole, so that a name that is there again is taken, and cannot be another's new name."""
    before, after = _records(source, year), _records(source, later)
    if max(len(before), len(after)) > MOST:
        return 0
    stays = {one.key for one in before} & {one.key for one in after}
    names = {one.key: _name(one) for one in (*before, *after)}
    found = []
    for one in match(before, after, at_least=ASK_FROM):
        merging = one.kind in (Kind.SAME, Kind.RENAMED)
        if one.left == one.right or (merging and (one.left in stays or one.right in stays)):
            continue
        sure = merging and one.probability >= SURE_FROM and names[one.left] == names[one.right]
        found.append((one, _KINDS.get(one.kind, Link.Kind.RENAMED), sure))
    return _propose(found)


def _other_list(source: SourceList, other: int) -> int:
    there, here = _of_cases(other), _of_cases(source.pk)
    if max(len(there), len(here)) > MOST:
        return 0
    return _propose(
        (one, Link.Kind.DUPLICATE, False)
        for one in match(there, here, at_least=0.1, found_again=0.02)
        if one.kind in (Kind.SAME, Kind.RENAMED)
    )


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


def _records(source: SourceList, year: int | None) -> list[Record]:
    """What the list said of each case in that year, the last row of each."""
    said = Snapshot.objects.filter(origin__source=source, year=year, case__merged=None)
    rows: dict[int, dict[str, Any]] = dict(said.order_by("id").values_list("case_id", "values"))
    return [_record(number, year, values) for number, values in rows.items()]


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
    cases = Case.objects.filter(source=source, merged=None, state=Case.State.PUBLISHED)[: MOST + 1]
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
