"""scripts/schema_recall.py: which question of a draft is taken for a property, and which is not."""

import csv
import importlib
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.core.digitise.draft.made import box, drafted, tick

ROOT = Path(__file__).parents[3]
MARKS = ROOT / "docs" / "reference" / "leaves-asked.csv"


@pytest.fixture(scope="module")
def recall():
    sys.path.insert(0, str(ROOT / "scripts"))
    yield importlib.import_module("schema_recall")
    sys.path.remove(str(ROOT / "scripts"))


def answered(recall, properties, draft):
    """Paths of the properties that a question of the right type answers."""
    leaves = recall.leaves({"properties": properties}, whole=True)
    found = recall.matched(leaves, recall.units(draft.definition))
    return {path for path, (_, right) in found.items() if right}


TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def test_a_name_is_cut_at_every_capital(recall):
    assert recall.tokens("medicarePartAEffectiveDate") >= {"medicare", "part", "effective", "date"}


def test_to_and_from_are_a_period_only_where_they_stand_alone(recall):
    assert "end" in recall.tokens("Dates of employment: to")
    assert "end" not in recall.tokens("Relationship to the veteran")


def test_the_telephone_by_day_is_the_daytime_telephone(recall):
    draft = drafted(box("1. DAYTIME TELEPHONE NUMBER", 40, 100), box("2. EVENING TELEPHONE NUMBER", 40, 140))
    assert answered(recall, {"dayPhone": TEXT}, draft) == {"dayPhone"}


def test_a_choice_is_known_by_its_options_and_not_by_some_of_them(recall):
    ticks = [
        tick(words, 40, 100 + 20 * at, group_label="Which animal?")
        for at, words in enumerate(("Cat", "Dog", "Horse"))
    ]
    draft = drafted(*ticks)
    assert answered(recall, {"petKind": {"enum": ["CAT", "DOG", "HORSE"]}}, draft) == {"petKind"}
    assert not answered(recall, {"petKind": {"enum": ["CAT", "SNAKE", "NEWT", "PARROT"]}}, draft)


def test_a_list_of_numbers_may_be_asked_as_a_number_and_a_list_of_words_may_not(recall):
    draft = drafted(box("4. NUMBER OF YEARS OF EDUCATION", 40, 100))
    assert answered(recall, {"yearsOfEducation": {"enum": ["10", "12", "14"]}}, draft)
    assert not answered(recall, {"yearsOfEducation": {"enum": ["few", "many"]}}, draft)


def test_a_container_around_the_whole_schema_says_nothing(recall):
    person = {"type": "object", "properties": {"first": TEXT, "last": TEXT}}
    whole = {"boilerCheck": {"type": "object", "properties": {"fullName": person, "income": NUMBER}}}
    draft = drafted(box("1. YOUR NAME (First, Middle, Last)", 40, 100))
    assert answered(recall, whole, draft) == {"boilerCheck.fullName"}


def test_what_is_marked_is_counted_and_what_the_paper_does_not_ask_is_left_out(recall):
    leaves = recall.leaves(
        {"properties": {"placeOfBirth": TEXT, "eyeColour": TEXT, "shoeSize": TEXT}}, whole=True
    )
    asked = recall.units(drafted(box("3. PLACE OF BIRTH", 40, 100)).definition)
    counted = recall.by_marks(
        leaves, asked, frozenset(), {"placeOfBirth": "yes", "eyeColour": "in part", "shoeSize": "no"}
    )
    assert (counted["marked_asked"], counted["marked_asked_right"], counted["marked_yes"]) == (2, 1, 1)
    assert counted["marked_missed"] == ["eyeColour (string)"]


def test_every_leaf_has_one_mark_and_those_that_are_asked_have_a_page():
    with MARKS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(Counter(row["asked"] for row in rows)) == {"yes", "in part", "no"}
    assert all(row["page"].isdigit() == (row["asked"] != "no") for row in rows)


def test_the_marks_are_of_the_leaves_of_the_schemas(recall, shared):
    with MARKS.open(encoding="utf-8", newline="") as file:
        marked = {(row["schema"], row["leaf"]) for row in csv.DictReader(file)}
    folder = shared / "forms" / "dev"
    assert marked == {(name, leaf.path) for name, leaf in recall.all_leaves(folder)}
