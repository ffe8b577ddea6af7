"""An answer as it is written on paper: dates, sums and numbers in the format printed there.

Formats are what forms print beside a box: MM/DD/YYYY, TT.MM.JJJJ (German),
JJ/MM/AAAA (French), YYYY, 0.00, 0,00, #,##0.00. An empty format takes the custom of
the service's currency and language.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from perdure.core.definition.model import ADDRESS_PARTS, NAME_PARTS, Definition, Question, QuestionType

_SPACES_AND_DASHES = re.compile(r"[\s\-\u2010-\u2015()]+")
_DATE_TOKENS = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|D")
_YES_NO = {
    "en": ("Yes", "No"),
    "de": ("Ja", "Nein"),
    "fr": ("Oui", "Non"),
    "es": ("Sí", "No"),
    "it": ("Sì", "No"),
    "nl": ("Ja", "Nee"),
    "pl": ("Tak", "Nie"),
}
_SEE_SHEET = {
    "en": ("see continuation sheet", "see sheet", "sheet"),
    "de": ("siehe Zusatzblatt", "s. Blatt", "Blatt"),
    "fr": ("voir feuille annexe", "voir annexe", "annexe"),
    "es": ("ver hoja adicional", "ver hoja", "hoja"),
    "it": ("vedi foglio allegato", "v. allegato", "allegato"),
    "nl": ("zie vervolgblad", "zie blad", "blad"),
    "pl": ("patrz dodatkowa kartka", "patrz kartka", "kartka"),
}


def see_sheet(language: str) -> tuple[str, ...]:
    """What a box says when its answer stands on the continuation sheet, longest first."""
    return (*_SEE_SHEET.get(language[:2], _SEE_SHEET["en"]), "*")


def yes_no(value: bool, language: str) -> str:
    return _YES_NO.get(language[:2], _YES_NO["en"])[0 if value else 1]


def compact(text: str) -> str:
    """Without spaces, dashes and round brackets: how combs and split boxes count characters."""
    return _SPACES_AND_DASHES.sub("", text)


def date_format(asked: str, definition: Definition) -> str:
    """The format with D, M and Y for day, month and year, whatever language it was printed in."""
    if not asked:
        if definition.currency == "USD":
            return "MM/DD/YYYY"
        return "DD.MM.YYYY" if definition.language[:2] in {"de", "pl"} else "DD/MM/YYYY"
    letters = asked.upper()
    if "A" in letters and "J" in letters and "Y" not in letters:
        return letters.replace("J", "D").replace("A", "Y")
    if "Y" not in letters:
        letters = letters.replace("J", "Y").replace("A", "Y")
    return letters.replace("T", "D")


def written_date(value: str, layout: str) -> str:
    """An ISO date in a layout of D, M and Y; as it stands when it is no date."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return str(value)
    parts = {
        "YYYY": f"{day.year:04d}",
        "YY": f"{day.year % 100:02d}",
        "MMMM": calendar.month_name[day.month],
        "MMM": calendar.month_abbr[day.month],
        "MM": f"{day.month:02d}",
        "M": str(day.month),
        "DD": f"{day.day:02d}",
        "D": str(day.day),
    }
    return _DATE_TOKENS.sub(lambda found: parts[found.group()], layout)


def date_parts_shown(layout: str) -> set[str]:
    """Which of day, month and year a layout tells."""
    return {part for letter, part in (("D", "day"), ("M", "month"), ("Y", "year")) if letter in layout}


def written_number(value: Any, layout: str) -> str:
    """A decimal in a layout such as 0.00 or #,##0.00; never rounded: digits beyond it stay."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    found = re.search(r"0(?P<point>[.,])?(?P<places>0*)$", layout.strip())
    if not layout or found is None or not number.is_finite():
        return str(value)
    wanted = len(found["places"]) if found["point"] else 0
    digits = number.as_tuple().exponent
    held = -digits if isinstance(digits, int) and digits < 0 else 0
    needed = len(str(number.normalize()).partition(".")[2]) if held else 0
    text = f"{number:,.{max(wanted, needed)}f}" if "#" in layout else f"{number:.{max(wanted, needed)}f}"
    return text.translate(str.maketrans(".,", ",.")) if found["point"] == "," else text


def written(question: Question | None, value: Any, definition: Definition, layout: str = "") -> str:
    """The whole answer as one text; several lines are separated by a newline."""
    kind = question.type if question is not None else None
    if isinstance(value, bool):
        return yes_no(value, definition.language)
    if isinstance(value, Mapping):
        return _parts(kind, value)
    if isinstance(value, (list, tuple)):
        return "; ".join(_title(question, str(item)) for item in value)
    if kind is QuestionType.DATE:
        return written_date(str(value), date_format(layout, definition))
    if kind in {QuestionType.MONEY, QuestionType.NUMBER, QuestionType.PERCENT, QuestionType.WHOLE_NUMBER}:
        return written_number(value, layout)
    if kind is QuestionType.CHOICE:
        return _title(question, str(value))
    return str(value)


def written_parts(value: Mapping[str, Any], layout: str) -> str:
    """Parts of a name or address in a layout such as "town, region postcode"; gaps leave no comma."""
    pieces = re.split(r"([a-z]+\d?)", layout)
    text, gap = "", ""
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            gap = piece if text else ""
        elif value.get(piece):
            text += f"{gap}{value[piece]}" if text else str(value[piece])
    return text


def parts_shown(layout: str) -> frozenset[str]:
    """Which parts a layout tells."""
    return frozenset(re.findall(r"[a-z]+\d?", layout))


def _title(question: Question | None, value: str) -> str:
    options = question.options if question is not None else ()
    return next((option.title for option in options if option.value == value), value)


def _parts(kind: QuestionType | None, value: Mapping[str, Any]) -> str:
    order = NAME_PARTS if kind is QuestionType.NAME else ADDRESS_PARTS
    names = [name for name in order if value.get(name)] + [name for name in value if name not in order]
    return (" " if kind is QuestionType.NAME else "\n").join(str(value[name]) for name in names)
