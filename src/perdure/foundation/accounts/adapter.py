"""How allauth behaves here: staff are invited, nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up: an account is made by the operator or an owner."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
