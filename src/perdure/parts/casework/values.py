"""What casework tells others: plain frozen values, never models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CaseFilters:
    """Which cases to list. Empty means no restriction.

    states   new, open, waiting, decided
    service  slug
    whose    "" everybody's, "mine", "nobody"
    unread   only those the reader has not opened
    search   a part of the reference; overrides states, so that a decided case is found too
    """

    states: frozenset[str] = frozenset({"new", "open", "waiting"})
    service: str = ""
    whose: str = ""
    unread: bool = False
    search: str = ""


@dataclass(frozen=True)
class CaseRow:
    """One line of the list. due_on: the date to decide by; paused_on: since when the clock has stopped."""

    reference: str
    service: str
    service_title: str
    state: str
    effect: str
    label: str
    holder: str
    mine: bool
    unread: bool
    received_at: datetime
    due_on: date
    paused_on: date | None


@dataclass(frozen=True)
class CaseList:
    """One page of cases, soonest due first, with what the filters could show.

    counts    number of cases by state, whatever states are chosen
    services  (slug, title) of the services that have cases the person may see, by title
    """

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]
    services: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figures:
    """What matters today, for one person and their teams.

    oldest_days          age of the person's oldest open case in days; None when they hold none
    due_this_week        open, clock running, due within seven days or late
    on_time, decided     decisions of the last 30 days: within their time, and all
    low, high            95 % interval of on_time / decided (Wilson); 0 and 1 when nothing was decided
    """

    yours: int
    yours_unread: int
    oldest_days: int | None
    due_this_week: int
    late: int
    waiting: int
    untaken: int
    on_time: int
    decided: int
    low: float
    high: float


@dataclass(frozen=True)
class EntryShown:
    """One thing that happened. by: a name; "" for the applicant or the system."""

    kind: str
    text: str
    by: str
    at: datetime
    public: bool


@dataclass(frozen=True)
class LetterShown:
    """A letter. has_pdf: its PDF is made."""

    id: int
    kind: str
    subject: str
    body: str
    language: str
    written_at: datetime
    has_pdf: bool


@dataclass(frozen=True)
class OutcomeShown:
    """A decision that the service knows."""

    id: str
    title: str
    effect: str
    needs_reason: bool


@dataclass(frozen=True)
class CaseRecord:
    """One case as staff see it, without its answers (see answers.answers_of).

    revision  grows with everything that happens; a form sends it back, so that a stale page is noticed
    asked     what the applicant was asked last; "" when nothing waits for them
    """

    reference: str
    service: str
    service_title: str
    version: str
    label: str
    state: str
    effect: str
    outcome: str
    outcome_title: str
    reason: str
    holder: str
    holder_id: int | None
    received_at: datetime
    due_on: date
    paused_on: date | None
    decided_at: datetime | None
    revision: int
    asked: str
    entries: tuple[EntryShown, ...]
    letters: tuple[LetterShown, ...]
    outcomes: tuple[OutcomeShown, ...] = ()


@dataclass(frozen=True)
class AnswerShown:
    """One question and its answer.

    lines   the answer in words; empty when nothing was answered or it is masked
    masked  sensitive, and not revealed
    why     why it was asked, in words; "" when it is always asked
    """

    question: str
    title: str
    lines: tuple[str, ...]
    masked: bool = False
    why: str = ""


@dataclass(frozen=True)
class SectionShown:
    """Answers under one heading, in the order of the service. why: why all of them were asked, in words."""

    title: str
    answers: tuple[AnswerShown, ...]
    why: str = ""


@dataclass(frozen=True)
class NotAsked:
    """A page or question that this applicant was not asked, and why, in words."""

    title: str
    why: str
    because: str = ""


@dataclass(frozen=True)
class Finding:
    """A rule of eligibility that refuses. says: its trace in words."""

    id: str
    reason: str
    source: str
    says: str


@dataclass(frozen=True)
class AnswersShown:
    """Everything asked and answered in one application."""

    sections: tuple[SectionShown, ...]
    not_asked: tuple[NotAsked, ...]
    derived: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    has_masked: bool = False


@dataclass(frozen=True)
class DraftLetter:
    """A letter before it is written."""

    kind: str
    subject: str
    body: str
    language: str


@dataclass(frozen=True)
class StatusShown:
    """A case as its applicant sees it: only what is public."""

    reference: str
    service: str
    service_title: str
    version: str
    state: str
    effect: str
    outcome_title: str
    reason: str
    received_at: datetime
    due_on: date
    paused_on: date | None
    decided_at: datetime | None
    asked: str
    asked_at: datetime | None
    entries: tuple[EntryShown, ...]
    letters: tuple[LetterShown, ...]
