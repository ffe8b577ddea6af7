"""From scored pairs to links: one-to-one where it should be, and what to do with the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Scored:
    """A pair of places with its levels and its probability, each pair seen by itself."""

    left: int
    right: int
    codes: Mapping[str, str]
    probability: float


def against_rivals(pairs: Collection[Scored]) -> dict[tuple[int, int], float]:
    """Probability of each pair when a record is one thing with at most one of the other list.

    The odds of a pair stand against 1 (none of them) and the odds of every rival on either side.
    """
    odds = {(p.left, p.right): _odds(p.probability) for p in pairs}
    rows: dict[int, float] = defaultdict(float)
    columns: dict[int, float] = defaultdict(float)
    for (left, right), odd in odds.items():
        rows[left] += odd
        columns[right] += odd
    return {
        (left, right): odd / (1 + odd + max(0.0, rows[left] - odd) + max(0.0, columns[right] - odd))
        for (left, right), odd in odds.items()
    }


def _odds(probability: float) -> float:
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return kept / (1 - kept)


def one_to_one(chances: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The choice of pairs, no place twice, whose probabilities add up to most."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    chosen: list[tuple[int, int]] = []
    for group in _groups(chances):
        if len(group) == 1:
            chosen += group
            continue
        lefts, rights = sorted({a for a, _ in group}), sorted({b for _, b in group})
        row, column = {a: i for i, a in enumerate(lefts)}, {b: i for i, b in enumerate(rights)}
        gain = np.zeros((len(lefts), len(rights)))
        for a, b in group:
            gain[row[a], column[b]] = chances[a, b]
        picked = zip(*linear_sum_assignment(gain, maximize=True), strict=True)
        chosen += [(lefts[i], rights[j]) for i, j in picked if (lefts[i], rights[j]) in chances]
    return sorted(chosen)


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs in groups that share no place with another group."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    every = sorted(pairs)
    for a, b in every:
        root[find(("l", a))] = find(("r", b))
    groups: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in every:
        groups[find(("l", a))].append((a, b))
    return list(groups.values())
