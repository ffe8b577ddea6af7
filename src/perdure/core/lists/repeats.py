"""Which keys were seen before: any number of rows in a small memory (a scratch file of SQLite)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Self


class Repeats:
    """Counts different rows of one key. Hashes of 64 bits stand for keys and rows."""

    def __init__(self) -> None:
        # No name: the file is private, comes to disk only when it is large, and goes with the connection.
        self._seen = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("PRAGMA cache_size = -8000")
        self._seen.execute("BEGIN")
        self._seen.execute("CREATE TABLE latest (key INTEGER PRIMARY KEY, number INTEGER, cells INTEGER)")
        columns = "key INTEGER, cells INTEGER, number INTEGER, PRIMARY KEY (key, cells)"
        self._seen.execute(f"CREATE TABLE earlier ({columns}) WITHOUT ROWID")

    def number(self, key: str, cells: Sequence[str]) -> int:
        """1 for the first row of this key and for rows just like it, 2 for the next different one."""
        name, content = hash(key), hash(tuple(cells))
        if self._seen.execute("INSERT OR IGNORE INTO latest VALUES (?, 1, ?)", (name, content)).rowcount:
            return 1
        number, known = self._one("SELECT number, cells FROM latest WHERE key = ?", name) or (0, 0)
        if known == content:
            return number
        found = self._one("SELECT number, 0 FROM earlier WHERE key = ? AND cells = ?", name, content)
        if found:
            return found[0]
        self._seen.execute("INSERT OR REPLACE INTO earlier VALUES (?, ?, ?)", (name, known, number))
        self._seen.execute(
            "UPDATE latest SET number = ?, cells = ? WHERE key = ?", (number + 1, content, name)
        )
        return number + 1

    def _one(self, question: str, *of: int) -> tuple[int, int] | None:
        found: tuple[int, int] | None = self._seen.execute(question, of).fetchone()
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.close()
