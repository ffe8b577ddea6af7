"""How an application becomes a case."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from perdure.foundation.audit import api as audit
from perdure.parts.casework import rules
from perdure.parts.casework.models import Case, Entry
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake.api import SentApplication


class Receiving:
    """Answers intake's question "who works what was sent?": casework does."""

    @transaction.atomic
    def receive(self, application: SentApplication) -> None:
        """Open the case of what was sent, inside the sending transaction; again changes nothing."""
        definition = catalogue.definition_at(application.version)
        received = timezone.localdate(application.sent_at)
        case, is_new = Case.objects.get_or_create(
            reference=application.reference,
            defaults={
                "service": application.service,
                "service_title": definition.title[:300],
                "version": application.version,
                "label": definition.label,
                "received_at": application.sent_at,
                "due_on": rules.due_day(received, definition.casework.decide_within_days),
            },
        )
        if is_new:
            case.entries.create(kind=Entry.Kind.RECEIVED, public=True, at=application.sent_at)
            audit.record("case-received", about=case.reference, by="system:casework", at=application.sent_at)
