"""Ticks under one caption become one question."""

from tests.core.digitise.draft.made import box, drafted, only, page_of, questions, tick

from perdure.core.definition.model import QuestionType
from perdure.core.digitise.values import Widget


def under(caption, *titles, widget=Widget.TICK, y=100):
    return [
        tick(title, 40 + 80 * at, y, group_label=caption, group=f"g{y:.0f}", widget=widget)
        for at, title in enumerate(titles)
    ]


def test_yes_and_no_are_one_question():
    draft = drafted(*under("Are you married?", "YES", "NO"))
    assert only(draft).type is QuestionType.YES_NO
    assert only(draft).title == "Are you married?"
    assert [one.when for one in draft.definition.paper.boxes] == ["yes", "no"]


def test_no_printed_before_yes_keeps_its_meaning():
    draft = drafted(*under("Are you married?", "No", "Yes"))
    assert [one.when for one in draft.definition.paper.boxes] == ["no", "yes"]


def test_radio_buttons_are_a_choice_with_options_in_order():
    asked = only(drafted(*under("Filing", "JOINT", "SEPARATE", "ALONE", widget=Widget.RADIO)))
    assert asked.type is QuestionType.CHOICE
    assert [option.title for option in asked.options] == ["Joint", "Separate", "Alone"]


def test_check_all_that_apply_is_choices():
    asked = only(drafted(*under("What do you need (check all that apply)", "Food", "Rent", "Heat")))
    assert asked.type is QuestionType.CHOICES


def test_options_that_exclude_each_other_are_one_choice():
    assert only(drafted(*under("Applicant", "MALE", "FEMALE"))).type is QuestionType.CHOICE
    assert (
        only(drafted(*under("Marital status", "Widowed", "Separated", "Single"))).type is QuestionType.CHOICE
    )


def test_when_the_form_does_not_say_people_may_choose_several_and_a_person_is_told():
    draft = drafted(*under("Benefits", "Food", "Rent", "Heat"))
    assert only(draft).type is QuestionType.CHOICES
    assert "one or several" in draft.to_review[0].says


def test_a_lone_tick_stays_a_tick():
    asked = only(drafted(tick("I agree to receive letters by e-mail", 40, 100)))
    assert asked.type is QuestionType.TICK
    assert asked.title == "I agree to receive letters by e-mail"


def test_the_box_beside_other_is_asked_only_for_other():
    draft = drafted(
        *under("Relationship (check one)", "Spouse", "Child", "Other (specify)"), box("", 280, 97, 150)
    )
    choice, other = questions(draft)
    assert [option.value for option in choice.options] == ["spouse", "child", "other"]
    assert page_of(draft, other.id).asked_when == f"{choice.id} = other"
    assert "Other" in other.title


def test_several_others_are_asked_with_includes():
    draft = drafted(
        *under("What do you need (check all that apply)", "Food", "Other (specify)"), box("", 200, 97, 150)
    )
    choice, other = questions(draft)
    assert page_of(draft, other.id).asked_when == f"{choice.id} includes other"


def test_two_questions_in_the_same_row_are_not_mixed():
    left = [tick(title, 40, 100 + 14 * at, group_label="Home") for at, title in enumerate(["Own", "Rent"])]
    right = [tick(title, 300, 100 + 14 * at, group_label="Car") for at, title in enumerate(["New", "Used"])]
    draft = drafted(left[0], right[0], left[1], right[1])
    assert [[option.title for option in asked.options] for asked in questions(draft)] == [
        ["Own", "Rent"],
        ["New", "Used"],
    ]


def test_an_option_that_is_a_word_of_the_language_is_quoted():
    draft = drafted(*under("Insurance (check one)", "No", "Unknown", "Yes (specify)"), box("", 280, 97, 150))
    choice, more = questions(draft)
    assert page_of(draft, more.id).asked_when == f'{choice.id} = "yes"'


def test_radio_buttons_of_several_fields_under_check_all_that_apply_are_choices():
    caption = "Child status (check all that apply)"
    marks = [
        tick(title, 40 + 120 * at, 100, group_label=caption, widget=Widget.RADIO, name=title, group=title)
        for at, title in enumerate(("BIOLOGICAL", "IN SCHOOL", "MARRIED BEFORE"))
    ]
    assert only(drafted(*marks)).type is QuestionType.CHOICES


def test_the_box_beside_a_lone_other_is_asked_when_it_is_ticked():
    draft = drafted(tick("Other (specify)", 40, 100), box("Other (specify)", 130, 98, 200))
    other, what = questions(draft)
    assert page_of(draft, what.id).asked_when == f"{other.id} = yes"


def test_a_box_right_under_other_that_touches_its_line_goes_with_it():
    marks = under("Where did it happen?", "AT HOME", "OTHER (Specify)")
    draft = drafted(*marks, box("SPECIFY OTHER", 134, 108.5, 150, 40))
    place, what = questions(draft)
    assert page_of(draft, what.id).asked_when == f"{place.id} = other"
