"""Has the person of this session proved who they are twice, or by the operator's link?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib import auth
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from perdure.foundation.accounts.models import User

View = Callable[..., HttpResponse]
_ENOUGH = {"mfa", "link"}


def sign_in_by_link(request: HttpRequest, user: User) -> None:
    """Open a session whose proof is the link; it also counts as a fresh sign-in."""
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    record_authentication(request, user, method="link", reauthenticated=True)


def record_second_factor(request: HttpRequest) -> None:
    """The person has just typed a code of the second factor that they set up."""
    record_authentication(request, request.user, method="mfa", type="totp", reauthenticated=True)


def is_proved(request: HttpRequest) -> bool:
    """Second factor or one-time link in this session? No query beyond the session and the user."""
    if not request.user.is_authenticated:
        return False
    return any(one.get("method") in _ENOUGH for one in get_authentication_records(request, request.user))


def came_by_link(request: HttpRequest) -> bool:
    """Was this session opened by a one-time link?"""
    return any(one.get("method") == "link" for one in get_authentication_records(request, request.user))


def staff_required(view: View) -> View:
    """Decorator: the page is for staff who proved who they are.

    Nobody signed in: to sign-in and back. A password alone: to setting up the second factor,
    or to giving its code.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_proved(request):
            return view(request, *args, **kwargs)
        return _to_proof(request)

    return cast("View", checked)


def _to_proof(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return redirect("mfa_reauthenticate")
    return redirect("mfa_activate_totp")
