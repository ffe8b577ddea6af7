"""What a condition may look at."""

from __future__ import annotations

from perdure.core.definition.model import Definition


class Scope:
    """The names that a condition may use."""


def scope_of(definition: Definition, *, page: str = "", question: str = "") -> Scope:
    """What a condition may look at: of a page, of a question, or (neither given) of a rule or derived value."""
    raise NotImplementedError
