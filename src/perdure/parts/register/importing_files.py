"""Lists that were sent, kept in pieces: a large one never stands in memory whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from perdure.foundation.files import api as files

PIECE = 4 * 2**20
_PIECE_TYPE = "application/x-perdure-piece"
_PIECES_TYPE = "application/x-perdure-pieces+json"


def keep(file: IO[bytes]) -> str:
    """Keep a file from where it stands to its end; returns the name to ask for it with.

    Each piece by itself, so that nobody waits for a large file to be written; a piece is kept once.
    """
    whole, pieces = hashlib.sha256(), []
    while piece := file.read(PIECE):
        whole.update(piece)
        pieces.append(files.store(piece, media_type=_PIECE_TYPE))
    told = {"sha256": whole.hexdigest(), "pieces": pieces}
    return files.store(json.dumps(told).encode(), media_type=_PIECES_TYPE)


def pieces(kept: str) -> Iterator[bytes]:
    """The file again, piece by piece."""
    for piece in json.loads(files.fetch(kept))["pieces"]:
        yield files.fetch(piece)


@contextmanager
def on_disk(kept: str, name: str) -> Iterator[Path]:
    """The file under its own ending in a folder that goes away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="perdure-list-"))
    try:
        path = folder / f"list{Path(name).suffix.lower()[:8]}"
        with path.open("wb") as file:
            for piece in pieces(kept):
                file.write(piece)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)
