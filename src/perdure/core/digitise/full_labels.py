"""What a field is called away from its page: question, part, row and column, as a voice would say it.

On paper "State" stands under a question, three boxes share "Date (MM-DD-YYYY)", and a cell is named
by its row and its column. A tool that gets the boxes alone needs the whole:

    7. Mailing address. Enter State
    4. Date of birth. Enter 2 digit Month
    13. Monthly gross salary. Spouse
    Owner (2)                                    the second row of a table
    *Last name. This is a required field
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.answer_parts import Part, parts_of
from perdure.core.digitise.values import Field, Kind, Widget

LONG = 8  # characters: an option with more needs no question before it
_TICKS = (Widget.TICK, Widget.RADIO)
_ENTER = {"en": "Enter {}", "": "Enter {}"}
_REQUIRED = {"de": "Pflichtfeld", "fr": "Champ obligatoire", "es": "Campo obligatorio"}
_DIGITS = ("Month", "Day", "Year")
_COUNTED = {Kind.IDENTIFIER, Kind.NUMBER, Kind.DATE, Kind.PHONE, Kind.POSTCODE, Kind.MONEY}
_NAMES = {"first": "First Name", "last": "Last Name", "middle": "Middle Name", "given": "Given Name"}
_STAR = re.compile(r"\*\s*\w")
_SLASH = re.compile(r"(?<=[A-Za-z])\s*/\s*(?=[A-Za-z])")
_TWICE = re.compile(r" (\w+) or (\w+) \1\b")
"""A word that both sides of a slash have: "ZIP Code/Postal Code" is "ZIP or Postal Code"."""
_OPTION = re.compile(r"\s*(?:\(|\s[–—-]\s|,)")
"""What follows an option is help: "Yes - fill in the table", "No (go to 5)"."""
_PIECE = re.compile(
    r"(?i)^(?:city|state|province|country|county|zip|postal|street|apt|unit|no\. &|number and street)\b"
    r"[\w /.&]{0,24}$"
)
_SPELT = (
    (re.compile(r"(?i)\bapt\b\.?"), "Apartment"),
    (re.compile(r"(?<=[a-zA-Z] )(?:NO|No)\.(?=[\s.]|$)"), "Number"),
    (re.compile(r"\bz\. ?B\."), "zum Beispiel"),
    (re.compile(r"\bmtl\.{1,2}"), "monatlich"),
    (re.compile(r"\bEUR\b"), "Euro"),
    (re.compile(r"^(\d{1,2})([A-Z])(?=[.)]?\s)"), r"\1. \2"),
)
"""Short forms that a voice would spell or swallow, and how they are said."""


def full_labels(fields: Sequence[Field], *, language: str = "en", day_first: bool = False) -> list[str]:
    """One for each field, in the same order; "" where nothing names it.

    language   of the form: parts are asked for with "Enter" only where people say so
    day_first  combs of two, two and four cells are day, month and year
    """
    parts = parts_of(fields, language=language, day_first=day_first)
    rows = _numbered_rows(fields)
    said = []
    for field in fields:
        text = _spelt(_full(field, parts.get(field.id), language), rows.get(field.id, 0))
        starred = _STAR.match(text) and not field.tooltip
        said.append(f"{text}. {_REQUIRED.get(language, 'This is a required field')}" if starred else text)
    return said


def _numbered_rows(fields: Sequence[Field]) -> dict[str, int]:
    """The row of each cell whose words are the same in every row of its table."""
    said: dict[tuple[str, int], set[str]] = {}
    for field in fields:
        if field.table and field.widget not in _TICKS:
            said.setdefault((field.table, field.column), set()).add(field.label)
    alike = {key for key, labels in said.items() if len(labels) == 1}
    return {each.id: each.row for each in fields if (each.table, each.column) in alike and not each.tooltip}


def _spelt(text: str, row: int) -> str:
    """Said so that it can be read aloud: "16C." as "16. C.", and the row of a table at the end."""
    for short, full in _SPELT:
        text = short.sub(full, text)
    return f"{text} ({row})" if row and text else text


def _full(field: Field, part: Part | None, language: str) -> str:
    if field.tooltip:
        return field.label
    if field.widget in _TICKS:
        return _option(field)
    whole = field.group_label
    if part:
        return _of_part(part, whole, _asked(part.name, language, field.cells), language)
    if field.row_label:
        return f"{field.row_label}. {field.column_label}"
    text = field.label
    if whole and whole not in text:
        return f"{_without_brackets(whole)}. {_asked(text, language)}" if text else whole
    if field.cells and _PIECE.match(text):
        return _asked(text, language)
    return _with_count(text, field, language)


def _without_brackets(words: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", words).strip() or words


def _of_part(part: Part, whole: str, asked: str, language: str) -> str:
    """ "7. Mailing address. Enter ZIP or Postal Code. Enter first 5 digits"

    A bracket is about the whole answer ("Number and street, city, state") and left out.
    """
    question = _without_brackets(part.question)
    whole = _without_brackets(whole)
    if _PIECE.match(question):
        question = _asked(question, language)
    elif question in _DIGITS:
        question = ""
    said = [whole if whole not in question else "", question, asked]
    return ". ".join(words for words in said if words)


def _option(field: Field) -> str:
    """A short option with its question; a longer one with the number of it."""
    text, whole = field.label, field.group_label
    if not whole or whole in text:
        return text
    if len(_OPTION.split(text)[0]) <= LONG:
        return f"{whole} {text}".strip()
    number = re.match(r"\d{1,2}[A-Z]?(?=[.)]?\s)", whole)
    return f"{number[0]}. {text}" if number else text


def _asked(part: str, language: str, cells: int = 0) -> str:
    """A piece of an answer as one is asked for it: "Enter 2 digit Month", "Enter Last Name"."""
    enter = _ENTER.get(language, "{}")
    part = _NAMES.get(part.lower(), part)
    if language == "en":
        part = _TWICE.sub(r" or \2 \1", _SLASH.sub(" or ", part))
    return enter.format(f"{cells} digit {part}" if cells and part in _DIGITS else part)


def _with_count(text: str, field: Field, language: str) -> str:
    """A comb tells how many digits its number has."""
    counted = language == "en" and 4 < field.cells < 13 and field.kind in _COUNTED and "Enter" not in text
    return f"{text}. Enter {field.cells} digits" if counted and text else text
