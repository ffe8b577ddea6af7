"""Fills the original paper form in with the answers, reads it back, and writes letters.

    filled = fill_paper(pdf, definition, answers, reference="HA-7K2M", today=day)
    filled.pdf                  the form, and a continuation sheet where something had no room
    filled.continued            the answers on that sheet: ("landlord", "children[5].name")
    read_back(filled.pdf, definition)      what now stands in each box, as a reader sees it
    letter_pdf("Your grant", "Dear {name} ...", organisation=..., reference=..., date=day)

PDFs are opened only in the bounded child process. Raises PaperError, or BoundExceeded
when a file is more than the child may spend on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from perdure.core.definition.model import Answers, Definition
from perdure.core.kernel.bounded import run_bounded
from perdure.core.paper.errors import PaperError

__all__ = ["Filled", "PaperError", "fill_paper", "letter_pdf", "read_back"]

_CHILD = "perdure.core.paper.child"


@dataclass(frozen=True)
class Filled:
    """A filled form. continued: the answers on the continuation sheet, as answer paths, in order."""

    pdf: bytes
    continued: tuple[str, ...] = ()


def fill_paper(
    pdf: bytes,
    definition: Definition,
    answers: Answers,
    *,
    reference: str,
    today: date,
    derived: Mapping[str, Any] | None = None,
) -> Filled:
    """Write the answers into the boxes of the original form.

    pdf      the form that definition.paper was made from
    derived  values worked out, for boxes that show one: Decimal, str, bool or date

    Whatever finds no room goes to a continuation sheet at the end, in full.
    """
    if definition.paper is not None and definition.paper.sha256 not in {"", hashlib.sha256(pdf).hexdigest()}:
        raise PaperError(
            "This PDF is not the form that the service was made from.",
            "Use the file that is kept with the service.",
            code="paper.not-the-form",
        )
    payload = {
        "definition": definition.model_dump(mode="json"),
        "answers": answers,
        "reference": reference,
        "today": today.isoformat(),
        "derived": {name: _plain(value) for name, value in (derived or {}).items()},
    }
    made = run_bounded(f"{_CHILD}:fill_form", payload, files={"form.pdf": pdf}, memory_mb=1536, seconds=60)
    return Filled(made.files["filled.pdf"], tuple(made.value))


def read_back(pdf: bytes, definition: Definition, *, blank: bytes | None = None) -> dict[str, str | bool]:
    """What a reader sees in each box of a filled form, by box id.

    Words as text ("" for none), ticks as True or False. Only what was filled in counts:
    words printed on the form are left out. Fields without appearances read as empty.

    blank  the form before it was filled in, for forms that print something inside their squares
    """
    payload = {"definition": definition.model_dump(mode="json")}
    files = {"form.pdf": pdf} | ({"blank.pdf": blank} if blank is not None else {})
    read = run_bounded(f"{_CHILD}:read_form", payload, files=files, memory_mb=1536, seconds=60)
    return dict(read.value)


def letter_pdf(
    subject: str,
    body_markdown: str,
    *,
    organisation: str,
    reference: str,
    date: date,
    language: str = "en",
) -> bytes:
    """A letter as a tagged PDF (PDF/UA-1).

    body_markdown  paragraphs, lists, headings, bold, italic; HTML and pictures in it are set as plain words
    """
    payload = {
        "subject": subject,
        "body": body_markdown,
        "organisation": organisation,
        "reference": reference,
        "date": date.isoformat(),
        "language": language,
    }
    made = run_bounded(f"{_CHILD}:write_letter", payload, memory_mb=1536, seconds=30)
    return made.files["letter.pdf"]


def _plain(value: Any) -> Any:
    """A worked-out value as JSON."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
