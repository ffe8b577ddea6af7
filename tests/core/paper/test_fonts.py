"""Names are not all Latin-1: what is written can be taken out again, letter by letter."""

import pytest
from tests.core.paper.making import DAY, asks, blank, box, definition, page

from perdure.core.paper.filling import fill
from perdure.core.paper.fonts import drawable, face
from perdure.core.paper.reading import read

NAMES = [
    "Zażółć gęślą jaźń",
    "Nguyễn Thị Hồng Ánh",
    "Jörg Groß-Öztürk",
    "Ольга Щёголева",
    "Ελένη Παπαδοπούλου",
    "Siân Ó Briain",
    "Şükrü Çağlar İnan ığ",
    "Þórður Ægisson",
    "O’Neill — “Ann” 12 €",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_back_letter_by_letter(name):
    form = definition([page(asks("who"))], [box("who", [20, 20, 280, 44])])
    made, left = fill(blank(), form, {"who": name}, reference="R", today=DAY, derived={})
    assert read(made, form) == {"who": name}
    assert left == []


def test_letters_that_share_a_drawing_stay_apart():
    both = "Ω\u2126 A\u0391\u0410"  # Greek omega and the ohm sign; Latin, Greek and Cyrillic A
    form = definition([page(asks("who"))], [box("who", [20, 20, 280, 44])])
    made, _ = fill(blank(), form, {"who": both}, reference="R", today=DAY, derived={})
    assert read(made, form)["who"] == drawable(both)


def test_the_font_tells_what_it_cannot_draw():
    assert face().missing("Łukasz Nguyễn Щ Ω") == ""
    assert face().missing("漢字 and 漢") == "漢字"


def test_text_is_composed_and_freed_of_invisible_signs_before_it_is_drawn():
    assert drawable("e\u0301\u200b\u00a0\tx\r\ny\x07") == "é  x\ny"
