"""Sign-in by link, one's own account, and the list of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from perdure.foundation.accounts.errors import AccountsError, LinkNotUsable, TooManyTries
from perdure.foundation.accounts.limits import client_of, require_allowed
from perdure.foundation.accounts.links import use_sign_in_link
from perdure.foundation.accounts.proof import sign_in_by_link
from perdure.foundation.problems.api import problem_page


@never_cache
@require_safe
def sign_in_with_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the person of the link in. HEAD, which link scanners send, does not use it up."""
    if request.method == "HEAD":
        return HttpResponse()
    try:
        sign_in_by_link(request, use_sign_in_link(token))
    except LinkNotUsable as problem:
        return problem_page(request, _slowed_down(request, problem), status=403)
    return redirect("/")


def _slowed_down(request: HttpRequest, problem: AccountsError) -> AccountsError:
    """Links that do not work are counted by address of the network; good ones never are."""
    try:
        require_allowed(f"sign-in-link:{client_of(request)}", 20, 300)
    except TooManyTries as too_many:
        return too_many
    return problem
