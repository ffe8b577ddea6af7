"""Importing a list: a file is looked at, its mapping corrected, its rows taken in, stopped, gone on, undone.

looking -> mapping -> running -> done -> undoing -> undone; running -> stopped or failed -> running.
What a killed process leaves is whole: rows go in by batches, each with the place reached.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import blake2s
from pathlib import Path
from typing import IO, Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from perdure.core.kernel.bounded import BoundExceeded
from perdure.core.kernel.errors import PerdureError
from perdure.core.lists import api as lists
from perdure.foundation.audit.api import record
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import importing_files as kept_files
from perdure.parts.register import importing_looking as looking
from perdure.parts.register import importing_rows as rows
from perdure.parts.register import importing_undo
from perdure.parts.register.actors import Actor, permit, recorded
from perdure.parts.register.errors import ImportMoved, ImportNotFound, ImportRefused
from perdure.parts.register.importing_fields import Ready
from perdure.parts.register.importing_targets import targets
from perdure.parts.register.models import Import, SourceList

LOOK, RUN, UNDO = "register.look-at-list", "register.import", "register.undo-import"
LARGEST = 1024 * 2**20
"""Bytes of one file."""

State = Import.State
_In = TypeVar("_In")
_Out = TypeVar("_Out")
Report = Callable[[int, int], None]
"""Called with rows done and rows in all; may raise JobStopped."""


def start_import(
    file: IO[bytes],
    name: str,
    *,
    size: int,
    list_title: str,
    year: int | None,
    by: Actor,
    complete: bool | None = None,
) -> uuid.UUID:
    """Keep a file and ask for it to be looked at. Raises NotAllowed or ImportRefused; no import then.

    list_title  a list that is there (its title or short name), or the title of a new one
    """
    permit(by)
    refuse_size(size)
    require_year(year)
    kept = kept_files.keep(file)
    with transaction.atomic():
        origin = add_import(kept, name, list_title=list_title, year=year, by=by, complete=complete)
        ask_to_look(origin)
    return origin.id


def refuse_size(size: int) -> None:
    """Raises ImportRefused for an empty file and for one that is too large."""
    if size <= 0:
        raise ImportRefused(_("The file is empty."), _("Choose a file with a list in it."))
    if size > LARGEST:
        raise ImportRefused(
            _("The file is larger than 1 GB."), _("Split it, and import its parts one after the other.")
        )


def require_year(year: int | None) -> None:
    """Raises ImportRefused for what is no year of a list."""
    if year is not None and not 1900 <= year <= 2200:
        raise ImportRefused(_("%(year)s is not a year of a list.") % {"year": year}, _("Write 2024, say."))


def add_import(
    kept: str, name: str, *, list_title: str, year: int | None, by: Actor, complete: bool | None
) -> Import:
    """An import of a file that is kept, in the caller's transaction."""
    return Import.objects.create(
        source=list_called(list_title, complete=complete),
        name=name.rpartition("/")[2][:200],
        file=kept,
        year=year,
        state=State.LOOKING,
        by=recorded(by),
    )


def list_called(title: str, *, complete: bool | None = None) -> SourceList:
    """The list with this short name or title; a new one when there is none. Raises ImportRefused for "".

    complete  says so about the list; None leaves what was said before
    """
    title = " ".join(title.split())[:300]
    if not title:
        raise ImportRefused(_("The list has no name."), _("Say which list this is, such as Major projects."))
    slug = slugify(title)[:80] or f"list-{blake2s(title.encode(), digest_size=5).hexdigest()}"
    found, _made = SourceList.objects.get_or_create(
        slug=slug, defaults={"title": title, "complete": bool(complete)}
    )
    if complete is not None and found.complete != complete:
        found.complete = complete
        found.save(update_fields=["complete"])
    return found


def ask_to_look(origin: Import) -> None:
    """Ask for a file to be looked at (again), in the caller's transaction."""
    origin.state, origin.says = State.LOOKING, ""
    what = _("Looking at %(name)s") % {"name": origin.name[:60]}
    origin.progress = jobs.enqueue(LOOK, what=what, queue="slow", origin=str(origin.id))
    origin.save(update_fields=["state", "says", "progress"])


@jobs.handles(LOOK)
def look(work: jobs.Work, *, origin: str) -> None:
    """Find out what a file is and suggest a mapping; done twice it is as done once."""
    row = Import.objects.select_related("source").get(pk=origin)
    if row.state != State.LOOKING:
        return
    try:
        with kept_files.on_disk(row.file, row.name) as path, opened(row, path, work.stop_asked) as listed:
            looking.look_at(row, listed)
    except PerdureError as problem:
        _leave(row, problem)
        raise


