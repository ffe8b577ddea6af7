"""Boxes that hold one answer in pieces become one question."""

from tests.core.digitise.draft.made import answers_on_paper, box, drafted, only, questions

from perdure.core.definition.model import QuestionType


def comb(label, x, cells, y=100):
    return box(label, x, y, 16 * cells, cells=cells, max_length=cells)


def test_day_month_and_year_boxes_are_one_date():
    draft = drafted(comb("4. Date of birth. Month", 40, 2), comb("Day", 90, 2), comb("Year", 140, 4))
    asked = only(draft)
    assert asked.type is QuestionType.DATE
    assert asked.title == "What is your date of birth?"
    assert list(answers_on_paper(draft.definition).values()) == [
        f"{asked.id}.month",
        f"{asked.id}.day",
        f"{asked.id}.year",
    ]


def test_words_on_a_german_form_put_the_day_first():
    draft = drafted(comb("Geburtsdatum", 40, 2), comb("", 90, 2), comb("", 140, 4), language="de")
    assert [one.rsplit(".")[-1] for one in answers_on_paper(draft.definition).values()] == [
        "day",
        "month",
        "year",
    ]


def test_a_number_in_three_combs_is_one_identifier_in_slices():
    draft = drafted(
        comb("2. Social security number. Enter first three digits.", 40, 3),
        comb("2. Social security number. Enter middle two digits.", 100, 2),
        comb("2. Social security number. Enter last four digits.", 145, 4),
    )
    asked = only(draft)
    assert asked.type is QuestionType.IDENTIFIER
    assert asked.max_length == 9
    assert asked.sensitive
    assert [one.take for one in draft.definition.paper.boxes] == [(0, 3), (3, 5), (5, 9)]


def test_first_middle_and_last_name_are_one_name():
    draft = drafted(
        box("1. VETERAN'S NAME - Enter first name", 40, 100),
        box("1. Enter middle initial", 170, 100, 16, max_length=1),
        box("1. Enter last name", 200, 100),
    )
    asked = only(draft)
    assert asked.type is QuestionType.NAME
    assert asked.parts == ("given", "middle", "family")
    assert asked.title == "What is the veteran's name?"


def test_names_of_two_people_stay_two_names():
    draft = drafted(
        box("Your first name", 40, 100),
        box("Your last name", 200, 100),
        box("Spouse's first name", 40, 130),
        box("Spouse's last name", 200, 130),
    )
    assert [asked.type for asked in questions(draft)] == [QuestionType.NAME, QuestionType.NAME]


def test_street_city_state_and_zip_are_one_address():
    draft = drafted(
        box("7. Mailing address (number and street)", 40, 100, 400),
        box("7. City", 40, 130),
        box("7. State", 200, 130, 30),
        comb("7. ZIP code. First 5 digits", 260, 5, y=130),
        comb("7. ZIP code. Last 4 digits", 350, 4, y=130),
    )
    asked = only(draft)
    assert asked.type is QuestionType.ADDRESS
    assert asked.parts == ("line1", "town", "region", "postcode")
    assert asked.title == "What is your mailing address?"
    assert [one.take for one in draft.definition.paper.boxes][-2:] == [(0, 5), (5, 9)]


def test_two_addresses_in_one_form_are_not_run_together():
    draft = drafted(
        box("10A. Mailing address (street)", 40, 100, 300),
        box("10B. City", 40, 120),
        box("10C. ZIP code", 200, 120, 50),
        box("11A. Home address (street)", 40, 140, 300),
        box("11B. City", 40, 160),
        box("11C. ZIP code", 200, 160, 50),
    )
    assert [asked.title for asked in questions(draft)] == [
        "What is your mailing address?",
        "What is your home address?",
    ]


