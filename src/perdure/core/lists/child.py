"""What happens in the bounded child: a file becomes a spool of plain rows, and a word about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from perdure.core.kernel.bounded import Task
from perdure.core.lists.delimited import Delimited, Record
from perdure.core.lists.errors import ListRefused
from perdure.core.lists.heading import LOOKED_AT, heading_at, names_of
from perdure.core.lists.objects import Objects
from perdure.core.lists.sniffing import kind_of
from perdure.core.lists.spool import SpoolWriter
from perdure.core.lists.unescaping import as_it_was
from perdure.core.lists.values import Limits, Options
from perdure.core.lists.workbook import Workbook

Source = Delimited | Workbook | Objects


def read(order: dict[str, Any], task: Task) -> dict[str, Any]:
    """order: source and spool (paths), options, limits, name. Returns the fields of About and the index."""
    path, options, limits = Path(order["source"]), Options(**order["options"]), Limits(**order["limits"])
    kind = kind_of(path, ours=options.ours)
    source = _source(kind, path, options, limits)
    writer = _Table(source, options, limits, SpoolWriter(Path(order["spool"]), limits.spool_mb), task)
    about = writer.write()
    about["told"] = [*_odd_name(order["name"], source.kind), *about["told"]]
    return about


def _source(kind: str, path: Path, options: Options, limits: Limits) -> Source:
    if kind == "xlsx":
        return Workbook(path, options, limits)
    if kind == "json":
        return Objects(path, options, limits)
    return Delimited(path, options, limits)


_ENDINGS = {
    "csv": ("csv", "tsv", "txt", "tab", "psv"),
    "xlsx": ("xlsx", "xlsm"),
    "json": ("json", "geojson"),
    "jsonl": ("jsonl", "ndjson", "json"),
}
_CALLED = {"csv": "a CSV file", "xlsx": "an Excel file", "json": "JSON", "jsonl": "JSON, one object a line"}


def _odd_name(name: str, kind: str) -> list[str]:
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if not ending or ending in _ENDINGS[kind]:
        return []
    return [f"The name ends in .{ending[:10]}, but this is {_CALLED[kind]}; it was read as that."]


class _Table:
    """Rows on their way from a source to the spool: names first, then every row with its faults."""

    def __init__(
        self, source: Source, options: Options, limits: Limits, spool: SpoolWriter, task: Task
    ) -> None:
        self._source, self._options, self._limits = source, options, limits
        self._spool, self._task = spool, task
        self._width = 0
        self._rows = self._blank = self._faulty = 0

    def write(self) -> dict[str, Any]:
        records = iter(self._source)
        told: list[str] = []
        header = True
        names: tuple[str, ...] = ()
        if not isinstance(self._source, Objects):
            first = list(islice(records, LOOKED_AT))
            named, begin = heading_at(first, self._options.header)
            header = named is not None
            names, told = self._names(first, named, begin)
            told += _left_out(first[:begin])
            records = chain(first[begin + header :], records)
        self._width = len(names)
        self._all(records)
        self._spool.close()
        if isinstance(self._source, Objects):
            names, told = tuple(self._source.columns), []
        if not self._rows:
            raise ListRefused(
                "This list has no rows." if names else "This file is empty.",
                "Send the file again; it may have been saved before it was filled.",
                code="lists.empty",
            )
        if not names and self._faulty:
            raise ListRefused(
                f"There is no object with names among the {self._rows:,} values of this JSON.",
                "Send an array of objects, or one object a line.",
                code="lists.not-a-list",
            )
        return self._about(names, header, [*self._source.told, *told, *self._odd()])

    def _names(
        self, first: Sequence[Record], named: int | None, begin: int
    ) -> tuple[tuple[str, ...], list[str]]:
        widest = max((len(record[1]) for record in first[begin:]), default=0)
        if max(widest, len(first[begin][1]) if first else 0) > self._limits.columns:
            raise ListRefused(
                f"This list has {widest:,} columns; {self._limits.columns:,} can be read.",
                "Look whether rows and columns were swapped, or whether the separator is another one.",
                code="lists.too-many-columns",
            )
        if named is None:
            told = ["The first row holds no names, so columns are called by their numbers."] if first else []
            return tuple(f"column {index}" for index in range(1, widest + 1)), told
        cells = list(first[named][1])
        while cells and not cells[-1].strip():
            cells.pop()
        return names_of([as_it_was(cell) for cell in cells] if self._options.ours else cells)

    def _all(self, records: Iterator[Record]) -> None:
        exact, ours = self._source.strict, self._options.ours
        most = self._limits.cell_chars
        for line, given, fault, code in records:
            size = sum(map(len, given))
            if not size or (size < 40 and not "".join(given).strip()):
                self._blank += 1
                continue
            cells = [as_it_was(cell) for cell in given] if ours else given
            found = (fault, code) if fault else self._checked(cells, size, exact, most)
            self._rows += 1
            self._faulty += bool(found[0])
            if self._spool.add(line, cells, size, *found):
                self._task.report(f"{self._rows} rows")

    def _checked(self, cells: list[str], size: int, exact: bool, most: int) -> tuple[str, str]:
        """What is wrong with these cells and its code, or two empty words. Empty cells at the end go."""
        if self._width and len(cells) != self._width:
            while len(cells) > self._width and not cells[-1].strip():
                cells.pop()
            if len(cells) > self._width or (exact and len(cells) < self._width):
                fault = f"This row has {len(cells)} cells; the list has {self._width} columns."
                return fault, "lists.ragged"
        if size > most and max(map(len, cells)) > most:
            return f"A cell has more than {most:,} characters.", "lists.cell-too-long"
        if _NOT_TEXT.search("".join(cells)):
            return "A cell holds characters that are not text (nul or half a character).", "lists.nul"
        return "", ""

    def _odd(self) -> list[str]:
        told = []
        if not self._source.strict and isinstance(self._source, Delimited):
            told.append("Many rows leave off cells at their end; those were taken as empty.")
        if self._blank:
            told.append(
                f"{self._blank} blank lines were left out."
                if self._blank > 1
                else "1 blank line was left out."
            )
        return told

    def _about(self, names: tuple[str, ...], header: bool, told: list[str]) -> dict[str, Any]:
        source = self._source
        return {
            "kind": source.kind,
            "columns": list(names),
            "rows": self._rows,
            "blank": self._blank,
            "faulty": self._faulty,
            "encoding": source.encoding,
            "delimiter": source.delimiter,
            "sheet": getattr(source, "sheet", ""),
            "sheets": list(getattr(source, "sheets", ())),
            "header": header,
            "told": told,
            "index": self._spool.index,
        }


_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def _left_out(above: Sequence[Record]) -> list[str]:
    words = ["; ".join(cell.strip() for cell in record[1] if cell.strip()) for record in above]
    said = [word[:100] for word in words if word]
    return [f"Above the list stood: {' / '.join(said)}. That was left out."] if said else []
