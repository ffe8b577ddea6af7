"""A few functions of statistics, in plain Python: importing scipy for them costs a web worker 100 MiB."""

from __future__ import annotations

from math import erfc, exp, lgamma, log, sqrt


def chi_square_tail(statistic: float, degrees_of_freedom: int) -> float:
    """The chance of a chi-square value at least so large; for whole degrees of freedom, exactly.

    Source: Abramowitz and Stegun 26.4.4 and 26.4.5 (finite sums).
    """
    if degrees_of_freedom < 1:
        raise ValueError("degrees of freedom start at 1")
    if statistic <= 0:
        return 1.0
    half = statistic / 2
    odd = degrees_of_freedom % 2
    tail = erfc(sqrt(half)) if odd else exp(-half)
    power = 0.5 if odd else 1.0
    while power < degrees_of_freedom / 2:
        tail += exp(power * log(half) - half - lgamma(power + 1))
        power += 1
    return min(tail, 1.0)


def logistic(log_odds: float) -> float:
    """A probability from log-odds, without overflow."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    small = exp(log_odds)
    return small / (1 + small)


def log_odds(probability: float) -> float:
    return log(probability / (1 - probability))
