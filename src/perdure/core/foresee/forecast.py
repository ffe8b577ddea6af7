"""Learning from earlier lists, and forecasting the next one.

One list of cases at a time (a register may hold many: the caller keeps them apart), years in order.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from math import exp, expm1
from statistics import median_low
from typing import Any

from perdure.core.foresee.design import Column
from perdure.core.foresee.errors import ForeseeError
from perdure.core.foresee.features import LOGARITHMS, RATIOS, Facts, facts_of, once_a_year
from perdure.core.foresee.fitting import RECENT, Logit, fit, out_of_fold
from perdure.core.foresee.intervals import share
from perdure.core.foresee.reasons import why_it_left
from perdure.core.foresee.scoring import happened, read_score, score_of
from perdure.core.foresee.values import (
    Contribution,
    EndReason,
    Forecast,
    Outcome,
    Question,
    Score,
    Share,
    Snapshot,
    Validation,
)
from perdure.core.foresee.wording import without_rare

LEAST_OUTCOMES = 40
BASE_CASES = 20
TELLING = 3
"""So many words of a text are named as a reason."""
_VERSION = 2
_NEAR = 0.03
STRENGTHS: Mapping[Question, tuple[float, ...]] = {
    Question.STILL_LISTED: (0.04, 0.16, 0.64),
    Question.SLIPS: (0.01, 0.04, 0.16),
}
"""How freely weights may grow; folds of cases decide. The major projects need the first, a list with a plain
law the last."""
_WAYS_STRENGTH = 0.02
ROUNDS: Mapping[Question, int] = {Question.STILL_LISTED: 150, Question.SLIPS: 0}
"""Jumps of the steps beside the weights; they helped the first question and not the second (decision 155)."""


@dataclass(frozen=True)
class Model:
    """A learned forecast: plain numbers, its training window, and the score of each year it was tried on.

    base_forecasts, base_answers  what the model would have said about cases of the last lists that it had
                                  not seen, in order, and what happened to them
    ways    one small model for each reason to leave
    scores  by year, each from a model that saw only earlier years; empty when there was only one
    """

    question: Question
    slip_days: int
    first_year: int
    last_year: int
    cases: int
    logit: Logit
    base_forecasts: tuple[float, ...]
    base_answers: tuple[bool, ...]
    ways: Mapping[EndReason, Logit]
    scores: Mapping[int, Score]

    def to_json(self) -> str:
        content = {
            "version": _VERSION,
            "question": self.question.value,
            "slip_days": self.slip_days,
            "years": [self.first_year, self.last_year],
            "cases": self.cases,
            "logit": self.logit.as_json(),
            "base": [
                [round(p, 4), int(a)] for p, a in zip(self.base_forecasts, self.base_answers, strict=True)
            ],
            "ways": {reason.value: logit.as_json() for reason, logit in self.ways.items()},
            "scores": {str(year): asdict(score) for year, score in self.scores.items()},
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Model:
        """Raises ForeseeError (foresee.bad-model)."""
        try:
            return _read_model(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise ForeseeError(
                "This stored forecast cannot be read.", "Learn it again.", code="foresee.bad-model"
            ) from problem


def outcomes(snapshots: Iterable[Snapshot], *, told: Iterable[Outcome] = ()) -> tuple[Outcome, ...]:
    """What the next list showed about each snapshot, for every list that has a next one.

    told  what owners answered, or what is known from elsewhere; it goes before what the lists show
    """
    given = once_a_year(snapshots)
    known = {(outcome.case, outcome.year): outcome for outcome in told}
    at = {(snapshot.case, snapshot.year): snapshot for snapshot in given}
    years = sorted({snapshot.year for snapshot in given})
    following = dict(pairwise(years))
    days = {year: _day_of([s.as_of for s in given if s.year == year]) for year in years}
    found = [
        known.get((s.case, s.year))
        or _outcome(s, at.get((s.case, following[s.year])), days[following[s.year]])
        for s in given
        if s.year in following
    ]
    newest = [outcome for key, outcome in known.items() if key in at and key[1] not in following]
    return (*found, *newest)


def _day_of(days: Sequence[date]) -> date:
    return median_low(days)


def _outcome(now: Snapshot, later: Snapshot | None, next_list: date) -> Outcome:
    if later is None:
        return Outcome(now.case, now.year, still_listed=False, reason=why_it_left(now, next_list))
    slip = (later.end - now.end).days if later.end and now.end else None
    return Outcome(now.case, now.year, still_listed=True, slip_days=slip)


def learn(
    snapshots: Iterable[Snapshot],
    question: Question,
    *,
    told: Iterable[Outcome] = (),
    slip_days: int = 90,
) -> Model:
    """Learn from all lists given (the newest has no outcomes yet), and score the years before on the way.

    Takes some seconds for a thousand snapshots: for a job, not a page. Raises ForeseeError
    (foresee.too-few-cases) for fewer than 40 outcomes, or when all went the same way.
    """
    return learn_and_try(snapshots, question, told=told, slip_days=slip_days)[0]


def learn_and_try(
    snapshots: Iterable[Snapshot],
    question: Question,
    *,
    told: Iterable[Outcome] = (),
    slip_days: int = 90,
) -> tuple[Model, Validation | None]:
    """As learn and validate, in the time of one; None when there are too few years to try it on."""
    rows = _rows(list(snapshots), question, told, slip_days)
    _require(rows)
    by_year, baselines = _time_forward(rows, question)
    tried = _validation(rows, question, by_year, baselines) if by_year else None
    return _learnt(rows, question, slip_days, tried.by_year if tried else {}), tried


def _learnt(rows: Sequence[_Row], question: Question, slip_days: int, scores: Mapping[int, Score]) -> Model:
    facts, yes = [row.facts for row in rows], [row.yes for row in rows]
    strength, unseen = out_of_fold(facts, yes, STRENGTHS[question])
    if rounds := ROUNDS[question]:
        unseen = out_of_fold(facts, yes, (strength,), rounds=rounds)[1]
    recent = sorted({one.year for one in facts})[-RECENT:]
    base = sorted((p, row.yes) for p, row in zip(unseen, rows, strict=True) if row.facts.year in recent)
    return Model(
        question,
        slip_days,
        first_year=min(one.year for one in facts),
        last_year=max(one.year for one in facts),
        cases=len(rows),
        logit=fit(facts, yes, strength, rounds=rounds),
        base_forecasts=tuple(p for p, _ in base),
        base_answers=tuple(answer for _, answer in base),
        ways=_learn_ways(rows) if question is Question.STILL_LISTED else {},
        scores=scores,
    )


@dataclass(frozen=True)
class _Row:
    facts: Facts
    yes: bool
    reason: EndReason | None


def _rows(
    snapshots: Sequence[Snapshot], question: Question, told: Iterable[Outcome], slip_days: int
) -> list[_Row]:
    """Every snapshot with an answer to the question, oldest first."""
    known = {(outcome.case, outcome.year): outcome for outcome in outcomes(snapshots, told=told)}
    every = facts_of(snapshots)
    rows = []
    for facts, words in zip(every, without_rare([one.words for one in every]), strict=True):
        outcome = known.get((facts.case, facts.year))
        answer = happened(outcome, question, slip_days) if outcome else None
        if outcome is not None and answer is not None:
            rows.append(_Row(replace(facts, words=words), answer, outcome.reason))
    return rows


def _require(rows: Sequence[_Row]) -> None:
    if len(rows) < LEAST_OUTCOMES:
        raise ForeseeError(
            f"Not enough history: the next year is known of {len(rows)} cases, too few to learn from.",
            f"Bring in lists of at least two years, with {LEAST_OUTCOMES} cases or more.",
            code="foresee.too-few-cases",
        )
    if len({row.yes for row in rows}) < 2:
        raise ForeseeError(
            f"All {len(rows)} cases whose next year is known went the same way: nothing tells them apart.",
            "Bring in the list of another year. If one list names only some organisations, say so when you "
            "import it.",
            code="foresee.too-few-cases",
        )


def _learn_ways(rows: Sequence[_Row]) -> dict[EndReason, Logit]:
    """For each reason that occurs: the chance that it is the one, among cases that left."""
    left = [row for row in rows if not row.yes and row.reason is not None]
    facts = [row.facts for row in left]
    found = {}
    for reason in EndReason:
        answers = [row.reason is reason for row in left]
        if any(answers) and not all(answers):
            found[reason] = fit(facts, answers, _WAYS_STRENGTH, recent=len(left))
    return found


# -- Forecasting ------------------------------------------------------------------------------------------


def forecast(model: Model, snapshots: Iterable[Snapshot], year: int) -> tuple[Forecast, ...]:
    """A forecast for each case in the list of `year`; earlier lists are its history. Light and quick."""
    return tuple(_forecast(model, facts) for facts in facts_of(snapshots, year=year))


def _forecast(model: Model, facts: Facts) -> Forecast:
    probability = model.logit.probability(facts)
    ways = _ways(model, facts, 1 - probability) if model.ways else {}
    return Forecast(
        facts.case,
        facts.year,
        model.question,
        probability,
        base=_base(model, probability),
        reasons=_contributions(model.logit, facts),
        ways=ways,
    )


def _base(model: Model, probability: float) -> Share:
    """What happened to the cases with a forecast most like this one: all within 3 points, but at least 20."""
    forecasts = model.base_forecasts
    low = high = bisect_left(forecasts, probability)
    while high - low < len(forecasts):
        below = probability - forecasts[low - 1] if low > 0 else 2.0
        above = forecasts[high] - probability if high < len(forecasts) else 2.0
        if high - low >= BASE_CASES and min(below, above) > _NEAR:
            break
        low, high = (low - 1, high) if below <= above else (low, high + 1)
    return share(sum(model.base_answers[low:high]), high - low)


def _ways(model: Model, facts: Facts, leaves: float) -> dict[EndReason, float]:
    chances = {reason: logit.probability(facts) for reason, logit in model.ways.items()}
    total = sum(chances.values())
    return {reason: leaves * chance / total for reason, chance in chances.items()}


def _contributions(logit: Logit, facts: Facts) -> tuple[Contribution, ...]:
    """Effects by word, strongest first; those too small to speak of are left out."""
    effects: dict[str, float] = {}
    strongest: dict[str, tuple[float, Column]] = {}
    for column, effect in logit.effects(facts):
        effects[column.key] = effects.get(column.key, 0.0) + effect
        if abs(effect) >= strongest.get(column.key, (0.0, column))[0]:
            strongest[column.key] = (abs(effect), column)
    return tuple(
        Contribution(key, _shown(strongest[key][1], facts, effect), round(effect, 3))
        for key, effect in sorted(effects.items(), key=lambda pair: -abs(pair[1]))
        if abs(effect) >= 0.05
    )


_SHOWN_BY = {"time-left": "left", "rating": "rating_word", "slipped-before": "slip_total"}


def _shown(column: Column, facts: Facts, effect: float) -> str:
    """The case's own value: years, a word, an amount, a number of words, a ratio, or words of its text."""
    if column.shape == "text":
        return _telling(column, facts, effect)
    feature = _SHOWN_BY.get(column.key, column.feature)
    if feature in facts.categories:
        return facts.categories[feature]
    number = facts.numbers[feature]
    if number is None:
        return ""
    if feature in LOGARITHMS:
        return f"{expm1(number):.0f}"
    return f"{exp(number):.2f}" if feature in RATIOS else f"{number:.1f}"


