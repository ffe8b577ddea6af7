"""CSV as it comes: encodings, delimiters, quotation marks, rows of the wrong length."""

from __future__ import annotations

import tempfile

import pytest
from tests.core.lists.making import about, cells_of, refusal_of, rows_of

from perdure.core.lists.api import Limits, ListRefused, open_list

NAMES = "id;name;ort\r\n1;Müller;Gießen\r\n2;Żółć;Łódź\r\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_unicode_encoding_is_found_out(encoding, told):
    content = NAMES.encode(encoding)
    assert cells_of(content) == [("1", "Müller", "Gießen"), ("2", "Żółć", "Łódź")]
    assert about(content).encoding == told


def test_western_letters_of_one_byte_are_windows_1252_and_a_person_is_told():
    content = "name,said\nJosé,“it’s 5 €”\nZoë,Straße\n".encode("cp1252")
    assert cells_of(content) == [("José", "“it’s 5 €”"), ("Zoë", "Straße")]
    assert "Windows-1252" in " ".join(about(content).told)


def test_latin_1_reads_the_same():
    assert cells_of("name\nJosé Ñandú Straße\nMüller\n".encode("latin-1")) == [
        ("José Ñandú Straße",),
        ("Müller",),
    ]


def test_cyrillic_letters_of_one_byte_are_found_out():
    text = "имя,город\n" + "Наталья Петровна,Новосибирск\nСергей Иванович,Екатеринбург\n" * 20
    assert cells_of(text.encode("cp1251"))[0] == ("Наталья Петровна", "Новосибирск")


def test_a_wrong_byte_in_utf_8_spoils_only_itself():
    content = b"name,town\n" + "José,Málaga\n".encode() * 9 + b"Jos\xe9,Lyon\n"
    read = cells_of(content)
    assert read[0] == ("José", "Málaga")
    assert read[-1] == ("José", "Lyon")
    assert "1 place" in " ".join(about(content).told)


def test_an_encoding_that_a_person_chose_is_used_or_refused():
    assert cells_of("a,b\nĄ,1\n".encode("cp1250"), encoding="cp1250") == [("Ą", "1")]
    assert refusal_of("a,b\né,1\n".encode("latin-1"), encoding="utf-8").code == "lists.encoding"
    assert refusal_of(b"a,b\n1,2\n", encoding="no-such").code == "lists.encoding"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter):
    content = "\n".join(
        delimiter.join(row) for row in (("name", "cost"), ("one, two", "1"), ("three", "2"))
    ).replace("one, two", '"one, two; three"')
    assert cells_of(content.encode())[0] == ("one, two; three", "1")
    assert about(content.encode()).delimiter == delimiter


def test_excels_line_that_names_the_delimiter_is_no_row():
    assert cells_of(b"sep=;\na;b\n1,5;2\n") == [("1,5", "2")]


def test_a_cell_may_hold_line_breaks_and_rows_know_the_line_they_begin_in():
    rows = rows_of(b'name,said\none,"two\nlines, and ""more"""\nthree,4\n')
    assert [(row.line, row.cells) for row in rows] == [
        (2, ("one", 'two\nlines, and "more"')),
        (4, ("three", "4")),
    ]


def test_a_row_with_too_many_cells_is_a_fault_with_everything_in_it():
    rows = rows_of(b"a,b\n1,2\n1,2,3\n4,5\n")
    assert rows[1] == (3, ("1", "2", "3"), "This row has 3 cells; the list has 2 columns.", "lists.ragged")
    assert [row.fault for row in rows].count("") == 2


def test_empty_cells_beyond_the_columns_do_no_harm():
    assert cells_of(b"a,b,,\n1,2,,\n3,4,,\n") == [("1", "2"), ("3", "4")]


def test_a_short_row_is_a_fault_unless_the_whole_list_is_written_so():
    content = b"a,b,c\n" + b"1,2,3\n" * 60
    assert rows_of(content + b"1,2\n")[-1].code == "lists.ragged"
    many = b"a,b,c\n" + b"1,2,3\n1,2\n" * 30
    assert all(not row.fault for row in rows_of(many))
    assert "leave off cells" in " ".join(about(many).told)


