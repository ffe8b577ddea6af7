"""What a condition may look at: names with their kinds, and those that exist but stand later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from perdure.core.definition.answers.parts import parts_asked
from perdure.core.definition.model import (
    Definition,
    Page,
    Question,
    QuestionType,
)


class Kind(StrEnum):
    """What a value is while a condition is worked out."""

    NUMBER = "a number"
    TEXT = "a text"
    DATE = "a date"
    TIME = "a time"
    YES_NO = "yes or no"
    CHOICE = "one of several answers"
    CHOICES = "several answers"
    PARTS = "an answer in parts"
    GROUP = "a repeating group"


KIND_OF: Mapping[QuestionType, Kind] = {
    QuestionType.WHOLE_NUMBER: Kind.NUMBER,
    QuestionType.NUMBER: Kind.NUMBER,
    QuestionType.MONEY: Kind.NUMBER,
    QuestionType.PERCENT: Kind.NUMBER,
    QuestionType.DATE: Kind.DATE,
    QuestionType.TIME: Kind.TIME,
    QuestionType.YES_NO: Kind.YES_NO,
    QuestionType.TICK: Kind.YES_NO,
    QuestionType.CHOICE: Kind.CHOICE,
    QuestionType.CHOICES: Kind.CHOICES,
    QuestionType.NAME: Kind.PARTS,
    QuestionType.ADDRESS: Kind.PARTS,
}
"""Kinds of the question types; every other type is a text."""


@dataclass(frozen=True)
class Known:
    """One name. parts: those that may stand after a point; columns: of a group, by id."""

    id: str
    kind: Kind
    title: str
    options: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    columns: Mapping[str, Known] = field(default_factory=dict)
    question: Question | None = None


@dataclass(frozen=True)
class Scope:
    """The names that a condition may use.

    known    by name
    later    names that exist but are asked at the same place or later: used in the error only
    columns  names of questions inside a group, with the group's name: used in the error only
    """

    known: Mapping[str, Known]
    later: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    language: str = "en"

    def inside(self, group: Known) -> Scope:
        """The scope of a condition on the records of a group."""
        return replace(self, known={**self.known, **group.columns})

    def with_name(self, known: Known) -> Scope:
        return replace(self, known={**self.known, known.id: known}, later=self.later - {known.id})


def known_question(question: Question) -> Known:
    """A question as a name."""
    kind = KIND_OF.get(question.type, Kind.TEXT)
    parts: tuple[str, ...] = ()
    if kind is Kind.PARTS:
        parts = parts_asked(question)
    elif kind is Kind.DATE:
        parts = ("day", "month", "year")
    options = {option.value: option.title for option in question.options}
    return Known(question.id, kind, question.title, options, parts, question=question)


def known_group(page: Page) -> Known:
    """The repeating group of a page as a name."""
    if page.repeat is None:
        raise ValueError(f"page {page.id} has no repeating group")
    columns = {question.id: known_question(question) for question in page.questions}
    return Known(page.repeat.id, Kind.GROUP, page.title or page.repeat.one, columns=columns)


def known_on(page: Page) -> list[Known]:
    """The names that a page gives to what comes after it."""
    return [known_group(page)] if page.repeat else [known_question(question) for question in page.questions]


def first_scope(definition: Definition) -> Scope:
    """The scope before the first page: nothing is known yet."""
    later = {known.id for page in definition.pages for known in known_on(page)}
    later |= {derived.id for derived in definition.derived}
    columns = {
        question.id: page.repeat.id for page in definition.pages if page.repeat for question in page.questions
    }
    return Scope({}, frozenset(later), columns, definition.currency, definition.language)
