"""Nothing an applicant wrote is lost: what has no room on the form stands on the sheet behind it."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.paper.making import DAY, asks, blank, box, definition, page, words_of

from perdure.core.paper.filling import fill
from perdure.core.paper.reading import read

CHILDREN = {
    "id": "children",
    "title": "Your children",
    "repeat": {"id": "children", "one": "child", "printed_rows": 2},
    "questions": [asks("name"), asks("born", "date")],
}
ROWS = [
    {**box(f"children[{row}].{column}", [x, 20 * row, x + 90, 20 * row + 16]), "id": f"{column}{row}"}
    for row in (1, 2)
    for column, x in (("name", 10), ("born", 110))
]


def sheet_of(form, answers):
    made, left = fill(blank(), form, answers, reference="HA-7", today=DAY, derived={})
    return made, [one.owner for one in left], words_of(made) if left else ""


def test_more_children_than_printed_rows_go_to_the_sheet():
    form = definition([CHILDREN], ROWS)
    children = [
        {"name": name, "born": f"2015-01-0{n}"} for n, name in enumerate(("Ann", "Ben", "Cleo"), start=1)
    ]
    made, left, sheet = sheet_of(form, {"children": children})
    assert read(made, form) == {"name1": "Ann", "born1": "01/01/2015", "name2": "Ben", "born2": "02/01/2015"}
    assert left == ["children[3].name", "children[3].born"]
    assert "Child 3" in sheet
    assert "Cleo" in sheet
    assert "03/01/2015" in sheet


def test_the_sheet_says_whose_it_is_and_which_page_an_answer_belongs_to():
    question = asks("who", was="1. Your full name")
    form = definition([page(question)], [box("who", [10, 10, 30, 20])])
    _, left, sheet = sheet_of(form, {"who": "Bartholomew Longstocking"})
    assert left == ["who"]
    for words in (
        "Continuation sheet",
        "HA-7",
        "What is the who?",
        "1. Your full name",
        "Page 1 of the form",
    ):
        assert words in sheet


def test_an_answer_without_a_box_goes_to_the_sheet():
    form = definition([page(asks("who")), page(asks("pet"))], [box("who", [10, 10, 200, 30])])
    _, left, sheet = sheet_of(form, {"who": "Ada", "pet": "A cat called Puff"})
    assert left == ["pet"]
    assert "A cat called Puff" in sheet
    assert "no box on the form" in sheet


def test_an_answer_that_nobody_asked_for_is_kept_too():
    form = definition([page(asks("who"))], [box("who", [10, 10, 200, 30])])
    assert "from an older version" in sheet_of(form, {"who": "Ada", "old": "from an older version"})[2]


def test_an_answer_in_two_boxes_goes_to_the_sheet_when_one_of_them_sends_the_reader_there():
    boxes = [box("who", [10, 10, 200, 30], id="wide"), box("who", [10, 40, 30, 50], id="narrow")]
    form = definition([page(asks("who"))], boxes)
    made, left, sheet = sheet_of(form, {"who": "Bartholomew Longstocking"})
    assert read(made, form)["wide"] == "Bartholomew Longstocking"
    assert left == ["who"]
    assert "Bartholomew Longstocking" in sheet


def test_a_form_with_room_for_everything_gets_no_sheet():
    form = definition([page(asks("who"))], [box("who", [10, 10, 200, 30])])
    assert sheet_of(form, {"who": "Ada"})[1:] == ([], "")


def test_letters_that_our_font_lacks_are_never_drawn_as_empty_boxes():
    form = definition([page(asks("who"))], [box("who", [10, 10, 200, 30])])
    made, left, sheet = sheet_of(form, {"who": "王 (Wang)"})
    assert read(made, form)["who"] == "see continuation sheet"
    assert left == ["who"]
    assert "王 (Wang)" in sheet or ("[U+738B] (Wang)" in sheet and "Unicode numbers: U+738B" in sheet)


def test_what_people_write_is_never_taken_as_markup():
    form = definition([page(asks("who"))], [])
    nasty = '#panic("x") $ x^2 $ *bold* `code` <b> \\ @ref #sys.inputs'
    assert tight(nasty) in tight(sheet_of(form, {"who": nasty})[2])


LETTERS = st.characters(whitelist_categories=["Lu", "Ll", "Nd", "Po", "Zs"], max_codepoint=0x4FF)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(LETTERS, max_size=120), min_size=3, max_size=3), st.floats(8, 250), st.floats(6, 60))
def test_every_answer_is_on_the_form_or_on_the_sheet(texts, width, height):
    names = ("one", "two", "three")
    boxes = [box(name, [10, 90 * n, 10 + width, 90 * n + height]) for n, name in enumerate(names)]
    form = definition([page(asks(name, "long_text")) for name in names], boxes)
    answers = dict(zip(names, texts, strict=True))
    made, left, sheet = sheet_of(form, answers)
    seen = read(made, form)
    for name, text in answers.items():
        there = tight(sheet) if name in left else tight(seen[name])
        assert tight(text) in there


def tight(text):
    from perdure.core.paper.fonts import drawable

    text = re.sub(r"\[U\+([0-9A-F]+)\]", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\s+", "", drawable(text))
