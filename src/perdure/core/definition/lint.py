"""What an owner should look at before publishing."""

from __future__ import annotations

from datetime import date

from perdure.core.definition.errors import Problem
from perdure.core.definition.model import Definition


def lint(definition: Definition, *, today: date | None = None) -> list[Problem]:
    """Errors and warnings of a definition that stands in memory (lines are 0)."""
    raise NotImplementedError


def lint_text(text: str, *, name: str = "service.yaml", today: date | None = None) -> list[Problem]:
    """Errors and warnings of a definition file, with lines, in the order of the file. Never raises."""
    raise NotImplementedError
