"""What was done to a draft, step by step."""

from __future__ import annotations

from perdure.parts.catalogue.errors import StepSince
from perdure.parts.catalogue.models import Draft


def steps_since(draft: Draft, revision: int) -> tuple[StepSince, ...]:
    """The changes made after somebody read the draft at a revision, oldest first. One query."""
    rows = draft.steps.filter(revision__gte=revision).order_by("revision").values_list("did", "at", "by")
    return tuple(StepSince(*row) for row in rows)
