"""What stands around a box tells what it asks: headers of columns, figures above and below, marks."""

import pytest
from tests.core.digitise.draft.made import DAY, box, drafted, form_of, line, only, questions, tick

from perdure.core.definition.model import QuestionType
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.values import Widget, Word
from perdure.core.kernel.geometry import Box


def test_from_and_to_under_a_header_of_dates_are_two_dates():
    draft = drafted(
        box("FROM", 40, 130, 80),
        box("TO", 130, 130, 80),
        lines=(
            line("DATES OF TREATMENT", 60, 100),
            line("FROM", 60, 112),
            line("TO", 150, 112),
        ),
    )
    assert [asked.type for asked in questions(draft)] == [QuestionType.DATE, QuestionType.DATE]
    assert [asked.title for asked in questions(draft)] == [
        "Dates of treatment: from",
        "Dates of treatment: to",
    ]


def test_a_header_that_begins_with_a_number_ends_at_its_number():
    lines = (line("8. OTHER THINGS", 40, 88), line("9. ENTERED SERVICE", 40, 100), line("PLACE", 40, 112))
    assert only(drafted(box("PLACE", 40, 130, 80), lines=lines)).title == "Entered service: place"


def test_from_and_to_without_dates_stay_text():
    draft = drafted(
        box("FROM", 40, 130, 80),
        box("TO", 130, 130, 80),
        lines=(line("DISTANCE", 60, 100), line("FROM", 60, 112), line("TO", 150, 112)),
    )
    assert {asked.type for asked in questions(draft)} == {QuestionType.TEXT}


def test_words_in_a_column_of_sums_ask_for_sums():
    labels = ["Rent amount", "Heat costs", "Food", "Total expenses", "Net income"]
    draft = drafted(*[box(label, 400, 100 + 30 * at, 80) for at, label in enumerate(labels)])
    assert {asked.type for asked in questions(draft)} == {QuestionType.MONEY}


def test_a_name_in_a_column_of_sums_stays_a_name():
    labels = ["Rent amount", "Heat costs", "Name of landlord", "Total expenses", "Net income"]
    draft = drafted(*[box(label, 400, 100 + 30 * at, 80) for at, label in enumerate(labels)])
    assert [asked.type for asked in questions(draft)][2] is QuestionType.NAME


def test_two_boxes_for_date_and_place_are_two_questions():
    words = "4. DATE (month, day, year) AND PLACE OF MARRIAGE (city or country)"
    draft = drafted(box(words, 40, 100, 80), box(words, 40, 118, 200))
    assert [asked.type for asked in questions(draft)] == [QuestionType.DATE, QuestionType.TEXT]
    assert [asked.title for asked in questions(draft)] == ["Date of marriage", "Place of marriage"]


@pytest.mark.parametrize("widget", [Widget.TICK, Widget.RADIO])
def test_two_marks_of_one_field_one_of_which_is_yes_are_yes_and_no(widget):
    more = {"name": "war", "group": "war" if widget is Widget.RADIO else "", "widget": widget}
    draft = drafted(
        tick("YES", 40, 100, on_state="0", group_label="Were you in the war?", **more),
        tick(
            "J. DID YOU SERVE AT SEA FOR LONG?",
            70,
            100,
            on_state="1",
            group_label="Were you in the war?",
            **more,
        ),
    )
    assert only(draft).type is QuestionType.YES_NO
    assert only(draft).title == "Were you in the war?"


def test_radio_buttons_that_are_fields_of_their_own_are_joined_by_their_caption():
    words = [("YES", "a"), ("NO", "b"), ("NOT APPLICABLE", "c")]
    marks = [
        tick(
            text,
            40,
            100 + 14 * at,
            widget=Widget.RADIO,
            name=name,
            group=name,
            group_label="Do you own a home?",
        )
        for at, (text, name) in enumerate(words)
    ]
    assert [option.title for option in only(drafted(*marks)).options] == ["Yes", "No", "Not applicable"]


def test_the_word_right_beside_a_mark_is_its_answer():
    form = form_of(*[tick("Is this your first claim?", 40 + 60 * at, 100) for at in (0, 1)])
    words = tuple(Word(text=text, box=Box(x, 100, x + 12, 108)) for text, x in (("YES", 52), ("NO", 112)))
    page = form.pages[0].model_copy(update={"words": words})
    draft = draft_service(
        form.model_copy(update={"pages": (page,)}), owner="Benefits", review_by=DAY, file="form.pdf"
    )
    assert only(draft).type is QuestionType.YES_NO
    assert only(draft).title == "Is this your first claim?"


def test_yes_and_no_at_the_end_of_a_line_are_asked_with_the_words_of_the_line():
    marks = [tick(text, x, 100, name="q1", on_state=text) for text, x in (("Yes", 500), ("No", 540))]
    lines = (line("1. Did you rent your home", 40, 90), line("for the whole of last year?", 52, 101))
    asked = only(drafted(*marks, lines=lines))
    assert asked.type is QuestionType.YES_NO
    assert asked.title == "Did you rent your home for the whole of last year?"


def test_no_before_yes_is_one_question_too():
    draft = drafted(
        tick("Nein", 28, 100, group_label="Kraftfahrzeuge"),
        tick("Ja", 53, 100, group_label="Kraftfahrzeuge"),
        language="de",
    )
    assert only(draft).type is QuestionType.YES_NO
    assert [one.when for one in draft.definition.paper.boxes] == ["no", "yes"]


def test_names_that_programs_give_are_no_titles():
    assert "TextField" not in only(drafted(box("TextField20", 40, 100))).title


def test_a_box_without_print_takes_its_name_in_the_file_and_a_person_is_told():
    draft = drafted(box("", 40, 100, name="form1[0].#page[0].SpouseOccupation[0]"))
    assert only(draft).title == "Spouse occupation"
    assert draft.to_review


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ("INSTRUCTIONS FOR COMPLETING APPLICATION FOR A GARAGE", "Application for a garage"),
        ("DO NOT LEAVE ANY ITEMS BLANK", "Request for approval of a garage"),
        ("Claim for heating costs", "Claim for heating costs"),
    ],
)
def test_the_title_says_what_the_form_is_and_not_how_to_fill_it_in(found, title):
    lines = (line("REQUEST FOR APPROVAL OF", 40, 40, size=14), line("A GARAGE", 40, 56, size=14))
    assert drafted(box("Name", 40, 300), title=found, lines=lines).definition.title == title
