"""Shares and their intervals."""

import sys

import pytest

from perdure.core.foresee.api import share, shares_by_group
from perdure.core.foresee.numbers import chi_square_tail


def test_the_interval_is_wilsons():
    """81 of 263 from Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3."""
    for count, of, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ):
        found = share(count, of)
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)


def test_none_of_twenty_is_not_surely_none():
    found = share(0, 20)

    assert (found.share, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.1611, abs=0.0001)
    assert share(20, 20).high == 1.0


def test_no_case_at_all_says_nothing():
    found = share(0, 0)

    assert (found.share, found.of_100, found.low, found.high) == (None, None, 0.0, 1.0)


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="5 of 4"):
        share(5, 4)


def test_groups_come_in_the_order_of_their_names():
    found = shares_by_group([("Health", True), ("Energy", False), ("Health", False)])

    assert [(name, s.count, s.of) for name, s in found.items()] == [("Energy", 0, 1), ("Health", 1, 2)]


def test_the_tail_of_chi_square_is_that_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    for degrees in range(1, 12):
        for value in (0.01, 0.7, 3.84, 16.79, 60.0):
            assert chi_square_tail(value, degrees) == pytest.approx(stats.chi2.sf(value, degrees), rel=1e-9)


def test_the_front_door_opens_without_a_heavy_library():
    import subprocess

    code = "import sys, perdure.core.foresee.api; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    ).stdout.split()

    assert not {"numpy", "pandas", "scipy", "sklearn", "lifelines", "django", "pydantic"} & set(loaded)
