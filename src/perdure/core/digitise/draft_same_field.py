"""Boxes that a fillable file says are one field: they hold one answer, whatever stands beside them.

    one name, different export values   one mark only: a choice, or yes and no
    one name, one export value          the same tick in several places
    text under one name                 one answer, written into every box

Source: ISO 32000-1, 12.7.3.1 (fields of one full name share their value) and 12.7.4.2.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perdure.core.digitise.draft_items import TICKS, Item, Repeated
from perdure.core.digitise.values import Field

MARKED = "field:"
"""Before the name of a field whose marks exclude each other, in Field.group."""


@dataclass(frozen=True)
class Shared:
    """asked: fields to be grouped, in order. again: for the id of one of them, its further boxes."""

    asked: tuple[Field, ...]
    again: dict[str, tuple[Field, ...]]


def share(fields: Sequence[Field]) -> Shared:
    """The first box of every answer, marks of one field under one group; the other boxes set by."""
    states: dict[str, set[str]] = {}
    for each in fields:
        if each.name and each.widget in TICKS:
            states.setdefault(each.name, set()).add(each.on_state)
    first: dict[tuple[str, bool, str], Field] = {}
    again: dict[str, tuple[Field, ...]] = {}
    asked: list[Field] = []
    for each in fields:
        key = _answer_of(each)
        if each.name and key in first:
            home = first[key].id
            again[home] = (*again.get(home, ()), each)
            continue
        first[key] = each
        exclusive = len(states.get(each.name, ())) > 1
        asked.append(each.model_copy(update={"group": MARKED + each.name}) if exclusive else each)
    return Shared(tuple(asked), again)


def _answer_of(each: Field) -> tuple[str, bool, str]:
    tick = each.widget in TICKS
    return each.name, tick, each.on_state if tick else ""


def give_back(items: Sequence[Item | Repeated], shared: Shared) -> list[Item | Repeated]:
    """The items with the further boxes of each answer behind its own."""
    return [_whole(item, shared) for item in items] if shared.again else list(items)


def _whole(item: Item | Repeated, shared: Shared) -> Item | Repeated:
    if isinstance(item, Repeated):
        return replace(item, rows=tuple(tuple(_with_again(one, shared) for one in row) for row in item.rows))
    return _with_again(item, shared)


def _with_again(item: Item, shared: Shared) -> Item:
    more = [
        replace(slot, field=other, again=True)
        for slot in item.slots
        for other in shared.again.get(slot.field.id, ())
    ]
    return replace(item, slots=(*item.slots, *more)) if more else item


def is_exclusive(each: Field) -> bool:
    """Is it a mark of a field that holds only one of several?"""
    return each.group.startswith(MARKED)


def torn(rows: Sequence[Sequence[Field]], fields: Sequence[Field]) -> set[str]:
    """Ids of marks in a printed block whose field also has marks in another row or outside the block."""
    row_of = {each.id: at for at, row in enumerate(rows) for each in row}
    places: dict[str, set[int]] = {}
    for each in filter(is_exclusive, fields):
        places.setdefault(each.group, set()).add(row_of.get(each.id, -1))
    split = {group for group, where in places.items() if len(where) > 1}
    return {each.id for row in rows for each in row if each.group in split}
