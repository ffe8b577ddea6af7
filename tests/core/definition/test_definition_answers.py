"""From what people type to answers, and back to words: lenient in, exact within."""

from __future__ import annotations

from datetime import date

import pytest

from perdure.core.definition.answers.messages import MESSAGES
from perdure.core.definition.api import input_names, raw_of, read_answer, shown, shown_lines, shown_value
from perdure.core.definition.model import Option, Question

THURSDAY = date(2027, 3, 4)
LIVES = (Option(value="alone", title="I live alone"), Option(value="partner", title="My partner"))


def question(kind, **more):
    return Question(id="q", type=kind, title="Question", **more)


def read(kind, raw, *, currency="GBP", language="en", **more):
    raw = raw if isinstance(raw, dict) else {"q": [raw]}
    return read_answer(question(kind, **more), raw, today=THURSDAY, currency=currency, language=language)


def value(kind, raw, **more):
    found = read(kind, raw, **more)
    assert found.problems == ()
    return found.value


def says(kind, raw, **more):
    found = read(kind, raw, **more)
    assert found.value is None
    return [(problem.input, problem.says) for problem in found.problems]


# Numbers


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1234.5", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1’234", "1234.00"),
        ("£1,234", "1234.00"),
        ("£ 1.234", "1234.00"),
        ("1234 GBP", "1234.00"),
        ("1,234,567", "1234567.00"),
        ("1.234.567,8", "1234567.80"),
        ("12,34,567", None),
        ("0,5", "0.50"),
        (".5", "0.50"),
        ("50,-", "50.00"),
        ("007", "7.00"),
        ("-5", "-5.00"),
        ("\u22125", "-5.00"),
        ("-0", "0.00"),
        ("٣٤", "34.00"),
        ("１２", "12.00"),
        ("12\u00a0000", "12000.00"),
    ],
)
def test_a_sum_is_understood_as_people_write_it(typed, stored):
    if stored is None:
        assert says("money", typed) == [("q", "Enter the amount in figures, like 1,234.50")]
    else:
        assert value("money", typed) == stored


@pytest.mark.parametrize(
    "typed", ["abc", "1e5", "1,2,3", "--5", "5-5", "1.2.3", "NaN", "Infinity", "0x10", "²"]
)
def test_what_is_not_a_sum_is_refused_in_words(typed):
    assert says("money", typed) == [("q", "Enter the amount in figures, like 1,234.50")]


def test_a_sum_has_the_places_of_its_currency():
    assert says("money", "1.2345") == [("q", "Write at most 2 figures behind the point, like 1,234.50")]
    assert value("money", "1.234", currency="KWD") == "1.234"
    assert says("money", "1.5", currency="JPY") == [
        ("q", "Write the amount without anything behind the point")
    ]
    assert value("money", "1,500", currency="JPY") == "1500"


def test_what_could_be_both_is_read_as_the_service_s_language_writes_it():
    assert value("number", "1.234") == "1.234"
    assert value("number", "1,234") == "1234"
    assert value("number", "1.234", language="de") == "1234"
    assert value("number", "1,234", language="de") == "1.234"
    assert value("whole_number", "1.234") == 1234


def test_a_whole_number_may_have_its_unit_but_no_places():
    assert value("whole_number", "12 years", unit="years") == 12
    assert value("whole_number", "1 year", unit="years") == 1
    assert value("whole_number", "12.0") == 12
    assert says("whole_number", "12.5") == [("q", "Enter a whole number in figures, like 12")]
    assert says("whole_number", "9" * 16) == [("q", "This number is too large. Check it for slips")]
    assert says("whole_number", "9" * 400) == [("q", "This number is too large. Check it for slips")]


def test_limits_are_said_as_the_answer_is_written():
    assert says("money", "5", min="1000") == [("q", "The answer must be £1,000.00 or more")]
    assert says("percent", "101 %", max="100") == [("q", "The answer must be 100 or less")]
    assert value("percent", "100 %", max="100") == "100"
    assert says("date", dated("4", "3", "1890"), min="1900-01-01") == [
        ("q-day", "The date must be 1 January 1900 or later")
    ]
    assert says("date", dated("5", "3", "2027"), max="today") == [
        ("q-day", "The date must be 4 March 2027 or earlier")
    ]
    assert value("date", dated("4", "3", "2027"), max="today", min="today") == "2027-03-04"


def test_a_number_put_back_into_its_form_is_read_the_same_in_every_language():
    for language in ("en", "de"):
        again = read("number", raw_of(question("number"), "1.234"), language=language)
        assert again.value == "1.234"


# Days and times


def dated(day, month, year):
    return {"q-day": [day], "q-month": [month], "q-year": [year]}


