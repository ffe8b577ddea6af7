"""JSON: arrays of objects, one object a line, objects in objects."""

from __future__ import annotations

import json

import pytest
from tests.core.lists.making import about, cells_of, refusal_of, rows_of


def test_an_array_of_objects_is_a_list_whose_columns_are_all_names_that_occur():
    content = b'[{"a": 1, "b": null}, {"b": true, "c": 2.50}]'
    assert about(content).columns == ("a", "b", "c")
    assert cells_of(content) == [("1", ""), ("", "TRUE", "2.50")]


def test_objects_in_objects_get_dotted_names_and_lists_of_words_are_joined():
    content = json.dumps(
        [{"who": {"name": "x", "at": {"town": "y"}}, "tags": ["a", "b"], "more": [{"k": 1}]}]
    )
    found = about(content.encode())
    assert found.columns == ("who.name", "who.at.town", "tags", "more")
    assert cells_of(content.encode()) == [("x", "y", "a; b", '[{"k": 1}]')]


def test_one_object_a_line():
    content = '{"a": "é"}\n\n{"a": "2", "b": "3"}\n'
    assert about(content.encode()).kind == "jsonl"
    assert [(row.line, row.cells) for row in rows_of(content.encode())] == [(1, ("é",)), (3, ("2", "3"))]


def test_a_line_that_is_not_json_is_a_fault():
    rows = rows_of(b'{"a": 1}\n{"a": \n{"a": 3}\n[1, 2]\n"x"\n')
    assert [row.code for row in rows] == ["", "lists.not-json", "", "", "lists.not-an-object"]


def test_a_list_within_an_object_is_found():
    content = json.dumps({"meta": {"n": 2}, "result": {"records": [{"a": 1}, {"a": 2}]}}).encode()
    assert cells_of(content) == [("1",), ("2",)]
    assert "result.records" in " ".join(about(content).told)


def test_a_name_that_stands_twice_keeps_both_values():
    assert about(b'[{"a": 1, "a": 2}]').columns == ("a", "a (2)")


def test_figures_keep_every_digit():
    long = "9" * 400
    assert cells_of(b'[{"a": 0.10, "b": 12345678901234567890, "c": NaN}]') == [
        ("0.10", "12345678901234567890", "NaN")
    ]
    assert cells_of(f'[{{"a": {long}}}]'.encode()) == [(long,)]


def test_half_a_character_makes_its_row_a_fault():
    rows = rows_of(b'[{"a": "\\ud800"}, {"a": "ok"}, {"a": "nul \\u0000"}]')
    assert [row.code for row in rows] == ["lists.nul", "", "lists.nul"]


def test_an_array_that_breaks_off_loses_only_what_is_not_there():
    rows = rows_of(b'[{"a": 1}, {"a": 2}, {"a": ')
    assert [row.code for row in rows] == ["", "", "lists.not-json"]
    assert rows[2].cells == ('{"a": ',)


def test_a_long_array_is_read_in_pieces():
    content = json.dumps([{"n": number, "text": "x" * 900} for number in range(2000)], indent=1).encode()
    rows = rows_of(content)
    assert [row.cells[0] for row in rows] == [str(number) for number in range(2000)]


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b'{"a":' * 100_000, b'[{"a": ' + b"[" * 100_000, b"[{]", b'{"a": 1', b"[]", b"[1, 2"],
)
def test_what_is_no_list_of_objects_is_a_sentence_or_a_row_with_a_reason(content):
    try:
        rows = rows_of(content)
    except Exception:
        assert refusal_of(content).code in {"lists.not-json", "lists.not-a-list", "lists.empty"}
    else:
        assert all(row.fault for row in rows)


def test_a_name_for_each_thing_is_not_a_column():
    content = json.dumps([{f"name {n}": n} for n in range(2100)]).encode()
    assert refusal_of(content).code == "lists.too-many-columns"


@pytest.mark.parametrize("before", ["1", '"x, \\"y\\" [", null', "true, -2.5e3", "1, 2"])
def test_values_without_names_before_an_object_are_faults_and_the_object_comes_in(before):
    rows = rows_of(f'[{before}, {{"a": "ok"}}]'.encode())
    assert {row.code for row in rows[:-1]} == {"lists.not-an-object"}
    assert (rows[-1].cells, rows[-1].code) == (("ok",), "")


def test_json_without_any_object_is_refused_with_what_is_there():
    refusal = refusal_of(b'[1, "two", null]')
    assert "no object with names among the 3 values" in refusal.what


def test_a_csv_that_begins_with_a_bracket_stays_one():
    assert about(b"[id],[name]\n1,x\n").kind == "csv"
    assert about(b'[1],"a"\n[2],"b"\n').kind == "csv"
