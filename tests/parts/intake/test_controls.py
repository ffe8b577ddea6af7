"""Every type of question: its control, what helps to fill it in, and an answer that comes back."""

from __future__ import annotations

import pytest
from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import every_kind, publish

from perdure.core.definition.model import QuestionType

ANSWERS = {
    "text": ({"a_text": "Hello"}, "Hello"),
    "long": ({"a_long": "One\nTwo"}, "One Two"),
    "whole": ({"a_whole": "42"}, "42 years"),
    "number": ({"a_number": "1.5"}, "1.5"),
    "money": ({"a_money": "£1,234.50"}, "£1,234.50"),
    "percent": ({"a_percent": "12"}, "12%"),
    "date": ({"a_date-day": "4", "a_date-month": "march", "a_date-year": "2027"}, "4 March 2027"),
    "time": ({"a_time": "14:05"}, "14:05"),
    "yes": ({"a_yes": "no"}, "No"),
    "tick": ({"a_tick": "yes"}, "Yes"),
    "choice": ({"a_choice": "b"}, "Second"),
    "choices": ({"a_choices": ["a", "b"]}, "First Second"),
    "state": ({"a_state": "s7"}, "State 7"),
    "full-name": ({"a_name-given": "Ada", "a_name-family": "Byron"}, "Ada Byron"),
    "one-line-name": ({"a_line-full": "Ada Byron"}, "Ada Byron"),
    "address": ({"an_address-line1": "1 Road", "an_address-postcode": "LS1 1AA"}, "1 Road LS1 1AA"),
    "one-box-address": ({"a_box-full": "1 Road\nLeeds"}, "1 Road Leeds"),
    "phone": ({"a_phone": "01632 960001"}, "01632 960001"),
    "email": ({"an_email": "ada@example.org"}, "ada@example.org"),
    "number-of-card": ({"an_identifier": "QQ123456C"}, "QQ123456C"),
    "signature": ({"a_signature": "Ada Byron"}, "Ada Byron"),
    "check-": ({"a_check": "fine"}, "fine"),
}
ATTRIBUTES = {
    "a_text": {"type": "text", "maxlength": "40"},
    "a_whole": {"inputmode": "numeric"},
    "a_number": {"inputmode": "decimal"},
    "a_money": {"inputmode": "decimal"},
    "a_percent": {"inputmode": "decimal"},
    "a_date-day": {"inputmode": "numeric", "autocomplete": "bday-day", "maxlength": "2"},
    "a_date-year": {"inputmode": "numeric", "autocomplete": "bday-year", "maxlength": "4"},
    "a_time": {"type": "time"},
    "a_name-given": {"autocomplete": "given-name"},
    "a_name-family": {"autocomplete": "family-name"},
    "a_line-full": {"autocomplete": "name"},
    "an_address-line1": {"autocomplete": "address-line1"},
    "an_address-postcode": {"autocomplete": "postal-code"},
    "a_phone": {"type": "tel", "autocomplete": "tel"},
    "an_email": {"type": "email", "autocomplete": "email"},
    "an_identifier": {"spellcheck": "false", "maxlength": "12"},
}


@pytest.fixture
def pages(anyone):
    """Every page of the service of all kinds, as it is shown first."""
    anyone.start()
    return {page: anyone.get(page) for page in ANSWERS}


def test_the_service_of_these_tests_has_every_type(anyone):
    from perdure.core.definition.api import load_definition

    assert {one.type for one in load_definition(every_kind()).questions()} == set(QuestionType)


def test_every_answer_comes_back_as_it_was_given(anyone):
    anyone.start()
    for page, (typed, _shown) in ANSWERS.items():
        answer = anyone.post(page, typed)
        assert answer.errors == [], page
    assert answer.heading == "Check your answers before you send them"
    found = list(answer.answers().values())
    assert found == [shown for _typed, shown in ANSWERS.values()]
    assert anyone.get("choice").main.find(id="q-a_choice-b").has_attr("checked")
    assert anyone.get("state").main.find("option", value="s7").has_attr("selected")
    assert anyone.get("tick").input("a_tick").has_attr("checked")
    assert anyone.get("long").input("a_long").get_text().strip() == "One\nTwo"


def test_every_input_has_a_label_and_no_placeholder(pages):
    for name, page in pages.items():
        inputs = [one for one in page.main.select("input, textarea, select") if one.get("type") != "hidden"]
        assert inputs, name
        for one in inputs:
            assert page.main.select_one(f'label[for="{one["id"]}"]'), f"{name}: {one}"
            assert not one.has_attr("placeholder")


def test_several_controls_for_one_question_stand_in_a_fieldset_with_a_legend(pages):
    for name in ("date", "yes", "choice", "choices", "full-name", "address", "tick"):
        assert pages[name].main.fieldset.legend.h1, name
    for name in ("text", "long", "money", "state", "one-line-name", "one-box-address"):
        assert pages[name].main.fieldset is None, name
        assert pages[name].main.h1.label, name


def test_the_question_is_the_only_heading_of_the_first_level(pages):
    for name, page in pages.items():
        assert len(page.main.find_all("h1")) == 1, name


def test_inputs_help_phones_and_browsers_to_fill_them_in(pages):
    by_name = {one.get("name"): one for page in pages.values() for one in page.main.select("input")}
    for name, wanted in ATTRIBUTES.items():
        assert {key: by_name[name].get(key) for key in wanted} == wanted, name


def test_the_hint_comes_before_the_control_and_is_tied_to_it(pages):
    main = pages["text"].main
    hint, control = main.find(class_="hint"), main.find("input", attrs={"name": "a_text"})
    assert hint in control.find_all_previous(class_="hint")
    assert hint["id"] in control["aria-describedby"].split()


def test_a_long_list_of_options_is_a_list_to_open(pages):
    assert pages["state"].main.select
    assert len(pages["state"].main.find_all("option")) == 21
    assert pages["choice"].main.find("select") is None


def test_guidance_stands_above_the_control_as_safe_html(pages):
    assert pages["tick"].main.find(class_="words").find("strong").get_text() == "this"


def test_no_page_has_a_script_or_a_style_of_its_own(pages):
    for page in pages.values():
        assert page.soup.find("script") is None
        assert page.soup.find(style=True) is None


def test_a_page_that_is_called_like_one_of_ours_keeps_its_place(anyone):
    anyone.start()
    assert anyone.get("check-").heading == "A page with a name of ours (optional)"


def test_in_american_services_the_month_comes_first_and_zip_codes_are_called_so(db):
    definition = every_kind("american").replace("currency: GBP", "currency: USD")
    someone = Applicant(publish(definition))
    someone.start()
    names = [one["name"] for one in someone.get("date").main.select("fieldset input")]
    assert names == ["a_date-month", "a_date-day", "a_date-year"]
    assert "ZIP code" in someone.get("address").words
