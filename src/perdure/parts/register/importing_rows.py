"""A batch of rows into the register, in one transaction: cases made or found, rows kept, counts moved."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.lists.api import Mapped, Rejected
from perdure.parts.register import importing_apart as apart
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
    """What became of the rows of a batch. apart: of these, rows whose key stands for another case as well."""

    added: int = 0
    merged: int = 0
    rejected: int = 0
    apart: int = 0

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
        _note(origin, [one for one in rows if isinstance(one, Ready)], counts.apart)
        origin.read += len(rows)
        origin.added += counts.added
        origin.merged += counts.merged
        origin.rejected += counts.rejected
        origin.save(update_fields=["noted", "read", "added", "merged", "rejected"])
    return counts


def _note(origin: Import, rows: Sequence[Ready], apart: int) -> None:
    """Count the years that rows speak of, rows kept apart, and rows of which something could not be read."""
    years = Counter(origin.noted.get("years", {}))
    unread = Counter(origin.noted.get("unread", {}))
    linked = Counter(origin.noted.get("linked", {}))
    partly = origin.noted.get("partly", 0) + sum(bool(row.unread) for row in rows)
    for row in rows:
        year = _year(origin, row)
        if year is not None:
            years[str(year)] += 1
        unread.update(row.unread)
        linked.update(row.linked)
    origin.noted = {
        "years": dict(years),
        "unread": dict(unread),
        "partly": partly,
        "apart": origin.noted.get("apart", 0) + apart,
        **({"linked": dict(linked)} if linked else {}),
    }


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

    heard    (id of a case, year) that this import has spoken of; new cases by id(case)
    beside   key -> the cases that share it with the one under `cases`
    alike    key -> the rows of the batch that bear it, where there are several
    apart    rows put on such a case
    changed  new cases, by id(case), that further rows of the batch spoke of
    """

    origin: Import
    cases: dict[str, Case]
    heard: set[tuple[int, int | None]]
    beside: dict[str, list[apart.Beside]] = field(default_factory=dict)
    alike: dict[str, list[Ready]] = field(default_factory=dict)
    apart: int = 0
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
    mapped = _under_former_keys(origin, [one for one in results if isinstance(one, Ready)])
    rejected = [one for one in results if isinstance(one, Rejected)]
    pending = _pending(origin, mapped)
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
    return Counts(len(pending.new), len(mapped) - len(pending.new), len(rejected), pending.apart)


def _under_former_keys(origin: Import, rows: Sequence[Ready]) -> Sequence[Ready]:
    """Rows of cases that came in when links were not yet read go on under the keys they have since then."""
    former = {row.former for row in rows if row.former}
    if not former:
        return rows
    known = Case.objects.filter(pk__in=bulk.cases_under(origin.source_id, "key", former))
    there = set(known.values_list("key", flat=True))
    return [row.under(row.former) if row.former in there else row for row in rows]


