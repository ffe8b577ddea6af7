"""Which forms ask the same questions."""

from __future__ import annotations

import pytest
from tests.core.digitise.draft.made import box, drafted

from perdure.core.digitise.overlap import (
    Asked,
    asked,
    asked_by_many,
    asked_more_than_once,
    overlapping,
    same_words,
)

SAME = [
    ("What is your date of birth?", "Date of birth"),
    ("Veteran's name", "What is the veteran’s name?"),
    ("Straße und Hausnummer", "Hausnummer, Strasse"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_titles_with_the_same_words_that_carry_meaning_ask_the_same(one, two):
    assert same_words(one) == same_words(two)


def test_another_persons_date_is_another_question():
    assert same_words("What is the veteran's date of birth?") != same_words(
        "What is the child's date of birth?"
    )


@pytest.mark.parametrize("title", ["", "?", "1", "(((", "A"])
def test_a_title_without_words_is_no_question_that_forms_share(title):
    assert same_words(title) == ""


def test_questions_that_only_their_place_names_are_not_shared():
    one = drafted(box("Occupation", 40, 100), box("", 40, 200)).definition
    assert [question.title for question in asked(one)] == ["What is your occupation?"]


def test_a_question_asked_again_on_a_later_page_is_told():
    again = drafted(
        box("Name of landlord", 40, 100),
        box("Occupation", 40, 140),
        box("Name of landlord", 40, 100, page=2),
    ).definition
    assert asked_more_than_once(again) == ("What is the name of the landlord?",)


def forms(**titles):
    return {form: [Asked(same_words(title), title) for title in said] for form, said in titles.items()}


def test_what_most_forms_ask_comes_first():
    many = asked_by_many(
        forms(a=["Name", "Rent"], b=["Name", "Boat"], c=["What is your name?", "Boat", "Car"])
    )
    assert [(one.title, one.forms) for one in many] == [("Name", ("a", "b", "c")), ("Boat", ("b", "c"))]


def test_overlap_is_the_share_of_questions_that_both_ask():
    found = overlapping(forms(a=["Name", "Rent"], b=["Name", "Rent", "Boat"], c=["Boat", "Car"], d=["Dog"]))
    assert [(pair.one, pair.two, pair.shared, pair.of) for pair in found] == [
        ("a", "b", 2, 3),
        ("b", "c", 1, 4),
    ]
    assert found[0].overlap == pytest.approx(2 / 3)


def test_ten_thousand_forms_with_one_question_in_common_are_compared_by_rarer_ones():
    many = {f"{at:05}": ["Name", f"Thing {at}"] for at in range(10_000)}
    many["00001"] = ["Name", "Thing 0"]
    found = overlapping(forms(**many))
    assert [(pair.one, pair.two) for pair in found] == [("00000", "00001")]
