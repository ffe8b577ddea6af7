"""A field is told apart from its neighbours by its own words and those of the answer it is part of."""

from __future__ import annotations

import pytest
from tests.core.digitise import papers

from perdure.core.digitise.api import Field, Kind, Widget, fields_as_scored, read_form
from perdure.core.digitise.candidates import Source
from perdure.core.digitise.choose import Found
from perdure.core.digitise.full_labels import full_labels
from perdure.core.digitise.labels import label_fields
from perdure.core.digitise.shapes import Drawing
from perdure.core.digitise.surface import surface_of
from perdure.core.digitise.values import Word
from perdure.core.kernel.geometry import Box


def boxes(label: str, *cells: int, **more: object) -> list[Field]:
    """Boxes side by side that all carry one label."""
    return [
        Field(
            id=f"p1-{index}",
            page=1,
            box=Box(60 * index, 100, 60 * index + 50, 114),
            widget=Widget.TEXT,
            label=label,
            cells=count,
            **more,
        )
        for index, count in enumerate(cells, start=1)
    ]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (
            "2. Name (First, Middle, Last)",
            ["2. Name. Enter First Name", "2. Name. Enter Middle Name", "2. Name. Enter Last Name"],
        ),
        (
            "Signed on (MM-DD-YYYY)",
            ["Signed on. Enter Month", "Signed on. Enter Day", "Signed on. Enter Year"],
        ),
    ],
)
def test_a_list_in_brackets_names_the_boxes_under_it(label, said):
    assert full_labels(boxes(label, 0, 0, 0)) == said


def test_a_german_form_is_not_asked_in_english():
    said = full_labels(boxes("Geboren am (TT/MM/JJJJ)", 0, 0, 0), language="de")
    assert said == ["Geboren am. Tag", "Geboren am. Monat", "Geboren am. Jahr"]
    ort = boxes("Ort", 0, group_label="3. Anschrift")
    assert full_labels(ort, language="de") == ["3. Anschrift. Ort"]


def test_a_list_that_does_not_fit_the_boxes_stays_as_printed():
    assert full_labels(boxes("Name (First, Last)", 0, 0, 0)) == ["Name (First, Last)"] * 3


def test_combs_of_a_known_pattern_name_their_parts():
    zip_code = boxes("ZIP Code/Postal Code", 5, 4)
    assert full_labels(zip_code) == [
        "Enter ZIP or Postal Code. Enter first 5 digits",
        "Enter ZIP or Postal Code. Enter last 4 digits",
    ]
    first, middle, last = boxes("3. Name", 12, 0, 18)
    middle = middle.model_copy(update={"box": Box(120, 100, 134, 114)})
    assert full_labels([first, middle, last])[1:] == [
        "3. Name. Enter Middle Initial",
        "3. Name. Enter Last Name",
    ]


def test_combs_of_a_date_say_how_many_digits_and_in_the_order_of_the_country():
    born = boxes("4. Born", 2, 2, 4)
    assert full_labels(born)[0] == "4. Born. Enter 2 digit Month"
    assert full_labels(born, day_first=True)[0] == "4. Born. Enter 2 digit Day"
    assert full_labels(born, language="fr", day_first=True)[2] == "4. Born. Année"


def test_combs_of_one_date_belong_together_whatever_words_they_caught():
    month, day, year = boxes("12. Date of marriage", 2, 2, 4)
    day = day.model_copy(update={"label": ""})
    assert [text.split("Enter ")[1] for text in full_labels([year, month, day])] == [
        "4 digit Year",
        "2 digit Month",
        "2 digit Day",
    ]


def test_a_comb_for_a_number_says_how_many_digits_it_takes():
    assert full_labels(boxes("3. File number", 9, kind=Kind.IDENTIFIER)) == ["3. File number. Enter 9 digits"]
    assert full_labels(boxes("3. Street", 30)) == ["3. Street"]


def test_a_cell_is_named_by_its_row_and_its_column():
    cell = boxes("Spouse", 0, row_label="13. Gross salary", column_label="Spouse")
    assert full_labels(cell) == ["13. Gross salary. Spouse"]


def test_rows_of_a_table_are_numbered_where_their_words_are_the_same():
    rows = [
        Field(id=f"r{row}", page=1, box=Box(0, 20 * row, 90, 20 * row + 14), widget=Widget.TEXT, **more)
        for row, more in enumerate(
            [{"label": "Owner", "table": "t1", "row": at, "column": 1} for at in (1, 2)]
        )
    ]
    assert full_labels(rows) == ["Owner (1)", "Owner (2)"]
    named = [
        row.model_copy(update={"label": label}) for row, label in zip(rows, ("Food", "Rent"), strict=True)
    ]
    assert full_labels(named) == ["Food", "Rent"]


def test_short_forms_are_spelt_out_and_a_letter_stands_apart_from_its_number():
    assert full_labels(boxes("16C. FILE NO.", 0)) == ["16. C. FILE Number"]
    assert full_labels(boxes("Restschuld EUR (z. B. Kredit)", 0), language="de") == [
        "Restschuld Euro (zum Beispiel Kredit)"
    ]


def test_a_starred_label_says_that_it_must_be_answered():
    assert full_labels(boxes("*Last name", 0)) == ["*Last name. This is a required field"]
    assert full_labels(boxes("* Name", 0), language="de") == ["* Name. Pflichtfeld"]


def test_a_bracket_about_the_whole_answer_is_not_said_for_a_part_of_it():
    combs = boxes("7. Telephone (include area code)", 3, 3, 4)
    assert full_labels(combs)[0] == "7. Telephone. Enter Area Code"


def test_a_part_carries_its_question_once():
    field = boxes("State", 0, group_label="7. Mailing address")
    assert full_labels(field) == ["7. Mailing address. Enter State"]
    assert full_labels(boxes("7. Mailing address", 0, group_label="7. Mailing address")) == [
        "7. Mailing address"
    ]


def test_a_short_tick_carries_its_question_and_a_long_one_stands_alone():
    asked = {"box": Box(1, 1, 9, 9), "page": 1, "widget": Widget.TICK, "group_label": "Do you own it?"}
    ticks = [Field(id="a", label="Yes", **asked), Field(id="b", label="Only a share of it", **asked)]
    assert full_labels(ticks) == ["Do you own it? Yes", "Only a share of it"]
    helped = Field(id="c", label="No - go to question 9", **asked)
    assert full_labels([helped]) == ["Do you own it? No - go to question 9"]
    numbered = Field(id="d", label="Only a share of it", **(asked | {"group_label": "12A. Do you own it?"}))
    assert full_labels([numbered]) == ["12. A. Only a share of it"]


def test_a_note_over_a_numbered_caption_is_not_part_of_it():
    content = papers.box(60, 160, 400, 215) + papers.text(63, 170, "Print in ink, one letter a box.", 8)
    content += papers.text(63, 179, "14. Name of the owner", 8)
    rows = fields_as_scored(read_form(papers.page_pdf(papers.small_form().split("0.7 w")[0] + content)))
    assert [row["label"] for row in rows["fields"] if "owner" in row["label"]] == ["14. Name of the owner"]


def test_the_head_of_a_column_names_its_boxes_past_a_gap_and_a_dollar_sign():
    column = [
        Found(Box(307 if row == 0 else 300, 140 + 36 * row, 380, 153 + 36 * row), False, Source.STRIP, 1.0)
        for row in range(3)
    ]
    head = Word(text="Amount", box=Box(310, 94, 350, 102), size=8)
    labels = label_fields(column, [head], surface_of(Drawing(*papers.PAGE)))
    assert [label.text for label in labels] == ["Amount"] * 3
