"""What goes into each box of the paper, and which answers the boxes hold between them.

An answer is made of pieces: the parts of a name, the day of a date, each chosen option.
Every box holds some pieces. Whatever piece no box has taken in the end makes its answer
go to the continuation sheet: that is how nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from perdure.core.definition.model import (
    ANSWER_PATH,
    Answers,
    Definition,
    PaperBox,
    Question,
    QuestionType,
    Write,
)
from perdure.core.paper import wording
from perdure.core.paper.fonts import drawable

WHOLE = "*"


@dataclass(frozen=True)
class Entry:
    """What goes into one box.

    text    the words; "" leaves the box empty
    ticked  for a tick
    owner   the answer it belongs to ("name", "children[2].born"); "" for fixed or derived words
    holds   the pieces of that answer that the box tells when it is filled
    """

    box: PaperBox
    text: str = ""
    ticked: bool = False
    owner: str = ""
    holds: frozenset[str] = frozenset()

    @property
    def is_tick(self) -> bool:
        return self.box.write is Write.TICK


@dataclass(frozen=True)
class Given:
    """One answer that was given. row: the record of a group, from 1; 0 outside of groups."""

    owner: str
    question: Question | None
    value: Any
    row: int = 0
    group: str = ""
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Book:
    """Questions by id and groups by id, looked up once."""

    definition: Definition
    questions: Mapping[str, Question]
    groups: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()


def _book(definition: Definition) -> _Book:
    return _Book(
        definition,
        {question.id: question for question in definition.questions()},
        {page.repeat.id: page.questions for page in definition.pages if page.repeat is not None},
        frozenset(value.id for value in definition.derived),
    )


def givens(definition: Definition, answers: Answers) -> list[Given]:
    """Every answer that was given, in the order of the pages; answers nobody asked for come last."""
    book = _book(definition)
    found: list[Given] = []
    known: set[str] = set()
    for page in definition.pages:
        group = page.repeat.id if page.repeat is not None else ""
        known.add(group)
        known.update(() if group else (question.id for question in page.questions))
        if group:
            records = answers.get(group) or []
            for row, record in enumerate(records, start=1):
                found += _given_of(book, page.questions, record, group, row)
        else:
            found += _given_of(book, page.questions, answers, "", 0)
    strangers = {name: value for name, value in answers.items() if name not in known}
    found += [
        Given(name, None, value, needs=frozenset({WHOLE}))
        for name, value in strangers.items()
        if _told(value)
    ]
    return found


def _given_of(
    book: _Book, questions: Iterable[Question], answers: Mapping[str, Any], group: str, row: int
) -> list[Given]:
    found = []
    for question in questions:
        value = answers.get(question.id)
        if _told(value):
            owner = f"{group}[{row}].{question.id}" if group else question.id
            found.append(Given(owner, question, value, row, group, _pieces(question, value)))
    return found


def _told(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _pieces(question: Question, value: Any) -> frozenset[str]:
    """The pieces that must all be told for the answer to stand on the paper."""
    kind = question.type
    if isinstance(value, Mapping):
        return frozenset(name for name, part in value.items() if part)
    if kind is QuestionType.DATE:
        return frozenset({"day", "month", "year"})
    if kind is QuestionType.MONEY:
        cents = str(value).partition(".")[2]
        return frozenset({"whole", "cents"} if cents.strip("0") else {"whole"})
    if isinstance(value, (list, tuple)):
        return frozenset(f"={item}" for item in value)
    if isinstance(value, bool):
        return frozenset({"=yes" if value else "=no"})
    return frozenset({f"={value}"} if kind is QuestionType.CHOICE else {WHOLE})


def entries(
    definition: Definition,
    answers: Answers,
    *,
    reference: str,
    today: date,
    derived: Mapping[str, Any],
) -> list[Entry]:
    """What goes into each box, in the order of the definition."""
    book = _book(definition)
    fixed = {
        "reference": reference,
        "date": wording.written_date(str(today), wording.date_format("", definition)),
    }
    boxes = definition.paper.boxes if definition.paper is not None else ()
    return [_entry(box, book, answers, fixed, derived) for box in boxes]


def _entry(
    box: PaperBox, book: _Book, answers: Answers, fixed: Mapping[str, str], derived: Mapping[str, Any]
) -> Entry:
    if not box.answer:
        words = re.sub(r"\{(reference|date)\}", lambda found: fixed[found.group(1)], box.text)
        return Entry(box, text=_line(box, words))
    path = ANSWER_PATH.match(box.answer)
    if path is None:
        return Entry(box)
    name, part = path["id"], path["part"] or ""
    if name in book.derived:
        return _derived(box, book, derived.get(name))
    if path["row"]:
        question = next((q for q in book.groups.get(name, ()) if q.id == path["column"]), None)
        records = answers.get(name) or []
        row = int(path["row"])
        value = records[row - 1].get(path["column"]) if 0 < row <= len(records) else None
        owner = f"{name}[{row}].{path['column']}"
    else:
        question, value, owner = book.questions.get(name), answers.get(name), name
    if not _told(value):
        return Entry(box, owner=owner)
    if box.write is Write.TICK:
        return _tick(box, question, value, owner)
    return _words(box, book, Given(owner, question, value), part)


def _derived(box: PaperBox, book: _Book, value: Any) -> Entry:
    if value is None:
        return Entry(box)
    if box.write is Write.TICK:
        return Entry(box, ticked=_holds(box.when, value))
    if isinstance(value, date):
        value = value.isoformat()
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text = wording.written_date(text, wording.date_format(box.format, book.definition))
    elif isinstance(value, (Decimal, int, float)) and not isinstance(value, bool):
        text = wording.written_number(value, box.format)
    elif re.fullmatch(r"-?\d+(\.\d+)?", text) and box.format:
        text = wording.written_number(text, box.format)
    elif isinstance(value, bool):
        text = wording.yes_no(value, book.definition.language)
    return Entry(box, text=_line(box, text, dated="/" in text))


def _holds(when: str, value: Any) -> bool:
    if not when:
        return bool(value)
    if isinstance(value, bool):
        return when == ("yes" if value else "no")
    return when in value if isinstance(value, (list, tuple)) else when == str(value)


def _tick(box: PaperBox, question: Question | None, value: Any, owner: str) -> Entry:
    if not _holds(box.when, value):
        # An empty "yes" square says no, when the paper has no square for no.
        silent_no = box.when == "yes" and value is False
        return Entry(box, owner=owner, holds=frozenset({"=no"} if silent_no else ()))
    told = {f"={box.when}"} if box.when else {"=yes"} if value is True else set()
    return Entry(box, ticked=True, owner=owner, holds=frozenset(told))


def _words(box: PaperBox, book: _Book, answer: Given, part: str) -> Entry:
    question, value = answer.question, answer.value
    pieces = _pieces(question, value) if question is not None else frozenset({WHOLE})
    if part and part != "full":
        text, holds = _part(box, question, value, part), frozenset({part})
    elif part == "full" and isinstance(value, Mapping) and set(value) == {"full"}:
        text, holds = str(value["full"]), frozenset({"full"})
    elif isinstance(value, Mapping) and box.format:
        text = wording.written_parts(value, box.format)
        holds = wording.parts_shown(box.format) & frozenset(name for name, said in value.items() if said)
    else:
        text, holds = wording.written(question, value, book.definition, box.format), pieces
        if question is not None and question.type is QuestionType.DATE:
            layout = wording.date_format(box.format, book.definition)
            holds = frozenset(wording.date_parts_shown(layout))
    dated = question is not None and question.type is QuestionType.DATE
    text = _line(box, text, dated=dated)
    if box.take is not None:
        first, last = box.take
        tight = re.sub(r"[/.]", "", text) if dated else text
        text = wording.compact(tight)[first:last]
        holds = frozenset(f"#{place}" for place in range(first, first + len(text)))
    return Entry(box, text=text, owner=answer.owner, holds=holds if text else frozenset())


def _part(box: PaperBox, question: Question | None, value: Any, part: str) -> str:
    """One part of an answer; "" when it was not given."""
    if isinstance(value, Mapping):
        return str(value.get(part) or "")
    if question is not None and question.type is QuestionType.DATE:
        layout = {"day": "DD", "month": "MM", "year": "YYYY"}.get(part, "")
        if part == "year" and (box.format.upper() in {"YY", "JJ"} or box.cells == 2):
            layout = "YY"
        return wording.written_date(str(value), layout) if layout else ""
    if part in {"whole", "cents"}:
        whole, _, cents = str(value).partition(".")
        return whole if part == "whole" else (cents + "00")[:2] if len(cents) <= 2 else cents
    if part in {"hour", "minute"}:
        return str(value).partition(":")[0 if part == "hour" else 2]
    return ""


def _line(box: PaperBox, text: str, *, dated: bool = False) -> str:
    """The text as it can be written there; a comb leaves out what its cells have no room for."""
    text = drawable(text).strip()
    if box.write is Write.COMB and box.cells and len(text) > box.cells:
        return re.sub(r"[/.]", "", wording.compact(text)) if dated else wording.compact(text)
    return text


def untold(given: list[Given], placed: Iterable[Entry], refused: Iterable[Entry] = ()) -> list[Given]:
    """The answers of which some piece stands in no box, or that some box had no room for."""
    promised = {entry.owner for entry in refused}
    told: dict[str, set[str]] = {}
    for entry in placed:
        if entry.owner:
            told.setdefault(entry.owner, set()).update(entry.holds)
    return [
        answer
        for answer in given
        if answer.owner in promised or not _is_told(answer, told.get(answer.owner, set()))
    ]


def _is_told(answer: Given, told: set[str]) -> bool:
    if answer.needs <= told:
        return True
    taken = {int(piece[1:]) for piece in told if piece.startswith("#")}
    return bool(taken) and taken == set(range(len(wording.compact(_plain(answer.value)))))


def _plain(value: Any) -> str:
    return "".join(map(str, value.values())) if isinstance(value, Mapping) else str(value)
