"""The one task that Django's task queue knows; the job's name picks the handler."""

from __future__ import annotations

from typing import Any

from django_tasks import TaskContext, task

from perdure.foundation.jobs.registry import handler_of
from perdure.foundation.jobs.work import Work


@task(takes_context=True)  # type: ignore[untyped-decorator,unused-ignore]
def run_job(context: TaskContext, name: str, kwargs: dict[str, Any]) -> None:
    """Do the job of this name."""
    import uuid

    handler_of(name)(Work(uuid.UUID(str(context.task_result.id))), **kwargs)
