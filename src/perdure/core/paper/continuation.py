"""The continuation sheet: answers that had no room in their box, or no box at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
        "intro": "These answers had no room in their boxes. Filled in on",
        "page": "Page {pages} of the form",
        "no_box": "This question has no box on the form",
        "unknown": "Some letters could not be printed here and stand as their Unicode numbers:",
    },
    "de": {
        "title": "Zusatzblatt",
        "reference": "Zeichen",
        "intro": "Für diese Antworten war in den Feldern kein Platz. Ausgefüllt am",
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
        "items": [_item(definition, answer, words) for answer in left],
    }
    return document("continuation.typ", content, today)


def _item(definition: Definition, answer: Given, words: dict[str, str]) -> dict[str, Any]:
    text = wording.written(answer.question, answer.value, definition)
    if isinstance(answer.value, (list, tuple)):
        text = text.replace("; ", "\n")
    title = answer.question.title if answer.question is not None else answer.owner
    one = next((p.repeat.one for p in definition.pages if p.repeat and p.repeat.id == answer.group), "")
    if answer.row:
        title = f"{one[:1].upper()}{one[1:]} {answer.row}: {title}"
    return {"title": title, "place": _place(definition, answer, words), "lines": drawable(text).split("\n")}


def _place(definition: Definition, answer: Given, words: dict[str, str]) -> str:
    """The printed words of the question and the page they stand on."""
    boxes = definition.paper.boxes if definition.paper is not None else ()
    pages = sorted(
        {box.page for box in boxes if _owner(box.answer, answer.group) == _owner(answer.owner, answer.group)}
    )
    place = words["page"].format(pages=", ".join(map(str, pages))) if pages else words["no_box"]
    was = answer.question.was if answer.question is not None else ""
    return f"{was} · {place}" if was else place


def _owner(path: str, group: str) -> str:
    """Which question an answer path is about, whatever the record or part."""
    found = ANSWER_PATH.match(path)
    if found is None:
        return path
    return f"{found['id']}.{found['column']}" if group and found["column"] else found["id"]