def _telling(column: Column, facts: Facts, effect: float) -> str:
    """The words of the text that lean the way of the effect most."""
    lean = {word: column.words[word] for word in facts.words if column.words.get(word, 0.0) * effect > 0}
    return ", ".join(sorted(lean, key=lambda word: (-abs(lean[word]), word))[:TELLING])


# -- Validation -------------------------------------------------------------------------------------------


def validate(
    snapshots: Iterable[Snapshot],
    question: Question,
    *,
    told: Iterable[Outcome] = (),
    slip_days: int = 90,
) -> Validation:
    """Score every year that has outcomes and earlier years to learn from (40 outcomes or more).

    Raises ForeseeError (foresee.too-few-cases) when no year can be tried.
    """
    return validate_years(snapshots, question, told=told, slip_days=slip_days)


def validate_years(
    snapshots: Iterable[Snapshot],
    question: Question,
    *,
    told: Iterable[Outcome] = (),
    slip_days: int = 90,
    first: int = 0,
) -> Validation:
    """As validate, from the year `first` on; earlier years are only learned from."""
    rows = _rows(list(snapshots), question, told, slip_days)
    by_year, baselines = _time_forward(rows, question, first)
    if not by_year:
        _require([])
    return _validation(rows, question, by_year, baselines)


def _validation(
    rows: Sequence[_Row], question: Question, by_year: Mapping[int, _Said], baselines: Mapping[str, _Said]
) -> Validation:
    pooled = {place: p for said in by_year.values() for place, p in said.items()}
    return Validation(
        question,
        pooled=_score(rows, pooled),
        by_year={year: _score(rows, said) for year, said in by_year.items()},
        baselines={name: _score(rows, said) for name, said in baselines.items()},
    )


