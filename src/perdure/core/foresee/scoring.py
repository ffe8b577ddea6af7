"""How forecasts did, against what happened."""

from __future__ import annotations

from collections.abc import Iterable

from perdure.core.foresee.values import Forecast, Outcome, Score


def score_year(forecasts: Iterable[Forecast], outcomes: Iterable[Outcome], *, slip_days: int = 90) -> Score:
    """The score of those forecasts whose outcome is known; the others are left out.

    Raises ForeseeError (foresee.too-few-cases) when none is known.
    """
    raise NotImplementedError
