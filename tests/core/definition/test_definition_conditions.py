"""What conditions mean, one rule of docs/reference/conditions.md at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perdure.core.definition.api import ConditionError, compile_condition, compile_value, scope_of
from perdure.core.definition.conditions.parse import MAX_CHARACTERS

THURSDAY = date(2027, 3, 4)


@pytest.fixture
def holds(grant):
    def holds(text, answers, today=THURSDAY):
        return compile_condition(text, scope_of(grant)).holds(answers, today)

    return holds


@pytest.fixture
def value(grant):
    def value(text, answers, today=THURSDAY):
        return compile_value(text, scope_of(grant)).value(answers, today)

    return value


@pytest.fixture
def refused(grant):
    def refused(text, **where):
        with pytest.raises(ConditionError) as caught:
            compile_condition(text, scope_of(grant, **where))
        return caught.value

    return refused


def test_a_choice_is_compared_with_a_bare_option(holds):
    assert holds("lives_with = partner", {"lives_with": "partner"})
    assert not holds("lives_with = partner", {"lives_with": "alone"})
    assert holds("lives_with != partner", {"lives_with": "alone"})
    assert holds("lives_with in (partner, family)", {"lives_with": "family"})
    assert holds("lives_with not in (partner, family)", {"lives_with": "alone"})


def test_what_is_not_answered_makes_every_comparison_fail(holds):
    for text in (
        "income < 1000",
        "income >= 1000",
        "income != 0",
        "lives_with = partner",
        "lives_with != partner",
        "lives_with not in (partner, family)",
        "helps includes ramp",
        "born < today",
        "has_savings",
        "has_savings = no",
    ):
        assert not holds(text, {})
        assert holds(f"not ({text})", {})


def test_arithmetic_with_something_unanswered_has_no_answer(value):
    assert value("income + partner_income", {"income": "10.00"}) is None
    assert value("income / 0", {"income": "10.00"}) is None
    assert value("income / years_here", {"income": "10.00", "years_here": 0}) is None
    assert value("years_between(born, today)", {}) is None
    assert value("round(income)", {}) is None


def test_sum_min_max_and_count_leave_out_what_is_not_answered(value):
    assert value("sum(income, partner_income)", {"income": "10.50"}) == Decimal("10.50")
    assert value("sum(income, partner_income)", {}) == 0
    assert value("max(income, partner_income)", {"partner_income": "3.00"}) == 3
    assert value("min(income, partner_income)", {}) is None
    assert value("count(children)", {}) == 0
    children = [{"child_allowance": "5.50"}, {}, {"child_allowance": "4.50"}]
    assert value("sum(children.child_allowance)", {"children": children}) == 10
    assert value("count(children, child_allowance > 5)", {"children": children}) == 1


def test_numbers_are_decimals(holds, value):
    assert holds("0.1 + 0.2 = 0.3", {})
    assert value("round(income / 3, 2)", {"income": "10.00"}) == Decimal("3.33")
    assert value("round(2.5)", {}) == 3
    assert value("2 + 3 * 4 - 6 / 2", {}) == 11
    assert value("-(2 - 5)", {}) == 3
    assert value("10 - 2 - 3", {}) == 5


def test_a_year_of_age_is_full_on_the_birthday(holds):
    born = {"born": "2009-03-05"}
    assert holds("years_between(born, today) < 18", born, date(2027, 3, 4))
    assert not holds("years_between(born, today) < 18", born, date(2027, 3, 5))
    leap = {"born": "2008-02-29"}
    assert holds("years_between(born, today) = 17", leap, date(2026, 2, 28))
    assert holds("years_between(born, today) = 18", leap, date(2026, 3, 1))


def test_parts_of_names_addresses_and_dates_can_be_looked_at(holds):
    assert holds('home.town = "exeter"', {"home": {"town": " Exeter"}})
    assert holds("born.year < 1950", {"born": "1948-03-27"})
    assert holds("home.line2 is not answered", {"home": {"line1": "1 High Street"}})
    assert holds('visit_time < "12:00"', {"visit_time": "09:30"})


def test_no_and_zero_are_answers_but_empty_ones_are_not(holds):
    assert holds("has_savings is answered", {"has_savings": False})
    assert holds("years_here is answered", {"years_here": 0})
    assert holds("helps is not answered", {"helps": []})
    assert holds("other_help is not answered", {"other_help": ""})


def test_and_binds_tighter_than_or_and_not_tightest(holds):
    assert holds("yes or no and no", {})
    assert not holds("(yes or no) and no", {})
    assert not holds("not yes or no", {})


def test_answers_of_the_wrong_kind_are_no_answers(holds):
    for hostile in ([], {}, True, 1e308, "1e999999999", "NaN", "x" * 100, None, "٣"):
        holds("income > 1000 or income < 1 or income = 5", {"income": hostile})
    for hostile in ("NaN", "Infinity", "1e99", "abc", [], {}, True):
        assert not holds("partner_income < 1000", {"partner_income": hostile if hostile != "1e99" else "abc"})
    assert not holds("born < today", {"born": "yesterday"})
    assert not holds("born < today", {"born": 5})
    assert not holds("helps includes ramp", {"helps": "ramp"})


@pytest.mark.parametrize(
    ("text", "says", "write_instead"),
    [
        ("lives_wth = partner", "lives_wth is not a question", "Write lives_with."),
        ("lives_with = partnr", "partnr is not an option of lives_with", "Write partner."),
        ("lives_with = nobody", "nobody is not an option", "Write one of: alone, partner, family."),
        ("helps = ramp", "may have several answers", "Write helps includes ramp."),
        ("lives_with includes alone", "has only one answer", "Write lives_with = …."),
        ("lives_with < alone", "has no order", "Write = or !=."),
        ("income", "income is a number, so it does not hold", "Compare it"),
        ("lives_with", "one of several answers", "Write lives_with = alone."),
        ('income > "1000"', "is a text, but income is a number", "Write a number"),
        ('born > "2027-03-04"', "is a text, but born is a date", "without quotes"),
        ("born + 1 > 2", "is a date, and + works on numbers", "years_between"),
        ("income > 60,000", "without commas", "Write 60000"),
        ("income > £1000", "£ cannot stand here", "without a sign"),
        ("lives_with == partner and", "ends too early", ""),
        ("1 < income < 5", "cannot stand here", "two comparisons with and"),
        ("has_savings = true", "true is not known here", "Write yes or no."),
        ("income is 5", "cannot stand here", "to compare, write ="),
        ("home = 5", "cannot be compared", "Write home.line1."),
        ("home.street = 5", "home has no part street", "home.town"),
        ("child_allowance > 5", "asked once for each of children", "sum(children.child_allowance)"),
        ("children > 2", "a repeating group", "Write count(children)."),
        ("sum(children.child_name) > 2", "not a number asked for each", "children.child_allowance"),
        ("total(income) > 2", "not a function that is known", ""),
        ("rond(income) > 2", "not a function that is known", "Write round(…)."),
        ("born = 2027-02-30", "2027-02-30 is not a day", "like 2027-03-04"),
        ('visit_time > "2pm"', "is not a time", "14:05"),
        ("lives_with = “partner”", "cannot stand here", "straight quotes"),
        ("", "The condition is empty", "lives_with = partner"),
        ("applicant.given = Ada", "Ada is not a question", 'Write "Ada".'),
        ("(" * 60 + "yes" + ")" * 60, "too large", "derived value"),
        ("+".join(["1"] * 100) + " > 1", "too large", "derived value"),
        ("yes and " * MAX_CHARACTERS + "yes", "too large", "derived value"),
        ("not " * 200 + "yes", "too large", "derived value"),
    ],
)
def test_a_condition_that_cannot_be_used_says_what_to_write_instead(refused, text, says, write_instead):
    error = refused(text)
    assert says in error.what
    assert write_instead in error.next_step


def test_a_condition_cannot_look_at_what_is_asked_later(refused):
    error = refused("income > 5", page="lives-with")
    assert "asked later" in error.what
    assert "Move income to an earlier page" in error.next_step


def test_an_error_points_at_its_place_in_the_text(refused):
    text = "income > 5 and lives_with = partnr"
    assert text[refused(text).offset :] == "partnr"


def test_the_trace_says_what_decided(grant):
    def says(text, answers):
        return compile_condition(text, scope_of(grant)).explain(answers, THURSDAY).says()

    partner = {"lives_with": "partner", "partner_income": "1500.00"}
    assert says("lives_with = partner", partner) == "lives_with = partner"
    assert says("lives_with in (partner, family)", partner) == "lives_with = partner"
    assert says("partner_income > 1000", partner) == "partner_income > 1000 (partner_income = 1500.00)"
    assert says("lives_with = alone", partner) == "lives_with = partner"
    assert says("lives_with = alone or partner_income > 1", partner).startswith("partner_income > 1 (")
    assert says("not (lives_with = alone)", partner) == "lives_with = partner"
    assert says("income > 5", {}) == "income is not answered"
    assert says("has_savings and income is not answered", {"has_savings": True}) == (
        "has_savings = yes and income is not answered"
    )
    assert says("count(children) > 1", {"children": [{}, {}]}) == "count(children) > 1 (count(children) = 2)"


def test_the_trace_has_words_for_people(grant):
    def words(text, answers, definition=grant):
        return compile_condition(text, scope_of(definition)).explain(answers, THURSDAY).in_words()

    answers = {"lives_with": "partner", "partner_income": "1500.00", "born": "1948-03-27"}
    assert words("lives_with = partner", answers) == "“Who lives with you?” is “My partner”"
    assert "is more than 1,000 (“What is your partner's income in a year?” is £1,500.00)" in words(
        "partner_income > 1000", answers
    )
    german = grant.model_copy(update={"language": "de"})
    assert words("lives_with = partner", answers, german) == "„Who lives with you?“ ist „My partner“"
    assert words("income > 5", {}) == "“What is your own income in a year?” is not answered"
    assert "27 March 1948" in words("years_between(born, today) > 60", answers)
