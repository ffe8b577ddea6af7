"""From many overlapping candidates to the fields of a page, each with how sure we are.

The surest first, and nothing that overlaps what has been chosen; then a box gives way to several
that it kept out, where these together are worth more: a line to its columns.
"""

from __future__ import annotations

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

LEAST = 0.45  # probability below which a candidate is no entry
LEAST_TICK = 0.2  # the same for a drawn tick; on a scan letters look like ticks, which then need LEAST
WORTH = 0.3  # what a box costs when choices are weighed against each other, as probability
ROUNDS = 5  # of giving way; more change nothing
SHARED = 0.35  # share of the smaller of two boxes that they may not both claim


@dataclass(frozen=True)
class Found:
    """A field before it has a name. cells: of a comb, else 0."""

    box: Box
    tick: bool
    source: Source
    confidence: float
    cells: int = 0


def choose(
    candidates: Sequence[Candidate], surface: Surface, words: Sequence[Word], trees: Trees, *, scanned: bool
) -> list[Found]:
    """The fields of one page in reading order."""
    probability = trees.probability(features_of(candidates, surface, words, scanned=scanned))
    ticks = np.array([candidate.tick for candidate in candidates], dtype=bool)
    boxes = boxes_of([candidate.box for candidate in candidates])
    kept = without_overlap(boxes, probability, least_of(ticks & (not scanned)))
    sure = trees.confidence(probability)
    found = [_found(candidates[index], float(sure[index])) for index in kept]
    return sorted(found, key=lambda field: (round(field.box.y1 / 6), field.box.x0))


def least_of(ticks: NDArray[np.bool_]) -> Floats:
    """The probability that each candidate needs."""
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


def _found(candidate: Candidate, confidence: float) -> Found:
    cells = candidate.cells if candidate.source is Source.COMB else 0
    return Found(candidate.box, candidate.tick, candidate.source, round(confidence, 3), cells)
