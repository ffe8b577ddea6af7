"""Small paper forms for the tests of the draft: boxes with words, where a form would have them."""

from __future__ import annotations

from datetime import date
from typing import Any

from perdure.core.definition.model import Definition, Page, Question
from perdure.core.digitise.draft import Draft, draft_service
from perdure.core.digitise.kinds import kind_of_field
from perdure.core.digitise.values import Field, Kind, Line, PaperForm, Widget
from perdure.core.digitise.values import Page as PaperPage
from perdure.core.kernel.geometry import Box

DAY = date(2030, 1, 31)


def box(label: str, x: float, y: float, wide: float = 120, high: float = 14, **more: Any) -> Field:
    """A box to write in at x, y; its kind is guessed from its words."""
    widget = more.pop("widget", Widget.TEXT)
    field = Field(
        id="?",
        page=more.pop("page", 1),
        box=Box(x, y, x + wide, y + high),
        widget=widget,
        label=label,
        **more,
    )
    return field if field.kind is not Kind.TEXT else field.model_copy(update={"kind": kind_of_field(field)})


def tick(label: str, x: float, y: float, **more: Any) -> Field:
    return box(label, x, y, 9, 9, widget=more.pop("widget", Widget.TICK), **more)


def line(text: str, x: float, y: float, *, bold: bool = False, size: float = 9) -> Line:
    return Line(text=text, box=Box(x, y, x + 5 * len(text), y + size), size=size, bold=bold)


def form_of(
    *fields: Field, lines: tuple[Line, ...] = (), title: str = "A form", language: str = "en"
) -> PaperForm:
    """A form with these fields in this order; as many pages as they need, the lines on the first."""
    numbered = tuple(
        field.model_copy(update={"id": f"p{field.page}-{at}"}) for at, field in enumerate(fields, start=1)
    )
    count = max([field.page for field in fields], default=1)
    pages = tuple(
        PaperPage(number=number, width=612, height=792, lines=lines if number == 1 else ())
        for number in range(1, count + 1)
    )
    return PaperForm(title=title, pages=pages, fields=numbered, fillable=True, language=language)


def drafted(*fields: Field, **more: Any) -> Draft:
    return draft_service(form_of(*fields, **more), owner="Benefits", review_by=DAY, file="a-form.pdf")


def questions(draft: Draft) -> list[Question]:
    return draft.definition.questions()


def only(draft: Draft) -> Question:
    asked = questions(draft)
    assert len(asked) == 1, [question.title for question in asked]
    return asked[0]


def answers_on_paper(definition: Definition) -> dict[str, str]:
    assert definition.paper is not None
    return {one.id: one.answer for one in definition.paper.boxes}


def page_of(draft: Draft, question: str) -> Page:
    return next(page for page in draft.definition.pages if question in [one.id for one in page.questions])
