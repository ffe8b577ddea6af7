"""The append-only record of every change and every look at a case, chained by hashes."""

from __future__ import annotations

from django.db import models


class Record(models.Model):
    """One act. actor: user id as text, "applicant", or "system:<what>" for automated acts.

    hash = SHA-256 over the previous hash and this record's own content, so that a
    changed, removed or inserted row shows when the chain is checked.
    """

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=160, db_index=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.about}"


class Head(models.Model):
    """The end of the chain, one row: whoever appends locks it first. It shows when the last rows are gone."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"record {self.number}"
