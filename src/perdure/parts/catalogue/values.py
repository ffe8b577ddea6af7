"""Plain values that leave the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RunningService:
    """A service that takes applications. summary: Markdown, may be empty."""

    slug: str
    title: str
    summary: str


@dataclass(frozen=True)
class NewestRunning(RunningService):
    """The service that was published last. has_paper: pictures of its paper form can be shown."""

    has_paper: bool


@dataclass(frozen=True)
class ServiceRow:
    """One line of the list of services.

    state      "live", "closed" (was live once) or "draft" (never published)
    questions  how many the draft asks, or 0 when nothing is being changed
    unsure     how many of them need a person
    changed    the draft differs from the live version, or there is no live version
    """

    slug: str
    title: str
    state: str
    questions: int
    unsure: int
    changed: bool
    has_paper: bool
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True)
class ServicePage:
    """One page of a list. number and pages count from 1."""

    rows: tuple[ServiceRow, ...]
    number: int
    pages: int
    total: int
