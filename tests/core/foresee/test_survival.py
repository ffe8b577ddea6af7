"""How long things last: against published tables, lifelines, and the plainest possible reckoning."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perdure.core.foresee.api import Life, survival

DAY_0 = date(2020, 1, 1)

# Weeks in remission, Freireich et al. 1963 (Blood 21:699); True: relapsed, False: last seen well.
SIX_MP = (
    [(6, True)] * 3
    + [(weeks, True) for weeks in (7, 10, 13, 16, 22, 23)]
    + [(weeks, False) for weeks in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
)
PLACEBO = [(w, True) for w in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


def life(days: int, ended: bool, group: str = "", known_after: int | None = None) -> Life:
    last = DAY_0 + timedelta(days=days)
    known = None if known_after is None else DAY_0 + timedelta(days=known_after)
    return Life(DAY_0, last if ended else None, last, group, known)


def trial() -> list[Life]:
    return [life(7 * w, ended, "6-MP") for w, ended in SIX_MP] + [
        life(7 * w, e, "placebo") for w, e in PLACEBO
    ]


def test_the_published_table_of_the_leukaemia_trial_comes_out():
    treated, _ = survival(trial()).curves

    printed = {
        6: (0.857, 0.620, 0.952),
        7: (0.807, 0.563, 0.923),
        10: (0.753, 0.503, 0.889),
        13: (0.690, 0.432, 0.849),
        16: (0.627, 0.368, 0.805),
        22: (0.538, 0.268, 0.747),
        23: (0.448, 0.188, 0.680),
    }
    for weeks, row in printed.items():
        point = treated.at(7 * weeks)
        assert (point.share, point.low, point.high) == pytest.approx(row, abs=0.0006)
    assert [treated.at(7 * w).at_risk for w in printed] == [21, 17, 15, 12, 11, 7, 6]


def test_the_published_medians_and_log_rank_test_come_out():
    found = survival(trial())
    treated, placebo = found.curves

    assert (treated.median_days, placebo.median_days) == (7 * 23, 7 * 8)
    assert found.log_rank is not None
    assert found.log_rank.statistic == pytest.approx(16.79, abs=0.005)
    assert found.log_rank.p == pytest.approx(4.17e-5, rel=0.01)
    assert found.log_rank.degrees_of_freedom == 1


def test_lifelines_finds_the_same_curve_and_interval():
    lifelines = pytest.importorskip("lifelines")
    (curve,) = survival([life(7 * w, ended) for w, ended in SIX_MP]).curves
    model = lifelines.KaplanMeierFitter().fit([7 * w for w, _ in SIX_MP], [e for _, e in SIX_MP])

    for point in curve.points[1:]:
        low, high = model.confidence_interval_.loc[point.days]
        assert point.share == pytest.approx(model.predict(point.days))
        assert (point.low, point.high) == pytest.approx((low, high))


def test_lifelines_finds_the_same_log_rank_statistic_for_three_groups():
    statistics = pytest.importorskip("lifelines.statistics")
    rows = [(d, d % 3 > 0, name) for i, name in enumerate("abc") for d in range(10 + i, 200, 7 + 3 * i)]
    found = survival([life(d, ended, name) for d, ended, name in rows]).log_rank
    other = statistics.multivariate_logrank_test(
        [r[0] for r in rows], [r[2] for r in rows], [r[1] for r in rows]
    )

    assert found is not None
    assert (found.statistic, found.p) == pytest.approx((other.test_statistic, other.p_value))


def plain_share(rows: list[tuple[int, bool, int]], days: int) -> float:
    """The share left after so many days, reckoned case by case: an oracle that shares no code."""
    share = 1.0
    for day in range(days + 1):
        running = [row for row in rows if row[0] >= day and (row[2] < day or row[2] == 0)]
        ended = [row for row in running if row[0] == day and row[1]]
        if ended:
            share *= 1 - len(ended) / len(running)
    return share


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.booleans(), st.integers(0, 20)).filter(
            lambda r: r[2] == 0 or r[0] > r[2]
        ),
        min_size=1,
        max_size=30,
    )
)
def test_the_curve_is_what_a_reckoning_case_by_case_gives(rows):
    (curve,) = survival([life(days, ended, known_after=entry) for days, ended, entry in rows]).curves

    for days in (0, 5, 17, 40):
        assert curve.at(days).share == pytest.approx(plain_share(rows, days))
    assert all(point.low <= point.share <= point.high for point in curve.points)
    assert sum(point.ended + point.censored for point in curve.points) == len(rows)


def test_a_case_listed_late_is_not_counted_as_running_before_it_was_listed():
    early_ends = [life(100, True), life(200, True)]
    late = [life(900, False, known_after=800) for _ in range(98)]
    (curve,) = survival(early_ends + late).curves

    assert curve.at(100).at_risk == 2
    assert curve.at(100).share == 0.5


def test_a_case_that_was_over_before_it_was_listed_is_left_out_and_counted():
    found = survival([life(50, True, known_after=80), life(90, True), Life(DAY_0)])

    assert found.left_out == 2
    assert found.curves[0].cases == 1


def test_no_median_is_given_while_more_than_half_still_run():
    (curve,) = survival([life(10, True), *[life(400, False) for _ in range(5)]]).curves

    assert curve.median_days is None


def test_one_group_or_none_has_no_test():
    assert survival([life(10, True)]).log_rank is None
    assert survival([]).curves == ()
