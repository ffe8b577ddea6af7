"""The PDFs of a case: made once, kept, and a sentence when they cannot be made."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.parts.casework.acting import MONDAY, send_application, staff
from tests.parts.casework.test_desk_pages import signed_in, words_of

from perdure.core.paper.api import read_back
from perdure.foundation.audit import api as audit
from perdure.foundation.jobs import api as jobs
from perdure.parts.casework import api as casework
from perdure.parts.catalogue import api as catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_paper(db):
    """(reference, caseworker) of a case of the example service, which has a paper form."""
    from tests.journeys.desk_answers import ANSWERS

    from perdure.examples import GRANT_DEFINITION, GRANT_PDF

    slug = catalogue.add_from_definition(
        GRANT_DEFINITION.read_text("utf-8"), GRANT_PDF.read_bytes(), by="system:test"
    )
    catalogue.publish(slug, by="system:test")
    amina = staff("amina@example.org", "Amina Khan", service=slug)
    return send_application(slug, ANSWERS, at=timezone.now())[0], amina


def test_the_paper_form_holds_the_answers_and_the_look_is_on_the_record(with_paper):
    reference, amina = with_paper
    pdf = casework.filled_paper(reference=reference, by=amina)
    definition = catalogue.definition_at(casework.status_of(reference).version)
    written = read_back(pdf, definition)
    by_answer = {box.answer: written[box.id] for box in definition.paper.boxes if box.write != "tick"}
    assert (by_answer["name.given"], by_answer["name.family"]) == ("Ada", "Byron")
    assert "paper-seen" in [act.verb for act in audit.acts_about(reference)]


def test_the_paper_form_is_made_once(with_paper, monkeypatch):
    reference, amina = with_paper
    first = casework.filled_paper(reference=reference, by=amina)
    monkeypatch.delattr("perdure.parts.casework.papers.fill_paper")  # from here on nobody can make one
    assert casework.filled_paper(reference=reference, by=amina) == first


def test_a_paper_form_that_cannot_be_opened_is_told_in_a_sentence(with_paper):
    from perdure.foundation.files.models import Blob

    reference, _amina = with_paper
    definition = catalogue.definition_at(casework.status_of(reference).version)
    Blob.objects.filter(sha256=definition.paper.sha256).update(content=b"not a PDF at all")
    answer = signed_in("amina@example.org").get(f"/desk/cases/{reference}/paper.pdf")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert "No paper form to show" in words_of(answer)


def test_somebody_without_the_right_to_the_paper_sees_the_case_but_not_the_paper(with_paper):
    reference, _amina = with_paper
    service = casework.status_of(reference).service
    viewer = staff("vera@example.org", "Vera", role="viewer", service=service)
    assert casework.case_record(reference, person=viewer).reference == reference
    with pytest.raises(casework.CaseNotFound):
        casework.filled_paper(reference=reference, by=viewer)


@pytest.mark.django_db(transaction=True)
def test_the_job_makes_the_letter_a_pdf_and_doing_it_again_changes_nothing(send, amina):
    from perdure.parts.casework.models import Letter
    from perdure.parts.casework.papers import write_letter_pdf

    reference = send()
    casework.decide(reference=reference, outcome="approve", by=amina, at=MONDAY)
    assert not casework.status_of(reference).letters[0].has_pdf
    jobs.run_waiting()
    assert casework.status_of(reference).letters[0].has_pdf
    kept = Letter.objects.get()
    write_letter_pdf(None, letter=kept.pk)
    assert Letter.objects.get().pdf == kept.pdf
