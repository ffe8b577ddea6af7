"""Audit: the append-only record of every change and every look at a case.

Owns the words record and chain. Callers say what was done (verb), to what (about) and by
whom; they never put an applicant's name or answers into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from perdure.foundation.audit.chain import FIRST, Act, link
from perdure.foundation.audit.models import Head, Record

__all__ = ["Act", "Checked", "acts_about", "check_chain", "record"]


@dataclass(frozen=True)
class Checked:
    """What a check of the chain found. broken: number of the first record that does not fit, or None."""

    records: int
    broken: int | None = None
    says: str = ""


@transaction.atomic(savepoint=False)
def record(
    verb: str,
    *,
    about: str,
    by: str,
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> int:
    """Append one act inside the caller's transaction; returns its number. Three statements.

    by   a person's id, "applicant", or "system:<what>" for automated acts
    at   when; now when not given

    Whoever appends holds the end of the chain until their transaction ends, so acts stand
    in the order in which they were committed.
    """
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    plain = _plain(detail or {})
    act = Act(head.number + 1, _to_the_millisecond(at or timezone.now()), by, verb, about, plain)
    previous = head.hash or FIRST
    digest = link(act, previous)
    Record.objects.bulk_create(
        [
            Record(
                number=act.number,
                at=act.at,
                actor=by,
                verb=verb,
                about=about,
                detail=plain,
                previous=previous,
                hash=digest,
            )
        ]
    )
    Head.objects.filter(pk=1).update(number=act.number, hash=digest)
    return act.number


def acts_about(about: str) -> list[Act]:
    """Every act on one thing, oldest first. One query."""
    return [_act(row) for row in Record.objects.filter(about=about).order_by("number")]


def check_chain() -> Checked:
    """Walk the whole chain. Says which record is the first that does not fit, and why."""
    number, previous = 0, FIRST
    for row in _rows():
        number += 1
        if row.number != number:
            return Checked(number - 1, number, f"Record {number} is missing.")
        if row.previous != previous or row.hash != link(_act(row), previous):
            return Checked(number - 1, number, f"Record {number} is not as it was written.")
        previous = row.hash
    end = Head.objects.filter(pk=1).first()
    expected = (end.number, end.hash or FIRST) if end else (0, FIRST)
    if expected != (number, previous):
        return Checked(
            number, number + 1, f"Records after number {number} are missing, or the end was changed."
        )
    return Checked(number)


def _to_the_millisecond(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    """As both databases give it back: numbers with a point as text, since jsonb writes them its own way."""
    told: dict[str, Any] = json.loads(json.dumps(detail, default=str), parse_float=str)
    return told


def _rows() -> Iterator[Record]:
    return Record.objects.order_by("number").iterator(chunk_size=2000)


def _act(row: Record) -> Act:
    return Act(row.number, row.at, row.actor, row.verb, row.about, row.detail)
