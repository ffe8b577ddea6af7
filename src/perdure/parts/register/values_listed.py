"""What became of the cases of a list: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from perdure.core.foresee.api import Share


def plain_share(share: Share) -> dict[str, Any]:
    """A share for JSON: counts, and numbers from 0 to 1 to four places; share is null when there is none."""
    return {
        "count": share.count,
        "of": share.of,
        "share": None if share.share is None else round(share.share, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
        "confidence": share.confidence,
    }


@dataclass(frozen=True)
class ListYears:
    """A list with the years there are of it, oldest first."""

    slug: str
    title: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class StillListed:
    """How many cases of one organisation (or all) were in the list of one year and in that of a later one.

    share      of those whose organisation is in the later list at all
    renamed    how many of them are there under another name, as a person or a sure match has said
    undecided  cases counted as gone for which somebody has yet to say whether they go on under another name
    absent     the later list names nothing of this organisation: nothing is said about its cases
    """

    organisation: str
    share: Share
    renamed: int
    undecided: int
    absent: bool = False

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        told = {"organisation": self.organisation} if self.organisation else {}
        return told | plain_share(self.share) | {"renamed": self.renamed, "undecided": self.undecided}


@dataclass(frozen=True)
class Listed:
    """Still listed a year later, by organisation, most cases first.

    all     every organisation that is in the later list
    absent  organisations that are not, with the number of their cases
    """

    source: str
    title: str
    year: int
    later: int
    all: StillListed
    rows: tuple[StillListed, ...]
    absent: tuple[tuple[str, int], ...]

    @property
    def left_out(self) -> int:
        """Cases of organisations that the later list does not name."""
        return sum(count for _organisation, count in self.absent)

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "list": self.source,
            "title": self.title,
            "year": self.year,
            "later_year": self.later,
            "all": self.all.plain(),
            "organisations": [row.plain() for row in self.rows],
            "not_in_the_later_list": [
                {"organisation": organisation, "cases": cases} for organisation, cases in self.absent
            ],
        }


@dataclass(frozen=True)
class LookedAtAgain:
    """An assessment that was not passed at first. outcome_later: pass, not_passed, or "" when not known."""

    reference: str
    title: str
    organisation: str
    stage: str
    assessed_on: date | None
    outcome_later: str


@dataclass(frozen=True)
class PassedLater:
    """Assessments that failed at first, and how many passed when they were looked at again.

    share     passed later, of all that failed first
    unknown   failed first, and no later result is known
    """

    source: str
    title: str
    assessed: int
    share: Share
    failed_again: int
    unknown: int
    by_organisation: tuple[tuple[str, Share], ...]
    rows: tuple[LookedAtAgain, ...]
    page: int
    pages: int

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "list": self.source,
            "title": self.title,
            "assessed": self.assessed,
            "failed_first": self.share.of,
            "passed_later": plain_share(self.share),
            "failed_again": self.failed_again,
            "not_known": self.unknown,
            "organisations": [
                {"organisation": organisation} | plain_share(share)
                for organisation, share in self.by_organisation
            ],
            "page": self.page,
            "pages": self.pages,
            "cases": [
                {
                    "reference": row.reference,
                    "title": row.title,
                    "organisation": row.organisation,
                    "stage": row.stage,
                    "assessed_on": row.assessed_on.isoformat() if row.assessed_on else None,
                    "later": row.outcome_later or "not known",
                }
                for row in self.rows
            ],
        }
