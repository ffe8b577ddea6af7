"""The worker: claims a job, does it, and takes over the jobs of workers that died.

A claimed job belongs to the worker whose name was written on it last. A worker at work says that it
lives every few seconds; the jobs of one that fell silent, or whose process is gone from this
machine, go back to the queue. A job that outlived three workers is given up as failed.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
import threading
import uuid
from datetime import timedelta
from pathlib import Path

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.jobs.errors import JobStopped
from perdure.foundation.jobs.models import Progress, Worker

log = logging.getLogger("perdure.jobs")

BEAT = 3.0  # seconds between two signs of life
LEASE = 20.0  # seconds of silence after which a worker counts as dead
TRIES = 3  # workers that a job may outlive

_bell = threading.Event()


def wake() -> None:
    """A job was added in this process: do not wait for the next look."""
    _bell.set()


class JobWorker:
    """Does jobs until stopped. One thread does the work, another gives the signs of life."""

    def __init__(self, *, interval: float = 1.0) -> None:
        self.id = uuid.uuid4().hex
        self.interval = interval
        self._stop = threading.Event()
        self._busy = False

    def start(self) -> threading.Thread:
        """Run beside the web server in the same process."""
        thread = threading.Thread(target=self.run, name="perdure-jobs", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Finish the job at hand and end."""
        self._stop.set()
        _bell.set()

    def run(self) -> None:
        """Take jobs until stop() is called."""
        beats = threading.Thread(target=self._beat_until_stopped, name="perdure-jobs-beat", daemon=True)
        beats.start()
        while not self._stop.is_set():
            _bell.clear()
            try:
                done = self.run_one()
            except Exception:
                log.exception("the worker could not look for jobs; it tries again")
                done = False
            close_old_connections()
            if not done:
                _bell.wait(self.interval)
        connection.close()

    def run_one(self) -> bool:
        """Claim and do one job; False when none waits."""
        take_over_dead_jobs()
        job = self._claim()
        if job is None:
            return False
        self._busy = True
        try:
            self._do(job)
        finally:
            self._busy = False
        return True

    def beat(self) -> None:
        """Say that this worker lives."""
        Worker.objects.update_or_create(
            id=self.id, defaults={"place": place(), "pid": os.getpid(), "beat_at": timezone.now()}
        )

    def _beat_until_stopped(self) -> None:
        """Signs of life while a job is in hand; an idle worker writes nothing."""
        while not self._stop.wait(BEAT):
            if self._busy:
                with contextlib.suppress(
                    Exception
                ):  # the next one comes soon, and there are several to a lease
                    close_old_connections()
                    self.beat()
        connection.close()

    def _claim(self) -> DBTaskResult | None:
        if not DBTaskResult.objects.ready().exists():
            return None  # the common case costs no lock
        with transaction.atomic():
            self.beat()
            job = DBTaskResult.objects.ready().get_locked()
            if job is not None:
                job.claim(self.id)
                Progress.objects.filter(pk=job.id).update(state=Progress.State.WORKING)
            return job

    def _do(self, job: DBTaskResult) -> None:
        try:
            if Progress.objects.filter(pk=job.id, stop_asked=True).exists():
                raise JobStopped("The work was stopped before it began.")
            given = job.args_kwargs
            job.task.call(TaskContext(task_result=job.task_result), *given["args"], **given["kwargs"])
        except JobStopped as stopped:
            self._end(job, Progress.State.STOPPED, stopped.what, stopped)
        except PerdureError as refusal:
            self._end(job, Progress.State.FAILED, f"{refusal.what} {refusal.next_step}".strip(), refusal)
        except Exception as problem:
            log.exception("job %s failed", job.id)
            says = "Something went wrong on our side. Try again; if it fails again, tell the operator."
            self._end(job, Progress.State.FAILED, says, problem)
        else:
            self._end(job, Progress.State.DONE, None, None)

    def _end(
        self, job: DBTaskResult, state: Progress.State, says: str | None, problem: BaseException | None
    ) -> None:
        """Write the end down, unless another worker took the job over in the meantime."""
        with transaction.atomic():
            row = DBTaskResult.objects.select_for_update().get(pk=job.pk)
            if row.status != TaskResultStatus.RUNNING or row.worker_ids[-1:] != [self.id]:
                return
            if problem is None:
                row.set_successful(None)
            else:
                row.set_failed(problem)
            changed = {"state": state} if says is None else {"state": state, "says": says}
            Progress.objects.filter(pk=job.pk).update(**changed)


def run_waiting(*, most: int = 100) -> int:
    """Do what waits, in this thread; returns how many jobs were done."""
    worker = JobWorker()
    done = 0
    while done < most and worker.run_one():
        done += 1
    return done


def take_over_dead_jobs() -> int:
    """Put the jobs of dead workers back into the queue; returns how many. One query when nothing runs."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    silent_since = timezone.now() - timedelta(seconds=LEASE)
    workers = Worker.objects.in_bulk([job.worker_ids[-1] for job in running])
    dead = [job.pk for job in running if not _lives(workers.get(job.worker_ids[-1]), silent_since)]
    return sum(_put_back(pk) for pk in dead)


def _lives(worker: Worker | None, silent_since: object) -> bool:
    if worker is None or worker.beat_at < silent_since:
        return False
    return worker.place != place() or _process_lives(worker.pid)


def _process_lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _put_back(pk: uuid.UUID) -> int:
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().get(pk=pk)
        if row.status != TaskResultStatus.RUNNING:
            return 0
        if len(row.worker_ids) >= TRIES:
            row.set_failed(RuntimeError("the process that did this job ended every time"))
            says = "The work broke off several times, so we gave it up."
            Progress.objects.filter(pk=pk).update(state=Progress.State.FAILED, says=says)
            return 0
        DBTaskResult.objects.filter(pk=pk).update(status=TaskResultStatus.READY, started_at=None)
        Progress.objects.filter(pk=pk).update(state=Progress.State.WAITING)
        return 1


def forget_old(*, days: int = 2) -> int:
    """Remove workers that have not been heard of for days; returns how many."""
    return Worker.objects.filter(beat_at__lt=timezone.now() - timedelta(days=days)).delete()[0]


def place() -> str:
    """This machine, this boot of it and this process space: where a process number means something."""
    parts = [platform.node()]
    with contextlib.suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return "/".join(parts)[:200]
