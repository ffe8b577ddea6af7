"""The bounded child: what comes back, and what stops it."""

from __future__ import annotations

import os
import time

import pytest

from perdure.core.kernel.bounded import BoundExceeded, run_bounded
from perdure.core.kernel.errors import PerdureError

WORK = "tests.core.kernel.bounded_work:"


def test_the_value_comes_back_as_plain_data_and_no_secret_of_ours_goes_in(monkeypatch):
    monkeypatch.setenv("PERDURE_SECRET", "hush")
    outcome = run_bounded(WORK + "length", b"12345", files={"a.pdf": b"x"})
    assert outcome.value == {"length": 5, "sent": ["a.pdf"], "secret": None}


def test_files_and_progress_come_back():
    heard: list[str] = []
    outcome = run_bounded(WORK + "attach_and_report", {"name": "p1.png"}, progress=heard.append)
    assert outcome.files == {"p1.png": b"\x00picture"}
    assert heard == ["half way"]


def test_a_file_name_cannot_leave_the_folder():
    with pytest.raises(BoundExceeded):
        run_bounded(WORK + "attach_and_report", {"name": "../../escape"})


def test_a_refusal_keeps_its_words_and_code():
    with pytest.raises(PerdureError) as caught:
        run_bounded(WORK + "refuse", {})
    assert (caught.value.what, caught.value.next_step, caught.value.code) == (
        "This is not it.",
        "Send another.",
        "test.refused",
    )


def test_memory_past_the_limit_is_a_sentence():
    assert run_bounded(WORK + "eat_memory", {"megabytes": 50}, memory_mb=400).value == 50 * 2**20
    with pytest.raises(BoundExceeded, match="more than 400 MB") as caught:
        run_bounded(WORK + "eat_memory", {"megabytes": 500}, memory_mb=400)
    assert caught.value.code == "kernel.out-of-memory"


def test_time_past_the_limit_ends_the_child_and_its_children():
    heard: list[str] = []
    began = time.monotonic()
    with pytest.raises(BoundExceeded, match=r"longer than 1\.5 seconds") as caught:
        run_bounded(WORK + "sleep_with_a_grandchild", {}, seconds=1.5, progress=heard.append)
    assert caught.value.code == "kernel.out-of-time"
    assert time.monotonic() - began < 5
    assert not _alive(int(heard[0]))


def test_a_busy_loop_is_stopped():
    with pytest.raises(BoundExceeded) as caught:
        run_bounded(WORK + "spin", {}, seconds=1)
    assert caught.value.code == "kernel.out-of-time"


def test_a_crash_is_a_sentence_and_leaves_no_core():
    with pytest.raises(BoundExceeded, match="broke down") as caught:
        run_bounded(WORK + "die", {})
    assert caught.value.code == "kernel.broke-down"
    assert run_bounded(WORK + "core_limit", {}).value == 0


def test_a_file_past_its_size_is_not_kept():
    with pytest.raises(BoundExceeded):
        run_bounded(WORK + "write_much", {"megabytes": 3}, max_file_mb=2)


def test_the_caller_can_cancel():
    with pytest.raises(BoundExceeded) as caught:
        run_bounded(WORK + "spin", {}, seconds=20, cancelled=lambda: True)
    assert caught.value.code == "kernel.cancelled"


def _alive(pid: int) -> bool:
    """Is the process still running? A zombie that nobody has collected yet is not."""
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
