"""The rules that need no database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perdure.parts.casework import rules


def test_the_interval_of_a_share_is_wilsons():
    low, high = rules.wilson_interval(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)  # Newcombe 1998, table I, method 3
    assert rules.wilson_interval(0, 0) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_lies_within_0_and_1_around_the_share(hits, more):
    of = hits + more
    low, high = rules.wilson_interval(hits, of)
    assert 0 <= low <= hits / of <= high <= 1


@pytest.mark.parametrize(
    ("paused", "today", "due"),
    [
        (None, date(2026, 12, 1), date(2026, 12, 21)),
        (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 21)),
        (date(2026, 12, 1), date(2026, 12, 11), date(2026, 12, 31)),
        (date(2026, 12, 11), date(2026, 12, 1), date(2026, 12, 21)),  # a clock set back costs nobody time
    ],
)
def test_the_day_to_decide_by_moves_on_by_the_days_the_clock_stood(paused, today, due):
    assert rules.due_after_pause(date(2026, 12, 21), paused, today) == due
