"""What stands in a column as evidence: day or month first, millions or units, fillers, what can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from perdure.core.lists.dates import read_date
from perdure.core.lists.mapping import DateReading, MoneyReading, Rule
from perdure.core.lists.money import read_money
from perdure.core.lists.reading import reader_for
from perdure.core.lists.values import Kind, TargetField

Order = Literal["day_first", "month_first", "year_first"]
Filled = Sequence[tuple[str, int]]
"""Different texts of a column that mean something, and how often each stands there."""

_FIGURES = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?:\D.*)?")
_ISO = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_SHORT = re.compile(r"(\d{2})-([A-Za-z]{3})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_ENOUGH = 3


def readable_share(kind: Kind, filled: Filled) -> float | None:
    """Which share of the filled cells can be read as this kind; None where anything can."""
    if kind in {Kind.TEXT, Kind.LIST, Kind.CHOICE}:
        return None
    whole = sum(count for _, count in filled)
    if not whole:
        return 0.0
    if kind is Kind.DATE:
        how = DateReading(short="year_month")
        good = sum(count for text, count in filled if read_date(text, how).day)
        return max(good, _serials(filled)) / whole
    read = reader_for(TargetField("x", "x", kind), Rule(columns=("x",)))
    return sum(count for text, count in filled if read(text).value is not None) / whole


def _serials(filled: Filled) -> int:
    return sum(count for text, count in filled if _SERIAL.fullmatch(text) and 20_000 < float(text) < 60_000)


def date_reading(name: str, filled: Filled) -> tuple[DateReading, list[str]]:
    """How the dates of a column are written, with a sentence for everything that had to be decided."""
    order, told = _order(name, filled)
    years, short = _years_as_days(filled, order), _short_is_year(filled)
    serials = _serials(filled) > 0.5 * sum(count for _, count in filled)
    if years:
        told.append(
            f"{years} cells of {name} hold days in 1905: a spreadsheet took years for days. "
            "The years were taken."
        )
    if short:
        told.append(
            f"{short} cells of {name} such as {_example(filled, _SHORT)} were taken as year and month."
        )
    if serials:
        told.append(f"{name} holds days as numbers, as a spreadsheet counts them.")
    reading = DateReading(
        order=order,
        years_as_days=bool(years),
        days_as_numbers=serials,
        short="year_month" if short else "unread",
    )
    return reading, told


def _order(name: str, filled: Filled) -> tuple[Order, list[str]]:
    pairs = [(int(m[1]), int(m[2]), n) for text, n in filled if (m := _FIGURES.fullmatch(text))]
    day_first = sum(count for first, second, count in pairs if first > 12 >= second)
    month_first = sum(count for first, second, count in pairs if second > 12 >= first)
    open_ = sum(count for first, second, count in pairs if first <= 12 and second <= 12 and first != second)
    if day_first and month_first:
        order: Order = "day_first" if day_first >= month_first else "month_first"
        words = (
            f"{name} has dates in both orders ({day_first} with the day first, {month_first} with the month)."
        )
        return order, [f"{words} {open_} that could be either were read like the most. Look at them."]
    if month_first:
        return "month_first", [f"In {name} the month comes first: {month_first} dates show it."]
    if day_first:
        return "day_first", [f"In {name} the day comes first: {day_first} dates show it."]
    if open_:
        words = f"Nothing in {name} shows whether the day or the month comes first."
        return "day_first", [f"{words} The day was taken to come first in {open_} dates. Look at them."]
    iso = sum(count for text, count in filled if _ISO.match(text))
    return ("year_first" if iso > 0.5 * sum(count for _, count in filled) else "day_first"), []


def _years_as_days(filled: Filled, order: Order) -> int:
    """Days in 1905 that stand for years from 1990 to 2060, when there is more than an odd one."""
    how = DateReading(order=order, years_as_days=True)
    found = [
        count
        for text, count in filled
        if (read := read_date(text, how)).code == "date.year-as-day"
        and read.day
        and 1990 <= read.day.year <= 2060
    ]
    return sum(found) if sum(found) >= _ENOUGH else 0


def _short_is_year(filled: Filled) -> int:
    """24-Aug means August 2024 when such figures keep within a few years of those in the whole dates.

    Days of a month would spread from 1 to 31; these lie within 16 and none is above this.
    """
    figures = [(int(m[1]), n) for text, n in filled if (m := _SHORT.fullmatch(text))]
    total = sum(count for _, count in figures)
    if total < _ENOUGH or not figures:
        return 0
    low, high = min(figure for figure, _ in figures), max(figure for figure, _ in figures)
    return total if low >= 10 and high <= 30 and high - low <= 16 else 0


def _example(filled: Filled, pattern: re.Pattern[str]) -> str:
    return next(text for text, _ in filled if pattern.fullmatch(text))


_UNITS = (
    (re.compile(r"(?:million|millionen|millions|mio|mn|mln|£m|€m|\$m|gbpm|eurm|usdm|meur|musd|mgbp)"), 10**6),
    (re.compile(r"(?:billion|billions|bn|mrd|£bn|€bn|\$bn)"), 10**9),
    (re.compile(r"(?:thousand|thousands|tsd|£k|€k|\$k|keur|kusd|kgbp|000s?)"), 10**3),
)
_CURRENCIES = (("GBP", "gbp", "£", "pound"), ("EUR", "eur", "€", "euro"), ("USD", "usd", "$", "dollar"))


def unit_of(column: str) -> tuple[int, str]:
    """(what one stands for, currency) as far as the column's name says: cost (£m) -> (1000000, GBP)."""
    words = re.findall(r"[£€$]?[^\W_]+|[£€$]", column.casefold())
    unit = next((size for pattern, size in _UNITS if any(pattern.fullmatch(word) for word in words)), 1)
    name = column.casefold()
    return unit, next((code for code, *signs in _CURRENCIES if any(sign in name for sign in signs)), "")