@pytest.mark.parametrize("month", ["3", "03", "March", "march", "mar", "Mar.", "März", "mars", "marzo"])
def test_a_month_may_be_a_number_or_its_name(month):
    assert value("date", dated("4", month, "2027")) == "2027-03-04"


def test_each_part_of_a_date_is_told_its_own_problem():
    assert says("date", dated("32", "13", "27")) == [
        ("q-day", "The day must be a number from 1 to 31"),
        ("q-month", "The month must be a number from 1 to 12"),
        ("q-year", "The year must have 4 figures, like 1948"),
    ]
    assert says("date", {"q-day": ["4"]}) == [
        ("q-month", "Enter the month too"),
        ("q-year", "Enter the year too"),
    ]
    assert says("date", dated("29", "2", "2027")) == [
        ("q-day", "This day does not exist. Check the day and the month")
    ]
    assert value("date", dated("29.", "2", "2028")) == "2028-02-29"
    assert value("date", dated("1st", "2", "2028")) == "2028-02-01"


def test_a_date_may_come_whole():
    assert value("date", "2027-03-04") == "2027-03-04"
    assert says("date", "soon") == [("q-day", "Enter the date as day, month and year, like 27 3 2027")]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("14:05", "14:05"),
        ("2pm", "14:00"),
        ("12 am", "00:00"),
        ("9.30 a.m.", "09:30"),
        ("1405", "14:05"),
        ("14 Uhr", "14:00"),
        ("9", "09:00"),
        ("14h05", "14:05"),
        ("14:05:30", "14:05"),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed, stored):
    assert value("time", typed) == stored


@pytest.mark.parametrize("typed", ["25:00", "14:60", "13pm", "noon", "1:2:3:4"])
def test_what_is_not_a_time_is_refused_in_words(typed):
    assert says("time", typed) == [("q", "Enter the time as hours and minutes, like 14:05")]


# Texts


def test_a_text_is_tidied_and_hostile_ones_are_refused_in_words():
    assert value("text", "  cafe\u0301\x07 \u202e au\nlait ") == "café au lait"
    assert value("long_text", "a  \r\n\r\n b\x0b") == "a\n\n b"
    kept = [("q", "Type the answer again: it holds a character that cannot be kept")]
    assert says("text", "a\x00b") == kept
    assert says("text", "a\ud800") == kept
    assert says("choice", "\x00", options=LIVES) == kept
    ((name, words),) = says("text", "x" * 10_000_000)
    assert (name, words) == ("q", "This is far too long to be kept. Write at most 50,000 characters")
    assert says("text", "x" * 30, max_length=20) == [("q", "Write at most 20 characters; there are 30 now")]
    assert says("long_text", "x" * 20_001) == [("q", "Write at most 20,000 characters; there are 20,001 now")]
    many = {"q": ["alone"] * 100_000}
    assert value("choices", many, options=LIVES) == ["alone"]


def test_only_a_pattern_of_the_service_limits_an_identifier():
    assert value("identifier", "QQ 12 34 56 C / ?!") == "QQ 12 34 56 C / ?!"
    assert value("identifier", "12345678", pattern="[0-9]{8}") == "12345678"
    own = {"pattern": "[0-9]{8}", "pattern_says": "An account number has {8} figures"}
    assert says("identifier", "123456789", **own) == [("q", "An account number has {8} figures")]


def test_a_phone_number_is_anything_with_five_figures():
    assert value("phone", "(01632) 960-123 ext 4") == "(01632) 960-123 ext 4"
    assert value("phone", "+442079460000") == "+44 20 7946 0000"
    assert value("phone", "+99 12345") == "+99 12345"
    assert says("phone", "1234") == [("q", "Write a telephone number with at least 5 figures")]


def test_an_email_address_needs_a_name_an_at_and_a_host():
    assert value("email", " Ada.Byron+x@mail.example.org ") == "Ada.Byron+x@mail.example.org"
    assert value("email", "ada@bücher.example") == "ada@bücher.example"
    for typed in ("ada", "ada@example", "a da@example.org", "a@b@example.org", "ada@.org", "a@example..org"):
        assert says("email", typed)[0][1].startswith("Write the e-mail address in full")


# Choices, ticks, parts


def test_only_options_of_the_question_are_taken():
    assert value("choice", "partner", options=LIVES) == "partner"
    assert says("choice", "x", options=LIVES) == [("q", "Choose one of the answers shown")]
    assert value("choices", {"q": ["partner", "", "alone", "alone"]}, options=LIVES) == ["alone", "partner"]
    assert says("choices", {"q": ["partner", "x"]}, options=LIVES) == [("q", "Choose from the answers shown")]


def test_yes_no_and_ticks():
    assert value("yes_no", "yes") is True
    assert value("yes_no", "no") is False
    assert value("tick", "yes") is True
    assert value("tick", {}) is None
    assert says("yes_no", "perhaps") == [("q", "Choose yes or no")]


