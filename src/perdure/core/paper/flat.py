"""Draws answers onto the pages of a form that has no fields of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary

from perdure.core.paper import drawing, layout
from perdure.core.paper.entries import Entry
from perdure.core.paper.fonts import Pen
from perdure.core.paper.frame import Frame, frame_of


class Overlay:
    """Collects drawing for each page and puts it over the page at the end.

    notes  what a box says when its answer does not fit, longest first
    """

    def __init__(self, pdf: pikepdf.Pdf, pen: Pen, notes: Sequence[str]) -> None:
        self._pdf, self._pen, self._notes = pdf, pen, notes
        self._ops: dict[int, list[bytes]] = defaultdict(list)
        self._frames: dict[int, Frame] = {}

    def draw(self, entry: Entry) -> bool:
        """Draw one entry. False: it did not fit, and the box says so."""
        box = entry.box
        if not 1 <= box.page <= len(self._pdf.pages):
            return not (entry.text or entry.ticked)
        if entry.is_tick:
            if entry.ticked:
                self._add(entry, drawing.cross_ops(box.at.width, box.at.height))
            return True
        if not entry.text:
            return True
        setting = self._setting(entry, entry.text)
        if setting is not None:
            self._add(entry, self._text(setting))
            return True
        notes = (self._setting(entry, note, note=True) for note in self._notes)
        fitting = next((note for note in notes if note is not None), None)
        if fitting is not None:
            self._add(entry, self._text(fitting))
        return False

    def _setting(self, entry: Entry, text: str, *, note: bool = False) -> layout.Setting | None:
        if self._pen.face.missing(text):
            return None
        at, cells = entry.box.at, entry.box.cells
        if cells and not note:
            return layout.comb(text, at.width, at.height, cells, self._pen.face)
        return layout.in_box(text, at.width, at.height, self._pen.face)

    def _text(self, setting: layout.Setting) -> bytes:
        return drawing.text_ops(setting, self._pen, self._font_name())

    @staticmethod
    def _font_name() -> bytes:
        return b"PerdureF"

    def _frame(self, number: int) -> Frame:
        if number not in self._frames:
            self._frames[number] = frame_of(self._pdf.pages[number - 1])
        return self._frames[number]

    def _add(self, entry: Entry, ops: bytes) -> None:
        x, y = self._frame(entry.box.page).lower_left(entry.box.at)
        self._ops[entry.box.page].append(b"q 1 0 0 1 %.2f %.2f cm\n%s\nQ" % (x, y, ops))

    def finish(self) -> None:
        """Put what was drawn over the pages, whatever state their own drawing leaves behind."""
        for number, ops in self._ops.items():
            page = self._pdf.pages[number - 1]
            opened, unopened = unbalanced(page)
            upright = b"%.4f %.4f %.4f %.4f %.2f %.2f cm" % self._frame(number).upright
            before = b"q\n" * (1 + unopened)
            after = b"\n" + b"Q\n" * (1 + opened) + b"q " + upright + b"\n" + b"\n".join(ops) + b"\nQ\n"
            page.contents_add(before, prepend=True)
            page.contents_add(after)
            _add_font(page, self._font_name().decode(), self._pen.font)


def unbalanced(page: pikepdf.Page) -> tuple[int, int]:
    """How many q the page leaves open, and how many Q it has without a q before them."""
    depth = lowest = 0
    try:
        for instruction in pikepdf.parse_content_stream(page, "q Q"):
            operator = str(instruction.operator)
            depth += {"q": 1, "Q": -1}.get(operator, 0)
            lowest = min(lowest, depth)
    except pikepdf.PdfError:
        return 0, 0
    return depth - lowest, -lowest


def _add_font(page: Any, name: str, font: Any) -> None:
    """Add a font to the page without touching resources that other pages share."""
    resources = (
        Dictionary(dict(page.resources.items()))
        if "/Resources" in page.obj or page.resources
        else Dictionary()
    )
    fonts = resources.get("/Font")
    kept = dict(fonts.items()) if isinstance(fonts, Dictionary) else {}
    resources.Font = Dictionary({**kept, f"/{name}": font})
    page.obj.Resources = resources
