"""Fitting a logistic model with a ridge penalty, allowing each year a level of its own, and steps beside it.

Written out in numpy and not called from scikit-learn, whose import costs 220 MiB and three seconds
(decision 101); the tests compare it with scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from perdure.core.foresee.boosting import Steps, boosted
from perdure.core.foresee.design import FOLDS, Column, design_for, fold_of
from perdure.core.foresee.features import Facts
from perdure.core.foresee.numbers import logistic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

YEAR_SCALE = 2.0
"""How much looser a year's own level is held than a column's weight."""
RECENT = 2
"""A forecast starts from the level of the last so many lists."""


@dataclass(frozen=True)
class Logit:
    """Columns with their weights and steps. level is the log-odds of the average case at the recent level."""

    columns: tuple[Column, ...]
    weights: tuple[float, ...]
    level: float
    steps: tuple[Steps, ...]

    def effects(self, facts: Facts) -> Iterator[tuple[Column, float]]:
        """What each column adds to the log-odds of a case."""
        for column, weight, steps in zip(self.columns, self.weights, self.steps, strict=True):
            value = column.value(facts)
            yield column, weight * value + steps.at(value)

    def log_odds(self, facts: Facts) -> float:
        return self.level + sum(effect for _, effect in self.effects(facts))

    def probability(self, facts: Facts) -> float:
        return logistic(self.log_odds(facts))

    def as_json(self) -> dict[str, Any]:
        every = zip(self.columns, self.weights, self.steps, strict=True)
        columns = [
            {**column.as_json(), "weight": weight, **_as_json(steps)} for column, weight, steps in every
        ]
        return {"level": self.level, "columns": columns}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Logit:
        weights = tuple(float(column["weight"]) for column in content["columns"])
        columns = tuple(
            Column(**{name: value for name, value in column.items() if name not in _BESIDE})
            for column in content["columns"]
        )
        steps = tuple(
            Steps(tuple(map(float, column.get("limits", ()))), tuple(map(float, column.get("heights", ()))))
            for column in content["columns"]
        )
        return cls(columns, weights, float(content["level"]), steps)


_BESIDE = {"weight", "limits", "heights"}


def _as_json(steps: Steps) -> dict[str, Any]:
    return {"limits": steps.limits, "heights": steps.heights} if steps.heights else {}


def fit(
    facts: Sequence[Facts], yes: Sequence[bool], strength: float, *, recent: int = RECENT, rounds: int = 0
) -> Logit:
    """The penalised maximum of the likelihood. Both answers must occur.

    strength  how freely weights may grow: the inverse of the penalty (C of scikit-learn)
    rounds    with any, the mean (in log-odds) of that and of steps made of so many jumps (decision 155)
    """
    return _fit_each(facts, yes, (strength,), recent, rounds)[0]


def _fit_each(
    facts: Sequence[Facts],
    yes: Sequence[bool],
    strengths: Sequence[float],
    recent: int = RECENT,
    rounds: int = 0,
) -> list[Logit]:
    """One model for each strength, from the same columns."""
    import numpy as np

    design = design_for(facts, yes)
    columns = design.columns
    years = sorted({one.year for one in facts})
    table = np.array(design.table).reshape(len(facts), -1)
    levels = np.array([[YEAR_SCALE * (one.year == year) for year in years] for one in facts])
    whole = np.hstack([np.ones((len(facts), 1)), table, levels])
    answers = np.array(yes, float)
    found = []
    for strength in strengths:
        weights = _newton(whole, answers, strength)
        own, of_years = weights[1 : 1 + len(columns)], weights[1 + len(columns) :]
        level = float(weights[0] + YEAR_SCALE * of_years[-recent:].mean())
        plain = Logit(columns, tuple(map(float, own)), level, (Steps(),) * len(columns))
        start = weights[0] + levels @ of_years
        found.append(_with_steps(plain, boosted(table, answers, start, rounds), table) if rounds else plain)
    return found


def _with_steps(plain: Logit, steps: Sequence[Steps], table: Numbers) -> Logit:
    """The mean of a model and of steps; what these add to the average case goes into the level."""
    level, halved = plain.level, []
    for one, column in zip(steps, table.T, strict=True):
        mean = sum(map(one.at, column.tolist())) / len(column)
        level += mean / 2
        halved.append(Steps(one.limits, tuple((height - mean) / 2 for height in one.heights)))
    return Logit(plain.columns, tuple(weight / 2 for weight in plain.weights), level, tuple(halved))


def _newton(table: Numbers, yes: Numbers, strength: float) -> Numbers:
    """Newton's method on the penalised log-likelihood; the first column (the constant) is not penalised."""
    import numpy as np

    penalty = np.full(table.shape[1], 1 / strength)
    penalty[0] = 1e-6
    weights: Numbers = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (yes - chance) - penalty * weights
        spread = np.sqrt(chance * (1 - chance))[:, None] * table
        curve = np.einsum("ni,nj->ij", spread, spread) + np.diag(penalty)  # BLAS threads wait for one another
        step = np.linalg.solve(curve, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def out_of_fold(
    facts: Sequence[Facts], yes: Sequence[bool], strengths: Sequence[float], *, rounds: int = 0
) -> tuple[float, list[float]]:
    """The best of the strengths, and with it a probability for each from a model that has not seen the case.

    Best is the least Brier score over all cases, each forecast by a model without it, in any year.
    """
    found = {strength: [sum(yes) / len(yes)] * len(facts) for strength in strengths}
    folds = [fold_of(one.case) for one in facts]
    for fold in range(FOLDS):
        kept = [place for place, own in enumerate(folds) if own != fold]
        if len({yes[place] for place in kept}) < 2:
            continue
        models = _fit_each([facts[i] for i in kept], [yes[i] for i in kept], strengths, rounds=rounds)
        for strength, model in zip(strengths, models, strict=True):
            for place, own in enumerate(folds):
                if own == fold:
                    found[strength][place] = model.probability(facts[place])
    best = min(strengths, key=lambda s: sum((p - a) ** 2 for p, a in zip(found[s], yes, strict=True)))
    return best, found[best]
