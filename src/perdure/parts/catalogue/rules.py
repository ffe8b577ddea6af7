"""When a question needs a person, and what of a draft goes live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perdure.core.definition.model import Definition, Page

SURE = 0.6
"""A question read with less confidence than this waits for a person, as does one that a note is about."""


@dataclass(frozen=True)
class Doubt:
    """What the digitiser was not sure of. certainty: 0 to 1, how likely the draft is right as it stands."""

    says: str
    certainty: float


Doubts = Mapping[str, list[Doubt]]
"""By the id of a question or of a repeating group."""


def doubts_of(notes: Iterable[Mapping[str, Any]]) -> Doubts:
    """The notes of a draft, by what they are about."""
    found: dict[str, list[Doubt]] = {}
    for note in notes:
        doubt = Doubt(str(note.get("says", "")), float(note.get("certainty", 0.5)))
        found.setdefault(str(note.get("question", "")), []).append(doubt)
    return found


def doubts_about(page: Page, doubts: Doubts) -> list[Doubt]:
    """Every doubt about a page: about its questions, about its group, and low confidence."""
    names = [question.id for question in page.questions] + ([page.repeat.id] if page.repeat else [])
    said = [doubt for name in names for doubt in doubts.get(name, ())]
    low = [question.confidence for question in page.questions if question.confidence is not None]
    return said + [Doubt("", number) for number in low if number < SURE and not said]


def waiting_on(page: Page, accepted: Collection[str], doubts: Doubts) -> int:
    """How many questions of a page wait for a person; a doubt about its group counts as one."""
    if page.id in accepted or not doubts_about(page, doubts):
        return 0
    asked = [one for one in page.questions if one.id in doubts or (one.confidence or 1.0) < SURE]
    return max(1, len(asked))


def unsure(definition: Definition, accepted: Collection[str], doubts: Doubts) -> int:
    """How many questions wait for a person."""
    return sum(waiting_on(page, accepted, doubts) for page in definition.pages)


def as_published(definition: Definition) -> Definition:
    """The draft without what only the review needs, so that the same words give the same version."""
    pages = tuple(
        page.model_copy(update={"questions": _without_confidence(page)}) for page in definition.pages
    )
    return definition.model_copy(update={"pages": pages})


def _without_confidence(page: Page) -> tuple[Any, ...]:
    return tuple(question.model_copy(update={"confidence": None}) for question in page.questions)
