"""What a stored answer must look like: a value that is not so is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from perdure.core.definition.model import ADDRESS_PARTS, NAME_PARTS, Question, QuestionType

_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PARTS = {QuestionType.NAME: NAME_PARTS, QuestionType.ADDRESS: ADDRESS_PARTS}


def tidy(question: Question, value: Any) -> Any | None:
    """The stored answer as far as the question still takes it, else None.

    Options that no longer exist are left out, as are parts that no name or address has.
    Limits (min, max, pattern) are not looked at: they were when the answer was given.
    """
    tidy_one: Callable[[Question, Any], Any] = _TIDY.get(question.type, _text)
    return tidy_one(question, value)


def _text(question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole(question: Question, value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _decimal(question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) and _DECIMAL.fullmatch(value) else None


def _date(question: Question, value: Any) -> str | None:
    try:
        return value if isinstance(value, str) and date.fromisoformat(value).isoformat() == value else None
    except ValueError:
        return None


def _time(question: Question, value: Any) -> str | None:
    return value if isinstance(value, str) and _TIME.fullmatch(value) else None


def _yes_no(question: Question, value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _tick(question: Question, value: Any) -> bool | None:
    return True if value is True else None


def _choice(question: Question, value: Any) -> str | None:
    return next((option.value for option in question.options if option.value == value), None)


def _choices(question: Question, value: Any) -> list[str] | None:
    if not isinstance(value, (list, tuple)):
        return None
    return [option.value for option in question.options if option.value in value] or None


def _parts(question: Question, value: Any) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    known = _PARTS[question.type]
    return {part: value[part] for part in known if isinstance(value.get(part), str) and value[part]} or None


_TIDY: dict[QuestionType, Callable[[Question, Any], Any]] = {
    QuestionType.WHOLE_NUMBER: _whole,
    QuestionType.NUMBER: _decimal,
    QuestionType.MONEY: _decimal,
    QuestionType.PERCENT: _decimal,
    QuestionType.DATE: _date,
    QuestionType.TIME: _time,
    QuestionType.YES_NO: _yes_no,
    QuestionType.TICK: _tick,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.NAME: _parts,
    QuestionType.ADDRESS: _parts,
}


def stored_decimal(value: Decimal) -> str:
    """A number as it is stored: figures and a point, no exponent, no zeros at the end of the places."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
