"""From many overlapping candidates to the fields of a page, each with how sure we are.

The surest first, and nothing that overlaps what has been chosen; then a box gives way to several
that it kept out, where these together are worth more: a line to its columns. What is left of an entry's
rivals then says how far it reaches: people place the same answer higher, lower or wider.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.candidates import Candidate, Floats, Source, boxes_of
from perdure.core.digitise.features import features_of
from perdure.core.digitise.scorer import Trees
from perdure.core.digitise.surface import Surface
from perdure.core.digitise.values import Word
from perdure.core.kernel.geometry import Box

LEAST = 0.43  # probability below which a candidate is no entry: half of the F1 reached (decision 126)
LEAST_TICK = 0.2  # the same for a drawn tick; on a scan letters look like ticks, which then need as much
LEAST_ON_A_SCAN = 0.45  # the bound of decision 90: decision 126 was measured on print alone
WORTH = 0.3  # what a box costs when choices are weighed against each other, as probability
ROUNDS = 5  # of giving way; more change nothing
SHARED = 0.35  # share of the smaller of two boxes that they may not both claim
RIVAL = 0.5  # IoU from which another box is another reach of the same answer
LIKELY = 0.5  # of the chosen box's probability: what a rival needs to have a say
AS_LIKELY = 0.95  # of the chosen box's probability: what a drawn cell needs to name its answer
FOOT = 6.0  # points that the feet of two reaches of one answer may differ by
SAME = 0.9  # IoU from which rivals have one say together
_LINES = {Source.STRIP, Source.TALL, Source.WITHIN}  # what may stand low in a drawn cell


@dataclass(frozen=True)
class Found:
    """A field before it has a name. box: as drawn or printed, to find its name by; cells: of a comb,
    else 0; reach: where the answer goes, see with_reach; None where it is the box.
    """

    box: Box
    tick: bool
    source: Source
    confidence: float
    cells: int = 0
    reach: Box | None = None


def choose(
    candidates: Sequence[Candidate], surface: Surface, words: Sequence[Word], trees: Trees, *, scanned: bool
) -> list[Found]:
    """The fields of one page in reading order."""
    probability = trees.probability(features_of(candidates, surface, words, scanned=scanned))
    ticks = np.array([candidate.tick for candidate in candidates], dtype=bool)
    boxes = boxes_of([candidate.box for candidate in candidates])
    kept = without_overlap(boxes, probability, least_of(ticks, scanned=scanned))
    sure = trees.confidence(probability)
    reach = with_reach(boxes, probability, ticks, kept)
    drawn = np.array([c.source is Source.CELL and not c.open for c in candidates], dtype=bool)
    lines = np.array([c.source in _LINES for c in candidates], dtype=bool)
    named = drawn_instead(boxes, probability, drawn, lines, kept)
    found = [
        _found(candidates[by], float(sure[index]), Box(*box))
        for index, by, box in zip(kept, named, reach.tolist(), strict=True)
    ]
    return sorted(found, key=lambda field: (round(field.box.y1 / 6), field.box.x0))


def least_of(ticks: NDArray[np.bool_], *, scanned: bool = False) -> Floats:
    """The probability that each candidate needs."""
    if scanned:
        return np.full(len(ticks), LEAST_ON_A_SCAN)
    return np.where(ticks, LEAST_TICK, LEAST)


def without_overlap(boxes: Floats, probability: Floats, least: Floats) -> list[int]:
    """Indices of the boxes kept, surest first; least: see least_of."""
    likely = np.flatnonzero(probability >= least)
    likely = likely[np.argsort(-probability[likely], kind="stable")]
    clash, worth = _clash(boxes[likely]), probability[likely] - WORTH
    kept: list[int] = []
    for index in range(len(likely)):
        if not clash[index, kept].any():
            kept.append(index)
    for _ in range(ROUNDS):
        better = _exchanged(kept, clash, worth)
        if better == kept:
            break
        kept = better
    return [int(likely[index]) for index in sorted(kept)]


def _clash(boxes: Floats) -> NDArray[np.bool_]:
    """(n, n): which boxes may not both be kept."""
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    wide = np.minimum(boxes[:, None, 2], boxes[:, 2]) - np.maximum(boxes[:, None, 0], boxes[:, 0])
    high = np.minimum(boxes[:, None, 3], boxes[:, 3]) - np.maximum(boxes[:, None, 1], boxes[:, 1])
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    clash: NDArray[np.bool_] = shared > SHARED * np.minimum(area[:, None], area)
    np.fill_diagonal(clash, False)
    return clash


def _exchanged(kept: Sequence[int], clash: NDArray[np.bool_], worth: Floats) -> list[int]:
    """The same choice, the least sure first given up for what it keeps out, where that is worth more."""
    chosen = list(kept)
    for index in sorted(kept, reverse=True):
        others = [other for other in chosen if other != index]
        free = clash[index] & ~clash[others].any(axis=0)
        free[others] = False
        instead: list[int] = []
        for candidate in np.flatnonzero(free).tolist():
            if not clash[candidate, instead].any():
                instead.append(candidate)
        if worth[instead].sum() > worth[index] + 1e-9:
            chosen = [*others, *instead]
    return sorted(chosen)


def with_reach(boxes: Floats, probability: Floats, ticks: NDArray[np.bool_], kept: Sequence[int]) -> Floats:
    """(len(kept), 4): how far each kept box reaches, for an entry the mean of its likely rivals and itself.

    A strip of 13 points and a cell of 22 over the same line are both likely, and which of them a
    form means is not printed on it. The mean agrees with more of them than either. Each has a say
    by its probability; those that are nearly one box share theirs. Boxes that were level stay level.
    """
    chosen = boxes[list(kept)]
    reach = chosen.copy()
    entries = np.flatnonzero(~ticks)
    likely, others = probability[entries], boxes[entries]
    mine = [place for place, index in enumerate(kept) if not ticks[index]]
    for place, shared in zip(mine, _iou(chosen[mine], others), strict=True):
        level = np.abs(others[:, 3] - chosen[place, 3]) < FOOT
        voices = level & (shared >= RIVAL) & (likely >= LIKELY * probability[kept[place]])
        reach[place] = _mean(others[voices], likely[voices])
    return _levelled(reach, chosen, mine)


def drawn_instead(
    boxes: Floats,
    probability: Floats,
    drawn: NDArray[np.bool_],
    lines: NDArray[np.bool_],
    kept: Sequence[int],
) -> list[int]:
    """By which candidate each kept one is named: a line by a drawn cell that is about as likely, else itself.

    Captions stand in and around the cell, however low the answer in it is.
    """
    cells = np.flatnonzero(drawn)
    shared = _iou(boxes[list(kept)], boxes[cells])
    named = []
    for index, near in zip(kept, shared, strict=True):
        level = np.abs(boxes[cells, 3] - boxes[index, 3]) < FOOT
        fit = cells[level & (near >= RIVAL) & (probability[cells] >= AS_LIKELY * probability[index])]
        named.append(int(fit[probability[fit].argmax()]) if len(fit) and lines[index] else index)
    return named


def _mean(boxes: Floats, probability: Floats) -> Floats:
    """The mean of some boxes by probability, in which those that are nearly one box count as one."""
    weight = probability / (_iou(boxes, boxes) > SAME).sum(axis=1)
    return np.asarray((weight[:, None] * boxes).sum(axis=0) / weight.sum(), dtype=np.float64)


def _levelled(reach: Floats, before: Floats, entries: Sequence[int]) -> Floats:
    """Boxes that were between the same two levels, or as wide in one column, move by the same way."""
    even = reach.copy()
    for sides in ([1, 3], [0, 2]):
        groups: dict[tuple[float, ...], list[int]] = defaultdict(list)
        for place in entries:
            groups[tuple(np.round(before[place, sides]).tolist())].append(place)
        for group in groups.values():
            cells = np.ix_(group, sides)
            even[cells] = before[cells] + (reach[cells] - before[cells]).mean(axis=0)
    return even


def _iou(boxes: Floats, others: Floats) -> Floats:
    """(n, m) intersection over union."""
    wide = np.minimum(boxes[:, None, 2], others[:, 2]) - np.maximum(boxes[:, None, 0], others[:, 0])
    high = np.minimum(boxes[:, None, 3], others[:, 3]) - np.maximum(boxes[:, None, 1], others[:, 1])
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    other = (others[:, 2] - others[:, 0]) * (others[:, 3] - others[:, 1])
    iou: Floats = shared / np.maximum(area[:, None] + other - shared, 0.1)
    return iou


def _found(candidate: Candidate, confidence: float, reach: Box) -> Found:
    cells = candidate.cells if candidate.source is Source.COMB else 0
    return Found(candidate.box, candidate.tick, candidate.source, round(confidence, 3), cells, reach)
