"""The PDFs of a case: the paper form filled in, and letters. Made once, kept in files."""

from __future__ import annotations

import hashlib
import json

from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError
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
    case = cases_for(by, Act.SEE_PAPER).filter(reference=reference).only("reference", "version").first()
    if case is None:
        raise CaseNotFound
    audit.record("paper-seen", about=reference, by=by.id)
    return paper_of(intake.sent(reference))


def paper_of(application: SentApplication) -> bytes:
    """The filled paper of a sent application: from files, or made now. Raises PaperNotMade."""
    key = _key(application)
    kept = FilledPaper.objects.filter(key=key).values_list("pdf", flat=True).first()
    if kept:
        return files.fetch(kept)
    pdf = _fill(application)
    FilledPaper.objects.update_or_create(key=key, defaults={"pdf": files.store(pdf, media_type=PDF)})
    return pdf


def _key(application: SentApplication) -> str:
    told = [application.version, application.reference, application.answers]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _fill(application: SentApplication) -> bytes:
    from perdure.core.paper.api import fill_paper  # takes 100 ms and 20 MB: only where a paper is made

    definition = catalogue.definition_at(application.version)
    paper = catalogue.paper_of(application.version) if definition.paper else b""
    if not paper:
        raise PaperNotMade(
            _("This service has no paper form, so there is nothing to fill in."),
            _("Everything asked and answered stands on the case page, which you can print."),
        )
    day = timezone.localdate(application.sent_at)
    try:
        return bytes(
            fill_paper(paper, definition, application.answers, reference=application.reference, today=day).pdf
        )
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
    from django.conf import settings

    from perdure.core.paper.api import letter_pdf as typeset  # as above: only where a letter is made

    definition = catalogue.definition_at(letter.case.version)
    contact = definition.contact
    try:
        return typeset(
            organisation=settings.ORGANISATION,
            subject=letter.subject,
            body=letter.body,
            reference=letter.case.reference,
            day=timezone.localdate(letter.written_at),
            language=letter.language,
            contact=[line for line in (contact.post, contact.phone, contact.email) if line],
        )
    except PerdureError as problem:
        raise PaperNotMade(problem.what, problem.next_step, code=problem.code) from problem
