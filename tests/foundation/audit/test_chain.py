"""The record: appended in order, refused to be changed, and telling when it was changed all the same."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from perdure.foundation.audit import api as audit
from perdure.foundation.audit import protection
from perdure.foundation.audit.models import Head, Record

NOON = datetime(2027, 3, 4, 12, 0, 0, 123000, tzinfo=UTC)


def act(verb: str, about: str = "case:HA-1", **detail: object) -> int:
    return audit.record(verb, about=about, by="7", at=NOON, detail=detail)


@pytest.fixture
def five_acts(db):
    for verb in ("received", "looked", "taken", "asked", "decided"):
        act(verb, words="Ä, ß and 漢字", count=3, rate=1.50, nested={"b": [1, None, True], "a": "x"})


@pytest.fixture
def owner_of_the_database(db):
    """Somebody who can take the triggers away."""
    protection.remove(connection)


def test_acts_are_numbered_from_one_without_gaps(five_acts):
    assert list(Record.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert audit.check_chain() == audit.Checked(5)


def test_an_empty_record_is_whole(db):
    assert audit.check_chain() == audit.Checked(0)


def test_what_was_recorded_comes_back_as_it_was(five_acts):
    first = audit.acts_about("case:HA-1")[0]
    assert (first.verb, first.actor, first.at) == ("received", "7", NOON)
    assert first.detail["nested"] == {"b": [1, None, True], "a": "x"}


def test_an_act_of_a_transaction_that_fails_is_not_recorded(five_acts):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        act("approved")
        raise RuntimeError
    assert audit.check_chain() == audit.Checked(5)
    assert act("refused") == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda: Record.objects.filter(number=3).update(actor="8"),
        lambda: Record.objects.filter(number=3).update(verb="looked"),
        lambda: Record.objects.filter(number=3).update(about="case:HA-2"),
        lambda: Record.objects.filter(number=3).update(detail={}),
        lambda: Record.objects.filter(number=3).update(at=NOON.replace(hour=13)),
        lambda: Record.objects.filter(number=3).update(hash="0" * 64),
        lambda: Record.objects.filter(number=3).delete(),
    ],
    ids=["actor", "verb", "about", "detail", "time", "hash", "removed"],
)
def test_a_changed_or_removed_record_is_found(five_acts, owner_of_the_database, change):
    change()
    found = audit.check_chain()
    assert (found.records, found.broken) == (2, 3)
    assert "3" in found.says


def test_the_last_records_cannot_be_cut_off_unseen(five_acts, owner_of_the_database):
    Record.objects.filter(number__gte=4).delete()
    assert audit.check_chain().broken == 4


def test_a_record_put_in_is_found(five_acts, owner_of_the_database):
    last = Record.objects.get(number=5)
    Record.objects.create(
        number=6, at=NOON, actor="7", verb="paid", about="x", detail={}, previous=last.hash, hash="f" * 64
    )
    assert audit.check_chain().broken == 6


def test_two_records_that_changed_places_are_found(five_acts, owner_of_the_database):
    Record.objects.filter(number=2).update(number=99)
    Record.objects.filter(number=3).update(number=2)
    Record.objects.filter(number=99).update(number=3)
    assert audit.check_chain().broken == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda: Record.objects.filter(number=3).update(actor="8"),
        lambda: Record.objects.filter(number=3).delete(),
        lambda: Head.objects.all().delete(),
        lambda: Head.objects.filter(pk=1).update(number=2),
    ],
    ids=["change a record", "remove a record", "remove the end", "move the end back"],
)
def test_the_database_itself_refuses(five_acts, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert audit.check_chain() == audit.Checked(5)


def test_an_act_costs_three_statements(five_acts, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(3):
        act("looked")


@pytest.mark.django_db(transaction=True)
def test_acts_from_many_threads_make_one_chain():
    trouble: list[BaseException] = []

    def record_ten(name: str) -> None:
        try:
            for number in range(10):
                with transaction.atomic():
                    audit.record("tested", about=f"thread:{name}", by=name, detail={"number": number})
        except BaseException as problem:
            trouble.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=record_ten, args=[str(number)]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert audit.check_chain() == audit.Checked(60)
    assert [act.detail["number"] for act in audit.acts_about("thread:3")] == list(range(10))
