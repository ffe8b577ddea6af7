"""Applications, from the first answer to the receipt."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Application(models.Model):
    """One person's answers, bound for ever to the version of the service that asked them.

    reference    given at the start, shown on the receipt; also names the case
    secret_hash  SHA-256 of the secret in the applicant's cookie or return code
    answers      see core.definition.model for the form; as given, pruned only when sent
    seen         ids of the pages that were answered or passed
    revision     grows with every save
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=24, unique=True)
    secret_hash = models.CharField(max_length=64)
    service = models.CharField(max_length=80)
    version = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    channel = models.CharField(max_length=10, default="screen")
    language = models.CharField(max_length=8, default="en")
    answers = models.JSONField(default=dict)
    seen = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "changed_at"])]

    def __str__(self) -> str:
        return self.reference


class WrongTry(models.Model):
    """A wrong return code, for an hour. key: a hash of the place it came from, or of the reference."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at:%H:%M}"
