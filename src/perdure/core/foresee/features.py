"""What a forecast looks at: a case's snapshots as numbers, each under the word a person reads.

Everything is known on the day of the snapshot: features come from the case's own present and past, never
from later lists. Unknown stays unknown (None) until the model decides what stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, log, log1p

from perdure.core.foresee.values import Snapshot
from perdure.core.foresee.wording import words_in

YEAR = 365.25
MOVED = 90
"""An end date that moved by more than so many days has slipped (or come nearer)."""

NUMBERS: Mapping[str, str] = {
    "left": "time-left",
    "left_share": "time-left",
    "age": "age",
    "length": "planned-length",
    "slips": "slipped-before",
    "slip_total": "slipped-before",
    "slip_last": "slipped-before",
    "seen": "times-seen",
    "cost": "cost",
    "budget": "year-budget",
    "budget_share": "year-share",
    "over_budget": "over-budget",
    "spend_change": "budget-change",
    "cost_change": "cost-change",
    "rating": "rating",
    "rating_change": "rating-history",
    "rating_worst": "rating-history",
    "words_leave": "words-leaving",
    "words_list": "words-the-list",
    "words_close": "words-closing",
    "words_benefits": "words-benefits",
    "words_finish": "words-finishing",
    "words_absorb": "words-normal-work",
    "words_stop": "words-stopping",
    "words_early": "words-early",
    "words_delay": "words-delay",
    "words_steady": "words-on-track",
    "withheld": "withheld",
}
"""Feature -> key of its words."""

LOGARITHMS = frozenset({"cost", "budget", *(name for name in NUMBERS if name.startswith("words_"))})
"""Features that hold log(1 + number)."""
RATIOS = frozenset({"over_budget", "spend_change", "cost_change"})
"""Features that hold the logarithm of a ratio."""

TEXT = "text"
LEARNT_WORDS = "words-learnt"
"""The feature that is a snapshot's own words, and the key of its words."""

CATEGORIES: Mapping[str, str] = {
    "left_step": "time-left",
    "organisation": "organisation",
    "area": "area",
    "kind": "kind",
    "stage": "stage",
    "rating_word": "rating",
}

_LIST = r"(?:gmpp|portfolio|register|inventory|list)"
_SIGNALS = {
    "words_leave": r"(?:exit\w*|leav\w+|left|remov\w+|coming off|dropped|graduat\w+|de-?register\w*)"
    rf"(?: (?:of|from|off|the|both|it|this|our|government|major|projects?|programmes?|and)){{0,7}} {_LIST}"
    rf"|{_LIST} (?:exit|removal|closure)\b|no longer (?:on|in|part of) [\w ]{{0,20}}{_LIST}",
    "words_list": r"\bgmpp\b|projects portfolio|\b(?:this|the) (?:portfolio|register|inventory)\b",
    "words_close": r"\bclosure|\bclos(?:ed?|ing)\b|close[- ]?down|exit\w*|gate(?:way)?(?: review)? 5",
    "words_benefits": r"benefits",
    "words_finish": r"complet(?:e[ds]?|ing|ion)|final(?:is\w+)?|finish\w*|conclud\w+"
    r"|end of (?:the )?(?:project|programme)|full(?:y)? (?:operating capability|operational|deliver\w+)"
    r"|now deliver\w*|has been deliver\w+|successfully deliver\w+|wind(?:ing)? down|post[- ]project"
    r"|lessons learn\w+",
    "words_absorb": r"business[- ]as[- ]usual|\bbau\b|normal (?:work|business|operations)|live service"
    r"|hand(?:ed)?[- ]?over|transition\w* (?:in)?to|mainstream\w*|embedd\w+|steady state",
    "words_stop": r"cancel\w*|terminat\w+|abandon\w*|withdr[ae]w\w*|discontinu\w*|\bstopp?ed\b|ceas\w+"
    r"|paus\w+|supersed\w+|merg\w+|split into|subsumed",
    "words_early": r"(?:outline|strategic outline|full) business case|\b[sof]bc\b|procurement|tender\w*"
    r"|mobilis\w+|initiat\w+|feasib\w+|early stages?|not yet (?:been )?(?:approved|agreed|set)|concept"
    r"|pilot\w*|assessment phase|discovery|alpha\b|planned|research",
    "words_delay": r"delay\w*|slip\w*|re-?baselin\w*|extend\w*|extension|postpon\w*|re-?plan\w*|re-?set"
    r"|behind|challeng\w+|later than|reprofil\w*",
    "words_steady": r"on track|on schedule|as planned|to plan|in line with|no change|remains",
}
_PATTERNS = {key: re.compile(pattern, re.IGNORECASE) for key, pattern in _SIGNALS.items()}
_WITHHELD = re.compile(r"exempt|withheld|not provided|freedom of information", re.IGNORECASE)
_COLOURS = {"green": 0.0, "amber": 1.0, "red": 2.0}


@dataclass(frozen=True)
class Facts:
    """One snapshot as features: numbers by name (None: unknown), categories by name, and its words."""

    case: str
    year: int
    numbers: Mapping[str, float | None]
    categories: Mapping[str, str]
    words: tuple[str, ...] = ()


