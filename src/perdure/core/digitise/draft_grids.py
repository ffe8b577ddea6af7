"""Cells of a printed grid that has names for its rows: each is asked by its row and its column.

    SOURCE            AMOUNT   RECIPIENT
    Social security   [    ]   [       ]      "Social security: amount", "Social security: recipient"
    Retirement        [    ]   [       ]

Rows that are only counted (1, 2, 3; "Child 1") are records of one thing, and stay a repeating group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.draft_items import same_line, words_of
from perdure.core.digitise.draft_tables import bare_words
from perdure.core.digitise.kinds import kind_of
from perdure.core.digitise.values import Field, Kind, Widget
from perdure.core.digitise.wording import take_brackets, take_number, tidy, worded

ANSWER = re.compile(r"(?i)^\W*(?:yes|no|ja|nein|oui|non|s[ií])\b")
WHO = re.compile(
    r"(?i)\b(?:owners?|recipients?|payers?|source|names?|who|whom|relationship|type|kind|frequency|purpose|describe"
    r"|specify|other|codes?|inhaber|empfänger|titulaire|bénéficiaire|titular)\b"
)
"""Heads of columns whose cells are words, whatever their row is about."""
LONGEST = 60
"""Characters of the name of a row or a column, at most; more is an instruction."""


def with_grids(fields: Sequence[Field]) -> list[Field]:
    """The fields of one page; cells of named rows have both names, where their own words miss one."""
    named = [each for each in fields if each.widget is Widget.TEXT and _is_named(each)]
    columns: dict[tuple[str, int], list[Field]] = {}
    for line in _lines(named):
        for each in _up_to_the_next_table(line):
            columns.setdefault((each.column_label, round(each.box.x0 / 6)), []).append(each)
    cells = {each.id for column in columns.values() if _named_apart(column) for each in column}
    return [_by_heads(each) if each.id in cells else each for each in fields]


def _lines(cells: Sequence[Field]) -> list[list[Field]]:
    """The cells of each printed row, from left to right."""
    lines: list[list[Field]] = []
    for each in sorted(cells, key=lambda one: one.box.x0):
        home = next((line for line in lines if _in_line(line[0], each)), None)
        if home is None:
            lines.append([each])
        else:
            home.append(each)
    return lines


def _in_line(one: Field, two: Field) -> bool:
    return one.row_label == two.row_label and same_line(one, two)


def _up_to_the_next_table(line: Sequence[Field]) -> list[Field]:
    """Where a head comes again in a line, another table stands beside this one."""
    heads: set[str] = set()
    for at, each in enumerate(line):
        if each.column_label in heads:
            return list(line[:at])
        heads.add(each.column_label)
    return list(line)


def _is_named(each: Field) -> bool:
    """Has its row a name, and does the file not count the rows ("line 1 of 3") as records?"""
    begins = each.row_label.lstrip(" (*")[:1]
    counted = worded(each.tooltip).row > 0
    named = bool(_name(each.row_label) and _name(each.column_label))
    heads = _words(f"{each.row_label} {each.column_label}")
    own = _words(words_of(each))
    told = not own or bool(own & heads)
    return named and told and not counted and not begins.islower() and not ANSWER.match(each.row_label)


def _name(text: str) -> str:
    """The words of a head, without its number and what it explains in brackets; "" when it only counts."""
    words = take_brackets(take_number(tidy(text))[1])[0]
    said = bool(re.search(r"[^\W\d_]{3}", bare_words(words)))
    return words.rstrip(" .:") if said and len(words) <= LONGEST else ""


def _named_apart(column: Sequence[Field]) -> bool:
    rows = [bare_words(each.row_label) for each in column]
    return len(rows) > 1 and 2 * len(set(rows)) > len(rows)


def _by_heads(each: Field) -> Field:
    row, column = _name(each.row_label), _name(each.column_label)
    if _words(row) <= _words(words_of(each)) or re.match(r"(?i)others?\b", column):
        return each
    label = f"{row}: {column[:1].lower() if not column[1:2].isupper() else column[:1]}{column[1:]}"
    named = each.model_copy(update={"label": label, "group_label": ""})
    if each.kind not in (Kind.TEXT, Kind.IDENTIFIER):
        return named
    told = kind_of(column, height=each.box.height, format=each.format, multiline=each.multiline)
    if told is Kind.TEXT and not WHO.search(column):
        told = kind_of(label, height=each.box.height, format=each.format, multiline=each.multiline)
    return named.model_copy(update={"kind": told})


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{3,}", text.lower()))
