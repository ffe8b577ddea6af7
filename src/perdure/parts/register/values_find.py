"""What finding takes and gives: plain frozen values, never models."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime


@dataclass(frozen=True)
class CaseFilters:
    """Which cases to find. Empty means no restriction; only published ones are ever found.

    text      words as somebody types them; each is the beginning of a word of the case
    area      COFOG division, 01 to 10; source: slug of a list; year: the year it began, as
              2015 or 2015-2018, 2015-, -2018; running: a year, or such years, in any of which it ran
    evidence  "yes": only cases with evidence
    """

    text: str = ""
    country: str = ""
    level: str = ""
    organisation: str = ""
    area: str = ""
    kind: str = ""
    technology: str = ""
    stage: str = ""
    status: str = ""
    ending: str = ""
    year: str = ""
    running: str = ""
    source: str = ""
    evidence: str = ""

    def groups(self) -> dict[str, str]:
        """The filters that are set, by group; the text is not one of them."""
        set_ = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "text"}
        return {group: value for group, value in set_.items() if value}

    def of(self, **groups: str) -> CaseFilters:
        """The same text with these filters instead."""
        return CaseFilters(self.text, **groups)


@dataclass(frozen=True)
class FacetValue:
    """One value that a filter may take, with the number of cases behind it."""

    value: str
    title: str
    n: int
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """One filter with its values, most frequent first. more: there are values that are not shown."""

    group: str
    title: str
    values: tuple[FacetValue, ...]
    more: bool = False


@dataclass(frozen=True)
class CaseRow:
    """One case in a list of cases. heard: when its owner last answered, or a keeper for them."""

    reference: str
    title: str
    summary: str
    country: str
    organisation: str
    area: str
    level: str
    stage: str
    status: str
    ending: str
    started: date | None
    ended: date | None
    first_listed: int | None
    last_listed: int | None
    source: str
    source_title: str
    heard: datetime | None = None

    @property
    def known_in(self) -> int | None:
        """The last year in which somebody said how it stands: its owner, or a list."""
        years = [year for year in (self.heard and self.heard.year, self.last_listed) if year]
        return max(years, default=None)

    @property
    def year(self) -> int | None:
        """The year it began as far as is known: its start, else the first list that named it."""
        return self.started.year if self.started else self.first_listed


@dataclass(frozen=True)
class Found:
    """One page of what was found, with the filters that narrow it.

    total     how many fit; with `more`, at least so many, and counts of facets are of those looked at
    looked    how many of them the counts are about
    read_as   the text that was searched for when no case has a word as it was typed; else ""
    """

    rows: tuple[CaseRow, ...]
    total: int
    more: bool
    looked: int
    page: int
    pages: int
    facets: tuple[Facet, ...]
    read_as: str = ""
