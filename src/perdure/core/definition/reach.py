"""Pages that no answers lead to, as far as that can be seen without trying every answer."""

from __future__ import annotations

from collections.abc import Iterator

from perdure.core.definition.model import Definition, Page


def unreachable_pages(definition: Definition) -> Iterator[tuple[int, Page]]:
    """Index and page (stub: filled next)."""
    return iter(())
