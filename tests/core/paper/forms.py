"""A definition made straight from the fields of a fillable PDF, and answers that fill it.

One question for each field: no wording, no grouping, so that only the writing on paper is tested.
"""

import io
import re
from dataclasses import dataclass, field
from datetime import date

import pikepdf

from perdure.core.definition.model import Definition
from perdure.core.paper import acroform

WORDS = "Zoë Łukaszewicz 12 Øster Allé Ελένη Оля Nguyễn Straße 7b and so on until the line is full "


@dataclass
class Plan:
    """boxes as in the definition; answers by question; expected: what should stand in each box."""

    boxes: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    expected: dict = field(default_factory=dict)

    def ask(self, box, question, answer):
        name = box["answer"]
        if name not in {page["id"].replace("-", "_") for page in self.pages}:
            self.pages.append(
                {"id": name.replace("_", "-"), "questions": [{"id": name, "title": name, **question}]}
            )
        if answer is not None:
            self.answers[name] = answer
        self.boxes.append(box)

    def definition(self, sizes, *, fillable=True):
        return Definition.model_validate(
            {
                "id": "form",
                "title": "A form",
                "owner": "Somebody",
                "review_by": date(2027, 1, 1),
                "pages": self.pages,
                "paper": {
                    "file": "form.pdf",
                    "fillable": fillable,
                    "pages": sizes,
                    "boxes": self.boxes
                    if fillable
                    else [{**box, "field": "", "on": ""} for box in self.boxes],
                },
            }
        )


def plan_of(content, *, every_nth_tick=2):
    """Text for every text field, a tick for every other square, the last option of every list."""
    plan, sizes = Plan(), []
    names, number = {}, 0
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sizes = [
            dict(zip(("width", "height"), acroform.frame_of(page).size, strict=True)) for page in pdf.pages
        ]
        for number, spot in enumerate(_usable(pdf), start=1):
            name = names.setdefault(spot.name, f"q{len(names) + 1}")
            box = {"id": f"b{number}", "page": spot.page, "at": spot.at, "answer": name, "field": spot.name}
            _add(plan, box, spot, ticked=number % every_nth_tick == 0)
    return plan, sizes


def _usable(pdf):
    seen = []
    for spot in acroform.spots(pdf):
        flags = int(spot.widget.get("/F", 0) or 0)
        kind = acroform.inherited(spot.widget, "/FT")
        push = kind == "/Btn" and int(acroform.inherited(spot.widget, "/Ff") or 0) & acroform.PUSH
        same = any(other.page == spot.page and other.at.iou(spot.at) > 0.5 for other in seen)
        if not (flags & 34 or push or kind == "/Sig" or same or spot.at.width < 5 or spot.at.height < 5):
            seen.append(spot)
            yield spot


def _add(plan, box, spot, *, ticked):
    kind = str(acroform.inherited(spot.widget, "/FT"))
    if kind == "/Btn":
        on = acroform._on_state(spot.widget) or "Yes"
        slug = re.sub(r"[^a-z0-9]", "", on.lower()) or f"o{box['id']}"
        box |= {"write": "tick", "when": slug, "on": on}
        options = _options(plan, box["answer"], slug)
        choose = ticked and box["answer"] not in plan.answers
        plan.ask(box, {"type": "choice", "options": options}, slug if choose else None)
    elif kind == "/Ch":
        titles = [shown for _, shown in acroform._options(spot.widget) if shown.strip()]
        if titles:
            options = [{"value": f"o{n}", "title": title} for n, title in enumerate(titles)]
            plan.ask(box, {"type": "choice", "options": options}, options[-1]["value"])
            plan.expected[box["id"]] = titles[-1]
    else:
        most = int(acroform.inherited(spot.widget, "/MaxLen") or 0)
        comb = int(acroform.inherited(spot.widget, "/Ff") or 0) & acroform.COMB
        room = max(1, int(spot.at.width / 5.5))
        text = WORDS * 3
        text = (text.replace(" ", "") if comb else text)[: most or room].strip()[: room if not comb else None]
        if comb and most:
            box |= {"write": "comb", "cells": most}
        text = plan.answers.get(box["answer"], text.strip() or "x")
        plan.ask(box, {"type": "long_text"}, text)
        plan.expected[box["id"]] = text


def _options(plan, name, slug):
    """The options of a tick question so far, with one more."""
    page = next((page for page in plan.pages if page["id"] == name.replace("_", "-")), None)
    if page is None:
        return [{"value": slug, "title": slug}]
    known = page["questions"][0]["options"]
    if all(option["value"] != slug for option in known):
        known.append({"value": slug, "title": slug})
    return known


def expect_ticks(plan):
    """What each tick box should show."""
    for box in plan.boxes:
        if box.get("write") == "tick":
            plan.expected[box["id"]] = plan.answers.get(box["answer"]) == box["when"]
    return plan.expected


def squeezed(text):
    return re.sub(r"\s+", "", text)


def without_fields(content, turn=0):
    """The same pages with nothing to fill in, each turned clockwise."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            if "/Annots" in page:
                del page.obj["/Annots"]
            page.rotate(turn, relative=True)
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def turned(content, turn):
    """The same form with every page turned clockwise, fields and all."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.rotate(turn, relative=True)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
