"""Writing lists that no spreadsheet can be hurt by, and the rejected rows so that they can be corrected."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from perdure.core.lists.mapper import REJECT_COLUMNS
from perdure.core.lists.unescaping import kept_as_text
from perdure.core.lists.values import Rejected

_EXCEL_MOST = 32_767
_EXCEL_ROWS = 1_048_576
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Written:
    """What was written. shortened: cells that Excel has no room for (above 32,767 characters)."""

    rows: int
    shortened: int = 0


def write_csv(to: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Write UTF-8 CSV in which no cell can become a formula; Options(ours=True) reads it back unchanged.

    The mark at the beginning tells Excel that it is UTF-8. Half characters are written as \\udcff.
    """
    to.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(to, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(map(kept_as_text, columns))
        count = 0
        for row in rows:
            writer.writerow(map(kept_as_text, row))
            count += 1
    finally:
        text.detach()
    return Written(count)


def write_xlsx(
    to: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "List"
) -> Written:
    """Write an Excel file in which every cell is text. Rows above Excel's 1,048,576 go on further sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    shortened = count = room = 0
    for row in rows:
        if not room:
            sheet = _sheet(book, title, count, columns)
            room = _EXCEL_ROWS - 1
        shortened += sum(len(cell) > _EXCEL_MOST for cell in row)
        sheet.append([_cell(sheet, cell) for cell in row])
        count, room = count + 1, room - 1
    if not count:
        _sheet(book, title, 0, columns)
    book.save(to)
    return Written(count, shortened)


def _sheet(book: Any, title: str, before: int, columns: Sequence[str]) -> Any:
    name = re.sub(r"[\[\]:*?/\\]", " ", title)[:25] or "List"
    sheet = book.create_sheet(name if not before else f"{name} {1 + before // (_EXCEL_ROWS - 1)}")
    sheet.append([_cell(sheet, cell) for cell in columns])
    return sheet


def _cell(sheet: Any, text: str) -> Any:
    """A text cell. One that looks like a formula also carries Excel's own mark for text (quotePrefix)."""
    from openpyxl.cell import WriteOnlyCell

    text = _NOT_IN_XML.sub("\ufffd", text)
    if len(text) > _EXCEL_MOST:
        text = text[: _EXCEL_MOST - 1] + "…"
    if kept_as_text(text) is text and not text.startswith("#"):
        return text
    cell = WriteOnlyCell(sheet, "")
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def write_rejects(to: IO[bytes], columns: Sequence[str], rejected: Iterable[Rejected]) -> Written:
    """Write the rejected rows as CSV: the original columns, then reason, code and line.

    The file can be corrected and imported again: those three columns are known and set aside. Cells beyond
    the columns stand together in a last column.
    """
    names = [*columns, *REJECT_COLUMNS, "further cells"]
    return write_csv(to, names, (_reject(row, columns) for row in rejected))


def _reject(row: Rejected, columns: Sequence[str]) -> list[str]:
    known = set(columns)
    further = " | ".join(text for name, text in row.original.items() if name not in known)
    cells = [row.original.get(name, "") for name in columns]
    return [*cells, row.reason, row.code, str(row.line), further]
