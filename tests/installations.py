"""Installations that tests start as processes of their own: their databases, and what is really in them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


def database_of(folder: str) -> str:
    """URL of the installation's own database on the tests' PostgreSQL; made when it is not there yet.

    Its name is kept in a file beside the data folder: the server lives longer than the folders of a run.
    """
    server, kept = os.environ["PERDURE_DATABASE_URL"], Path(f"{folder.rstrip('/')}.database")
    if not kept.exists():
        kept.write_text(f"installation_{uuid.uuid4().hex}")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(kept.read_text())))
    return urlunsplit(urlsplit(server)._replace(path=f"/{kept.read_text()}"))


def lay_ready(folder: Path) -> None:
    """Put an empty database that is up to date into a new data folder, so that a start need not make one.

    The tests that show a first start on an empty folder do without.
    """
    database = folder / "perdure.sqlite3"
    if os.environ.get("PERDURE_TEST_DATABASE") == "postgresql" or database.exists():
        return
    if folder.is_dir() or not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_up_to_date(), database)


@cache
def _up_to_date() -> Path:
    """An empty database as the product itself makes it, once for each process that runs tests."""
    folder = Path(tempfile.mkdtemp(prefix="perdure-ready-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PERDURE_", "DJANGO_"))}
    told = [sys.executable, "-m", "perdure", "people", "list", "--data", str(folder)]
    subprocess.run(told, env=kept, check=True, capture_output=True)
    return folder / "perdure.sqlite3"


def rows_of(folder: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Read an installation's database with its own driver; the last statement's answer, if it has one."""
    if os.environ.get("PERDURE_TEST_DATABASE") == "postgresql":
        connection: Any = psycopg.connect(database_of(str(folder)))
    else:
        connection = sqlite3.connect(folder / "perdure.sqlite3")
    with closing(connection), connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []
