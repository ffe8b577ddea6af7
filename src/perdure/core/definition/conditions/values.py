"""Stored answers as values to calculate with. Anything that is not what it should be is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

CONTEXT = Context(prec=34, rounding=ROUND_HALF_UP, traps=[])
"""34 digits (IEEE 754 decimal128); no traps: an impossible result is not finite, and that is no answer."""

_LONGEST = 40


def number(value: Any) -> Decimal | None:
    """42, "1234.50" or a Decimal."""
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return None
        try:
            value = Decimal(value)
        except InvalidOperation:
            return None
        return value if value.is_finite() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else None


def day(value: Any) -> date | None:
    """ "2027-03-04" or a date."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 else None
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def text(value: Any) -> str | None:
    """Words, without the spaces around them."""
    return value.strip() or None if isinstance(value, str) else None


def folded(value: str | None) -> str | None:
    """Words as they are compared: without regard to capitals."""
    return None if value is None else value.casefold()


def word(value: Any) -> str | None:
    """An option or a time."""
    return value if isinstance(value, str) and value else None


def yes_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def part(value: Any, name: str) -> str | None:
    """One part of a name or address."""
    return text(value.get(name)) if isinstance(value, Mapping) else None


def records(value: Any) -> list[Mapping[str, Any]]:
    """The records of a repeating group."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []


def is_answer(value: Any) -> bool:
    """Is anything there? An empty text, list or group of parts is no answer; no and 0 are."""
    return value is not None and value not in ("", [], {}, ())


def years_between(earlier: date, later: date) -> int:
    """Whole years, as an age is counted; a birthday on 29 February counts from 1 March."""
    if earlier > later:
        return -years_between(later, earlier)
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


def finite(value: Decimal) -> Decimal | None:
    return value if value.is_finite() else None
