"""`perdure register`: lists in by command, answers out, killed and begun again."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import time

import pytest
from bench.register_import import MAPPING, write_rows
from tests.cli.running import COMMAND, perdure
from tests.foundation.web_servers import a_site
from tests.installations import lay_ready

pytestmark = pytest.mark.fresh_process

PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("PERDURE_", "DJANGO_"))}
"""The environment of a person, on SQLite: what is left after a kill is read with its own driver."""

TREES = """\
Name,Department,Start date,Result,Retest
Talking tree,Parks,31/05/2019,Fail,Pass
Walking tree,Parks,01/06/2019,Fail,Fail
=cmd|'/C calc'!A0,Roads,02/06/2019,Pass,
,Roads,03/06/2019,Pass,
"""
TREES_MAPPING = """\
perdure_mapping: 1
name: Trees
key: {columns: [Name, Department]}
fields:
  title: {column: Name}
  organisation: {column: Department}
  started: {column: Start date, date: {order: day_first}}
  outcome: {column: Result, choices: {pass: [Pass], not_passed: [Fail]}}
  outcome_later: {column: Retest, choices: {pass: [Pass], not_passed: [Fail]}}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("installation")


@pytest.fixture
def trees(tmp_path):
    """(list, mapping) as files."""
    (tmp_path / "trees.csv").write_text(TREES)
    (tmp_path / "mapping.yaml").write_text(TREES_MAPPING)
    return tmp_path / "trees.csv", tmp_path / "mapping.yaml"


def test_a_list_comes_in_is_answered_about_and_taken_back(data, trees, tmp_path):
    file, mapping = trees
    rejects = tmp_path / "rejects.csv"
    ran = perdure(
        *("register", "import", file, "--mapping", mapping, "--year", 2023, "--json", "--data", data),
        *("--rejects", rejects),
    )
    assert ran.returncode == 10, ran.stderr  # one row waits for a person
    account = json.loads(ran.stdout)
    assert (account["list"], account["read"], account["added"], account["rejected"]) == ("trees", 4, 3, 1)
    [row] = csv.DictReader(io.StringIO(rejects.read_text("utf-8-sig")))
    assert row["Department"] == "Roads"

    later = tmp_path / "later.csv"
    later.write_text("\n".join(line for line in TREES.splitlines() if "Walking" not in line) + "\n")
    ran = perdure(*("register", "import", later, "--list", "trees", "--year", 2024, "--data", data))
    assert ran.returncode == 10, ran.stderr  # the list's own mapping was used again
    assert "3 rows read = 0 new cases + 2 rows of known cases + 1 rejected" in ran.stdout

    ran = perdure(*("register", "answers", "listed", "--list", "trees", "--year", 2023, "--data", data))
    assert ran.stdout.splitlines()[1:] == [
        "All\t2 of 3\t67% (21% to 94%)",
        "Parks\t1 of 2\t50% (9% to 91%)",
        "Roads\t1 of 1\t100% (21% to 100%)",
    ]
    ran = perdure("register", "answers", "passed-later", "--list", "trees", "--json", "--data", data)
    told = json.loads(ran.stdout)
    assert (told["failed_first"], told["passed_later"]["count"], told["failed_again"]) == (2, 1, 1)

    ran = perdure("register", "undo", account["import"], "--data", data)
    assert ran.returncode == 0
    ran = perdure("register", "import", file, "--list", "trees", "--year", 2023, "--json", "--data", data)
    again = json.loads(ran.stdout)
    assert (again["added"], again["merged"]) == (1, 2)  # the other two are known from the later list alone


