"""Telling somebody that a colleague was faster."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.parts.catalogue.errors import StaleDraft


def told(stale: StaleDraft) -> str:
    """What was done in the meantime, in one line."""
    return " ".join([stale.what, *what_was_done(stale), stale.next_step])


def what_was_done(stale: StaleDraft) -> list[str]:
    """One sentence for each change since."""
    if not stale.since:
        return [_("A change was taken back.")]
    words = _("%(by)s, %(time)s: %(did)s.")
    return [
        words % {"by": step.by, "time": f"{timezone.localtime(step.at):%H:%M}", "did": step.did}
        for step in stale.since[-5:]
    ]
