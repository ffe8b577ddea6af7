"""The learned weigher: boosted trees, read from a small file and run with numpy alone.

The file detector.npz is made by scripts/train_detector.py, and detector-scans.npz, for pages that are
pictures, by scripts/train_scans.py; docs/reference/detector-model-card.md says from what. Their arrays:
feature, threshold, left, right, value (all nodes of all trees, a leaf has left = -1), root (first node of
each tree), baseline, and the calibration curve certain/right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.candidates import Floats

MODEL = Path(__file__).with_name("detector.npz")
MODEL_OF_SCANS = Path(__file__).with_name("detector-scans.npz")


@dataclass(frozen=True)
class Trees:
    """Boosted trees for one yes-or-no question."""

    feature: NDArray[np.int64]
    threshold: Floats
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Floats
    root: NDArray[np.int64]
    baseline: float
    certain: Floats
    right_share: Floats

    def probability(self, rows: Floats) -> Floats:
        """(n, features) -> n probabilities, as the trees say."""
        if not len(rows):
            return np.zeros(0)
        node = np.broadcast_to(self.root, (len(rows), len(self.root))).copy()
        lines = np.arange(len(rows))[:, None]
        for _ in range(64):
            inner = self.left[node] >= 0
            if not inner.any():
                break
            goes_left = rows[lines, self.feature[node]] <= self.threshold[node]
            following = np.where(goes_left, self.left[node], self.right[node])
            node = np.where(inner, following, node)
        total = self.baseline + self.value[node].sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float64)

    def confidence(self, probability: Floats) -> Floats:
        """What share of fields given this probability is right, measured on agencies held out."""
        return np.asarray(np.interp(probability, self.certain, self.right_share), dtype=np.float64)


@cache
def trees(*, scanned: bool) -> Trees:
    """The trees that come with the package, for pages that are pictures or for drawn ones."""
    return trees_in(MODEL_OF_SCANS if scanned else MODEL)


def trees_in(path: Path) -> Trees:
    """The trees that scripts/train_detector.py wrote to a file."""
    with np.load(path, allow_pickle=False) as stored:
        return Trees(
            feature=stored["feature"].astype(np.int64),
            threshold=stored["threshold"].astype(np.float64),
            left=stored["left"].astype(np.int64),
            right=stored["right"].astype(np.int64),
            value=stored["value"].astype(np.float64),
            root=stored["root"].astype(np.int64),
            baseline=float(stored["baseline"]),
            certain=stored["certain"].astype(np.float64),
            right_share=stored["right_share"].astype(np.float64),
        )
