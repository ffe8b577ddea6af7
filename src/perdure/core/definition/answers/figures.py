"""Numbers as people write them: 1,234.50, 1.234,50, 1 234,50, 1'234.50, £1,234.50, -5, 20 %."""

from __future__ import annotations

import re
from decimal import Decimal

from perdure.core.definition.answers.clean import plain_digits

MOST_DIGITS = 15

_MARKS = re.compile(r"[\s'’_\u00a0\u202f\u2009]")
_SIGNS = re.compile(r"[$£€¥₹₩₽₺₴₦₱฿%]")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def read_figures(
    text: str, *, decimal_comma: bool, three_are_thousands: bool, unit: str = ""
) -> Decimal | None:
    """The number that was written, None when it is not one.

    decimal_comma        a language that writes 1.234,50: decides only what could be both
    three_are_thousands  a mark followed by exactly three figures separates thousands
                         (sums and whole numbers never have three places)
    unit                 a word that may stand around it: GBP, years
    """
    text = plain_digits(text).strip()
    for word in (unit, unit.rstrip("s")):
        if word and text.casefold().endswith(word.casefold()):
            text = text[: -len(word)]
        elif word and text.casefold().startswith(word.casefold()):
            text = text[len(word) :]
    text = _MARKS.sub("", _SIGNS.sub("", text)).replace("\u2212", "-").replace("\u2013", "-")
    text = re.sub(r"^(-?)\+?", r"\1", text)
    text = re.sub(r"[.,]-{1,2}$", "", text)  # 50,- and 50.--
    minus, digits = text.startswith("-"), text.removeprefix("-")
    plain = _plain(digits, "," if decimal_comma else ".", three_are_thousands)
    if plain is None:
        return None
    value = Decimal(plain)
    return -value if minus and value else value


def _plain(digits: str, point: str, three_are_thousands: bool) -> str | None:
    """Figures with at most one point, from figures with marks."""
    if not re.fullmatch(r"[.,]?\d[\d.,]*", digits):
        return None
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    if len(set(marks)) == 2:
        whole, _, places = digits.rpartition(last)
        if marks.count(last) > 1 or not _GROUPED.fullmatch(whole):
            return None
        return re.sub("[.,]", "", whole) + "." + places
    if len(marks) > 1:
        return digits.replace(last, "") if _GROUPED.fullmatch(digits) else None
    thousands = _GROUPED.fullmatch(digits) is not None and not digits.startswith("0")
    if thousands and (three_are_thousands or last != point):
        return digits.replace(last, "")
    whole, _, places = digits.partition(last)
    return f"{whole or '0'}.{places}" if places else whole
