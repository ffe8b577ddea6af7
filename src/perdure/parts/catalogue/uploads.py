"""A PDF that somebody dropped, on its way to a draft."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.definition.api import dump_definition
from perdure.core.digitise.edition import EditionRefused, take_up
from perdure.core.kernel.bounded import BoundExceeded
from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import Act, Person, may
from perdure.foundation.files import api as files
from perdure.foundation.jobs import api as jobs
from perdure.parts.catalogue import actions, pictures, recognising
from perdure.parts.catalogue.actors import permit
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.errors import ServiceNotFound, UploadRefused
from perdure.parts.catalogue.models import Draft, Service, Upload
from perdure.parts.catalogue.reading import DRAFTING, ReadForm, read_paper

LARGEST = 80 * 2**20
"""Bytes. The reader refuses more as well."""

JOB = "catalogue.digitise"
STAGES = ("reading", "drafting", "drawing")


@dataclass(frozen=True)
class UploadState:
    """How far an upload is. slug: the service it became, "" so far; refused: why it became none.

    stage        "waiting", "reading", "drafting" or "drawing"
    done, total  pages read, and how many there are (0: not known yet)
    read         it is read, and waits for somebody to decide: a new edition, or what looks like one
    """

    id: uuid.UUID
    name: str
    slug: str
    refused: str
    stage: str
    done: int
    total: int
    stopped: bool
    read: bool = False

    @property
    def finished(self) -> bool:
        return bool(self.slug or self.refused or self.stopped or self.read)


def start_upload(pdf: bytes, name: str, *, by: Person) -> uuid.UUID:
    """Keep a PDF and ask for it to be read. Raises NotAllowed or UploadRefused; then nothing is kept."""
    permit(by, Act.ADD_SERVICE)
    refuse_no_pdf(pdf, name)
    with transaction.atomic():
        kept = files.store(pdf, media_type=actions.PDF)
        waits = Upload.objects.filter(sha256=kept, service=None, edition_of=None).exclude(drafted="").first()
        if waits is not None:
            return waits.id
        there = Service.objects.filter(slug=actions.service_of_paper(kept)).first()
        upload = Upload(name=name[:200], sha256=kept, by=by.id, service=there, progress=uuid.uuid4())
        if there is None:
            upload.progress = jobs.enqueue(
                JOB, what=_("Reading %(name)s") % {"name": name[:60]}, queue="slow", upload=str(upload.id)
            )
        upload.save(force_insert=True)
    return upload.id


def upload_state(upload: uuid.UUID, *, by: Person) -> UploadState:
    """How far it is. Two queries. Raises NotAllowed or ServiceNotFound."""
    permit(by, Act.ADD_SERVICE)
    row = Upload.objects.select_related("service").filter(pk=upload, edition_of=None).first()
    if row is None:
        raise ServiceNotFound
    return state_of(row)


def state_of(row: Upload) -> UploadState:
    """How far the reading of an upload is. One query."""
    job = None if row.service or row.drafted else jobs.progress(row.progress)
    refused = row.refused
    if job is not None and job.state == "failed" and not refused:
        refused = _("Reading this form broke down. Try it again, or use another copy of the form.")
    return UploadState(
        id=row.id,
        name=row.name,
        slug=row.service.slug if row.service else "",
        refused=refused,
        stage=job.says if job and job.says in STAGES else "waiting",
        done=job.done if job else 0,
        total=job.total if job else 0,
        stopped=job is not None and job.state == "stopped",
        read=bool(row.drafted),
    )


@dataclass(frozen=True)
class PendingUpload:
    """A form that is no service yet. refused: why it became none; read: it waits for a decision."""

    id: uuid.UUID
    name: str
    refused: str
    read: bool

    @property
    def is_being_read(self) -> bool:
        return not (self.refused or self.read)


def pending_uploads(*, by: Person) -> list[PendingUpload]:
    """Forms that are no service, newest first: what this person dropped in the last day, and whatever
    waits for a decision that they may take. One query."""
    since = timezone.now() - timedelta(days=1)
    read = Q(drafted__gt="")
    wanted = Q(by=by.id, at__gte=since) | (read if may(by, Act.ADD_SERVICE) else Q(pk=None))
    rows = Upload.objects.filter(wanted, service=None, edition_of=None).order_by("-at")
    told = rows.annotate(read=ExpressionWrapper(read, output_field=BooleanField()))
    return [PendingUpload(*row) for row in told.values_list("id", "name", "refused", "read")[:100]]


def stop_upload(upload: uuid.UUID, *, by: Person) -> None:
    """Ask the reading to stop. Raises NotAllowed or ServiceNotFound."""
    permit(by, Act.ADD_SERVICE)
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload, edition_of=None).first()
        if row is None:
            raise ServiceNotFound
        if not (row.service_id or row.refused or row.drafted):
            jobs.ask_to_stop(row.progress)
            row.refused = _("It was stopped because somebody asked for it.")
            row.save(update_fields=["refused"])


@jobs.handles(JOB)
def digitise(work: jobs.Work, *, upload: str) -> None:
    """Read an upload and make it a draft; done twice it is as done once."""
    row = Upload.objects.filter(pk=upload).first()
    if row is None or row.service_id or row.refused or row.drafted:
        return
    telling = Telling(work)
    try:
        _read(row, telling)
    except BoundExceeded as problem:
        if problem.code == "kernel.cancelled":
            raise jobs.JobStopped(problem.what) from problem
        _refuse(row, problem)
    except jobs.JobStopped:
        raise
    except PerdureError as problem:
        _refuse(row, problem)
    else:
        _draw(telling, row.sha256)
        Upload.objects.filter(pk=row.pk).update(
            service=row.service,
            like=row.like,
            refused="",
            drafted=row.drafted,
            notes=row.notes,
            burden=row.burden,
        )


def _read(row: Upload, telling: Telling) -> None:
    """An upload becomes a service; a new edition, or what looks like one, keeps what was read of it."""
    pdf, stopped = files.fetch(row.sha256), telling.work.stop_asked
    if row.edition_of_id is not None:
        before = definition_of(Draft.objects.get(service=row.edition_of).definition)
        owner, day = before.owner, before.review_by
        read = read_paper(pdf, row.name, owner=owner, review_by=day, progress=telling.line, cancelled=stopped)
        take_up(before, read.definition)
        _wait(row, read)
        return
    there = actions.service_of_paper(row.sha256)
    if not there:
        read = actions.read_new(pdf, row.name, telling.line, stopped)
        row.like = recognising.service_like(read.definition, before=row.at)
        if row.like is not None:
            _wait(row, read)
            return
        there = actions.add_read(read, pdf, by=row.by)
    row.service = Service.objects.get(slug=there)


def _wait(row: Upload, read: ReadForm) -> None:
    """Note what was read, until somebody decides; saving it is the caller's."""
    row.drafted, row.notes, row.burden = dump_definition(read.definition), read.notes, read.burden


