"""Questions to intake. One query each."""

from __future__ import annotations

from perdure.parts.intake.actions import as_sent
from perdure.parts.intake.errors import ApplicationNotFound
from perdure.parts.intake.models import Application
from perdure.parts.intake.values import SentApplication


def sent(reference: str) -> SentApplication:
    """An application that was sent. Raises ApplicationNotFound, also for one that was not sent yet."""
    row = Application.objects.filter(reference=reference, state=Application.State.SENT).first()
    if row is None:
        raise ApplicationNotFound
    return as_sent(row)
