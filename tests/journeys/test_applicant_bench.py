"""The bench itself: both sites are walked to the receipt, and ours is light."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.fresh_process, pytest.mark.proof]


def test_both_sites_of_the_bench_are_walked_and_ours_is_light():
    from bench.journey import TARGETS, measure

    figures = measure(rounds=1, journeys=8)
    assert figures["journeys_per_second"] > 0
    assert figures["floor_journeys_per_second"] > 0
    assert figures["rss_mib"] < TARGETS["rss_mib"]
    assert figures["first_page_kb"] < TARGETS["first_page_kb"]
