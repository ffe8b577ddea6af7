"""From many overlapping candidates to the fields of a page, each with how sure we are.

Greedy: the surest first, and nothing that overlaps what has been chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from perdure.core.digitise.candidates import Candidate, Floats, Source, boxes_of
from perdure.core.digitise.features import features_of
from perdure.core.digitise.scorer import Trees
from perdure.core.digitise.surface import Surface
from perdure.core.digitise.values import Word
from perdure.core.kernel.geometry import Box

LEAST = 0.3  # probability below which a candidate is no field
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
    kept = without_overlap(boxes_of([candidate.box for candidate in candidates]), probability)
    sure = trees.confidence(probability)
    found = [_found(candidates[index], float(sure[index])) for index in kept]
    return sorted(found, key=lambda field: (round(field.box.y1 / 6), field.box.x0))


def without_overlap(boxes: Floats, probability: Floats, *, least: float = LEAST) -> list[int]:
    """Indices of the boxes kept, surest first."""
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    alive = probability >= least
    kept: list[int] = []
    for index in np.argsort(-probability, kind="stable").tolist():
        if not alive[index]:
            continue
        kept.append(index)
        wide = np.minimum(boxes[:, 2], boxes[index, 2]) - np.maximum(boxes[:, 0], boxes[index, 0])
        high = np.minimum(boxes[:, 3], boxes[index, 3]) - np.maximum(boxes[:, 1], boxes[index, 1])
        shared = np.maximum(wide, 0) * np.maximum(high, 0)
        alive &= shared <= SHARED * np.minimum(area, area[index])
    return kept


def _found(candidate: Candidate, confidence: float) -> Found:
    cells = candidate.cells if candidate.source is Source.COMB else 0
    return Found(candidate.box, candidate.tick, candidate.source, round(confidence, 3), cells)
