"""Links from one list to the next."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pytest

from perdure.core.match.api import Kind, Record, link


def pairs(links):
    return {(found.left, found.right) for found in links}


def f1(found, truth):
    right = len(found & truth)
    return 2 * right / (len(found) + len(truth))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cases_are_found_again_under_changed_names(cases, a_year_later, seed):
    before = cases(120, seed)
    after, truth = a_year_later(before, seed + 100)
    assert f1(pairs(link(before, after)), truth) >= 0.95


def test_no_case_stands_in_two_links_of_its_own(cases, a_year_later):
    before = [*cases(80, 4), *(replace(r, key=f"{r.key}x") for r in cases(20, 4))]
    after, _ = a_year_later(before, 5)
    own = [found for found in link(before, after, at_least=0.05) if found.kind in (Kind.SAME, Kind.RENAMED)]
    assert len({found.left for found in own}) == len(own)
    assert len({found.right for found in own}) == len(own)


def test_the_order_of_the_lists_changes_nothing(cases, a_year_later):
    before = cases(60, 6)
    after, _ = a_year_later(before, 7)
    once = link(before, after, at_least=0.05)
    random.Random(1).shuffle(before)
    random.Random(2).shuffle(after)
    assert link(before, after, at_least=0.05) == once


def test_the_two_lists_may_change_sides(cases, a_year_later):
    before = cases(60, 8)
    after, _ = a_year_later(before, 9)
    there = {(found.left, found.right): found.probability for found in link(before, after)}
    back = {(found.right, found.left): found.probability for found in link(after, before)}
    assert there == pytest.approx(back)


def test_different_things_are_hardly_ever_linked(cases):
    """Both lists are made of the same few words, so some titles are near: at most 5 in 100 go wrong."""
    before, after = cases(100, 10), cases(200, 11)
    things = {_thing(record) for record in before}
    others = [replace(r, key=f"o{i}") for i, r in enumerate(after) if _thing(r) not in things][:100]
    assert len(others) == 100
    assert len(link(before, others)) <= 5


def _thing(record):
    return tuple(record.title.split()[1:3])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Coastal Defences Phase 1", "Coastal Defences Phase 2"),
        ("Coastal Defences Phase I", "Coastal Defences Phase II"),
        ("Coastal Defences Tranche A", "Coastal Defences Tranche B"),
        ("Coastal Defences 2", "Coastal Defences 3"),
        ("First phase of coastal defences", "Second phase of coastal defences"),
    ],
)
def test_one_phase_is_never_another(first, second):
    alike = Record(
        "l", first, "Ministry of Rivers", 2020, date(2018, 5, 14), date(2024, 3, 9), "Walls by the sea."
    )
    other = replace(alike, key="r", title=second, year=2021)
    still = replace(alike, key="s", year=2021)
    links = link([alike], [other, still], at_least=0.01)
    own = {found.right: found.probability for found in links if found.kind in (Kind.SAME, Kind.RENAMED)}
    assert own["s"] > 0.9
    assert own.get("r", 0.0) <= 0.02


def test_the_next_phase_follows_a_phase_that_is_gone():
    gone = Record("l", "Coastal Defences Phase 1", "Ministry of Rivers", 2020, date(2018, 5, 14))
    new = Record("r", "Coastal Defences Phase 2", "Ministry of Rivers", 2021, date(2018, 5, 14))
    (found,) = link([gone], [new])
    assert found.kind is Kind.SUCCESSOR
    assert found.reasons[-1].code == "numbers-next"


def test_a_former_name_in_the_title_is_read():
    old = Record("l", "Harbour Permit Renewal", "Harbour Office", 2020, date(2018, 5, 14))
    new = Record(
        "r", "Project Heron (formerly Harbour Permit Renewal)", "Harbour Office", 2021, date(2018, 5, 14)
    )
    (found,) = link([old], [new])
    assert found.kind is Kind.RENAMED
    assert "title-other-name" in {reason.code for reason in found.reasons}


def test_an_acronym_is_known_from_where_it_is_spelled_out():
    old = Record("l", "Carrier Landing Upgrade Project (CLUP)", "Navy", 2020, date(2018, 5, 14))
    new = Record("r", "CLUP", "Navy", 2021, date(2018, 5, 14))
    (found,) = link([old], [new])
    assert found.probability > 0.5


def test_a_renamed_department_is_learnt_from_the_other_things_it_keeps(cases):
    before = [replace(r, organisation="Department of Trade") for r in cases(8, 12)]
    after = [replace(r, key=f"b{r.key}", organisation="Commerce and Skills") for r in before]
    reasons = {reason.code for found in link(before, after) for reason in found.reasons}
    assert "organisation-became" in reasons
    assert "organisation-other" not in reasons


def test_two_things_that_become_one_are_both_linked():
    places = [
        Record(
            key,
            f"Broadband Delivery Service ({place})",
            "Digital Office",
            2020,
            date(2018, 5, 14),
            None,
            said,
        )
        for key, place, said in (
            ("n", "North", "Fibre for farms in the north."),
            ("s", "South", "Fibre for farms in the south."),
        )
    ]
    whole = Record(
        "w", "Broadband Delivery Service", "Digital Office", 2021, date(2018, 5, 14), None, "Fibre for farms."
    )
    links = link(places, [whole], at_least=0.2)
    assert pairs(links) == {("n", "w"), ("s", "w")}
    assert sorted(found.kind for found in links)[0] is Kind.ABSORBED


def test_the_same_likeness_says_less_between_lists_that_have_little_in_common():
    one = Record(
        "l", "Harbour Permit Renewal", "Harbour Office", 2020, None, None, "Boats ask for berths by text."
    )
    other = replace(one, key="r", title="Harbour Permits")
    years, strangers = (
        link([one], [other], at_least=0.01),
        link([one], [other], at_least=0.0, found_again=0.02),
    )
    assert strangers[0].probability < years[0].probability / 2


def test_reasons_are_sentences_and_the_heaviest_comes_first(cases, a_year_later):
    before = cases(30, 13)
    after, _ = a_year_later(before, 14)
    for found in link(before, after):
        weights = [abs(reason.weight) for reason in found.reasons]
        assert weights == sorted(weights, reverse=True)
        assert all(re.fullmatch(r"[A-Z].*\.", reason.words) for reason in found.reasons)


def test_empty_lists_have_no_links(cases):
    assert link([], cases(3)) == []
    assert link(cases(3), []) == []


def test_records_without_a_title_are_not_taken_for_one_another():
    assert link([Record("l", "")], [Record("r", "")]) == []
    assert link([Record("l", "…")], [Record("r", "(?)")]) == []
