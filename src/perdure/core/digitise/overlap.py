"""Which forms ask the same: questions by their plain words, and how far two forms overlap.

Two questions are the same when their titles have the same words that carry meaning, in any order
and number: "What is your date of birth?" and "Date of birth". Overlap is the Jaccard index of
two forms' sets of questions (Jaccard 1912): those that both ask, of all that either asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from perdure.core.definition.model import Definition, Question

MOST_PAIRS = 1_000_000
"""Pairs of forms that are compared, at most, found by the rarest questions first.

Without a bound every form with a date of birth would be held beside every other: 200 million pairs
of 20,000 forms. Forms that overlap much share rare questions too, so they are found early.
"""

_SILENT = frozenset(
    """a an the of to in on at for and or is are was were do does did you your yours my what which who whose
    when where how many much please if any has have had will be been by with from this that it s
    der die das des dem den ein eine ihr ihre ihres und oder ist sind im von zu wie lautet was welche
    le la les un une du de des et ou est votre vos quel quelle quels el los las su sus es cual y o""".split()  # noqa: SIM905
)
_MARK = re.compile(r"(?:\(|, )(?:page )?\d{1,3}\)(\??)$")
_BY_PLACE = re.compile(r"(?:Tick box|Choice|Yes or no|Box) \d+ on page \d+\b")


Form = TypeVar("Form")
"""How a form is known: by its name here, by what the caller keeps of it there."""


@dataclass(frozen=True)
class Asked:
    """One question as forms share it. words: what makes it the same; title: as one form says it."""

    words: str
    title: str


@dataclass(frozen=True)
class AskedByMany(Generic[Form]):
    """A question that several forms ask. forms: in the order of their names."""

    title: str
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Pair(Generic[Form]):
    """Two forms. shared: questions that both ask; of: questions that either asks."""

    one: Form
    two: Form
    shared: int
    of: int

    @property
    def overlap(self) -> float:
        """Jaccard index, 0 to 1."""
        return self.shared / self.of if self.of else 0.0

    @property
    def percent(self) -> int:
        return round(100 * self.overlap)


def asked(definition: Definition) -> tuple[Asked, ...]:
    """Each question of a service once, by its words; those that only their place names are left out."""
    found: dict[str, Asked] = {}
    for question in definition.questions():
        one = _asked(question)
        if one is not None:
            found.setdefault(one.words, one)
    return tuple(found.values())


def asked_more_than_once(definition: Definition) -> tuple[str, ...]:
    """Titles of questions that the form asks again in the same words, outside repeating groups."""
    single = [one for page in definition.pages if not page.repeat for one in page.questions]
    words = [one for one in map(_asked, single) if one is not None]
    often = Counter(one.words for one in words)
    again = {one.words: one.title for one in reversed(words) if often[one.words] > 1}
    return tuple(sorted(again.values()))


def _asked(question: Question) -> Asked | None:
    title = _MARK.sub(lambda mark: (")" if mark[0].startswith(",") else "") + mark[1], question.title).strip()
    words = same_words(title)
    return Asked(words, title) if words and not _BY_PLACE.match(title) else None


def same_words(title: str) -> str:
    """The words of a title that carry meaning, in one order: equal for questions that ask the same."""
    flat = unicodedata.normalize("NFKD", title).casefold().replace("’", "'")
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = set(re.findall(r"[^\W_]+", re.sub(r"'s\b", "", flat)))
    kept = words - _SILENT or words
    return " ".join(sorted(kept)) if any(re.search(r"[^\W\d_]{2}", word) for word in kept) else ""


def asked_by_many(forms: Mapping[str, Sequence[Asked]]) -> list[AskedByMany[str]]:
    """Questions that at least two forms ask, those of most forms first; a title as most forms say it."""
    who: defaultdict[str, list[str]] = defaultdict(list)
    titles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for form in sorted(forms):
        for one in forms[form]:
            who[one.words].append(form)
            titles[one.words][one.title] += 1
    many = [
        AskedByMany(min(titles[words], key=lambda title: (-titles[words][title], title)), tuple(names))
        for words, names in who.items()
        if len(names) > 1
    ]
    return sorted(many, key=lambda one: (-len(one.forms), one.title))


def overlapping(forms: Mapping[str, Iterable[Asked]], *, at_most: int = 50) -> list[Pair[str]]:
    """The pairs of forms that overlap most, the closest first; pairs that share nothing are left out."""
    sets = {form: frozenset(one.words for one in questions) for form, questions in forms.items()}
    who: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(sets):
        for words in sets[form]:
            who[words].append(form)
    pairs = [
        Pair(one, two, len(sets[one] & sets[two]), len(sets[one] | sets[two])) for one, two in _near(who)
    ]
    return sorted(pairs, key=lambda pair: (-pair.overlap, -pair.shared, pair.one, pair.two))[:at_most]


def _near(who: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """Pairs that share a question, by the rarest questions first, up to the bound."""
    near: set[tuple[str, str]] = set()
    for words in sorted(who, key=lambda words: (len(who[words]), words)):
        names = who[words]
        if len(near) + len(names) * (len(names) - 1) // 2 > MOST_PAIRS:
            break
        near |= set(combinations(names, 2))
    return near
