"""Files kept in the database, by the hash of their content."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Blob(models.Model):
    """The bytes of one file. Never changed; the same content is kept once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=80)
    stored_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"
