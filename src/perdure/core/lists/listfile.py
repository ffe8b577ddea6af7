"""A list that was read: opening it in the bounded child, and giving out its rows from the spool."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from perdure.core.kernel.bounded import run_bounded
from perdure.core.lists.errors import ListRefused
from perdure.core.lists.spool import SpoolReader
from perdure.core.lists.values import About, Limits, Options, Row

_CHILD = "perdure.core.lists.child:read"


class ListFile:
    """A list that was read and waits on disk, without a name: it goes when closed or with the process."""

    def __init__(self, folder: Path, told: dict[str, Any]) -> None:
        self._spool = SpoolReader(folder)
        shutil.rmtree(folder, ignore_errors=True)
        self._index: list[tuple[int, int]] = [(offset, count) for offset, count in told.pop("index")]
        lists: dict[str, Any] = {name: tuple(told[name]) for name in ("columns", "sheets", "told")}
        self.about = About(**(told | lists))

    def rows(self) -> Iterator[Row]:
        """Every row in order, faulty ones included; memory stays the same however long the list is."""
        for block in self._spool.blocks():
            yield from block

    def batches(self, size: int = 1000) -> Iterator[list[Row]]:
        """The same rows in lists of `size`."""
        kept: list[Row] = []
        for block in self._spool.blocks():
            kept += block
            while len(kept) >= size:
                yield kept[:size]
                kept = kept[size:]
        if kept:
            yield kept

    def sample(self, most: int = 5000) -> list[Row]:
        """Up to `most` usable rows, spread evenly over the whole list."""
        every = max(1, -(-self.about.rows // max(1, most)))
        blocks = self._index[:: max(1, len(self._index) // 200)] if every > 1 else self._index
        each = max(1, most // max(1, len(blocks)))
        found: list[Row] = []
        for block in self._spool.blocks([offset for offset, _ in blocks]):
            usable = [row for row in block if not row.fault]
            found += usable[:: max(1, -(-len(usable) // each))] if every > 1 else usable
        return found[:most]

    def close(self) -> None:
        self._spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_list(
    source: Path | str | bytes,
    *,
    name: str = "",
    options: Options | None = None,
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ListFile:
    """Read a file of any of the kinds we know, whatever its name says.

    name      what the person's file is called, when source is its content or a path of our own
    progress  called with lines such as "12000 rows"
    Raises ListRefused, or BoundExceeded when the file costs more than its limits.
    """
    limits = limits or Limits()
    folder = Path(tempfile.mkdtemp(prefix="perdure-list-"))
    try:
        path = _on_disk(source, folder, limits)
        order = {
            "source": str(path),
            "spool": str(folder),
            "name": name or ("" if isinstance(source, bytes) else path.name),
            "options": dataclasses.asdict(options or Options()),
            "limits": dataclasses.asdict(limits),
        }
        outcome = run_bounded(
            _CHILD,
            order,
            memory_mb=limits.memory_mb,
            seconds=limits.seconds,
            max_file_mb=limits.spool_mb + 64,
            progress=progress,
            cancelled=cancelled,
        )
        return ListFile(folder, outcome.value)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _on_disk(source: Path | str | bytes, folder: Path, limits: Limits) -> Path:
    if isinstance(source, bytes):
        path = folder / "list"
        path.write_bytes(source)
    else:
        path = Path(source).absolute()
    try:
        size = path.stat().st_size
    except OSError:
        raise ListRefused(
            f"There is no file {path.name}.", "Look at the name.", code="lists.no-file"
        ) from None
    if not path.is_file():
        raise ListRefused(f"{path.name} is not a file.", "Name a file.", code="lists.no-file")
    if size > limits.file_mb << 20:
        raise ListRefused(
            f"This file has {size >> 20:,} MB; {limits.file_mb:,} MB can be read.",
            "Split it into several files.",
            code="lists.too-large",
        )
    return path
