"""Making small files for the tests of lists: kind ones and hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest

from perdure.core.lists.api import ListRefused, Options, Row, open_list


def rows_of(content: bytes, **options: Any) -> list[Row]:
    """Every row of a file with this content."""
    with open_list(content, options=Options(**options)) as listed:
        return list(listed.rows())


def cells_of(content: bytes, **options: Any) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of(content, **options)]


def about(content: bytes, name: str = "", **options: Any) -> Any:
    with open_list(content, name=name, options=Options(**options)) as listed:
        return listed.about


def refusal_of(content: bytes, **options: Any) -> ListRefused:
    """The refusal that this content meets, checked to be a sentence with a next step."""
    with pytest.raises(ListRefused) as caught:
        open_list(content, options=Options(**options)).close()
    refused = caught.value
    assert refused.what.endswith(".")
    assert refused.next_step.endswith(".")
    assert refused.code.startswith("lists.")
    return refused


def workbook(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """An Excel file with a sheet called List, and others."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "List"
    for row in rows:
        book.active.append(list(row))
    for title, others in sheets.items():
        sheet = book.create_sheet(title)
        for row in others:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The packed file with one part put in its place."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.namelist():
            new.writestr(item, part if item == name else old.read(item))
        if name not in old.namelist():
            new.writestr(name, part)
    return changed.getvalue()
