"""What a forecast looks at, and why a case left."""

from datetime import date

import pytest

from perdure.core.foresee.api import EndReason, Snapshot
from perdure.core.foresee.features import colour, facts_of
from perdure.core.foresee.reasons import why_it_left

NEXT = date(2021, 1, 1)


def numbers(*snapshots: Snapshot) -> dict[str, float | None]:
    return dict(facts_of(snapshots)[-1].numbers)


def test_time_left_and_age_are_in_years_from_the_day_of_the_facts():
    found = numbers(Snapshot("a", 2020, date(2019, 9, 30), start=date(2018, 9, 30), end=date(2020, 9, 30)))

    assert found["left"] == pytest.approx(1.0, abs=0.01)
    assert found["age"] == pytest.approx(1.0, abs=0.01)
    assert found["left_share"] == pytest.approx(0.5, abs=0.01)


def test_what_is_not_known_is_not_made_up():
    found = numbers(Snapshot("a", 2020))

    assert all(found[name] is None for name in ("left", "age", "cost", "rating", "slips", "words_close"))


def test_slippage_is_that_of_earlier_lists_only():
    ends = [date(2022, 1, 1), date(2023, 1, 1), date(2023, 1, 15)]
    history = [Snapshot("a", 2018 + n, end=end) for n, end in enumerate(ends)]

    assert [dict(f.numbers)["slips"] for f in facts_of(history)] == [None, 1.0, 1.0]
    assert numbers(*history)["slip_total"] == pytest.approx(1.04, abs=0.01)
    assert numbers(*history)["seen"] == 2


def test_money_that_is_no_number_is_not_known():
    found = numbers(Snapshot("a", 2020, cost=float("nan"), year_budget=float("inf"), year_forecast=-3))

    assert (found["cost"], found["budget"], found["over_budget"]) == (None, None, None)


@pytest.mark.parametrize(
    ("rating", "value"),
    [("Green", 0), ("Amber/Green", 0.5), ("Amber/red", 1.5), (" RED ", 2), ("Reset", None), ("", None)],
)
def test_traffic_lights_are_read_in_any_case(rating, value):
    assert colour(rating) == value


def test_a_sentence_that_withholds_the_rating_is_no_rating():
    sentence = "Exempt under Section 43 of the Freedom of Information Act (red tape)"
    found = numbers(Snapshot("a", 2020, rating=sentence))

    assert found["rating"] is None
    assert found["withheld"] == 1


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("The programme will exit the Government Major Projects Portfolio in June.", "words_leave"),
        ("It was removed from the register after the last review.", "words_leave"),
        ("Work has moved to business as usual since the spring.", "words_absorb"),
        ("The project closed on 31 March after its last review.", "words_close"),
        ("The outline business case is awaited by the board.", "words_early"),
        ("Delivery was delayed by the weather and re-planned.", "words_delay"),
    ],
)
def test_words_that_tell_are_found(text, feature):
    assert numbers(Snapshot("a", 2020, text=text))[feature] > 0


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (Snapshot("a", 2020, end=date(2020, 6, 1)), EndReason.COMPLETED),
        (
            Snapshot("a", 2020, end=date(2030, 6, 1), text="The programme was formally closed."),
            EndReason.COMPLETED,
        ),
        (Snapshot("a", 2020, text="It has become business as usual."), EndReason.ABSORBED),
        (Snapshot("a", 2020, text="The contract was terminated in May."), EndReason.STOPPED),
        (Snapshot("a", 2020, end=date(2030, 6, 1), rating="Red"), EndReason.STOPPED),
        (Snapshot("a", 2020, end=date(2030, 6, 1), rating="Amber"), EndReason.UNKNOWN),
        (Snapshot("a", 2020), EndReason.UNKNOWN),
    ],
)
def test_why_a_case_left_is_labelled_from_its_last_entry_or_stays_unknown(last, reason):
    assert why_it_left(last, NEXT) is reason
