"""Cases: applications being worked until somebody decides them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Case(models.Model):
    """One application on the desk. Its answers stay in intake; service and version are plain names.

    due_on     the date to decide by; moves on by the days the clock stood still
    paused_on  since when the clock stands still because the applicant was asked; empty while it runs
    outcome    id of the outcome in the definition; effect is what that means
    reason     why it was decided so, in words to the applicant
    revision   grows with everything that happens
    """

    class State(models.TextChoices):
        NEW = "new"
        OPEN = "open"
        WAITING = "waiting"
        DECIDED = "decided"

    reference = models.CharField(max_length=24, unique=True)
    service = models.CharField(max_length=80)
    service_title = models.CharField(max_length=300)
    version = models.CharField(max_length=64)
    label = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    received_at = models.DateTimeField()
    due_on = models.DateField()
    paused_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=80, blank=True)
    effect = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_in_time = models.BooleanField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on", "reference"]),
            models.Index(fields=["service", "state", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.reference


class Reading(models.Model):
    """Somebody has opened a case: it no longer stands out as unread to them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="one_reading_each")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.case_id}"


class Entry(models.Model):
    """What happened on a case, in order, as staff and (where public) the applicant read it."""

    class Kind(models.TextChoices):
        RECEIVED = "received"
        TAKEN = "taken"
        HANDED = "handed"
        ASKED = "asked"
        REPLIED = "replied"
        NOTE = "note"
        DECIDED = "decided"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    public = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Letter(models.Model):
    """A letter to the applicant. pdf: SHA-256 of its PDF in files, empty until the job has made it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    language = models.CharField(max_length=8, default="en")
    written_at = models.DateTimeField(default=timezone.now)
    pdf = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.subject


class FilledPaper(models.Model):
    """The paper form filled in, kept so that it is made once.

    key       SHA-256 over the version, the reference and the answers: other answers are another paper
    pdf       SHA-256 of the PDF in files
    pictures  SHA-256 of each page as a PNG in files; empty until somebody looks
    """

    key = models.CharField(max_length=64, primary_key=True)
    pdf = models.CharField(max_length=64)
    pictures = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key[:12]
