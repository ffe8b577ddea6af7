"""Where an answer could go: every place on a page that looks at all like one.

Many are wrong and many overlap; the next stage (choose) weighs them. A candidate knows
where it came from, because a strip above a rule is judged otherwise than a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise, zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise import columns, undrawn
from perdure.core.digitise.shapes import Drawing, Rule
from perdure.core.digitise.surface import Cell, Surface
from perdure.core.digitise.values import Word
from perdure.core.digitise.words import DESCENT
from perdure.core.kernel.geometry import Box

Floats = NDArray[np.float64]

LOW, NARROW = 6.0, 10.0  # the least height and width of a place to write in
UNDER = 0.12  # how far underscores lie below the baseline, of the font size
STRIP = 13.0  # usual height of handwriting above a rule, points
TALL = 22.0  # the same where lines are far apart
TICK_SIDES = (4.5, 26.0)
ALIKE = 0.75  # IoU of a guess with a candidate that makes it superfluous


class Source(IntEnum):
    """What a candidate was made from."""

    CELL = 0  # a whole cell
    BELOW = 1  # the part of a cell under its caption
    RIGHT = 2  # the part right of its caption
    LEFT = 3
    ABOVE = 4
    BESIDE = 5  # right of the last row of the caption
    STRIP = 6  # above a rule
    COMB = 7
    DOTS = 8  # above underscores or leaders
    BLANK = 9  # after a caption, nothing drawn
    SQUARE = 10  # ticks from here on
    RING = 11
    GLYPH = 12
    BRACKETS = 13
    BETWEEN = 14  # a gap inside a row of print within a cell
    SHARE = 15  # a part of a strip, from one of the captions under it to the next
    ROW = 16  # the row of print that underscores stand in
    COLUMN = 17  # a part of a strip, under one of the heads over its pile
    TALL = 18  # a strip as high as wide spacing lets it be
    MIDDLE = 19  # a part of a strip, half way to the captions beside its own
    TOP = 20  # a part of a cell, under one of the captions along its top
    DASHED = 21  # from here on nothing is drawn: a part between dashes,
    WITHIN = 22  # a part of a room,
    AFTER = 23  # a short answer after a caption


class Candidate(NamedTuple):
    """cells: of a comb; cell: the cell it lies in; light, around: lightness inside and outside;
    share: of the rule that a strip takes up; heads: captions that part the strip or cell, and
    row: its place in a pile of rules under such heads; off: see columns.Parting.
    """

    box: Box
    source: Source
    cells: int = 0
    cell: Box | None = None
    light: float = 1.0
    around: float = 1.0
    open: bool = False
    dotted: bool = False
    share: float = 1.0
    heads: int = 0
    row: int = 0
    off: float = 0.0

    @property
    def tick(self) -> bool:
        return Source.SQUARE <= self.source <= Source.BRACKETS


def boxes_of(boxes: Sequence[Box]) -> Floats:
    """An (n, 4) array of boxes."""
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def candidates_of(drawing: Drawing, surface: Surface, words: Sequence[Word]) -> list[Candidate]:
    """All candidates of a page, in a fixed order, near-equal ones of a source once."""
    print_words = [word for word in words if not _is_filler(word.text)]
    ticks = list(_ticks(drawing, surface, print_words))
    print_words = [word for word in print_words if not undrawn.is_dash(word.text)]
    obstacles = boxes_of([word.box for word in print_words] + [tick.box for tick in ticks])
    found = [*ticks, *_combs(surface, obstacles)]
    for cell in surface.cells:
        found += _in_cell(cell, obstacles)
    for source, rules in ((Source.STRIP, surface.across), (Source.DOTS, filler_rules(words))):
        for rule, parted in zip(rules, columns.under_heads(rules, obstacles), strict=True):
            found += _above_rule(rule, surface, obstacles, source, parted)
    found += [*_open_combs(surface), *_typed_combs(words)]
    found += _unlike(found, _undrawn(found, surface, words, obstacles))
    return _distinct(found)


_ROOMS = {Source.BELOW, Source.CELL}
_GAPS = {Source.BETWEEN, Source.RIGHT, Source.BESIDE}


def _undrawn(
    found: Sequence[Candidate], surface: Surface, words: Sequence[Word], obstacles: Floats
) -> Iterator[Candidate]:
    """Parts of the rooms, gaps and rows found so far that nothing is drawn around."""
    for row in undrawn.rows_of_dashes(undrawn.dashes_of(surface, words)):
        for guess in undrawn.between_dashes(row, surface, obstacles):
            like = _strip_in(guess.box, surface, Source.DASHED, dotted=False, share=guess.share)
            yield like._replace(heads=guess.parts, row=guess.part)
    for candidate in found:
        if candidate.cell is None or candidate.open:
            continue
        if candidate.source in _ROOMS and candidate.box.height < 120:
            for guess in undrawn.in_room(candidate.box, whole=candidate.source is Source.CELL):
                yield candidate._replace(
                    box=guess.box, source=Source.WITHIN, share=guess.share, row=guess.part
                )
        elif candidate.source in _GAPS and candidate.box.height < 40:
            for guess in undrawn.after_caption(candidate.box, candidate.cell):
                yield candidate._replace(box=guess.box, source=Source.AFTER, share=guess.share)


def _unlike(found: Sequence[Candidate], guesses: Iterable[Candidate]) -> list[Candidate]:
    """Guesses that are not nearly a candidate, or an earlier guess, already."""
    known = boxes_of([candidate.box for candidate in found])
    kept = []
    for guess in guesses:
        x0, y0, x1, y1 = guess.box
        wide = np.minimum(known[:, 2], x1) - np.maximum(known[:, 0], x0)
        high = np.minimum(known[:, 3], y1) - np.maximum(known[:, 1], y0)
        shared = np.maximum(wide, 0) * np.maximum(high, 0)
        area = (known[:, 2] - known[:, 0]) * (known[:, 3] - known[:, 1]) + (x1 - x0) * (y1 - y0)
        if not (shared > ALIKE / (1 + ALIKE) * area).any():
            kept.append(guess)
            known = np.vstack([known, guess.box])
    return kept


def _is_filler(text: str) -> bool:
    """Underscores, leaders and the bars of typed combs are drawn with characters but are not words."""
    return bool(_FILLING.fullmatch(text)) or not text.strip("_‗|¦")


_FILLING = re.compile(r"[_‗…]+|[.·…]{4,}")
_TYPED = re.compile(r"(?:[|¦]_{1,4})+[|¦]")  # |__|__|


def filler_rules(words: Sequence[Word]) -> list[Rule]:
    """Runs of underscores or leader dots as rules on their baseline."""
    rules = []
    for word in words:
        for found in _FILLING.finditer(word.text):
            step = word.box.width / len(word.text)
            base = word.box.y1 - (DESCENT - UNDER) * word.size
            left, right = word.box.x0 + found.start() * step, word.box.x0 + found.end() * step
            rules.append(Rule(Box(left, base, right, base + 0.8), dotted="_" not in found.group()))
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.box.y0), rule.box.x0)):
        last = joined[-1] if joined else None
        if last and abs(last.box.y0 - rule.box.y0) < 1.5 and -2 < rule.box.x0 - last.box.x1 < 2:
            joined[-1] = Rule(last.box.union(rule.box), last.dotted)
        else:
            joined.append(rule)
    return joined


# ---- ticks


def _ticks(drawing: Drawing, surface: Surface, words: Sequence[Word]) -> Iterator[Candidate]:
    seen: dict[tuple[int, int], list[Box]] = {}
    for candidate in _tick_shapes(drawing, surface):
        x, y = (int(value // 16) for value in candidate.box.centre)
        around = [box for dx in (-1, 0, 1) for dy in (-1, 0, 1) for box in seen.get((x + dx, y + dy), ())]
        if not any(candidate.box.iou(other) > 0.45 for other in around):
            seen.setdefault((x, y), []).append(candidate.box)
            yield candidate
    for word in words:
        yield from _tick_glyphs(word)
    yield from _brackets(words)


def _tick_shapes(drawing: Drawing, surface: Surface) -> Iterator[Candidate]:
    low, high = TICK_SIDES
    for rectangle in surface.visible:
        box = rectangle.box
        if low <= box.width <= high and low <= box.height <= high and 0.6 < box.width / box.height < 1.7:
            light = 1.0 if rectangle.fill is None else sum(rectangle.fill) / 3
            yield Candidate(box, Source.SQUARE, light=light)
    for ring in drawing.rings:
        yield Candidate(ring.box, Source.RING, light=0.0 if ring.filled else 1.0)
    for cell in surface.cells:
        box = cell.box
        small = low <= box.width <= high and low <= box.height <= high
        if small and not cell.open and 0.6 < box.width / box.height < 1.7:
            grown = Box(box.x0 - 0.5, box.y0 - 0.5, box.x1 + 0.5, box.y1 + 0.5)
            yield Candidate(grown, Source.SQUARE, light=cell.light, around=cell.around)


_BOX_GLYPHS = "□☐▢◻❏❐❑❒⬜☑☒◽◯○❍⚪"


def _tick_glyphs(word: Word) -> Iterator[Candidate]:
    """Printed squares and circles; a square of the font's own size."""
    length = len(word.text)
    for index, char in enumerate(word.text):
        if char in _BOX_GLYPHS:
            wide = word.box.width / length
            middle = word.box.x0 + (index + 0.5) * wide
            side = min(max(wide, 0.6 * word.size), 1.1 * word.size)
            centre = word.box.y1 - 0.22 * word.size - 0.36 * word.size
            box = Box(middle - side / 2, centre - side / 2, middle + side / 2, centre + side / 2)
            yield Candidate(box, Source.GLYPH)


