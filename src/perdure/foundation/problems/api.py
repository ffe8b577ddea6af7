"""Problems: a refusal shown as a page of its own, in words.

The template problem.html belongs to the site, as all base pages do.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError

__all__ = ["problem_page"]


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
