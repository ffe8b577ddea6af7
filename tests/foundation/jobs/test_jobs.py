"""Jobs: kept with the transaction that asks for them, done once, watched, stopped, taken over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.jobs import api as jobs
from perdure.foundation.jobs.models import Progress, Worker
from perdure.foundation.jobs.worker import LEASE, TRIES, take_over_dead_jobs

DONE: list[str] = []


@jobs.handles("test.note")
def note(work: jobs.Work, *, words: str) -> None:
    DONE.append(words)


@jobs.handles("test.count")
def count(work: jobs.Work, *, to: int) -> None:
    for number in range(1, to + 1):
        work.report(f"page {number} of {to}", done=number, total=to)


@jobs.handles("test.refuse")
def refuse(work: jobs.Work) -> None:
    raise PerdureError("This file is not a form.", "Use another file.", code="test.refused")


@jobs.handles("test.break")
def break_down(work: jobs.Work) -> None:
    raise ZeroDivisionError("secret internals")


@pytest.fixture(autouse=True)
def _nothing_done():
    DONE.clear()


def test_a_job_is_done_once(db):
    job = jobs.enqueue("test.note", what="Writing a note", words="hello")
    assert jobs.progress(job).state == "waiting"
    assert jobs.run_waiting() == 1
    assert jobs.run_waiting() == 0
    assert DONE == ["hello"]
    assert (jobs.progress(job).state, jobs.progress(job).what) == ("done", "Writing a note")


def test_a_job_of_a_transaction_that_fails_does_not_exist(db):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        job = jobs.enqueue("test.note", words="never")
        raise RuntimeError
    assert jobs.progress(job) is None
    assert jobs.run_waiting() == 0


def test_a_job_for_later_waits_until_its_time(db):
    job = jobs.enqueue("test.note", not_before=timezone.now() + timedelta(days=1), words="tomorrow")
    assert jobs.run_waiting() == 0
    assert jobs.progress(job).state == "waiting"
    DBTaskResult.objects.update(run_after=timezone.now())
    assert jobs.run_waiting() == 1
    assert DONE == ["tomorrow"]


def test_progress_says_how_far_the_work_is(db):
    job = jobs.enqueue("test.count", to=12)
    jobs.run_waiting()
    assert (jobs.progress(job).done, jobs.progress(job).total) == (12, 12)
    assert jobs.progress(job).says == "page 12 of 12"
    assert jobs.progress(job).finished


def test_a_refusal_is_shown_as_its_sentence(db):
    job = jobs.enqueue("test.refuse")
    jobs.run_waiting()
    assert jobs.progress(job).state == "failed"
    assert jobs.progress(job).says == "This file is not a form. Use another file."


def test_what_nobody_foresaw_is_not_shown_to_a_person(db):
    job = jobs.enqueue("test.break")
    jobs.run_waiting()
    assert jobs.progress(job).state == "failed"
    assert "secret" not in jobs.progress(job).says
    assert "ZeroDivisionError" in DBTaskResult.objects.get(pk=job).traceback


def test_a_job_that_was_stopped_before_it_began_is_never_done(db):
    job = jobs.enqueue("test.note", words="too late")
    jobs.ask_to_stop(job)
    jobs.run_waiting()
    assert (DONE, jobs.progress(job).state) == ([], "stopped")


def test_a_running_job_stops_at_its_next_report(db):
    job = jobs.enqueue("test.count", to=3)
    work = jobs.Work(job)
    work.report("page 1 of 3", done=1, total=3)
    jobs.ask_to_stop(job)
    with pytest.raises(jobs.JobStopped):
        work.report("page 3 of 3", done=3, total=3)


def test_a_second_function_for_one_name_is_refused():
    with pytest.raises(ValueError, match="two functions"):

        @jobs.handles("test.note")
        def another(work: jobs.Work) -> None: ...


def test_asking_for_a_job_costs_two_statements(db, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        jobs.enqueue("test.note", words="x")


def test_a_worker_with_nothing_to_do_asks_twice_and_locks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert jobs.run_waiting() == 0


def claimed(*, silent_for: float, pid: int, place: str = "another machine", lives: int = 1) -> uuid.UUID:
    """A job that a worker took and has not ended."""
    job = jobs.enqueue("test.note", words="taken over")
    seen = timezone.now() - timedelta(seconds=silent_for)
    names = [uuid.uuid4().hex for _ in range(lives)]
    Worker.objects.create(id=names[-1], place=place, pid=pid, beat_at=seen)
    DBTaskResult.objects.filter(pk=job).update(status="RUNNING", started_at=seen, worker_ids=names)
    Progress.objects.filter(pk=job).update(state="working")
    return job


def test_the_job_of_a_worker_that_fell_silent_is_done_by_another(db):
    job = claimed(silent_for=LEASE + 1, pid=1)
    assert jobs.run_waiting() == 1
    assert (DONE, jobs.progress(job).state) == (["taken over"], "done")


def test_the_job_of_a_worker_elsewhere_that_spoke_just_now_is_left_to_it(db):
    claimed(silent_for=1, pid=1)
    assert take_over_dead_jobs() == 0
    assert jobs.run_waiting() == 0


def test_a_job_that_outlived_three_workers_is_given_up(db):
    job = claimed(silent_for=LEASE + 1, pid=1, lives=TRIES)
    assert jobs.run_waiting() == 0
    assert jobs.progress(job).state == "failed"
    assert "several times" in jobs.progress(job).says


def test_a_worker_that_lost_its_job_does_not_write_its_end(db):
    job = claimed(silent_for=LEASE + 1, pid=1)
    slow = jobs.JobWorker()
    row = DBTaskResult.objects.get(pk=job)
    slow._end(row, Progress.State.FAILED, "I was too slow.", RuntimeError())
    assert jobs.progress(job).state == "working"


CHILD = """
import sys, time, django
django.setup()
from django.db import connections
connections["default"].settings_dict.update(NAME=sys.argv[1])
from perdure.foundation.jobs import api as jobs
from perdure.foundation.files import api as files
@jobs.handles("test.slow")
def slow(work, *, first):
    files.store(first.encode(), media_type="text/plain")
    print("begun", flush=True)
    time.sleep(60)
