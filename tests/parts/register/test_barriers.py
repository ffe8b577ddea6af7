"""What stands in the way: noted at a case with its words, counted across the register with intervals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from perdure.parts.register.barriers import (
    NewBarrier,
    NewStrategy,
    across,
    add_barrier,
    add_strategy,
    strategies_across,
)
from perdure.parts.register.tried import tried_across

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MONEY = {
    "kind": "money",
    "says": "The grant ends in March.",
    "quote": "no budget after Q1",
    "place": "Report, page 7",
}


def note(case, kind: str = "money") -> int:
    return add_barrier(reference=case.reference, barrier=NewBarrier(kind, "So."), by="system:test", at=NOW)


@pytest.fixture
def some(case_of):
    """Two chatbots and a form, all short of money; one of each ended; one more of which nobody knows."""
    ended = case_of("Bot 1", kind="Chatbot", status="ended", ending="ended_badly")
    for case in (ended, case_of("Bot 2", kind="Chatbot", status="running")):
        note(case)
    note(ended)  # noted twice, counted once
    note(case_of("Form", kind="", status="ended", ending="ended_well"))
    note(case_of("Who knows", kind="Chatbot", status="unknown"))


def test_each_case_counts_once_and_only_where_its_fate_is_known(some):
    told = {
        (one.barrier, one.group): (one.cases, one.ended.count, one.ended.of, one.badly.count)
        for one in across()
    }
    assert told == {("money", ""): (4, 2, 3, 1), ("money", "Chatbot"): (3, 1, 2, 1)}


def test_the_interval_is_the_one_of_wilson(some):
    whole = next(one for one in across() if not one.group)
    assert (round(whole.ended.low, 3), round(whole.ended.high, 3)) == (0.208, 0.939)  # 2 of 3, by hand


def test_cases_that_are_not_public_are_not_counted(case_of):
    note(case_of("Hidden", kind="Chatbot", status="ended", state="withdrawn"))
    assert across() == ()


def test_what_was_tried_is_counted_by_whether_it_helped(case_of):
    barrier = note(case_of("Form"))
    for helped in ("yes", "partly", "no", ""):
        add_strategy(barrier, NewStrategy("We asked again.", helped), by="system:test", at=NOW)
    told = [(one.barrier, one.tried, one.helped.count, one.helped.of) for one in strategies_across()]
    assert told == [("money", 4, 2, 3)]


def tried(case, kind: str, *, against: str = "money", helped: str = "") -> None:
    told = NewStrategy("We asked again.", helped, kind=kind)
    add_strategy(note(case, against), told, by="system:test", at=NOW)


def test_what_was_tried_is_counted_by_barrier_with_how_many_live_on(case_of):
    runs, absorbed = case_of("Runs", status="running"), case_of("In", status="ended", ending="absorbed")
    gone, unknown = case_of("Gone", status="ended", ending="ended_badly"), case_of("Who knows")
    tried(runs, "funding", helped="yes")
    tried(runs, "funding", against="trust", helped="no")  # one case twice: once in all, once for each
    tried(absorbed, "funding")
    tried(gone, "funding", helped="partly")
    tried(unknown, "funding")
    tried(gone, "")
    told = {
        (one.strategy, one.barrier): (one.cases, one.living.count, one.living.of, one.tried, one.helped.count)
        for one in tried_across()
    }
    assert told == {
        ("funding", ""): (4, 2, 3, 5, 2),
        ("funding", "money"): (4, 2, 3, 4, 2),
        ("funding", "trust"): (1, 1, 1, 1, 0),
        ("", ""): (1, 0, 1, 1, 0),
        ("", "money"): (1, 0, 1, 1, 0),
    }
    whole = tried_across()[0]
    assert (round(whole.living.low, 3), round(whole.living.high, 3)) == (0.208, 0.939)  # 2 of 3, by hand


def test_cases_that_became_one_are_counted_as_one_and_hidden_ones_not_at_all(case_of):
    root = case_of("Bot", kind="Chatbot", status="running")
    old = case_of("Bot, old name", status="unknown", merged=root)
    for case in (root, old):
        tried(case, "training")
    tried(case_of("Hidden", state="withdrawn", status="ended"), "training")
    assert [(one.cases, one.living.count, one.tried) for one in tried_across() if not one.barrier] == [
        (1, 1, 2)
    ]
    assert [(one.group, one.cases, one.ended.of) for one in across()] == [("", 1, 1), ("Chatbot", 1, 1)]
    assert [(one.tried) for one in strategies_across()] == [2]


def test_everybody_sees_what_was_tried_as_a_picture_a_table_and_a_file(case_of, client, keeper):
    case = case_of("Runs", status="running")
    barrier = note(case)
    keeper.post(f"/register/keep/barriers/{barrier}/tried/", {"says": "A levy.", "kind": "funding"})
    page = client.get("/register/barriers/").content.decode()
    assert page.count("<svg") == 2
    assert "Money found or kept" in page
    file = client.get("/register/barriers/tried.csv").content.decode().replace("\r", "")
    assert "funding,all,1,1,1,1.0000" in file
    assert "funding,money,1,1,1,1.0000" in file
    assert "Money found or kept" in client.get(f"/register/cases/{case.reference}/").content.decode()


def test_a_keeper_notes_it_says_what_was_tried_and_when_it_is_over(keeper, client, case_of):
    case = case_of("Parking permits online")
    page = f"/register/cases/{case.reference}/"
    assert keeper.post(f"/register/keep/cases/{case.reference}/barrier/", MONEY).url == page
    barrier = case.barriers.get().pk
    keeper.post(f"/register/keep/barriers/{barrier}/tried/", {"says": "A levy.", "helped": "partly"})
    keeper.post(f"/register/keep/barriers/{barrier}/over/")
    read = client.get(page).content.decode()
    for words in (
        "The grant ends in March.",
        "no budget after Q1",
        "Report, page 7",
        "A levy.",
        "It helped in part",
        "Over since",
    ):
        assert words in read


def test_a_mistake_is_told_and_nothing_typed_is_lost(keeper, case_of):
    page = keeper.post(
        f"/register/keep/cases/{case_of().reference}/barrier/", {**MONEY, "says": ""}
    ).content.decode()
    assert "Write what stands in the way." in page
    assert "no budget after Q1" in page


def test_only_keepers_note_barriers(caseworker, case_of):
    case = case_of()
    barrier = note(case)
    assert caseworker.post(f"/register/keep/cases/{case.reference}/barrier/", MONEY).status_code == 403
    assert caseworker.post(f"/register/keep/barriers/{barrier}/over/").status_code == 403
    assert case.barriers.count() == 1


def test_everybody_sees_the_picture_its_table_and_the_file(some, client, django_assert_num_queries):
    with django_assert_num_queries(5):
        page = client.get("/register/barriers/").content.decode()
    assert "<svg" in page
    assert "2 of 3" in page
    file = client.get("/register/barriers.csv").content.decode()
    assert "money,all,4,3,2,0.6667" in file.replace("\r", "")


def test_a_register_without_barriers_says_so(client):
    assert "No barrier is noted yet." in client.get("/register/barriers/").content.decode()
