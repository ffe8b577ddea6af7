"""One-time links: the operator's proof of who somebody is, in place of password and second factor."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.foundation.accounts.errors import LinkNotUsable
from perdure.foundation.accounts.models import SignInLink, User
from perdure.foundation.accounts.people import user_of
from perdure.foundation.audit import api as audit


@transaction.atomic
def make_sign_in_link(email: str, *, valid_minutes: int = 60, by: str = "system:operator") -> str:
    """A new token for /sign-in/<token>/. Raises NoSuchPerson. Only its hash is kept."""
    user = user_of(email)
    token = secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(minutes=valid_minutes)
    SignInLink.objects.create(secret_hash=_hash(token), user=user, expires_at=expires)
    audit.record("sign-in-link-made", about=f"person:{user.pk}", by=by)
    return token


@transaction.atomic
def use_sign_in_link(token: str) -> User:
    """The person the link lets in; it works once. Raises LinkNotUsable."""
    now = timezone.now()
    links = SignInLink.objects.filter(secret_hash=_hash(token), used_at=None, expires_at__gt=now)
    if not links.filter(user__is_active=True).update(used_at=now):
        raise LinkNotUsable(
            _("This sign-in link was used already, or is too old."),
            _("Ask for a new one, or sign in with your e-mail address and password."),
        )
    user = User.objects.get(signinlink__secret_hash=_hash(token))
    audit.record("signed-in", about=f"person:{user.pk}", by=str(user.pk), detail={"with": "link"})
    return user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
