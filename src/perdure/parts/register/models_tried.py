"""What stands in a case's way, what was tried against it, and what was promised."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from perdure.parts.register.models import Case


class Barrier(models.Model):
    """Something that stands in the way of a case, with the words it was seen in."""

    class Kind(models.TextChoices):
        MONEY = "money"
        BANDWIDTH = "bandwidth"
        VESTED_INTERESTS = "vested_interests"
        RISK_AVERSION = "risk_aversion"
        DIGITAL_LITERACY = "digital_literacy"
        DATA = "data"
        TRUST = "trust"
        POLITICS = "politics"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="barriers")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    warning = models.BooleanField(default=False, help_text="A sign of it, not yet the thing itself.")
    says = models.TextField()
    quote = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return f"{self.kind} at {self.case_id}"


class Strategy(models.Model):
    """What was tried against a barrier, and whether it helped."""

    class Kind(models.TextChoices):
        FUNDING = "funding"
        LEADERSHIP = "leadership"
        PEOPLE = "people"
        TRAINING = "training"
        INVOLVING = "involving"
        SMALL_START = "small_start"
        RULES = "rules"
        JOINING = "joining"
        PARTNERS = "partners"
        OPENNESS = "openness"
        OTHER = "other"
        UNKNOWN = ""

    class Helped(models.TextChoices):
        YES = "yes"
        PARTLY = "partly"
        NO = "no"
        UNKNOWN = ""

    barrier = models.ForeignKey(Barrier, on_delete=models.CASCADE, related_name="strategies")
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    says = models.TextField()
    helped = models.CharField(max_length=6, choices=Helped.choices, blank=True)
    evidence = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.says[:80]


class Commitment(models.Model):
    """A promise: who does what by when, and how one will see it. The newest update says how it stands."""

    class Standing(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        LATE = "late"
        DROPPED = "dropped"

    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    who = models.CharField(max_length=200)
    what = models.TextField()
    by_when = models.DateField()
    measure = models.TextField(help_text="How one will see that it was kept.")
    standing = models.CharField(max_length=7, choices=Standing.choices, default=Standing.OPEN)
    standing_at = models.DateTimeField(default=timezone.now, help_text="When it was last said how it stands.")
    public = models.BooleanField(default=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["by_when"])]

    def __str__(self) -> str:
        return self.what[:80]


class CommitmentUpdate(models.Model):
    """How a commitment stood on a day, with evidence. Updates are added, never changed."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="updates")
    standing = models.CharField(max_length=7, choices=Commitment.Standing.choices)
    says = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.says[:80]
