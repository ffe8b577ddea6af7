"""What a page of one case shows: plain frozen values, never models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

EDITABLE = (
    *("title", "summary", "for_whom", "country", "level", "organisation", "unit", "area", "kind"),
    *("stage", "status", "ending", "started", "review_due", "planned_end", "ended"),
    *("cost", "currency", "url", "owner_email", "owner_language"),
)
"""The fields of a case that its keepers write."""


def safe_address(url: str) -> str:
    """The address when it is one of the web; "" for anything else that a list may hold."""
    return url if url.casefold().startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Said:
    """A value that a list gave to a field. long: a text too long to stand in a line."""

    field: str
    value: str
    before: str = ""
    long: bool = False


@dataclass(frozen=True)
class Listing:
    """What one list said of a case in one year. changed: against the listing before; said: all of it."""

    year: int | None
    source: str
    source_title: str
    line: int
    first: bool
    changed: tuple[Said, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class EvidenceShown:
    """Something that bears out what is said of a case. own: the verb, when this installation saw it.

    under   title of the case that it was written on, when that was merged into this one
    """

    id: int
    says: str
    quote: str
    title: str
    url: str
    place: str
    own: str
    by: str
    at: datetime
    under: str = ""

    @property
    def safe_url(self) -> str:
        return safe_address(self.url)


@dataclass(frozen=True)
class CaseShown:
    """One case as its page shows it.

    id        for questions within the register; addresses use the reference
    merged    reference of the case that this one turned out to be; "" when it stands by itself
    was       (reference, title) of cases that turned out to be this one
    extra     columns of the list that no field was made for
    listings  newest first
    heard     when its owner last answered, or a keeper for them
    """

    id: int
    reference: str
    state: str
    merged: str
    was: tuple[tuple[str, str], ...]
    title: str
    summary: str
    for_whom: str
    country: str
    level: str
    organisation: str
    unit: str
    area: str
    kind: str
    technologies: tuple[str, ...]
    stage: str
    stage_raw: str
    status: str
    ending: str
    started: date | None
    review_due: date | None
    planned_end: date | None
    ended: date | None
    cost: Decimal | None
    currency: str
    rating: str
    outcome: str
    outcome_later: str
    assessed_on: date | None
    url: str
    first_listed: int | None
    last_listed: int | None
    source: str
    source_title: str
    publisher: str
    licence: str
    extra: tuple[tuple[str, str], ...]
    listings: tuple[Listing, ...]
    evidence: tuple[EvidenceShown, ...]
    gatherings: tuple[tuple[str, str], ...]
    heard: datetime | None
    revision: int
    changed_at: datetime

    @property
    def known_in(self) -> int | None:
        """The last year in which somebody said how it stands: its owner, or a list."""
        years = [year for year in (self.heard and self.heard.year, self.last_listed) if year]
        return max(years, default=None)

    @property
    def safe_url(self) -> str:
        return safe_address(self.url)
