"""Fills the original paper form in. Runs in the bounded child: see child.py."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pikepdf

from perdure.core.definition.model import Answers, Definition
from perdure.core.paper import clean, continuation, wording
from perdure.core.paper.acroform import FormFiller
from perdure.core.paper.entries import Entry, Given, entries, givens, untold
from perdure.core.paper.errors import PaperError
from perdure.core.paper.flat import Overlay
from perdure.core.paper.flow import flowed
from perdure.core.paper.fonts import Pen
from perdure.core.paper.frame import frame_of


def fill(
    content: bytes,
    definition: Definition,
    answers: Answers,
    *,
    reference: str,
    today: date,
    derived: Mapping[str, Any],
) -> tuple[bytes, list[Given]]:
    """The filled PDF and the answers that went to the continuation sheet."""
    if definition.paper is None:
        raise PaperError(
            "This service has no paper form.", "Add one in the studio first.", code="paper.no-paper"
        )
    with opened(content) as pdf:
        clean.still(pdf)
        wanted = entries(definition, answers, reference=reference, today=today, derived=derived)
        pen = Pen(pdf)
        placed, refused = _place(pdf, pen, definition, flowed(wanted, definition, pen.face))
        left = untold(givens(definition, answers), placed, refused)
        pen.embed()
        if left:
            size = frame_of(pdf.pages[0]).size
            made = continuation.sheets(definition, left, reference=reference, today=today, size=size)
            with pikepdf.open(io.BytesIO(made)) as sheets:
                pdf.pages.extend(sheets.pages)
        return saved(pdf), left


def _place(
    pdf: pikepdf.Pdf, pen: Pen, definition: Definition, wanted: Sequence[Entry]
) -> tuple[list[Entry], list[Entry]]:
    """Write every entry where it goes. Returns those that found room and those that did not."""
    notes = wording.see_sheet(definition.language)
    overlay = Overlay(pdf, pen, notes)
    form = FormFiller(pdf, pen, notes)
    placed: list[Entry] = []
    refused: list[Entry] = []
    # Ticks and words first, empty boxes after: an empty box never clears what another one wrote.
    for entry in sorted(wanted, key=lambda entry: not (entry.text or entry.ticked)):
        done = form.fill(entry)
        if done is None:
            done = overlay.draw(entry)
        (placed if done else refused).append(entry)
    overlay.finish()
    return placed, refused


def opened(content: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        frame_of(pdf.pages[0])
    except (pikepdf.PdfError, pikepdf.PasswordError, LookupError, ValueError, RuntimeError) as problem:
        raise PaperError(
            "The paper form of this service cannot be opened.",
            "Upload the form again in the studio.",
            code="paper.cannot-open",
        ) from problem
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