def _brackets(words: Sequence[Word]) -> Iterator[Candidate]:
    """[ ] or ( ) or [_] with nothing between."""
    for first, second in zip_longest(words, words[1:]):
        if first.text in {"[]", "()", "[_]", "(_)", "[__]"}:
            yield Candidate(first.box, Source.BRACKETS)
        elif second is not None and (first.text[-1], second.text[0]) in {("[", "]"), ("(", ")")}:
            gap = second.box.x0 - first.box.x1
            if abs(first.box.y1 - second.box.y1) < 2 and 0 < gap < 30:
                left = first.box.x1 - min(4.0, first.box.width)
                right = second.box.x0 + min(4.0, second.box.width)
                yield Candidate(Box(left, first.box.y0, right, first.box.y1), Source.BRACKETS)


# ---- combs


def _combs(surface: Surface, obstacles: Floats) -> Iterator[Candidate]:
    """Rows of equal narrow cells that touch."""
    narrow = [cell for cell in surface.cells if 4 <= cell.box.width <= 34 and 7 <= cell.box.height <= 40]
    narrow = [cell for cell in narrow if cell.box.width < 2.2 * cell.box.height and not cell.open]
    empty = [cell for cell in narrow if not _words_in(cell.box, obstacles, ticks_count=False).any()]
    run: list[Cell] = []
    for cell in [*sorted(empty, key=lambda cell: (round(cell.box.y1 / 2), cell.box.x0)), None]:
        if cell is not None and run and _same_comb(run[-1], cell):
            run.append(cell)
            continue
        if len(run) >= 2:
            yield _comb(run)
        run = [cell] if cell is not None else []


