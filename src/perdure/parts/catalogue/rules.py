"""When a question needs a person, and what keeps a draft from going live."""

from __future__ import annotations

from collections.abc import Collection

from perdure.core.definition.model import Definition, Page, Question

SURE = 0.8
"""A question read with less confidence than this waits for a person."""


def needs_person(question: Question) -> bool:
    """Was the digitiser unsure about it? Questions that a person wrote have no confidence."""
    return question.confidence is not None and question.confidence < SURE


def page_needs_person(page: Page, accepted: Collection[str]) -> bool:
    """Does a page wait for somebody to look at it?"""
    return page.id not in accepted and any(needs_person(question) for question in page.questions)


def unsure(definition: Definition, accepted: Collection[str]) -> int:
    """How many questions wait for a person."""
    waiting = (page for page in definition.pages if page.id not in accepted)
    return sum(needs_person(question) for page in waiting for question in page.questions)


def as_published(definition: Definition) -> Definition:
    """The draft without what only the review needs: the same words give the same version, however they came."""
    pages = tuple(
        page.model_copy(
            update={
                "questions": tuple(
                    question.model_copy(update={"confidence": None}) for question in page.questions
                )
            }
        )
        for page in definition.pages
    )
    return definition.model_copy(update={"pages": pages})
