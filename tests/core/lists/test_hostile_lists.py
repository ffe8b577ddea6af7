"""Files that mean harm or cannot be helped: a sentence, or a rejected row; nothing lost, nothing executed."""

from __future__ import annotations

import random
import time

import pytest
from tests.core.lists.making import refusal_of, rows_of, workbook

from perdure.core.kernel.bounded import BoundExceeded
from perdure.core.kernel.errors import PerdureError
from perdure.core.lists.api import Limits, ListRefused, open_list


def test_a_cell_of_ten_million_characters_rejects_its_row_and_keeps_it_whole():
    rows = rows_of(b"a,b\n1,2\n3," + b"x" * 10_000_000 + b"\n5,6\n")
    assert [row.code for row in rows] == ["", "lists.cell-too-long", ""]
    assert len(rows[1].cells[1]) == 10_000_000


def test_a_cell_beyond_all_measure_refuses_the_file_before_memory_is_full():
    with pytest.raises(ListRefused) as caught:
        open_list(b"a,b\n1," + b"x" * 3_000_000 + b"\n", limits=Limits(cell_most=2_000_000))
    assert caught.value.code == "lists.cell-too-long"


def test_a_hundred_thousand_columns_are_a_sentence():
    content = ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n" + b"1," * 99_999 + b"1\n"
    refused = refusal_of(content)
    assert refused.code == "lists.too-many-columns"
    assert "100,000 columns" in refused.what


def test_a_list_that_is_larger_than_its_room_on_disk_is_a_sentence():
    with pytest.raises(ListRefused) as caught:
        open_list(b"a\n" + b"x" * 900 + b"\n" + (b"y" * 900 + b"\n") * 3000, limits=Limits(spool_mb=1))
    assert caught.value.code == "lists.too-large"


def test_a_list_that_takes_too_long_is_stopped():
    content = b"a,b\n" + b"1,2\n" * 3_000_000
    began = time.monotonic()
    with pytest.raises(BoundExceeded) as caught:
        open_list(content, limits=Limits(seconds=1))
    assert caught.value.code == "kernel.out-of-time"
    assert time.monotonic() - began < 20


def test_reading_can_be_stopped_by_a_person():
    with pytest.raises(BoundExceeded) as caught:
        open_list(b"a,b\n" + b"1,2\n" * 3_000_000, cancelled=lambda: True)
    assert caught.value.code == "kernel.cancelled"


def test_progress_is_told_in_rows():
    heard: list[str] = []
    open_list(b"a,b\n" + b"1,2\n" * 2600, progress=heard.append).close()
    assert heard[:2] == ["500 rows", "1000 rows"]


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_bytes_turned_over_is_read_or_refused_in_words(seed):
    """Both kinds, eight bytes changed, and whatever comes out is rows or one of our refusals."""
    chance = random.Random(seed)
    whole = workbook([["name", "n"], ["x", 1], ["y", 2]]) if seed % 2 else b'a,b\n"1","2\n3",4\n5,6\n' * 20
    content = bytearray(whole)
    for _ in range(8):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        assert rows_of(bytes(content))
    except PerdureError as problem:
        refused = problem
    else:
        return
    assert refused.code != "kernel.broke-down"
    assert refused.what.endswith(".")
