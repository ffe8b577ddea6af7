"""The values between fields and questions: a slot is one box, an item is one question to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from perdure.core.definition.model import QuestionType
from perdure.core.digitise.values import Field, Widget
from perdure.core.digitise.wording import Worded, worded
from perdure.core.kernel.geometry import Box

TICKS = (Widget.TICK, Widget.RADIO)
YES_AT, NO_AT = 0, 1
"""Options of a yes_no item, whichever stands first on the paper."""
Because = Literal[
    "office_use", "signature_on_paper", "not_understood", "owner_left_out", "duplicate", "read_only"
]


@dataclass(frozen=True)
class Slot:
    """One box of the paper, and which piece of the answer stands in it.

    part    "given", "day", "postcode", "whole" ...; "" for the whole answer
    take    these characters of the answer only
    option  for a tick: index of its option; -1 when it is not an option
    again   the answer has another box before this one, which says what it is
    shows   several parts that stand in this one box, as they are printed: "town, region postcode"
    """

    field: Field
    part: str = ""
    take: tuple[int, int] | None = None
    option: int = -1
    again: bool = False
    shows: str = ""


@dataclass(frozen=True)
class Item:
    """One question to be.

    options  titles in order, for choices
    parts    of a name or address, in order
    doubts   what a person should look at, in words
    said     for each tick, the rest of its words, where routes are looked for
    """

    slots: tuple[Slot, ...]
    type: QuestionType
    words: Worded
    options: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def first(self) -> Field:
        return self.slots[0].field

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(slot.field for slot in self.slots)

    @property
    def own(self) -> tuple[Slot, ...]:
        """Its boxes without those that only show the answer again."""
        return tuple(slot for slot in self.slots if not slot.again)

    @property
    def page(self) -> int:
        return self.first.page

    @property
    def box(self) -> Box:
        """Around its own boxes on its first page."""
        boxes = [slot.field.box for slot in self.own if slot.field.page == self.page]
        around = boxes[0]
        for box in boxes[1:]:
            around = around.union(box)
        return around

    @property
    def confidence(self) -> float:
        return min(slot.field.confidence for slot in self.slots)

    def doubting(self, *doubts: str) -> Item:
        return replace(self, doubts=(*self.doubts, *doubts))


@dataclass(frozen=True)
class Repeated:
    """A table, or a block that is printed several times: one record is answered many times.

    rows  the items of each printed record; every row has the same number of items
    """

    rows: tuple[tuple[Item, ...], ...]
    title: str = ""
    one: str = "entry"
    doubts: tuple[str, ...] = ()

    @property
    def first(self) -> Field:
        return self.rows[0][0].first

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(each for row in self.rows for item in row for each in item.fields)


@dataclass(frozen=True)
class SetAside:
    """A field that is not asked, and why (a reason of LeftOut)."""

    field: Field
    because: Because
    note: str = ""


@dataclass(frozen=True)
class Grouped:
    """All fields of a form, as items in reading order, and those set aside."""

    items: tuple[Item | Repeated, ...]
    aside: tuple[SetAside, ...] = field(default=())


def words_of(each: Field) -> str:
    """The words that name a box: its label, else its tooltip."""
    return each.label or each.tooltip


def same_row(one: Field, two: Field) -> bool:
    """Do both stand on one line of the page?"""
    if one.page != two.page:
        return False
    a, b = one.box, two.box
    apart = abs(a.y0 + a.y1 - b.y0 - b.y1) / 2
    return apart < 0.5 * max(min(a.y1 - a.y0, b.y1 - b.y0), 6.0)


def same_line(one: Field, two: Field) -> bool:
    """Do both stand in one line of a table, where one may be higher than the other?"""
    shared = min(one.box.y1, two.box.y1) - max(one.box.y0, two.box.y0)
    return one.page == two.page and shared > 0.5 * min(one.box.height, two.box.height)


def single(each: Field, type_: QuestionType, *doubts: str) -> Item:
    return Item((Slot(each),), type_, worded(words_of(each), format=each.format), doubts=doubts)


def in_order(items: Sequence[Item | Repeated], order: dict[str, int]) -> list[Item | Repeated]:
    """By the first of their boxes in reading order."""
    return sorted(items, key=lambda item: min(order[each.id] for each in item.fields))