def _same_comb(last: Cell, cell: Cell) -> bool:
    level = abs(last.box.y0 - cell.box.y0) < 2 and abs(last.box.y1 - cell.box.y1) < 2
    even = abs(last.box.width - cell.box.width) < max(1.6, 0.2 * last.box.width)
    return level and even and -1 < cell.box.x0 - last.box.x1 < 3.0


def _comb(run: Sequence[Cell]) -> Candidate:
    box = run[0].box.union(run[-1].box)
    return Candidate(box, Source.COMB, cells=len(run), light=run[0].light, around=run[0].around)


def _open_combs(surface: Surface) -> Iterator[Candidate]:
    """A rule with short strokes standing on it at even steps."""
    short = [rule.box for rule in surface.upright if 2 <= rule.box.height <= 18]
    for rule in surface.across:
        feet = sorted(
            box.x0 + box.width / 2
            for box in short
            if abs(box.y1 - rule.box.y1) < 2 and rule.box.x0 - 2 < box.x0 < rule.box.x1 + 2
        )
        high = [box.height for box in short if abs(box.y1 - rule.box.y1) < 2]
        inner = [x for x in feet if rule.box.x0 + 3 < x < rule.box.x1 - 3]
        if len(inner) < 1:
            continue
        stops = [rule.box.x0, *inner, rule.box.x1]
        steps = np.diff(stops)
        if steps.max() < 1.35 * steps.min() and 5 < steps.mean() < 34:
            top = rule.box.y0 - max(STRIP, *high)
            yield Candidate(Box(rule.box.x0, top, rule.box.x1, rule.box.y0), Source.COMB, cells=len(steps))


