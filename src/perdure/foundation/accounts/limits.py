"""Limits on tries that hold over all processes, since they are kept in the database."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perdure.foundation.accounts.errors import TooManyTries
from perdure.foundation.accounts.models import SignInLink, Tries

__all__ = ["allow", "client_of", "forget_old", "require_allowed"]


@transaction.atomic
def allow(key: str, limit: int, seconds: int) -> bool:
    """Count one try; True while there were at most `limit` within a window of `seconds`.

    key   what is limited and for whom, such as "return-code:<address>"; only its hash is kept
    """
    now = timezone.now()
    digest = hashlib.sha256(key.encode()).hexdigest()
    row, _new = Tries.objects.select_for_update().get_or_create(key=digest, defaults={"since": now})
    if row.since <= now - timedelta(seconds=seconds):
        row.since, row.count = now, 0
    row.count = min(row.count + 1, 1_000_000)
    row.save(update_fields=["since", "count"])
    return row.count <= limit


def require_allowed(key: str, limit: int, seconds: int) -> None:
    """Count one try. Raises TooManyTries when the limit is passed."""
    if not allow(key, limit, seconds):
        minutes = max(1, seconds // 60)
        raise TooManyTries(
            _("There were too many tries in a short time."),
            ngettext("Wait a minute, then try again.", "Wait %(n)s minutes, then try again.", minutes)
            % {"n": minutes},
        )


def client_of(request: HttpRequest) -> str:
    """The network address the request came from, as the server in front of us saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_old(*, days: int = 2) -> None:
    """Remove counts that no window needs any more, and links that have been useless for days."""
    before = timezone.now() - timedelta(days=days)
    Tries.objects.filter(since__lt=before).delete()
    SignInLink.objects.filter(expires_at__lt=before).delete()
