"""The spool: a list as plain rows on disk, written by the child that opened the file, read by its parent.

One JSON array of rows a line, so that reading needs the memory of one line and never more.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from perdure.core.lists.errors import ListRefused
from perdure.core.lists.values import Row

_ROWS = 500
_CHARACTERS = 4_000_000
_BUFFER = 1 << 18
NAME = "rows.jsonl"


class SpoolWriter:
    """Takes rows and writes them in blocks. index: (offset in the file, rows) of each block."""

    def __init__(self, folder: Path, most_mb: int) -> None:
        self.index: list[tuple[int, int]] = []
        self._file = (folder / NAME).open("wb")
        self._most = most_mb << 20
        self._rows: list[tuple[object, ...]] = []
        self._size = 0
        self._offset = 0

    def add(self, line: int, cells: list[str], size: int, fault: str = "", code: str = "") -> bool:
        """Keep a row of so many characters; True when a block was written."""
        self._rows.append((line, cells, fault, code) if fault else (line, cells))
        self._size += size
        if len(self._rows) < _ROWS and self._size < _CHARACTERS:
            return False
        self.flush()
        return True

    def flush(self) -> None:
        if not self._rows:
            return
        block = json.dumps(self._rows, ensure_ascii=False, separators=(",", ":"))
        content = block.encode("utf-8", "surrogatepass") + b"\n"
        self.index.append((self._offset, len(self._rows)))
        self._offset += len(content)
        if self._offset > self._most:
            raise ListRefused(
                f"Unpacked, this list takes more than {self._most >> 20:,} MB.",
                "Split it into several files.",
                code="lists.too-large",
            )
        self._file.write(content)
        self._rows, self._size = [], 0

    def close(self) -> None:
        self.flush()
        self._file.close()


class SpoolReader:
    """Reads a spool that has no name any more: the file goes with this process, even when that is killed."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("rb", buffering=0)

    def blocks(self, offsets: list[int] | None = None) -> Iterator[list[Row]]:
        """Blocks of rows in order; only those at the offsets when these are given."""
        file = io.BufferedReader(_Place(self._file.fileno()), _BUFFER)
        if offsets is None:
            for content in file:
                yield _block(content)
            return
        for offset in offsets:
            file.seek(offset)
            yield _block(file.readline())

    def close(self) -> None:
        self._file.close()


class _Place(io.RawIOBase):
    """A place of its own in an open file, so that several may read it at once."""

    def __init__(self, file: int) -> None:
        self._number = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (self._at if whence == io.SEEK_CUR else 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        read = os.preadv(self._number, [buffer], self._at)
        self._at += read
        return read


def _block(content: bytes) -> list[Row]:
    rows = json.loads(content.decode("utf-8", "surrogatepass"))
    return [Row(row[0], tuple(row[1]), *row[2:]) for row in rows]
