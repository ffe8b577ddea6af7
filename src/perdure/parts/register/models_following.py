"""Is it still running? Rounds of asking and what was answered; addresses and what was seen there."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from perdure.parts.register.models import Case


class Round(models.Model):
    """One time of asking owners whether their change is still running."""

    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField(default=timezone.now)
    remind_after_days = models.PositiveSmallIntegerField(default=7)
    closes_on = models.DateField()
    address = models.CharField(max_length=200, default="", help_text="Where the links in its messages lead.")
    progress = models.UUIDField(null=True, blank=True, help_text="Of the job that writes to the owners.")
    by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.title


class Ask(models.Model):
    """One owner asked about one case. secret: SHA-256 of the token in the e-mail's links.

    language   in which they are written to, as it was when the round was opened
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asks")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="asks")
    email = models.EmailField()
    language = models.CharField(max_length=8, blank=True)
    secret = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    undelivered = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "case"], name="one_ask_per_case")]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.round_id}"


class Answer(models.Model):
    """What an owner answered, or a keeper noted. Answers are never changed: a newer one stands above."""

    class Says(models.TextChoices):
        RUNNING = "running"
        CHANGED = "changed"
        ENDED = "ended"
        NORMAL = "normal"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    says = models.CharField(max_length=8, choices=Says.choices)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=11, choices=Case.Ending.choices, blank=True)
    why = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.says}"


class OwnWords(models.Model):
    """How a case stood by its own words, while an answer on a case merged into it stands above them."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="own_words")
    status = models.CharField(max_length=8)
    ended = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=11, blank=True)
    held = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.status}"


class Address(models.Model):
    """An address that a case or its evidence names, and what was seen there last: a hint, never an answer.

    host     whose turn it is, for asking one machine one thing at a time
    current  does the case still name it?
    seen     what was seen last, in the words of foundation.reach; empty when nobody looked yet
    status   of HTTP; 0: no answer at all
    bad_since  the first look since which it has not answered as it should; none while it does
    due_at   when to look next
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="addresses")
    url = models.CharField(max_length=500)
    host = models.CharField(max_length=255, blank=True)
    current = models.BooleanField(default=True)
    seen = models.CharField(max_length=12, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    moved_to = models.CharField(max_length=2000, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    bad_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "url"], name="one_address_per_case")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(current=True), name="addresses_due"),
            models.Index(fields=["looked_at"], name="addresses_looked_at"),
            models.Index(
                fields=["bad_since"], condition=models.Q(bad_since__isnull=False), name="addresses_gone_bad"
            ),
            models.Index(fields=["url"], name="addresses_by_url"),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.seen}"


class Visit(models.Model):
    """One look at an address. Visits are added, never changed."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="visits")
    seen = models.CharField(max_length=12)
    status = models.PositiveSmallIntegerField(default=0)
    moved_to = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.address_id} {self.seen}"


class Visiting(models.Model):
    """Whether addresses are looked at month by month: one row, number 1.

    address   of this site, told to those who are visited
    progress  of the last job
    next_on   the day for which the next job is asked for already
    holder    who is looking now, until held_until: one at a time, and whoever died lets go by itself
    """

    on = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    progress = models.UUIDField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    holder = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When the last tour came to its end.")
    by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return "on" if self.on else "off"
