"""A new edition of a paper form, taken up in the studio by clicks."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.journeys.studio_form import second_edition, small_form
from tests.parts.catalogue.staff import signed_in

from perdure.core.definition.api import load_definition
from perdure.examples import GRANT_PDF
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue import drafting, editing
from perdure.parts.catalogue.models import Draft, Service, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence(db):
    """The first edition as a draft that its owner worked on: a title of their own, everything accepted."""
    slug = catalogue.add_from_pdf(small_form(), "dog.pdf", by="system:test")
    draft = Draft.objects.get()
    page = load_definition(draft.definition).pages[0]
    question = page.questions[0]
    wish = editing.Wish(
        "Who are you?", question.hint, question.type, (), question.parts, question.required, page.section
    )
    editing.rewrite(slug, page.id, question.id, wish, by="system:test", revision=draft.revision)
    draft.refresh_from_db()
    pages = [one.id for one in load_definition(draft.definition).pages]
    editing.accept_sure(slug, pages, by="system:test", revision=draft.revision)
    return slug


def drop(client, slug, content, name="dog-2027.pdf"):
    from perdure.foundation.jobs import api as jobs

    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    answer = client.post(f"/studio/{slug}/edition/", {"form": file})
    jobs.run_waiting()
    return answer


def take(client, slug, **more):
    row, draft = Upload.objects.get(edition_of__slug=slug), Draft.objects.get(service__slug=slug)
    said = {"revision": draft.revision} | more
    return client.post(f"/studio/{slug}/edition/{row.id}/take/", said)


def titles(slug):
    return [
        one.title for one in load_definition(Draft.objects.get(service__slug=slug).definition).questions()
    ]


def test_a_dropped_edition_is_shown_and_changes_nothing_yet(licence):
    owner, before = signed_in(), Draft.objects.get().definition
    assert drop(owner, licence, second_edition()).status_code == 302
    page = owner.get(f"/studio/{licence}/edition/").content.decode()
    assert "New questions" in page
    assert "chip number" in page.lower()
    assert "Gone" in page
    assert "24 pounds" in page
    assert Draft.objects.get().definition == before
    assert Service.objects.count() == 1


def test_taking_it_up_keeps_the_owners_words_and_asks_for_what_changed(licence):
    owner = signed_in()
    accepted = set(Draft.objects.get().accepted)
    drop(owner, licence, second_edition())
    assert take(owner, licence)["Location"] == f"/studio/{licence}/"
    draft = Draft.objects.get()
    now = load_definition(draft.definition)
    assert titles(licence)[0] == "Who are you?"
    assert any("chip" in title.lower() for title in titles(licence))
    assert not any("name of the dog" in title.lower() for title in titles(licence))
    new = next(page for page in now.pages if "chip" in page.questions[0].title.lower())
    assert new.id not in draft.accepted
    assert accepted & {page.id for page in now.pages} <= set(draft.accepted)
    assert draft.unsure == 1
    page = owner.get(f"/studio/{licence}/").content.decode()
    assert "New on the paper." in page


def test_pictures_and_paper_are_those_of_the_new_edition_and_applicants_keep_theirs(licence):
    owner = signed_in()
    catalogue.publish(licence, by="system:test")
    old_picture = owner.get(f"/studio/{licence}/paper/1.png").content
    drop(owner, licence, second_edition())
    take(owner, licence)
    assert owner.get(f"/studio/{licence}/paper/1.png").content != old_picture
    assert catalogue.paper_of(licence) == small_form()
    version = catalogue.publish(licence, by="system:test")
    assert catalogue.paper_of(licence) == second_edition()
    assert catalogue.paper_of(version) == second_edition()


def test_undo_brings_the_old_paper_its_questions_and_its_notes_back(licence):
    owner, before = signed_in(), Draft.objects.get()
    drop(owner, licence, second_edition())
    take(owner, licence)
    drafting.undo(licence, by="system:test", revision=Draft.objects.get().revision)
    after = Draft.objects.get()
    assert (after.definition, after.notes, after.burden, after.accepted, after.paper, after.unsure) == (
        before.definition,
        before.notes,
        before.burden,
        before.accepted,
        before.paper,
        before.unsure,
    )
    assert "Take up the new edition" in owner.get(f"/studio/{licence}/edition/").content.decode()


def test_a_colleagues_change_in_the_meantime_is_kept(licence):
    owner = signed_in()
    drop(owner, licence, second_edition())
    seen = Draft.objects.get().revision
    page = load_definition(Draft.objects.get().definition).pages[1]
    editing.move(licence, page.id, -1, by="system:test", revision=seen)
    answer = take(owner, licence, revision=seen)
    assert answer["Location"] == f"/studio/{licence}/edition/"
    assert Draft.objects.get().paper == ""
    take(owner, licence)
    assert titles(licence)[1] == "Who are you?"


def test_marked_instructions_go_into_the_guidance(licence):
    owner = signed_in()
    drop(owner, licence, second_edition())
    passage = load_definition(Upload.objects.get().drafted).guidance[-1]
    take(owner, licence, passage=[passage.id])
    kept = load_definition(Draft.objects.get().definition).guidance
    assert [one.text for one in kept] == [passage.text]


def test_a_form_that_shares_little_is_told_before_anybody_takes_it_up(licence):
    owner = signed_in()
    drop(owner, licence, GRANT_PDF.read_bytes())
    page = owner.get(f"/studio/{licence}/edition/").content.decode()
    assert "Look whether it is the right file" in page
    Upload.objects.all().delete()
    drop(owner, licence, second_edition())
    page = owner.get(f"/studio/{licence}/edition/").content.decode()
    assert "Look whether it is the right file" not in page


def bicycle_form() -> bytes:
    """A form with one question that has nothing to do with dogs."""
    with pikepdf.open(io.BytesIO(small_form((("Colour of the bicycle", 400, (180, 394, 420, 412)),)))) as pdf:
        kept = [one for one in pdf.Root.AcroForm.Fields if str(one.T) == "f400"]
        pdf.pages[0].Annots = pdf.Root.AcroForm.Fields = pikepdf.Array(kept)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def test_another_form_is_refused_in_words_without_a_command(licence):
    owner = signed_in()
    drop(owner, licence, bicycle_form())
    page = owner.get(f"/studio/{licence}/edition/").content.decode()
    assert "shares no question" in page
    assert "--against" not in page
    assert "Take up the new edition" not in page


def test_the_same_file_and_what_is_no_pdf_are_refused(licence):
    owner = signed_in()
    assert "the very file" in drop(owner, licence, small_form()).content.decode()
    assert "is not a PDF" in drop(owner, licence, b"hello", "letter.pdf").content.decode()
    assert not Upload.objects.exists()


def test_an_edition_can_be_left(licence):
    owner, before = signed_in(), Draft.objects.get().definition
    drop(owner, licence, second_edition())
    owner.post(f"/studio/{licence}/edition/{Upload.objects.get().id}/leave/")
    assert not Upload.objects.exists()
    assert Draft.objects.get().definition == before


def test_who_may_not_edit_drops_and_takes_nothing(licence):
    drop(signed_in(), licence, second_edition())
    worker = signed_in("caseworker", name="Bram")
    assert drop(worker, licence, second_edition()).status_code == 403
    assert take(worker, licence).status_code == 403
    assert Draft.objects.get().paper == ""


def test_a_paper_that_was_taken_up_is_no_service_of_its_own(licence):
    owner = signed_in()
    drop(owner, licence, second_edition())
    take(owner, licence)
    assert catalogue.add_from_pdf(second_edition(), "dog-2027.pdf", by="system:test") == licence
    assert Service.objects.count() == 1
