"""Which printed words name a box, on drawn pages that forms from many places look like."""

from __future__ import annotations

from tests.core.digitise import papers
from tests.core.digitise.papers import box, comb, rule, text

from perdure.core.digitise.api import Field, read_form

TITLE = text(60, 50, "Application for a garden plot", 18)


def read(*parts: str) -> list[Field]:
    return list(read_form(papers.page_pdf(TITLE + "".join(parts))).fields)


def labels(*parts: str) -> list[str]:
    return [field.label for field in read(*parts)]


def test_a_cell_of_words_names_the_empty_cell_right_under_it():
    page = ""
    for row in range(2):
        top = 100 + 40 * row
        heads = (("Last name", "First name"), ("E-mail", "Street"))[row]
        for at, words in enumerate(heads):
            left = 60 + 200 * at
            page += box(left, top, left + 200, top + 16) + text(left + 4, top + 12, words)
            page += box(left, top + 16, left + 200, top + 40)
    empty = [field.label for field in read(page) if round(field.box.y1) in {140, 180}]
    assert empty == ["Last name", "First name", "E-mail", "Street"]


def test_words_between_two_combs_name_the_one_after_them():
    page = text(60, 100, "State") + comb(100, 88, 2)
    page += text(145, 100, "Country") + comb(190, 88, 2)
    assert labels(page) == ["State", "Country"]


def grid() -> str:
    page = text(260, 100, "Self") + text(360, 100, "Spouse")
    for row, words in enumerate(("Wages before tax", "Pension")):
        top = 110 + 24 * row
        page += text(64, top + 16, words)
        page += box(240, top, 340, top + 24) + box(340, top, 440, top + 24)
    return page


def test_a_cell_of_a_grid_knows_the_words_of_its_row_and_of_its_column():
    heads = [(field.row_label, field.column_label) for field in read(grid())]
    assert heads == [
        ("Wages before tax", "Self"),
        ("Wages before tax", "Spouse"),
        ("Pension", "Self"),
        ("Pension", "Spouse"),
    ]


def test_a_box_that_stands_alone_has_no_row_and_no_column():
    field = read(text(60, 110, "Full name:") + rule(120, 400, 112))[0]
    assert (field.label, field.row_label, field.column_label) == ("Full name", "", "")


def test_the_first_row_of_a_table_takes_the_heads_of_its_columns():
    page = "".join(text(64 + 160 * at, 96, words) for at, words in enumerate(("Plate", "Make", "Colour")))
    for row in range(3):
        for at in range(3):
            page += box(60 + 160 * at, 100 + 26 * row, 220 + 160 * at, 126 + 26 * row)
    assert labels(page) == ["Plate", "Make", "Colour"] * 3


def test_a_second_table_under_the_first_has_heads_of_its_own():
    page = ""
    for top, heads in ((100, ("Plate", "Make")), (196, ("Owner", "Place"))):
        page += "".join(text(64 + 160 * at, top - 4, words) for at, words in enumerate(heads))
        for row in range(3):
            for at in range(2):
                page += box(60 + 160 * at, top + 26 * row, 220 + 160 * at, top + 26 + 26 * row)
    assert labels(page) == ["Plate", "Make"] * 3 + ["Owner", "Place"] * 3


def test_the_words_of_a_cell_that_run_over_lines_are_taken_whole():
    page = (
        box(60, 100, 300, 140)
        + text(64, 112, "16. Benefits of the council,")
        + text(64, 123, "or other income")
    )
    page += text(64, 134, "(say where from)") + box(300, 100, 420, 140)
    assert labels(page) == ["16. Benefits of the council, or other income (say where from)"]


def test_the_nearest_numbered_caption_of_a_cell_is_that_of_its_ticks():
    page = box(50, 100, 550, 200)
    page += text(60, 114, "4. Name of the person the child lives with")
    page += text(60, 150, "5A. Is your spouse a veteran?") + text(300, 148, "5B. File number of your spouse")
    page += box(60, 160, 69, 169) + text(74, 168, "Yes") + box(120, 160, 129, 169) + text(134, 168, "No")
    ticks = [field for field in read(page) if field.widget == "tick"]
    assert [field.group_label for field in ticks] == ["5A. Is your spouse a veteran?"] * 2


def test_cells_of_a_row_may_be_of_different_heights():
    page = text(240, 100, "Amount") + text(350, 100, "Owner")
    for row, words in enumerate(("Cash in bank", "Real estate", "Stocks")):
        top = 110 + 24 * row
        page += text(64, top + 12, words)
        page += box(220, top + 12, 320, top + 24) + box(330, top, 430, top + 24)
    heads = {(field.row_label, field.column_label) for field in read(page)}
    assert ("Real estate", "Amount") in heads
    assert ("Real estate", "Owner") in heads


def test_small_words_under_a_row_of_lines_are_pieces_of_what_stands_before_it():
    page = text(60, 110, "My name at birth was:")
    for left, right, words in ((180, 300, "first"), (310, 420, "middle"), (430, 540, "last")):
        page += rule(left, right, 112) + text(left + 10, 122, words, 7)
    found = [(field.label, field.group_label) for field in read(page)]
    assert found == [(words, "My name at birth was") for words in ("first", "middle", "last")]


def test_a_column_under_a_number_of_its_own_is_not_named_by_the_words_left_of_it():
    page = text(64, 126, "on your home") + text(260, 100, "12B. Date of loan") + text(390, 100, "12C. Street")
    for row in range(2):
        top = 110 + 24 * row
        page += box(240, top, 360, top + 24) + box(360, top, 480, top + 24)
    assert [field.row_label for field in read(page)] == [""] * 4
