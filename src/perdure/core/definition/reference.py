"""What is published about the format: hash of a definition, JSON Schema, reference page."""

from __future__ import annotations

from typing import Any

from perdure.core.definition.model import Definition


def content_hash(definition: Definition) -> str:
    """SHA-256 (64 hex digits) of the definition as canonical JSON, defaults left out."""
    raise NotImplementedError


def json_schema() -> dict[str, Any]:
    """The definition file as JSON Schema 2020-12."""
    raise NotImplementedError


def reference_markdown() -> str:
    """The reference page of the definition file, made from the models' descriptions."""
    raise NotImplementedError
