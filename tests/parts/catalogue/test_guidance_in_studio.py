"""The guidance of a service in the studio: found, changed and taken out."""

from __future__ import annotations

import pytest
from tests.journeys.studio_form import FEE, LABELS, small_form
from tests.parts.catalogue.staff import signed_in

from perdure.core.definition.api import load_definition
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence(db):
    return catalogue.add_from_pdf(small_form(LABELS, FEE), "dog.pdf", by="system:test")


def passages():
    return load_definition(Draft.objects.get().definition).guidance


def test_a_passage_is_found_by_its_words_with_its_page(licence):
    owner = signed_in()
    page = owner.get(f"/studio/{licence}/guidance/?find=TOWN+fee").content.decode()
    assert "24 pounds" in page
    assert f"/studio/{licence}/?sheet=1" in page
    assert "24 pounds" not in owner.get(f"/studio/{licence}/guidance/?find=parrot").content.decode()


def test_a_passage_is_changed_taken_out_and_brought_back_by_undo(licence):
    from perdure.parts.catalogue import drafting

    owner, (passage,) = signed_in(), passages()
    said = {"do": f"save:{passage.id}", "title": "The fee", "text": "It costs 30 pounds.", "revision": 1}
    owner.post(f"/studio/{licence}/guidance/", said)
    assert [(one.title, one.text, one.page) for one in passages()] == [("The fee", "It costs 30 pounds.", 1)]
    owner.post(f"/studio/{licence}/guidance/", said | {"do": f"drop:{passage.id}", "revision": 2})
    assert passages() == ()
    drafting.undo(licence, by="system:test", revision=3)
    assert passages()[0].title == "The fee"


def test_a_passage_without_text_and_a_stale_page_change_nothing(licence):
    owner, (passage,) = signed_in(), passages()
    said = {"do": f"save:{passage.id}", "title": "The fee", "text": " ", "revision": 1}
    answer = owner.post(f"/studio/{licence}/guidance/", said, follow=True)
    assert "A passage has a heading and a text." in answer.content.decode()
    assert passages() == (passage,)


def test_who_may_not_edit_changes_no_guidance(licence):
    worker, (passage,) = signed_in("caseworker", name="Bram"), passages()
    said = {"do": f"drop:{passage.id}", "revision": 1}
    worker.post(f"/studio/{licence}/guidance/", said)
    assert passages() == (passage,)
