"""Foresee: how long changes last, whether this one will, and how staying power is checked.

Owns the words life, snapshot, forecast, base, score, instrument and profile. Knows nothing of registers,
pages or pictures: it gives numbers. Importing this is cheap; only learning loads numpy, inside.
The forecast and the staying-power check are two separate things and never mixed.
"""

from __future__ import annotations

from perdure.core.foresee.errors import ForeseeError
from perdure.core.foresee.forecast import Model, forecast, learn, learn_and_try, outcomes, validate
from perdure.core.foresee.instruments import all_instruments, instrument, read_instrument, score, score_group
from perdure.core.foresee.intervals import share, shares_by_group
from perdure.core.foresee.scoring import read_score, score_year
from perdure.core.foresee.survival import survival
from perdure.core.foresee.values import (
    Advice,
    Choice,
    Contribution,
    Domain,
    DomainScore,
    EndReason,
    Forecast,
    Instrument,
    Item,
    Life,
    LogRank,
    Outcome,
    Profile,
    Question,
    Score,
    Share,
    Snapshot,
    Survival,
    SurvivalCurve,
    SurvivalPoint,
    Tenth,
    Validation,
)

__all__ = [
    "Advice",
    "Choice",
    "Contribution",
    "Domain",
    "DomainScore",
    "EndReason",
    "Forecast",
    "ForeseeError",
    "Instrument",
    "Item",
    "Life",
    "LogRank",
    "Model",
    "Outcome",
    "Profile",
    "Question",
    "Score",
    "Share",
    "Snapshot",
    "Survival",
    "SurvivalCurve",
    "SurvivalPoint",
    "Tenth",
    "Validation",
    "all_instruments",
    "forecast",
    "instrument",
    "learn",
    "learn_and_try",
    "outcomes",
    "read_instrument",
    "read_score",
    "score",
    "score_group",
    "score_year",
    "share",
    "shares_by_group",
    "survival",
    "validate",
]
