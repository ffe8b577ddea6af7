"""What must hold between the parts of a definition (stub: filled next)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perdure.core.definition.model import Definition
from perdure.core.definition.yaml_text import Where


@dataclass(frozen=True)
class Finding:
    """Something to mend. offset: place within a condition's text, in characters from 0."""

    where: Where
    says: str
    write_instead: str = ""
    severity: Literal["error", "warning"] = "error"
    offset: int | None = None


def errors_in(definition: Definition) -> list[Finding]:
    """Every error, in no particular order."""
    return []
