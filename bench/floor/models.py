"""The floor's two tables."""

from django.db import models


class Journey(models.Model):
    """Answers so far."""

    key = models.CharField(max_length=40, unique=True)
    answers = models.JSONField(default=dict)

    class Meta:
        app_label = "floor"


class Submission(models.Model):
    """Answers as sent."""

    reference = models.CharField(max_length=40, unique=True)
    answers = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "floor"
