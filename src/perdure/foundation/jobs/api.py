"""Jobs: work that is done after the answer to the browser, and how far it is.

Owns the words job, handler, progress and worker. A job is part of the transaction that
asks for it: it exists exactly when that transaction is kept. Handlers are added by name:

    @jobs.handles("catalogue.digitise")
    def digitise(work: jobs.Work, *, upload: str) -> None: ...

    job = jobs.enqueue("catalogue.digitise", what="Reading the form", upload=str(upload.id))
    jobs.progress(job)
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from perdure.foundation.jobs import worker
from perdure.foundation.jobs.errors import JobStopped
from perdure.foundation.jobs.models import Progress as Row
from perdure.foundation.jobs.registry import handles
from perdure.foundation.jobs.tasks import run_job
from perdure.foundation.jobs.work import Work
from perdure.foundation.jobs.worker import JobWorker

__all__ = [
    "JobStopped",
    "JobWorker",
    "Progress",
    "Work",
    "ask_to_stop",
    "enqueue",
    "forget_old",
    "handles",
    "progress",
    "run_waiting",
]


@dataclass(frozen=True)
class Progress:
    """How far a job is. state: waiting, working, done, failed or stopped; total 0 while it is not known."""

    id: uuid.UUID
    what: str
    state: str
    done: int
    total: int
    says: str

    @property
    def finished(self) -> bool:
        """Is nothing more going to happen?"""
        return self.state in {"done", "failed", "stopped"}


@transaction.atomic(savepoint=False)
def enqueue(
    name: str, *, what: str = "", queue: str = "default", not_before: datetime | None = None, **kwargs: Any
) -> uuid.UUID:
    """Ask for a job inside the caller's transaction; returns its id. Two statements.

    what    the words a person sees while it runs
    queue   "default", or "slow" for work of more than a few seconds
    not_before  when it is to be done at the earliest; none for at once
    kwargs  plain JSON values for the handler
    """
    result = run_job.using(queue_name=queue, run_after=not_before).enqueue(name, kwargs)
    job = uuid.UUID(str(result.id))
    Row.objects.bulk_create([Row(id=job, what=what or name)])
    transaction.on_commit(worker.wake)
    return job


def progress(job: uuid.UUID | str) -> Progress | None:
    """How far a job is, or None when there is no such job. One query."""
    row = Row.objects.filter(pk=job).first()
    return Progress(row.id, row.what, row.state, row.done, row.total, row.says) if row else None


def ask_to_stop(job: uuid.UUID | str) -> None:
    """Ask a job to stop: one that waits never starts, one that runs stops at its next report."""
    Row.objects.filter(pk=job, state__in=["waiting", "working"]).update(stop_asked=True)


def forget_old() -> None:
    """Remove what is left of workers that ended long ago."""
    worker.forget_old()


def run_waiting(*, most: int = 100) -> int:
    """Do the jobs that wait, here and now, and return how many were done. For commands and tests."""
    return worker.run_waiting(most=most)
