"""Cases, lists, and people who may and may not keep the register."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from perdure.foundation.access.api import Person
    from perdure.parts.register.models import Case, Snapshot, SourceList


def signed_in(email: str) -> Client:
    """A browser in which this member of staff has signed in."""
    from perdure.foundation.accounts import api as accounts

    client = Client()
    assert client.get(f"/sign-in/{accounts.make_sign_in_link(email)}/").status_code in {302, 303}
    return client


@pytest.fixture
def keeper_person(db: None) -> Person:
    """Kim Keeper, who may change the register."""
    from tests.parts.casework.acting import staff

    return staff("kim@example.org", "Kim Keeper", role="keeper", service="")


@pytest.fixture
def keeper(keeper_person: Person) -> Client:
    """A browser in which Kim Keeper has signed in."""
    return signed_in("kim@example.org")


@pytest.fixture
def caseworker(db: None) -> Client:
    """A browser of somebody who works on cases and may not change the register."""
    from tests.parts.casework.acting import staff

    staff("sam@example.org", "Sam Stranger", role="caseworker", service="blue-badge")
    return signed_in("sam@example.org")


@pytest.fixture
def list_of(db: None) -> Callable[..., SourceList]:
    """list_of(slug="projects", **fields) -> SourceList, made when it is not there."""
    from perdure.parts.register.models import SourceList

    def list_of(slug: str = "projects", **fields: Any) -> SourceList:
        return SourceList.objects.get_or_create(slug=slug, defaults={"title": slug.title(), **fields})[0]

    return list_of


@pytest.fixture
def case_of(db: None) -> Callable[..., Case]:
    """case_of(title="...", technologies=("chatbot",), **fields) -> Case, published and found by search."""
    from perdure.parts.register.models import Case, Technology

    numbers = itertools.count(1)

    def case_of(
        title: str = "A change", *, technologies: Iterable[str] = (), index: bool = True, **fields: Any
    ) -> Case:
        from perdure.parts.register import search

        made = Case.objects.create(
            title=title, reference=fields.pop("reference", "") or f"T{next(numbers):05d}", **fields
        )
        Technology.objects.bulk_create(Technology(case=made, name=name) for name in technologies)
        if index:
            search.index_cases([made.pk])
        made.refresh_from_db()
        return made

    return case_of


@pytest.fixture
def snapshot_of(list_of: Callable[..., SourceList]) -> Callable[..., Snapshot]:
    """snapshot_of(case, year, **values) -> Snapshot: what a list said of a case in that year."""
    from perdure.parts.register.models import Import, Snapshot

    lines = itertools.count(2)

    def snapshot_of(case: Case, year: int, **values: Any) -> Snapshot:
        source = case.source or list_of()
        origin, _made = Import.objects.get_or_create(
            source=source,
            year=year,
            name=f"{source.slug}-{year}.csv",
            defaults={"file": "0" * 64, "by": "system:test", "state": Import.State.DONE},
        )
        return Snapshot.objects.create(case=case, origin=origin, line=next(lines), year=year, values=values)

    return snapshot_of


@pytest.fixture(autouse=True)
def _nothing_is_known_from_another_test() -> None:
    """A process keeps what words stand for; a test begins without."""
    from perdure.parts.register import search, search_index

    search_index._KNOWN.clear()
    search._MEANINGS.clear()
