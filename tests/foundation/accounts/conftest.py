"""People of the tests."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from perdure.foundation.accounts import api as accounts
from perdure.foundation.accounts.models import User

PASSWORD = "three tall pine trees"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def person_with(db):
    """Make a person with roles such as "owner" or "caseworker at grant"; returns their user."""

    def make(email: str, *roles: str, password: str = "", second_factor: bool = False) -> User:
        accounts.add_person(email, name=email.split("@", maxsplit=1)[0].title(), by="system:test")
        for one in roles:
            role, _, service = one.partition(" at ")
            accounts.give_role(email, role, service=service, by="system:test")
        user = User.objects.get(email=email)
        if password:
            user.set_password(password)
            user.save()
        if second_factor:
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SECRET})
        return user

    return make


@pytest.fixture
def let_in(client):
    """Sign somebody in by a one-time link; returns the browser."""

    def enter(email: str, browser: Client = client) -> Client:
        answer = browser.get(f"/sign-in/{accounts.make_sign_in_link(email)}/")
        assert answer.status_code == 302
        return browser

    return enter
