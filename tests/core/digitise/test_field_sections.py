"""Every field says under which heading of the paper it stands, and where in a table it is."""

from __future__ import annotations

import pytest
from tests.core.digitise import papers
from tests.core.digitise.papers import bold, box, rule, text, tint

from perdure.core.digitise.api import PaperForm, fields_as_scored, read_form
from perdure.examples import FOLDER, GRANT_PDF


def asked(top: float, *labels: str, left: float = 60) -> str:
    """Lines to write on, one below the other, each with its words before it."""
    rows = enumerate(labels)
    return "".join(
        text(left, top + 28 * at, words) + rule(left + 110, left + 230, top + 2 + 28 * at)
        for at, words in rows
    )


def drawn(*parts: str) -> PaperForm:
    return read_form(papers.page_pdf(text(60, 50, "Application for a garden plot", 18) + "".join(parts)))


def by_label(form: PaperForm) -> dict[str, str]:
    return {field.label: field.section for field in form.fields}


def test_an_underlined_heading_with_a_letter_opens_a_section():
    form = drawn(
        bold(60, 90, "A. You and your home", 12.5) + rule(60, 550, 95),
        asked(130, "Full name", "Town"),
        bold(60, 230, "B. Your plot", 12.5) + rule(60, 550, 235),
        asked(270, "Which site", "Which size"),
    )
    assert by_label(form) == {
        "Full name": "A. You and your home",
        "Town": "A. You and your home",
        "Which site": "B. Your plot",
        "Which size": "B. Your plot",
    }


def test_words_on_a_tint_across_the_page_are_a_heading():
    form = drawn(
        tint(60, 80, 550, 96) + bold(64, 92, "Personal details", 10),
        asked(130, "Full name", "Town"),
        tint(60, 200, 550, 216) + bold(64, 212, "Details of the plot", 10),
        asked(250, "Which site"),
    )
    assert by_label(form)["Town"] == "Personal details"
    assert by_label(form)["Which site"] == "Details of the plot"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("PART II - MILITARY SERVICE", "Part 2: Military service"),
        ("Section 2. Military service", "Section 2: Military service"),
        ("Abschnitt B: Ihre Wohnung", "Abschnitt B: Ihre Wohnung"),
        ("Teil 2 - Ihre Wohnung", "Teil 2: Ihre Wohnung"),
        ("Partie 2 : Votre logement", "Partie 2: Votre logement"),
        ("Parte 2: Su vivienda", "Parte 2: Su vivienda"),
    ],
)
def test_a_numbered_heading_is_told_with_its_number(printed, said):
    form = drawn(bold(60, 90, printed, 11), asked(130, "Full name", "Town"))
    assert by_label(form)["Town"] == said


def test_a_letter_in_a_cell_of_its_own_has_its_title_beside_it():
    form = drawn(
        tint(40, 80, 56, 180) + bold(44, 95, "A", 14) + text(84, 95, "Wohnung und Kosten", 11),
        asked(130, "Miete", "Heizung", left=62),
        tint(40, 200, 56, 300) + bold(44, 215, "B", 14) + text(84, 215, "Konten", 11),
        asked(250, "Bank", left=62),
    )
    assert by_label(form)["Heizung"] == "A. Wohnung und Kosten"
    assert by_label(form)["Bank"] == "B. Konten"


def test_headings_side_by_side_head_their_own_columns():
    form = drawn(
        tint(60, 80, 290, 96) + bold(64, 92, "SECTION II - INCOME", 10),
        tint(310, 80, 550, 96) + bold(314, 92, "SECTION III - EXPENSES", 10),
        asked(130, "Wages") + asked(130, "Rent", left=310),
    )
    assert by_label(form) == {"Wages": "Section 2: Income", "Rent": "Section 3: Expenses"}


def test_bold_questions_with_numbers_are_no_sections():
    form = drawn(
        text(60, 76, "Write in ink and send this form to the clerk of the parish."),
        bold(60, 100, "1. Your name"),
        asked(130, "First", "Last"),
        bold(60, 200, "2. Town"),
        asked(230, "Place"),
    )
    assert set(by_label(form).values()) == {"Application for a garden plot"}


def test_where_nothing_is_headed_the_title_of_the_form_is_the_section():
    assert set(by_label(read_form(papers.page_pdf(papers.small_form()))).values()) == {
        "Application for a garden plot"
    }


def test_the_strip_of_a_heading_is_no_place_to_write():
    form = drawn(
        box(60, 60, 550, 80),
        bold(60, 102, "A. You and your home", 12.5) + rule(60, 550, 108),
        asked(140, "Full name"),
        bold(60, 190, "B. Your plot", 12.5) + rule(60, 550, 196),
        asked(230, "Which site"),
    )
    assert [label for label in by_label(form) if "You and" in label or "Your plot" in label] == []


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("home-adaptation-grant", "Part 1: About you", "Part 5: Your declaration"),
        ("residents-parking-permit", "A. You and your home", "D. Declaration"),
        ("allotment-waiting-list", "Allotment", "Allotment"),
    ],
)
def test_every_field_of_our_examples_stands_under_a_part_of_its_form(name, first, last):
    told = [field.section for field in read_form(FOLDER / f"{name}.pdf").fields]
    assert all(told)
    assert told[0].startswith(first)
    assert told[-1].startswith(last)


def test_a_letter_at_the_edge_opens_a_section_of_a_german_form(shared):
    form = read_form(shared / "forms" / "dev" / "de-beratungshilfe.pdf")
    told = {field.section for field in form.fields if field.page == 2}
    assert told == {
        "F. Bankkonten/Grundeigentum/Kraftfahrzeuge/Bargeld/Vermögenswerte",
        "G. Zahlungsverpflichtungen und sonstige besondere Belastungen",
    }


@pytest.mark.parametrize("name", ["va-21-0538", "il-1040", "az-140", "ny-surrogate-schedule-d"])
def test_every_field_of_forms_from_elsewhere_has_a_section(shared, name):
    assert all(field.section for field in read_form(shared / "forms" / "dev" / f"{name}.pdf").fields)


# ---- tables


def table(top: float, rows: int) -> str:
    heads = ("Registration", "Make", "Colour")
    drawn = "".join(text(64 + 160 * at, top - 4, words) for at, words in enumerate(heads))
    for row in range(rows):
        for at in range(3):
            drawn += box(60 + 160 * at, top + 26 * row, 220 + 160 * at, top + 26 + 26 * row)
    return drawn


def test_the_cells_of_a_table_know_their_row_and_column():
    cells = [field for field in drawn(asked(100, "Full name"), table(160, 3)).fields if field.table]
    assert {field.table for field in cells} == {"t1"}
    assert [(field.row, field.column) for field in cells] == [(r, c) for r in (1, 2, 3) for c in (1, 2, 3)]
    assert {field.label for field in cells if field.column == 2} == {"Make"}


def test_fields_for_other_tools_tell_section_and_table():
    rows = fields_as_scored(drawn(asked(100, "Full name"), table(160, 3)))["fields"]
    assert rows[0]["section"] == "Application for a garden plot"
    assert "table" not in rows[0]
    assert (rows[-1]["table"], rows[-1]["row"], rows[-1]["column"]) == ("t1", 3, 3)


def test_a_form_that_asks_things_once_has_no_table():
    assert not any(field.table for field in read_form(GRANT_PDF).fields if field.page == 1)
