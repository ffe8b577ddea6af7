"""Reading a PDF form and drafting a service from it: what every way into the catalogue begins with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from perdure.core.definition.model import Definition

DRAFTING = "working out the questions"
"""What is told once every page is read."""


@dataclass(frozen=True)
class ReadForm:
    """A form as it was read. notes: for the review; burden: what the paper asks of people."""

    definition: Definition
    notes: list[dict[str, Any]]
    burden: dict[str, Any]


def read_paper(
    pdf: bytes,
    name: str,
    *,
    owner: str,
    review_by: date,
    progress: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ReadForm:
    """Read and draft a form, in a bounded child process. Raises FormRefused.

    name      the file's name, kept in the definition
    progress  called with lines such as "page 3 of 12", and DRAFTING once all are read
    """
    from perdure.core.digitise.api import read_form
    from perdure.core.digitise.burden import burden_of_paper
    from perdure.core.digitise.draft import draft_service

    form = read_form(pdf, progress=progress, cancelled=cancelled)
    if progress is not None:
        progress(DRAFTING)
    drafted = draft_service(form, owner=owner, review_by=review_by, file=name)
    notes = [asdict(note) for note in drafted.to_review]
    return ReadForm(drafted.definition, notes, asdict(burden_of_paper(form)))
