"""The lists beside the project: major projects from year to year. Skipped where they are not."""

from __future__ import annotations

import pytest
from scripts.linking_validation import YEARS, found_by_year, known_links, learnt, score, words_of


@pytest.fixture
def lists(shared):
    folder = shared / "register" / "dev"
    if not folder.is_dir():
        pytest.skip(f"no register lists at {folder}")
    return folder


def f1(counts):
    right, wrong, missed = counts
    return 2 * right / (2 * right + wrong + missed)


def test_projects_are_found_again_the_year_after(lists):
    assert f1(score(found_by_year(lists, YEARS), known_links(lists), {})) >= 0.95


@pytest.mark.proof
def test_what_is_learnt_on_early_years_holds_on_later_ones(lists):
    """Nothing of the later years goes in, and none of our own judgements: the truth as it was given."""
    early, late, truth = YEARS[:2], YEARS[2:], known_links(lists)
    scale = (learnt(lists, early, with_cases=False, judged=False), words_of(lists, early, with_cases=False))
    found = found_by_year(lists, late, scale)
    assert f1(score(found, truth, {})) >= 0.95
    sure = [(y, one) for y, links in found.items() for one in links if one.probability >= 0.95]
    right = sum((one.left, one.right) in truth[y] for y, one in sure) / len(sure)
    mean = sum(one.probability for _, one in sure) / len(sure)
    assert len(sure) > 250
    assert abs(right - mean) <= 0.03
