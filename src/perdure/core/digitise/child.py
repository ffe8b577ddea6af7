"""What runs inside the bounded child: the only place where a PDF is opened.

read          PDF bytes -> a PaperForm as JSON
pictures      PDF bytes -> one PNG a page, attached as p1.png, p2.png, ...
"""

from __future__ import annotations

import hashlib
import io
from functools import cached_property
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from perdure.core.digitise import acroform
from perdure.core.digitise.errors import FormRefused
from perdure.core.digitise.form import build_form
from perdure.core.digitise.frame import Frame
from perdure.core.digitise.shapes import Drawing
from perdure.core.digitise.values import Field
from perdure.core.digitise.vector import read_drawing
from perdure.core.kernel.bounded import Task

LONGEST_SCAN = 1_800.0  # points: a larger page is a poster or a plan, not a form
FARTHEST = 14_400.0  # points: the longest side a page may have (ISO 32000-1, annex C)


def read(payload: dict[str, Any], task: Task) -> dict[str, Any]:
    """Read the form. payload: max_pages, max_scanned_pages; the file is sent as form.pdf."""
    content = task.files["form.pdf"]
    fields, frames, info = _declared(content, payload["max_pages"])
    document = pdfium.PdfDocument(content)
    drawings: list[Drawing] = []
    scans = Scans(payload["max_scanned_pages"])
    for number, frame in enumerate(frames, start=1):
        task.report(f"page {number} of {len(frames)}")
        drawings.append(drawing_of(document, number, frame, scans))
    text = "".join(char.text for char in drawings[0].chars) if drawings else ""
    if info["xfa"]:
        acroform.refuse_please_wait(text, has_xfa=len(fields) < 3, pages=len(frames))
    form = build_form(drawings, fields, title=info["title"], sha256=hashlib.sha256(content).hexdigest())
    answer: dict[str, Any] = form.model_dump(mode="json")
    return answer


def pictures(payload: dict[str, Any], task: Task) -> list[list[int]]:
    """Render pages at payload["dpi"], greyscale unless payload["colour"]. Returns their sizes in pixels.

    payload["filled"] shows what was filled into the form's own fields; else the form is shown empty.
    """
    content = task.files["form.pdf"]
    _, frames, _ = _declared(content, payload["max_pages"])
    document = pdfium.PdfDocument(content)
    filled = payload["filled"]
    if filled:
        document.init_forms()
    sizes = []
    for number, frame in enumerate(frames, start=1):
        task.report(f"page {number} of {len(frames)}")
        longest = max(frame.width, frame.height)
        scale = min(payload["dpi"] / 72, payload["max_side"] / longest)
        page = document[number - 1]
        picture = page.render(
            scale=scale, grayscale=not payload["colour"], draw_annots=payload["filled"]
        ).to_pil()
        page.close()
        target = io.BytesIO()
        picture.save(target, "PNG", compress_level=6)
        task.attach(f"p{number}.png", target.getvalue())
        sizes.append([picture.width, picture.height])
    return sizes


def _declared(content: bytes, most: int) -> tuple[list[Field], list[Frame], dict[str, Any]]:
    """What the file says of itself: fields, page frames, title and whether it holds XFA."""
    if b"%PDF-" not in content[:1024]:
        raise FormRefused(
            "This file is not a PDF.", "Save the form as a PDF and try again.", code="digitise.not-a-pdf"
        )
    with _opened(content) as pdf:
        try:
            pages = len(pdf.pages)
            _check_pages(pages, most)
            frames = acroform.frames(pdf)
            _check_frames(frames)
            fields = acroform.read_fields(pdf)
            acroform.refuse_xfa_only(pdf, fields)
            return fields, frames, {"title": _title(pdf), "xfa": acroform.has_xfa(pdf)}
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError, AttributeError) as problem:
            raise _broken() from problem


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as problem:
        raise FormRefused(
            "This PDF needs a password to open.",
            "Save a copy without the password and use that.",
            code="digitise.password",
        ) from problem
    except (pikepdf.PdfError, ValueError, RecursionError) as problem:
        raise _broken() from problem


def _broken() -> FormRefused:
    return FormRefused(
        "This PDF is damaged and cannot be read.",
        "Get a fresh copy, or open it, print it to a PDF and use that.",
        code="digitise.broken",
    )


def _check_pages(pages: int, most: int) -> None:
    if pages == 0:
        raise FormRefused("This PDF has no pages.", "Use another copy.", code="digitise.no-pages")
    if pages > most:
        raise FormRefused(
            f"This PDF has {pages} pages; we read at most {most}.",
            "Split it and use the part that is the form.",
            code="digitise.too-many-pages",
        )


def _check_frames(frames: list[Frame]) -> None:
    if any(max(frame.width, frame.height) > FARTHEST for frame in frames):
        raise FormRefused(
            "A page of this PDF is larger than five metres.",
            "Print it to a PDF on ordinary paper and use that.",
            code="digitise.too-large",
        )


def _title(pdf: pikepdf.Pdf) -> str:
    try:
        return str(pdf.docinfo.get("/Title", ""))[:300]
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return ""


class Scans:
    """Pages that are pictures: how many are left to read, and the reader of words, made when needed."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.seen = 0

    def count(self) -> None:
        self.seen += 1
        if self.seen > self.most:
            raise FormRefused(
                f"This PDF has more than {self.most} pages that are pictures.",
                "Split it, or use the original file instead of a scan.",
                code="digitise.too-many-pages",
            )

    @cached_property
    def reader(self) -> Any:
        from perdure.core.digitise.picture import reader_of_words

        return reader_of_words()


def drawing_of(document: Any, number: int, frame: Frame, scans: Scans) -> Drawing:
    """What is drawn on a page of an open document (pypdfium2), the first is 1; a picture is read as one."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Drawing(frame.width, frame.height)
    try:
        drawing = read_drawing(page, frame)
        return _scanned(page, drawing, scans) if _is_picture(drawing) else drawing
    finally:
        page.close()


def _is_picture(drawing: Drawing) -> bool:
    """Does a picture fill most of the page, with next to nothing drawn besides?"""
    page = drawing.width * drawing.height
    covered = sum(min(box.area, page) for box in drawing.pictures)
    drawn = len(drawing.across) + len(drawing.upright) + len(drawing.rectangles)
    return covered > 0.5 * page and drawn < 12


def _scanned(page: Any, drawing: Drawing, scans: Scans) -> Drawing:
    """Read the page as a picture; words that the file holds already are kept as they are."""
    import numpy as np

    from perdure.core.digitise.picture import DPI, read_picture

    scans.count()
    longest = max(drawing.width, drawing.height)
    if longest > LONGEST_SCAN:
        return drawing
    grey = np.asarray(page.render(scale=DPI / 72, grayscale=True, draw_annots=False).to_pil().convert("L"))
    has_words = sum(bool(char.text.strip()) for char in drawing.chars) >= 20
    found = read_picture(grey, drawing.width, drawing.height, None if has_words else scans.reader)
    if has_words:
        found.chars = drawing.chars
    return found
