"""Reading CSV: the delimiter, quotation marks that are never closed, lines without end."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from perdure.core.lists.errors import ListRefused
from perdure.core.lists.sniffing import encoding_of, opened
from perdure.core.lists.values import Limits, Options

Record = tuple[int, list[str], str, str]
"""Where it begins, its cells, and fault and code when it cannot be used."""

_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 200_000  # characters
_END = "\x02end of the list\x03"
_SHORT = 0.05  # when more rows than this share leave cells off at the end, that is how the list is written


class Delimited:
    """The records of a CSV file. width is how many cells its rows have; told grows while it is read."""

    kind = "csv"

    def __init__(self, path: Path, options: Options, limits: Limits) -> None:
        self.told: list[str] = []
        self._path = path
        self._most = limits.cell_most
        self._encoding = encoding_of(path, options.encoding)
        self.encoding = self._encoding.name.removesuffix("-sig")
        if self._encoding.told:
            self.told.append(self._encoding.told)
        with opened(path, self._encoding) as file:
            sample = file.read(_SNIFFED)
        sample, self._skip, named = _without_sep_line(sample)
        self.delimiter = options.delimiter or named or delimiter_of(sample)
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            raise ListRefused(
                "Cells can be separated by one character only, and not by a quotation mark.",
                "Choose a comma, a semicolon, a tab or a bar.",
                code="lists.delimiter",
            )
        widths = _widths(sample, self.delimiter)
        self._width = widths.most_common(1)[0][0] if widths else 0
        short = sum(count for width, count in widths.items() if 1 < width < self._width)
        self.strict = short <= _SHORT * max(1, widths.total())

    def __iter__(self) -> Iterator[Record]:
        csv.field_size_limit(self._most)
        with opened(self._path, self._encoding) as file:
            lines = _numbered(file, self._most)
            for _ in range(self._skip):
                next(lines)
            yield from self._records(_Feed(lines))

    def _records(self, feed: _Feed) -> Iterator[Record]:
        """Every record. A record over several lines that hides whole rows is taken apart again."""
        reader = csv.reader(feed, delimiter=self.delimiter, strict=True)
        lenient = csv.reader(feed, delimiter=self.delimiter)
        taken = feed.taken
        for cells in _read(reader, taken):
            if cells is not None and len(taken) == 1:
                if cells and cells[0] == _END:
                    return
                yield taken[0][0], cells, "", ""
            elif cells is not None and not cells[-1].endswith(_END) and not self._hides_rows(taken):
                yield taken[0][0], cells, "", ""
            elif len(taken) == 1 or self._hides_rows(taken) or taken[-1][1] == _END:
                yield self._first_line(taken)
                feed.give_back(taken[1:])
            else:
                feed.give_back(taken)
                taken.clear()
                loose = next(_read(lenient, taken), None) or []
                if loose and loose[-1].endswith(_END):
                    yield self._first_line(taken)
                    feed.give_back(taken[1:])
                else:
                    yield taken[0][0], loose, "", ""

    def _hides_rows(self, taken: list[tuple[int, str]]) -> bool:
        """Did a quotation mark swallow rows? Some line, read by itself, then has all the cells of a row,
        while the lines together have not, or go on after a mark that closed.
        """
        if self._width < 2 or len(taken) < 2:
            return False
        lines = (line for _, line in taken)
        try:
            together = next(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except (csv.Error, StopIteration):
            together = []
        if len(together) == self._width:
            return False
        return any(len(self._alone(line)) == self._width for _, line in taken[1:50])

    def _alone(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self.delimiter), [])
        except csv.Error:
            return []

    def _first_line(self, taken: list[tuple[int, str]]) -> Record:
        """The line that a record begins with, by itself: as a fault when its quotation mark stays open."""
        line, text = taken[0]
        if len(text) > self._most:
            raise ListRefused(
                f"Line {line} has a cell of more than {self._most:,} characters.",
                "Look at that line: a list of cases has no such cell.",
                code="lists.cell-too-long",
            )
        if text.count('"') % 2:
            fault = "A quotation mark in this line is never closed."
            return line, [text.rstrip("\r\n")], fault, "lists.open-quote"
        return line, self._alone(text), "", ""


def _read(reader: Iterator[list[str]], taken: list[tuple[int, str]]) -> Iterator[list[str] | None]:
    """Records, or None where the marks do not fit; `taken` holds the lines of the present one."""
    while True:
        taken.clear()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


class _Feed:
    """Lines for the csv module, remembered since `taken` was last emptied, with a mark at the end."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self.taken: list[tuple[int, str]] = []
        self._lines = lines
        self._back: deque[tuple[int, str]] = deque()
        self._ended = False

    def give_back(self, lines: Sequence[tuple[int, str]]) -> None:
        """These lines come again, before any other."""
        self._back.extendleft(reversed(lines))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        item = self._back.popleft() if self._back else next(self._lines, None)
        if item is None:
            if self._ended:
                raise StopIteration
            self._ended = True
            item = (0, _END)
        self.taken.append(item)
        return item[1]


def _numbered(file: IO[str], most: int) -> Iterator[tuple[int, str]]:
    number = 0
    while line := file.readline(most + 1):
        number += 1
        if len(line) > most:
            raise ListRefused(
                f"Line {number} is longer than {most:,} characters.",
                "Look at that line: a list of cases has no such line.",
                code="lists.cell-too-long",
            )
        yield number, line


def _without_sep_line(sample: str) -> tuple[str, int, str]:
    """Excel's own first line `sep=;` names the delimiter and is no part of the list."""
    first, _, rest = sample.partition("\n")
    first = first.strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, 1, first[4]
    return sample, 0, ""


def delimiter_of(sample: str) -> str:
    """The delimiter that cuts most rows into the same number of cells, more than one."""
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * min(item[0], 2), item[0]))
        agreed = count / widths.total()
        score = agreed * (1 + min(width, 50) / 50) if width > 1 else 0.0
        if score > most + 1e-9:
            best, most = delimiter, score
    return best


def _widths(sample: str, delimiter: str) -> Counter[int]:
    rows = csv.reader(_lines_of(sample), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for cells in rows:
            if cells:
                widths[len(cells)] += 1
    except csv.Error:
        pass
    return widths


def _lines_of(sample: str) -> Iterable[str]:
    lines = io.StringIO(sample, newline="").readlines()
    return lines[:-1] if len(lines) > 1 and len(sample) >= _SNIFFED else lines
