"""Progress of long work that a person watches, and the workers that do it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Progress(models.Model):
    """How far one job is. done and total count the job's own units (pages, rows); total 0: not known yet.

    Its id is the job's id.
    """

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


class Worker(models.Model):
    """A worker that said it lives. place: machine and process space; beat_at: when it last said so."""

    id = models.CharField(primary_key=True, max_length=64)
    place = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    beat_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"worker {self.pid} at {self.place}"
