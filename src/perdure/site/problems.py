"""Pages for what went wrong: always a sentence, a next step and a code, never an internal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.problems.api import problem_page


def _page(request: HttpRequest, status: int, heading: str, *words: str) -> HttpResponse:
    what, next_step, code = words
    return problem_page(request, PerdureError(what, next_step, code=code), status=status, heading=heading)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        400,
        _("We could not read what was sent"),
        _("What your browser sent was broken or too large."),
        _("Go back, check the page and send it again."),
        "site.bad-request",
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        _("You may not see this page"),
        _("Your account does not have the right to do this."),
        _("Ask the owner of the service to give it to you."),
        "site.not-allowed",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("There is no page at this address"),
        _("The address may be mistyped, or the page may have been taken away."),
        _("Check the address, or start from the first page."),
        "site.not-found",
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("This page was open for too long"),
        _("For your safety we could not accept it, and nothing was changed."),
        _("Go back, load the page again and send it once more. Cookies must be allowed for this site."),
        "site.csrf",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        _("Something went wrong on our side"),
        _("What you sent before this page is kept."),
        _("Try again in a few minutes. If it goes on, tell us the time it happened."),
        "site.server-error",
    )
