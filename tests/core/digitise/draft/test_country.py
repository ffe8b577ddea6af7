"""Dates and sums as the country of the form writes them."""

import pytest
from tests.core.digitise.draft.made import box, drafted, line, only

DATE = "Date of birth"


def format_of(*fields, **more):
    draft = drafted(*fields, **more)
    return next(one.format for one in draft.definition.paper.boxes), draft.definition.currency


@pytest.mark.parametrize(
    ("beside", "language", "expected"),
    [
        ("Rent £", "en", ("DD/MM/YYYY", "GBP")),
        ("Rent $", "en", ("MM/DD/YYYY", "USD")),
        ("Rent €", "en", ("DD/MM/YYYY", "EUR")),
        ("Miete in Euro", "de", ("DD.MM.YYYY", "EUR")),
        ("Loyer", "fr", ("DD/MM/YYYY", "EUR")),
        ("Postcode", "en", ("DD/MM/YYYY", "GBP")),
        ("ZIP code", "en", ("MM/DD/YYYY", "USD")),
    ],
)
def test_a_date_without_a_format_follows_the_country(beside, language, expected):
    assert format_of(box(DATE, 40, 100), box(beside, 40, 200), language=language) == expected


def test_another_date_of_the_form_tells_how_dates_are_written():
    assert (
        format_of(box(DATE, 40, 100), lines=(line("Write dates as DD/MM/YYYY", 40, 40),))[0] == "DD/MM/YYYY"
    )
    assert format_of(box(DATE, 40, 100), lines=(line("All sums in £. Dates: MM/DD/YYYY", 40, 40),)) == (
        "MM/DD/YYYY",
        "GBP",
    )


def test_what_stands_beside_the_box_is_stronger_than_the_country():
    assert format_of(box("Date of birth (MM/DD/YYYY)", 40, 100), box("Rent £", 40, 200))[0] == "MM/DD/YYYY"


def test_two_digit_pieces_of_a_date_follow_the_country_too():
    pieces = [
        box(DATE if at == 0 else "", 40 + 40 * at, 100, 30, max_length=size)
        for at, size in enumerate((2, 2, 4))
    ]
    draft = drafted(*pieces, lines=(line("All sums in £", 40, 40),))
    born = only(draft).id
    assert [one.answer for one in draft.definition.paper.boxes] == [
        f"{born}.day",
        f"{born}.month",
        f"{born}.year",
    ]
