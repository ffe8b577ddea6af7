"""How long changes live: the lives behind a survival curve, and the flow of stages from year to year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.fields.json import KT

from perdure.core.foresee.api import Life, Survival, survival
from perdure.parts.register import labels
from perdure.parts.register.errors import ListNotFound
from perdure.parts.register.models import Case, Snapshot, SourceList
from perdure.parts.register.search import walk_ids
from perdure.parts.register.values_find import CaseFilters

MOST_CASES = 20_000
"""So many cases are looked at for one picture; the page says so when there are more."""
GROUPS = ("", "country", "area", "kind", "source")
MOST_GROUPS = 5
_SMALLEST = 5
GONE = "not-listed"
"""Where a case goes that the later year does not name."""
SILENT = "organisation-not-listed"
"""Where a case goes whose organisation the later year does not name at all: that says nothing about it."""


@dataclass(frozen=True)
class Lives:
    """The curves, how many cases were looked at, whether there are more, and whose lives are not known.

    silent  cases that no later year names, nor anything of their organisation: seen until then, not ended
    """

    survival: Survival
    looked: int
    more: bool
    without_span: int
    silent: int = 0


@dataclass(frozen=True)
class StageFlow:
    """counts: (stage in `year`, stage in `later`, GONE or SILENT) -> cases, the earlier stages first."""

    title: str
    year: int
    later: int
    counts: dict[tuple[str, str], int]


def lives_of(filters: CaseFilters, *, by: str = "", today: date) -> Lives:
    """Kaplan-Meier curves of the cases that fit. A handful of queries for each thousand cases.

    by  one of GROUPS: the largest groups get a curve of their own; "" gives one for all
    """
    heard = _last_heard_of()
    titles = dict(SourceList.objects.values_list("pk", "title"))
    looked, more, silent, found = 0, False, 0, []
    for case in _cases(filters):
        if looked == MOST_CASES:
            more = True
            break
        looked += 1
        newest, of_office = heard.get((case.source_id, "")), heard.get((case.source_id, case.organisation))
        life = _life(case, of_office, today)
        silent += _is_silent(case, newest, of_office)
        if life:
            found.append((life, _group(case, by, titles)))
    kept = _largest(name for _one, name in found) if by else {""}
    lives = [_named(life, name) for life, name in found if name in kept]
    return Lives(survival(lives), looked, more, looked - len(found), silent)


def _last_heard_of() -> dict[tuple[int | None, str], int]:
    """(list, organisation) -> the newest year that names it, of lists that name every case. One query.

    Under the organisation "" stands the list's newest year: so a case that does not say whose it is, is gone
    where no later year names it.
    """
    listed = Case.objects.filter(source__complete=True, last_listed__isnull=False)
    found: dict[tuple[int | None, str], int] = {}
    for source, name, year in listed.values_list("source", "organisation").annotate(Max("last_listed")):
        found[source, name] = max(year, found.get((source, name), 0))
        found[source, ""] = max(year, found.get((source, ""), 0))
    return found


def _is_silent(case: Case, newest: int | None, of_office: int | None) -> bool:
    """Does no later year of its list name anything of its organisation, while nobody said that it ended?"""
    if not (case.last_listed and newest and of_office) or case.ended or case.status == Case.Status.ENDED:
        return False
    return case.last_listed >= of_office and of_office < newest


def _cases(filters: CaseFilters) -> Iterator[Case]:
    wanted = (
        "id", "source_id", "started", "ended", "status", "country", "area", "kind", "organisation",
        "first_listed", "last_listed", "changed_at",
    )  # fmt: skip
    for ids in walk_ids(filters):
        yield from Case.objects.filter(pk__in=ids).only(*wanted).order_by("-pk")


def _life(case: Case, newest: int | None, today: date) -> Life | None:
    """From its start, or the first list, to its end or to the last day on which it was known to be there.

    newest  newest year of its list that names anything of its organisation, when that list names every case:
            then one that it names no more has gone. Silence about a whole organisation says nothing.
    """
    listed = date(case.first_listed, 1, 1) if case.first_listed else None
    start = case.started or listed
    if start is None:
        return None
    end, seen = case.ended, None
    if case.last_listed:
        seen = min(date(case.last_listed, 12, 31), today)
        if newest and case.last_listed < newest and end is None:
            end = seen
    if case.status == Case.Status.ENDED:
        end = end or seen
        return Life(start, end, known_from=_after(start, listed)) if end else None
    if end and end <= today:
        return Life(start, end, known_from=_after(start, listed))
    if case.status == Case.Status.RUNNING:
        seen = seen or min(case.changed_at.date(), today)
    return Life(start, None, seen, known_from=_after(start, listed)) if seen else None


def _after(start: date, listed: date | None) -> date | None:
    """Known only from its first list on, when that came later than its start."""
    return listed if listed and listed > start else None


def _group(case: Case, by: str, titles: dict[int, str]) -> str:
    if by == "source":
        return titles.get(case.source_id or 0, "")
    value = str(getattr(case, by)) if by else ""
    return labels.title_of(by, value) if value else ""


def _largest(names: Iterable[str]) -> set[str]:
    """The groups with the most cases; those with a handful only would draw chance."""
    counted = Counter(name for name in names if name)
    return {name for name, n in counted.most_common(MOST_GROUPS) if n >= _SMALLEST}


def _named(life: Life, group: str) -> Life:
    return Life(life.start, life.end, life.censored_at, group, life.known_from)


def stage_flow(slug: str, year: int | None = None) -> StageFlow:
    """From which stage to which the cases of one list went between two of its years. Five queries.

    year  the earlier one; the last but one when not given. Raises ListNotFound when there are not two years.
    """
    source = SourceList.objects.filter(slug=slug).first()
    if source is None:
        raise ListNotFound(slug)
    said = Snapshot.objects.filter(case__source=source, case__state=Case.State.PUBLISHED)
    years = sorted(y for y in said.values_list("year", flat=True).distinct() if y)
    earlier = [y for y in years if y < (years[-1] if years else 0)]
    if not earlier:
        raise ListNotFound(slug)
    chosen = year if year in earlier else earlier[-1]
    later = years[years.index(chosen) + 1]
    who = KT("values__organisation")
    named = {None, "", *said.filter(year=later).values_list(who, flat=True).distinct()}
    before = {
        case: (stage or "", GONE if name in named else SILENT)
        for case, stage, name in said.filter(year=chosen).values_list("case", KT("values__stage"), who)
    }
    after = dict(said.filter(year=later, case__in=before).values_list("case", KT("values__stage")))
    counts = Counter((stage, after.get(case, absent) or "") for case, (stage, absent) in before.items())
    order = [*labels.STAGES, "", GONE, SILENT]
    ordered = sorted(counts, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return StageFlow(source.title, chosen, later, {pair: counts[pair] for pair in ordered})


def lists_with_stages() -> tuple[tuple[str, str], ...]:
    """(slug, title) of the lists with two years or more, those that tell stages first. Two queries."""
    rows = Snapshot.objects.exclude(year=None).values_list(
        "case__source__slug", "case__source__title", "year"
    )
    years: dict[tuple[str, str], set[int]] = {}
    for slug, title, year in rows.distinct():
        years.setdefault((slug, title), set()).add(year)
    staged = set(Case.objects.exclude(source=None).exclude(stage="").values_list("source__slug").distinct())
    lists = sorted(pair for pair, known in years.items() if len(known) > 1 and pair[0])
    return tuple(sorted(lists, key=lambda pair: (pair[0],) not in staged))
