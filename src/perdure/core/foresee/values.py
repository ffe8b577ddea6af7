"""The plain values of foresee: lives, curves, shares, snapshots, forecasts, scores and profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# -- How long they lasted ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """One case from its start to its end, or to the last day on which it was known to run.

    start        the day the case began
    end          the day it ended; None while it had not ended on `censored_at`
    censored_at  the last day anybody knew; not read when `end` is given
    group        what the curves are split by ("Health", "FR"); "" for one curve
    known_from   the day it was first listed, when it could not have been seen before (left truncation):
                 a case listed two years after its start tells nothing about its first two years
    """

    start: date
    end: date | None = None
    censored_at: date | None = None
    group: str = ""
    known_from: date | None = None


@dataclass(frozen=True)
class SurvivalPoint:
    """One step of a curve: the share still running after this many days, and the table's row.

    share, low and high are between 0 and 1. at_risk: cases that were running and watched just before;
    ended and censored: how many ended on this day, and how many were last seen on it.
    """

    days: int
    share: float
    low: float
    high: float
    at_risk: int
    ended: int
    censored: int = 0

    @property
    def years(self) -> float:
        return self.days / 365.25


@dataclass(frozen=True)
class SurvivalCurve:
    """The curve of one group. points begin at day 0 with share 1; each holds until the next one.

    median_days  None when more than half were still running at the end; so for its low and high
    """

    group: str
    cases: int
    ended: int
    points: tuple[SurvivalPoint, ...]
    median_days: int | None = None
    median_low: int | None = None
    median_high: int | None = None

    def at(self, days: int) -> SurvivalPoint:
        """The point that holds after so many days."""
        return [point for point in self.points if point.days <= max(days, 0)][-1]


@dataclass(frozen=True)
class LogRank:
    """Do the groups' curves differ? p is the chance of so large a difference when they do not."""

    statistic: float
    degrees_of_freedom: int
    p: float


@dataclass(frozen=True)
class Survival:
    """Curves by group, in the order of their names. left_out: cases without a usable span of time."""

    curves: tuple[SurvivalCurve, ...]
    log_rank: LogRank | None
    left_out: int
    confidence: float


# -- Shares -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """`count` of `of` cases, with its Wilson interval. All three are 0 to 1; of = 0 gives share None."""

    count: int
    of: int
    share: float | None
    low: float
    high: float
    confidence: float = 0.95

    @property
    def of_100(self) -> int | None:
        return None if self.share is None else round(100 * self.share)


# -- Forecasts --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Snapshot:
    """What one yearly list said about one case. Unknown is None or "", never guessed.

    case    a key that stays the same through renames
    year    the list's year
    day     the day its facts describe; when None, 1 January of `year`
    Money is in one unit throughout a register. rating is the list's own word ("Amber/Red").
    text    any commentary; `kind`, `area`, `organisation` and `stage` are words of the list
    """

    case: str
    year: int
    day: date | None = None
    title: str = ""
    start: date | None = None
    end: date | None = None
    cost: float | None = None
    year_budget: float | None = None
    year_forecast: float | None = None
    benefits: float | None = None
    rating: str = ""
    organisation: str = ""
    area: str = ""
    kind: str = ""
    stage: str = ""
    text: str = ""

    @property
    def as_of(self) -> date:
        return self.day or date(self.year, 1, 1)


class Question(StrEnum):
    """What is forecast."""

    STILL_LISTED = "still-listed"
    """The case is in the next year's list."""
    SLIPS = "slips"
    """Its end date moves back by more than `slip_days` until the next year's list, given that it is there."""