def look_again(origin: uuid.UUID, *, options: dict[str, Any], by: Actor) -> None:
    """Read the file another way: another sheet, encoding, or with names of columns or without."""
    permit(by)
    with transaction.atomic():
        row = _locked(origin, State.MAPPING, State.FAILED)
        if row.read:
            raise ImportRefused(_("Rows of this file are in already."), _("Undo the import first."))
        row.looked = {**row.looked, "options": options}
        row.save(update_fields=["looked"])
        ask_to_look(row)


def save_mapping(origin: uuid.UUID, mapping: lists.Mapping, *, by: Actor) -> None:
    """Keep a corrected mapping with the import and its list. Raises MappingRefused when it cannot work."""
    permit(by)
    with transaction.atomic():
        row = _locked(origin, State.MAPPING)
        set_mapping(row, mapping)


def set_mapping(row: Import, mapping: lists.Mapping) -> None:
    """Keep a mapping with its import and its list, in the caller's transaction."""
    lists.Mapper(mapping, targets(), row.looked["columns"])
    row.mapping = lists.dump_mapping(mapping)
    row.save(update_fields=["mapping"])
    SourceList.objects.filter(pk=row.source_id).update(mapping=row.mapping)


def begin(origin: uuid.UUID, *, by: Actor) -> None:
    """Take the rows in, or go on after a stop: a job. Raises ImportRefused when that is not possible now."""
    permit(by)
    with transaction.atomic():
        row = _locked(origin, State.MAPPING, State.STOPPED, State.FAILED, State.RUNNING)
        if row.state == State.RUNNING and _at_work(row):
            raise ImportRefused(_("This import is running."), _("Wait until it is done, or stop it."))
        if not row.looked.get("columns"):
            raise ImportRefused(_("This file could not be read."), _("Import another copy of it."))
        set_running(row, by=by)
        what = _("Importing %(name)s") % {"name": row.name[:60]}
        row.progress = jobs.enqueue(RUN, what=what, queue="slow", origin=str(row.id))
        row.save(update_fields=["progress"])


def set_running(row: Import, *, by: Actor) -> None:
    """From here on batches may go in."""
    lists.Mapper(lists.load_mapping(row.mapping), targets(), row.looked["columns"])
    verb = "import-resumed" if row.read else "import-started"
    row.state, row.says = State.RUNNING, ""
    row.save(update_fields=["state", "says"])
    detail = {"list": row.source.slug, "name": row.name, "year": row.year}
    record(verb, about=f"import {row.id}", by=recorded(by), detail=detail)


def stop(origin: uuid.UUID, *, by: Actor) -> None:
    """Ask a running import to stop; what is in stays in, and it can go on from there."""
    permit(by)
    row = _find(origin)
    if row.state == State.RUNNING and row.progress is not None:
        jobs.ask_to_stop(row.progress)
        if not _at_work(row):
            Import.objects.filter(pk=row.pk, state=State.RUNNING).update(state=State.STOPPED)


@jobs.handles(RUN)
def run(work: jobs.Work, *, origin: str) -> None:
    """Take the rows in from the place reached; done twice it is as done once."""
    row = Import.objects.select_related("source").get(pk=origin)
    if row.state != State.RUNNING:
        return

    def report(done: int, total: int) -> None:
        work.report(done=done, total=total)

    try:
        with kept_files.on_disk(row.file, row.name) as path, opened(row, path, work.stop_asked) as listed:
            take_rows(row, listed, report=report)
    except ImportMoved:
        return  # another worker is further than we are
    except jobs.JobStopped:
        Import.objects.filter(pk=row.pk, state=State.RUNNING).update(state=State.STOPPED)
        raise
    except BoundExceeded as problem:
        if problem.code == "kernel.cancelled":
            Import.objects.filter(pk=row.pk, state=State.RUNNING).update(state=State.STOPPED)
            raise jobs.JobStopped(problem.what) from problem
        _leave(row, problem)
        raise
    except PerdureError as problem:
        _leave(row, problem)
        raise


def opened(row: Import, path: Path, cancelled: Callable[[], bool] | None = None) -> lists.ListFile:
    """The file as a list, read as a person said. Raises ListRefused or BoundExceeded."""
    return lists.open_list(path, options=looking.options_of(row), cancelled=cancelled)


