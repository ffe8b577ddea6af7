"""Digitise: from a PDF form to its fields.

Owns the words field, widget, kind and page. A PDF is only ever opened in a bounded child
process; importing this module imports no PDF library. Knows nothing of services.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perdure.core.digitise.draft_country import country_of
from perdure.core.digitise.errors import FormRefused
from perdure.core.digitise.full_labels import full_labels
from perdure.core.digitise.headings import without_strips
from perdure.core.digitise.print_marks import with_marks
from perdure.core.digitise.sections import with_sections
from perdure.core.digitise.tables import with_tables
from perdure.core.digitise.values import Field, Kind, Line, Page, PaperForm, Widget, Word
from perdure.core.kernel.bounded import BoundExceeded, Outcome, run_bounded

__all__ = [
    "DEFAULT_LIMITS",
    "Field",
    "FormRefused",
    "Kind",
    "Limits",
    "Line",
    "Page",
    "PaperForm",
    "Widget",
    "Word",
    "fields_as_scored",
    "read_form",
    "read_pages_as_pictures",
]

_CHILD = "perdure.core.digitise.child:"


@dataclass(frozen=True)
class Limits:
    """How much a file may cost. seconds is for the whole file, by the clock on the wall."""

    file_mb: int = 80
    pages: int = 200
    scanned_pages: int = 40
    memory_mb: int = 4096
    seconds: float = 600.0


DEFAULT_LIMITS = Limits()


def read_form(
    source: Path | str | bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PaperForm:
    """Read a PDF form: its pages, words and fields.

    progress   called with lines such as "page 3 of 12"
    Raises FormRefused with a sentence when the file is not a form we can read.
    """
    outcome = _bounded("read", source, {}, limits, progress=progress, cancelled=cancelled)
    return finished(PaperForm.model_validate(outcome.value))


def finished(form: PaperForm) -> PaperForm:
    """What the whole form tells of its fields: marks, sections and tables."""
    return with_tables(with_sections(with_marks(without_strips(form))))


def read_pages_as_pictures(
    source: Path | str | bytes,
    dpi: int = 100,
    *,
    colour: bool = False,
    filled: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[bytes, ...]:
    """One PNG a page, as the page is shown. A very large page comes out with fewer dots an inch.

    filled  show what was filled into the form's own fields; else the form is shown empty
    """
    wish = {"dpi": max(18, min(dpi, 300)), "colour": colour, "filled": filled, "max_side": 4000}
    outcome = _bounded("pictures", source, wish, limits)
    return tuple(outcome.files[f"p{number}.png"] for number in range(1, len(outcome.value) + 1))


def fields_as_scored(form: PaperForm) -> dict[str, list[dict[str, Any]]]:
    """The fields for other tools: page from 0, bbox with its origin at the bottom left, three kinds."""
    heights = {page.number: page.height for page in form.pages}
    country = country_of(form)
    labels = full_labels(form.fields, language=country.language, day_first=country.day_first)
    named = zip(form.fields, labels, strict=True)
    return {"fields": [_as_scored(field, label, heights[field.page]) for field, label in named]}


def _as_scored(field: Field, label: str, height: float) -> dict[str, Any]:
    box = field.box
    kinds = {Widget.TICK: "checkbox", Widget.RADIO: "checkbox", Widget.SIGNATURE: "signature"}
    return {
        "page": field.page - 1,
        "bbox": [round(value, 2) for value in (box.x0, height - box.y1, box.x1, height - box.y0)],
        "kind": kinds.get(field.widget, "text"),
        "label": label,
        "section": field.section,
        **({"table": field.table, "row": field.row, "column": field.column} if field.table else {}),
        "score": round(field.confidence, 4),
    }


def _bounded(
    function: str,
    source: Path | str | bytes,
    wish: dict[str, Any],
    limits: Limits,
    *,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    content = _content(source, limits)
    try:
        return run_bounded(
            _CHILD + function,
            {**wish, "max_pages": limits.pages, "max_scanned_pages": limits.scanned_pages},
            memory_mb=limits.memory_mb,
            seconds=limits.seconds,
            files={"form.pdf": content},
            progress=progress,
            cancelled=cancelled,
        )
    except BoundExceeded as problem:
        if problem.code == "kernel.cancelled":
            raise
        raise _refusal(problem) from problem


def _content(source: Path | str | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        size, content = len(source), source
    else:
        path = Path(source)
        try:
            size = path.stat().st_size
            content = path.read_bytes() if size <= limits.file_mb * 2**20 else b""
        except OSError as problem:
            raise FormRefused(
                f"The file {path.name} cannot be opened.",
                "Check its name and place.",
                code="digitise.no-file",
            ) from problem
    if size > limits.file_mb * 2**20:
        raise FormRefused(
            f"This file is larger than {limits.file_mb} MB.",
            "Save it smaller, or split it and use the part that is the form.",
            code="digitise.too-large",
        )
    return content


def _refusal(problem: BoundExceeded) -> FormRefused:
    if problem.code == "kernel.out-of-time":
        return FormRefused(
            "Reading this PDF took too long, so we stopped.",
            "Split it, or print it to a PDF and use that.",
            code="digitise.too-slow",
        )
    if problem.code == "kernel.out-of-memory":
        return FormRefused(
            "This PDF needs more memory to read than a form should.",
            "Split it, or print it to a PDF and use that.",
            code="digitise.too-large",
        )
    return FormRefused(
        "This PDF is damaged in a way that stops us reading it.",
        "Get a fresh copy, or open it, print it to a PDF and use that.",
        code="digitise.broken",
    )
