"""A batch of rows into the register, in one transaction: cases made or found, rows kept, counts moved."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.lists.api import Mapped, Rejected
from perdure.parts.register import importing_bulk as bulk
from perdure.parts.register import importing_fields as fields
from perdure.parts.register.errors import ImportMoved
from perdure.parts.register.importing_fields import Fresh, Ready
from perdure.parts.register.models import Case, Import, Reject, Snapshot, SourceList, Technology
from perdure.parts.register.references import new_reference
from perdure.parts.register.search import found_by, index_cases, index_words

_PAUSE = 0.03  # seconds
_UPDATED = [
    *[name for name in fields.FIELDS if name != "technology"],
    "first_listed",
    "last_listed",
    "revision",
    "changed_at",
]


def batch_size() -> int:
    """How many rows go in at a time. On SQLite fewer: nobody else can write while they do."""
    return 250 if connection.vendor == "sqlite" else 2000


def let_others_write() -> None:
    """Between two batches: whoever waits for SQLite's only lock looks again every few hundredths."""
    if connection.vendor == "sqlite":
        time.sleep(_PAUSE)


class Counts(NamedTuple):
    """What became of the rows of a batch."""

    added: int = 0
    merged: int = 0
    rejected: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))


def take_in(origin: Import, results: Sequence[Mapped | Rejected | Ready]) -> Counts:
    """Put a batch in and move the import on behind it; all of it or, when the process dies, nothing.

    A row that the database refuses is found by halving and becomes a rejected row.
    Raises ImportMoved when somebody else moved this import on, or stopped it.
    """
    rows = [one if isinstance(one, Ready) else fields.ready(one) for one in results]
    with transaction.atomic():
        _lock(origin)
        counts = _halving(origin, rows)
        _note(origin, [one for one in rows if isinstance(one, Ready)])
        origin.read += len(rows)
        origin.added += counts.added
        origin.merged += counts.merged
        origin.rejected += counts.rejected
        origin.save(update_fields=["noted", "read", "added", "merged", "rejected"])
    return counts


def _note(origin: Import, rows: Sequence[Ready]) -> None:
    """Count the years that rows speak of, and for each field the rows in which it could not be read."""
    years = Counter(origin.noted.get("years", {}))
    unread = Counter(origin.noted.get("unread", {}))
    for row in rows:
        year = _year(origin, row)
        if year is not None:
            years[str(year)] += 1
        unread.update(row.unread)
    origin.noted = {"years": dict(years), "unread": dict(unread)}


def _year(origin: Import, row: Ready) -> int | None:
    return row.year if row.year is not None else origin.year


def _lock(origin: Import) -> None:
    """One at a time for an import, and for a list: two files with the same new case make one of it."""
    SourceList.objects.select_for_update().only("id").get(pk=origin.source_id)
    now = Import.objects.select_for_update().values_list("state", "read").get(pk=origin.pk)
    if now != (Import.State.RUNNING, origin.read):
        raise ImportMoved


def _halving(origin: Import, results: Sequence[Ready | Rejected]) -> Counts:
    if not results:
        return Counts()
    for _attempt in range(2):  # a second time with other references
        try:
            with transaction.atomic():
                return _put(origin, results)
        except (DataError, IntegrityError) as problem:
            refused = problem
            results = [one._replace(fresh=None) if isinstance(one, Ready) else one for one in results]
    if len(results) > 1:
        middle = len(results) // 2
        return _halving(origin, results[:middle]).plus(_halving(origin, results[middle:]))
    [one] = results
    if isinstance(one, Rejected):
        raise refused
    return _put(origin, [_refused(one)])


def _refused(row: Ready) -> Rejected:
    values = {name: str(value) for name, value in row.values.items() if name != "extra"}
    said = _("The database has no room for what stands in this row.")
    return Rejected(row.line, said, "register.row-refused", {**values, **row.original})


@dataclass
class _Pending:
    """The cases that a batch has to do with, by key, and what is to be written.

    heard    ids of cases that this import has spoken of in their newest year; new ones by id(case)
    changed  new cases, by id(case), that further rows of the batch spoke of
    """

    origin: Import
    cases: dict[str, Case]
    heard: set[int]
    new: list[Fresh] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    touched: dict[int, Case] = field(default_factory=dict)
    again: dict[int, Case] = field(default_factory=dict)
    said: list[_Said] = field(default_factory=list)


class _Said(NamedTuple):
    case: Case
    line: int
    year: int | None
    added: bool
    values: dict[str, Any]


def _put(origin: Import, results: Sequence[Ready | Rejected]) -> Counts:
    mapped = [one for one in results if isinstance(one, Ready)]
    rejected = [one for one in results if isinstance(one, Rejected)]
    known = _known(origin, mapped)
    pending = _Pending(origin, known, _heard(origin, known.values()))
    for row in mapped:
        _place(pending, row)
    _insert_new(pending)
    said = ((one.case.pk, origin.pk, one.line, one.year, one.added, one.values) for one in pending.said)
    bulk.insert_plain(Snapshot, ("case", "origin", "line", "year", "added", "values"), said)
    rebuild(pending.again.values())
    save(pending.touched.values())
    index_cases(pending.touched)
    refused = (_reject(origin, one) for one in rejected)
    bulk.insert_plain(Reject, ("origin", "line", "reason", "code", "original"), refused)
    return Counts(len(pending.new), len(mapped) - len(pending.new), len(rejected))


