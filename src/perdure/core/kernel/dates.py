"""Days in words, and the names of months as people write them. No clock: a day is always an argument."""

from __future__ import annotations

from datetime import date

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
}
"""Source: Unicode CLDR 46, gregorian calendar, months in wide format form."""


def in_words(day: date, language: str = "en") -> str:
    """4 March 2027 (en), 4. März 2027 (de), 4 mars 2027 (fr), 4 de marzo de 2027 (es); else as 2027-03-04."""
    base = language[:2].lower()
    if base not in MONTHS:
        return day.isoformat()
    month = MONTHS[base][day.month - 1]
    if base == "de":
        return f"{day.day}. {month} {day.year}"
    if base == "fr":
        return f"{'1er' if day.day == 1 else day.day} {month} {day.year}"
    if base == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{day.day} {month} {day.year}"


def month_number(word: str) -> int | None:
    """1 to 12 for a figure, a name, or its first letters in any language above (mar, märz, Sept.).

    None for anything else, and for letters that begin several months (jui).
    """
    word = word.strip().rstrip(".").casefold()
    if word.isascii() and word.isdigit():
        return int(word) if 1 <= int(word[:4]) <= 12 and len(word) <= 4 else None
    if len(word) < 3:
        return None
    found = {
        index
        for names in MONTHS.values()
        for index, name in enumerate(names, start=1)
        if name.casefold().startswith(word) or (word.startswith("sept") and index == 9)
    }
    return found.pop() if len(found) == 1 else None
