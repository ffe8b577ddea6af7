"""What people wrote on a case is seen on the one that it became, and comes back when that is undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from perdure.parts.register import barriers, checking, commitments, keeping, linking
from perdure.parts.register.following import NewAnswer, note_answer
from perdure.parts.register.models import Case, Link
from perdure.parts.register.models_following import Answer, OwnWords
from perdure.parts.register.queries_case import case_shown
from perdure.parts.register.queries_collections import collection_list, collection_shown
from perdure.parts.register.search import find
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
BY: Any = {"by": "system:test", "at": NOW}


@pytest.fixture
def pair(case_of, list_of, snapshot_of):
    """Tree, and Tree under a new name; both stand in a list that says that they run."""
    made = []
    for number, title in enumerate(("Talking tree", "Speaking tree")):
        case = case_of(title, source=list_of("trees"), key=title, status="running")
        snapshot_of(case, 2023 + number, title=title, key=title, status="running")
        made.append(case)
    return made


def merge(earlier: Case, later: Case) -> int:
    link = Link.objects.create(earlier=earlier, later=later, kind="renamed").pk
    linking.accept(link, kind="renamed", by="system:test")
    return link


def hear(case: Case, says: str, *, days: int = 0, **more: Any) -> None:
    answer = NewAnswer(says, **more)
    note_answer(reference=case.reference, answer=answer, by="system:test", at=NOW + timedelta(days=days))


def standing(case: Case) -> tuple[Any, ...]:
    case.refresh_from_db()
    return case.status, case.ended, case.ending, "status" in case.held


def page_of(case: Case, **more: Any) -> str:
    return str(Client().get(f"/register/cases/{case.reference}/", more).content.decode())


def write_everything_on(case: Case) -> None:
    shown = keeping.NewEvidence("It talks.", quote="Hello, tree", url="https://x.example/")
    keeping.add_evidence(reference=case.reference, evidence=shown, **BY)
    seen = barriers.NewBarrier("money", "The grant ends.")
    barrier = barriers.add_barrier(reference=case.reference, barrier=seen, **BY)
    barriers.add_strategy(barrier, barriers.NewStrategy("A levy.", kind="funding"), **BY)
    promised = commitments.NewCommitment(
        "Olga", "Water it daily", date(2027, 1, 1), "Counted", case.reference
    )
    commitments.promise(promised, **BY)
    told: dict[str, Any] = {"instrument": "staying-power", "answers": {"money": 1.0}, "note": "Thin ice."}
    checking.keep_check(reference=case.reference, **told, **BY)
    hear(case, "changed", why="Two voices now.")


WORDS = ("Hello, tree", "The grant ends.", "A levy.", "Water it daily", "Thin ice.", "Two voices now.")


def test_all_that_was_written_on_a_case_is_seen_on_the_one_that_it_became(pair):
    one, two = pair
    write_everything_on(two)
    link = merge(one, two)
    page = page_of(one)
    for words in WORDS:
        assert words in page, words
    assert "Written under “Speaking tree”." in page
    assert "Hello, tree" in page_of(two, **{"as-it-was": "yes"})
    linking.take_back(link, by="system:test")
    for words in WORDS:
        assert words not in page_of(one), words
        assert words in page_of(two), words


def test_programs_and_search_find_the_evidence_at_the_one_that_it_became(pair):
    one, two = pair
    write_everything_on(two)
    link = merge(one, two)
    told = Client().get(f"/register/api/cases/{one.reference}/").json()
    assert [evidence["quote"] for evidence in told["evidence"]] == ["Hello, tree"]
    assert [case.reference for case in find(CaseFilters(evidence="yes")).rows] == [one.reference]
    linking.take_back(link, by="system:test")
    assert [case.reference for case in find(CaseFilters(evidence="yes")).rows] == [two.reference]


def test_evidence_written_on_the_old_name_later_counts_too_and_can_be_taken_away_from_either(pair, keeper):
    one, two = pair
    merge(one, two)
    write_everything_on(two)
    assert [case.reference for case in find(CaseFilters(evidence="yes")).rows] == [one.reference]
    [evidence] = case_shown(one.reference).evidence
    keeping.take_evidence(evidence.id, reference=one.reference, **BY)
    assert case_shown(one.reference).evidence == ()
    assert find(CaseFilters(evidence="yes")).rows == ()


def test_the_newest_answer_of_both_says_how_the_one_that_stands_stands(pair):
    one, two = pair
    hear(one, "running")
    hear(two, "ended", days=1, ended_on=date(2026, 3, 1), ending="ended_well")
    link = merge(one, two)
    assert standing(one) == ("ended", date(2026, 3, 1), "ended_well", True)
    assert case_shown(one.reference).heard == NOW + timedelta(days=1)
    linking.take_back(link, by="system:test")
    assert standing(one) == ("running", None, "", True)
    assert standing(two) == ("ended", date(2026, 3, 1), "ended_well", True)


def test_an_older_answer_of_the_old_name_changes_nothing(pair):
    one, two = pair
    hear(two, "ended")
    hear(one, "running", days=1)
    merge(one, two)
    assert standing(one)[0] == "running"
    assert not OwnWords.objects.exists()


def test_what_a_list_said_comes_back_and_lists_may_speak_again(pair):
    one, two = pair
    hear(two, "ended")
    link = merge(one, two)
    assert standing(one)[0] == "ended"
    linking.take_back(link, by="system:test")
    assert standing(one) == ("running", None, "", False)


def test_an_answer_on_the_old_name_after_merging_counts_and_one_on_the_new_stands_above_it(pair):
    one, two = pair
    link = merge(one, two)
    hear(two, "ended")
    assert standing(one)[0] == "ended"
    hear(one, "running", days=1)
    assert standing(one)[0] == "running"
    linking.take_back(link, by="system:test")
    assert (standing(one)[0], standing(two)[0]) == ("running", "ended")
    assert Answer.objects.count() == 2


def test_what_a_keeper_set_by_hand_stays(pair):
    one, two = pair
    told: dict[str, Any] = {"values": {"status": "planned"}, "technologies": (), "revision": one.revision}
    keeping.edit_case(reference=one.reference, **told, **BY)
    hear(two, "ended")
    link = merge(one, two)
    assert standing(one)[0] == "planned"
    linking.take_back(link, by="system:test")
    assert standing(one)[0] == "planned"


def test_what_a_keeper_sets_while_they_are_one_stays_when_they_come_apart(pair):
    one, two = pair
    hear(two, "ended")
    link = merge(one, two)
    one.refresh_from_db()
    told: dict[str, Any] = {"values": {"status": "planned"}, "technologies": (), "revision": one.revision}
    keeping.edit_case(reference=one.reference, **told, **BY)
    linking.take_back(link, by="system:test")
    assert standing(one)[0] == "planned"


def test_three_that_became_one_say_the_newest_answer_and_come_apart_in_any_order(pair, case_of):
    one, two = pair
    three = case_of("Iron tree", status="running")
    hear(three, "ended")
    later = merge(two, three)
    assert standing(two)[0] == "ended"
    first = merge(one, two)
    assert standing(one)[0] == "ended"
    assert standing(two) == ("running", None, "", False)
    linking.take_back(later, by="system:test")
    assert standing(one)[0] == "running"
    linking.take_back(first, by="system:test")
    assert [standing(case)[0] for case in (one, two, three)] == ["running", "running", "ended"]
    assert not OwnWords.objects.exists()


def test_the_page_costs_the_same_whatever_was_merged_into_it(pair, case_of, django_assert_max_num_queries):
    one, two = pair
    merge(one, two)
    client = Client()
    page = f"/register/cases/{one.reference}/"
    client.get(page)
    with django_assert_max_num_queries(40) as few:
        client.get(page)
    for number in range(8):
        more = case_of(f"Tree {number}")
        merge(one, more)
        write_everything_on(more)
    with django_assert_max_num_queries(len(few) + 3):  # strategies, updates and the like are there now
        client.get(page)


def test_a_collection_shows_what_a_merged_case_became_once_and_has_it_back_when_that_is_undone(pair):
    first, second = pair
    told: dict[str, Any] = {"title": "Trees", "about": "", "public": True, **BY}
    slug = keeping.keep_collection(references=[second.reference], **told)
    both = keeping.keep_collection(references=[one.reference for one in pair], **(told | {"title": "Both"}))

    def shown(slug: str) -> list[str]:
        return [row.reference for row in collection_shown(slug).rows]

    link = merge(first, second)
    assert (shown(slug), shown(both)) == ([first.reference], [first.reference])
    assert [row.n for row in collection_list()[0]] == [1, 1]
    references = collection_shown(both, keeper=True).references  # saving its form loses neither
    assert set(references) == {first.reference, second.reference}
    linking.take_back(link, by="system:test")
    assert (shown(slug), len(shown(both))) == ([second.reference], 2)
    assert [row.n for row in collection_list()[0]] == [2, 1]
