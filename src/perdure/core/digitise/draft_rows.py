"""Boxes side by side that have the very same words: pieces of one answer that nobody names.

1. NAME (First, middle, last)   [        ] [ ] [          ]     given, middle and family name
2. TELEPHONE                    [   ] [   ] [    ]              one number
3. SOCIAL SECURITY NUMBER       [   ] [  ] [    ]               one number
4. DATE OF BIRTH                [  ] [  ] [    ]                one date
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perdure.core.digitise.draft_items import Slot, same_row, words_of
from perdure.core.digitise.values import Field, Kind

APART = 30.0
"""Points between two boxes of one answer, at most."""
TAKES = {
    (Kind.PHONE, 3): ((0, 3), (3, 6), (6, 15)),
    (Kind.PHONE, 2): ((0, 3), (3, 15)),
    (Kind.IDENTIFIER, 3): ((0, 3), (3, 5), (5, 9)),
}
"""Which characters of the answer stand in each box."""


@dataclass(frozen=True)
class Row:
    """Boxes of one answer, from left to right, each with its piece; and what kind of answer it is."""

    slots: tuple[Slot, ...]
    kind: Kind
    parts: tuple[str, ...] = ()


def rows_of(fields: Sequence[Field], *, day_first: bool) -> list[Row]:
    """The runs of two or three boxes whose words and places say that they hold one answer."""
    rows: list[Row] = []
    used: set[str] = set()
    for each in fields:
        run = [] if each.id in used else _run(each, [other for other in fields if other.id not in used])
        row = _row(run, day_first=day_first) if len(run) in (2, 3) else None
        if row:
            rows.append(row)
            used.update(slot.field.id for slot in row.slots)
    return rows


def _run(each: Field, fields: Sequence[Field]) -> list[Field]:
    """The boxes to the right of one, as far as they have its words."""
    said = words_of(each)
    if not re.search(r"[^\W\d_]{3}", said) or any(_continues(other, each) for other in fields):
        return []
    run = [each]
    while nearest := [other for other in fields if _continues(run[-1], other)]:
        run.append(min(nearest, key=lambda other: other.box.x0))
    return run


def _continues(one: Field, two: Field) -> bool:
    beside = same_row(one, two) and -2 <= two.box.x0 - one.box.x1 <= APART
    return one is not two and beside and words_of(one) == words_of(two) and bool(words_of(one))


def _row(run: Sequence[Field], *, day_first: bool) -> Row | None:
    said = words_of(run[0])
    kinds = {each.kind for each in run}
    if Kind.NAME in kinds:
        parts = _name_parts(run, said)
        return Row(_named(run, parts), Kind.NAME, parts) if parts else None
    kind = next((kind for kind in (Kind.PHONE, Kind.IDENTIFIER, Kind.DATE) if kind in kinds), None)
    if kind is Kind.DATE and len(run) == 3 and not any(each.cells > 4 for each in run):
        order = ("day", "month", "year") if day_first else ("month", "day", "year")
        return Row(_named(run, order), Kind.DATE, order)
    if kind is Kind.IDENTIFIER and not re.search(r"(?i)social security|\bssn\b", said):
        return None
    takes = TAKES.get((kind, len(run))) if kind else None
    if not takes or not kind:
        return None
    slots = tuple(Slot(each, take=take) for each, take in zip(run, takes, strict=True))
    return Row(slots, kind)


def _named(run: Sequence[Field], parts: Sequence[str]) -> tuple[Slot, ...]:
    return tuple(Slot(each, part=part) for each, part in zip(run, parts, strict=True))


def _name_parts(run: Sequence[Field], said: str) -> tuple[str, ...]:
    """In the order that the words name them; () when neither words nor sizes tell."""
    places = [(part, re.search(rf"(?i)\b{word}\b", said)) for part, word in _NAMES]
    named = [part for part, found in sorted(places, key=_place) if found]
    if len(named) == len(run):
        return tuple(named)
    if len(run) == 3 and run[1].box.width < 0.5 * min(run[0].box.width, run[2].box.width):
        return ("family", "middle", "given") if named[:1] == ["family"] else ("given", "middle", "family")
    return tuple(part for part in named if part != "middle") if len(run) == 2 and len(named) == 3 else ()


_NAMES = (("given", "first"), ("middle", "middle"), ("family", "last"))


def _place(named: tuple[str, re.Match[str] | None]) -> int:
    return named[1].start() if named[1] else 10_000
