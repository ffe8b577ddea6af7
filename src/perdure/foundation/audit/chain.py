"""How one act becomes a link of the chain. Pure: no database, no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64
"""What the first record names as the hash before it."""


@dataclass(frozen=True)
class Act:
    """What one record says; number counts from 1 without gaps."""

    number: int
    at: datetime
    actor: str
    verb: str
    about: str
    detail: Mapping[str, Any]


def link(act: Act, previous: str) -> str:
    """SHA-256 (64 hexadecimal digits) of the act and the hash before it.

    The content is JSON with sorted keys; the time is UTC to the millisecond, which is what
    survives a move from one database to another.
    """
    said = [
        previous,
        act.number,
        act.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        act.actor,
        act.verb,
        act.about,
        act.detail,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
