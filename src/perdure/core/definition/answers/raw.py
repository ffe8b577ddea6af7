"""From a stored answer back to the inputs of its form."""

from __future__ import annotations

from typing import Any

from perdure.core.definition.model import Question


def input_names(question: Question) -> tuple[str, ...]:
    """The names of the question's inputs, in order: born-day, born-month, born-year; else its id."""
    raise NotImplementedError


def raw_of(question: Question, value: Any) -> dict[str, list[str]]:
    """A stored answer as the inputs that would give it again: {"born-day": ["4"], ...}; {} for None."""
    raise NotImplementedError
