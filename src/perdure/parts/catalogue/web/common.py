"""What every page of the studio shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import NotAllowed
from perdure.foundation.accounts.api import staff_required
from perdure.foundation.problems.api import problem_page
from perdure.parts.catalogue.errors import ServiceNotFound

View = Callable[..., HttpResponse]


def studio_page(view: View) -> View:
    """Decorator: for staff who proved who they are; a refusal becomes a page with its sentence."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PerdureError as problem:
            return problem_page(request, problem, status=_status(problem))

    return staff_required(page)


def _status(problem: PerdureError) -> int:
    if isinstance(problem, ServiceNotFound):
        return 404
    return 403 if isinstance(problem, NotAllowed) else 400


def whole_number(text: str | None, *, otherwise: int = 1) -> int:
    """A number from an address; what is no number counts as the given one."""
    return int(text) if text and text.isdecimal() and len(text) < 7 else otherwise