class EndReason(StrEnum):
    """Why a case left a list. Leaving is no failure: most leave because they finished."""

    COMPLETED = "completed"
    ABSORBED = "absorbed"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What the next list showed. slip_days: how far the end date moved (None: not there, or no date).

    reason  only for a case that left; a weak label unless somebody told us (`told`)
    """

    case: str
    year: int
    still_listed: bool
    slip_days: int | None = None
    reason: EndReason | None = None
    told: bool = False


@dataclass(frozen=True)
class Contribution:
    """How much one feature moved a forecast away from the middle case.

    key     a word's key ("time-left", "rating", "slipped-before"); the site has its words, and
            docs/reference/forecast-card.md lists them all with the unit of their value
    value   the case's own value; "" when not known
    effect  in log-odds; above 0 makes "yes" likelier
    """

    key: str
    value: str
    effect: float


@dataclass(frozen=True)
class Forecast:
    """A probability with its base: `base.count` of `base.of` earlier cases with a forecast like this one.

    low and high are the base's interval around what really happened to them.
    ways  for STILL_LISTED: the probability of each way to leave; they add up to 1 - probability
    """

    case: str
    year: int
    question: Question
    probability: float
    base: Share
    reasons: tuple[Contribution, ...] = ()
    ways: Mapping[EndReason, float] = field(default_factory=dict)

    @property
    def low(self) -> float:
        return self.base.low

    @property
    def high(self) -> float:
        return self.base.high


NEAR = 0.05


@dataclass(frozen=True)
class Tenth:
    """Forecasts from `low` up to `high` (0 to 1): their mean, what happened, and how many.

    In groups of equal number, low and high are the least and the greatest forecast of the group.
    """

    low: float
    high: float
    forecast: float
    observed: Share

    @property
    def near(self) -> bool:
        """Whether what happened is within five points of what was said."""
        return self.observed.share is not None and abs(self.forecast - self.observed.share) <= NEAR


@dataclass(frozen=True)
class Score:
    """How forecasts did. brier: 0 is perfect; auc: 0.5 is a coin, None when all outcomes are alike.

    The intervals come from drawing cases again (bootstrap over cases, seeded); years is what was scored.
    tenths  by ten equal steps of probability, without empty ones
    groups  by ten groups of equal number, lowest forecasts first; fewer when there are fewer than 50 cases
    """

    n: int
    brier: float
    brier_low: float
    brier_high: float
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    tenths: tuple[Tenth, ...]
    years: tuple[int, ...] = ()
    groups: tuple[Tenth, ...] = ()

    @property
    def right(self) -> int:
        """Of the n cases, how many went the way that was called the likelier; one half calls a yes."""
        return sum(
            ten.observed.count if ten.low >= 0.5 else ten.observed.of - ten.observed.count
            for ten in self.tenths
        )


@dataclass(frozen=True)
class Validation:
    """Time-forward: each year scored by a model that saw only the years before it.

    baselines  by key: "constant", "time-left-table"
    """

    question: Question
    pooled: Score
    by_year: Mapping[int, Score]
    baselines: Mapping[str, Score]


# -- Instruments ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """One question of an instrument. text and advice may be "" where the wording is not ours to print."""

    key: str
    text: str = ""
    hint: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Domain:
    key: str
    title: str
    items: tuple[Item, ...]
    advice: str = ""


@dataclass(frozen=True)
class Choice:
    """One step of the scale: its value, its words, and whether it counts ("do not know" does not)."""

    value: float
    text: str = ""


@dataclass(frozen=True)
class Instrument:
    """A check: what is asked, on which scale, how it is scored, who wrote it and on which terms.

    higher_is  "stronger" or "weaker" (NASSS: a higher value is more complex)
    complete   False when a site has to load the items' wording first (see `licence`)
    others     language -> the same check in its words
    """

    key: str
    title: str
    summary: str
    domains: tuple[Domain, ...]
    scale: tuple[Choice, ...]
    higher_is: str
    citation: str
    licence: str
    complete: bool
    minutes: int = 5
    others: Mapping[str, Instrument] = field(default_factory=dict, repr=False, compare=False)

    def said_in(self, language: str) -> Instrument:
        """The check in a language (de, de-at) as far as its file has it, else as it was written."""
        return self.others.get(language) or self.others.get(language.partition("-")[0]) or self


@dataclass(frozen=True)
class DomainScore:
    """raw on the instrument's scale; value 0 (weakest) to 1 (strongest). Both None with no answer at all.

    answered counts the items that have an answer; a missing answer is never filled in.
    """

    key: str
    title: str
    raw: float | None
    value: float | None
    answered: int
    items: int


@dataclass(frozen=True)
class Advice:
    """What to do about one weak domain or item; item is "" when it speaks of the domain."""

    domain: str
    item: str
    text: str


@dataclass(frozen=True)
class Profile:
    """A scored check. overall is the plain mean of the domains' raw scores, None while one has none.

    weakest  the keys of the weakest domains, weakest first (at most three, none that is at full strength)
    missing  the keys of items without an answer
    """

    instrument: str
    domains: tuple[DomainScore, ...]
    overall: float | None
    weakest: tuple[str, ...]
    advice: tuple[Advice, ...]
    missing: tuple[str, ...]