def money_reading(name: str, filled: Filled, kind: Kind) -> tuple[MoneyReading | None, list[str]]:
    """How the sums of a column are written: the unit from its name, the decimal mark from the sums."""
    unit = unit_of(name)[0] if kind is Kind.MONEY else 1
    told = [f"The name of {name} says that 1 in it means {unit:,}."] if unit > 1 else []
    comma = sum(count for text, count in filled if re.search(r",\d{1,2}\D*$", text))
    point = sum(count for text, count in filled if re.search(r"\.\d{1,2}\D*$", text))
    decimal = "," if comma > point else "."
    if comma > point:
        told.append(f"In {name} a comma stands before the pence.")
    odd = _odd_sums(filled, decimal)
    if odd:
        texts = ", ".join(text for text, _ in odd[:4])
        told.append(
            f"{sum(count for _, count in odd)} sums in {name} are far larger than the others and stand there "
            f"more than once ({texts}). They may be no sums. Look at them, and set `most` in the mapping."
        )
    if unit == 1 and decimal == ".":
        return None, told
    return MoneyReading(unit=Decimal(unit), decimal=decimal), told


def _odd_sums(filled: Filled, decimal: str) -> list[tuple[str, int]]:
    """Large figures that repeat, far beyond what nine in ten of the column's sums are."""
    how = MoneyReading(decimal="," if decimal == "," else ".")
    sums = sorted(
        (abs(value), text, n) for text, n in filled if (value := read_money(text, how)[0]) is not None
    )
    if len(sums) < 30:
        return []
    usual = max(Decimal(1), sums[int(len(sums) * 0.75)][0])
    return [(text, n) for value, text, n in sums if n > 1 and value > 100 * usual]


def fillers(kind: Kind, filled: Filled) -> tuple[str, ...]:
    """A date that stands in a large part of the cells and is written unlike the others stands for nothing."""
    if kind is not Kind.DATE or len(filled) < 2:
        return ()
    text, count = max(filled, key=lambda item: item[1])
    others = [shape_of(other) for other, _ in filled if other != text]
    whole = sum(each for _, each in filled)
    unlike = sum(1 for shape in others if shape == shape_of(text)) < 0.1 * len(others)
    first_of_year = bool(re.search(r"(?:^|\D)0?1\D0?1(?:$|\D)", text))
    return (text,) if count >= 10 and count > 0.3 * whole and unlike and first_of_year else ()


def shape_of(text: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", text))
