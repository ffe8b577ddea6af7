"""Scores of forecasts: known answers."""

import json
from dataclasses import asdict, replace
from itertools import pairwise

import pytest

from perdure.core.foresee.api import ForeseeError, Tenth, share
from perdure.core.foresee.scoring import auc, brier, read_score, score_of


def test_the_brier_score_of_a_sure_and_right_forecast_is_nought():
    assert brier([1.0, 0.0], [True, False]) == 0
    assert brier([0.5, 0.5], [True, False]) == 0.25
    assert brier([0.8, 0.3], [True, False]) == pytest.approx((0.04 + 0.09) / 2)


def test_the_area_counts_pairs_in_the_right_order_and_ties_by_half():
    assert auc([0.9, 0.8, 0.1], [True, True, False]) == 1
    assert auc([0.1, 0.2, 0.9], [True, True, False]) == 0
    assert auc([0.5, 0.5], [True, False]) == 0.5
    assert auc([0.5, 0.4], [True, True]) is None


def test_scikit_learn_finds_the_same_area():
    metrics = pytest.importorskip("sklearn.metrics")
    forecasts = [(n * 37 % 100) / 100 for n in range(300)]
    answers = [(n * 37 % 100) + (n * 61 % 83) > 95 for n in range(300)]

    assert auc(forecasts, answers) == pytest.approx(metrics.roc_auc_score(answers, forecasts))


def test_the_tenths_hold_every_forecast_once():
    forecasts = [0.0, 0.05, 0.1, 0.55, 0.99, 1.0]
    score = score_of(forecasts, [False, False, True, True, True, True], cases=list("abcdef"))

    assert [(t.low, t.observed.count, t.observed.of) for t in score.tenths] == [
        (0.0, 0, 2),
        (0.1, 1, 1),
        (0.5, 1, 1),
        (0.9, 2, 2),
    ]


def test_a_forecast_is_right_when_the_likelier_of_two_ways_came_about():
    score = score_of([0.9, 0.5, 0.49, 0.1], [True, False, True, False], cases=list("abcd"))

    assert score.right == 2  # one half calls a yes, and it did not come


def test_ten_groups_hold_as_many_forecasts_each_in_rising_order():
    forecasts = [(n * 37 % 101) / 101 for n in range(101)]
    score = score_of(forecasts, [p > 0.5 for p in forecasts], cases=[str(p) for p in forecasts])

    assert len(score.groups) == 10
    assert {group.observed.of for group in score.groups} <= {10, 11}
    assert sum(group.observed.of for group in score.groups) == 101
    assert all(a.high <= b.low for a, b in pairwise(score.groups))
    assert score.groups[0].observed.count == 0


def test_a_group_is_near_when_what_happened_is_within_five_points():
    assert Tenth(0.9, 1.0, 0.96, share(20, 20)).near
    assert not Tenth(0.9, 1.0, 0.94, share(20, 20)).near
    assert not Tenth(0.9, 1.0, 0.94, share(0, 0)).near


def test_few_forecasts_make_fewer_groups_of_five_at_least():
    score = score_of(
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] * 2, [True, False] * 7, cases=[str(n) for n in range(14)]
    )
    alone = score_of([0.5, 0.6], [True, False], cases=["a", "b"])

    assert [group.observed.of for group in score.groups] == [7, 7]
    assert alone.groups == ()


def test_a_score_kept_as_json_is_read_again_and_one_from_before_groups_too():
    score = score_of([0.2, 0.9] * 30, [False, True] * 30, cases=[str(n) for n in range(60)], years=[2016])
    kept = json.loads(json.dumps(asdict(score)))

    assert read_score(kept) == score
    del kept["groups"]
    assert read_score(kept) == replace(score, groups=())


def test_the_intervals_hold_the_score_and_are_wider_for_fewer_cases():
    many = score_of([0.3, 0.8] * 200, [False, True, True, True] * 100, cases=[str(n) for n in range(400)])
    few = score_of([0.3, 0.8] * 10, [False, True, True, True] * 5, cases=[str(n) for n in range(20)])

    for score in (many, few):
        assert score.brier_low <= score.brier <= score.brier_high
    assert few.brier_high - few.brier_low > many.brier_high - many.brier_low


def test_nothing_to_score_is_said_in_words():
    with pytest.raises(ForeseeError) as refusal:
        score_of([], [], cases=[])
    assert refusal.value.code == "foresee.too-few-cases"
