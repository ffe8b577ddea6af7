"""Learning from earlier lists, and forecasting the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perdure.core.foresee.values import Forecast, Outcome, Question, Score, Snapshot, Validation


@dataclass(frozen=True)
class Model:
    """A learned forecast: plain numbers, its training window, and the score of each year it was tried on."""

    question: Question
    slip_days: int
    first_year: int
    last_year: int
    cases: int
    content: Mapping[str, Any]
    scores: Mapping[int, Score]

    def to_json(self) -> str:
        raise NotImplementedError

    @classmethod
    def from_json(cls, text: str) -> Model:
        """Raises ForeseeError (foresee.bad-model)."""
        raise NotImplementedError


def outcomes(snapshots: Iterable[Snapshot], *, told: Iterable[Outcome] = ()) -> tuple[Outcome, ...]:
    """What the next list showed about each snapshot, for every list that has a next one.

    told  what owners answered; it goes before what the lists show
    """
    raise NotImplementedError


def learn(
    snapshots: Iterable[Snapshot],
    question: Question,
    *,
    told: Iterable[Outcome] = (),
    slip_days: int = 90,
) -> Model:
    """Learn from all lists given (the newest has no outcomes yet). Takes seconds and 250 MiB: for a job.

    Raises ForeseeError (foresee.too-few-cases) for fewer than two lists or 40 outcomes.
    """
    raise NotImplementedError


def forecast(model: Model, snapshots: Iterable[Snapshot], year: int) -> tuple[Forecast, ...]:
    """A forecast for each case in the list of `year`; earlier lists are its history. Light and quick."""
    raise NotImplementedError


def validate(
    snapshots: Iterable[Snapshot],
    question: Question,
    *,
    told: Iterable[Outcome] = (),
    slip_days: int = 90,
) -> Validation:
    """Score every year that has an outcome and at least one earlier list with outcomes. Heavy as `learn`."""
    raise NotImplementedError
