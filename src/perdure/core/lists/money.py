"""Reading sums and figures as lists have them: signs, thousands marks, millions, brackets for minus."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from perdure.core.lists.mapping import MoneyReading

Sum = tuple[Decimal | None, str, str]
"""The sum, and code and words when something was lost."""

_UNREADABLE: Sum = (None, "money.unreadable", "This is not a sum that we can read.")
_TOO_LARGE: Sum = (None, "money.too-large", "This sum is larger than any that this column can hold.")
_SIGNS = re.compile(
    r"(?i)\b(?:gbp|eur|usd|chf|sek|nok|dkk|pln|czk|aud|cad|nzd|jpy|inr|euros?|dollars?|pounds?)\b"
    r"|us\$|[£$€¥₹]|\bkr\b\.?"
)
_TIMES = {
    "k": 10**3,
    "thousand": 10**3,
    "tsd": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "millionen": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "billions": 10**9,
    "mrd": 10**9,
}
_SUM = re.compile(r"([-+−]?)\s*([\d.,'\u2019 \u00a0\u202f]*\d[.,]?)\s*([a-z]*)\.?(-?)", re.IGNORECASE)
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,2}")
_MOST_DIGITS = 30


def read_money(text: str, how: MoneyReading) -> Sum:
    """A cell as a sum in whole units. A word such as million in the cell goes before the column's unit."""
    text = text.strip()
    if _EXPONENT.fullmatch(text):
        return _within(Decimal(text), how)
    negative = text.startswith("(") and text.endswith(")")
    found = _SUM.fullmatch(_SIGNS.sub("", text.strip("()")).strip())
    if not found or len(found[2]) > _MOST_DIGITS + 10:
        return _UNREADABLE
    figures = _plain(found[2], how.decimal)
    times = found[3].lower()
    if figures is None or (times and times not in _TIMES):
        return _UNREADABLE
    value = -figures if negative or found[1] in {"-", "−"} or found[4] else figures
    if times:
        return value * _TIMES[times], "", ""
    return _within(value, how)


def _within(value: Decimal, how: MoneyReading) -> Sum:
    if how.most is not None and abs(value) > how.most:
        return _TOO_LARGE
    return value * how.unit if how.unit != 1 else value, "", ""


def _plain(figures: str, decimal: str) -> Decimal | None:
    """1,234.50 or 1.234,50 or 1 234,50 as a number; None when the marks do not make sense."""
    figures = re.sub(r"[ '\u2019\u00a0\u202f]", "", figures).rstrip(".,")
    comma, point = figures.rfind(","), figures.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    elif comma >= 0 or point >= 0:
        mark = "," if comma >= 0 else "."
        decimal = decimal if _could_be_thousands(figures, mark) else mark
        if figures.count(mark) > 1 and not _could_be_thousands(figures, mark):
            return None
        if figures.count(mark) > 1:
            decimal = "." if mark == "," else ","
    thousands = "." if decimal == "," else ","
    whole, _, part = figures.partition(decimal)
    if thousands in part or (thousands in whole and not _could_be_thousands(whole, thousands)):
        return None
    try:
        return Decimal(whole.replace(thousands, "") + ("." + part if part else ""))
    except InvalidOperation:
        return None


def _could_be_thousands(figures: str, mark: str) -> bool:
    """Groups of three after the first (or of two and then three, as in India)."""
    first, *groups = figures.split(mark)
    if not groups or not first.isdigit() or not 1 <= len(first) <= 3:
        return False
    return len(groups[-1]) == 3 and all(len(group) in {2, 3} and group.isdigit() for group in groups)
