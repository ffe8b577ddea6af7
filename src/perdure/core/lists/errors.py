"""What this tool refuses, in words."""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class ListRefused(PerdureError):
    """A file that cannot be read as a list, whole. One bad row is never a reason: it is a rejected row."""

    code = "lists.refused"


class MappingRefused(PerdureError):
    """A mapping that does not say clearly what to do with a list."""

    code = "lists.mapping"