jobs.JobWorker().run()
"""


@jobs.handles("test.slow")
def not_so_slow(work: jobs.Work, *, first: str) -> None:
    from perdure.foundation.files import api as files

    files.store(first.encode(), media_type="text/plain")
    DONE.append(first)


@pytest.mark.fresh_process
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_process_was_killed_is_done_by_the_next_worker_at_once():
    job = jobs.enqueue("test.slow", first="half way")
    name = str(connection.settings_dict["NAME"])
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, name], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        assert child.stdout.readline().strip() == "begun"
        assert jobs.progress(job).state == "working"
        assert jobs.run_waiting() == 0  # it is in good hands
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    began = time.monotonic()
    assert jobs.run_waiting() == 1
    assert (
        time.monotonic() - began < LEASE - 5
    )  # no need to wait for the lease: the process is gone from this machine
    assert (DONE, jobs.progress(job).state) == (["half way"], "done")
    assert len(DBTaskResult.objects.get(pk=job).worker_ids) == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_beside_the_web_server_is_woken_by_a_new_job():
    worker = jobs.JobWorker(interval=30)
    thread = worker.start()
    try:
        time.sleep(0.3)
        job = jobs.enqueue("test.note", words="at once")
        until = time.monotonic() + 10
        while jobs.progress(job).state != "done" and time.monotonic() < until:
            time.sleep(0.02)
        assert DONE == ["at once"]
    finally:
        worker.stop()
        thread.join(10)
    assert not thread.is_alive()


@jobs.handles("test.long")
def long_work(work: jobs.Work) -> None:
    time.sleep(1.2)


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_that_it_lives_while_it_works_and_writes_nothing_when_idle(monkeypatch):
    monkeypatch.setattr("perdure.foundation.jobs.worker.BEAT", 0.1)
    worker = jobs.JobWorker(interval=0.05)
    thread = worker.start()
    seen = set()
    try:
        time.sleep(0.5)
        assert not Worker.objects.exists()
        job = jobs.enqueue("test.long")
        until = time.monotonic() + 20
        while not jobs.progress(job).finished and time.monotonic() < until:
            seen |= set(Worker.objects.values_list("beat_at", flat=True))
            time.sleep(0.05)
    finally:
        worker.stop()
        thread.join(10)
    assert len(seen) >= 4
