"""Rows that share a key and are clearly different things: kept apart, told of, and found again next year."""

from __future__ import annotations

import itertools
import random

import pytest
from tests.parts.register.test_import_rows import row, undone

from perdure.core.match.api import clearly_apart
from perdure.parts.register import importing_rows
from perdure.parts.register.models import Case, Import

pytestmark = pytest.mark.django_db

MONITOR = {
    "title": "Watching rivers for floods",
    "summary": "Gauges tell when a river rises.",
    "unit": "Water",
}
LETTERS = {"title": "Letters in plain words", "summary": "Letters are written anew.", "unit": "Post"}
VENDOR = "V-1"


@pytest.fixture
def take(list_of):
    """take(year, *rows) -> the import, done with. Each row: a mapping of values, its key first."""

    def take(year, *rows, batch=100):
        origin = Import.objects.create(
            source=list_of("cases"), name="l.csv", file="0" * 64, year=year, state="running", by="system:test"
        )
        made = [row(line, key, **values) for line, (key, values) in enumerate(rows, start=2)]
        for start in range(0, len(made), batch):
            importing_rows.take_in(origin, made[start : start + batch])
        origin.refresh_from_db()
        assert origin.read == origin.added + origin.merged + origin.rejected
        return origin

    return take


def titles():
    return sorted(Case.objects.values_list("title", flat=True))


@pytest.mark.parametrize("batch", [1, 100])
def test_two_things_under_one_key_become_two_cases_and_the_account_says_so(take, batch):
    origin = take(2024, (VENDOR, MONITOR), (VENDOR, LETTERS), ("V-2", {"title": "Third"}), batch=batch)
    assert titles() == ["Letters in plain words", "Third", "Watching rivers for floods"]
    assert (origin.added, origin.merged, origin.noted["apart"]) == (3, 0, 1)


@pytest.mark.parametrize("batch", [1, 100])
def test_the_same_file_again_doubles_nothing_in_any_order(take, batch):
    rows = [(VENDOR, MONITOR), (VENDOR, LETTERS), (VENDOR, MONITOR | {"status": "running"})]
    take(2024, *rows)
    before = set(Case.objects.values_list("key", "title"))
    assert len(before) == 2
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        again = take(2024, *rows, batch=batch)
        assert (again.added, again.merged, again.noted["apart"]) == (0, 3, 1)
        assert set(Case.objects.values_list("key", "title")) == before


def test_next_year_each_row_finds_its_own_case_though_the_first_is_gone(take):
    take(2024, (VENDOR, MONITOR), (VENDOR, LETTERS))
    take(2025, (VENDOR, LETTERS | {"title": "Letters in plainer words"}))
    years = dict(Case.objects.values_list("title", "last_listed"))
    assert years == {"Watching rivers for floods": 2024, "Letters in plainer words": 2025}


def test_a_new_title_under_a_known_key_is_a_new_name_while_the_old_one_is_gone(take):
    take(2024, (VENDOR, MONITOR))
    origin = take(2025, (VENDOR, LETTERS))
    assert titles() == ["Letters in plain words"]
    assert (origin.merged, origin.noted["apart"]) == (1, 0)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_new_thing_beside_an_old_one_takes_no_history_whichever_comes_first(take, order):
    take(2024, (VENDOR, MONITOR))
    rows = [(VENDOR, MONITOR), (VENDOR, LETTERS)]
    take(2025, *(rows[place] for place in order))
    years = dict(Case.objects.values_list("title", "first_listed"))
    assert years == {"Watching rivers for floods": 2024, "Letters in plain words": 2025}


def test_years_in_any_order_make_the_same_cases_unless_the_one_that_tells_them_apart_comes_last(take):
    years = [(2023, [MONITOR]), (2024, [MONITOR, LETTERS]), (2025, [LETTERS])]
    for order in (some for some in itertools.permutations(years) if some[-1] != years[1]):
        Case.objects.all().delete()
        Import.objects.all().delete()
        for year, things in order:
            take(year, *((VENDOR, one) for one in things))
        found = set(Case.objects.values_list("title", "first_listed", "last_listed"))
        assert found == {
            ("Watching rivers for floods", 2023, 2024),
            ("Letters in plain words", 2024, 2025),
        }, order


def test_one_product_used_by_two_offices_in_their_own_ways_is_two_cases(take):
    courts = {"title": "Scribe", "unit": "Courts", "summary": "Turns what is said in court into text."}
    prisons = {"title": "Scribe", "unit": "Prisons", "summary": "Blackens names before papers are given out."}
    take(2024, ("Scribe", courts), ("Scribe", prisons))
    assert Case.objects.count() == 2
    take(2025, ("Scribe", prisons | {"status": "ended"}))
    assert set(Case.objects.values_list("unit", "last_listed")) == {("Courts", 2024), ("Prisons", 2025)}


def test_under_an_identifier_another_office_and_another_text_are_the_same_thing(take):
    courts = {"title": "Scribe", "unit": "Courts", "summary": "Turns what is said in court into text."}
    prisons = {"title": "Scribe", "unit": "Prisons", "summary": "Blackens names before papers are given out."}
    assert take(2024, (VENDOR, courts), (VENDOR, prisons)).merged == 1


def test_undoing_takes_both_and_bringing_one_back_does_not_double_it(take):
    first = take(2024, (VENDOR, MONITOR))
    second = take(2025, (VENDOR, MONITOR), (VENDOR, LETTERS))
    undone(first)
    undone(second)
    assert not Case.objects.exists()
    first = take(2024, (VENDOR, MONITOR), (VENDOR, LETTERS))
    take(2025, (VENDOR, LETTERS))
    undone(first)
    assert titles() == ["Letters in plain words"]
    assert take(2026, (VENDOR, LETTERS)).added == 0


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("Chatbot for benefits", "Fraud detection in taxes", True),
        ("Prison estate, phase 1", "Prison estate, phase 2", True),
        ("East West Rail", "East West Rail Western Section", False),
        ("NOAA", "National Oceanic and Atmospheric Administration", False),
        ("Shoreline modeling", "Shoreline Modelling", False),
        ("", "Anything", False),
    ],
)
def test_only_what_is_clearly_another_thing_is_kept_apart(one, two, apart):
    assert clearly_apart((one, two)) == clearly_apart((two, one)) == apart


def test_one_thing_told_of_by_two_offices_in_the_same_words_is_one():
    text = "Soil maps are drawn from pictures taken by aeroplanes."
    assert not clearly_apart(("Soil", "Soil"), ("North", "South"), (text, text))
