"""Reads a filled form as a person sees it: text and ink in the place of each box.

Independent of the filling side: another library (PDFium), no field names, no record of
what was written. The appearances of fields are flattened first, so what has no
appearance is not read. Text counts when it is set in a font with our subset tag: that
tells answers from print. A tick counts when the middle of its square holds ink.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from perdure.core.definition.model import Definition, PaperBox, Write
from perdure.core.paper.errors import PaperError

MARK = "PERDUR+"
SCALE = 3.0  # pixels to a point when looking for ink
DARK = 150  # of 255
INKED = 0.03  # share of dark pixels in the middle of a square that was marked


@dataclass(frozen=True)
class _Char:
    text: str
    x: float  # of the middle, page space
    y: float
    size: float


def read(content: bytes, definition: Definition) -> dict[str, str | bool]:
    """Words or tick of every box, by box id. Raises PaperError when the file cannot be opened."""
    boxes = defaultdict(list)
    for box in definition.paper.boxes if definition.paper is not None else ():
        boxes[box.page].append(box)
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        raise PaperError("The filled form cannot be opened.", "Fill it in again.") from problem
    found: dict[str, str | bool] = {}
    try:
        pdf.init_forms()
        for number, on_page in boxes.items():
            if number <= len(pdf):
                found |= _page(pdf, number - 1, on_page)
    finally:
        pdf.close()
    return found


def _page(pdf: Any, index: int, boxes: list[PaperBox]) -> dict[str, str | bool]:
    page = pdf[index]
    height = page.get_height()
    shot = page.render(scale=SCALE, may_draw_forms=True, grayscale=True).to_pil()
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_FAIL:
        raise PaperError("The fields of the filled form cannot be read.", "Fill it in again.")
    page.close()
    chars = _chars(pdf[index], height)
    return {box.id: _tick(shot, box) if box.write is Write.TICK else _words(chars, box) for box in boxes}


def _chars(page: Any, height: float) -> list[_Char]:
    """The characters in our font, in the order of the page."""
    text = page.get_textpage()
    name, flags = ctypes.create_string_buffer(120), ctypes.c_int()
    found = []
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetFontInfo(text, index, name, 120, ctypes.byref(flags))
        if not name.value.startswith(MARK.encode()):
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        x, y = _shown(page, (left + right) / 2, (bottom + top) / 2)
        code = pdfium.FPDFText_GetUnicode(text, index)
        found.append(_Char(chr(code), x, y, pdfium.FPDFText_GetFontSize(text, index)))
    return _joined(found)


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of user space in page space, to a hundredth of a point."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(
        page, 0, 0, round(width * 100), round(height * 100), 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / 100, down.value / 100


def _joined(chars: list[_Char]) -> list[_Char]:
    """PDFium tells letters beyond U+FFFF in two halves; put them together."""
    kept: list[_Char] = []
    for char in chars:
        if kept and 0xD800 <= ord(kept[-1].text) < 0xDC00 and 0xDC00 <= ord(char.text) < 0xE000:
            high, low = ord(kept[-1].text), ord(char.text)
            whole = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            kept[-1] = _Char(whole, kept[-1].x, kept[-1].y, kept[-1].size)
        else:
            kept.append(char)
    return kept


def _words(chars: list[_Char], box: PaperBox) -> str:
    """The text whose letters have their middle in the box; a new line where the height changes."""
    text, last = "", 0.0
    for char in chars:
        if not (box.at.x0 - 1 <= char.x <= box.at.x1 + 1 and box.at.y0 - 2 <= char.y <= box.at.y1 + 2):
            continue
        if text and abs(char.y - last) > max(2.0, char.size * 0.5):
            text += "\n"
        text, last = text + char.text, char.y
    return text.strip()


def _tick(shot: Any, box: PaperBox) -> bool:
    """Is there ink in the middle of the square?"""
    across, down = box.at.width * 0.25, box.at.height * 0.25
    edges = (box.at.x0 + across, box.at.y0 + down, box.at.x1 - across, box.at.y1 - down)
    inside = shot.crop(tuple(round(edge * SCALE) for edge in edges))
    counts = inside.histogram()
    total = sum(counts) or 1
    return sum(counts[:DARK]) / total > INKED
