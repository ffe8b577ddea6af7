"""Where each answer goes on the paper: one PaperBox for each box that is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perdure.core.definition.model import LeftOut, PaperBox, Question, Write
from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_country import Country
from perdure.core.digitise.draft_items import TICKS, YES_AT, Item, SetAside, Slot
from perdure.core.digitise.draft_plan import Plan, Planned
from perdure.core.digitise.kinds import DATE_FORMAT
from perdure.core.digitise.values import Field


def boxes_of(planned: Sequence[Plan], *, country: Country) -> Iterator[PaperBox]:
    """Every asked box; the rows of a group count from 1."""
    for each in planned:
        if isinstance(each, Planned):
            yield from _boxes(each.item, each.question, each.question.id, country)
            continue
        for row, items in enumerate(each.rows, start=1):
            for item, column in zip(items, each.questions, strict=True):
                answer = f"{each.repeat.id}[{row}].{column.question.id}"
                yield from _boxes(item, column.question, answer, country)


def _boxes(item: Item, question: Question, answer: str, country: Country) -> Iterator[PaperBox]:
    for slot in item.slots:
        yield _box(slot, question, answer, country)


def _box(slot: Slot, question: Question, answer: str, country: Country) -> PaperBox:
    each = slot.field
    tick = each.widget in TICKS
    return PaperBox(
        id=each.id,
        page=each.page,
        at=each.box,
        answer=answer + (f".{slot.part}" if slot.part else ""),
        write=Write.TICK if tick else Write.COMB if each.cells else Write.TEXT,
        when=_when(slot, question) if tick else "",
        cells=each.cells,
        format=_format(each, question, slot, country),
        field=each.name,
        on=each.on_state if tick else "",
        take=slot.take,
    )


def _when(slot: Slot, question: Question) -> str:
    if question.type is Q.TICK:
        return "yes"
    if question.type is Q.YES_NO:
        return "yes" if slot.option == YES_AT else "no"
    return question.options[slot.option].value


def _format(each: Field, question: Question, slot: Slot, country: Country) -> str:
    """How a date is printed in one box: as the form says beside it, else as its country writes it."""
    if slot.shows or question.type is not Q.DATE or slot.part:
        return slot.shows
    said = DATE_FORMAT.search(f"{each.format} {each.label} {each.tooltip}".upper())
    if said and said[0].count("Y") in (2, 4):
        return said[0].replace(" ", "")
    return country.date_format(cells=8 in (each.cells, each.max_length))


def left_out(aside: SetAside) -> LeftOut:
    each = aside.field
    return LeftOut(
        box=each.id,
        page=each.page,
        at=each.box,
        words=(each.label or each.tooltip)[:300],
        because=aside.because,
        note=aside.note,
        field=each.name,
    )
