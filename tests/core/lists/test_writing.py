"""Files for people: no cell becomes a formula, ours come back unchanged, rejects can be corrected."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.core.lists.making import cells_of, rows_of

from perdure.core.lists.api import (
    Mapper,
    Rejected,
    TargetField,
    load_mapping,
    open_list,
    write_csv,
    write_rejects,
    write_xlsx,
)
from perdure.core.lists.unescaping import as_it_was, kept_as_text

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "'=1",
    "''=1",
    "\n=1",
]


def as_csv(columns, rows) -> bytes:
    content = io.BytesIO()
    write_csv(content, columns, rows)
    return content.getvalue()


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(cell):
    text = as_csv(["a"], [[cell]]).decode("utf-8-sig")
    written = next(
        row for number, row in enumerate(csv.reader(io.StringIO(text, newline=""))) if number == 1
    )[0]
    assert written == "'" + cell


@pytest.mark.parametrize("cell", ["plain", "5-3", "it's", "'quoted'", "", "a=b", "' x"])
def test_other_cells_stay_as_they_are(cell):
    assert kept_as_text(cell) is cell


@given(st.text())
def test_the_apostrophe_can_always_be_taken_off_again(cell):
    kept = kept_as_text(cell)
    assert as_it_was(kept) == cell
    assert kept[:1] not in set("=+-@\t\r")


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=9)


@settings(
    max_examples=8, phases=[Phase.reuse, Phase.generate]
)  # a child for each: do not look for a smaller one
@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT), min_size=1, max_size=20))
def test_our_own_csv_comes_back_unchanged(rows):
    rows = [("x", *row) for row in rows]
    assert cells_of(as_csv(["=k", "a", "b", "c"], rows), ours=True, header=True, delimiter=",") == rows


def test_names_of_columns_are_kept_from_being_formulas_too():
    assert as_csv(["=a", "b"], []).decode("utf-8-sig").startswith("'=a,b")


def test_in_excel_every_cell_is_text():
    from openpyxl import load_workbook

    content = io.BytesIO()
    written = write_xlsx(
        content, ["=name", "n"], [[cell, "1"] for cell in [*DANGEROUS, "#REF!", "x\x07y", "z" * 40_000]]
    )
    assert (written.rows, written.shortened) == (len(DANGEROUS) + 3, 1)
    sheet = load_workbook(io.BytesIO(content.getvalue())).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].quotePrefix
    assert cells_of(content.getvalue())[0] == ("=1+1", "1")


def test_an_empty_list_is_still_a_workbook():
    content = io.BytesIO()
    assert write_xlsx(content, ["a"], []).rows == 0
    assert content.getvalue()[:2] == b"PK"


TARGETS = (TargetField("title", "Title", required=True),)
MAPPING = load_mapping("fields: {title: {column: name}}")


def rejects_of(content: bytes, **options) -> tuple[bytes, int]:
    with open_list(content) as listed:
        mapper = Mapper(MAPPING, TARGETS, listed.about.columns)
        rejected = [one for row in listed.rows() if isinstance(one := mapper.apply(row), Rejected)]
        file = io.BytesIO()
        write_rejects(file, listed.about.columns, rejected)
    return file.getvalue(), len(rejected)


def test_rejected_rows_are_written_with_reason_and_line():
    content, count = rejects_of(b"name,cost\nx,1\n,=2\ny,3,4\n")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert count == 2
    assert [(row["name"], row["cost"], row["line"]) for row in rows] == [("", "'=2", "3"), ("y", "3", "4")]
    assert rows[0]["reason"] == "Title is empty, and a row needs it."
    assert rows[1]["further cells"] == "4"


def test_a_corrected_rejects_file_is_read_again_and_its_own_columns_do_not_come_along():
    content, _ = rejects_of(b"name,cost\nx,1\n,2\n")
    corrected = content.replace(b"\n,2,", b"\nz,2,")
    with open_list(corrected) as listed:
        mapper = Mapper(MAPPING, TARGETS, listed.about.columns)
        results = [mapper.apply(row) for row in listed.rows()]
    assert [(result.values, result.extra) for result in results] == [({"title": "z"}, {"cost": "2"})]


def test_rows_with_nul_or_half_characters_can_be_written():
    content, count = rejects_of(b'[{"name": "a\\u0000"}, {"name": "b\\ud800"}, {"name": "c"}]')
    assert count == 2
    assert "\\ud800" in content.decode("utf-8-sig")


def test_a_file_of_ours_is_read_by_anyone_as_utf_8():
    assert rows_of(as_csv(["name"], [["Łódź"]]))[0].cells == ("Łódź",)
