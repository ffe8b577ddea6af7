"""Plain words, by rules."""

import pytest

from perdure.core.digitise.draft_titles import as_question, new_id
from perdure.core.digitise.wording import plain, take_number, worded

PLAIN = {
    "VETERAN'S SOCIAL SECURITY NUMBER": "Veteran's social security number",
    "12. VA FILE NUMBER": "VA file number",
    "Name Of Employer": "Name of employer",
    "PLEASE ENTER YOUR OCCUPATION": "Occupation",
    "10B. CITY ______": "City",
    "ARE YOU COVERED BY MEDICARE?": "Are you covered by Medicare?",
    "LIST AMOUNT": "Amount",
    "Geburtsdatum des Antragstellers": "Geburtsdatum des Antragstellers",
    "23 Property taxes paid ................ 23": "Property taxes paid",
}


@pytest.mark.parametrize(("printed", "said"), PLAIN.items())
def test_form_words_become_plain_words(printed, said):
    assert worded(printed).title == said


NUMBERS = {
    "5. B. HAS STUDENT EVER MARRIED?": "5B",
    "12 A. OTHER ANNUITIES": "12A",
    "Line 10c: Check if you are 65": "10C",
    "9. E-MAIL ADDRESS": "9",
    "(3) Country": "3",
    "2 digit month": "",
    "60 months of service": "",
    "Occupation": "",
}


@pytest.mark.parametrize(("printed", "number"), NUMBERS.items())
def test_the_number_of_a_question_is_taken_off(printed, number):
    assert take_number(printed)[0] == number


def test_brackets_and_second_sentences_are_help():
    said = worded("7. PLACE OF BIRTH (City and State). Attach a copy of the certificate.")
    assert said.title == "Place of birth"
    assert said.hint == "City and state. Attach a copy of the certificate."


def test_words_that_only_tell_how_to_write_on_paper_are_dropped():
    assert worded("DATE OF BIRTH (MM/DD/YYYY)").hint == ""
    assert worded("Date of birth. Enter 2 digit month, 2 digit day and 4 digit year.").hint == ""
    assert worded("TELEPHONE NUMBER (Include Area Code)").hint == "Include the area code."


def test_a_section_in_front_of_a_question_is_not_part_of_it():
    said = worded("SECTION 2: MILITARY SERVICE. 1. A. LAST BRANCH OF SERVICE.")
    assert said.section == "Section 2: Military service"
    assert (said.number, said.title) == ("1A", "Last branch of service")


def test_capitals_of_short_forms_and_names_stay():
    assert plain("U.S. ARMY SERVICE IN VIETNAM") == "U.S. Army service in Vietnam"


QUESTIONS = {
    "Date of birth": "What is your date of birth?",
    "Veteran's mailing address": "What is the veteran's mailing address?",
    "Name of spouse": "What is the name of the spouse?",
    "Do you rent your home": "Do you rent your home?",
    "Discharge type": "Discharge type",
}


@pytest.mark.parametrize(("noun", "asked"), QUESTIONS.items())
def test_what_a_rule_knows_is_asked_as_a_question(noun, asked):
    assert as_question(noun) == asked


def test_ids_are_readable_valid_and_used_once():
    taken = set()
    assert new_id("Veteran's first name", taken) == "veteran_first_name"
    assert new_id("Veteran's first name", taken) == "veteran_first_name_2"
    assert new_id("Yes", taken) == "yes_answer"
    assert new_id("2nd child", taken)[0].isalpha()


def test_us_is_not_the_united_states_when_people_tell_us():
    assert plain("TELL US WHY YOU LEFT THE US ARMY") == "Tell us why you left the US Army"


def test_from_and_to_behind_a_caption_belong_to_the_title():
    assert worded("15B. DATES OF CONFINEMENT ON. From.").title == "Dates of confinement on: from"


def test_places_of_two_words_keep_both_capitals():
    assert plain("SURROGATE'S COURT OF THE STATE OF NEW YORK") == "Surrogate's court of the state of New York"


def test_whose_line_it_is_stays_and_the_order_to_enter_goes():
    assert worded("Spouse - Enter the Illinois income tax").title == "Spouse: Illinois income tax"


def test_what_is_mine_on_paper_is_yours_on_screen():
    assert as_question("My representative's name") == "What is your representative's name?"
    assert as_question("First three digits of your spouse's social security number").endswith("number")


def test_a_lettered_piece_of_a_caption_belongs_to_the_title():
    assert worded("13. VALUE OF ESTATE. A. SAVINGS (Including cash).").title == "Value of estate: savings"
    assert worded("7. NAMES. A person may have several.").title == "Names"
