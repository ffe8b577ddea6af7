"""How long a forecast takes to learn, beside the barest way to fit as many models.

    python -m bench.forecast --rows 20000

Makes up five yearly lists of a portfolio whose cases leave when their end has come, mostly, with sixty words
of text each. Prints processor seconds for each question: learning with the trial of every year, forecasting
the newest list, and the floor: scikit-learn's plain logistic regression fitted as many times to one ready
table of as many rows and columns, without reading a word, drawing an interval or explaining anything.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from perdure.core.foresee.api import Model, Question, Snapshot, forecast, learn_and_try
from perdure.core.foresee.design import FOLDS
from perdure.core.foresee.forecast import STRENGTHS

YEARS = (2016, 2017, 2018, 2019, 2020)
WORDS = 60
RATINGS = ("Green", "Amber/Green", "Amber", "Amber/Red", "Red")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=20_000)
    rows = asked.parse_args().rows
    said = snapshots(rows)
    print(f"{len(said)} rows of {len(YEARS)} lists, {len({one.case for one in said})} cases")
    print("| question | learnt and tried, s | newest list forecast, s | floor, s | times the floor |")
    print("|---|---|---|---|---|")
    for question in Question:
        model, learning = clocked(lambda question=question: learn_and_try(said, question)[0])
        _found, saying = clocked(lambda model=model: forecast(model, said, YEARS[-1]))
        floor = floor_of(model)
        told = f"{learning:.1f} | {saying:.1f} | {floor:.1f} | {learning / floor:.1f}"
        print(f"| {question.value} | {told} |", flush=True)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def clocked(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return act(), time.process_time() - began


def snapshots(rows: int) -> list[Snapshot]:
    """Five lists of as many rows each, less or more; whoever leaves is followed by a new case."""
    chance = random.Random(4)
    words = [f"{a}{b}" for a in ("lorem", "ipsum", "dolor", "sit", "amet") for b in "abcdefghijklmnop"]
    odds = [1 / place for place in range(1, len(words) + 1)]
    each = rows // len(YEARS)
    running = [_case(number, YEARS[0], chance) for number in range(each)]
    made, number = [], each
    for year in YEARS:
        for place, (name, start, end) in enumerate(running):
            facts = _facts(words, odds, chance)
            made.append(Snapshot(name, year, start=start, end=end, **facts))
            over = end < date(year + 1, 1, 1)
            if chance.random() < (0.85 if over else 0.05):
                running[place], number = _case(number, year + 1, chance), number + 1
            elif chance.random() < 0.2:
                running[place] = (name, start, end + timedelta(days=365))
    return made


def _case(number: int, year: int, chance: random.Random) -> tuple[str, date, date]:
    start = date(year, 1, 1) - timedelta(days=chance.randrange(0, 1500))
    return f"case-{number}", start, start + timedelta(days=chance.randrange(600, 4000))


def _facts(words: list[str], odds: list[float], chance: random.Random) -> dict[str, Any]:
    """What a list says of a case besides its days."""
    cost = float(chance.randrange(5, 5000))
    return {
        "cost": cost,
        "year_budget": cost / 5,
        "year_forecast": cost / 5 * chance.uniform(0.6, 1.4),
        "rating": chance.choice(RATINGS),
        "organisation": f"Department {chance.randrange(25)}",
        "kind": f"Kind {chance.randrange(4)}",
        "text": " ".join(chance.choices(words, odds, k=WORDS)),
    }


def floor_of(model: Model) -> float:
    """Seconds of scikit-learn for the fits that learning makes: folds by strengths, and one, for each trial.

    A trial has the outcomes of the years before; the last learns from all of them.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    draw = np.random.default_rng(4)
    trials = len(model.scores) + 1
    strengths = STRENGTHS[model.question]
    spent = 0.0
    for trial in range(trials):
        rows = model.cases * (len(YEARS) - trials + trial) // (len(YEARS) - 1)
        table = draw.normal(size=(rows, len(model.logit.columns)))
        yes = table[:, 0] + draw.normal(size=rows) > 0
        plain = [LogisticRegression(C=one, max_iter=200) for one in strengths]
        for each in [*(plain * FOLDS), plain[0]]:
            began = time.process_time()
            each.fit(table, yes)
            spent += time.process_time() - began
    return spent


if __name__ == "__main__":
    main()
