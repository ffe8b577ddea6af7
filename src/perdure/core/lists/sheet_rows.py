"""The rows of one Excel sheet as texts, straight from its XML, which is faster than by openpyxl's cells.

openpyxl still reads the workbook: its sheets, shared strings and number formats. Formulas are given as they
are written. Source: ECMA-376 part 1, 18.3.1.4 (cell), 18.18.11 (kinds of cell).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any
from xml.etree.ElementTree import Element

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _VALUE, _FORMULA, _INLINE = f"{_SPACE}row", f"{_SPACE}v", f"{_SPACE}f", f"{_SPACE}is"
_CELL, _TEXT, _RUN = f"{_SPACE}c", f"{_SPACE}t", f"{_SPACE}r"
_PLAIN_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}\?>)?\s*<worksheet[\s>]")
_MOST_COLUMNS = 16_384
Written = Callable[[object], str]


class SheetRows:
    """Iterates (row number, cells as texts). formulas counts the cells that hold one.

    sheet    a read-only worksheet of openpyxl
    written  how a number or day is written as text
    Raises whatever is wrong with the XML; the caller makes a sentence of it.
    """

    def __init__(self, sheet: Any, written: Written) -> None:
        self.formulas = 0
        self._sheet, self._book, self._written = sheet, sheet.parent, written
        self._strings: Sequence[str] = sheet._shared_strings
        self._days: set[int] = sheet.parent._date_formats
        self._columns: dict[str, int] = {}
        self._shared: dict[str, Any] = {}

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        number = 0
        with self._sheet._get_source() as source:
            iterparse = _parser_for(source)
            source.seek(0)
            for _, element in iterparse(source):
                if element.tag == _ROW:
                    number = int(element.get("r") or number + 1)
                    yield number, self._cells(element)
                    element.clear()
                elif element.tag not in _WITHIN_ROW:
                    element.clear()

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if cell.tag != _CELL:
                continue
            place = cell.get("r")
            column = self._column(place) if place else len(cells) + 1
            while len(cells) < column - 1:
                cells.append("")
            if len(cells) < column:
                cells.append(self._text(cell))
            else:
                cells[column - 1] = self._text(cell)
        return cells

    def _column(self, place: str) -> int:
        """C7 is in column 3."""
        letters = place.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            from openpyxl.utils import column_index_from_string

            known = self._columns[letters] = int(column_index_from_string(letters))
            if known > _MOST_COLUMNS:
                raise ValueError(place)
        return known

    def _text(self, cell: Element) -> str:
        value, text = None, ""
        for part in cell:
            if part.tag == _VALUE:
                value = part.text
            elif part.tag == _INLINE:
                text = _inline(part)
            elif part.tag == _FORMULA:
                return self._formula(cell, part)
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return text
        if not value:
            return ""
        if kind == "s":
            return self._strings[int(value)]
        if kind == "b":
            return "TRUE" if int(value) else "FALSE"
        return self._number(cell, value) if kind == "n" else value

    def _number(self, cell: Element, value: str) -> str:
        style = int(cell.get("s") or 0)
        if style in self._days:
            return self._day(value, style)
        if value.isdecimal() and len(value) < 16:
            return str(int(value))
        return self._written(float(value) if re.search("[.eE]", value) else int(value))

    def _day(self, value: str, style: int) -> str:
        """A day as text; a number that is none stays the number it is."""
        from openpyxl.utils.datetime import from_excel

        length = style in self._book._timedelta_formats
        try:
            return self._written(from_excel(float(value), self._book.epoch, timedelta=length))
        except (OverflowError, ValueError):
            return value

    def _formula(self, cell: Element, formula: Element) -> str:
        """As it is written. One that is shared is written out for its own place, as Excel shows it."""
        self.formulas += 1
        text, number, place = "=" + (formula.text or ""), formula.get("si"), cell.get("r")
        if formula.get("t") != "shared" or number is None or not place:
            return text
        if number in self._shared:
            return str(self._shared[number].translate_formula(place))
        if formula.text:
            from openpyxl.formula.translate import Translator

            self._shared[number] = Translator(text, place)
        return text


_WITHIN_ROW = {_CELL, _VALUE, _FORMULA, _INLINE, _TEXT, _RUN}


def _inline(part: Element) -> str:
    """The text of a cell that carries it along, its runs joined; readings of Japanese words are left out."""
    pieces = [part.findtext(_TEXT, "")]
    pieces += [run.findtext(_TEXT, "") for run in part if run.tag == _RUN]
    return "".join(pieces)


def _parser_for(source: IO[bytes]) -> Callable[..., Any]:
    """The fast parser where the XML begins like a sheet and can declare nothing; else one that forbids it."""
    if _PLAIN_HEAD.match(source.read(1000)):
        from xml.etree.ElementTree import iterparse

        return iterparse
    from openpyxl.xml.functions import iterparse as careful  # defusedxml's

    return careful  # type: ignore[no-any-return]
