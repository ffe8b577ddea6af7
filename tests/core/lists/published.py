"""An independent reading of the published lists, written for the tests alone: nothing here is the product's.

Each function says what a cell means, by hand-written tables and the shortest code that can be checked by eye.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def gmpp_raw(text: str) -> date | None:
    """dd/mm/yyyy or dd.mm.yy; sentences are no dates. Two-digit years: 97 and 98 are the last century's."""
    for form in ("%d/%m/%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - only the day is kept
        except ValueError:
            continue
    return None


def american(text: str) -> date | None:
    """month/day/year; a day in 1905 is a year (Excel's day 2022 is 14 July 1905); 24-Aug is August 2024."""
    text = text.strip()
    whole = re.fullmatch(r"(\d+)/(\d+)/(\d{4})", text)
    if whole:
        month, day, year = map(int, whole.groups())
        found = date(year, month, day)
        return date((found - date(1905, 7, 14)).days + 2022, 1, 1) if year == 1905 else found
    short = re.fullmatch(r"(\d\d)-([A-Z][a-z]{2})", text)
    if short:
        return date(2000 + int(short[1]), 1 + MONTHS.index(short[2].lower()), 1)
    begins = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))? ", text)
    if begins and text.count("20") < 3:
        return date(int(begins[1]), int(begins[2]), int(begins[3] or 1))
    named = re.fullmatch(r"([A-Z][a-z]{2})-(\d{4})", text)
    return date(int(named[2]), 1 + MONTHS.index(named[1].lower()), 1) if named and named[1] != "Pre" else None


def british(text: str) -> date | None:
    """day/month/year with one or two figures, or 31 July 2015."""
    text = text.replace("&nbsp;", " ")
    figures = re.fullmatch(r"(\d+)/(\d+)/(\d+)", text)
    if figures:
        day, month, year = map(int, figures.groups())
        return date(year if year > 99 else 2000 + year, month, day)
    named = re.fullmatch(r"(\d+) ([A-Z][a-z]{2})[a-z]* (\d{4})", text)
    return date(int(named[3]), 1 + MONTHS.index(named[2].lower()), int(named[1])) if named else None


def jrc_start(text: str) -> date | None:
    """A year, or the filler that means nothing."""
    return date(int(text), 1, 1) if len(text) == 4 else None


def federal_status(text: str) -> str | None:
    """By what the guidance to agencies says of each stage, word by word."""
    word = text.lower()
    if word in {"retired", "completed"} or re.match(r"proof.of.concept completed", word):
        return "ended"
    planned = ("initi", "plan", "develop", "acqui", "currently under dev", "user acceptance", "investigating",
               "successfully tested", "technical transfer")  # fmt: skip
    if word.startswith(planned):
        return "planned"
    return "running" if word else None


def jrc_status(active: str, status: str) -> str:
    if active == "No":
        return "ended"
    if status == "In development":
        return "planned"
    return {"Yes": "running", "Unknown": "unknown"}[active]


def outcome(text: str) -> str | None:
    word = text.lower()
    if not word:
        return None
    return "not_passed" if word.startswith("not") else "pass"