def test_a_quotation_mark_that_is_never_closed_costs_one_row():
    rows = rows_of(b'a,b\n1,2\n3,"four\n5,6\n7,8\n')
    assert [row.line for row in rows] == [2, 3, 4, 5]
    assert [row.code for row in rows] == ["", "lists.open-quote", "", ""]
    assert rows[1].cells == ('3,"four',)


def test_an_open_quotation_mark_does_not_swallow_the_rows_up_to_the_next_one():
    content = b'id,said,n\n1,"fine",1\n2,"open,2\n3,x,3\n4,"fine",4\n5,"fine",5\n'
    rows = rows_of(content)
    assert [row.line for row in rows] == [2, 3, 4, 5, 6]
    assert [bool(row.fault) for row in rows] == [False, True, False, False, False]
    assert rows[2].cells == ("3", "x", "3")


def test_a_quotation_mark_within_a_word_is_only_a_mark():
    assert cells_of(b'a,b\n5" disk,1\n"big" one,2\n') == [('5" disk', "1"), ("big one", "2")]


def test_names_of_columns_are_made_different_and_never_empty():
    found = about(b"name,date,date,,date\nx,1,2,3,4\ny,1,2,3,4\n")
    assert found.columns == ("name", "date", "date (2)", "column 4", "date (3)")
    assert "date" in " ".join(found.told)


def test_without_names_the_first_row_is_a_row():
    found = about(b"North,2020-01-02,5\nSouth,2020-02-03,6\nEast,2020-02-04,7\n")
    assert (found.header, found.rows, found.columns) == (False, 3, ("column 1", "column 2", "column 3"))


def test_a_person_can_say_whether_there_are_names():
    assert about(b"a,b\nc,d\n", header=False).rows == 2
    assert about(b"2019,2020\n1,2\n", header=True).columns == ("2019", "2020")


def test_a_title_above_the_list_is_left_out_and_told():
    found = about(b"Projects of 2020\n\nname,cost,year\nx,1,2020\ny,2,2020\n")
    assert found.columns == ("name", "cost", "year")
    assert "Projects of 2020" in " ".join(found.told)


def test_blank_lines_are_counted_and_are_no_rows():
    found = about(b"a,b\n1,2\n\n , \n3,4\n")
    assert (found.rows, found.blank) == (2, 2)


def test_a_nul_makes_its_row_a_fault_and_no_other():
    rows = rows_of(b"a,b\n1,2\n3,x\x00y\n4,5\n")
    assert [row.code for row in rows] == ["", "lists.nul", ""]
    assert rows[1].cells == ("3", "x\x00y")


def test_a_list_of_one_column_is_a_list():
    assert cells_of(b"name\none\ntwo, too\n"[:-6] + b"\n") == [("one",), ("two",)]


def test_a_sample_is_spread_over_the_list():
    content = b"n\n" + b"".join(b"%d\n" % number for number in range(20_000))
    with open_list(content) as listed:
        sample = [int(row.cells[0]) for row in listed.sample(400)]
        assert listed.about.rows == 20_000
        assert [len(batch) for batch in listed.batches(7000)] == [7000, 7000, 6000]
    assert 200 <= len(sample) <= 400
    assert sample[-1] > 18_000
    assert 4000 < sorted(sample)[len(sample) // 2] < 16_000


def test_nothing_of_a_list_stays_on_disk_under_a_name(tmp_path, monkeypatch):
    """Not even while it is read, so that a killed process leaves nothing behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with open_list(b"a\n" + b"1\n" * 3000) as listed:
        assert list(tmp_path.iterdir()) == []
        assert len(list(listed.rows())) == 3000
    with pytest.raises(ListRefused):
        open_list(b"%PDF-1.7")
    assert list(tmp_path.iterdir()) == []


def test_a_list_can_be_gone_through_twice_at_once():
    with open_list(b"a\n" + b"".join(b"%d\n" % n for n in range(3000))) as listed:
        assert all(one == two for one, two in zip(listed.rows(), listed.rows(), strict=True))


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ListRefused) as caught:
            open_list(path)
        assert caught.value.code == "lists.no-file"


def test_a_file_above_the_limit_is_not_opened(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(3 << 20)
    with pytest.raises(ListRefused, match="3 MB; 2 MB can be read"):
        open_list(path, limits=Limits(file_mb=2))
