"""Lines to write on that are parted by print alone: by captions in a row, with nothing drawn between.

Three ways are common: captions under a rule, heads over a pile of rules, captions along the top
of a cell. Where one column ends is where the next caption starts, or half way between two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.shapes import Rule

Floats = NDArray[np.float64]

APART = 14.0  # points between two captions of a row; less is a space between words
MOST = 6  # captions in a row; more is running text
WIDE = 90.0  # a rule shorter than this is not parted
HEAD_REACH = 36.0  # how far over the first rule its heads may stand
PITCH = (8.0, 42.0)  # from one rule of a pile to the next


class Columns(NamedTuple):
    """stops: the x where columns start and end; row: place of the rule in its pile, 0 the first."""

    stops: list[float]
    row: int

    @property
    def number(self) -> int:
        return len(self.stops) - 1


class Parting(NamedTuple):
    """A way to part a stretch. off: how far captions stand from the middle of their part, as a share."""

    stops: list[float]
    off: float


def groups_of(spans: Floats) -> list[tuple[float, float]]:
    """(n, 2) stretches of words, joined where they stand near each other."""
    groups: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans.tolist()):
        if groups and x0 - groups[-1][1] < APART:
            groups[-1] = (groups[-1][0], max(groups[-1][1], x1))
        else:
            groups.append((x0, x1))
    return groups


def by_starts(x0: float, x1: float, captions: Sequence[tuple[float, float]]) -> Parting:
    """Each part reaches to where the next caption starts."""
    return _parting([x0, *(start - 2 for start, _ in captions[1:]), x1], captions)


def by_middles(x0: float, x1: float, captions: Sequence[tuple[float, float]]) -> Parting:
    """Each part reaches half way to the middle of the next caption."""
    middles = [(start + end) / 2 for start, end in captions]
    return _parting([x0, *((a + b) / 2 for a, b in pairwise(middles)), x1], captions)


def _parting(stops: list[float], captions: Sequence[tuple[float, float]]) -> Parting:
    offs = [
        abs((start + end) - (left + right)) / 2 / max(right - left, 1.0)
        for (start, end), (left, right) in zip(captions, pairwise(stops), strict=True)
    ]
    return Parting(stops, float(np.mean(offs)))


def under_heads(rules: Sequence[Rule], printed: Floats) -> list[Columns | None]:
    """For each rule, the columns that the heads over its pile make; None where there are none.

    printed: (n, 4) boxes of the words.
    """
    found: list[Columns | None] = [None] * len(rules)
    order = sorted(range(len(rules)), key=lambda index: rules[index].box.y0)
    for place, index in enumerate(order):
        box = rules[index].box
        if box.width < WIDE:
            continue
        heads = _heads(rules[index], printed)
        if heads is not None:
            found[index] = Columns(by_starts(box.x0, box.x1, heads).stops, 0)
            continue
        for other in reversed(order[:place]):
            above, known = rules[other].box, found[other]
            drop = box.y0 - above.y0
            if drop > PITCH[1]:
                break
            same = abs(above.x0 - box.x0) < 3 and abs(above.x1 - box.x1) < 3
            if known and same and drop > PITCH[0] and not _print_between(above.y1, rules[index], printed):
                found[index] = Columns(known.stops, known.row + 1)
                break
    return found


def _print_between(top: float, rule: Rule, printed: Floats) -> bool:
    middle = (printed[:, 1] + printed[:, 3]) / 2
    within = (middle > top) & (middle < rule.box.y0)
    within &= (printed[:, 2] > rule.box.x0) & (printed[:, 0] < rule.box.x1)
    return bool(within.any())


def _heads(rule: Rule, printed: Floats) -> list[tuple[float, float]] | None:
    """The captions in the row of print right over a rule, at least two and each shorter than its column."""
    box = rule.box
    over = (printed[:, 3] < box.y0 - 5) & (printed[:, 3] > box.y0 - HEAD_REACH)
    over &= (printed[:, 0] > box.x0 - 4) & (printed[:, 2] < box.x1 + 8)
    near = printed[over]
    if not len(near):
        return None
    row = near[near[:, 3] > near[:, 3].max() - 4]
    groups = groups_of(row[:, [0, 2]])
    if not 2 <= len(groups) <= MOST or sum(x1 - x0 for x0, x1 in groups) > 0.7 * box.width:
        return None
    stops = by_starts(box.x0, box.x1, groups).stops
    return groups if min(b - a for a, b in pairwise(stops)) > 20 else None