def facts_of(snapshots: Iterable[Snapshot], *, year: int | None = None) -> tuple[Facts, ...]:
    """Features of every snapshot, or of one year's, by year and case; earlier ones are its history."""
    by_case: dict[str, list[Snapshot]] = {}
    for snapshot in once_a_year(snapshots):
        by_case.setdefault(snapshot.case, []).append(snapshot)
    found = [
        _facts(past[: place + 1])
        for past in by_case.values()
        for place, now in enumerate(past)
        if year is None or now.year == year
    ]
    return tuple(sorted(found, key=lambda f: (f.year, f.case)))


def once_a_year(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """By year and case. Of two snapshots of a case in one year (two merged rows), the last given counts."""
    kept = {(snapshot.year, snapshot.case): snapshot for snapshot in snapshots}
    return [kept[place] for place in sorted(kept)]


def _facts(past: Sequence[Snapshot]) -> Facts:
    now = past[-1]
    numbers = {**_times(now), **_moves(past), **_money(past), **_ratings(past), **_words(now.text)}
    numbers["seen"] = float(min(len(past) - 1, 5))
    numbers["withheld"] = float(bool(_WITHHELD.search(f"{now.rating} {now.text[:200]}")))
    categories = {"left_step": left_step(numbers["left"]), **_categories(now)}
    return Facts(now.case, now.year, numbers, categories, words_in(now.text))


def _times(now: Snapshot) -> dict[str, float | None]:
    left = (now.end - now.as_of).days / YEAR if now.end else None
    age = (now.as_of - now.start).days / YEAR if now.start else None
    length = left + age if left is not None and age is not None else None
    share = left / length if left is not None and length and length > 0 else None
    return {
        "left": _within(left, -2, 12),
        "age": _within(age, -1, 15),
        "length": _within(length, 0, 25),
        "left_share": _within(share, -0.5, 1.2),
    }


def left_step(years: float | None) -> str:
    """Time left in five steps; "" when there is no printed end."""
    if years is None:
        return ""
    return next(
        (name for limit, name in ((0, "over"), (1, "1"), (2, "2"), (5, "5")) if years <= limit), "more"
    )


def _moves(past: Sequence[Snapshot]) -> dict[str, float | None]:
    """How often, how far in all and how far last the end date moved, in earlier lists (years)."""
    moves = [(b.end - a.end).days for a, b in pairwise(past) if a.end and b.end]
    if not moves:
        return {"slips": None, "slip_total": None, "slip_last": None}
    return {
        "slips": float(sum(move > MOVED for move in moves)),
        "slip_total": _within(sum(moves) / YEAR, -3, 6),
        "slip_last": _within(moves[-1] / YEAR, -2, 4),
    }


def _money(past: Sequence[Snapshot]) -> dict[str, float | None]:
    now, before = past[-1], past[-2] if len(past) > 1 else None
    cost, budget, spend = _finite(now.cost), _finite(now.year_budget), _finite(now.year_forecast)
    known = budget is not None and budget >= 0 and (cost is None or cost >= 0)
    return {
        "cost": log1p(cost) if cost is not None and cost >= 0 else None,
        "budget": log1p(budget) if budget is not None and known else None,
        "budget_share": _within(budget / cost, 0, 1) if budget is not None and known and cost else None,
        "over_budget": _log_ratio(spend, budget),
        "spend_change": _log_ratio(budget, _finite(before.year_budget) if before else None),
        "cost_change": _log_ratio(cost, _finite(before.cost) if before else None),
    }


def _finite(amount: float | None) -> float | None:
    return amount if amount is not None and isfinite(amount) else None


def _log_ratio(now: float | None, before: float | None) -> float | None:
    """How much more, as a logarithm within -2 and 2; half a unit is added so that nought is no wonder."""
    if now is None or before is None or now < 0 or before < 0:
        return None
    return _within(log((now + 0.5) / (before + 0.5)), -2, 2)


def _ratings(past: Sequence[Snapshot]) -> dict[str, float | None]:
    values = [colour(snapshot.rating) for snapshot in past]
    known = [value for value in values if value is not None]
    now = values[-1]
    before = next((value for value in reversed(values[:-1]) if value is not None), None)
    return {
        "rating": now,
        "rating_change": now - before if now is not None and before is not None else None,
        "rating_worst": max(known) if known else None,
    }


def colour(rating: str) -> float | None:
    """Traffic lights from 0 (green) to 2 (red), between two for "Amber/Red"; None for other words."""
    if len(rating) > 24:
        return None
    named = [_COLOURS[word] for word in re.findall(r"green|amber|red", rating.lower())]
    return sum(named) / len(named) if named else None


def _words(text: str) -> dict[str, float | None]:
    """log(1 + number of words of each kind); unknown when nothing was written."""
    if len(text) < 20:
        return dict.fromkeys(_PATTERNS)
    return {key: log1p(len(pattern.findall(text))) for key, pattern in _PATTERNS.items()}


def _categories(now: Snapshot) -> dict[str, str]:
    rating = now.rating if len(now.rating) <= 24 else "withheld"
    words = {
        "organisation": now.organisation,
        "area": now.area,
        "kind": now.kind,
        "stage": now.stage,
        "rating_word": rating,
    }
    return {key: " ".join(word.lower().split()) for key, word in words.items()}


def _within(value: float | None, low: float, high: float) -> float | None:
    return None if value is None else min(max(value, low), high)
