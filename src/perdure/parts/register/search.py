"""Finding cases: as people type, with filters and their counts, whatever the database.

Only so many cases are looked at (MOST): of more than that nobody reads the list, and the answer says
so ("more than 1,000"). That bound is what keeps a search as quick among a million as among a thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import punctuation

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from perdure.parts.register import labels
from perdure.parts.register.models import Case, SourceList, Term, Total
from perdure.parts.register.models_following import Answer
from perdure.parts.register.search_index import (
    filter_values,
    forget_cases,
    found_by,
    index_cases,
    index_words,
    vendor,
    words_for,
)
from perdure.parts.register.search_words import EVERY, Query, fold, near, query_of, split, word_of
from perdure.parts.register.search_years import (
    BEGAN,
    RAN_FROM,
    RAN_TO,
    RANGES,
    RUNNING,
    Years,
    numbers,
    running_by_year,
    years_of,
)
from perdure.parts.register.values_find import CaseFilters, CaseRow, Facet, FacetValue, Found

__all__ = [
    "MOST",
    "ON_A_PAGE",
    "case_ids",
    "filter_values",
    "find",
    "forget_cases",
    "found_by",
    "index_cases",
    "index_words",
    "list_titles",
    "public_cases",
    "row_of",
    "walk_ids",
    "words_for",
]

MOST = 1000
ON_A_PAGE = 25
MOST_VALUES = 60
MOST_YEARS = 300
ENDLESS = ("organisation", "kind", "technology")
"""Groups that may have thousands of values."""
_SLIP_FROM = 4
MOST_MEANINGS = 50_000
_MEANINGS: dict[str, tuple[str, str]] = {}
_SPACED = str.maketrans(dict.fromkeys(punctuation, " "))


def public_cases() -> QuerySet[Case]:
    """Cases that everybody may see: published, and not merged into another."""
    return Case.objects.filter(state=Case.State.PUBLISHED, merged=None)


def find(filters: CaseFilters, *, page: int = 1) -> Found:
    """One page of the cases that fit, best first, with what narrows them. At most ten queries.

    Best: words in the title before words elsewhere, then the newest in the register. Without text the newest.
    """
    looked, filters, read_as = _look(filters)
    more = len(looked) > MOST
    looked = looked[:MOST]
    told = _told(looked)
    ids = _best_first([pk for pk in looked if pk in told], told, split(filters.text))
    exact = _exact(filters) if more else len(ids)
    total = exact or len(ids)
    pages = max(1, -(-len(ids) // ON_A_PAGE))
    page = min(max(1, page), pages)
    rows = _rows(ids[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    all_of_them = query_of(filters).empty
    facets = _all_facets() if all_of_them else _facets(told, filters)
    return Found(rows, total, more and not exact, len(ids), page, pages, facets, read_as)


def case_ids(filters: CaseFilters, *, most: int, before: int | None = None) -> list[int]:
    """Ids of up to `most` cases that fit, newest in the register first; with `before`, only ids below it."""
    return vendor().find(_query(filters), most=most, before=before)


def walk_ids(filters: CaseFilters, *, step: int = 1000) -> Iterator[list[int]]:
    """Ids of every case that fits, newest first, at most `step` in a list: for feeds, however many."""
    yield from vendor().walk(_query(filters), step=step)


def list_titles() -> dict[str, str]:
    """Slug -> title of every list. One query."""
    return dict(SourceList.objects.values_list("slug", "title"))


def row_of(case: Case) -> CaseRow:
    """A case as a line of a list. No query when `source` was selected with it."""
    return CaseRow(
        reference=case.reference,
        title=case.title,
        summary=case.summary,
        country=case.country,
        organisation=case.organisation,
        area=case.area,
        level=case.level,
        stage=case.stage,
        status=case.status,
        ending=case.ending,
        started=case.started,
        ended=case.ended,
        first_listed=case.first_listed,
        last_listed=case.last_listed,
        source=case.source.slug if case.source else "",
        source_title=case.source.title if case.source else "",
        heard=getattr(case, "heard", None),
    )


def _query(filters: CaseFilters) -> Query:
    query = query_of(filters)
    return Query(whole=(EVERY,)) if query.empty else query


def _look(filters: CaseFilters) -> tuple[list[int], CaseFilters, str]:
    """Up to MOST + 1 ids; when nothing has the text as typed, the nearest words are taken instead."""
    looked = vendor().some(_query(filters), most=MOST + 1)
    if looked or not filters.text.strip():
        return looked, filters, ""
    meant = " ".join(_meant(word) for word in split(filters.text[:200]))
    if meant == " ".join(split(filters.text[:200])):
        return [], filters, ""
    other = replace(filters, text=meant)
    looked = vendor().some(_query(other), most=MOST + 1)
    return (looked, other, meant) if looked else ([], filters, "")


def _meant(word: str) -> str:
    """The word itself when some case has one that begins so; else the nearest that a case has."""
    if len(word) < _SLIP_FROM or _terms(word).exists():
        return word
    beginnings = {word[:2], word[1] + word[0], word[0] + word[2]}
    candidates = sorted({term for one in beginnings for term in _terms(one).values_list("term", flat=True)})
    return near(word, candidates) or word


def _terms(beginning: str) -> QuerySet[Term]:
    """Known words that begin so; asked in the way that the index of each database can answer."""
    if connection.vendor == "sqlite":
        return Term.objects.filter(term__gte=beginning, term__lt=beginning + "\U0010ffff")
    return Term.objects.filter(term__startswith=beginning)


@dataclass(frozen=True)
class _Told:
    """What ordering and counting need of one case."""

    title: str
    filters: str


def _told(ids: Sequence[int]) -> dict[int, _Told]:
    """Title and words of filters of these cases. One query."""
    return {pk: _Told(title, filters) for pk, title, filters in vendor().told(ids)}


def _best_first(ids: list[int], told: dict[int, _Told], typed: list[str]) -> list[int]:
    if not typed:
        return sorted(ids, reverse=True)

    def rank(pk: int) -> tuple[int, int]:
        title = f" {fold(told[pk].title).translate(_SPACED)} "
        hits = sum((f" {word}" in title) + (f" {word} " in title) for word in typed)
        return -hits, -pk

    return sorted(ids, key=rank)


def _rows(ids: Sequence[int]) -> tuple[CaseRow, ...]:
    newest = Answer.objects.filter(case=OuterRef("pk")).order_by("-at").values("at")[:1]
    found = (
        public_cases().filter(pk__in=ids).select_related("source").defer("extra", "words", "source__mapping")
    )
    merged = Answer.objects.filter(case__merged=OuterRef("pk")).order_by("-at").values("at")[:1]
    found = found.annotate(heard=Subquery(newest), heard_before=Subquery(merged))
    cases = {case.pk: case for case in found}
    for case in cases.values():
        case.heard = max((at for at in (case.heard, case.heard_before) if at), default=None)
    return tuple(row_of(cases[pk]) for pk in ids if pk in cases)


def _exact(filters: CaseFilters) -> int:
    """How many fit in all, when that is kept: no filter, or one filter and no text. 0 when it is not."""
    groups = filters.groups()
    if split(filters.text) or len(groups) > 1:
        return 0
    for group, value in groups.items():
        years = years_of(value) if group in RANGES else None
        if years is not None:
            return _exact_years(group, years)
    word = word_of(*next(iter(groups.items()))) if groups else EVERY
    kept = Total.objects.filter(word=word).values_list("n", flat=True).first()
    return int(kept or 0)


def _exact_years(group: str, years: Years) -> int:
    """How many began in these years, or ran in any of them."""
    if group == BEGAN:
        began = numbers(Total.objects.filter(group=BEGAN).values_list("value", "n"))
        return sum(n for year, n in began.items() if years.begin <= year <= years.end)
    begun, over = (
        numbers(Total.objects.filter(group=one).values_list("value", "n")) for one in (RAN_FROM, RAN_TO)
    )
    had_begun = sum(n for year, n in begun.items() if year <= years.end)
    return had_begun - sum(n for year, n in over.items() if year < years.begin)


def _all_facets() -> tuple[Facet, ...]:
    """Every filter with the totals that are kept. Four queries: groups of endless values one by one."""
    counted: dict[str, Counter[str]] = {group: Counter() for group in labels.GROUPS}
    kept = Total.objects.filter(n__gt=0).order_by("-n", "value").values_list("group", "value", "n")
    few = [RAN_FROM, RAN_TO, *(group for group in labels.GROUPS if group not in ENDLESS)]
    for rows in (kept.filter(group__in=few), *(kept.filter(group=one)[: MOST_VALUES + 1] for one in ENDLESS)):
        for group, value, n in rows:
            counted.setdefault(group, Counter())[value] = n
    return _shown(counted, {})


def _facets(told: dict[int, _Told], filters: CaseFilters) -> tuple[Facet, ...]:
    """Every filter with counts of the cases looked at."""
    words: Counter[str] = Counter()
    for one in told.values():
        words.update(one.filters.split())
    counted: dict[str, Counter[str]] = {group: Counter() for group in labels.GROUPS}
    for word, (group, value) in _meanings(_frequent(words)).items():
        counted.setdefault(group, Counter())[value] = words[word]
    return _shown(counted, filters.groups())


def _meanings(words: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What words of filters stand for: (group, value). At most one query; what is known once is kept."""
    unknown = [word for word in words if word not in _MEANINGS]
    if unknown:
        if len(_MEANINGS) > MOST_MEANINGS:
            _MEANINGS.clear()
        rows = Total.objects.filter(word__in=unknown).values_list("word", "group", "value")
        _MEANINGS.update((word, (group, value)) for word, group, value in rows)
    known = ((word, _MEANINGS.get(word)) for word in words)
    return {word: meaning for word, meaning in known if meaning and meaning[0]}


