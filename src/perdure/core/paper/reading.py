"""Reads a filled form as a person sees it: text and ink in the place of each box.

Independent of the filling side: another library (PDFium), no field names, no record of
what was written. The appearances of fields are flattened first, so what has no
appearance is not read. Text counts when it is set in a font with our subset tag: that
tells answers from print. A tick counts when the middle of its square holds ink.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from perdure.core.definition.model import Definition, PaperBox, Write
from perdure.core.kernel.geometry import Box
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


def read(content: bytes, definition: Definition, blank: bytes | None = None) -> dict[str, str | bool]:
    """Words or tick of every box, by box id. Raises PaperError when a file cannot be opened.

    blank  the form before it was filled in: what is printed inside a square counts as no ink
    """
    boxes = defaultdict(list)
    for box in definition.paper.boxes if definition.paper is not None else ():
        boxes[box.page].append(box)
    found: dict[str, str | bool] = {}
    with ExitStack() as stack:
        pdf = _opened(content, stack)
        pdf.init_forms()
        empty = _opened(blank, stack) if blank is not None else None
        for number, on_page in boxes.items():
            if number <= len(pdf):
                before = _shot(empty[number - 1]) if empty is not None and number <= len(empty) else None
                found |= _page(pdf, number - 1, on_page, before)
    return found


def _opened(content: bytes, stack: ExitStack) -> Any:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        raise PaperError("The filled form cannot be opened.", "Fill it in again.") from problem
    stack.callback(pdf.close)
    return pdf


def _shot(page: Any) -> Any:
    return page.render(scale=SCALE, may_draw_forms=True, grayscale=True).to_pil()


def _page(pdf: Any, index: int, boxes: list[PaperBox], before: Any) -> dict[str, str | bool]:
    page = pdf[index]
    shot, buttons = _shot(page), _buttons(pdf, page)
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_FAIL:
        raise PaperError("The fields of the filled form cannot be read.", "Fill it in again.")
    page.close()
    chars = _chars(pdf[index])
    return {
        box.id: _is_marked(box, shot, before, buttons) if box.write is Write.TICK else _words(chars, box)
        for box in boxes
    }


def _buttons(pdf: Any, page: Any) -> list[tuple[Box, bool]]:
    """The check boxes and radio buttons of a page, and whether PDFium takes them as checked."""
    found: list[tuple[Box, bool]] = []
    if pdf.formenv is None:
        return found
    rect = pdfium.FS_RECTF()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation)
        if kind in {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}:
            pdfium.FPDFAnnot_GetRect(annotation, rect)
            corners = _shown(page, rect.left, rect.top), _shown(page, rect.right, rect.bottom)
            xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
            at = Box(xs[0], ys[0], xs[1], ys[1])
            found.append((at, bool(pdfium.FPDFAnnot_IsChecked(pdf.formenv, annotation))))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _chars(page: Any) -> list[_Char]:
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


def _is_marked(box: PaperBox, shot: Any, before: Any, buttons: list[tuple[Box, bool]]) -> bool:
    """Is there ink in the middle of the square? A button of the form must also count as checked."""
    here = [checked for at, checked in buttons if at.iou(box.at) > 0.3]
    if here:
        return any(here) and _ink(shot, box) > INKED
    return _ink(shot, box) - (_ink(before, box) if before is not None else 0.0) > INKED


def _ink(shot: Any, box: PaperBox) -> float:
    """Share of dark pixels in the middle of a square."""
    across, down = box.at.width * 0.25, box.at.height * 0.25
    edges = (box.at.x0 + across, box.at.y0 + down, box.at.x1 - across, box.at.y1 - down)
    counts = shot.crop(tuple(round(edge * SCALE) for edge in edges)).histogram()
    return float(sum(counts[:DARK]) / (sum(counts) or 1))
