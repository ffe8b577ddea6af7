"""Shares with the interval that small numbers deserve."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist

from perdure.core.foresee.values import Share


def z_of(confidence: float) -> float:
    """How many standard deviations a two-sided interval reaches: 1.96 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {confidence}")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def share(count: int, of: int, *, confidence: float = 0.95) -> Share:
    """`count` of `of`, with the Wilson score interval.

    Source: Wilson 1927; recommended for all sizes by Brown, Cai and DasGupta 2001, who show that the
    textbook's interval fails near 0, near 1 and for small numbers. No case at all gives (None, 0, 1).
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if of == 0:
        return Share(0, 0, None, 0.0, 1.0, confidence)
    z = z_of(confidence)
    p = count / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Share(count, of, p, low, high, confidence)


def shares_by_group(cases: Iterable[tuple[str, bool]], *, confidence: float = 0.95) -> dict[str, Share]:
    """For (group, yes or no) pairs: the share of yes in each group, in the order of their names."""
    counts: dict[str, list[int]] = {}
    for group, yes in cases:
        tally = counts.setdefault(group, [0, 0])
        tally[0] += yes
        tally[1] += 1
    return {group: share(*counts[group], confidence=confidence) for group in sorted(counts)}
