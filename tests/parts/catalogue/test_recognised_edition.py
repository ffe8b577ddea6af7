"""A form dropped on the studio's first page that looks like a new edition of a service that is there."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.journeys.studio_form import second_edition, small_form
from tests.parts.catalogue.staff import signed_in

from perdure.core.definition.api import load_definition
from perdure.examples import GRANT_PDF
from perdure.foundation.jobs import api as jobs
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue import drafting
from perdure.parts.catalogue.models import Draft, Service, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence(db):
    """The first edition as a service."""
    return catalogue.add_from_pdf(small_form(), "dog.pdf", by="system:test")


def drop(client, *contents):
    """What the first page answers, once the forms are read."""
    files = [
        SimpleUploadedFile(f"dog-{2027 + at}.pdf", content, content_type="application/pdf")
        for at, content in enumerate(contents)
    ]
    answer = client.post("/studio/", {"form": files})
    jobs.run_waiting()
    return answer


def decide(client, what, **said):
    return client.post(f"/studio/uploads/{Upload.objects.get().id}/{what}/", said)


def shown(client):
    return client.get(f"/studio/uploads/{Upload.objects.get().id}/", follow=True).content.decode()


def test_the_page_after_the_reading_offers_the_edition_first_and_changes_nothing_yet(licence):
    owner, before = signed_in(), Draft.objects.get().definition
    drop(owner, second_edition())
    page = shown(owner)
    assert "This looks like a new edition of Dog licence" in page
    assert page.index("Make it the new edition") < page.index("Make it a service of its own")
    assert "chip number" in page.lower()
    assert "24 pounds" in page
    assert "Waits for you" in owner.get("/studio/").content.decode()
    assert Draft.objects.get().definition == before


def test_as_the_edition_the_service_gets_its_new_paper_and_undo_takes_it_back(licence):
    owner, before = signed_in(), Draft.objects.get()
    drop(owner, second_edition())
    passage = load_definition(Upload.objects.get().drafted).guidance[-1]
    answer = decide(owner, "take", revision=before.revision, passage=[passage.id])
    assert answer["Location"] == f"/studio/{licence}/"
    draft = Draft.objects.get()
    assert draft.paper == Upload.objects.get().sha256
    assert [one.text for one in load_definition(draft.definition).guidance] == [passage.text]
    drafting.undo(licence, by="system:test", revision=draft.revision)
    assert Draft.objects.get().definition == before.definition
    assert "Take up the new edition" in owner.get(f"/studio/{licence}/edition/").content.decode()


def test_as_a_service_of_its_own_it_changes_nothing_on_the_other(licence):
    owner, before = signed_in(), Draft.objects.get().definition
    drop(owner, second_edition())
    drafted = load_definition(Upload.objects.get().drafted)
    slug = decide(owner, "own")["Location"].split("/")[2]
    assert slug != licence
    own = load_definition(Draft.objects.get(service__slug=slug).definition)
    assert own.pages == drafted.pages
    assert own.guidance == drafted.guidance
    assert Draft.objects.get(service__slug=licence).definition == before
    assert owner.get(f"/studio/uploads/{Upload.objects.get().id}/")["Location"] == f"/studio/{slug}/"


def test_who_decides_on_what_a_colleague_has_changed_meanwhile_looks_again(licence):
    owner = signed_in()
    drop(owner, second_edition())
    answer = decide(owner, "take", revision=Draft.objects.get().revision + 1)
    assert answer["Location"].endswith("/decide/")
    assert Draft.objects.get().paper == ""
    assert "Make it the new edition" in shown(owner)


def test_only_one_of_two_decisions_counts(licence):
    owner = signed_in()
    drop(owner, second_edition())
    decide(owner, "own")
    decide(owner, "take", revision=1)
    decide(owner, "leave")
    assert Service.objects.count() == 2
    assert not Draft.objects.exclude(paper="").exists()
    assert Upload.objects.count() == 1


def test_dropped_again_it_still_waits_and_left_it_is_gone(licence):
    owner = signed_in()
    drop(owner, second_edition())
    drop(owner, second_edition())
    assert Upload.objects.count() == 1
    decide(owner, "leave")
    assert not Upload.objects.exists()
    assert Service.objects.count() == 1


def test_who_may_not_edit_the_service_is_not_shown_it_and_cannot_change_it(licence):
    drop(signed_in(), second_edition())
    worker = signed_in("caseworker", name="Bram")
    assert worker.get(f"/studio/uploads/{Upload.objects.get().id}/decide/").status_code == 403
    assert decide(worker, "take", revision=1).status_code == 403
    assert Draft.objects.get().paper == ""


def test_another_form_becomes_a_service_at_once_and_so_do_forms_dropped_together(licence):
    drop(signed_in(), GRANT_PDF.read_bytes())
    assert Service.objects.count() == 2


def test_two_editions_dropped_together_where_none_was_become_two_services(db):
    drop(signed_in(), small_form(), second_edition())
    assert Service.objects.count() == 2