def _typed_combs(words: Sequence[Word]) -> Iterator[Candidate]:
    """Bars and underscores in turn: |__|__|, a cell between two bars."""
    run: list[Word] = []
    for word in [*words, None]:
        if word and not word.text.strip("_|¦") and (not run or _goes_on(run[-1], word)):
            run.append(word)
            continue
        if len(run) > 2 and _TYPED.fullmatch("".join(part.text for part in run)):
            size, base = run[0].size, run[0].box.y1 - (DESCENT - UNDER) * run[0].size
            box = Box(run[0].box.x0, base - max(1.2 * size, LOW), run[-1].box.x1, base)
            yield Candidate(box, Source.COMB, cells=sum("_" in part.text for part in run))
        run = [word] if word and not word.text.strip("_|¦") else []


def _goes_on(last: Word, word: Word) -> bool:
    return abs(last.box.y1 - word.box.y1) < 1 and -2 < word.box.x0 - last.box.x1 < 0.3 * word.size


# ---- cells


def _words_in(box: Box, obstacles: Floats, *, ticks_count: bool = True) -> NDArray[np.bool_]:
    """Which words have their centre in the box."""
    x = (obstacles[:, 0] + obstacles[:, 2]) / 2
    y = (obstacles[:, 1] + obstacles[:, 3]) / 2
    inside: NDArray[np.bool_] = (box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1)
    if not ticks_count:
        same = (np.abs(obstacles[:, 0] - box.x0) < 3) & (np.abs(obstacles[:, 2] - box.x1) < 3)
        inside &= ~same
    return inside


