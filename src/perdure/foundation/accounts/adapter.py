"""How allauth behaves here: staff are invited, nobody signs up, and refusals are in our words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from perdure.foundation.audit import api as audit


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up: an account is made by the operator or an owner."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not go together."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": _("There were too many tries. Wait five minutes, then try again."),
        "rate_limited": _("There were too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not again within minutes of signing in: that proof is fresh enough."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **more)

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Put the sign-in on the record."""
        audit.record("signed-in", about=f"person:{user.pk}", by=str(user.pk), detail={"with": "password"})
        return super().post_login(request, user, **more)
