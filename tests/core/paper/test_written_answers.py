"""Dates, sums and parts are written in the format printed beside the box."""

import pytest
from tests.core.paper.making import DAY, asks, box, definition, page

from perdure.core.paper import wording
from perdure.core.paper.entries import entries, givens, untold

AT = [10, 10, 110, 30]


def texts(question, boxes, answer, **more):
    """What goes into each box, and the answers that no box tells."""
    form = definition(
        [page(question)], [box(at=AT, id=f"b{n}", **one) for n, one in enumerate(boxes)], **more
    )
    answers = {question["id"]: answer}
    made = entries(form, answers, reference="R-1", today=DAY, derived={})
    left = untold(givens(form, answers), [entry for entry in made if entry.text or entry.is_tick])
    return [entry.ticked if entry.is_tick else entry.text for entry in made], [one.owner for one in left]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("DD/MM/YYYY", "27/03/1957"),
        ("MM/DD/YYYY", "03/27/1957"),
        ("mm-dd-yy", "03-27-57"),
        ("TT.MM.JJJJ", "27.03.1957"),
        ("JJ/MM/AAAA", "27/03/1957"),
        ("D MMMM YYYY", "27 March 1957"),
    ],
)
def test_a_date_is_written_in_the_printed_format(layout, expected):
    assert texts(asks("born", "date"), [{"name": "born", "format": layout}], "1957-03-27") == ([expected], [])


def test_without_a_printed_format_a_date_follows_the_custom_of_the_service():
    plain = [{"name": "born"}]
    assert texts(asks("born", "date"), plain, "1957-03-27")[0] == ["27/03/1957"]
    assert texts(asks("born", "date"), plain, "1957-03-27", currency="USD")[0] == ["03/27/1957"]
    assert texts(asks("born", "date"), plain, "1957-03-27", language="de")[0] == ["27.03.1957"]


def test_a_comb_of_eight_takes_a_date_without_its_strokes():
    comb = [{"name": "born", "write": "comb", "cells": 8}]
    assert texts(asks("born", "date"), comb, "1957-03-27") == (["27031957"], [])


def test_day_month_and_year_go_into_their_own_boxes():
    boxes = [{"name": f"born.{part}"} for part in ("day", "month", "year")]
    assert texts(asks("born", "date"), boxes, "1957-03-07") == (["07", "03", "1957"], [])


def test_a_date_with_room_for_its_year_only_is_told_in_full_elsewhere():
    assert texts(asks("born", "date"), [{"name": "born", "format": "YYYY"}], "1957-03-07") == (
        ["1957"],
        ["born"],
    )


@pytest.mark.parametrize(
    ("layout", "expected"),
    [("", "1234.5"), ("0.00", "1234.50"), ("0,00", "1234,50"), ("#,##0.00", "1,234.50"), ("0", "1234.5")],
)
def test_a_sum_is_written_in_the_printed_format_and_never_rounded(layout, expected):
    assert texts(asks("price", "money"), [{"name": "price", "format": layout}], "1234.5")[0] == [expected]


def test_pounds_and_pence_go_into_their_own_boxes():
    boxes = [{"name": "price.whole"}, {"name": "price.cents"}]
    assert texts(asks("price", "money"), boxes, "1234.5") == (["1234", "50"], [])


def test_pence_without_a_box_are_told_elsewhere():
    assert texts(asks("price", "money"), [{"name": "price.whole"}], "1234.50")[1] == ["price"]
    assert texts(asks("price", "money"), [{"name": "price.whole"}], "1234.00")[1] == []


def test_a_number_in_three_boxes_is_cut_where_the_paper_cuts_it():
    boxes = [{"name": "number", "take": part} for part in ([0, 3], [3, 5], [5, 9])]
    assert texts(asks("number", "identifier"), boxes, "123-45-6789") == (["123", "45", "6789"], [])
    assert texts(asks("number", "identifier"), boxes[:2], "123-45-6789")[1] == ["number"]


