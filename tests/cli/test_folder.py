"""A folder of forms becomes a folder of drafts, however it is worked and however often it is stopped."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from perdure.cli.folder import forms_below, run_here

EXAMPLES = Path(__file__).parents[2] / "src" / "perdure" / "examples"
PERDURE = str(Path(sys.executable).with_name("perdure"))


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Two forms, one of them in a folder within, and a file that only says it is a PDF."""
    folder = tmp_path / "forms"
    (folder / "parking").mkdir(parents=True)
    shutil.copy(EXAMPLES / "home-adaptation-grant.pdf", folder / "=grant.pdf")
    shutil.copy(EXAMPLES / "residents-parking-permit.pdf", folder / "parking" / "permit.pdf")
    (folder / "letter.pdf").write_bytes(b"Dear all")
    return folder


def digitise(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PERDURE, "digitise", *map(str, words)], capture_output=True, text=True, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "summary.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def test_one_bad_file_never_stops_the_rest(forms, tmp_path):
    done = digitise(forms, "--out", tmp_path / "out")
    assert done.returncode == 10
    assert "3 files" in done.stdout
    found = rows(tmp_path / "out")
    assert found["letter.pdf"]["state"] == "refused"
    assert found["letter.pdf"]["code"] == "digitise.not-a-pdf"
    assert found["parking/permit.pdf"]["service"] == "residents-parking-permit"
    assert (tmp_path / "out" / "parking" / "permit" / "questions.md").exists()


def test_a_name_that_begins_like_a_formula_is_no_formula_in_the_summary(forms, tmp_path):
    digitise(forms, "--out", tmp_path / "out")
    assert "'=grant.pdf" in rows(tmp_path / "out")


def test_two_at_a_time_give_the_same_files_as_one_at_a_time(forms, tmp_path):
    digitise(forms, "--out", tmp_path / "one")
    digitise(forms, "--out", tmp_path / "two", "--jobs", "2")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert len(one) > 10
    assert one == two


def test_a_run_that_was_stopped_goes_on_where_it_was(forms, tmp_path):
    out = tmp_path / "out"
    digitise(forms, "--out", out)
    whole = contents(out)
    kept = out / "=grant" / "row.json"
    untouched = kept.stat().st_mtime_ns
    (out / "parking" / "permit" / "row.json").unlink()  # as if it had been stopped before this one was done
    (out / "summary.csv").unlink()
    digitise(forms, "--out", out)
    assert contents(out) == whole
    assert kept.stat().st_mtime_ns == untouched


def test_whoever_stops_a_run_hears_what_is_kept_and_how_to_go_on(forms, tmp_path):
    heard: list[str] = []

    def say(line: str) -> None:
        heard.append(line)
        if line.startswith("1 of "):
            signal.raise_signal(signal.SIGINT)

    works = forms_below(forms, tmp_path / "out", today=date(2030, 1, 1))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may start us deaf to Ctrl+C
    try:
        with pytest.raises(KeyboardInterrupt):
            run_here(works, 1, say)
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard[-1] == "Stopped. 1 of 3 are done and kept: run the same command again to go on."


def test_a_form_that_changed_is_read_again(forms, tmp_path):
    out = tmp_path / "out"
    digitise(forms, "--out", out)
    shutil.copy(EXAMPLES / "residents-parking-permit.pdf", forms / "letter.pdf")
    digitise(forms, "--out", out)
    assert rows(out)["letter.pdf"]["state"] != "refused"
    assert (
        json.loads((out / "letter" / "row.json").read_text())["row"]["service"] == "residents-parking-permit"
    )


def test_a_folder_without_forms_is_refused_in_words(tmp_path):
    done = digitise(tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "There is no PDF in" in done.stderr
    assert "cli.no-forms" in done.stderr


@pytest.mark.proof
def test_a_spark_cluster_gives_the_same_files_as_one_machine(forms, tmp_path):
    pytest.importorskip("pyspark", reason="perdure[spark] is not installed; `make proof` installs it")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, and there is no java on the PATH")
    digitise(forms, "--out", tmp_path / "here")
    done = digitise(forms, "--out", tmp_path / "spark", "--spark", "local[2]")
    assert done.returncode == 10, done.stderr
    assert contents(tmp_path / "here") == contents(tmp_path / "spark")
