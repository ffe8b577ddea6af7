"""Repeating pages: add, change, remove, and say that there is none."""

from __future__ import annotations

import pytest
from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import children, publish

MIA = {"child_name": "Mia", "at_school": "no"}
NOAH = {"child_name": "Noah", "at_school": "yes", "school": "Hill School"}


@pytest.fixture
def one_at_least(db):
    return Applicant(publish(children("large-family", at_least=1)))


def test_the_first_record_is_asked_for_at_once(parent):
    page = parent.start()
    assert page.at == "/services/family-grant/children/1/"
    assert page.caption == "Family, question 1 of 2 · child 1"


def test_a_record_that_was_added_is_in_the_list(parent):
    parent.start()
    page = parent.post("children/1", MIA)
    assert page.at == "/services/family-grant/children/"
    assert "Child 1 Mia, No" in page.words
    assert "Add another child" in page.words
    assert parent.row.answers == {"children": [{"child_name": "Mia", "at_school": False}]}


def test_continue_on_the_list_leads_on(parent):
    parent.start()
    parent.post("children/1", MIA)
    assert parent.post("children").last == "done"


def test_a_question_on_a_condition_within_a_record_comes_up_on_the_same_page(parent):
    parent.start()
    page = parent.post("children/1", {"child_name": "Noah", "at_school": "yes"})
    assert page.at.endswith("/children/1/")
    assert page.input("school")
    parent.post("children/1", NOAH)
    assert parent.row.answers["children"][0]["school"] == "Hill School"


def test_a_record_can_be_changed(parent):
    parent.start()
    parent.post("children/1", MIA)
    assert parent.get("children/1").input("child_name")["value"] == "Mia"
    parent.post("children/1", {**MIA, "child_name": "Mia May"})
    assert [one["child_name"] for one in parent.row.answers["children"]] == ["Mia May"]


def test_a_record_is_removed_after_one_question(parent):
    parent.start()
    parent.post("children/1", MIA)
    parent.post("children/2", NOAH)
    page = parent.get("children/1/remove")
    assert page.heading == "Remove child 1?"
    assert len(parent.row.answers["children"]) == 2
    page = parent.post("children/1/remove")
    assert "It was removed" in page.words
    assert [one["child_name"] for one in parent.row.answers["children"]] == ["Noah"]


def test_removing_twice_from_a_stale_tab_is_harmless(parent):
    parent.start()
    parent.post("children/1", MIA)
    parent.post("children/1/remove")
    page = parent.post("children/1/remove")
    assert page.status == 200
    assert parent.row.answers["children"] == []


def test_somebody_without_one_says_so_and_goes_on(parent):
    page = parent.start()
    assert page.main.find("button", attrs={"name": "none"})
    assert parent.post("children/1", {"none": "yes"}).last == "done"
    assert parent.get("children").words.count("You have not added anything here") == 1


def test_a_first_record_left_wholly_empty_means_none(parent):
    parent.start()
    assert parent.post("children/1", {"child_name": "", "school": ""}).last == "done"


def test_where_one_is_needed_an_empty_record_is_refused(one_at_least):
    page = one_at_least.start()
    assert page.main.find("button", attrs={"name": "none"}) is None
    page = one_at_least.post("children/1", {"child_name": ""})
    assert "What is their name? Enter an answer" in page.errors
    page = one_at_least.post("children")
    assert page.errors == ["Add at least 1 (child)"]
    assert one_at_least.get("check").last != "check"


def test_no_more_records_than_there_is_room_for(parent):
    parent.start()
    for number in (1, 2, 3):
        page = parent.post(f"children/{number}", MIA)
    assert "There is room for 3" in page.words
    assert "Add another" not in page.words
    assert parent.get("children/4").at.endswith("/children/")
    assert parent.post("children/4", MIA).status == 200
    assert len(parent.row.answers["children"]) == 3


def test_a_record_cannot_leave_a_gap(parent):
    parent.start()
    assert parent.get("children/3").last != "3"


def test_a_record_with_a_problem_keeps_its_valid_answers_and_is_marked(parent):
    parent.start()
    page = parent.post("children/1", {"child_name": "Mia"})
    assert page.errors == ["Do they go to school? Choose yes or no"]
    assert parent.row.answers["children"] == [{"child_name": "Mia"}]
    page = parent.get("children")
    assert "not complete" in page.words
    page = parent.post("children")
    assert page.errors == ["Finish the answers for child 1"]
    assert page.main.select_one(".summary-of-errors a")["href"].endswith("/children/1/")


def test_records_are_on_check_your_answers_one_by_one(parent):
    parent.start()
    parent.post("children/1", MIA)
    parent.post("children/2", NOAH)
    parent.post("children")
    page = parent.post("done", {"agreed": "yes"})
    assert [one.get_text() for one in page.main.find_all("h3")] == ["Child 1", "Child 2"]
    assert page.main.select("h3 + dl")[1].find("a")["href"].endswith("/children/2/?change=1")


def test_a_change_of_a_record_returns_to_the_list_and_then_to_check(parent):
    parent.start()
    parent.post("children/1", MIA)
    parent.post("children")
    parent.post("done", {"agreed": "yes"})
    page = parent.post("children/1", MIA, query="?change=1")
    assert (page.last, page.query) == ("children", "change=1")
    assert parent.post("children", query="?change=1").last == "check"
