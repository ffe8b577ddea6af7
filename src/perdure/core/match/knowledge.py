"""What lists teach about their own words.

How common each word is, what short forms mean, which organisations became which.
Learnt from the records themselves and added to what is shipped, so a new list in another language starts
weaker but not blind. Nothing is looked up elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log2

from perdure.core.match.values import Record
from perdure.core.match.words import core_of, folded, is_spelled_by, meaningful, taken_apart, tokens

_SPELLED_OUT = re.compile(r"((?:[\w'’&/-]+,?\s+){2,9})\(\s*([A-Z][A-Za-z0-9&]{1,7})\s*\)")
_WORDS_TOO = frozenset({"it", "us", "is", "as", "or", "no", "so", "we", "be", "an", "at", "in", "on"})  # (IT)
_MOST_BITS = 12.0


@dataclass(frozen=True)
class Counted:
    """In how many of `total` texts each word stands."""

    words: Mapping[str, int]
    total: int

    def bits(self, word: str) -> float:
        """How much it says that two texts share the word: 0 (all have it) to 12 bits (hardly any)."""
        return _bits(self.words.get(word, 0), self.total)

    @cached_property
    def _grams(self) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for word, count in self.words.items():
            for gram in set(grams(word)):
                counts[gram] += count
        return counts

    def gram_bits(self, gram: str) -> float:
        return _bits(self._grams.get(gram, 0), self.total)

    def with_texts(self, texts: Iterable[Iterable[str]]) -> Counted:
        counts, total = Counter(self.words), self.total
        for words in texts:
            total += 1
            counts.update(set(words))
        return Counted(counts, total)


def _bits(count: int, total: int) -> float:
    return max(0.25, min(_MOST_BITS, log2((total + 2) / (count + 1))))


def grams(word: str) -> list[str]:
    """Three letters at a time, with an edge on both sides: "_ab", "abc", "bc_"."""
    edged = f"_{word}_"
    return [edged[i : i + 3] for i in range(len(edged) - 2)]


@dataclass(frozen=True)
class Knowledge:
    """titles, descriptions: word counts. short_forms: "psbp" to its words, where lists agree on one.
    became: an organisation to those that carry its things in the next list (keys as in `organisation_key`).
    """

    titles: Counted = Counted({}, 0)
    descriptions: Counted = Counted({}, 0)
    short_forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    became: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def and_of(self, left: Sequence[Record], right: Sequence[Record] = ()) -> Knowledge:
        """This, and what these lists teach. `right` is a later list of the same kind, if there is one."""
        both = [*left, *right]
        became = {key: set(value) for key, value in self.became.items()}
        for old, new in changes_of_organisation(left, right).items():
            became.setdefault(old, set()).update(new)
        return Knowledge(
            titles=self.titles.with_texts(meaningful(tokens(r.title)) for r in both),
            descriptions=self.descriptions.with_texts(
                meaningful(tokens(r.description)) for r in both if r.description
            ),
            short_forms={**self.short_forms, **short_forms(both)},
            became={key: frozenset(value) for key, value in became.items()},
        )


def short_forms(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Short forms that the records spell out: "Priority School Building Programme (PSBP)".

    A short form that stands for different words in different records is left alone.
    """
    meant: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for record in records:
        for before, short in _SPELLED_OUT.findall(f"{record.title}. {record.description}"):
            letters = folded(short)
            words = _words_for(letters, tokens(before))
            if words and letters not in _WORDS_TOO:
                meant[letters][words] += 1
    agreed: dict[str, tuple[str, ...]] = {}
    for short, counted in meant.items():
        words, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if most * 3 >= sum(counted.values()) * 2 and short not in words:
            agreed[short] = words
    return agreed


def _words_for(letters: str, before: list[str]) -> tuple[str, ...]:
    """The shortest run of words just before the bracket that the letters spell; () when none does."""
    for count in range(2, len(before) + 1):
        words = before[-count:]
        if words[0][0] == letters[0] and is_spelled_by(letters, words):
            return tuple(words)
    return ()


def organisation_key(name: str) -> str:
    """An organisation's name for comparing: words only, folded."""
    return " ".join(tokens(name))


def changes_of_organisation(left: Sequence[Record], right: Sequence[Record]) -> dict[str, set[str]]:
    """Organisations whose things stand under another one in the later list.

    Only things whose name stands once in both lists count as witnesses; it takes two of them, and a fifth of
    what the old organisation still has. Departments that were renamed, merged or split show up like this.
    """
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    before, after = _once(left), _once(right)
    for core in sorted(before.keys() & after.keys()):
        moves[before[core]][after[core]] += 1
    found: dict[str, set[str]] = {}
    for old, counted in moves.items():
        enough = max(2, sum(counted.values()) / 5)
        new = {name for name, count in counted.items() if count >= enough and name != old}
        if old and new - {""}:
            found[old] = new - {""}
    return found


def _once(records: Iterable[Record]) -> dict[str, str]:
    seen: dict[str, list[str]] = defaultdict(list)
    for record in records:
        seen[core_of(taken_apart(record.title).words)].append(organisation_key(record.organisation))
    return {core: organisations[0] for core, organisations in seen.items() if len(organisations) == 1}
