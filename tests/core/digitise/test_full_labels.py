"""A field is told apart from its neighbours by its own words and those of the answer it is part of."""

from __future__ import annotations

import pytest
from tests.core.digitise import papers

from perdure.core.digitise.api import Field, Widget, fields_as_scored, read_form
from perdure.core.digitise.full_labels import full_labels
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
        ("2. Name (First, Middle, Last)", ["2. Name First", "2. Name Middle", "2. Name Last"]),
        ("Signed on (MM-DD-YYYY)", ["Signed on Month", "Signed on Day", "Signed on Year"]),
        ("Geboren am (TT/MM/JJJJ)", ["Geboren am Tag", "Geboren am Monat", "Geboren am Jahr"]),
    ],
)
def test_a_list_in_brackets_names_the_boxes_under_it(label, said):
    assert full_labels(boxes(label, 0, 0, 0)) == said


def test_a_list_that_does_not_fit_the_boxes_stays_as_printed():
    assert full_labels(boxes("Name (First, Last)", 0, 0, 0)) == ["Name (First, Last)"] * 3


def test_combs_of_a_known_pattern_name_their_parts():
    assert full_labels(boxes("ZIP", 5, 4)) == ["ZIP First five digits", "ZIP Last four digits"]


def test_a_part_carries_its_question_once():
    field = boxes("State", 0, group_label="7. Mailing address")
    assert full_labels(field) == ["7. Mailing address State"]
    assert full_labels(boxes("7. Mailing address", 0, group_label="7. Mailing address")) == [
        "7. Mailing address"
    ]


def test_a_short_tick_carries_its_question_and_a_long_one_stands_alone():
    asked = {"box": Box(1, 1, 9, 9), "page": 1, "widget": Widget.TICK, "group_label": "Do you own it?"}
    ticks = [Field(id="a", label="Yes", **asked), Field(id="b", label="Only a share of it", **asked)]
    assert full_labels(ticks) == ["Do you own it? Yes", "Only a share of it"]


def test_a_note_over_a_numbered_caption_is_not_part_of_it():
    content = papers.box(60, 160, 400, 215) + papers.text(63, 170, "Print in ink, one letter a box.", 8)
    content += papers.text(63, 179, "14. Name of the owner", 8)
    rows = fields_as_scored(read_form(papers.page_pdf(papers.small_form().split("0.7 w")[0] + content)))
    assert [row["label"] for row in rows["fields"] if "owner" in row["label"]] == ["14. Name of the owner"]