def test_a_part_of_a_name_without_a_box_is_told_elsewhere():
    boxes = [{"name": "who.given"}, {"name": "who.family"}]
    assert texts(asks("who", "name"), boxes, {"given": "Ada", "family": "Byron"}) == (["Ada", "Byron"], [])
    full = {"given": "Ada", "middle": "Augusta", "family": "Byron"}
    assert texts(asks("who", "name"), boxes, full)[1] == ["who"]


def test_a_whole_name_in_one_box_stands_in_order():
    name = {"family": "Byron", "given": "Ada"}
    assert texts(asks("who", "name"), [{"name": "who"}], name) == (["Ada Byron"], [])


YES = {"name": "owns", "write": "tick", "when": "yes"}
NO = {"name": "owns", "write": "tick", "when": "no"}


def test_yes_and_no_mark_their_own_square():
    assert texts(asks("owns", "yes_no"), [YES, NO], True) == ([True, False], [])
    assert texts(asks("owns", "yes_no"), [YES, NO], False) == ([False, True], [])


def test_an_empty_square_for_yes_says_no():
    assert texts(asks("owns", "yes_no"), [YES], False) == ([False], [])


def test_an_option_without_a_square_is_told_elsewhere():
    options = [{"value": "cat", "title": "A cat"}, {"value": "dog", "title": "A dog"}]
    boxes = [{"name": "pets", "write": "tick", "when": "cat"}]
    assert texts(asks("pets", "choices", options=options), boxes, ["cat"]) == ([True], [])
    assert texts(asks("pets", "choices", options=options), boxes, ["cat", "dog"]) == ([True], ["pets"])
    assert texts(asks("pets", "choices", options=options), [{"name": "pets"}], ["cat", "dog"]) == (
        ["A cat; A dog"],
        [],
    )


def test_fixed_words_may_name_the_reference_and_the_day():
    form = definition(
        [page(asks("who"))], [{"id": "b", "page": 1, "at": AT, "text": "{reference} of {date}"}]
    )
    made = entries(form, {}, reference="HA-1", today=DAY, derived={})
    assert made[0].text == "HA-1 of 04/03/2027"


def test_a_value_worked_out_is_written_like_an_answer():
    form = definition(
        [page(asks("who"))],
        [box("total", AT, format="0.00"), box("signed", AT, format="MM/DD/YYYY")],
        derived=[{"id": name, "title": name, "value": "1"} for name in ("total", "signed")],
    )
    made = entries(form, {}, reference="R", today=DAY, derived={"total": "12.5", "signed": "2027-03-04"})
    assert [entry.text for entry in made] == ["12.50", "03/04/2027"]


def test_what_a_box_says_about_the_sheet_ends_with_something_that_always_fits():
    assert wording.see_sheet("en")[0] == "see continuation sheet"
    assert wording.see_sheet("de")[0] == "siehe Zusatzblatt"
    assert wording.see_sheet("xx")[-1] == "*"


def test_one_box_shows_the_parts_of_an_address_that_are_printed_there():
    address = asks("home", "address", parts=["line1", "town", "region", "postcode"])
    boxes = [{"name": "home.line1"}, {"name": "home", "format": "town, region postcode"}]
    whole = {"line1": "1 High St", "town": "Leeds", "region": "York", "postcode": "LS1"}
    assert texts(address, boxes, whole) == (["1 High St", "Leeds, York LS1"], [])
    assert texts(address, boxes, {"line1": "1 High St", "postcode": "LS1"}) == (["1 High St", "LS1"], [])


def test_a_part_that_no_box_shows_is_told_elsewhere():
    address = asks("home", "address", parts=["line1", "town"])
    boxes = [{"name": "home", "format": "town"}]
    assert texts(address, boxes, {"line1": "1 High St", "town": "Leeds"}) == (["Leeds"], ["home"])


def test_a_name_stands_in_the_printed_order():
    boxes = [{"name": "who", "format": "family, given middle"}]
    whole = {"given": "Ada", "family": "Byron"}
    assert texts(asks("who", "name"), boxes, whole) == (["Byron, Ada"], [])
