"""From a stored answer back to the inputs of its form."""

from __future__ import annotations

from typing import Any

from perdure.core.definition.answers.parts import parts_asked
from perdure.core.definition.answers.stored import tidy
from perdure.core.definition.model import Question, QuestionType

DATE_PARTS = ("day", "month", "year")


def input_names(question: Question) -> tuple[str, ...]:
    """The names of the question's inputs, in order: born-day, born-month, born-year; else its id."""
    if question.type is QuestionType.DATE:
        return tuple(f"{question.id}-{part}" for part in DATE_PARTS)
    parts = parts_asked(question)
    return tuple(f"{question.id}-{part}" for part in parts) if parts else (question.id,)


def raw_of(question: Question, value: Any) -> dict[str, list[str]]:
    """A stored answer as the inputs that would give it again: {"born-day": ["4"], ...}; {} for None."""
    value = tidy(question, value)
    if value is None:
        return {}
    if question.type is QuestionType.DATE:
        year, month, day = value.split("-")
        figures = (str(int(day)), str(int(month)), year)
        return {name: [figure] for name, figure in zip(input_names(question), figures, strict=True)}
    if isinstance(value, dict):
        return {f"{question.id}-{part}": [words] for part, words in value.items()}
    if isinstance(value, bool):
        return {question.id: ["yes" if value else "no"]}
    if isinstance(value, list):
        return {question.id: list(value)}
    return {question.id: [_unmistakable(value) if question.type in _DECIMALS else str(value)]}


_DECIMALS = (QuestionType.NUMBER, QuestionType.PERCENT, QuestionType.MONEY)


def _unmistakable(value: str) -> str:
    """A decimal that is read the same in any language: 1.234 could be a thousand, 1.2340 cannot."""
    whole, _, places = value.partition(".")
    return f"{whole}.{places}0" if len(places) == 3 else value
