"""All services beside one another: what each asks of people on paper and on screen, and which ask the same.

What a draft asks is worked out once for each state of it and kept, so that the page reads no definitions.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q

from perdure.core.digitise.burden import Burden, burden_of_draft
from perdure.core.digitise.overlap import (
    Asked,
    AskedByMany,
    Pair,
    asked,
    asked_by_many,
    asked_more_than_once,
    overlapping,
)
from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import ALL, Act, Person, services_visible
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.models import Draft
from perdure.parts.catalogue.weighing import kept_burden

MOST_BARS, MOST_SHARED, MOST_PAIRS = 20, 40, 20
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Weighed:
    """One service. paper: None without a paper that was read; again: titles that it asks more than once."""

    slug: str
    title: str
    paper: Burden | None
    draft: Burden
    again: tuple[str, ...]
    asked: tuple[Asked, ...]
    unsure: int
    live: bool

    @property
    def saved(self) -> int:
        """Minutes that a person saves on screen; below 0 when the screen takes longer."""
        return self.paper.minutes - self.draft.minutes if self.paper else 0


@dataclass(frozen=True)
class Bar:
    """Minutes of one service in the picture; places in percent of its width."""

    service: Weighed
    paper_at: float
    screen_at: float

    @property
    def end_at(self) -> float:
        return max(self.paper_at, self.screen_at)


@dataclass(frozen=True)
class Comparison:
    """What the page shows. rows: sorted; bars: those that save most minutes; marks: minutes of the scale
    with their places in percent."""

    rows: tuple[Weighed, ...]
    bars: tuple[Bar, ...]
    marks: tuple[tuple[int, float], ...]
    shared: tuple[AskedByMany[Weighed], ...]
    pairs: tuple[Pair[Weighed], ...]


def _number(value: float | None) -> float:
    return -1.0 if value is None else value


SORTS: dict[str, Callable[[Weighed], Any]] = {
    "title": lambda one: one.title.casefold(),
    "saved": lambda one: one.saved if one.paper else -math.inf,
    "paper": lambda one: _number(one.paper.minutes if one.paper else None),
    "screen": lambda one: one.draft.minutes,
    "asked-on-paper": lambda one: _number(one.paper.questions if one.paper else None),
    "questions": lambda one: one.draft.questions,
    "pages": lambda one: _number(one.paper.pages if one.paper else None),
    "grade-on-paper": lambda one: _number(one.paper.grade if one.paper else None),
    "grade": lambda one: _number(one.draft.grade),
    "sensitive": lambda one: len(one.draft.sensitive),
    "again": lambda one: len(one.again),
    "unsure": lambda one: one.unsure,
}
"""The columns of the table, by the name in its address."""


def comparison(by: Person, *, sort: str = "saved", upwards: bool = False) -> Comparison:
    """The services that this person may see. One query, and one for each draft that changed since."""
    services = _services(by)
    key = SORTS.get(sort, SORTS["saved"])
    rows = sorted(sorted(services, key=lambda one: (one.unsure, one.title)), key=key, reverse=not upwards)
    best = sorted((one for one in services if one.paper), key=lambda one: (-one.saved, one.unsure, one.title))
    bars, marks = _picture(best[:MOST_BARS])
    return Comparison(tuple(rows), bars, marks, _shared(services), _pairs(services))


def _services(by: Person) -> list[Weighed]:
    visible = services_visible(by, Act.SEE_SERVICES)
    rows = Draft.objects.select_related("service").order_by("service__slug")
    shown = rows if visible is ALL else rows.filter(Q(service__slug__in=visible))
    return [found for row in shown if (found := weighed(row)) is not None]


def weighed(row: Draft) -> Weighed | None:
    """A draft with its figures, counted anew when it was changed. row: with its service.

    None for a definition of an older release that cannot be used now.
    """
    state = hashlib.sha256(row.definition.encode()).hexdigest()
    if row.figures.get("of") != state:
        try:
            definition = definition_of(row.definition)
        except PerdureError:
            return None
        row.figures = {
            "of": state,
            "draft": asdict(burden_of_draft(definition)),
            "again": asked_more_than_once(definition),
            "asked": [asdict(one) for one in asked(definition)],
        }
        Draft.objects.filter(pk=row.pk, definition=row.definition).update(figures=row.figures)
    draft = kept_burden(row.figures["draft"])
    assert draft is not None
    return Weighed(
        slug=row.service.slug,
        title=row.service.title,
        paper=kept_burden(row.burden),
        draft=draft,
        again=tuple(row.figures["again"]),
        asked=tuple(Asked(**one) for one in row.figures["asked"]),
        unsure=row.unsure,
        live=bool(row.service.live),
    )


def _picture(services: Sequence[Weighed]) -> tuple[tuple[Bar, ...], tuple[tuple[int, float], ...]]:
    """Minutes as places from 2 to 62 percent, so that the words behind a bar have room on a phone."""
    both = [(one, one.paper.minutes, one.draft.minutes) for one in services if one.paper]
    most = max((max(paper, screen) for _one, paper, screen in both), default=1)
    step = next((step for step in STEPS if most / step <= 4), STEPS[-1])

    def place(minutes: int) -> float:
        return round(2 + 60 * minutes / most, 2)

    bars = tuple(Bar(one, place(paper), place(screen)) for one, paper, screen in both)
    return bars, tuple((minutes, place(minutes)) for minutes in range(0, most + 1, step))


def _shared(services: Sequence[Weighed]) -> tuple[AskedByMany[Weighed], ...]:
    known = {one.slug: one for one in services}
    many = asked_by_many({one.slug: one.asked for one in services})
    return tuple(
        AskedByMany(one.title, tuple(known[slug] for slug in one.forms)) for one in many[:MOST_SHARED]
    )


def _pairs(services: Sequence[Weighed]) -> tuple[Pair[Weighed], ...]:
    known = {one.slug: one for one in services}
    found = overlapping({one.slug: one.asked for one in services}, at_most=MOST_PAIRS)
    return tuple(Pair(known[one.one], known[one.two], one.shared, one.of) for one in found)
