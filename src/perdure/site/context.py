"""What every page needs to know about the house it stands in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """Context processor: the organisation's name. No database query."""
    return {"organisation": settings.ORGANISATION}
