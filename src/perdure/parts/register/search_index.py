"""Keeping the index of words: called in the transaction that changes a case, by whoever changes it.

`index_cases(ids)` is all that most callers need. An import that writes thousands makes the words
itself (`words_for`) and hands them over with `index_words`; a case is taken out by `forget_cases`
before it is removed.
"""

from __future__ import annotations

import types
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from perdure.parts.register import search_postgresql, search_sqlite
from perdure.parts.register.country_names import every_name
from perdure.parts.register.models import Case, Evidence, Technology, Total
from perdure.parts.register.models_following import Answer
from perdure.parts.register.search_words import EVERY, GROUP_OF, case_words, split, word_of
from perdure.parts.register.search_years import RAN_FROM, RAN_TO, ran

BATCH = 1000
_TEXTS = ("title", "summary", "for_whom", "organisation", "unit", "kind", "stage_raw", "rating", "outcome")
_VALUES = ("country", "level", "organisation", "area", "kind", "stage", "status", "ending")
_KNOWN: set[str] = set()
_MOST_KNOWN = 500_000
_SHORTEST = 4


def vendor() -> types.ModuleType:
    """The index of the database that is used."""
    return search_sqlite if connection.vendor == "sqlite" else search_postgresql


def words_for(
    case: Case, *, source: str = "", technologies: Iterable[str] = (), evidence: bool = False
) -> str:
    """What a case is found by; "" when it is not for finding (a draft, withdrawn, or merged into another).

    source   slug of its list. No query: everything is handed in.
    """
    return case_words(*_said(case, source, list(technologies), evidence)) if _public(case) else ""


def found_by(
    case: Case, *, source: str = "", technologies: Iterable[str] = (), evidence: bool = False
) -> tuple[str, dict[str, tuple[str, str]]]:
    """What words_for and filter_values give, in one go: for an import that makes thousands."""
    texts, told = _said(case, source, list(technologies), evidence)
    words = case_words(texts, told) if _public(case) else ""
    return words, {word_of(group, value): (group, value) for group, value in told if value}


def _public(case: Case) -> bool:
    return case.state == Case.State.PUBLISHED and case.merged_id is None


def _said(
    case: Case, source: str, technologies: list[str], evidence: bool, heard: int | None = None
) -> tuple[list[str], list[tuple[str, str]]]:
    """The texts and the (group, value) pairs of a case. heard: see search_years.ran."""
    texts = [case.reference, *(getattr(case, name) for name in _TEXTS)]
    texts += [*technologies, *(every_name(case.country) if case.country else ())]
    values = [(name, getattr(case, name)) for name in _VALUES]
    values += [("technology", name) for name in technologies]
    year = case.started.year if case.started else case.first_listed
    values += [("year", str(year or "")), ("source", source), ("evidence", "yes" if evidence else "")]
    known = ran(case, heard)
    if known is not None:
        values += [(RAN_FROM, str(known.begin)), (RAN_TO, str(known.end))]
    return texts, values


@transaction.atomic(savepoint=False)
def index_cases(ids: Iterable[int]) -> None:
    """Make these cases found as they are now, or found no more. A fixed number of statements a thousand."""
    listed = sorted(set(ids))
    for start in range(0, len(listed), BATCH):
        _index_batch(listed[start : start + BATCH])


