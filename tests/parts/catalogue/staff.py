"""People signed in for tests: a client whose session was opened by a one-time link."""

from __future__ import annotations

from django.test import Client

from perdure.foundation.accounts import api as accounts


def signed_in(role: str = "owner", *, service: str = "", name: str = "Amina K.") -> Client:
    """A client of somebody with a role."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    accounts.add_person(email, name=name, by="system:test")
    accounts.give_role(email, role, service=service, by="system:test")
    token = accounts.make_sign_in_link(email, valid_minutes=5, by="system:test")
    client = Client()
    answer = client.get(f"/sign-in/{token}/")
    assert answer.status_code == 302, answer.content
    return client
