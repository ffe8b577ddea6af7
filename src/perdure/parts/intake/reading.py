"""Reads what was typed on one page: every valid answer is kept, every problem is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perdure.core.definition.api import InputProblem, Read, input_names, read_answer
from perdure.core.definition.model import Definition, Question

Typed = Mapping[str, list[str]]
"""What a form posted: the values under each input's name."""

_DROPPED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
"""Control characters but tab and line ends: no keyboard types them, and PostgreSQL refuses NUL."""


@dataclass(frozen=True)
class Reading:
    """answers: with every valid answer set; the rest as in values.Answered."""

    answers: dict[str, Any]
    problems: tuple[InputProblem, ...]
    raw: dict[str, list[str]]
    asks_more: bool


def clean(posted: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """What was posted, without characters that no keyboard types."""
    return {name: [value.translate(_DROPPED) for value in values] for name, values in posted}


def is_empty(questions: Iterable[Question], typed: Typed) -> bool:
    """Was nothing typed or chosen for these questions?"""
    names = (name for question in questions for name in input_names(question))
    return not any(value.strip() for name in names for value in typed.get(name, ()))


def read_questions(
    shown: Sequence[Question],
    asked_by: Callable[[dict[str, Any]], Sequence[Question]],
    answers: Mapping[str, Any],
    typed: Typed,
    *,
    today: date,
    definition: Definition,
) -> Reading:
    """Read the questions of a page, or of one record of a repeating page.

    shown     those that the page showed when it was sent to the browser
    asked_by  those that the page asks with given answers: an answer may bring up a further
              question, or take one away, and then its problems do not matter
    """
    kept = dict(answers)
    reads: dict[str, Read] = {}
    waiting: Sequence[Question] = shown
    asked: Sequence[Question] = shown
    while waiting:
        for question in waiting:
            read = reads[question.id] = read_answer(
                question, typed, today=today, currency=definition.currency, language=definition.language
            )
            if read.ok:
                _keep(kept, question.id, read.value)
        asked = asked_by(kept)
        waiting = [one for one in asked if one.id not in reads and _was_posted(one, typed)]
    problems = [problem for one in asked if one.id in reads for problem in reads[one.id].problems]
    raw = {
        name: values or typed.get(name, []) for read in reads.values() for name, values in read.raw.items()
    }
    return Reading(kept, tuple(problems), raw, any(one.id not in reads for one in asked))


def _keep(answers: dict[str, Any], question: str, value: Any) -> None:
    if value is None:
        answers.pop(question, None)
    else:
        answers[question] = value


def _was_posted(question: Question, typed: Typed) -> bool:
    return any(name in typed for name in input_names(question))
