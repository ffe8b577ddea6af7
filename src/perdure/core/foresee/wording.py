"""The words of a list's own texts, and how often the cases that used them said yes.

Nobody chooses these words: each list teaches its own, in its own language, from the years that are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from sys import intern

from perdure.core.foresee.numbers import log_odds

LONGEST = 4_000
"""Characters of a text that are read."""
LEAST_CASES = 5
"""A word that fewer snapshots use teaches nothing."""
COMMON = 0.6
"""Nor does one that more than so many of them use."""
MOST_WORDS = 1_000
_WORD = re.compile(r"[^\W\d_]{2,}")


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text and its pairs of neighbours, each once, in order; no numbers, no single letters."""
    words = _WORD.findall(text[:LONGEST].lower())
    return tuple(sorted({intern(word) for word in (*words, *(f"{a} {b}" for a, b in pairwise(words)))}))


def without_rare(texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The texts without words that fewer than LEAST_CASES of them use: no part of them could teach those.

    Nine of ten words are such, so learning is the quicker; what is learned is the same.
    """
    used = Counter(word for words in texts for word in words)
    return [tuple(word for word in words if used[word] >= LEAST_CASES) for words in texts]


Counts = dict[str, tuple[int, int]]
"""Word -> (how many with a yes, how many) of the snapshots that use it."""


def count_words(texts: Iterable[tuple[Sequence[str], bool]]) -> Counts:
    found: Counts = {}
    for words, yes in texts:
        for word in words:
            count, of = found.get(word, (0, 0))
            found[word] = (count + yes, of + 1)
    return found


def leaning(counts: Mapping[str, tuple[int, int]], yes: int, texts: int, prior: float) -> dict[str, float]:
    """Log-odds of each word against all `texts`, `yes` of which said yes; the words that tell most.

    A word's own share counts as much as that of all once `prior` snapshots use it.
    """
    overall = (yes + 0.5) / (texts + 1)
    middle = log_odds(overall)
    found = {
        word: log_odds((count + prior * overall) / (of + prior)) - middle
        for word, (count, of) in counts.items()
        if LEAST_CASES <= of <= COMMON * texts
    }
    strongest = sorted(found, key=lambda word: (-abs(found[word]) * sqrt(counts[word][1]), word))[:MOST_WORDS]
    return {word: round(found[word], 6) for word in sorted(strongest)}


def lean(words: Sequence[str], leanings: Mapping[str, float]) -> float:
    """How far a text leans: the sum over its known words, each the weaker the more there are."""
    known = [leanings[word] for word in words if word in leanings]
    return sum(known) / sqrt(len(known)) if known else 0.0


def lean_unseen(
    texts: Sequence[Sequence[str]], yes: Sequence[bool], folds: Sequence[int], prior: float
) -> list[float]:
    """How far each text leans by the words of the other folds alone; a text must not vouch for itself."""
    everything = count_words(zip(texts, yes, strict=True))
    leans = [0.0] * len(texts)
    for fold in sorted(set(folds)):
        inside = [place for place, own in enumerate(folds) if own == fold]
        own = count_words((texts[place], yes[place]) for place in inside)
        others = {word: _less(everything[word], own.get(word, (0, 0))) for word in everything}
        yes_outside = sum(yes) - sum(yes[place] for place in inside)
        leanings = leaning(others, yes_outside, len(texts) - len(inside), prior)
        for place in inside:
            leans[place] = lean(texts[place], leanings)
    return leans


def _less(all_of: tuple[int, int], own: tuple[int, int]) -> tuple[int, int]:
    return all_of[0] - own[0], all_of[1] - own[1]