def _in_cell(cell: Cell, obstacles: Floats) -> Iterator[Candidate]:
    """The cell itself, and the parts of it that print leaves free."""
    box = cell.box
    if box.height < LOW or box.width < NARROW or box.height > 500:
        return
    inside = obstacles[_words_in(box, obstacles, ticks_count=False)]
    covered = float(((inside[:, 2] - inside[:, 0]) * (inside[:, 3] - inside[:, 1])).sum()) / box.area
    if covered < 0.5:
        yield _part(cell, box, Source.CELL)
    if not len(inside):
        return
    left, top, right, bottom = (
        float(inside[:, 0].min()),
        float(inside[:, 1].min()),
        float(inside[:, 2].max()),
        float(inside[:, 3].max()),
    )
    captions = columns.groups_of(inside[inside[:, 1] < top + 4][:, [0, 2]])
    for below in _room(cell, Box(box.x0, bottom, box.x1, box.y1), Source.BELOW):
        yield below._replace(heads=len(captions))
    if 2 <= len(captions) <= columns.MOST:
        for left_stop, right_stop in pairwise(columns.by_starts(box.x0, box.x1, captions).stops):
            for part in _room(cell, Box(left_stop, bottom, right_stop, box.y1), Source.TOP):
                yield part._replace(heads=len(captions))
    yield from _room(cell, Box(right + 1, box.y0, box.x1, box.y1), Source.RIGHT)
    yield from _room(cell, Box(box.x0, box.y0, left - 1, box.y1), Source.LEFT)
    yield from _room(cell, Box(box.x0, box.y0, box.x1, top), Source.ABOVE)
    yield from _between_rows(cell, inside)
    last = inside[inside[:, 3] > bottom - 4]
    end = float(last[:, 2].max())
    if end < right - 3 or float(last[:, 1].min()) > top + 4:
        yield from _room(cell, Box(end + 1, float(last[:, 1].min()), box.x1, box.y1), Source.BESIDE)
    yield from _gaps(cell, inside)


def _between_rows(cell: Cell, inside: Floats) -> Iterator[Candidate]:
    """A free band between two rows of print."""
    order = inside[np.argsort(inside[:, 1])]
    bottom = order[0, 3]
    for row in order[1:]:
        if row[1] - bottom >= 10:
            yield from _room(cell, Box(cell.box.x0, float(bottom), cell.box.x1, float(row[1])), Source.BELOW)
        bottom = max(bottom, row[3])


def _gaps(cell: Cell, inside: Floats) -> Iterator[Candidate]:
    """Wide gaps between the words of a row: "from      to      "."""
    rows = np.round(inside[:, 3] / 3)
    for level in np.unique(rows):
        row = inside[np.abs(rows - level) <= 1]
        row = row[np.argsort(row[:, 0])]
        for before, after in pairwise(row):
            if after[0] - before[2] > 22:
                top = float(min(before[1], after[1])) - 1
                bottom = float(max(before[3], after[3])) + 1
                band = Box(
                    float(before[2]) + 1, max(top, cell.box.y0), float(after[0]) - 1, min(bottom, cell.box.y1)
                )
                yield from _room(cell, band, Source.BETWEEN)


def _room(cell: Cell, box: Box, source: Source) -> Iterator[Candidate]:
    if box.height >= LOW and box.width >= NARROW:
        yield _part(cell, box, source)


def _part(cell: Cell, box: Box, source: Source) -> Candidate:
    return Candidate(box, source, cell=cell.box, light=cell.light, around=cell.around, open=cell.open)


# ---- rules


def _parts(strip: Candidate, printed: Floats, parted: columns.Columns | None) -> Iterator[Candidate]:
    """A long strip with several captions under it, or heads over it, is several fields."""
    box = strip.box
    near = (printed[:, 1] > box.y1 - 3) & (printed[:, 1] < box.y1 + 8)
    near &= (printed[:, 0] > box.x0 - 4) & (printed[:, 2] < box.x1 + 4)
    captions = columns.groups_of(printed[near][:, [0, 2]])
    partings = []
    if 2 <= len(captions) <= columns.MOST:
        partings += [
            (Source.SHARE, columns.by_starts(box.x0, box.x1, captions)),
            (Source.MIDDLE, columns.by_middles(box.x0, box.x1, captions)),
        ]
    if parted and strip.share > 0.95:
        partings.append((Source.COLUMN, columns.Parting(parted.stops, 0.0)))
    for source, parting in partings:
        for start, end in pairwise(parting.stops):
            if end - start >= 2 * NARROW:
                part = Box(start, box.y0, end, box.y1)
                yield strip._replace(box=part, source=source, heads=len(parting.stops) - 1, off=parting.off)


