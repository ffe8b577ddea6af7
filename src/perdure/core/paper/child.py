"""What the bounded child process runs: a form to fill, a form to read, a letter to set."""

from __future__ import annotations

from datetime import date
from typing import Any

from perdure.core.definition.model import Definition
from perdure.core.kernel.bounded import Task


def fill_form(payload: dict[str, Any], task: Task) -> list[str]:
    """Attach filled.pdf; returns the answers on the continuation sheet."""
    from perdure.core.paper.filling import fill

    made, left = fill(
        task.files["form.pdf"],
        Definition.model_validate(payload["definition"]),
        payload["answers"],
        reference=payload["reference"],
        today=date.fromisoformat(payload["today"]),
        derived=payload["derived"],
    )
    task.attach("filled.pdf", made)
    return [answer.owner for answer in left]


def read_form(payload: dict[str, Any], task: Task) -> dict[str, str | bool]:
    from perdure.core.paper.reading import read

    definition = Definition.model_validate(payload["definition"])
    return read(task.files["form.pdf"], definition, task.files.get("blank.pdf"))


def write_letter(payload: dict[str, Any], task: Task) -> None:
    """Attach letter.pdf."""
    from perdure.core.paper.letter import letter

    task.attach("letter.pdf", letter(**{**payload, "date": date.fromisoformat(payload["date"])}))
