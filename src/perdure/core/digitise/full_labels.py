"""What a field is called away from its page: question and part, as a screen reader would say it.

On paper "State" stands under a question and three boxes share "Date (MM-DD-YYYY)". A tool that gets the
boxes alone needs the whole: "7. Mailing address. State", "Date. Month".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perdure.core.digitise.values import Field, Widget

LEVEL = 4.0  # points two boxes of a row may differ in height
APART = 60.0  # points between two boxes of one answer
LONG = 8  # characters: a tick with a longer label needs no question before it

_LISTED = re.compile(r"\(([^()]{3,60})\)")
_BREAK = re.compile(r"\s*(?:,|/|;|\band\b|(?<=\w)\s*[-–]\s*(?=\w))\s*")
_DATES = (
    {"MM": "Month", "DD": "Day", "YYYY": "Year", "YY": "Year"},
    {"TT": "Tag", "MM": "Monat", "JJJJ": "Jahr"},
    {"JJ": "Jour", "MM": "Mois", "AAAA": "Année"},
    {"DD": "Día", "MM": "Mes", "AAAA": "Año"},
)
_ABBREVIATED = {"M.I": "Middle initial", "MI": "Middle initial"}
_COMBS = {
    (2, 2, 4): ("Month", "Day", "Year"),
    (3, 2, 4): ("First three digits", "Middle two digits", "Last four digits"),
    (3, 3, 4): ("Area code", "First three digits", "Last four digits"),
    (5, 4): ("First five digits", "Last four digits"),
}


def full_labels(fields: Sequence[Field]) -> list[str]:
    """One for each field, in the same order; "" where nothing names it."""
    parts = {field.id: part for run in _answers(fields) for field, part in _parts(run)}
    return [_full(field, parts.get(field.id)) for field in fields]


def _full(field: Field, part: tuple[str, str] | None) -> str:
    if field.tooltip:
        return field.label
    text = f"{part[0]} {part[1]}" if part else field.label
    tick = field.widget in {Widget.TICK, Widget.RADIO}
    whole = field.group_label
    if not whole or whole in text or (tick and len(text) > LONG):
        return text
    return f"{whole} {text}".strip()


def _answers(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Boxes side by side that carry the same words: the parts of one answer."""
    run: list[Field] = []
    for field in sorted(fields, key=lambda field: (field.page, round(field.box.y1 / 6), field.box.x0)):
        if run and _goes_on(run[-1], field):
            run.append(field)
            continue
        if len(run) > 1:
            yield run
        run = [field]
    if len(run) > 1:
        yield run


def _goes_on(last: Field, field: Field) -> bool:
    level = abs(last.box.y1 - field.box.y1) < LEVEL and last.page == field.page
    written = field.widget is Widget.TEXT and last.widget is Widget.TEXT
    return (
        level
        and written
        and bool(field.label)
        and last.label == field.label
        and (-2 < field.box.x0 - last.box.x1 < APART)
    )


def _parts(run: Sequence[Field]) -> Iterator[tuple[Field, tuple[str, str]]]:
    """(field, (question, part)) where the printed words or the cells of the combs tell the parts."""
    label = run[0].label
    for found in _LISTED.finditer(label):
        names = [name.strip(" .") for name in _BREAK.split(found[1]) if name.strip(" .")]
        if len(names) == len(run):
            question = " ".join((label[: found.start()] + label[found.end() :]).split())
            yield from ((field, (question, name)) for field, name in zip(run, _spoken(names), strict=True))
            return
    named = _COMBS.get(tuple(field.cells for field in run))
    if named:
        yield from ((field, (label, name)) for field, name in zip(run, named, strict=True))


def _spoken(names: Sequence[str]) -> list[str]:
    """ "MM" is a month, "M.I." a middle initial."""
    for words in _DATES:
        if all(name.upper() in words for name in names):
            return [words[name.upper()] for name in names]
    return [_ABBREVIATED.get(name.upper(), name) for name in names]
