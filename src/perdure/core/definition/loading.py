"""Reading a definition file."""

from __future__ import annotations

from perdure.core.definition.model import Definition


def load_definition(text: str, *, name: str = "service.yaml") -> Definition:
    """Read a definition. Raises DefinitionError with every problem and its line."""
    raise NotImplementedError