def test_a_list_without_a_mapping_is_refused_and_a_suggestion_is_a_file_that_works(data, trees, tmp_path):
    file, _mapping = trees
    ran = perdure("register", "import", file, "--list", "unknown", "--data", data)
    assert ran.returncode == 1
    assert "perdure register suggest" in ran.stderr
    assert "Traceback" not in ran.stderr
    ran = perdure("register", "suggest", file)
    assert ran.returncode == 0
    suggested = tmp_path / "suggested.yaml"
    suggested.write_text(ran.stdout)
    ran = perdure("register", "import", file, "--list", "unknown", "--mapping", suggested, "--data", data)
    assert ran.returncode == 10
    assert "4 rows read = 3 new cases" in ran.stdout


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", 1),
        ("form.csv", b"%PDF-1.7\n" + bytes(range(256)) * 40, 20),
        ("zip.xlsx", b"PK\x03\x04" + b"\x00" * 500, 20),
        ("torn.json", b'[{"Name": "Tree"', 20),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(*, data, trees, tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    ran = perdure("register", "import", tmp_path / name, "--mapping", trees[1], "--data", data)
    assert ran.returncode == code, ran.stderr
    assert ran.stdout == ""
    assert ran.stderr.strip().endswith(")")
    assert "Traceback" not in ran.stderr


def test_a_mapping_that_cannot_be_used_is_refused_with_its_place(data, trees, tmp_path):
    (tmp_path / "bad.yaml").write_text("perdure_mapping: 1\nfields: {title: {colum: Name}}\n")
    ran = perdure("register", "import", trees[0], "--mapping", tmp_path / "bad.yaml", "--data", data)
    assert ran.returncode == 1
    assert "fields.title" in ran.stderr
    ran = perdure("register", "import", trees[0], "--mapping", "no-such", "--data", data)
    assert (ran.returncode, "no-such" in ran.stderr) == (1, True)


def test_an_import_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path):
    rows = 12_000
    write_rows(tmp_path / "rows.csv", rows)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    words = [*COMMAND, "register", "import", tmp_path / "rows.csv", "--mapping", tmp_path / "mapping.yaml"]
    words += ["--year", "2024", "--json", "--data", tmp_path / "data"]
    lay_ready(tmp_path / "data")
    killed = 0
    for _ in range(3):
        with subprocess.Popen(
            list(map(str, words)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=PLAIN,
        ) as running:
            line = running.stderr.readline()  # "2000 of 12000 rows": the first batch is in
            assert "of 12000 rows" in line, line
            time.sleep(0.2)
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)
                killed += 1
    assert killed
    ran = subprocess.run(list(map(str, words)), capture_output=True, text=True, env=PLAIN, check=False)
    assert ran.returncode == 0, ran.stderr
    account = json.loads(ran.stdout)
    assert account["read"] == rows == account["added"] + account["merged"]
    expected = {line["case_id"].casefold() for line in csv.DictReader((tmp_path / "rows.csv").open())}
    with sqlite3.connect(tmp_path / "data" / "perdure.sqlite3") as database:
        keys = [key for (key,) in database.execute("select key from register_case")]
        lines = database.execute("select count(*), count(distinct line) from register_snapshot").fetchone()
        made = database.execute("select count(*) from register_import").fetchone()[0]
    assert len(keys) == len(expected)
    assert set(keys) == expected
    assert lines == (rows, rows)
    assert made == 1


def test_addresses_are_looked_at_by_command_and_a_killed_tour_goes_on_where_it_was(tmp_path):
    data = tmp_path / "installation"
    visiting = {
        "PERDURE_VISIT_LOOPBACK": "yes",
        "PERDURE_ADDRESS": "https://north.example",
        "PERDURE_DATABASE_URL": "",  # what is left after the kill is read with SQLite's own driver
    }
    with a_site() as site:
        rows = [f"{n},Change {n},{site.page(f'/{n}', status=404 if n == 1 else 200)}" for n in range(4)]
        (tmp_path / "list.csv").write_text("\n".join(["id,title,url", *rows]) + "\n")
        (tmp_path / "mapping.yaml").write_text(
            "perdure_mapping: 1\nname: Trial\nkey: {columns: [id]}\n"
            "fields: {title: {column: title}, url: {column: url}}\n"
        )
        told = ("--mapping", tmp_path / "mapping.yaml", "--year", 2026, "--data", data)
        assert perdure("register", "import", tmp_path / "list.csv", *told, **visiting).returncode == 0
        environ = {**PLAIN, **visiting}
        asked = [*COMMAND, "register", "visit", "--data", str(data)]
        tour = subprocess.Popen(asked, env=environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in tour.stderr:
            if line.startswith("1 of 4"):
                tour.send_signal(signal.SIGKILL)
                break
        tour.communicate()
        ran = perdure("register", "visit", "--data", data, **visiting)
        assert "two minutes" in ran.stderr, "whoever was killed may still be on its way"
        with sqlite3.connect(data / "perdure.sqlite3") as database:
            database.execute("UPDATE register_visiting SET held_until = '2020-01-01'")
        ran = perdure("register", "visit", "--data", data, **visiting)
        assert ran.returncode == 0, ran.stderr
        assert "left for the next time" in ran.stdout
        assert perdure("register", "visit", "--data", data, **visiting).stdout.startswith(
            "0 addresses looked at"
        )
    with sqlite3.connect(data / "perdure.sqlite3") as database:
        seen = "SELECT seen, count(*) FROM register_address GROUP BY seen ORDER BY seen"
        assert database.execute(seen).fetchall() == [("answers", 3), ("gone", 1)]
        assert database.execute("SELECT count(*) FROM register_visit").fetchone() == (4,)
    assert (
        site.paths["/0"] <= 4
    )  # HEAD and GET; twice at most, for the one that was in hand when it was killed