_Said = dict[int, float]
"""Place of a row -> the probability that was forecast for it."""


def _time_forward(
    rows: Sequence[_Row], question: Question, first: int = 0
) -> tuple[dict[int, _Said], dict[str, _Said]]:
    by_year: dict[int, _Said] = {}
    baselines: dict[str, _Said] = {"constant": {}, "time-left-table": {}}
    for year in sorted({row.facts.year for row in rows if row.facts.year >= first}):
        seen = [row for row in rows if row.facts.year < year]
        if len(seen) < LEAST_OUTCOMES or len({row.yes for row in seen}) < 2:
            continue
        facts, yes = [row.facts for row in seen], [row.yes for row in seen]
        strength = out_of_fold(facts, yes, STRENGTHS[question])[0]
        model = fit(facts, yes, strength, rounds=ROUNDS[question])
        places = {place: row.facts for place, row in enumerate(rows) if row.facts.year == year}
        by_year[year] = {place: model.probability(facts) for place, facts in places.items()}
        constant = sum(yes) / len(yes)
        table = _table(seen)
        baselines["constant"].update(dict.fromkeys(places, constant))
        baselines["time-left-table"].update(
            {place: table.get(facts.categories["left_step"], constant) for place, facts in places.items()}
        )
    return by_year, baselines


