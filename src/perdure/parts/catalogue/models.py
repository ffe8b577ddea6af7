"""Services, their drafts, and their versions, which never change once published."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone


class Service(models.Model):
    """One service under its address. live: hash of the version for new applications; empty when closed."""

    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, help_text="Of the live version, for lists.")
    live = models.CharField(max_length=64, blank=True)
    paper = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the PDF form it was made from, kept in files."
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=~models.Q(paper=""), name="one_service_per_paper"
            )
        ]

    def __str__(self) -> str:
        return self.title


class VersionNeverChanges(TypeError):
    """Code tried to change or remove a published version. A mistake of ours, never shown to a person."""


class _VersionRows(models.QuerySet["Version"]):
    """Rows that can be added and read; nothing else."""

    def _never(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise VersionNeverChanges("a published version is never changed or removed")

    update = delete = bulk_update = update_or_create = _never  # type: ignore[assignment]


class Version(models.Model):
    """A published definition: added once, then never changed and never removed."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, unique=True)
    definition = models.TextField(help_text="The YAML as published.")
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.CharField(max_length=120)

    objects = _VersionRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.service.slug} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise VersionNeverChanges(f"version {self.number} is published and cannot be saved again")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise VersionNeverChanges(f"version {self.number} is published and cannot be removed")


class Draft(models.Model):
    """What the owner is working on. revision grows with each change: nobody overwrites a colleague."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="draft")
    definition = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    notes = models.JSONField(default=list, help_text="Review notes of the digitiser, least certain first.")
    accepted = models.JSONField(default=list, help_text="Ids of pages that a person has accepted.")
    questions = models.PositiveIntegerField(default=0, help_text="How many it asks, for lists.")
    published_revision = models.PositiveIntegerField(default=0, help_text="The revision that went live last.")
    unsure = models.PositiveIntegerField(default=0, help_text="How many of them need a person, for lists.")
    burden = models.JSONField(
        default=dict, blank=True, help_text="What the paper asks of people; empty until it was worked out."
    )
    paper = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of a newer edition of the paper; empty: the service's."
    )
    figures = models.JSONField(
        default=dict,
        blank=True,
        help_text="What the draft asks of people, and of which text that was counted.",
    )
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"draft of {self.service.slug}"


class DraftStep(models.Model):
    """The definition before a change, so that a change can be undone, and a change made on it can be joined.

    taken_back: this change was undone, or is itself an undoing; it is kept for colleagues who still see it.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()
    definition = models.TextField()
    accepted = models.JSONField(default=list)
    paper = models.JSONField(
        null=True,
        help_text="What came with the paper before: its SHA-256, notes, burden. Null when it stayed.",
    )
    did = models.CharField(max_length=200)
    taken_back = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="one_step_per_revision")]

    def __str__(self) -> str:
        return self.did


class Upload(models.Model):
    """A PDF that somebody dropped, on its way to a draft. progress: id of the job's progress.

    edition_of  the service whose form was printed anew; then the PDF becomes no service of its own
    like        the service that it looks like a new edition of, though it was not dropped there
    drafted, notes, burden   what was read, until somebody decides what becomes of it
    changes     what the edition changed when it was taken up; null before
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    progress = models.UUIDField()
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.SET_NULL)
    refused = models.TextField(blank=True)
    edition_of = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="editions"
    )
    like = models.ForeignKey(Service, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    drafted = models.TextField(blank=True, help_text="The draft of a new edition, as YAML.")
    notes = models.JSONField(default=list, blank=True)
    burden = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(null=True, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class PagePicture(models.Model):
    """One page of a paper form as a PNG kept in files."""

    paper = models.CharField(max_length=64)
    page = models.PositiveIntegerField()
    picture = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "page"], name="one_picture_per_page")]

    def __str__(self) -> str:
        return f"page {self.page} of {self.paper[:12]}"


class Wording(models.Model):
    """The last time that a language model was asked for other words. progress: id of the job's progress."""

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="wording")
    progress = models.UUIDField()
    model = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500)
    asked = models.JSONField(default=list, help_text="Ids of questions that were answered for, or not read.")
    unread = models.PositiveIntegerField(default=0, help_text="Questions whose answer could not be read.")
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"wording of {self.draft_id}"


class WordProposal(models.Model):
    """Other words for one question, as a model proposed them. why: the rule that dropped it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        DROPPED = "dropped"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="word_proposals")
    question = models.CharField(max_length=64)
    title_before = models.TextField(blank=True)
    hint_before = models.TextField(blank=True)
    title = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=30, blank=True)
    model = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.question}: {self.state}"
