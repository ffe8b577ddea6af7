"""Moving an installation to PostgreSQL, as docs/how-to/move-to-postgresql.md says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.running import Running, free_port, perdure

pytestmark = pytest.mark.fresh_process
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "move-to-postgresql.md"


@pytest.fixture
def empty_database(postgresql_url) -> str:
    """A new database on the run's PostgreSQL."""
    import psycopg

    with psycopg.connect(postgresql_url, autocommit=True) as server:
        server.execute("drop database if exists moved")
        server.execute("create database moved")
    return re.sub(r"(postgresql://[^/]*/)[^?]*", r"\1moved", postgresql_url)


def test_an_installation_moves_with_all_it_holds(tmp_path, empty_database):
    with Running("demo", "--port", free_port(), "--data", tmp_path, "--no-browser") as it:
        it.address("Service")
        it.stop()
    here = {"PERDURE_DATA": str(tmp_path)}
    there = {**here, "PERDURE_DATABASE_URL": empty_database}
    commands = re.findall(r"^   perdure (manage .*?[^\\])$", PAGE.read_text(), re.M | re.S)
    assert [words.split()[1] for words in commands] == ["dumpdata", "migrate", "loaddata"]
    for environment, words in zip((here, there, there), commands, strict=True):
        ran = perdure(*words.replace("\\\n", " ").split(), cwd=tmp_path, **environment)
        assert ran.returncode == 0, ran.stderr
    before, after = perdure("record", "check", **here), perdure("record", "check", **there)
    assert after.returncode == 0, after.stdout
    assert after.stdout == before.stdout
    count = "from perdure.parts.casework.models import Case; print(Case.objects.count())"
    assert perdure("manage", "shell", "-v", "0", "-c", count, **there).stdout == "6\n"