def _frequent(words: Counter[str]) -> list[str]:
    """The most frequent words of each group: no more are shown, so no more are looked up."""
    kept: Counter[str] = Counter()
    chosen = []
    for word, _n in words.most_common():
        kept[word[:4]] += 1
        if kept[word[:4]] <= MOST_VALUES + 1:
            chosen.append(word)
    return chosen


def _shown(counted: dict[str, Counter[str]], chosen: dict[str, str]) -> tuple[Facet, ...]:
    begun, over = (numbers(counted.pop(group, Counter()).items()) for group in (RAN_FROM, RAN_TO))
    counted[RUNNING] = running_by_year(begun, over)
    return tuple(_facet(group, counts, chosen.get(group, "")) for group, counts in counted.items())


def _facet(group: str, counts: Counter[str], chosen: str) -> Facet:
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if group in RANGES:
        pairs = sorted(pairs, reverse=True)
    most = MOST_YEARS if group in RANGES else MOST_VALUES
    titles = list_titles() if group == "source" and pairs else {}
    if chosen and not any(_same(value, chosen) for value, _n in pairs):
        pairs.insert(0, (chosen, 0))
    values = tuple(
        FacetValue(value, titles.get(value) or labels.title_of(group, value), n, _same(value, chosen))
        for value, n in pairs[:most]
    )
    return Facet(group, labels.group_title(group), values, len(pairs) > most)


def _same(value: str, chosen: str) -> bool:
    return value.casefold() == chosen.casefold()
