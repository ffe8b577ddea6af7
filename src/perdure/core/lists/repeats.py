"""Which keys were seen before: any number of rows in a small memory (a scratch file of SQLite)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Self


class Repeats:
    """Counts different rows of one key. Hashes of 64 bits stand for keys and rows."""

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)  # no name: private, on disk only when large
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("PRAGMA cache_size = -8000")
        self._seen.execute("BEGIN")
        self._seen.execute(
            "CREATE TABLE seen (key INTEGER, cells INTEGER, number INTEGER, PRIMARY KEY (key, cells))"
            " WITHOUT ROWID"
        )

    def number(self, key: str, cells: Sequence[str]) -> int:
        """1 for the first row of this key and for rows just like it, 2 for the next different one."""
        name, content = hash(key), hash(tuple(cells))
        rows = self._seen.execute("SELECT cells, number FROM seen WHERE key = ?", (name,)).fetchall()
        for known, number in rows:
            if known == content:
                return int(number)
        number = len(rows) + 1
        self._seen.execute("INSERT INTO seen VALUES (?, ?, ?)", (name, content, number))
        return number

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.close()
