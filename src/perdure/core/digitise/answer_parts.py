"""Boxes side by side that hold one answer, and what each of them is called.

2. NAME (First, Middle, Last)   [      ] [  ] [       ]      the words in the bracket
4. DATE OF BIRTH                [  ] - [  ] - [    ]         combs of two, two and four cells
7. SOCIAL SECURITY NUMBER       [   ] - [  ] - [    ]        combs of three, two and four
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from perdure.core.digitise.values import Field, Widget

LEVEL = 4.0  # points two boxes of a row may differ in height
APART = 60.0  # points between two boxes of one answer
CLOSE = 30.0  # the same for combs, whatever words they carry
INITIAL = 30.0  # points: a box for one letter is not wider
LONG_NAME = 5  # cells: a comb for a name has more

_LISTED = re.compile(r"\(([^()]{3,60})\)")
_BREAK = re.compile(r"\s*(?:,|/|;|\band\b|(?<=\w)\s*[-–]\s*(?=\w))\s*")
_DATES = (
    {"MM": "Month", "DD": "Day", "YYYY": "Year", "YY": "Year"},
    {"TT": "Tag", "MM": "Monat", "JJJJ": "Jahr"},
    {"JJ": "Jour", "MM": "Mois", "AAAA": "Année"},
    {"DD": "Día", "MM": "Mes", "AAAA": "Año"},
)
_ABBREVIATED = {"M.I": "Middle Initial", "MI": "Middle Initial"}
_MONTH_FIRST = ("Month", "Day", "Year")
_DAY_FIRST = {
    "de": ("Tag", "Monat", "Jahr"),
    "fr": ("Jour", "Mois", "Année"),
    "es": ("Día", "Mes", "Año"),
}
_COMBS = {
    (3, 2, 4): ("first three numbers", "middle two numbers", "last four numbers"),
    (3, 3, 4): ("Area Code", "middle three numbers", "last four numbers"),
    (5, 4): ("first 5 digits", "last 4 digits"),
}
_NAME = ("First Name", "Middle Initial", "Last Name")


@dataclass(frozen=True)
class Part:
    """question: the words of the whole answer; name: what this box of it holds."""

    question: str
    name: str


def parts_of(fields: Sequence[Field], *, language: str = "en", day_first: bool = False) -> dict[str, Part]:
    """The part that each field is, by its id; fields that are a whole answer are left out.

    day_first  combs of two, two and four cells are day, month and year
    """
    dates = _DAY_FIRST.get(language, ("Day", "Month", "Year")) if day_first else _MONTH_FIRST
    combs = {(2, 2, 4): dates} | (_COMBS if language == "en" else {})
    parts: dict[str, Part] = {}
    for page in sorted({field.page for field in fields}):
        here = [field for field in fields if field.page == page and field.widget is Widget.TEXT]
        for run in [*_chains(here, _same_words), *_chains(here, _close_combs)]:
            for field, part in [*_listed(run), *_name(run, language), *_by_cells(run, combs)]:
                parts.setdefault(field.id, part)
    return parts


def _chains(fields: Sequence[Field], goes_on: Callable[[Field, Field], bool]) -> Iterator[list[Field]]:
    """Runs of two or more, each box going on from the one left of it."""
    after: dict[str, Field] = {}
    for last in fields:
        going = [field for field in fields if _is_right_of(last, field) and goes_on(last, field)]
        if going:
            after[last.id] = min(going, key=lambda field: field.box.x0)
    later = {following.id for following in after.values()}
    for field in fields:
        if field.id in after and field.id not in later:
            run = [field]
            while (following := after.get(run[-1].id)) and following not in run:
                run.append(following)
            yield run


def _is_right_of(last: Field, field: Field) -> bool:
    level = abs(last.box.y1 - field.box.y1) < LEVEL
    return level and field is not last and -2 < field.box.x0 - last.box.x1 < APART


def _same_words(last: Field, field: Field) -> bool:
    return bool(last.label) and last.label == field.label


def _close_combs(last: Field, field: Field) -> bool:
    return bool(last.cells and field.cells) and field.box.x0 - last.box.x1 < CLOSE


def _listed(run: Sequence[Field]) -> Iterator[tuple[Field, Part]]:
    """A bracket that lists as many names as there are boxes."""
    label = run[0].label
    for found in _LISTED.finditer(label):
        names = [name.strip(" .") for name in _BREAK.split(found[1]) if name.strip(" .")]
        if len(names) == len(run):
            question = " ".join((label[: found.start()] + label[found.end() :]).split())
            for field, name in zip(run, _spoken(names), strict=True):
                yield field, Part(question, name)
            return


def _spoken(names: Sequence[str]) -> list[str]:
    """ "MM" is a month, "M.I." a middle initial."""
    for words in _DATES:
        if all(name.upper() in words for name in names):
            return [words[name.upper()] for name in names]
    return [_ABBREVIATED.get(name.upper(), name) for name in names]


def _name(run: Sequence[Field], language: str) -> Iterator[tuple[Field, Part]]:
    """A comb, a box for one letter and a comb: an American name."""
    cells = [field.cells for field in run]
    if len(run) != 3 or language != "en" or cells[1] > 1 or run[1].box.width > INITIAL:
        return
    if min(cells[0], cells[2]) > LONG_NAME:
        for field, name in zip(run, _NAME, strict=True):
            yield field, Part(run[0].label, name)


def _by_cells(
    run: Sequence[Field], combs: dict[tuple[int, ...], tuple[str, ...]]
) -> Iterator[tuple[Field, Part]]:
    """Combs of a known pattern anywhere in the run."""
    cells = tuple(field.cells for field in run)
    for pattern, names in combs.items():
        for at in range(len(run) - len(pattern) + 1):
            if cells[at : at + len(pattern)] == pattern:
                for k, name in enumerate(names):
                    yield run[at + k], Part(run[at].label, name)
