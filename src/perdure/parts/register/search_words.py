"""From a case to the words it is found by, and from what somebody types to a query. Pure functions.

Filters are words too: a case in Germany has the word `xqcode`, so one index answers text and filters
together, and knows how common each is. Words of people never begin with `xq`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from perdure.parts.register.search_years import (
    BEGAN,
    FIRST,
    LAST,
    RAN_FROM,
    RAN_TO,
    RANGES,
    RUNNING,
    years_of,
)
from perdure.parts.register.values_find import CaseFilters

MARK = "xq"
EVERY = "xqall"
"""The word of every case that can be found."""
LONGEST_WORD = 40
MOST_WORDS = 600
MOST_TYPED = 8
_LONGEST_TEXT = 20_000
_WORD = re.compile(r"[^\W_]+")
_APART = {number: " " for number in range(128) if not chr(number).isalnum()}
_NAME = 80
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th"})
_CODES = {
    "country": "co",
    "level": "le",
    "organisation": "or",
    "area": "ar",
    "kind": "ki",
    "technology": "te",
    "stage": "sg",
    "status": "st",
    "ending": "en",
    "year": "ye",
    "ran_from": "rf",
    "ran_to": "rt",
    "source": "li",
    "evidence": "ev",
}
GROUP_OF = {code: group for group, code in _CODES.items()}


@dataclass(frozen=True)
class Query:
    """Words that a case must have: `begins` are beginnings of words, `whole` are whole words.

    any_of  when set, at least one of these whole words too
    ranges  of each of these at least one whole word: the years of a range
    """

    begins: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    ranges: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.begins or self.whole or self.any_of or self.ranges)

    @property
    def either(self) -> tuple[tuple[str, ...], ...]:
        """Sets of whole words of which a case must have one each."""
        return (*([self.any_of] if self.any_of else []), *self.ranges)


def fold(text: str) -> str:
    """Small letters without accents: "Élan à Łódź" becomes "elan a lodz"."""
    if text.isascii():
        return text.lower()
    return _folded_name(text) if len(text) <= _NAME else _folded(text)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


_folded_name = lru_cache(maxsize=20_000)(_folded)  # organisations and countries come again and again


def split(text: str) -> list[str]:
    """The folded words of a text in order, each at most 40 letters."""
    return _words(fold(text[:_LONGEST_TEXT]))


def _words(folded: str) -> list[str]:
    found = folded.translate(_APART).split() if folded.isascii() else _WORD.findall(folded)
    return [word[:LONGEST_WORD] for word in found if word[:2] != MARK]


@lru_cache(maxsize=20_000)
def word_of(group: str, value: str) -> str:
    """The word that stands for a value of a group of filters."""
    plain = value.casefold().strip()
    if not (plain.isascii() and plain.isalnum() and len(plain) <= 20):
        plain = hashlib.blake2s(plain.encode(), digest_size=6).hexdigest()
    return f"{MARK}{_CODES[group]}{plain}"


def case_words(texts: Iterable[str], values: Iterable[tuple[str, str]]) -> str:
    """Everything a case is found by: its folded words, each once, then a word for each (group, value)."""
    said = dict.fromkeys(_words("\n".join([fold(text[:_LONGEST_TEXT]) for text in texts])))
    told = dict.fromkeys(word_of(group, value) for group, value in values if value)
    return " ".join([*list(said)[:MOST_WORDS], EVERY, *told])


def query_of(filters: CaseFilters) -> Query:
    """What somebody asks for. Words of one or two letters that others follow are taken whole."""
    typed = list(dict.fromkeys(split(filters.text[:200])))[:MOST_TYPED]
    last_is_open = bool(filters.text) and not filters.text[-1].isspace()
    whole, begins = [], []
    for place, word in enumerate(typed):
        short = len(word) < 3
        is_open = last_is_open and place == len(typed) - 1
        (whole if short and not is_open else begins).append(word)
    told, ranges = [], []
    for group, value in filters.groups().items():
        words = _words_of(group, value)
        ranges += words if len(words) > 1 or len(words[0]) > 1 else []
        told += words[0] if len(words) == 1 and len(words[0]) == 1 else []
    return Query(tuple(begins), (*whole, *told), ranges=tuple(ranges))


def _words_of(group: str, value: str) -> list[tuple[str, ...]]:
    """Sets of words of which a case under this value has one each: several only for years."""
    years = years_of(value) if group in RANGES else None
    if years is None:
        return [(word_of(BEGAN if group == RUNNING else group, value),)]
    if group == BEGAN:
        return [_range(BEGAN, years.begin, years.end)]
    return [_range(RAN_FROM, FIRST, years.end), _range(RAN_TO, years.begin, LAST)]


def _range(group: str, begin: int, end: int) -> tuple[str, ...]:
    return tuple(word_of(group, str(year)) for year in range(begin, end + 1))


def near(word: str, candidates: Iterable[str]) -> str:
    """The candidate that is typed most like the word: one slip for up to 7 letters, two for more; "" if none.

    A slip is a letter too many, too few, another, or two letters swapped. The first of equals wins.
    """
    most = 1 if len(word) < 8 else 2
    best, fewest = "", most + 1
    for one in candidates:
        if abs(len(one) - len(word)) <= most:
            slips = _slips(word, one, fewest)
            if slips < fewest:
                best, fewest = one, slips
    return best


def _slips(left: str, right: str, enough: int) -> int:
    """Optimal string alignment distance; may stop at `enough`."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) >= enough:
            return enough
    return row[-1]