def test_dollars_and_cents_are_one_sum():
    draft = drafted(box("Monthly income", 40, 100, 80, format="$"), box("Cents", 124, 100, 20, max_length=2))
    asked = only(draft)
    assert asked.type is QuestionType.MONEY
    assert list(answers_on_paper(draft.definition).values()) == [f"{asked.id}.whole", f"{asked.id}.cents"]


def test_an_area_code_belongs_to_the_number_behind_it():
    draft = drafted(
        box("Telephone number. Area code", 40, 100, 30, max_length=3), box("Telephone number", 80, 100, 90)
    )
    assert only(draft).type is QuestionType.PHONE


def test_a_caption_with_several_lines_is_one_long_answer():
    draft = drafted(
        box("9. Explain what happened", 40, 100, 500), box("", 40, 118, 500), box("", 40, 136, 500)
    )
    asked = only(draft)
    assert asked.type is QuestionType.LONG_TEXT
    assert set(answers_on_paper(draft.definition).values()) == {asked.id}
    assert len(draft.definition.paper.boxes) == 3


def test_a_box_that_nothing_names_is_titled_by_its_place_and_marked():
    draft = drafted(box("", 40, 100, 60))
    assert only(draft).title == "Box 1 on page 1"
    assert draft.to_review[0].certainty < 0.5
    assert draft.to_review[0].boxes == ("p1-1",)


def test_a_doubtful_kind_is_asked_as_plain_text():
    assert only(drafted(box("Date of birth", 40, 100, confidence=0.3))).type is QuestionType.TEXT
    assert only(drafted(box("Date of birth", 40, 100, confidence=0.9))).type is QuestionType.DATE


def test_nothing_is_required_unless_the_form_says_so():
    draft = drafted(box("Occupation", 40, 100), box("Employer", 40, 130, required=True))
    assert [asked.required for asked in questions(draft)] == [False, True]


def test_three_boxes_under_one_name_are_given_middle_and_family_name():
    words = "1. NAME OF APPLICANT (First, middle initial, last)"
    draft = drafted(box(words, 40, 100, 150), box(words, 200, 100, 14), box(words, 224, 100, 160))
    assert only(draft).parts == ("given", "middle", "family")
    assert list(answers_on_paper(draft.definition).values()) == [
        f"{only(draft).id}.{part}" for part in ("given", "middle", "family")
    ]


def test_three_boxes_under_one_telephone_number_are_one_number():
    draft = drafted(*[box("Telephone number", 40 + 50 * at, 100, 40) for at in range(3)])
    assert only(draft).type is QuestionType.PHONE
    assert [one.take for one in draft.definition.paper.boxes] == [(0, 3), (3, 6), (6, 15)]


def test_three_boxes_under_one_date_are_one_date():
    draft = drafted(*[box("Date of birth", 40 + 50 * at, 100, 40) for at in range(3)])
    assert [one.answer.split(".")[1] for one in draft.definition.paper.boxes] == ["month", "day", "year"]


def test_two_boxes_with_the_same_words_far_apart_stay_two_questions():
    draft = drafted(box("Telephone number", 40, 100, 40), box("Telephone number", 300, 100, 40))
    assert len(questions(draft)) == 2


def test_a_box_for_city_state_and_zip_is_the_last_line_of_the_address():
    draft = drafted(
        box("Street address", 40, 100, 300),
        box("City, state and ZIP code", 40, 120, 300),
    )
    asked = only(draft)
    assert asked.type is QuestionType.ADDRESS
    assert asked.parts == ("line1", "town", "region", "postcode")
    assert draft.definition.paper is not None
    street, rest = draft.definition.paper.boxes
    assert street.answer == f"{asked.id}.line1"
    assert (rest.answer, rest.format) == (asked.id, "town, region postcode")


def test_a_sentence_that_names_a_city_is_no_line_of_an_address():
    draft = drafted(
        box("Street address", 40, 100, 300),
        box("In which city and state were you born?", 40, 120, 300),
    )
    assert len(questions(draft)) == 2
