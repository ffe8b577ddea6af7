"""Writing a definition as a file."""

from __future__ import annotations

from perdure.core.definition.model import Definition


def dump_definition(definition: Definition) -> str:
    """The definition as YAML, in the order of the model, defaults left out; one line for each paper box."""
    raise NotImplementedError
