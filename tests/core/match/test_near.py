"""Duplicates within a list, and one record against a shortlist."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from perdure.core.match.api import Record, blocks, duplicates, learn, near
from perdure.core.match.engine import compared
from perdure.core.match.levels import COMPARISONS
from perdure.core.match.prepare import made_ready
from perdure.core.match.weights import shipped


def test_duplicates_are_found_and_nothing_else(cases, a_year_later):
    records = cases(100, 21)
    again, truth = a_year_later(records[:25], 22)
    found = {(link.left, link.right) for link in duplicates([*records, *again])}
    wrong = found - truth
    assert len(found & truth) / len(truth) >= 0.9
    assert len(wrong) <= 2


def test_a_thing_listed_three_times_gives_three_pairs(cases):
    (one,) = cases(1, 23)
    records = [one, replace(one, key="second"), replace(one, key="third"), *cases(20, 24)[1:]]
    found = {(link.left, link.right) for link in duplicates(records)}
    assert {(one.key, "second"), (one.key, "third"), ("second", "third")} <= found


def test_one_record_is_scored_as_in_a_list(cases, a_year_later):
    """The levels in SQL and in Python are the same rule: every pair that DuckDB saw gets the same answer."""
    before = cases(60, 25)
    after, _ = a_year_later(before, 26)
    weights, known = shipped()
    knowledge = known.and_of(before, after)
    looked = 0
    for first, second, codes in compared(before, after, knowledge, weights, 0.0):
        left, right = made_ready(before[first], knowledge), made_ready(after[second], knowledge)
        assert {c.name: c.level(left, right).code for c in COMPARISONS} == codes
        looked += 1
    assert looked > 100


def test_near_puts_the_right_one_first_and_agrees_with_duplicates(cases, a_year_later):
    records = cases(80, 27)
    again, truth = a_year_later(records[:20], 28)
    knowledge = learn([*records, *again])
    in_list = {frozenset((d.left, d.right)): d.probability for d in duplicates([*records, *again])}
    by_key = {r.key: r for r in again}
    for left, right in truth:
        best = near(by_key[right], records, knowledge=knowledge)[0]
        if best.right == left and frozenset((left, right)) in in_list:
            assert best.probability == pytest.approx(in_list[frozenset((left, right))])
    firsts = [near(by_key[right], records)[0].right == left for left, right in truth]
    assert sum(firsts) / len(firsts) >= 0.95


def test_near_is_the_same_from_both_sides(cases):
    some = cases(40, 29)
    for one, other in pairwise(some):
        there, back = near(one, [other], at_least=0.0), near(other, [one], at_least=0.0)
        assert there[0].probability == back[0].probability


def test_two_records_of_one_thing_share_a_block(cases, a_year_later):
    records = cases(100, 30)
    later, truth = a_year_later(records, 31)
    keys = {r.key: set(blocks(r)) for r in [*records, *later]}
    missed = [pair for pair in truth if not keys[pair[0]] & keys[pair[1]]]
    assert missed == []


def test_one_phase_is_never_another_for_one_record_either():
    first = Record("l", "Coastal Defences Phase 1", "Ministry of Rivers", 2020, date(2018, 5, 14))
    (found,) = near(first, [replace(first, key="r", title="Coastal Defences Phase 2")], at_least=0.0)
    assert found.probability <= 0.02


@pytest.mark.fresh_process
def test_importing_the_door_loads_no_heavy_library():
    code = (
        "import sys; from perdure.core.match.api import near, Record\n"
        "near(Record('a', 'Harbour permits'), [Record('b', 'Harbour permits')])\n"
        "print(sorted({'splink', 'duckdb', 'pandas', 'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
