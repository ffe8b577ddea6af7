"""Errors in the boxes of the paper."""

from __future__ import annotations

from collections.abc import Iterator

from perdure.core.definition.check_questions import twice
from perdure.core.definition.findings import Finding, warning
from perdure.core.definition.model import (
    ADDRESS_PARTS,
    ANSWER_PATH,
    NAME_PARTS,
    Definition,
    PaperBox,
    Question,
    QuestionType,
    Write,
)
from perdure.core.definition.model_words import listed, nearest
from perdure.core.definition.yaml_text import Where

PARTS: dict[QuestionType, tuple[str, ...]] = {
    QuestionType.NAME: NAME_PARTS,
    QuestionType.ADDRESS: ADDRESS_PARTS,
    QuestionType.DATE: ("day", "month", "year"),
    QuestionType.MONEY: ("whole", "cents"),
}
"""The parts of an answer that may stand in a box of its own."""

_OFF_PAGE = 2.0


class _Names:
    """What a box may name."""

    def __init__(self, definition: Definition) -> None:
        self.singles: dict[str, Question | None] = {derived.id: None for derived in definition.derived}
        self.groups: dict[str, dict[str, Question]] = {}
        for page in definition.pages:
            questions = {question.id: question for question in page.questions}
            if page.repeat:
                self.groups[page.repeat.id] = questions
            else:
                self.singles |= questions


def paper_errors(definition: Definition) -> Iterator[Finding]:
    """Boxes that name what does not exist, or stand where no page is."""
    paper = definition.paper
    if paper is None:
        return
    names = _Names(definition)
    boxes = [(("paper", "boxes", index, "id"), box.id) for index, box in enumerate(paper.boxes)]
    yield from twice(boxes, "boxes")
    for index, box in enumerate(paper.boxes):
        where: Where = ("paper", "boxes", index)
        yield from _box(where, box, names)
        if paper.pages and box.page > len(paper.pages):
            says = f"Box {box.id} stands on page {box.page}, but the paper has {len(paper.pages)}."
            yield Finding((*where, "page"), says, f"Write a page from 1 to {len(paper.pages)}.")


def paper_warnings(definition: Definition) -> Iterator[Finding]:
    """Boxes that hang over the edge of their page, and combs without cells."""
    paper = definition.paper
    for index, box in enumerate(paper.boxes if paper else ()):
        where: Where = ("paper", "boxes", index)
        if paper and box.page <= len(paper.pages):
            size = paper.pages[box.page - 1]
            edge = (-_OFF_PAGE, -_OFF_PAGE, size.width + _OFF_PAGE, size.height + _OFF_PAGE)
            if box.at.x0 < edge[0] or box.at.y0 < edge[1] or box.at.x1 > edge[2] or box.at.y1 > edge[3]:
                yield warning((*where, "at"), f"Box {box.id} hangs over the edge of its page.", "Move it.")
        if box.write is Write.COMB and not box.cells:
            yield warning(where, f"Box {box.id} is a comb without cells.", "Add cells: and their number.")


def _box(where: Where, box: PaperBox, names: _Names) -> Iterator[Finding]:
    if not box.answer:
        if not box.text:
            says = f"Box {box.id} has neither an answer nor a text."
            yield Finding(where, says, "Add answer:, or list it under left_out with a reason.")
        return
    question = _question(where, box, names)
    if isinstance(question, Finding):
        yield question
    elif box.when and question is not None:
        yield from _when(where, box, question)


def _question(where: Where, box: PaperBox, names: _Names) -> Question | Finding | None:
    """The question a box names, None for a derived value, or what is wrong."""
    place = (*where, "answer")
    match = ANSWER_PATH.match(box.answer)
    if match is None:
        example = "born, born.day or children[2].child_name"
        return Finding(place, f"{box.answer} does not name an answer.", f"Write like {example}.")
    name, row, column, part = match.group("id", "row", "column", "part")
    if row is None and name not in names.singles:
        return _unknown(place, name, names)
    if row is not None:
        if name not in names.groups:
            return Finding(place, f"{name} is not a repeating group.", _advice(nearest(name, names.groups)))
        if int(row) < 1:
            return Finding(place, "Records count from 1.", f"Write {name}[1].{column}.")
        if column not in names.groups[name]:
            near = nearest(column, names.groups[name])
            says = f"{column} is not asked for each of {name}."
            return Finding(place, says, f"Write {name}[{row}].{near}." if near else "")
    question = names.groups[name][column] if row is not None else names.singles[name]
    if part and part not in _parts_of(question):
        known = listed(_parts_of(question))
        return Finding(
            place,
            f"{box.answer.removesuffix(f'.{part}')} has no part {part}.",
            f"Write {known}." if known else "",
        )
    return question


def _parts_of(question: Question | None) -> tuple[str, ...]:
    if question is None:
        return ("day", "month", "year", "whole", "cents")
    return PARTS.get(question.type, ())


def _unknown(place: Where, name: str, names: _Names) -> Finding:
    if name in names.groups:
        column = next(iter(names.groups[name]))
        says = f"{name} has several records, and a box holds one answer."
        return Finding(place, says, f"Write {name}[1].{column}.")
    for group, columns in names.groups.items():
        if name in columns:
            return Finding(place, f"{name} is asked once for each of {group}.", f"Write {group}[1].{name}.")
    return Finding(place, f"{name} is not a question or a value.", _advice(nearest(name, names.singles)))


def _advice(near: str) -> str:
    return f"Write {near}." if near else "Write the id of a question, or list the box under left_out."


def _when(where: Where, box: PaperBox, question: Question) -> Iterator[Finding]:
    if question.type in (QuestionType.YES_NO, QuestionType.TICK):
        known = ["yes", "no"]
    elif question.options:
        known = [option.value for option in question.options]
    else:
        return
    if box.when not in known:
        near = nearest(box.when, known)
        says = f"{box.when} is not an option of {question.id}."
        yield Finding((*where, "when"), says, f"Write {near or listed(known)}.")