def as_new(origin: Import, row: Ready) -> Fresh:
    """The case that a row makes if its key is new. No query: a thread can do it beforehand."""
    case = Case(
        reference=new_reference(),
        source_id=origin.source_id,
        key=row.key,
        state=Case.State.PUBLISHED,
        made_by=origin.by,
    )
    fields.fill(case, row.news)
    fields.widen_years(case, _year(origin, row))
    case.words, meanings = found_by(case, source=origin.source.slug, technologies=case.technology_names)
    return Fresh(case, meanings)


def _insert_new(pending: _Pending) -> None:
    """New cases with their technologies and what they are found by."""
    values: dict[str, tuple[str, str]] = {}
    slug = pending.origin.source.slug
    for case, meanings in pending.new:
        values |= meanings
        if id(case) in pending.changed:
            case.words, anew = found_by(case, source=slug, technologies=case.technology_names)
            values |= anew
    cases = [case for case, _meanings in pending.new]
    bulk.insert(cases)
    _insert_technologies(cases)
    index_words([(case, slug) for case in cases], values)


def _known(origin: Import, rows: Iterable[Ready]) -> dict[str, Case]:
    """The cases of the list with these keys; for one that was merged, the case it turned out to be."""
    keys = {row.key for row in rows}
    found = Case.objects.filter(source_id=origin.source_id, key__in=keys).select_related("merged")
    meant = {case.key: case.merged or case for case in found}
    one_of_each = {case.pk: case for case in meant.values()}
    return {key: one_of_each[case.pk] for key, case in meant.items()}


def _place(pending: _Pending, row: Ready) -> None:
    """Find or make the case of a row, and put the row on it."""
    year = _year(pending.origin, row)
    case = pending.cases.get(row.key)
    if case is None:
        case = _begin(pending, row)
        pending.said.append(_Said(case, row.line, year, True, row.values))
        return
    if _speaks_last(case, year):
        fields.overlay(case, row.news, anew=_first_word(pending, case, year))
    elif case.pk:
        pending.again[case.pk] = case
    else:
        _among_new(pending, case, year, row.values)
    fields.widen_years(case, year)
    if case.pk:
        pending.touched[case.pk] = case
    else:
        pending.changed.add(id(case))
    pending.said.append(_Said(case, row.line, year, False, row.values))


def _begin(pending: _Pending, row: Ready) -> Case:
    """The case of a row whose key is new."""
    fresh = row.fresh or as_new(pending.origin, row)
    pending.cases[row.key] = fresh.case
    pending.new.append(fresh)
    pending.heard.add(id(fresh.case))
    return fresh.case


def _heard(origin: Import, cases: Iterable[Case]) -> set[int]:
    """Those of the cases that earlier rows of this import spoke of in their newest year. One query."""
    newest = {case.pk: case.last_listed for case in cases}
    if not newest or not origin.read:
        return set()
    said = Snapshot.objects.filter(case__in=newest, origin=origin)
    return {case for case, year in said.values_list("case", "year") if year == newest[case]}


def _first_word(pending: _Pending, case: Case, year: int | None) -> bool:
    """Is this the first row of its year and import about the case? A new year begins anew."""
    number = case.pk or id(case)
    first = number not in pending.heard or case.last_listed != year
    pending.heard.add(number)
    return first


def _speaks_last(case: Case, year: int | None) -> bool:
    return case.last_listed is None or (year is not None and year >= case.last_listed)


def _among_new(pending: _Pending, case: Case, year: int | None, values: dict[str, Any]) -> None:
    """An older year after a newer one, in one batch, of a case that is not yet written."""
    earlier = [(one.year, 0, one.values) for one in pending.said if one.case is case]
    fields.rebuild(case, sorted([*earlier, (year, 0, values)], key=lambda one: one[0] or 0))


def rebuild(cases: Iterable[Case]) -> None:
    """Make these cases anew from all their snapshots, oldest first; they are not written. One query."""
    by_id = {case.pk: case for case in cases}
    if not by_id:
        return
    rows = Snapshot.objects.filter(case__in=by_id)
    oldest_first = rows.order_by("case", F("year").asc(nulls_first=True), "origin__at", "line")
    said: dict[int, list[tuple[int | None, Any, dict[str, Any]]]] = {}
    for case, year, origin, values in oldest_first.values_list("case", "year", "origin", "values"):
        said.setdefault(case, []).append((year, origin, values))
    for number, snapshots in said.items():
        fields.rebuild(by_id[number], snapshots)


def save(cases: Iterable[Case]) -> None:
    """Write the fields of cases that lists speak of, with their technologies."""
    rows = list(cases)
    now = timezone.now()
    for case in rows:
        case.revision += 1
        case.changed_at = now
    bulk.update(rows, _UPDATED)
    named = [case for case in rows if hasattr(case, "technology_names")]
    Technology.objects.filter(case__in=[case.pk for case in named]).delete()
    _insert_technologies(named)


def _insert_technologies(cases: Iterable[Case]) -> None:
    pairs = ((case.pk, name) for case in cases for name in case.technology_names)
    bulk.insert_plain(Technology, ("case", "name"), pairs)


def _reject(origin: Import, row: Rejected) -> tuple[Any, ...]:
    original = [[fields.plain(name), fields.plain(text)] for name, text in row.original.items()]
    return origin.pk, row.line, fields.plain(row.reason), row.code[:60], original
