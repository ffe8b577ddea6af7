"""Reading dates as lists have them: figures in any order, names of months, years alone, and known faults."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from perdure.core.kernel.dates import month_number
from perdure.core.lists.mapping import DateReading


class Day(NamedTuple):
    """A date, or why there is none. precision: "year" or "month" when the day was not given."""

    day: date | None = None
    precision: str = ""
    code: str = ""
    words: str = ""


_UNREADABLE = Day(code="date.unreadable", words="This is not a date that we can read.")
_NO_SUCH_DAY = Day(code="date.no-such-day", words="There is no such day in the calendar.")
_SHORT = Day(code="date.no-year", words="The year is missing, or it is the day that is.")
_EARLIEST, _LATEST = 1500, 2199
_EXCEL_BEGINS = date(1899, 12, 30)

_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_FIGURES = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})" + _TIME)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|er|º)?[\s\-/.]*(?:of |de )?([^\W\d_]{3,})\.?,?[\s\-/.]*(?:de )?(\d{4}|\d{2})"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,})\.?,?[\s\-/']*(\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_YEAR_NAME = re.compile(r"(\d{2}|\d{4})[-\s]([^\W\d_]{3,})\.?")
_YEAR = re.compile(r"\d{4}(?:\.0)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_WEEKDAY = re.compile(r"(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+")
_WITH_WORDS = re.compile(r"(\d{4}-\d{1,2}(?:-\d{1,2})?)\b[ ,;:]*[(\[A-Za-z].*", re.DOTALL)
_ANOTHER = re.compile(r"\d{4}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")


def read_date(text: str, how: DateReading) -> Day:
    """Read one cell. What can mean only one thing is read, in whatever order; the rest by `how.order`."""
    text = _tidy(text)
    for form in (_year_first, _figures, _named, _partial):
        found = form(text, how)
        if found is not None:
            return found
    beside = _WITH_WORDS.fullmatch(text)
    if beside and not _ANOTHER.search(text, beside.end(1)):
        found = read_date(beside.group(1), how)
        return found._replace(code="date.words-beside", words="There were words beside the date.")
    return _UNREADABLE


def _tidy(text: str) -> str:
    text = html.unescape(text) if "&" in text else text
    return _WEEKDAY.sub("", " ".join(text.split()))


def _year_first(text: str, how: DateReading) -> Day | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[3]), int(found[4]), how)
    packed = _PACKED.fullmatch(text)
    if packed and 1900 <= int(packed[1]) <= 2100 and 1 <= int(packed[2]) <= 12:
        return _day(int(packed[1]), int(packed[2]), int(packed[3]), how)
    if how.days_as_numbers and _SERIAL.fullmatch(text) and 10_000 < float(text) < 80_000:
        return Day(_EXCEL_BEGINS + timedelta(days=int(float(text))))
    return None


def _figures(text: str, how: DateReading) -> Day | None:
    found = _FIGURES.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4], how)
    if how.order == "year_first" and len(found[4]) == 2:
        return _day(_full_year(found[1].zfill(2), how), second, int(found[4]), how)
    day, month = (second, first) if how.order == "month_first" else (first, second)
    if month > 12 >= day:
        other = _day(year, day, month, how)
        words = "Day and month stand in the other order than elsewhere in this column."
        return other._replace(code="date.other-order", words=words) if other.day and not other.code else other
    return _day(year, month, day, how)


def _named(text: str, how: DateReading) -> Day | None:
    found = _DAY_MONTH.fullmatch(text)
    if found and (month := _month(found[2])):
        return _day(_full_year(found[3], how), month, int(found[1]), how)
    found = _MONTH_DAY.fullmatch(text)
    if found and (month := _month(found[1])):
        return _day(int(found[3]), month, int(found[2]), how)
    return None


def _partial(text: str, how: DateReading) -> Day | None:
    if _YEAR.fullmatch(text):
        return _part(int(text[:4]), 1, "year")
    found = _YEAR_MONTH.fullmatch(text)
    if found:
        return _part(int(found[1] or found[4]), int(found[2] or found[3]), "month")
    found = _MONTH_YEAR.fullmatch(text)
    if found and (month := _month(found[1])):
        return _part(_full_year(found[2], how), month, "month")
    found = _YEAR_NAME.fullmatch(text)
    if found and (month := _month(found[2])):
        if len(found[1]) == 2 and how.short == "unread":
            return _SHORT
        return _part(_full_year(found[1], how), month, "month")
    return None


def _day(year: int, month: int, day: int, how: DateReading) -> Day:
    try:
        found = date(year, month, day)
    except ValueError:
        return _NO_SUCH_DAY
    if how.years_as_days and 1900 <= (meant := (found - _EXCEL_BEGINS).days) <= 2100:
        return Day(date(meant, 1, 1), "year", "date.year-as-day", _YEAR_AS_DAY)
    if not _EARLIEST <= year <= _LATEST:
        return _UNREADABLE
    return Day(found)


_YEAR_AS_DAY = "A spreadsheet took a year for a day in 1905; the year was taken."


def _part(year: int, month: int, precision: str) -> Day:
    if not _EARLIEST <= year <= _LATEST or not 1 <= month <= 12:
        return _UNREADABLE
    return Day(date(year, month, 1), precision)


def _full_year(text: str, how: DateReading) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year <= how.century else 1900)


@lru_cache(maxsize=4096)
def _month(word: str) -> int | None:
    return month_number(word)
