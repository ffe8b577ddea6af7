"""Days, sums and references as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perdure.core.kernel import dates, money, references


def test_a_day_in_words_in_each_language():
    day = date(2027, 3, 1)
    assert dates.in_words(day) == "1 March 2027"
    assert dates.in_words(day, "de") == "1. März 2027"
    assert dates.in_words(day, "de-AT") == "1. März 2027"
    assert dates.in_words(day, "fr") == "1er mars 2027"
    assert dates.in_words(day, "es") == "1 de marzo de 2027"
    assert dates.in_words(day, "xx") == "2027-03-01"


def test_every_month_is_known_by_its_name_in_each_language():
    for names in dates.MONTHS.values():
        for number, name in enumerate(names, start=1):
            assert dates.month_number(name) == number
            assert dates.month_number(name.upper()) == number


def test_letters_that_begin_several_months_name_none():
    assert dates.month_number("ju") is None
    assert dates.month_number("jui") is None
    assert dates.month_number("sept.") == 9
    for nothing in ("", "0", "13", "-1", "x", "99999", "²"):
        assert dates.month_number(nothing) is None


def test_a_sum_in_words():
    assert money.in_words(Decimal("1234.5"), "GBP") == "£1,234.50"
    assert money.in_words(Decimal("-5"), "USD") == "-$5.00"
    assert money.in_words(Decimal("1234.5"), "EUR", "de") == "1.234,50\u00a0€"
    assert money.in_words(Decimal("1234.5"), "CHF") == "CHF\u00a01,234.50"
    assert money.in_words(Decimal("1234"), "JPY") == "¥1,234"
    assert money.in_words(Decimal("1.2345"), "KWD") == "KWD\u00a01.235"
    assert money.in_words(Decimal("1234.5")) == "1,234.50"
    assert money.in_words(Decimal("0.005"), "EUR") == "€0.01"


def test_a_number_in_words_has_the_places_it_was_given():
    assert money.decimal_in_words(Decimal("1234.50")) == "1,234.50"
    assert money.decimal_in_words(Decimal("1E+3")) == "1,000"
    assert money.decimal_in_words(Decimal("1234.5"), "de") == "1.234,5"


BYTES = st.binary(min_size=8, max_size=16)


@given(BYTES)
def test_a_reference_is_read_however_it_is_typed(random_bytes):
    reference = references.new_reference(random_bytes, "home-adaptation-grant")
    assert len(reference) == 12
    assert reference.startswith("HA-")
    bare = reference.replace("-", "")
    for typed in (reference, reference.lower(), bare, f" {reference} ", reference.replace("-", " ")):
        assert references.normalise(typed) == reference
    misread = reference[3:].replace("5", "S").replace("V", "u")
    assert references.normalise(reference[:3] + misread) == reference


@given(BYTES, st.integers(3, 11), st.sampled_from(references.ALPHABET))
def test_one_wrong_character_is_always_noticed(random_bytes, place, other):
    reference = references.new_reference(random_bytes, "grant")
    if reference[place] not in ("-", other):
        assert references.normalise(reference[:place] + other + reference[place + 1 :]) is None


@given(BYTES, st.integers(3, 10))
def test_two_neighbours_that_changed_places_are_always_noticed(random_bytes, place):
    reference = references.new_reference(random_bytes, "grant")
    letters = reference.replace("-", "")
    place = min(place, len(letters) - 2)
    swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
    if swapped != letters:
        assert references.normalise(swapped) is None


def test_a_prefix_comes_from_the_service_s_name():
    assert references.prefix_of("home-adaptation-grant") == "HA"
    assert references.prefix_of("passport") == "PA"
    assert references.prefix_of("x") == "XE"
    assert references.prefix_of("2-4") == "PE"
    assert references.prefix_of("form-21p-530") == "FP"


def test_what_cannot_be_a_reference_is_none():
    for typed in (
        "",
        "HA",
        "HA-7Q2M-4KX",
        "HA-7Q2M-4KXDD",
        "12-7Q2M-4KXD",
        "HA-0000-0000",
        "ß" * 10,
        "x" * 10**6,
    ):
        assert references.normalise(typed) is None


def test_a_reference_needs_enough_chance():
    with pytest.raises(ValueError, match="8 random bytes"):
        references.new_reference(b"1234567", "grant")
