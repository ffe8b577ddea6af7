"""The PDFs of a case: the paper form filled in, and letters. Made once, kept in files."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.digitise.api import FormRefused, read_pages_as_pictures
from perdure.core.kernel.errors import PerdureError
from perdure.core.paper.api import fill_paper
from perdure.core.paper.api import letter_pdf as typeset
from perdure.foundation.access.api import Act, Person
from perdure.foundation.audit import api as audit
from perdure.foundation.files import api as files
from perdure.foundation.jobs import api as jobs
from perdure.parts.casework.errors import CaseNotFound, PaperNotMade
from perdure.parts.casework.models import FilledPaper, Letter
from perdure.parts.casework.visible import cases_for
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake
from perdure.parts.intake.api import SentApplication

PDF = "application/pdf"
LETTER_JOB = "casework.letter-pdf"


def filled_paper(*, reference: str, by: Person) -> bytes:
    """The original form with this case's answers in it. The look is on the record.

    Raises CaseNotFound, or PaperNotMade when the service has no paper form or it cannot be filled in.
    """
    _require_visible(reference, by)
    audit.record("paper-seen", about=reference, by=by.id)
    return files.fetch(_paper(reference).pdf)


def paper_pictures(*, reference: str, by: Person) -> int:
    """Make the pages of the filled form into pictures; returns how many. Raises as filled_paper."""
    _require_visible(reference, by)
    audit.record("paper-seen", about=reference, by=by.id)
    return len(_pictured(_paper(reference)).pictures)


def paper_picture(page: int, *, reference: str, by: Person) -> bytes:
    """One page of the filled form as a PNG, counted from 1. Raises CaseNotFound, also for no such page."""
    _require_visible(reference, by)
    pictures = _pictured(_paper(reference)).pictures
    if not 1 <= page <= len(pictures):
        raise CaseNotFound
    return files.fetch(pictures[page - 1])


def _require_visible(reference: str, by: Person) -> None:
    if not cases_for(by, Act.SEE_PAPER).filter(reference=reference).exists():
        raise CaseNotFound


def _paper(reference: str) -> FilledPaper:
    """The filled paper of a case: kept, or made now. Raises PaperNotMade."""
    application = intake.sent(reference)
    key = _key(application)
    kept = FilledPaper.objects.filter(key=key).first()
    if kept is None:
        pdf = files.store(_fill(application), media_type=PDF)
        kept, _new = FilledPaper.objects.get_or_create(key=key, defaults={"pdf": pdf})
    return kept


def _pictured(paper: FilledPaper) -> FilledPaper:
    if not paper.pictures:
        try:
            pages = read_pages_as_pictures(files.fetch(paper.pdf), dpi=90, colour=True, filled=True)
        except FormRefused as problem:
            raise PaperNotMade(problem.what, problem.next_step, code=problem.code) from problem
        paper.pictures = [files.store(page, media_type="image/png") for page in pages]
        paper.save(update_fields=["pictures"])
    return paper


def _key(application: SentApplication) -> str:
    told = [application.version, application.reference, application.answers]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _fill(application: SentApplication) -> bytes:
    service = catalogue.service_at(application.version)
    definition = service.definition
    paper = catalogue.paper_of(application.version) if definition.paper else b""
    if not paper:
        raise PaperNotMade(
            _("This service has no paper form, so there is nothing to fill in."),
            _("Everything asked and answered stands on the case page, which you can print."),
        )
    day = timezone.localdate(application.sent_at)
    try:
        return fill_paper(
            paper,
            definition,
            dict(application.answers),
            reference=application.reference,
            today=day,
            derived=service.path(application.answers, today=day).derived,
        ).pdf
    except PerdureError as problem:
        raise PaperNotMade(problem.what, problem.next_step, code=problem.code) from problem


def ask_for_pdf(letter_id: int) -> None:
    """Have the PDF of a letter made after this transaction is kept."""
    jobs.enqueue(LETTER_JOB, what=_("Writing a letter"), letter=letter_id)


@jobs.handles(LETTER_JOB)
def write_letter_pdf(work: jobs.Work, *, letter: int) -> None:
    """Make the PDF of one letter; a second time changes nothing."""
    row = Letter.objects.select_related("case").filter(pk=letter, pdf="").first()
    if row is not None:
        row.pdf = files.store(_letter_pdf(row), media_type=PDF)
        row.save(update_fields=["pdf"])


def letter_pdf(letter_id: int, *, reference: str) -> tuple[bytes, str]:
    """PDF and subject of a letter of this case, made now if the job has not.

    Who may read it is settled by whoever calls. Raises CaseNotFound or PaperNotMade.
    """
    row = Letter.objects.select_related("case").filter(pk=letter_id, case__reference=reference).first()
    if row is None:
        raise CaseNotFound
    if not row.pdf:
        row.pdf = files.store(_letter_pdf(row), media_type=PDF)
        row.save(update_fields=["pdf"])
    return files.fetch(row.pdf), row.subject


def _letter_pdf(letter: Letter) -> bytes:
    try:
        return typeset(
            letter.subject,
            letter.body,
            organisation=settings.ORGANISATION,
            reference=letter.case.reference,
            date=timezone.localdate(letter.written_at),
            language=letter.language,
        )
    except PerdureError as problem:
        raise PaperNotMade(problem.what, problem.next_step, code=problem.code) from problem
