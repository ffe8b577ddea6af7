"""From features to the columns of a logistic model, in plain Python and plain JSON.

A column knows how to get its number from a case's facts, what stands for an unknown, and how it was centred
and scaled. Forecasting needs nothing else, so a web worker loads no library for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import inf, sqrt
from statistics import fmean, median
from typing import Any
from zlib import crc32

from perdure.core.foresee.features import CATEGORIES, LEARNT_WORDS, NUMBERS, TEXT, Facts
from perdure.core.foresee.numbers import log_odds
from perdure.core.foresee.wording import count_words, lean, lean_unseen, leaning

KNOTS = (0.0, 0.5, 1.0, 1.5, 2.5, 4.0, 7.0)
"""Years left at which the effect of time left may change its slope: it is steep within the first year."""
STEPS = (0.0, 1.0)
"""Years left at which it may jump: the printed end is past, or comes before the next yearly list."""
FOLDS = 5
PRIOR = 12.0
"""A word's own share counts as much as that of all cases once this many cases have the word."""


@dataclass(frozen=True)
class Column:
    """One column: `shape` of `feature`, then (number - centre) / scale.

    shape   "linear"; "above" (how far beyond the knot, up to cap); "before" (1 below the knot);
            "missing" (1 when unknown); "word" (log-odds of the case's own word, 0 for an unknown word);
            "text" (how far the words of its text lean)
    fill    stands for an unknown number
    low, high  the range seen in learning; a number beyond counts as its end, so that nothing is drawn out
               of a few cases into where none was
    """

    feature: str
    shape: str
    knot: float = 0.0
    cap: float = 0.0
    fill: float = 0.0
    words: Mapping[str, float] = field(default_factory=dict)
    centre: float = 0.0
    scale: float = 1.0
    low: float = -inf
    high: float = inf

    @property
    def key(self) -> str:
        if self.feature == TEXT:
            return LEARNT_WORDS
        return NUMBERS.get(self.feature) or CATEGORIES[self.feature]

    def plain(self, facts: Facts) -> float:
        """The number before centring and scaling."""
        if self.shape == "word":
            return self.words.get(facts.categories[self.feature], 0.0)
        if self.shape == "text":
            return lean(facts.words, self.words)
        number = facts.numbers[self.feature]
        if self.shape == "missing":
            return float(number is None)
        value = self.fill if number is None else number
        if self.shape == "above":
            return min(max(value - self.knot, 0.0), self.cap)
        return float(value < self.knot) if self.shape == "before" else value

    def value(self, facts: Facts) -> float:
        return self.scaled(self.plain(facts))

    def scaled(self, number: float) -> float:
        return (min(max(number, self.low), self.high) - self.centre) / self.scale

    def as_json(self) -> dict[str, Any]:
        always = {"feature", "shape", "low", "high"}
        return {name: value for name, value in asdict(self).items() if value or name in always}


@dataclass(frozen=True)
class Design:
    """The columns learned from some cases, and the table of their values: a row a case, a number a column.

    What a column says of a case outside is `column.value`. For the cases it was learned from, the lean of
    their words in the table is that by the words of other cases.
    """

    columns: tuple[Column, ...]
    table: tuple[tuple[float, ...], ...]


def design_for(facts: Sequence[Facts], yes: Sequence[bool]) -> Design:
    """The columns that tell anything about these cases, centred and scaled on them.

    A feature that nobody has is left out, and so is a column that is the same for all.
    """
    plain = [column for name in NUMBERS for column in _of_number(name, facts)]
    plain += [column for name in CATEGORIES for column in _of_word(name, facts, yes)]
    drawn = [(column, [column.plain(one) for one in facts]) for column in plain]
    drawn += _of_text(facts, yes)
    kept = [(found, values) for column, values in drawn if (found := _scaled(column, values)) is not None]
    rows = ([column.scaled(values[place]) for column, values in kept] for place in range(len(facts)))
    return Design(tuple(column for column, _ in kept), tuple(tuple(row) for row in rows))


def fold_of(case: str) -> int:
    """The fold of a case: the same for all its years, and from run to run."""
    return crc32(case.encode()) % FOLDS


def _of_number(name: str, facts: Sequence[Facts]) -> list[Column]:
    known = [number for f in facts if (number := f.numbers[name]) is not None]
    if not known:
        return []
    fill, unknown = median(known), 1 - len(known) / len(facts)
    missing = [Column(name, "missing")] if unknown > 0.01 else []
    if name != "left":
        return [Column(name, "linear", fill=fill), *missing]
    bends = [Column(name, "above", knot, 1.0 if knot < KNOTS[-1] else 3.0, fill) for knot in KNOTS]
    steps = [Column(name, "before", knot, fill=fill) for knot in STEPS]
    return [*bends, *steps, *missing]


def _of_word(name: str, facts: Sequence[Facts], yes: Sequence[bool]) -> list[Column]:
    """Log-odds of each word, drawn towards those of all cases; 0 is the mean of all."""
    overall = (sum(yes) + 0.5) / (len(yes) + 1)
    counts: dict[str, list[int]] = {}
    for one, answer in zip(facts, yes, strict=True):
        if word := one.categories[name]:
            tally = counts.setdefault(word, [0, 0])
            tally[0] += answer
            tally[1] += 1
    if len(counts) < 2:
        return []
    words = {
        word: round(log_odds((count + PRIOR * overall) / (of + PRIOR)) - log_odds(overall), 6)
        for word, (count, of) in sorted(counts.items())
        if of > 1
    }
    return [Column(name, "word", words=words)]


def _of_text(facts: Sequence[Facts], yes: Sequence[bool]) -> list[tuple[Column, list[float]]]:
    """The lean of the texts' words, with the value of each of these cases by the words of other cases."""
    texts = [one.words for one in facts]
    leanings = leaning(count_words(zip(texts, yes, strict=True)), sum(yes), len(texts), PRIOR)
    if not leanings:
        return []
    folds = [fold_of(one.case) for one in facts]
    return [(Column(TEXT, "text", words=leanings), lean_unseen(texts, yes, folds, PRIOR))]


def _scaled(column: Column, values: Sequence[float]) -> Column | None:
    centre = fmean(values)
    scale = sqrt(fmean((value - centre) ** 2 for value in values))
    if scale < 1e-6:
        return None
    seen = {"centre": centre, "scale": scale, "low": min(values), "high": max(values)}
    return Column(**{**vars(column), **seen})