def _above_rule(
    rule: Rule, surface: Surface, obstacles: Floats, source: Source, parted: columns.Columns | None
) -> Iterator[Candidate]:
    """The strips above a rule that no print stands in."""
    base = rule.box.y0
    if rule.box.width < NARROW or base < LOW or _is_lid(rule.box, surface):
        return
    for left, right in _free(rule.box.x0, rule.box.x1, _blocks(rule.box, surface, obstacles)):
        room = _headroom(left, right, base, surface, obstacles)
        height = min(room, STRIP)
        if height < LOW:
            continue
        strip = Box(left, base - height, right, base)
        share = (right - left) / max(rule.box.width, 1.0)
        like = _strip_in(strip, surface, source, dotted=rule.dotted, share=share)
        if parted:
            like = like._replace(heads=parted.number, row=parted.row)
        yield like
        if source is Source.DOTS:
            row = Box(left, base - min(height, 9.0), right, base + 2.5)
            yield like._replace(box=row, source=Source.ROW)
        elif room >= STRIP + 5:
            tall = Box(left, base - min(room, TALL), right, base)
            yield like._replace(box=tall, source=Source.TALL)
        yield from _parts(like, obstacles, parted)


def _blocks(rule: Box, surface: Surface, obstacles: Floats) -> list[tuple[float, float]]:
    """What stands on a rule: print and uprights, as stretches of it."""
    base = rule.y0
    band = (obstacles[:, 1] < base - 1.5) & (obstacles[:, 3] > base - 5)
    blocks = [(float(x0) - 1, float(x1) + 1) for x0, x1 in obstacles[band][:, [0, 2]]]
    for upright in surface.upright:
        box = upright.box
        if box.y0 < base - 5 and box.y1 > base - 4 and rule.x0 + 3 < box.x0 < rule.x1 - 3:
            blocks.append((box.x0, box.x1))
    return blocks


def _strip_in(box: Box, surface: Surface, source: Source, *, dotted: bool, share: float) -> Candidate:
    """A strip, with the closed cell it lies in where there is one."""
    x, y = box.centre
    holding = [cell for cell in surface.cells if not cell.open and cell.box.contains(x, y)]
    if not holding:
        return Candidate(box, source, dotted=dotted, share=share)
    cell = min(holding, key=lambda cell: cell.box.area)
    return Candidate(
        box, source, cell=cell.box, light=cell.light, around=cell.around, dotted=dotted, share=share
    )


def _is_lid(rule: Box, surface: Surface) -> bool:
    """Is the rule the top of a box rather than a line to write on?"""
    return any(
        abs(lid.y0 - (rule.y0 + rule.y1) / 2) < 2
        and abs(lid.x0 - rule.x0) < 3
        and abs(lid.x1 - rule.x1) < 3
        and lid.height > 5
        for lid in surface.lids
    )


def _free(start: float, end: float, blocks: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """What is left of a stretch once blocks are taken out, pieces of at least NARROW."""
    at = start
    for left, right in sorted(block for block in blocks if block[0] < end and block[1] > start):
        if left - at >= NARROW:
            yield at, left
        at = max(at, right)
    if end - at >= NARROW:
        yield at, end


def _headroom(left: float, right: float, base: float, surface: Surface, obstacles: Floats) -> float:
    """How far up from a rule it is free."""
    over = (obstacles[:, 0] < right - 2) & (obstacles[:, 2] > left + 2) & (obstacles[:, 3] <= base - 4)
    room = base - float(obstacles[over][:, 3].max()) if over.any() else base
    for other in surface.across:
        box = other.box
        if box.y1 < base - 4 and box.x0 < right - 2 and box.x1 > left + 2:
            room = min(room, base - box.y1)
    return room


def _distinct(found: Sequence[Candidate]) -> list[Candidate]:
    """Drop a candidate that another of the same source repeats to within a point."""
    seen: set[tuple[int, ...]] = set()
    kept = []
    for candidate in found:
        key = (candidate.source, *(round(value) for value in candidate.box))
        if key not in seen:
            seen.add(key)
            kept.append(candidate)
    return kept
