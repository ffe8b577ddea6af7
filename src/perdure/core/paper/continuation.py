"""The continuation sheet: answers that had no room in their box, or no box at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from perdure.core.definition.model import ANSWER_PATH, Definition
from perdure.core.paper import wording
from perdure.core.paper.entries import Given
from perdure.core.paper.fonts import drawable
from perdure.core.paper.typesetting import document

_WORDS = {
    "en": {
        "title": "Continuation sheet",
        "reference": "Reference",
        "intro": "These answers had no room in their boxes, which say so or show a *. Filled in on",
        "page": "Page {pages} of the form",
        "no_box": "This question has no box on the form",
        "unknown": "Some letters could not be printed here and stand as their Unicode numbers:",
    },
    "de": {
        "title": "Zusatzblatt",
        "reference": "Zeichen",
        "intro": "Für diese Antworten war kein Platz; im Feld steht ein Hinweis oder *. Ausgefüllt am",
        "page": "Seite {pages} des Formulars",
        "no_box": "Für diese Frage hat das Formular kein Feld",
        "unknown": "Einige Zeichen ließen sich hier nicht drucken und stehen als Unicode-Nummern da:",
    },
}


def sheets(
    definition: Definition, left: Sequence[Given], *, reference: str, today: date, size: tuple[float, float]
) -> bytes:
    """A PDF with every answer in `left`, in full. size: width and height of a page in points."""
    words = _WORDS.get(definition.language[:2], _WORDS["en"])
    day = wording.written_date(today.isoformat(), wording.date_format("", definition))
    content = {
        "words": words,
        "service": definition.title,
        "reference": reference,
        "date": day,
        "language": definition.language[:2],
        "width": size[0],
        "height": size[1],
        "items": [_item(definition, list(same), words) for _, same in groupby(left, key=_heading)],
    }
    return document("continuation.typ", content, today)


def _heading(answer: Given) -> tuple[str, int, str]:
    """Answers with the same heading stand together: those of one record of a group."""
    return answer.group, answer.row, "" if answer.row else answer.owner


def _item(definition: Definition, answers: list[Given], words: dict[str, str]) -> dict[str, Any]:
    """A heading with its answers. An answer of a group carries its question as a label."""
    first = answers[0]
    title = first.question.title if first.question is not None else first.owner
    if first.row:
        one = next((p.repeat.one for p in definition.pages if p.repeat and p.repeat.id == first.group), "")
        title = f"{one[:1].upper()}{one[1:]} {first.row}"
    return {
        "title": title,
        "place": _place(definition, first, words),
        "answers": [_answer(definition, answer) for answer in answers],
    }


def _answer(definition: Definition, answer: Given) -> dict[str, Any]:
    text = wording.written(answer.question, answer.value, definition)
    if isinstance(answer.value, (list, tuple)):
        text = text.replace("; ", "\n")
    label = answer.question.title if answer.row and answer.question is not None else ""
    return {"label": label, "lines": drawable(text).split("\n")}


def _place(definition: Definition, answer: Given, words: dict[str, str]) -> str:
    """The printed words of the question and the page they stand on."""
    boxes = definition.paper.boxes if definition.paper is not None else ()
    pages = sorted({box.page for box in boxes if _owner(box.answer) == _owner(answer.owner)})
    place = words["page"].format(pages=", ".join(map(str, pages))) if pages else words["no_box"]
    was = answer.question.was if answer.question is not None and not answer.row else ""
    return f"{was} · {place}" if was else place


def _owner(path: str) -> str:
    """Which question or group an answer path is about, whatever the record or part."""
    found = ANSWER_PATH.match(path)
    return path if found is None else found["id"]