def take_rows(row: Import, listed: lists.ListFile, *, report: Report) -> None:
    """Take the rows in from the place reached to the end; each batch is one transaction."""
    mapper = lists.Mapper(lists.load_mapping(row.mapping), targets(), listed.about.columns)

    row.source.slug  # noqa: B018 (loaded here, so that the thread asks nothing of the database)
    mostly_new = row.added >= row.merged

    def made_ready(batch: list[lists.Row]) -> list[Ready | lists.Rejected]:
        return rows.ready_with_cases(row, map(mapper.apply, batch), mostly_new=mostly_new)

    for batch in _ahead(made_ready, _from(row.read, listed.batches(rows.batch_size()))):
        counts = rows.take_in(row, batch)
        mostly_new = counts.added > counts.merged
        report(row.read, listed.about.rows)
        rows.let_others_write()
    _finish(row)


def _from(start: int, batches: Iterator[list[lists.Row]]) -> Iterator[list[lists.Row]]:
    """The rows of a list after so many."""
    place = 0
    for batch in batches:
        fresh = batch[max(0, start - place) :]
        place += len(batch)
        if fresh:
            yield fresh


def _ahead(work: Callable[[_In], _Out], items: Iterator[_In]) -> Iterator[_Out]:
    """The results in order, each worked out in a thread while the one before is used."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming: Future[_Out] | None = None
        for item in items:
            after = thread.submit(work, item)
            if coming is not None:
                yield coming.result()
            coming = after
        if coming is not None:
            yield coming.result()


@transaction.atomic
def _finish(row: Import) -> None:
    now = Import.objects.select_for_update().get(pk=row.pk)
    if now.state != State.RUNNING:
        return
    now.state = State.DONE
    now.save(update_fields=["state"])
    detail = {
        "list": row.source.slug,
        "read": now.read,
        "added": now.added,
        "merged": now.merged,
        "rejected": now.rejected,
    }
    record("import-done", about=f"import {now.id}", by=now.by, detail=detail, at=timezone.now())
    row.state = State.DONE
    from perdure.parts.register import linking

    linking.ask_for_links(row.source)


def undo(origin: uuid.UUID, *, by: Actor) -> None:
    """Take an import back: a job. Its rows go, and with them the cases that only it made."""
    permit(by)
    with transaction.atomic():
        row = _locked(origin, State.DONE, State.STOPPED, State.FAILED, State.UNDOING)
        if row.state == State.UNDOING and _at_work(row):
            return
        row.state, row.says = State.UNDOING, ""
        what = _("Undoing %(name)s") % {"name": row.name[:60]}
        row.progress = jobs.enqueue(UNDO, what=what, queue="slow", origin=str(row.id))
        row.save(update_fields=["state", "says", "progress"])
        detail = {"list": row.source.slug, "name": row.name}
        record("import-undo-started", about=f"import {row.id}", by=recorded(by), detail=detail)


@jobs.handles(UNDO)
def run_undo(work: jobs.Work, *, origin: str) -> None:
    """Take rows back until none is left; done twice it is as done once."""
    row = Import.objects.select_related("source").get(pk=origin)
    if row.state == State.UNDOING:
        importing_undo.undo_rows(row, report=lambda done, total: work.report(done=done, total=total))


def drop(origin: uuid.UUID, *, by: Actor) -> None:
    """Forget a file that no row was taken from."""
    permit(by)
    with transaction.atomic():
        row = _locked(origin, State.MAPPING, State.FAILED, State.LOOKING)
        if row.read:
            raise ImportRefused(_("Rows of this file are in already."), _("Undo the import instead."))
        row.delete()


def _find(origin: uuid.UUID) -> Import:
    row = Import.objects.select_related("source").filter(pk=origin).first()
    if row is None:
        raise ImportNotFound
    return row


def _locked(origin: uuid.UUID, *states: str) -> Import:
    row = Import.objects.select_for_update(of=("self",)).select_related("source").filter(pk=origin).first()
    if row is None:
        raise ImportNotFound
    if row.state not in states:
        raise ImportRefused(
            _("This is not possible now: the import is in another state."), _("Load the page again.")
        )
    return row


def _at_work(row: Import) -> bool:
    job = jobs.progress(row.progress) if row.progress else None
    return job is not None and not job.finished


def _leave(row: Import, problem: PerdureError) -> None:
    says = " ".join(part for part in (problem.what, problem.next_step) if part)
    Import.objects.filter(pk=row.pk).update(state=State.FAILED, says=says)
