"""The studio over HTTP: who may see it, lists, uploads, review, text, publish."""

from __future__ import annotations

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.parts.catalogue.conftest import grant
from tests.parts.catalogue.staff import signed_in

from perdure.foundation.jobs import api as jobs
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue.models import Draft, Service, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db):
    return signed_in()


def test_nobody_sees_the_studio_without_signing_in(garden):
    for address in (
        "/studio/",
        f"/studio/{garden}/",
        f"/studio/{garden}/publish/",
        f"/studio/{garden}/text/",
    ):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


def test_the_list_says_where_each_service_stands(owner, garden):
    page = owner.get("/studio/").content.decode()
    assert "Garden grant" in page
    assert "1 question needs you" in page
    catalogue.publish(garden, by="system:test")
    page = owner.get("/studio/").content.decode()
    assert "Running" in page


def test_the_list_costs_the_same_for_one_service_and_for_many(owner, garden, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    owner.get("/studio/")
    with CaptureQueriesContext(connection) as few:
        owner.get("/studio/")
    for number in range(12):
        catalogue.add_from_definition(grant(id=f"grant-{number}"), by="system:test")
    with django_assert_max_num_queries(len(few)):
        assert owner.get("/studio/").content.decode().count("Garden grant") == 13


def test_a_long_list_is_shown_in_pages(owner):
    for number in range(23):
        catalogue.add_from_definition(grant(id=f"grant-{number}"), by="system:test")
    assert owner.get("/studio/").content.decode().count("/studio/grant-") == 20
    assert owner.get("/studio/?page=2").content.decode().count("/studio/grant-") == 3
    assert owner.get("/studio/?page=99").status_code == 200


def test_somebody_with_a_role_at_one_service_sees_that_one(garden):
    catalogue.add_from_definition(grant(id="secret-grant"), by="system:test")
    client = signed_in("viewer", service=garden)
    page = client.get("/studio/").content.decode()
    assert garden in page
    assert "secret-grant" not in page
    assert client.get("/studio/secret-grant/").status_code == 403
    assert 'type="file"' not in page


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"hello", "is not a PDF"), (None, "No file was chosen")],
)
def test_a_file_that_is_no_form_is_refused_in_a_sentence(owner, content, says):
    files = {} if content is None else {"form": SimpleUploadedFile("notes.txt", content)}
    answer = owner.post("/studio/", files)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_broken_pdf_is_refused_on_its_progress_page(owner):
    answer = owner.post("/studio/", {"form": SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing else")})
    assert "Reading the form" in owner.get(answer.url).content.decode()
    jobs.run_waiting()
    page = owner.get(answer.url).content.decode()
    assert "This form could not be read" in page
    refusal = Upload.objects.get().refused
    assert "PDF" in refusal
    assert refusal in html.unescape(page)
    assert Service.objects.count() == 0


def test_who_left_the_page_finds_the_form_in_the_studio(owner):
    answer = owner.post("/studio/", {"form": SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing else")})
    page = owner.get("/studio/").content.decode()
    assert answer.url in page
    assert "Being read" in page
    jobs.run_waiting()
    assert "Not read" in owner.get("/studio/").content.decode()


def test_reading_that_waits_can_be_stopped(owner):
    answer = owner.post("/studio/", {"form": SimpleUploadedFile("form.pdf", b"%PDF-1.7 nothing else")})
    owner.post(f"{answer.url}stop/")
    jobs.run_waiting()
    assert "The reading was stopped" in owner.get(answer.url).content.decode()
    assert "Being read" not in owner.get("/studio/").content.decode()


def test_a_viewer_cannot_add_a_form(garden):
    client = signed_in("viewer")
    answer = client.post("/studio/", {"form": SimpleUploadedFile("form.pdf", b"%PDF-1.7")})
    assert answer.status_code == 403
    assert Upload.objects.count() == 0


def test_the_review_puts_what_needs_a_person_first(owner, garden):
    page = owner.get(f"/studio/{garden}/").content.decode()
    assert "1 of 2 sure, 1 needs you" in page
    assert page.index("How big is your garden?") < page.index("What is your name?")
    by_paper = owner.get(f"/studio/{garden}/?order=paper").content.decode()
    assert by_paper.index("What is your name?") < by_paper.index("How big is your garden?")


def test_the_text_is_saved_when_it_is_usable(owner, garden):
    text = grant(size_title="How large is your garden?")
    answer = owner.post(f"/studio/{garden}/text/", {"definition": text, "revision": 1})
    assert answer.status_code == 302
    assert "How large is your garden?" in owner.get(f"/studio/{garden}/").content.decode()


def test_a_text_that_is_not_usable_stays_on_the_page_with_the_line_of_each_problem(owner, garden):
    text = grant().replace("type: name", "type: nonsense").replace("Garden grant", "Kept words")
    page = owner.post(f"/studio/{garden}/text/", {"definition": text, "revision": 1}).content.decode()
    assert "line 10" in page
    assert "Kept words" in page
    assert "Kept words" not in Draft.objects.get().definition


@pytest.mark.parametrize("odd", ["\0", "a: [", "- x", "", "!!python/object:os.system {}", "x" * 100_000])
def test_odd_text_is_refused_and_never_breaks_the_page(owner, garden, odd):
    answer = owner.post(f"/studio/{garden}/text/", {"definition": odd, "revision": 1})
    assert answer.status_code == 200
    assert "Nothing was saved" in answer.content.decode()
    assert Draft.objects.get().revision == 1


def test_a_text_cannot_move_a_service_to_another_address(owner, garden):
    page = owner.post(
        f"/studio/{garden}/text/", {"definition": grant(id="elsewhere"), "revision": 1}
    ).content.decode()
    assert "stays as it is" in page
    assert Draft.objects.get().definition.splitlines()[1] == "id: garden-grant"


def test_a_slower_colleague_sees_what_was_done_and_keeps_their_words(owner, garden):
    bram = signed_in(name="Bram de Wit")
    bram.post(f"/studio/{garden}/text/", {"definition": grant(size_title="Bram's words"), "revision": 1})
    mine = grant(size_title="Amina's words")
    answer = owner.post(f"/studio/{garden}/text/", {"definition": mine, "revision": 1})
    page = answer.content.decode()
    assert "Bram de Wit" in page
    assert "Amina&#x27;s words" in page
    assert "Bram's words" in Draft.objects.get().definition
    owner.post(f"/studio/{garden}/text/", {"definition": mine, "revision": answer.context["revision"]})
    assert "Amina's words" in Draft.objects.get().definition


def test_a_change_can_be_undone(owner, garden):
    before = Draft.objects.get().definition
    owner.post(f"/studio/{garden}/text/", {"definition": grant(size_title="Another"), "revision": 1})
    owner.post(f"/studio/{garden}/act/", {"do": "undo", "revision": 2})
    assert Draft.objects.get().definition == before
    page = owner.post(f"/studio/{garden}/act/", {"do": "undo", "revision": 3}, follow=True).content.decode()
    assert "no change left to undo" in page


def test_publishing_shows_first_what_changes(owner, garden):
    catalogue.publish(garden, by="system:test")
    owner.post(f"/studio/{garden}/text/", {"definition": grant(size_title="How large?"), "revision": 1})
    page = owner.get(f"/studio/{garden}/publish/").content.decode()
    assert "<del>How big is your garden?</del> How large?" in page
    version = catalogue.live_version(garden)
    owner.post(f"/studio/{garden}/publish/", {"revision": 2})
    assert catalogue.live_version(garden) != version
    assert "The draft is what runs" in owner.get(f"/studio/{garden}/publish/").content.decode()


def test_a_draft_changed_meanwhile_is_shown_again_before_it_is_published(owner, garden):
    owner.post(f"/studio/{garden}/text/", {"definition": grant(size_title="New"), "revision": 1})
    page = owner.post(f"/studio/{garden}/publish/", {"revision": 1}, follow=True).content.decode()
    assert "was changed while you worked on it" in page
    assert catalogue.running_services() == []


def test_an_owner_closes_and_opens_a_service(owner, garden):
    catalogue.publish(garden, by="system:test")
    owner.post(f"/studio/{garden}/close/")
    assert catalogue.running_services() == []
    owner.post(f"/studio/{garden}/reopen/")
    assert len(catalogue.running_services()) == 1


def test_a_caseworker_may_look_and_not_change(garden):
    client = signed_in("caseworker")
    assert client.get(f"/studio/{garden}/").status_code == 200
    before = Draft.objects.get().definition
    client.post(f"/studio/{garden}/text/", {"definition": grant(size_title="Mine"), "revision": 1})
    client.post(f"/studio/{garden}/act/", {"do": "undo", "revision": 1})
    assert client.get(f"/studio/{garden}/publish/").status_code == 403
    assert client.post(f"/studio/{garden}/close/").status_code == 403
    assert Draft.objects.get().definition == before


def test_a_service_that_is_not_there_has_a_page_that_says_so(owner):
    answer = owner.get("/studio/nowhere/")
    assert answer.status_code == 404
    assert "There is no service at this address" in answer.content.decode()


def test_a_preview_walks_the_draft_with_its_checks_and_leaves_no_application(owner, garden):
    from perdure.parts.intake.models import Application

    answer = owner.post(f"/studio/{garden}/preview/")
    assert answer.url.endswith("/preview/pages/name/")
    page = owner.post(answer.url, {"name-given": "", "name-family": ""}).content.decode()
    assert "There is a problem" in page
    answer = owner.post(answer.url, {"name-given": "Ada", "name-family": "Byron"})
    assert answer.url.endswith("/preview/pages/size/")
    answer = owner.post(answer.url, {"size": "12"})
    page = owner.get(answer.url).content.decode()
    assert "Ada Byron" in page
    assert Application.objects.count() == 0
    owner.post(answer.url)
    assert "Ada" not in owner.get(f"/studio/{garden}/preview/pages/name/").content.decode()


def test_a_form_is_read_by_the_worker_and_the_page_goes_on_to_its_review(owner):
    from tests.journeys.studio_form import small_form

    pdf = small_form()
    answer = owner.post("/studio/", {"form": SimpleUploadedFile("dog.pdf", pdf)})
    jobs.run_waiting()
    review = owner.get(answer.url)
    assert review.status_code == 302
    page = owner.get(review.url).content.decode()
    assert "Review the questions" in page
    again = owner.post("/studio/", {"form": SimpleUploadedFile("same-again.pdf", pdf)})
    assert owner.get(again.url).url == review.url
    assert Service.objects.count() == 1


def test_a_job_that_is_run_again_makes_no_second_service(owner):
    from tests.journeys.studio_form import small_form

    from perdure.foundation.jobs.work import Work
    from perdure.parts.catalogue.uploads import digitise

    owner.post("/studio/", {"form": SimpleUploadedFile("dog.pdf", small_form())})
    jobs.run_waiting()
    upload = Upload.objects.get()
    Upload.objects.update(service=None)
    digitise(Work(upload.progress), upload=str(upload.id))
    assert Service.objects.count() == 1
    assert Upload.objects.get().service == Service.objects.get()
