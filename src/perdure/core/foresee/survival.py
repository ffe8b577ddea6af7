"""How long things last: the product-limit estimate, and whether groups differ.

Written out here and not called from lifelines, whose import alone costs 200 MiB; lifelines checks every
figure in the tests (decision 100).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from perdure.core.foresee.intervals import z_of
from perdure.core.foresee.numbers import chi_square_tail
from perdure.core.foresee.values import Life, LogRank, Survival, SurvivalCurve, SurvivalPoint


@dataclass(frozen=True)
class _Span:
    """A life in days since its start: watched from `entry` (not included) up to `last`."""

    entry: int
    last: int
    ended: bool
    group: str


def survival(lives: Iterable[Life], *, confidence: float = 0.95) -> Survival:
    """Kaplan-Meier curves by group, with log-log Greenwood intervals, and the log-rank test.

    A life that ends before it starts, or with neither an end nor a last day, is left out and counted.
    So is one that was over before it was first listed: nobody could have seen it last.
    The test is None for fewer than two groups that were watched.

    Source: Kalbfleisch and Prentice 2002, 1.4; left truncation after Lai and Ying 1991.
    """
    given = list(lives)
    spans = [span for span in map(_span, given) if span is not None]
    groups = sorted({span.group for span in spans})
    curves = tuple(_curve(name, [s for s in spans if s.group == name], confidence) for name in groups)
    return Survival(curves, _log_rank(spans, groups), len(given) - len(spans), confidence)


def _span(life: Life) -> _Span | None:
    until = life.end or life.censored_at
    if until is None or until < life.start:
        return None
    last = (until - life.start).days
    entry = max((life.known_from - life.start).days, 0) if life.known_from else 0
    if entry > 0 and last <= entry:
        return None
    return _Span(entry, last, life.end is not None, life.group)


def _curve(group: str, spans: Sequence[_Span], confidence: float) -> SurvivalCurve:
    points = [SurvivalPoint(0, 1.0, 1.0, 1.0, sum(s.entry == 0 for s in spans), 0)]
    share, greenwood, z = 1.0, 0.0, z_of(confidence)
    for day, at_risk, ended, censored in _steps(spans):
        if ended:
            share *= 1 - ended / at_risk
            greenwood += ended / (at_risk * (at_risk - ended)) if at_risk > ended else 0.0
        low, high = _log_log(share, greenwood, z)
        point = SurvivalPoint(day, share, low, high, at_risk, ended, censored)
        points = [point] if day == 0 else [*points, point]
    return SurvivalCurve(
        group,
        len(spans),
        sum(s.ended for s in spans),
        tuple(points),
        median_days=_first_at_most_half(points, "share"),
        median_low=_first_at_most_half(points, "low"),
        median_high=_first_at_most_half(points, "high"),
    )


def _steps(spans: Sequence[_Span]) -> Iterable[tuple[int, int, int, int]]:
    """(day, at risk just before, ended, censored) for each day on which a life ended or was last seen.

    Somebody watched from day e is at risk on days after e; from day 0 also on day 0.
    """
    ended = Counter(s.last for s in spans if s.ended)
    censored = Counter(s.last for s in spans if not s.ended)
    entries = sorted(s.entry if s.entry > 0 else -1 for s in spans)
    come, gone = 0, 0
    for day in sorted(ended.keys() | censored.keys()):
        while come < len(entries) and entries[come] < day:
            come += 1
        yield day, come - gone, ended[day], censored[day]
        gone += ended[day] + censored[day]


def _log_log(share: float, greenwood: float, z: float) -> tuple[float, float]:
    """The interval that stays within 0 and 1: exp(-exp(log(-log S) -+ z se))."""
    if share >= 1.0:
        return 1.0, 1.0
    if share <= 0.0:
        return 0.0, 0.0
    width = exp(z * sqrt(greenwood) / -log(share))
    return exp(log(share) * width), exp(log(share) / width)


def _first_at_most_half(points: Sequence[SurvivalPoint], which: str) -> int | None:
    return next((point.days for point in points if getattr(point, which) <= 0.5), None)


def _log_rank(spans: Sequence[_Span], groups: Sequence[str]) -> LogRank | None:
    """Observed minus expected endings of every group but the last, weighed by their covariance."""
    if len(groups) < 2:
        return None
    size = len(groups)
    excess = [0.0] * size
    covariance = [[0.0] * size for _ in range(size)]
    tables = [{day: (n, d) for day, n, d, _ in _at_all_days(spans, name)} for name in groups]
    for day in sorted({s.last for s in spans if s.ended}):
        risks = [table[day][0] for table in tables]
        deaths = [table[day][1] for table in tables]
        _add_day(excess, covariance, risks, deaths)
    statistic, rank = _quadratic_form(excess, covariance)
    return LogRank(statistic, rank, chi_square_tail(statistic, rank)) if rank else None


def _at_all_days(spans: Sequence[_Span], group: str) -> Iterable[tuple[int, int, int, int]]:
    """As _steps of one group, but with a row for each day on which anybody ended."""
    own = [s for s in spans if s.group == group]
    days = sorted({s.last for s in spans if s.ended})
    ended = Counter(s.last for s in own if s.ended)
    entries = sorted(s.entry if s.entry > 0 else -1 for s in own)
    lasts = sorted(s.last for s in own)
    come, gone = 0, 0
    for day in days:
        while come < len(entries) and entries[come] < day:
            come += 1
        while gone < len(lasts) and lasts[gone] < day:
            gone += 1
        yield day, come - gone, ended[day], 0


def _add_day(
    excess: list[float], covariance: list[list[float]], risks: Sequence[int], deaths: Sequence[int]
) -> None:
    n, d = sum(risks), sum(deaths)
    for i, at_risk in enumerate(risks):
        excess[i] += deaths[i] - d * at_risk / n
    if n < 2:
        return
    spread = d * (n - d) / (n - 1)
    for i, here in enumerate(risks):
        for j, there in enumerate(risks):
            covariance[i][j] += spread * (here / n) * ((i == j) - there / n)


def _quadratic_form(excess: Sequence[float], covariance: Sequence[Sequence[float]]) -> tuple[float, int]:
    """x' V^-1 x by Gaussian elimination, leaving out rows that add nothing; and how many were used."""
    rows = [[*row, x] for row, x in zip(covariance, excess, strict=True)]
    statistic, rank, left = 0.0, 0, list(range(len(rows)))
    while left:
        pivot = max(left, key=lambda i: rows[i][i])
        if rows[pivot][pivot] <= 1e-9:
            break
        left.remove(pivot)
        statistic += rows[pivot][-1] ** 2 / rows[pivot][pivot]
        rank += 1
        for i in left:
            factor = rows[i][pivot] / rows[pivot][pivot]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[pivot], strict=True)]
    return statistic, rank