def _table(rows: Sequence[_Row]) -> dict[str, float]:
    """The plainest rival: the share of yes by time left to the printed end, in five steps."""
    counts: dict[str, list[bool]] = {}
    for row in rows:
        counts.setdefault(row.facts.categories["left_step"], []).append(row.yes)
    return {bucket: sum(answers) / len(answers) for bucket, answers in counts.items()}


def _score(rows: Sequence[_Row], said: _Said) -> Score:
    places = list(said)
    return score_of(
        [said[place] for place in places],
        [rows[place].yes for place in places],
        cases=[rows[place].facts.case for place in places],
        years=sorted({rows[place].facts.year for place in places}),
    )


# -- Reading a stored model -------------------------------------------------------------------------------


def _read_model(content: dict[str, Any]) -> Model:
    if content["version"] != _VERSION:
        raise ValueError("another version")
    base = [(float(p), bool(answer)) for p, answer in content["base"]]
    return Model(
        Question(content["question"]),
        int(content["slip_days"]),
        first_year=int(content["years"][0]),
        last_year=int(content["years"][1]),
        cases=int(content["cases"]),
        logit=Logit.from_json(content["logit"]),
        base_forecasts=tuple(p for p, _ in base),
        base_answers=tuple(answer for _, answer in base),
        ways={EndReason(reason): Logit.from_json(way) for reason, way in content["ways"].items()},
        scores={int(year): read_score(score) for year, score in content["scores"].items()},
    )
