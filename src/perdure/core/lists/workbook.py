"""Reading Excel: values as text, formulas as they are written, and nothing unpacked that is too large."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from perdure.core.lists.delimited import Record
from perdure.core.lists.errors import ListRefused
from perdure.core.lists.sheet_rows import SheetRows
from perdure.core.lists.values import Limits, Options

_MOST_TIMES = 200  # how many times its packed size a part may have, above a size that does no harm
_HARMLESS = 64 << 20
_DAMAGED = "Open it in Excel and save it again, or save the sheet as CSV."


class Workbook:
    """The records of one sheet. Opened read-only, row by row; macros and links are never looked at."""

    kind = "xlsx"
    strict = False
    encoding = ""
    delimiter = ""

    def __init__(self, path: Path, options: Options, limits: Limits) -> None:
        self.told: list[str] = []
        _refuse_bombs(path, limits)
        warnings.simplefilter("ignore")
        try:
            from openpyxl import load_workbook
            from openpyxl.worksheet._read_only import ReadOnlyWorksheet

            # Where a sheet does not tell its size, openpyxl would read all of it to find that out.
            ReadOnlyWorksheet._get_size = lambda _: None
            self._file = path.open("rb")  # by its name it would be refused for a wrong ending
            self._book = load_workbook(self._file, read_only=True, data_only=False, keep_links=False)
            self.sheets = tuple(sheet.title for sheet in self._book.worksheets)
            self._sheet = self._choose(options.sheet)
        except (ListRefused, MemoryError):
            raise
        except Exception:
            raise _damaged() from None
        self.sheet = str(self._sheet.title)
        self._most = limits.cell_most

    def _choose(self, asked: str | None) -> Any:
        by_title = {sheet.title: sheet for sheet in self._book.worksheets}
        if asked is not None and asked in by_title:
            return by_title[asked]
        if asked is not None or not by_title:
            titles = ", ".join(by_title) or "none"
            raise ListRefused(
                f"This workbook has no sheet called {(asked or '')[:60]}.",
                f"Its sheets are: {titles}.",
                code="lists.no-such-sheet",
            )
        shown = [sheet for sheet in by_title.values() if sheet.sheet_state == "visible"] or [
            *by_title.values()
        ]
        chosen = next((sheet for sheet in shown if _is_table(sheet)), shown[0])
        if len(by_title) > 1:
            others = ", ".join(title for title in by_title if title != chosen.title)
            self.told.append(f"The sheet {chosen.title} was read. There are others: {others}.")
        return chosen

    def __iter__(self) -> Iterator[Record]:
        rows = SheetRows(self._sheet, text_of)
        try:
            for number, cells in rows:
                yield number, cells, "", ""
        except (ListRefused, MemoryError):
            raise
        except Exception:
            raise _damaged() from None
        if rows.formulas:
            cells_hold = (
                "1 cell holds a formula" if rows.formulas == 1 else f"{rows.formulas} cells hold formulas"
            )
            self.told.append(f"{cells_hold}. They are shown as they are written and never worked out.")


def text_of(value: object) -> str:
    """A cell as text: days as 2026-03-04, figures without exponent or rounding noise, TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**300 else "number too long"
    if isinstance(value, float):
        return _figures(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _figures(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.20f}".rstrip("0") if abs(value) < 1 else text


def _is_table(sheet: Any) -> bool:
    """Has it two columns and two rows with something in them, near its beginning?"""
    full = 0
    for index, (_, cells) in enumerate(SheetRows(sheet, text_of)):
        full += sum(bool(cell) for cell in cells) >= 2
        if full >= 2 or index > 60:
            break
    return full >= 2


def _refuse_bombs(path: Path, limits: Limits) -> None:
    """A packed file says how large its parts are, and Python never unpacks more than it says."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    whole = sum(part.file_size for part in parts)
    swollen = [
        part
        for part in parts
        if part.file_size > _HARMLESS and part.file_size > _MOST_TIMES * max(1, part.compress_size)
    ]
    if swollen or whole > limits.spool_mb << 20 or len(parts) > 10_000:
        raise ListRefused(
            f"Unpacked, this Excel file would take {max(1, whole >> 20):,} MB. It was not opened.",
            "Save the sheet as CSV and send that.",
            code="lists.zip-bomb",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise ListRefused(
            "This Excel file is locked with a password.",
            "Take the password off and save it again.",
            code="lists.locked",
        )


def _damaged() -> ListRefused:
    return ListRefused("This Excel file is damaged, so we could not read it.", _DAMAGED, code="lists.damaged")