def _draw(telling: Telling, paper: str) -> None:
    """Draw the pages now, so that nobody waits for them; else they are drawn when somebody looks."""
    with suppress(PerdureError):
        telling.stage("drawing")
        pictures.draw_pages(paper)


def _refuse(row: Upload, problem: PerdureError) -> None:
    said = problem.next_step
    if isinstance(problem, EditionRefused):  # its next step is for a command line
        said = _("Look whether it is a new edition of this form.")
    words = " ".join(part for part in (problem.what, said) if part)
    Upload.objects.filter(pk=row.pk).update(refused=words)


def refuse_no_pdf(pdf: bytes, name: str) -> None:
    """Raises UploadRefused for what is no PDF."""
    if not pdf:
        raise UploadRefused(_("The file is empty."), _("Choose the PDF of a form."))
    refuse_too_large(len(pdf))
    if b"%PDF-" not in pdf[:1024]:
        raise UploadRefused(
            _("%(name)s is not a PDF.") % {"name": name[:60]}, _("Save the form as a PDF and try again.")
        )


def refuse_too_large(size: int) -> None:
    """Raises UploadRefused for more bytes than we take in; asked before a file is read into memory."""
    if size > LARGEST:
        raise UploadRefused(
            _("The file is larger than 80 MB."),
            _("Save it smaller, or split it and use the part that is the form."),
        )


@dataclass
class Telling:
    """Passes on how far the reading is."""

    work: jobs.Work
    total: int = 0

    def line(self, line: str) -> None:
        """A line such as "page 3 of 12", or that all pages are read."""
        numbers = [int(word) for word in line.split() if word.isdigit()]
        if len(numbers) == 2:
            done, self.total = numbers[0] - 1, numbers[1]
            self.work.report("reading", done=done, total=self.total)
        elif line == DRAFTING:
            self.stage("drafting")

    def stage(self, name: str) -> None:
        """Every page is read; this is done now."""
        self.work.report(name, done=self.total, total=self.total)
