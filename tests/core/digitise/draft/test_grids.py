"""Tables whose rows have printed names: each cell is a question of its own, named by row and column."""

from tests.core.digitise.draft.made import box, drafted, questions

from perdure.core.definition.model import QuestionType

ROWS = ("Social security", "Retirement", "Black lung benefits")


def cell(row, column, x, y, high=14, **more):
    return box(column, x, y, 80, high, row_label=row, column_label=column, **more)


def incomes(rows=ROWS, x=200, **more):
    made = []
    for at, row in enumerate(rows):
        y = 100 + 24 * at
        made += [cell(row, "AMOUNT", x, y + 8, 12, **more), cell(row, "RECIPIENT", x + 90, y, 22, **more)]
    return made


def test_cells_of_named_rows_are_asked_by_row_and_column():
    draft = drafted(*incomes())
    asked = {one.title: one.type for one in questions(draft)}
    assert asked["Social security: amount"] is QuestionType.MONEY
    assert asked["Black lung benefits: recipient"] is QuestionType.TEXT
    assert len(asked) == 6
    assert all(page.repeat is None for page in draft.definition.pages)


def test_rows_that_are_only_counted_stay_records_of_one_group():
    draft = drafted(*incomes(rows=("1.", "2.", "3.")))
    assert [page.repeat.printed_rows for page in draft.definition.pages if page.repeat] == [3]


def test_rows_that_the_file_counts_as_lines_stay_records():
    cells = [
        box(
            f"{column}. Line {at} of 3", x, 100 + 20 * at, 80, tooltip=f"{column}. Line {at} of 3",
            row_label=row, column_label=column,
        )
        for at, row in enumerate(("Active duty", "Title 10 duty", "Full time duty"), start=1)
        for x, column in ((200, "Branch of service"), (300, "Date entered"))
    ]  # fmt: skip
    draft = drafted(*cells)
    assert [page.repeat.printed_rows for page in draft.definition.pages if page.repeat] == [3]


def test_a_table_that_stands_beside_is_not_named_by_the_rows_of_the_first():
    second = [cell(row, "AMOUNT", 400, 108 + 24 * at, 12) for at, row in enumerate(ROWS)]
    titles = [one.title for one in questions(drafted(*incomes(), *second))]
    assert sum(title.startswith("Retirement: amount") for title in titles) == 1


def test_an_amount_behind_the_box_for_another_source_is_that_of_the_other():
    fields = [
        box("Other (specify)", 40, 100, 100), box("Amount", 150, 100, 60),
        box("Rent", 40, 160, 100), box("Amount", 150, 160, 60),
    ]  # fmt: skip
    titles = [one.title for one in questions(drafted(*fields))]
    assert "Amount (other)" in titles
