"""Which row names the columns, and what the columns are called when names are missing or the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from perdure.core.lists.delimited import Record

LOOKED_AT = 60
_DATA = re.compile(r"[-+£$€]?\s*\d[\d.,\s]*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|https?://\S+|\S+@\S+\.\S+")


def heading_at(first: Sequence[Record], asked: bool | None) -> tuple[int | None, int]:
    """(index of the row with the names or None, index where the list begins).

    Lines above the table that hold a title or a note are left out: at most one cell is filled there,
    while the rows below have three or more.
    """
    filled = [sum(1 for cell in record[1] if cell.strip()) for record in first]
    usual = _usual(filled)
    begin = 0
    while begin < len(first) - 1 and _is_above(first[begin], filled[begin], usual):
        begin += 1
    if not first or asked is False:
        return None, begin
    named = asked is True or not _looks_like_data(
        first[begin][1], [record[1] for record in first[begin + 1 :]]
    )
    return (begin if named else None), begin


def _usual(filled: Sequence[int]) -> int:
    counts = Counter(count for count in filled if count)
    return max(counts, key=lambda count: (counts[count], count)) if counts else 0


def _is_above(record: Record, filled: int, usual: int) -> bool:
    return not record[2] and (filled == 0 or (filled == 1 and usual >= 3))


def _looks_like_data(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Does a cell of the first row look like the figures, dates or addresses that stand under it?"""
    if not below:
        return False
    for index, cell in enumerate(first):
        if not _DATA.fullmatch(cell.strip()):
            continue
        column = [row[index].strip() for row in below if index < len(row) and row[index].strip()]
        if column and sum(bool(_DATA.fullmatch(text)) for text in column) >= 0.6 * len(column):
            return True
    return False


def names_of(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Column names, all different and none empty, and sentences about those that had to be changed."""
    names: list[str] = []
    seen: set[str] = set()
    twice: list[str] = []
    empty = 0
    for index, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\x00", "").split())[:200]
        if not name:
            name, empty = f"column {index}", empty + 1
        if name in seen:
            twice.append(name)
            name = _another(name, seen)
        seen.add(name)
        names.append(name)
    told = []
    if twice:
        told.append(f"Columns with the same name were numbered: {_some(twice)}.")
    if empty:
        columns = "1 column has" if empty == 1 else f"{empty} columns have"
        told.append(
            f"{columns} no name and is called by its number." if empty == 1 else f"{columns} no name."
        )
    return tuple(names), told


def _another(name: str, seen: set[str]) -> str:
    number = 2
    while f"{name} ({number})" in seen:
        number += 1
    return f"{name} ({number})"


def _some(names: Sequence[str]) -> str:
    different = list(dict.fromkeys(names))
    return ", ".join(different[:5]) + (f" and {len(different) - 5} more" if len(different) > 5 else "")
