"""One's own account: name, roles, password, second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from perdure.foundation.access.api import Act, may, services_visible
from perdure.foundation.accounts.people import person
from perdure.foundation.accounts.proof import came_by_link, is_proved, record_second_factor
from perdure.foundation.accounts.web.forms import ROLE_NAMES, SetPassword
from perdure.foundation.audit import api as audit


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who am I here, and how do I sign in?"""
    me = person(request)
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    words = {
        "roles": [(ROLE_NAMES.get(role, role), service) for role, service in sorted(me.roles)],
        "has_password": request.user.has_usable_password(),
        "needs_old_password": request.user.has_usable_password() and not came_by_link(request),
        "has_totp": Authenticator.Type.TOTP in factors,
        "has_codes": Authenticator.Type.RECOVERY_CODES in factors,
        "proved": is_proved(request),
        "manages_people": bool(services_visible(me, Act.MANAGE_PEOPLE)),
        "reads_record": may(me, Act.READ_RECORD),
    }
    return render(request, "accounts/me.html", words)


@login_required
def choose_password(request: HttpRequest) -> HttpResponse:
    """A new password without the old one: for whoever came by a link, or never had a password."""
    if request.user.has_usable_password() and not came_by_link(request):
        return redirect("account_change_password")
    form = SetPassword(data=request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "account/password_set.html", {"form": form})
    form.save()
    update_session_auth_hash(request, request.user)
    audit.record("password-chosen", about=f"person:{request.user.pk}", by=str(request.user.pk))
    messages.success(request, _("Your password is saved."))
    return redirect("my_account")


def to_account(request: HttpRequest) -> HttpResponse:
    """allauth's own index of factors is part of one's account here."""
    return redirect("my_account")


class SetUpSecondFactorView(ActivateTOTPView):  # type: ignore[misc]
    """Whoever has just typed a right code has proved who they are."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_second_factor(self.request)
        return response


set_up_second_factor = SetUpSecondFactorView.as_view()
