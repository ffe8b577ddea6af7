"""Lists that mean harm, or were harmed: a sentence or a rejected row each; nothing lost, nothing run."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.test import Client
from tests.parts.register.test_import_pages import imported, page_of, sent

from perdure.parts.register.models import Case

pytestmark = pytest.mark.django_db(transaction=True)

FORMULAS = (
    "=1+1",
    "+SUM(A1:A9)",
    "-2+3",
    "@SUM(A1)",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil.example")',
)


def workbook(rows):
    from openpyxl import Workbook

    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_formulas_are_text_and_come_out_as_text(keeper):
    rows = [("Name", "Department"), *((formula, "Parks") for formula in FORMULAS)]
    origin = imported(keeper, sent(keeper, workbook(rows), "trees.xlsx"))
    assert (origin.read, origin.rejected) == (len(FORMULAS), 0)
    assert {case.title for case in Case.objects.all()} == set(FORMULAS)
    text = b"".join(Client().get("/register/cases.csv").streaming_content).decode("utf-8-sig")
    assert not [line for line in text.splitlines()[1:] if line.lstrip('"')[:1] in set("=+-@")]


def test_markup_in_a_list_is_shown_and_not_run(keeper):
    origin = imported(keeper, sent(keeper, 'Name,Department\n"<script>alert(1)</script>",<b>Parks</b>\n'))
    assert origin.added == 1
    case = Case.objects.get()
    for address in (f"/register/cases/{case.reference}/", "/register/", "/register/embed/"):
        page = Client().get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_cell_of_ten_million_letters_is_a_rejected_row_kept_whole(keeper):
    huge = "x" * 10_000_000
    origin = imported(keeper, sent(keeper, f"Name,Department\nTree,Parks\n{huge},Roads\nBush,Parks\n"))
    assert (origin.read, origin.added, origin.rejected) == (3, 2, 1)
    assert len(page_of(keeper, origin)) < 50_000
    answer = keeper.get(f"/register/keep/imports/{origin.pk}/rejects.csv")
    assert huge in b"".join(answer.streaming_content).decode("utf-8-sig")


def with_parts(content, **parts):
    """The same Excel file with further parts in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for part in before.infolist():
            after.writestr(part.filename, before.read(part.filename))
        for name, text in parts.items():
            after.writestr(name, text)
    return file.getvalue()


_DDE = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)
TREES = [("Name", "Department"), ("Oak", "Parks"), ("='[http://evil.example/x.xlsx]S'!A1", "Parks")]


@pytest.mark.parametrize(
    ("content", "name", "account"),
    [
        (lambda: with_parts(workbook(TREES), **{"xl/vbaProject.bin": b"\xd0\xcf"}), "m.xlsm", (2, 2, 0)),
        (
            lambda: with_parts(workbook(TREES), **{"xl/externalLinks/externalLink1.xml": _DDE}),
            "l.xlsx",
            (2, 2, 0),
        ),
        (lambda: b"Name,Department\nOak,\0\nElm,Parks\n", "nul.csv", (2, 1, 1)),
        (lambda: b"Name,Department\r\nOak,Parks\rElm,Parks\nAsh,Parks\r\n\rYew,Parks", "ends.csv", (4, 4, 0)),
        (lambda: "Name,Department\nÖlbaum,Parks\n".encode("utf-16-le"), "wide.csv", (1, 1, 0)),
        (lambda: b'[{"Name": 1e999999, "Department": ' + b"9" * 5000 + b"}]", "huge.json", (1, 1, 0)),
        (
            lambda: b'{"Name": "Oak", "Department": "a"}\nno\n{"Name": "Elm", "Department": ""}',
            "l.jsonl",
            (3, 2, 1),
        ),
    ],
)
def test_odd_files_come_in_row_by_row_and_every_row_is_told_of(keeper, content, name, account):
    origin = imported(keeper, sent(keeper, content(), name))
    assert (origin.read, origin.added, origin.rejected) == account
    assert Case.objects.count() == account[1]
    assert page_of(keeper, origin)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (lambda: b'[{"Name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "deep.json", "nested so deeply"),
        (lambda: b"Name" + b",x" * 99_999 + b"\n" + b"a," * 99_999 + b"a\n", "wide.csv", "100,000 columns"),
        (lambda: b"MZ\x90\0" + bytes(range(256)) * 20, "list.csv", "This is not text"),
    ],
)
def test_what_cannot_be_a_list_is_refused_in_a_sentence_on_the_page(keeper, content, name, says):
    origin = sent(keeper, content(), name)
    assert says in page_of(keeper, origin)
    assert not Case.objects.exists()


def test_days_beyond_the_calendar_are_left_out_and_kept_in_words(keeper):
    rows = ["Name,Department,Start", "Oak,Parks,2020-01-01", "Elm,Parks,9999-12-31", "Ash,Parks,0000-00-00"]
    rows += ["Yew,Parks,99999-01-01", "Fir,Parks,2021-02-03"]
    origin = imported(keeper, sent(keeper, "\n".join(rows) + "\n"))
    assert (origin.read, origin.added, origin.rejected) == (5, 5, 0)
    assert all(case.started is None or case.started.year in {2020, 2021} for case in Case.objects.all())
    said = json.dumps([row.values for row in origin.snapshots.all()])
    assert "9999-12-31" in said
    assert "0000-00-00" in said


@pytest.mark.parametrize("sign", ["\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "'=1+1"])
def test_cells_that_hide_a_formula_leave_as_text_in_every_table(keeper, case_of, sign):
    case_of("Tree", organisation=sign, country="SE")
    for address in ("/register/cases.csv", "/register/map.csv", "/register/timeline.csv"):
        answer = Client().get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        cells = [
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row
        ]
        assert not [cell for cell in cells if cell and cell[0] in "=+-@\t\r\n＝"]


def test_a_bomb_is_refused_in_a_sentence(keeper):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        with bomb.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(b"0" * 2**20)
    assert len(file.getvalue()) < 2**20
    origin = sent(keeper, file.getvalue(), "bomb.xlsx")
    assert origin.state == "failed"
    assert origin.says
    assert "Traceback" not in page_of(keeper, origin)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_an_encoding_is_found_out_and_told(keeper, encoding):
    text = "Name;Department\nÄrztliche Höhlenprüfung – für alle;Straßen\nZweite Größe;Straßen\n"
    origin = sent(keeper, text.encode(encoding), "list.csv")
    imported(keeper, origin)
    assert Case.objects.filter(title="Ärztliche Höhlenprüfung – für alle", organisation="Straßen").exists()
    assert origin.looked["encoding"]


def test_ragged_rows_and_stray_bytes_lose_nothing(keeper):
    content = (
        b"Name,Department\nTree,Parks\nTree with too much,Parks,more,and more\n\x00\x00Odd\x00,Parks\nEnd\n"
    )
    origin = imported(keeper, sent(keeper, content))
    assert origin.read == origin.added + origin.merged + origin.rejected
    assert origin.read == 4
    kept = json.dumps([row.original for row in origin.rejected_rows.all()])
    assert "and more" in kept


def test_a_name_of_a_file_that_leads_elsewhere_is_only_a_name(keeper):
    origin = sent(keeper, name="../../etc/passwd\x01<b>.csv")
    assert "/" not in origin.name
    assert "<b>.csv" not in page_of(keeper, origin)
