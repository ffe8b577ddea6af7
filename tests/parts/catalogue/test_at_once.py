"""Two people, or two processes, at the same moment: real threads on a real database."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from tests.parts.catalogue.conftest import grant

from perdure.core.definition import edits
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue import drafting
from perdure.parts.catalogue.models import Draft, Service, Version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _a_database_for_several() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory and has one writer; PostgreSQL runs this")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or the refusal it raised, all begun at the same moment."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        barrier.wait()
        try:
            results[place] = acts[place]()
        except catalogue.CatalogueError as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def retitle(slug: str, name: str, title: str) -> Callable[[], object]:
    edit = lambda definition: edits.retitle(definition, name, title)  # noqa: E731
    return lambda: drafting.change(slug, by=title, revision=1, did="Changed: %s", edit=edit, about=name)


def test_of_two_changes_to_one_question_at_once_one_is_made_and_one_is_told():
    slug = catalogue.add_from_definition(grant(), by="system:test")
    results = at_once(retitle(slug, "size", "Amina's"), retitle(slug, "size", "Bram's"))
    assert sum(isinstance(one, catalogue.StaleDraft) for one in results) == 1
    assert Draft.objects.get().revision == 2
    assert Draft.objects.get().steps.count() == 1


def test_two_changes_to_two_questions_at_once_are_both_made():
    slug = catalogue.add_from_definition(grant(), by="system:test")
    results = at_once(retitle(slug, "size", "Amina's"), retitle(slug, "name", "Bram's"))
    assert sorted(results) == [2, 3]
    assert "Amina's" in Draft.objects.get().definition
    assert "Bram's" in Draft.objects.get().definition


def test_the_same_paper_dropped_twice_at_once_is_one_service():
    add = lambda name: lambda: catalogue.add_from_definition(grant(id=name), b"%PDF-1.7 one", by="1")  # noqa: E731
    slugs = at_once(add("first"), add("second"), add("third"))
    assert len(set(slugs)) == 1
    assert Service.objects.count() == 1


def test_publishing_twice_at_once_makes_one_version():
    slug = catalogue.add_from_definition(grant(), by="system:test")
    publish = lambda: catalogue.publish(slug, by="1")  # noqa: E731
    assert len(set(at_once(publish, publish, publish))) == 1
    assert Version.objects.count() == 1
