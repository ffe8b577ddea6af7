"""How forecasts did, against what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from perdure.core.foresee.errors import ForeseeError
from perdure.core.foresee.intervals import share
from perdure.core.foresee.values import Forecast, Outcome, Question, Score, Share, Tenth

DRAWS = 400
LEAST_IN_GROUP = 5


def happened(outcome: Outcome, question: Question, slip_days: int) -> bool | None:
    """The answer that an outcome gives to a question; None when it gives none."""
    if question is Question.STILL_LISTED:
        return outcome.still_listed
    return None if outcome.slip_days is None else outcome.slip_days > slip_days


def score_year(forecasts: Iterable[Forecast], outcomes: Iterable[Outcome], *, slip_days: int = 90) -> Score:
    """The score of those forecasts whose outcome is known; the others are left out.

    Forecasts of several years are scored together. Raises ForeseeError (foresee.too-few-cases) when no
    outcome is known.
    """
    known = {(outcome.case, outcome.year): outcome for outcome in outcomes}
    rows = [
        (forecast, answer)
        for forecast in forecasts
        if (outcome := known.get((forecast.case, forecast.year))) is not None
        and (answer := happened(outcome, forecast.question, slip_days)) is not None
    ]
    return score_of(
        [forecast.probability for forecast, _ in rows],
        [answer for _, answer in rows],
        cases=[forecast.case for forecast, _ in rows],
        years=sorted({forecast.year for forecast, _ in rows}),
    )


def score_of(
    forecasts: Sequence[float], answers: Sequence[bool], *, cases: Sequence[str], years: Sequence[int] = ()
) -> Score:
    """Brier score, area under the curve and reliability; intervals from drawing cases with replacement."""
    if not forecasts:
        raise ForeseeError(
            "None of these forecasts can be scored yet.",
            "Wait for the next list, or bring it in.",
            code="foresee.too-few-cases",
        )
    briers, aucs = _draws(forecasts, answers, cases)
    return Score(
        n=len(forecasts),
        brier=brier(forecasts, answers),
        brier_low=_at(briers, 0.025),
        brier_high=_at(briers, 0.975),
        auc=auc(forecasts, answers),
        auc_low=_at(aucs, 0.025) if aucs else None,
        auc_high=_at(aucs, 0.975) if aucs else None,
        tenths=_tenths(forecasts, answers),
        years=tuple(years),
        groups=_groups(forecasts, answers),
    )


def brier(forecasts: Sequence[float], answers: Sequence[bool]) -> float:
    """The mean squared distance between forecast and what happened (Brier 1950)."""
    return sum((p - yes) ** 2 for p, yes in zip(forecasts, answers, strict=True)) / len(forecasts)


def auc(forecasts: Sequence[float], answers: Sequence[bool]) -> float | None:
    """How often a yes had the higher forecast than a no; ties count half. None when all are alike."""
    order = sorted(zip(forecasts, answers, strict=True), key=lambda pair: pair[0])
    yes_total = sum(answers)
    no_total = len(answers) - yes_total
    if not yes_total or not no_total:
        return None
    below, won, start = 0, 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and order[end][0] == order[start][0]:
            end += 1
        yes_here = sum(answer for _, answer in order[start:end])
        no_here = end - start - yes_here
        won += yes_here * (below + no_here / 2)
        below += no_here
        start = end
    return won / (yes_total * no_total)


def _tenths(forecasts: Sequence[float], answers: Sequence[bool]) -> tuple[Tenth, ...]:
    """Reliability in ten equal steps of probability; a step without forecasts is left out."""
    steps: dict[int, list[tuple[float, bool]]] = {}
    for p, yes in zip(forecasts, answers, strict=True):
        steps.setdefault(min(int(p * 10), 9), []).append((p, yes))
    return tuple(
        Tenth(
            step / 10,
            (step + 1) / 10,
            sum(p for p, _ in rows) / len(rows),
            share(sum(yes for _, yes in rows), len(rows)),
        )
        for step, rows in sorted(steps.items())
    )


def _groups(forecasts: Sequence[float], answers: Sequence[bool]) -> tuple[Tenth, ...]:
    """Reliability in ten groups of equal number, give or take one, by rising forecast."""
    rows = sorted(zip(forecasts, answers, strict=True), key=lambda row: row[0])
    groups = min(10, len(rows) // LEAST_IN_GROUP)
    bounds = [round(place * len(rows) / groups) for place in range(groups + 1)] if groups else []
    return tuple(_group(rows[low:high]) for low, high in pairwise(bounds))


def _group(rows: Sequence[tuple[float, bool]]) -> Tenth:
    """One group of forecasts that rise."""
    mean = sum(p for p, _ in rows) / len(rows)
    return Tenth(rows[0][0], rows[-1][0], mean, share(sum(yes for _, yes in rows), len(rows)))


def read_score(content: Mapping[str, Any]) -> Score:
    """A score out of what `dataclasses.asdict` and JSON made of it; older ones have no groups."""
    groups = {name: tuple(_read_tenth(one) for one in content.get(name, ())) for name in ("tenths", "groups")}
    return Score(**{**content, **groups, "years": tuple(content["years"])})


def _read_tenth(content: Mapping[str, Any]) -> Tenth:
    return Tenth(**{**content, "observed": Share(**content["observed"])})


def _draws(
    forecasts: Sequence[float], answers: Sequence[bool], cases: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Scores of samples of cases; a case comes with all its years, since they are alike."""
    from random import Random

    random = Random(20)  # noqa: S311 -- a seed makes the interval the same from run to run
    rows: dict[str, list[int]] = {}
    for place, case in enumerate(cases):
        rows.setdefault(case, []).append(place)
    names = list(rows)
    briers: list[float] = []
    aucs: list[float] = []
    for _ in range(DRAWS):
        drawn = [place for name in random.choices(names, k=len(names)) for place in rows[name]]
        some, said = [forecasts[i] for i in drawn], [answers[i] for i in drawn]
        briers.append(brier(some, said))
        if (area := auc(some, said)) is not None:
            aucs.append(area)
    return sorted(briers), sorted(aucs)


def _at(ordered: Sequence[float], quantile: float) -> float:
    return ordered[round(quantile * (len(ordered) - 1))]
