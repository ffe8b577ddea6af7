"""What can be measured about a candidate: one row of numbers each, in the order of NAMES.

Lengths are points or shares; a distance to something that is not there is FAR. Nothing here
knows an agency, a language or a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.candidates import Candidate, Floats, Source, boxes_of
from perdure.core.digitise.shapes import Rule
from perdure.core.digitise.surface import Surface
from perdure.core.digitise.values import Word
from perdure.core.digitise.whole import office_areas
from perdure.core.digitise.words import lines_of
from perdure.core.kernel.geometry import Box

FAR = 120.0

NAMES = (
    *("source", "width", "height", "aspect", "left", "right", "top"),
    *("light", "around", "open", "dotted", "cells", "cell_width", "cell_height", "cell_share"),
    *("ink", "words_inside", "gap_left", "gap_right", "gap_above", "gap_below"),
    *("left_colon", "left_money", "left_number", "right_cents", "left_end", "right_start"),
    *("above_share", "below_share", "above_size", "type_size", "height_in_type", "same_row_left"),
    *("edge_top", "edge_bottom", "edge_left", "edge_right", "rules_inside", "uprights_inside"),
    *("twins", "in_column", "in_row", "ticks_inside", "overlapping", "holding", "within"),
    *("page_ticks", "page_combs", "page_strips", "page_cells", "page_words", "scanned"),
    *("best_twin_share", "bold_above", "above_x", "words_left_row", "words_right_row"),
    *(
        "empty_below",
        "named_above",
        "empty_above",
        "row_combs",
        "captions_under",
        "office",
        "rule_share",
        "beside_field",
        "heads",
        "pile_row",
        "off_centre",
        "caption_commas",
        "caption_mask",
        "caption_words",
        "page_dashed",
    ),
)


def features_of(
    candidates: Sequence[Candidate], surface: Surface, words: Sequence[Word], *, scanned: bool = False
) -> Floats:
    """An (n, len(NAMES)) array, one row a candidate."""
    if not candidates:
        return np.zeros((0, len(NAMES)))
    boxes = boxes_of([candidate.box for candidate in candidates])
    kept = [word for word in words if word.text.strip("_.…·‗-–|¦ ")]
    columns = [
        *_own(candidates, boxes, surface),
        *_print(boxes, kept),
        *_edges(boxes, surface),
        *_company(candidates, boxes),
        *_page(candidates, kept, scanned),
        *_row_words(boxes, kept),
        *_table_place(candidates, boxes, surface, kept),
        *_hints(boxes, kept, surface),
        *_beside_field(candidates, boxes),
        *np.array([[c.heads, c.row, c.off] for c in candidates], dtype=np.float64).T,
        *_caption(candidates, kept),
        np.full(len(boxes), float(sum(c.source is Source.DASHED for c in candidates))),
    ]
    return np.column_stack(columns)


def _own(candidates: Sequence[Candidate], boxes: Floats, surface: Surface) -> list[Floats]:
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    cells = boxes_of([candidate.cell or candidate.box for candidate in candidates])
    cell_wide, cell_high = cells[:, 2] - cells[:, 0], cells[:, 3] - cells[:, 1]
    given = np.array(
        [[c.source, c.light, c.around, c.open, c.dotted, c.cells] for c in candidates], dtype=np.float64
    )
    return [
        *(given[:, 0], wide, high, wide / np.maximum(high, 0.1)),
        *(boxes[:, 0] / surface.width, boxes[:, 2] / surface.width, boxes[:, 1] / surface.height),
        *(given[:, column] for column in range(1, 6)),
        *(cell_wide, cell_high, wide * high / np.maximum(cell_wide * cell_high, 0.1)),
    ]


def _overlap(a: Floats, b: Floats, low: int, high: int) -> Floats:
    """(n, m) length shared along one axis."""
    shared = np.minimum(a[:, None, high], b[None, :, high]) - np.maximum(a[:, None, low], b[None, :, low])
    return np.asarray(np.maximum(shared, 0.0), dtype=np.float64)


def _nearest(distance: Floats, allowed: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.intp]]:
    """For each candidate the least allowed distance, capped at FAR, and which word it is (-1 none)."""
    masked = np.where(allowed, distance, np.inf)
    which = masked.argmin(axis=1)
    least = masked[np.arange(len(masked)), which]
    which = np.where(np.isfinite(least), which, -1)
    return np.minimum(least, FAR), which


def _print(boxes: Floats, words: Sequence[Word]) -> list[Floats]:
    """Everything about the print in and around each box."""
    if not words:
        words = [Word(text="?", box=Box(-900, -900, -890, -890), size=8)]
    spots = boxes_of([word.box for word in words])
    texts = [word.text for word in words]
    sizes = np.array([word.size or 0.8 * word.box.height for word in words])
    across, down = _overlap(boxes, spots, 0, 2), _overlap(boxes, spots, 1, 3)
    area = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 0.1)
    ink = (across * down).sum(axis=1) / area
    x, y = spots[:, [0, 2]].mean(axis=1), spots[:, [1, 3]].mean(axis=1)
    inside = (boxes[:, None, 0] < x) & (x < boxes[:, None, 2])
    inside &= (boxes[:, None, 1] < y) & (y < boxes[:, None, 3])
    high = spots[:, 3] - spots[:, 1]
    row = down > 0.4 * np.minimum(high[None, :], (boxes[:, 3] - boxes[:, 1])[:, None])
    row &= ~inside
    column = (across > 1.0) & ~inside
    left, left_word = _nearest(boxes[:, None, 0] - spots[None, :, 2], row & (x < boxes[:, None, 0] + 1))
    right, right_word = _nearest(spots[None, :, 0] - boxes[:, None, 2], row & (x > boxes[:, None, 2] - 1))
    above, above_word = _nearest(boxes[:, None, 1] - spots[None, :, 3], column & (y < boxes[:, None, 1] + 2))
    below, _ = _nearest(spots[None, :, 1] - boxes[:, None, 3], column & (y > boxes[:, None, 3] - 2))
    usual = float(np.median(sizes))
    at = [_told(texts, left_word, test) for test in (_colon, _money, _number)]
    near_above = column & (np.abs(boxes[:, None, 1] - spots[None, :, 3]) < 12)
    near_below = column & (np.abs(spots[None, :, 1] - boxes[:, None, 3]) < 12)
    wide = np.maximum(boxes[:, 2] - boxes[:, 0], 1.0)
    left_end = np.where(left_word >= 0, spots[left_word, 2] - boxes[:, 0], -FAR)
    right_start = np.where(right_word >= 0, spots[right_word, 0] - boxes[:, 2], FAR)
    above_size = np.where(above_word >= 0, sizes[above_word], 0.0)
    return [
        *(ink, inside.sum(axis=1).astype(float), left, right, above, below),
        *at,
        _told(texts, right_word, _cents),
        *(np.clip(left_end, -FAR, FAR), np.clip(right_start, -FAR, FAR)),
        *((across * near_above).sum(axis=1) / wide, (across * near_below).sum(axis=1) / wide),
        *(above_size, np.full(len(boxes), usual), (boxes[:, 3] - boxes[:, 1]) / max(usual, 1.0)),
        (row & (x < boxes[:, None, 0] + 1)).any(axis=1).astype(float),
    ]


def _told(texts: Sequence[str], which: NDArray[np.intp], test: Callable[[str], bool]) -> Floats:
    answers = np.array([float(test(text)) for text in texts] + [0.0])
    return np.asarray(answers[which], dtype=np.float64)


def _colon(text: str) -> bool:
    return text.endswith((":", "?"))


def _money(text: str) -> bool:
    return text.endswith(("$", "€", "£"))


def _number(text: str) -> bool:
    return text.strip("().").isdigit()


def _cents(text: str) -> bool:
    return text.strip(".,|") in {"00", "%", "€", "EUR"}


def _edges(boxes: Floats, surface: Surface) -> list[Floats]:
    """How much of each side a rule covers, and how many rules run inside."""
    across, upright = _rules(surface.across), _rules(surface.upright)
    wide = np.maximum(boxes[:, 2] - boxes[:, 0], 0.1)
    high = np.maximum(boxes[:, 3] - boxes[:, 1], 0.1)
    along = _overlap(boxes, across, 0, 2)
    level = across[:, [1, 3]].mean(axis=1)
    tall = _overlap(boxes, upright, 1, 3)
    place = upright[:, [0, 2]].mean(axis=1)
    top = _cover(along, np.abs(level - boxes[:, None, 1]) < 2.2) / wide
    bottom = _cover(along, np.abs(level - boxes[:, None, 3]) < 2.2) / wide
    left = _cover(tall, np.abs(place - boxes[:, None, 0]) < 2.2) / high
    right = _cover(tall, np.abs(place - boxes[:, None, 2]) < 2.2) / high
    through = (level > boxes[:, None, 1] + 3) & (level < boxes[:, None, 3] - 3)
    across_it = (place > boxes[:, None, 0] + 3) & (place < boxes[:, None, 2] - 3)
    rules = (through & (along > 0.5 * wide[:, None])).sum(axis=1).astype(float)
    uprights = (across_it & (tall > 0.5 * high[:, None])).sum(axis=1).astype(float)
    return [np.minimum(side, 1.0) for side in (top, bottom, left, right)] + [rules, uprights]


def _rules(rules: Sequence[Rule]) -> Floats:
    found = boxes_of([rule.box for rule in rules])
    return found if len(found) else np.full((1, 4), -900.0)


def _cover(shared: Floats, near: NDArray[np.bool_]) -> Floats:
    return np.asarray((shared * near).max(axis=1), dtype=np.float64)


def _company(candidates: Sequence[Candidate], boxes: Floats) -> list[Floats]:
    """Others like it, beside it, over it and within it."""
    sources = np.array([candidate.source for candidate in candidates])
    ticks = np.array([candidate.tick for candidate in candidates])
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    same = sources[:, None] == sources[None, :]
    size = (np.abs(wide[:, None] - wide) < 2) & (np.abs(high[:, None] - high) < 1.5)
    x_same = (np.abs(boxes[:, None, 0] - boxes[:, 0]) < 2) & (np.abs(boxes[:, None, 2] - boxes[:, 2]) < 2)
    y_same = (np.abs(boxes[:, None, 1] - boxes[:, 1]) < 2) & (np.abs(boxes[:, None, 3] - boxes[:, 3]) < 2)
    shared = _overlap(boxes, boxes, 0, 2) * _overlap(boxes, boxes, 1, 3)
    area = wide * high
    iou = shared / np.maximum(area[:, None] + area - shared, 0.1)
    inside = shared / np.maximum(area, 0.1)[None, :]  # [i, j]: share of j inside i
    kind = ticks[:, None] == ticks[None, :]
    twins = (same & size).sum(axis=1)
    return [
        np.minimum(twins - 1, 60).astype(float),
        np.minimum((same & x_same).sum(axis=1) - 1, 40).astype(float),
        np.minimum((same & y_same).sum(axis=1) - 1, 40).astype(float),
        ((inside > 0.7) & ticks[None, :] & ~ticks[:, None]).sum(axis=1).astype(float),
        ((iou > 0.5) & kind).sum(axis=1) - 1.0,
        ((inside > 0.9) & (area[None, :] < 0.6 * area[:, None]) & kind).sum(axis=1).astype(float),
        ((inside.T > 0.9) & (area[:, None] < 0.6 * area[None, :]) & kind).sum(axis=1).astype(float),
    ]


def _page(candidates: Sequence[Candidate], words: Sequence[Word], scanned: bool) -> list[Floats]:
    count = len(candidates)
    sources = [candidate.source for candidate in candidates]
    ticks = sum(candidate.tick for candidate in candidates)
    sums = [
        ticks,
        sources.count(Source.COMB),
        sources.count(Source.STRIP) + sources.count(Source.DOTS),
        sources.count(Source.CELL),
        len(words),
        float(scanned),
    ]
    sizes = [(c.source, round(c.box.width / 3), round(c.box.height / 2)) for c in candidates]
    alike = {size: sizes.count(size) / count for size in set(sizes)}
    return [*(np.full(count, float(value)) for value in sums), np.array([alike[size] for size in sizes])]


def _row_words(boxes: Floats, words: Sequence[Word]) -> list[Floats]:
    """The print right above in more detail, and how many words share the row."""
    spots = boxes_of([word.box for word in words])
    if not len(spots):
        return [np.zeros(len(boxes)) for _ in range(4)]
    bold = np.array([word.bold for word in words], dtype=float)
    across, down = _overlap(boxes, spots, 0, 2), _overlap(boxes, spots, 1, 3)
    high = np.maximum(spots[:, 3] - spots[:, 1], 0.1)
    gap = boxes[:, None, 1] - spots[None, :, 3]
    over = (across > 1) & (gap > -3) & (gap < 14)
    bold_above = (over * bold).sum(axis=1) / np.maximum(over.sum(axis=1), 1)
    starts = np.where(over, spots[None, :, 0], np.inf).min(axis=1)
    above_x = np.where(np.isfinite(starts), np.clip(starts - boxes[:, 0], -FAR, FAR), FAR)
    row = down > 0.5 * high[None, :]
    lefts = (row & (spots[None, :, 2] < boxes[:, None, 0] + 2)).sum(axis=1).astype(float)
    rights = (row & (spots[None, :, 0] > boxes[:, None, 2] - 2)).sum(axis=1).astype(float)
    return [bold_above, above_x, lefts, rights]


def _table_place(
    candidates: Sequence[Candidate], boxes: Floats, surface: Surface, words: Sequence[Word]
) -> list[Floats]:
    """Is there an empty cell below (then this is a head), a cell with print above, a comb on the row?"""
    cells = boxes_of([cell.box for cell in surface.cells])
    combs = boxes_of([c.box for c in candidates if c.source is Source.COMB])
    row_combs = np.zeros(len(boxes))
    if len(combs):
        top = np.abs(boxes[:, None, 1] - combs[None, :, 1]) < 2.5
        row_combs = (top & (np.abs(boxes[:, None, 3] - combs[None, :, 3]) < 2.5)).sum(axis=1).astype(float)
    if not len(cells):
        return [np.zeros(len(boxes)), np.zeros(len(boxes)), np.zeros(len(boxes)), row_combs]
    spots = boxes_of([word.box for word in words])
    x, y = spots[:, [0, 2]].mean(axis=1), spots[:, [1, 3]].mean(axis=1)
    inside = (
        (cells[:, None, 0] < x) & (x < cells[:, None, 2]) & (cells[:, None, 1] < y) & (y < cells[:, None, 3])
    )
    named = inside.any(axis=1)
    own = boxes_of([candidate.cell or candidate.box for candidate in candidates])
    same = np.abs(own[:, None, 0] - cells[:, 0]) < 3
    same &= np.abs(own[:, None, 2] - cells[:, 2]) < 3
    under = same & (np.abs(cells[:, 1] - own[:, None, 3]) < 3)
    over = same & (np.abs(cells[:, 3] - own[:, None, 1]) < 3)
    return [
        (under & ~named).any(axis=1).astype(float),
        (over & named).any(axis=1).astype(float),
        (over & ~named).any(axis=1).astype(float),
        np.minimum(row_combs, 8),
    ]


def _hints(boxes: Floats, words: Sequence[Word], surface: Surface) -> list[Floats]:
    """How many separate captions stand under the box, and whether the office fills it in."""
    spots = boxes_of([word.box for word in words])
    captions = np.zeros(len(boxes))
    for index, box in enumerate(boxes):
        if box[2] - box[0] < 100:
            continue
        under = (spots[:, 1] > box[3] - 3) & (spots[:, 1] < box[3] + 9)
        under &= (spots[:, 0] > box[0] - 4) & (spots[:, 2] < box[2] + 4)
        row = spots[under]
        row = row[np.argsort(row[:, 0])]
        captions[index] = (1 + (row[1:, 0] - row[:-1, 2] > 14).sum()) if len(row) else 0
    areas = boxes_of(office_areas(lines_of(words), [cell.box for cell in surface.cells if not cell.open]))
    x, y = boxes[:, [0, 2]].mean(axis=1), boxes[:, [1, 3]].mean(axis=1)
    office = np.zeros(len(boxes))
    if len(areas):
        held = (areas[:, 0] < x[:, None]) & (x[:, None] < areas[:, 2])
        held &= (areas[:, 1] < y[:, None]) & (y[:, None] < areas[:, 3])
        office = held.any(axis=1).astype(float)
    return [np.minimum(captions, 6), office]


def _beside_field(candidates: Sequence[Candidate], boxes: Floats) -> list[Floats]:
    """How much of the rule a strip takes, and how near a tick or a comb stands on its row."""
    shares = np.array([candidate.share for candidate in candidates])
    sure = boxes_of([c.box for c in candidates if c.tick or c.source is Source.COMB])
    if not len(sure):
        return [shares, np.full(len(boxes), FAR)]
    level = _overlap(boxes, sure, 1, 3) > 0.4 * np.minimum(boxes[:, 3] - boxes[:, 1], 9.0)[:, None]
    gap = np.maximum(boxes[:, None, 0] - sure[None, :, 2], sure[None, :, 0] - boxes[:, None, 2])
    near = np.where(level & (gap > -3), gap, FAR).min(axis=1)
    return [shares, np.clip(near, -3, FAR)]


_MASK = re.compile(r"(?i)\b(?:mm|dd|tt|jj)[-/. ]?(?:mm|dd|tt|jj|yy|aa)")


def _caption(candidates: Sequence[Candidate], words: Sequence[Word]) -> list[Floats]:
    """What the print in a candidate's cell lists: its commas, a mask such as MM/DD/YYYY, its words."""
    told = np.zeros((3, len(candidates)))
    spots = boxes_of([word.box for word in words])
    x, y = spots[:, [0, 2]].mean(axis=1), spots[:, [1, 3]].mean(axis=1)
    signs = np.array([[word.text.endswith(","), bool(_MASK.search(word.text)), True] for word in words])
    known: dict[Box, Floats] = {}
    for index, candidate in enumerate(candidates):
        cell = candidate.cell
        if cell is None or not len(spots):
            continue
        if cell not in known:
            inside = (cell.x0 < x) & (x < cell.x1) & (cell.y0 < y) & (y < cell.y1)
            known[cell] = signs[inside].sum(axis=0)
        told[:, index] = known[cell]
    return [np.minimum(told[0], 6), np.minimum(told[1], 2), np.minimum(told[2], 40)]
