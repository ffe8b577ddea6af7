"""Places for an answer that nothing is drawn around: parts of a free cell, parts between dashes.

Forms made to be filled on a screen often leave the boxes to the screen. On paper one sees a caption,
perhaps a few dashes ("   -   -     "), and room. Many guesses are made here; the trees weigh them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.surface import Surface
from perdure.core.digitise.values import Word
from perdure.core.kernel.geometry import Box

Floats = NDArray[np.float64]

DASH = (3.0, 14.0)  # width of a dash that is drawn as a rule
STEP = (14.0, 170.0)  # room between two dashes of one answer
REACH = 260.0  # how far the first and last part of an answer with dashes may reach
HALF = 8.5  # half the height of a line of writing
LINE = 17.0  # its height
FIRST = (1.0, 1.5)  # the first part over the middle one: 2-2-4 and 3-3-4, 3-2-4
LAST = (4 / 3, 2.0)
PITCH = 13.0  # usual width of a cell of a comb, where there is one dash and no middle part
GAP = 3.0  # between a dash and the box beside it
SPANS = (  # of a room's width
    *((0.0, 0.38), (0.0, 0.5), (0.0, 0.33), (0.33, 0.67)),
    *((0.38, 0.43), (0.44, 1.0), (0.5, 1.0), (0.67, 1.0)),
)
WIDTHS = (38.0, 75.0, 130.0)  # of short answers after a caption

_DASHES = re.compile(r"[-–—−/]+")


class Guess(NamedTuple):
    """A place. share: of the room it lies in; parts: dashes on its row; part: where it starts there."""

    box: Box
    share: float
    parts: int = 0
    part: int = 0


def is_dash(text: str) -> bool:
    return bool(_DASHES.fullmatch(text))


def dashes_of(surface: Surface, words: Sequence[Word]) -> list[Box]:
    """Printed dashes and slashes that stand alone, and short rules that nothing upright touches."""
    found = [word.box for word in words if is_dash(word.text)]
    posts = np.array([rule.box for rule in surface.upright]).reshape(-1, 4)
    for rule in surface.across:
        box = rule.box
        if not DASH[0] <= box.width <= DASH[1] or box.height > 3.5:
            continue
        touching = (posts[:, 2] > box.x0 - 2) & (posts[:, 0] < box.x1 + 2)
        touching &= (posts[:, 1] < box.y1 + 2) & (posts[:, 3] > box.y0 - 2)
        if not touching.any():
            found.append(box)
    return found


def rows_of_dashes(dashes: Sequence[Box]) -> list[list[Box]]:
    """Dashes on one level with room between them, left to right; those of a dashed line are left out."""
    rows: list[list[Box]] = []
    for box in _apart(dashes):
        last = rows[-1][-1] if rows else None
        level = last is not None and abs(last.centre[1] - box.centre[1]) < 2.5
        if last is not None and level and box.x0 - last.x1 <= STEP[1] and len(rows[-1]) < 3:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _apart(dashes: Sequence[Box]) -> list[Box]:
    """Dashes with no other near on their level, top to bottom and left to right."""
    order = sorted(dashes, key=lambda box: (round(box.centre[1] / 3), box.x0))
    spots = np.array(order).reshape(-1, 4)
    level = (spots[:, 1] + spots[:, 3]) / 2
    kept = []
    for index, box in enumerate(order):
        near = (np.abs(level - level[index]) < 2.5) & (spots[:, 0] < box.x1 + STEP[0])
        near &= spots[:, 2] > box.x0 - STEP[0]
        if near.sum() == 1:
            kept.append(box)
    return kept


def between_dashes(row: Sequence[Box], surface: Surface, printed: Floats) -> Iterator[Guess]:
    """The parts of an answer that dashes part. printed: (n, 4) boxes of the words, dashes left out."""
    y = row[0].centre[1]
    left, right = _limits(row, y, surface, printed)
    middles = [(a.x1 + GAP, b.x0 - GAP) for a, b in pairwise(row)]
    count = len(row) + 1
    widths = sorted({round(x1 - x0, 1) for x0, x1 in middles}) or [2.5 * PITCH]
    starts = [row[0].x0 - GAP - width * ratio for width in widths for ratio in FIRST]
    ends = [row[-1].x1 + GAP + width * ratio for width in widths for ratio in LAST]
    if not middles:
        starts = [row[0].x0 - GAP - cells * PITCH for cells in (3, 5)]
        ends = [row[-1].x1 + GAP + cells * PITCH for cells in (4,)]
    stretches = [(max(start, left), row[0].x0 - GAP, 0) for start in [*starts, left]]
    stretches += [(x0, x1, 1) for x0, x1 in middles]
    stretches += [(row[-1].x1 + GAP, min(end, right), 2) for end in [*ends, right]]
    for x0, x1, part in stretches:
        if x1 - x0 >= 10:
            box = _level(x0, x1, y, surface, printed)
            if box is not None:
                yield Guess(box, (x1 - x0) / max(right - left, 1.0), len(row), part * count)


def _limits(row: Sequence[Box], y: float, surface: Surface, printed: Floats) -> tuple[float, float]:
    """How far left and right of the dashes the row is free."""
    level = (printed[:, 1] < y + 3) & (printed[:, 3] > y - 3)
    posts = [rule.box for rule in surface.upright if rule.box.y0 < y < rule.box.y1]
    lefts = [*printed[level][:, 2].tolist(), *(box.x1 for box in posts)]
    rights = [*printed[level][:, 0].tolist(), *(box.x0 for box in posts)]
    left = max((x for x in lefts if x <= row[0].x0 + 1), default=0.0)
    right = min((x for x in rights if x >= row[-1].x1 - 1), default=surface.width)
    return max(left + GAP, row[0].x0 - REACH), min(right - GAP, row[-1].x1 + REACH)


def _level(x0: float, x1: float, y: float, surface: Surface, printed: Floats) -> Box | None:
    """A line of writing around y, as high as print and rules let it be."""
    over = (printed[:, 0] < x1 - 1) & (printed[:, 2] > x0 + 1)
    above = printed[over & (printed[:, 3] < y)][:, 3]
    below = printed[over & (printed[:, 1] > y)][:, 1]
    tops, bottoms = [y - HALF, *above.tolist()], [y + HALF, *below.tolist()]
    for rule in surface.across:
        box = rule.box
        if box.x0 < x1 - 1 and box.x1 > x0 + 1:
            (tops if box.y1 < y - 2 else bottoms).append(box.y1 if box.y1 < y - 2 else box.y0)
    top, bottom = max(tops), min(bottoms)
    return Box(x0, top, x1, bottom) if bottom - top >= 8 else None


def in_room(room: Box, *, whole: bool) -> Iterator[Guess]:
    """Parts of a free room: one line high at its top or foot, and, unless whole, shares of its width."""
    high = min(room.height, LINE)
    levels = [room.y1 - high - 1.0] if room.height > LINE + 2 else [room.y0]
    if room.height > 1.6 * LINE:
        levels.append(room.y0 + 1.0)
        yield Guess(Box(room.x0, room.y0 + 0.12 * room.height, room.x1, room.y0 + 0.72 * room.height), 1.0)
    for top in levels:
        if room.height > 1.3 * LINE:
            yield Guess(Box(room.x0, top, room.x1, top + high), 1.0)
        if whole or room.width < 100 or room.height > 3 * LINE:
            continue
        for start, end in SPANS:
            x0, x1 = room.x0 + start * room.width, room.x0 + end * room.width
            if x1 - x0 >= 14:
                yield Guess(Box(x0 + 2, top, x1 - 2, top + high), end - start, 0, round(10 * start))


def after_caption(gap: Box, cell: Box) -> Iterator[Guess]:
    """Short answers that start where a caption ends and do not fill the gap; a line of writing high."""
    middle = (gap.y0 + gap.y1) / 2
    top, bottom = max(middle - HALF, cell.y0), min(middle + HALF, cell.y1)
    for width in (*WIDTHS, gap.width):
        if width <= gap.width:
            yield Guess(Box(gap.x0 + 2, top, gap.x0 + width, bottom), width / gap.width)
