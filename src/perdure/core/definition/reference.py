"""What is published about the format: hash of a definition, JSON Schema, reference page."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from perdure.core.definition.model import Definition


def content_hash(definition: Definition) -> str:
    """SHA-256 (64 hex digits) of the definition as canonical JSON.

    Canonical: what is as the format takes it as given is left out, keys sorted, no spaces, UTF-8.
    A key that is added to the format later does not change the hash of what is published already.
    """
    plain = definition.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def json_schema() -> dict[str, Any]:
    """The definition file as JSON Schema 2020-12."""
    raise NotImplementedError


def reference_markdown() -> str:
    """The reference page of the definition file, made from the models' descriptions."""
    raise NotImplementedError
