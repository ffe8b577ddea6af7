"""Progress of long work that a person watches."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Progress(models.Model):
    """How far one job is. done and total count the job's own units (pages, rows); total 0: not known yet."""

    class State(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    what = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    says = models.TextField(blank=True)
    stop_asked = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.what}: {self.state}"