def index_again(*, report: Callable[[int, int], None]) -> tuple[int, int]:
    """Read every case anew for finding; returns (cases looked at, totals of filters put right).

    For cases that an earlier release took in. Each thousand is kept by itself, so that a run that was
    stopped is begun again without harm: what is as it should be is not written a second time.

    report  called after each thousand with how many are done, of how many
    """
    total, done, last = Case.objects.count(), 0, 0
    while batch := list(Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        index_cases(batch)
        done, last = done + len(batch), batch[-1]
        report(done, max(done, total))
    with transaction.atomic():
        return done, len(recount())


def _index_batch(ids: list[int]) -> None:
    technologies: dict[int, list[str]] = defaultdict(list)
    for case_id, name in Technology.objects.filter(case__in=ids).values_list("case_id", "name"):
        technologies[case_id].append(name)
    shown = Evidence.objects.filter(case__in=ids).values_list("case_id")
    before = Evidence.objects.filter(case__merged__in=ids).values_list("case__merged")
    evidence = {number for (number,) in shown.union(before)}
    heard = _heard(ids)
    changed, values = [], {}
    for case in Case.objects.filter(pk__in=ids).select_related("source"):
        slug = case.source.slug if case.source else ""
        texts, told = _said(case, slug, technologies[case.pk], case.pk in evidence, heard.get(case.pk))
        words = case_words(texts, told) if _public(case) else ""
        if words != case.words:
            changed.append((case, words))
            values.update({word_of(group, value): (group, value) for group, value in told if value})
    if changed:
        vendor().write([(case.pk, words) for case, words in changed])
        _count(((words, case.words) for case, words in changed), values)
        _remember((case.reference, words) for case, words in changed)


def _heard(ids: list[int]) -> dict[int, int]:
    """Case -> the last year in which somebody answered that it runs, there or on a case merged into it."""
    runs = Answer.objects.filter(says__in=(Answer.Says.RUNNING, Answer.Says.CHANGED))
    answers = runs.filter(Q(case__in=ids) | Q(case__merged__in=ids))
    found: dict[int, int] = {}
    for case, root, at in answers.values_list("case_id", "case__merged_id", "at").iterator():
        number = root or case
        found[number] = max(found.get(number, 0), at.year)
    return found


@transaction.atomic(savepoint=False)
def index_words(made: Sequence[tuple[Case, str]], values: dict[str, tuple[str, str]] | None = None) -> None:
    """Take in new cases whose `words` are written already (by bulk_create or COPY).

    made    each case with the slug of its list; its words come from words_for
    values  what words of filters stand for, when the caller has gathered them (see filter_values)
    """
    vendor().take_in([(case.pk, case.words) for case, _slug in made])
    told = values if values is not None else {}
    if values is None:
        for case, slug in made:
            told.update(filter_values(case, source=slug))
    _count(((case.words, "") for case, _slug in made), told)
    _remember((case.reference, case.words) for case, _slug in made)


def filter_values(
    case: Case, *, source: str = "", technologies: Iterable[str] = (), evidence: bool = False
) -> dict[str, tuple[str, str]]:
    """Word of the index -> (group, value), for every filter that the case comes under."""
    _texts, values = _said(case, source, list(technologies), evidence)
    return {word_of(group, value): (group, value) for group, value in values if value}


@transaction.atomic(savepoint=False)
def forget_cases(ids: Iterable[int]) -> None:
    """Take cases out of the index before they are removed."""
    listed = sorted(set(ids))
    for start in range(0, len(listed), BATCH):
        batch = listed[start : start + BATCH]
        old = list(Case.objects.filter(pk__in=batch).exclude(words="").values_list("words", flat=True))
        vendor().write([(pk, "") for pk in batch])
        _count((("", words) for words in old), {})


def _count(changes: Iterable[tuple[str, str]], values: dict[str, tuple[str, str]]) -> None:
    """Move the totals of filters from the old words to the new ones."""
    moved: Counter[str] = Counter()
    for new, old in changes:
        moved.update(_parts(new)[1].split())
        if old:
            moved.subtract(_parts(old)[1].split())
    rows = [(word, *_meaning(word, values), n) for word, n in sorted(moved.items()) if n]
    vendor().count(rows)


def _parts(words: str) -> tuple[str, str]:
    """What a case says, and the words of its filters, which stand behind."""
    said, every, told = f" {words}".partition(f" {EVERY}")
    return said, f"{EVERY}{told}" if every else ""


def _meaning(word: str, values: dict[str, tuple[str, str]]) -> tuple[str, str]:
    if word == EVERY:
        return "", ""
    group, value = values.get(word, (GROUP_OF.get(word[2:4], ""), word[4:]))
    return group, value[:300]


def _remember(found: Iterable[tuple[str, str]]) -> None:
    """Keep words that were not seen before, for telling what a slip of the keyboard meant.

    found  reference and words of cases. A reference is no word: another case's is never what was meant.
    """
    seen: set[str] = set()
    for reference, words in found:
        seen.update(_parts(words)[0].split())
        seen.difference_update(split(reference))
    new = sorted(word for word in seen - _KNOWN if len(word) >= _SHORTEST and not word.isdecimal())
    if new:
        vendor().remember(new)
    if len(_KNOWN) > _MOST_KNOWN:
        _KNOWN.clear()
    if not connection.in_atomic_block:
        _KNOWN.update(new)
    else:
        transaction.on_commit(lambda: _KNOWN.update(new))


def recount() -> dict[str, Any]:
    """Count every total anew and give what was wrong: word -> (kept, counted). For checks and repairs."""
    counted: Counter[str] = Counter()
    for words in Case.objects.exclude(words="").values_list("words", flat=True).iterator(chunk_size=2000):
        counted.update(_parts(words)[1].split())
    kept = dict(Total.objects.values_list("word", "n"))
    wrong = {w: (kept.get(w, 0), counted[w]) for w in kept | counted if kept.get(w, 0) != counted[w]}
    for word, (_kept, n) in wrong.items():
        Total.objects.update_or_create(word=word, defaults={"n": n})
    return wrong