def test_names_and_addresses_keep_the_parts_that_were_given():
    given = {"q-given": [" Ada "], "q-family": [""], "q-title": ["Countess"]}
    assert value("name", given) == {"given": "Ada"}  # the title was not asked
    assert value("name", given, parts=("title", "given")) == {"title": "Countess", "given": "Ada"}
    home = {"q-full": ["1 High Street\r\nExeter "]}
    assert value("address", home, parts=("full",)) == {"full": "1 High Street\nExeter"}
    long = {"q-given": ["x" * 1_001]}
    assert says("name", long) == [("q-given", "Write at most 1,000 characters; there are 1,001 now")]


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("text", "q", "Enter an answer"),
        ("money", "q", "Enter an amount in figures, like 1,234.50"),
        ("date", "q-day", "Enter a date"),
        ("choice", "q", "Choose an answer"),
        ("choices", "q", "Choose at least one answer"),
        ("yes_no", "q", "Choose yes or no"),
        ("tick", "q", "Tick the box to go on"),
        ("name", "q-given", "Enter a name"),
        ("address", "q-line1", "Enter the first line of the address"),
        ("phone", "q", "Enter a telephone number"),
        ("signature", "q", "Type your full name"),
    ],
)
def test_a_required_question_left_empty_is_told_so_and_an_optional_one_is_not(kind, name, words):
    options = LIVES if kind in ("choice", "choices") else ()
    assert says(kind, {}, required=True, options=options) == [(name, words)]
    assert says(kind, {"q": [" "], "q-day": [""]}, required=True, options=options) == [(name, words)]
    assert read(kind, {}, required=True, options=options).problems[0].is_missing
    assert value(kind, {}, options=options) is None


def test_a_query_dict_and_single_texts_are_read_too():
    class Posted(dict):
        def getlist(self, name):
            return self.get(name, [])

    assert value("choices", Posted(q=["alone", "partner"]), options=LIVES) == ["alone", "partner"]
    assert value("text", {"q": "words"}) == "words"


def test_what_was_typed_is_kept_for_showing_the_form_again():
    found = read("date", dated("31", "Febuary", "2027"))
    assert found.raw == dated("31", "Febuary", "2027")
    assert not found.ok


def test_no_message_blames_or_begs():
    for words in MESSAGES.values():
        assert "invalid" not in words.lower()
        assert "please" not in words.lower()


# Back to words


def test_an_answer_is_shown_in_words():
    assert shown(question("date"), "2027-03-04") == "4 March 2027"
    assert shown(question("date"), "2027-03-04", language="de") == "4. März 2027"
    assert shown(question("money"), "1234.50", currency="GBP") == "£1,234.50"
    assert (
        shown(question("money", currency="EUR"), "1234.50", currency="GBP", language="de")
        == "1.234,50\u00a0€"
    )
    assert shown(question("whole_number", unit="years"), 12) == "12 years"
    assert shown(question("percent"), "12.5") == "12.5%"
    assert shown(question("yes_no"), False) == "No"
    assert shown(question("yes_no"), False, language="de") == "Nein"
    assert shown(question("choice", options=LIVES), "partner") == "My partner"
    assert shown(question("choices", options=LIVES), ["alone", "partner"]) == "I live alone, My partner"
    assert (
        shown(question("name", parts=("family", "given")), {"given": "Ada", "family": "Byron"}) == "Byron Ada"
    )
    assert (
        shown(question("address"), {"line1": "1 High Street", "postcode": "EX1 1AA"})
        == "1 High Street, EX1 1AA"
    )
    assert shown_lines(question("long_text"), "a\n\nb") == ["a", "b"]


def test_no_answer_or_one_of_another_kind_is_shown_as_nothing():
    for kind in ("text", "date", "money", "yes_no", "choice", "choices", "name", "tick"):
        for wrong in (None, "", [], {}, 3.5, object()):
            assert shown(question(kind, options=LIVES if "choice" in kind else ()), wrong) == ""


def test_a_derived_value_is_shown_in_words():
    from decimal import Decimal

    assert shown_value(Decimal("1234.5")) == "1,234.5"
    assert shown_value(date(2027, 3, 4), language="de") == "4. März 2027"
    assert shown_value(True) == "Yes"
    assert shown_value(None) == ""


def test_the_names_of_inputs_are_those_that_are_read():
    assert input_names(question("date")) == ("q-day", "q-month", "q-year")
    assert input_names(question("name", parts=("full",))) == ("q-full",)
    assert input_names(question("text")) == ("q",)
    assert raw_of(question("date"), "2027-03-04") == {"q-day": ["4"], "q-month": ["3"], "q-year": ["2027"]}
    assert raw_of(question("yes_no"), False) == {"q": ["no"]}
    assert raw_of(question("text"), None) == {}
