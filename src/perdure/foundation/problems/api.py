"""Problems: a refusal shown as a page of its own, in words.

The template problem.html belongs to the site, as all base pages do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import NotAllowed

__all__ = ["View", "keeps_calm", "problem_page"]

View = Callable[..., HttpResponse]


def problem_page(
    request: HttpRequest, problem: PerdureError, *, status: int = 400, heading: str = ""
) -> HttpResponse:
    """Show a refusal: its sentence, the next step and the code."""
    words = {
        "heading": heading or _("This did not work"),
        "what": problem.what,
        "next_step": problem.next_step,
        "code": problem.code,
    }
    return render(request, "problem.html", words, status=status)


def keeps_calm(missing: type[PerdureError], heading: Any) -> Callable[[View], View]:
    """Decorator of views: a refusal that no form can show becomes a page of its own, in a sentence.

    missing: the family of "there is no such thing here", shown under this heading with status 404.
    """

    def calm(view: View) -> View:
        @wraps(view)
        def kept_calm(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except missing as problem:
                return problem_page(request, problem, status=404, heading=str(heading))
            except NotAllowed as problem:
                return problem_page(request, problem, status=403, heading=_("You may not do this"))
            except PerdureError as problem:
                return problem_page(request, problem, status=409)

        return kept_calm

    return calm