def _pending(origin: Import, rows: Sequence[Ready]) -> _Pending:
    """What is known of the cases that these rows speak of. Five queries."""
    by_key: dict[str, list[Ready]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    cases = _known(origin, by_key)
    beside = apart.beside(origin.source_id, by_key)
    every = [*cases.values(), *(one.case for some in beside.values() for one in some)]
    one_of_each = {case.pk: case for case in every}
    return _Pending(
        origin,
        {key: one_of_each[case.pk] for key, case in cases.items()},
        _heard(origin, one_of_each),
        {key: [one._replace(case=one_of_each[one.case.pk]) for one in some] for key, some in beside.items()},
        {key: some for key, some in by_key.items() if len(some) > 1},
    )


def ready_with_cases(
    origin: Import, results: Iterable[Mapped | Rejected], *, mostly_new: bool
) -> list[Ready | Rejected]:
    """Everything about a batch that can be worked out without a query: a thread can do it beforehand.

    mostly_new  rows bring the cases with them that they make if their keys are new
    """
    found = [fields.ready(one) for one in results]
    if not mostly_new:
        return found
    blank = _blank(origin)
    return [
        one._replace(fresh=as_new(origin, one, blank)) if isinstance(one, Ready) else one for one in found
    ]


def _blank(origin: Import) -> Case:
    """A case of this import that says nothing yet."""
    return Case(source_id=origin.source_id, state=Case.State.PUBLISHED, made_by=origin.by)


def as_new(origin: Import, row: Ready, blank: Case | None = None) -> Fresh:
    """The case that a row makes if its key is new. No query. blank: as _blank gives it, for many rows."""
    case = fields.another(blank or _blank(origin))
    case.reference, case.key = new_reference(), row.key
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


def _known(origin: Import, keys: Iterable[str]) -> dict[str, Case]:
    """The cases of the list with these keys; for one that was merged, the case it turned out to be."""
    found = bulk.cases_under(origin.source_id, "key", list(keys))
    if not found:
        return {}
    cases = Case.objects.filter(pk__in=found).select_related("merged")
    return {case.key: case.merged or case for case in cases}


def _place(pending: _Pending, row: Ready) -> None:
    """Find or make the case of a row, and put the row on it."""
    year = _year(pending.origin, row)
    case = pending.cases.get(row.key)
    if row.key in pending.beside or (case is not None and apart.is_apart(row, case)):
        row, case = _among_sharers(pending, row, case, year)
    if case is None:
        case = _begin(pending, row, year)
        pending.said.append(_Said(case, row.line, year, True, row.values))
        return
    first_word = _first_word(pending, case, year)
    if _speaks_last(case, year):
        fields.overlay(case, row.news, anew=first_word)
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


def _among_sharers(
    pending: _Pending, row: Ready, first: Case | None, year: int | None
) -> tuple[Ready, Case | None]:
    """The row under the key of the case that it speaks of, where several share its own; None: one to be made.

    A row unlike all of them is a new name of the first, unless this import says of that year, there or in
    another row of the batch, that the first is still what it was.
    """
    beside = pending.beside.get(row.key, [])
    case = apart.best_of(row, [*([first] if first else []), *(one.case for one in beside)])
    if case is None and first is not None and not _is_taken(pending, row, first, year):
        case = first
    if case is first:  # or neither is there
        return row, first
    pending.apart += 1
    if case is not None:
        return row.under(next(one.key for one in beside if one.case is case)), case
    assert first is not None
    key = apart.key_beside(row, first, {one.key for one in beside})
    fresh = as_new(pending.origin, row.under(key))
    fresh.case.shared_key = row.key
    pending.beside.setdefault(row.key, []).append(apart.Beside(key, fresh.case))
    return row.under(key)._replace(fresh=fresh), None


def _is_taken(pending: _Pending, row: Ready, first: Case, year: int | None) -> bool:
    """Does this import speak of the first in that year by its name? Then a row unlike it is another thing."""
    if (first.pk or id(first), year) in pending.heard:
        return True
    others = (one for one in pending.alike.get(row.key, ()) if one.line != row.line)
    return any(_year(pending.origin, one) == year and not apart.is_apart(one, first) for one in others)


def _begin(pending: _Pending, row: Ready, year: int | None) -> Case:
    """The case of a row whose key is new."""
    fresh = row.fresh or as_new(pending.origin, row)
    pending.cases[row.key] = fresh.case
    pending.new.append(fresh)
    pending.heard.add((id(fresh.case), year))
    return fresh.case


def _heard(origin: Import, cases: Collection[int]) -> set[tuple[int, int | None]]:
    """(id, year) of those of the cases that earlier rows of this import spoke of. One query."""
    if not cases or not origin.read:
        return set()
    said = Snapshot.objects.filter(case__in=list(cases), origin=origin)
    return set(said.values_list("case", "year"))


def _first_word(pending: _Pending, case: Case, year: int | None) -> bool:
    """Is this the first row of its year and import about the case? A new year begins anew."""
    spoken = (case.pk or id(case), year)
    first = spoken not in pending.heard
    pending.heard.add(spoken)
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
