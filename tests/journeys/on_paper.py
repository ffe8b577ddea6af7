"""Does the filled paper say what was answered, each in its right box?

An oracle of its own: it reads the filled PDF with PDFium (text by position, ink by pixels) and pikepdf
(AcroForm values), and knows nothing of how core.paper writes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium

from perdure.core.definition.model import ANSWER_PATH, Definition, PaperBox, Question, QuestionType, Write


def plain(text: str) -> str:
    """Letters and digits only, lower case: how a box and an answer are compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@dataclass
class Paper:
    """A filled PDF, read. words(page, box) gives the text whose middle stands in the box."""

    content: bytes
    values: dict[str, str] = field(default_factory=dict)
    states: dict[str, list[tuple[int, tuple[float, ...], str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document = pdfium.PdfDocument(self.content)
        self.document.init_forms()
        self._pages: dict[int, tuple[float, list[tuple[float, float, str]]]] = {}
        with pikepdf.open(_stream(self.content)) as pdf:
            if "/AcroForm" in pdf.Root:
                for one in pdf.Root.AcroForm.get("/Fields", []):
                    self._collect(one, "")

    def _collect(self, node: Any, before: str) -> None:
        own = " ".join(str(node.get("/T", "")).split())
        name = ".".join(part for part in (before, own) if part)
        if "/V" in node and not isinstance(node.V, pikepdf.Array):
            self.values[name] = str(node.V)
        for kid in node.get("/Kids", []):
            self._collect(kid, name)

    def _characters(self, page: int) -> tuple[float, list[tuple[float, float, str]]]:
        if page not in self._pages:
            sheet = self.document[page - 1]
            text = sheet.get_textpage()
            found = []
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                found.append(((left + right) / 2, (bottom + top) / 2, text.get_text_range(index, 1)))
            self._pages[page] = (sheet.get_height(), found)
        return self._pages[page]

    def words(self, box: PaperBox, slack: float = 2.0) -> str:
        """Characters whose centre is in the box; an AcroForm value comes first: it is the answer."""
        if box.field and box.field in self.values:
            return self.values[box.field]
        height, characters = self._characters(box.page)
        x0, y0, x1, y1 = box.at
        return "".join(
            text
            for x, y, text in characters
            if x0 - slack <= x <= x1 + slack and y0 - slack <= height - y <= y1 + slack
        )

    def ink(self, box: PaperBox) -> float:
        """Share of dark pixels within the middle of the box, 0 to 1."""
        x0, y0, x1, y1 = box.at
        inset_x, inset_y = (x1 - x0) * 0.2, (y1 - y0) * 0.2
        sheet = self.document[box.page - 1]
        scale = 4
        crop = (
            x0 + inset_x,
            sheet.get_height() - y1 + inset_y,
            sheet.get_width() - x1 + inset_x,
            y0 + inset_y,
        )
        grey = np.asarray(sheet.render(scale=scale, crop=crop, may_draw_forms=True).to_pil().convert("L"))
        return float((grey < 140).mean())

    def continued(self, pages_of_form: int) -> str:
        """All text of the sheets behind the form's own pages."""
        return "".join(
            self.document[index].get_textpage().get_text_range()
            for index in range(pages_of_form, len(self.document))
        )


def _stream(content: bytes) -> Any:
    from io import BytesIO

    return BytesIO(content)


def value_at(answers: dict[str, Any], path: str) -> tuple[str, str, Any]:
    """(question id, part, value) that a box's answer path names; value None when it was not answered."""
    match = ANSWER_PATH.match(path)
    assert match, path
    question, part, value = match["id"], match["part"] or "", answers.get(match["id"])
    if match["row"]:
        row = int(match["row"])
        records = value if isinstance(value, list) else []
        question = match["column"]
        value = records[row - 1].get(question) if row <= len(records) else None
    if part and isinstance(value, dict):
        value = value.get(part)
    return question, part, value


def should_be_ticked(box: PaperBox, value: Any) -> bool:
    """Does the answer call for a mark in this box?"""
    if value is None:
        return False
    if isinstance(value, bool):
        return box.when in ({"yes", "true", ""} if value else {"no", "false"})
    if isinstance(value, list):
        return box.when in value
    return str(value) == box.when


def pieces(question: Question, part: str, value: Any, box: PaperBox) -> list[str]:
    """What must be readable in the box, as plain pieces; order and punctuation are the form's own."""
    if value is None or value == "":
        return []
    if question.type is QuestionType.DATE:
        year, month, day = str(value).split("-")
        if part:
            return [{"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year[-2:]}[part]]
        return [year[-2:], day.lstrip("0")]
    if isinstance(value, dict):
        shown = re.findall(r"[a-z]+\d?", box.format) or list(value)
        return [plain(str(value[one])) for one in shown if plain(str(value.get(one) or ""))]
    if isinstance(value, list):
        titles = {one.value: one.title for one in question.options}
        return [plain(titles.get(str(one), str(one))) for one in value]
    if question.type in {QuestionType.MONEY, QuestionType.NUMBER, QuestionType.PERCENT}:
        whole, _, cents = str(value).partition(".")
        return [cents or "00"] if part == "cents" else [plain(whole)]
    text = {one.value: one.title for one in question.options}.get(str(value), str(value))
    if isinstance(value, bool):
        text = "yes" if value else "no"
    if box.take:
        return [plain(text)[box.take[0] : box.take[1]]]
    return [plain(text)]


def faults(definition: Definition, answers: dict[str, Any], content: bytes, empty: bytes) -> list[str]:
    """Every box that does not say what was answered, in words; empty when the paper is right.

    content  the filled PDF; empty  the form before it was filled: what it prints in a square is no mark
    """
    paper, blank, found = Paper(content), Paper(empty), []
    assert definition.paper is not None
    questions = {one.id: one for one in definition.questions()}
    later = plain(paper.continued(len(definition.paper.pages)))
    for box in definition.paper.boxes:
        if not box.answer or box.answer.split("[")[0].split(".")[0] in {one.id for one in definition.derived}:
            continue
        name, part, value = value_at(answers, box.answer)
        question = questions[name]
        if box.write is Write.TICK:
            wanted = should_be_ticked(box, value)
            if wanted != is_ticked(paper, blank, box):
                found.append(f"{box.id} ({box.answer}={value!r}) should be {'ticked' if wanted else 'empty'}")
            continue
        here = plain("".join(paper.words(one) for one in _lines_of(definition, box)))
        for piece in pieces(question, part, value, box):
            if piece and piece not in here and piece not in later:
                found.append(f"{box.id} ({box.answer}) lacks {piece!r}: it says {here[:60]!r}")
    return found


def _lines_of(definition: Definition, box: PaperBox) -> list[PaperBox]:
    """The box, and the other write lines of the same answer on its page."""
    assert definition.paper is not None
    if box.take or box.write is not Write.TEXT:
        return [box]
    return [one for one in definition.paper.boxes if one.answer == box.answer and one.page == box.page]


def is_ticked(paper: Paper, blank: Paper, box: PaperBox) -> bool:
    """By its AcroForm state where there is one, else by ink in the middle of the box that was not there."""
    if box.field and box.field in paper.values:
        return bool(
            re.fullmatch(re.escape(f"/{box.on}") if box.on else r"/(?!Off$).+", paper.values[box.field])
        )
    return paper.ink(box) - blank.ink(box) > 0.06
