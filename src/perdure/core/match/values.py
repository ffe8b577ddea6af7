"""What is matched, and what comes out: the words every stage shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How two records belong together. SAME and RENAMED are one-to-one; the others need not be."""

    SAME = "same"  # the same thing under the same name, give or take spelling
    RENAMED = "renamed"  # the same thing under another name
    SUCCESSOR = "successor"  # the right one follows the left one: Phase 2 after Phase 1
    ABSORBED = "absorbed"  # the left one went on inside the right one, which has a life of its own


@dataclass(frozen=True)
class Record:
    """One row of a list, as far as matching looks at it.

    key           the caller's own name for it; unique within a list
    organisation  as printed, in full or as an acronym; "" when not known
    year          the year of the list it stands in; None when the list has none
    start, end    of the thing itself, not of the list; None when not known
    country       any code or name, compared as it is; "" when not known
    """

    key: str
    title: str
    organisation: str = ""
    year: int | None = None
    start: date | None = None
    end: date | None = None
    description: str = ""
    area: str = ""
    country: str = ""


@dataclass(frozen=True)
class Reason:
    """Why, in one sentence. weight: bits of evidence, above 0 for, below 0 against."""

    code: str
    weight: float
    words: str


@dataclass(frozen=True)
class Link:
    """Two records that are probably one thing (or follow one another).

    left, right   keys; within one list, left is the one that stands first
    probability   0 to 1: of links given p, a share p is right
    reasons       heaviest first
    """

    left: str
    right: str
    probability: float
    kind: Kind
    reasons: tuple[Reason, ...] = field(default=())
