"""Days and times as people type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from perdure.core.definition.answers.clean import plain_digits
from perdure.core.definition.answers.messages import InputProblem, Refused, refuse
from perdure.core.definition.answers.raw import DATE_PARTS
from perdure.core.definition.model import Question
from perdure.core.kernel.dates import in_words, month_number


def read_date(question: Question, inputs: Mapping[str, str], today: date, language: str) -> str | None:
    """The day as it is stored, from day, month and year; or from one input written 2027-03-04."""
    typed = {part: plain_digits(inputs.get(f"{question.id}-{part}", "")) for part in DATE_PARTS}
    if not any(typed.values()):
        whole = inputs.get(question.id, "")
        if not whole:
            return None
        found = _whole_date(question.id, whole)
    else:
        found = _from_parts(question.id, typed)
    _within(question, found, today, language)
    return found.isoformat()


def _whole_date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(plain_digits(text))
    except ValueError:
        raise refuse(f"{name}-day", "date") from None


def _from_parts(name: str, typed: Mapping[str, str]) -> date:
    missing = [
        InputProblem(f"{name}-{part}", f"date_{part}_missing") for part in DATE_PARTS if not typed[part]
    ]
    if missing:
        raise Refused(missing)
    day, year = _figure(typed["day"], 1, 31), _figure(typed["year"], 1000, 9999)
    month = month_number(typed["month"])
    problems = [
        InputProblem(f"{name}-{part}", f"date_{part}")
        for part, value in (("day", day), ("month", month), ("year", year))
        if value is None
    ]
    if day is None or month is None or year is None:
        raise Refused(problems)
    try:
        return date(year, month, day)
    except ValueError:
        raise refuse(f"{name}-day", "date_not_real") from None


def _figure(text: str, least: int, greatest: int) -> int | None:
    """27, 27., 4th: the figures alone; None when out of range."""
    match = re.fullmatch(r"0{0,3}(\d{1,4})(\.|st|nd|rd|th)?", text.lower())
    value = int(match.group(1)) if match else 0
    return value if least <= value <= greatest else None


def limit_day(limit: str, today: date) -> date:
    """A limit of a date question: a day, or the word today."""
    return today if limit == "today" else date.fromisoformat(limit)


def _within(question: Question, found: date, today: date, language: str) -> None:
    name = f"{question.id}-day"
    if question.min is not None and found < limit_day(question.min, today):
        raise refuse(name, "date_early", limit=in_words(limit_day(question.min, today), language))
    if question.max is not None and found > limit_day(question.max, today):
        raise refuse(name, "date_late", limit=in_words(limit_day(question.max, today), language))


_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|(?P<joined>\d{2}))?(?::\d{2})?"
    r"\s*(?:(?P<half>[ap])\.?\s?m\.?|uhr|h)?"
)


def read_time(question: Question, text: str) -> str | None:
    """The time as it is stored, from 14:05, 14.05, 1405, 2pm, 2:05 p.m., 14 Uhr."""
    if not text:
        return None
    match = _TIME.fullmatch(plain_digits(text).strip().lower())
    if match is None:
        raise refuse(question.id, "time")
    hour, minute = int(match["hour"]), int(match["minute"] or match["joined"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise refuse(question.id, "time")
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if hour > 23 or minute > 59:
        raise refuse(question.id, "time")
    found = f"{hour:02}:{minute:02}"
    if question.min is not None and found < question.min:
        raise refuse(question.id, "time_early", limit=question.min)
    if question.max is not None and found > question.max:
        raise refuse(question.id, "time_late", limit=question.max)
    return found
