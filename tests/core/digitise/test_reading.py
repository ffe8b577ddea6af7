"""From a page to its fields: what stands on the paper is found, named, and nothing is invented."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.core.digitise import papers

from perdure.core.digitise.api import Kind, PaperForm, Widget, fields_as_scored, read_form
from perdure.core.kernel.geometry import Box


@pytest.fixture(scope="module")
def drawn() -> PaperForm:
    return read_form(papers.page_pdf(papers.small_form()))


@pytest.fixture(scope="module")
def fillable() -> PaperForm:
    return read_form(papers.page_pdf(papers.small_form(), prepare=papers.fillable))


def found(form: PaperForm, box: Box):
    """The field at a place."""
    there = [field for field in form.fields if field.box.iou(box) > 0.3]
    assert there, f"no field at {box}"
    return max(there, key=lambda field: field.box.iou(box))


def test_a_line_after_a_label_is_a_field_with_that_name(drawn):
    field = found(drawn, Box(120, 99, 400, 112))
    assert field.box.iou(Box(120, 99, 400, 112)) > 0.5
    assert (field.label, field.kind, field.widget) == ("Full name", Kind.NAME, Widget.TEXT)


def test_the_words_tell_the_kind(drawn):
    assert found(drawn, Box(150, 129, 400, 142)).kind is Kind.EMAIL


def test_a_cell_is_written_in_below_its_caption(drawn):
    field = found(drawn, Box(60, 183, 300, 206))
    assert field.box.iou(Box(60, 183, 300, 206)) > 0.5
    assert "Street" in field.label
    assert "Town" not in field.label


def test_a_comb_is_one_field_with_its_cells_counted(drawn):
    field = found(drawn, Box(220, 224, 332, 240))
    assert field.box.iou(Box(220, 224, 332, 240)) > 0.8
    assert (field.cells, field.max_length) == (8, 8)
    assert field.kind is Kind.DATE


def test_ticks_carry_their_word_and_the_question_over_them(drawn):
    ticks = [field for field in drawn.fields if field.widget is Widget.TICK]
    assert [tick.label for tick in ticks] == ["Yes", "No"]
    assert all("garden now" in tick.group_label for tick in ticks)


def test_a_signature_line_is_told_from_the_date_beside_it(drawn):
    assert found(drawn, Box(60, 407, 280, 420)).widget is Widget.SIGNATURE
    assert found(drawn, Box(330, 407, 480, 420)).kind is Kind.DATE


def test_running_text_holds_no_fields(drawn):
    assert not [field for field in drawn.fields if 318 < field.box.centre[1] < 350]


def test_title_language_and_confidence(drawn):
    assert drawn.title == "Application for a garden plot"
    assert drawn.language == "en"
    assert not drawn.fillable
    assert all(0 < field.confidence <= 1 for field in drawn.fields)


def test_the_same_file_gives_the_same_answer(drawn):
    again = read_form(papers.page_pdf(papers.small_form()))
    assert again.fields == drawn.fields


def test_a_fillable_form_tells_everything_it_declares(fillable):
    assert fillable.fillable
    by_name = {field.name: field for field in fillable.fields if field.widget is not Widget.RADIO}
    assert set(by_name) == {"name", "born", "plot"}
    assert (by_name["name"].max_length, by_name["name"].required) == (40, True)
    assert by_name["born"].cells == 8
    assert by_name["plot"].options == ("north", "south")
    assert by_name["name"].box == Box(120, 98, 400, 112)


def test_radio_buttons_share_their_group_and_keep_their_own_marks(fillable):
    radios = [field for field in fillable.fields if field.widget is Widget.RADIO]
    assert {radio.group for radio in radios} == {"now"}
    assert {radio.on_state for radio in radios} == {"Garden", "None"}


def test_a_declared_field_without_a_tooltip_is_named_by_the_print(fillable):
    assert next(field for field in fillable.fields if field.name == "name").label == "Full name"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn):
    def turned(pdf):
        papers.fillable(pdf)
        pdf.pages[0].obj.Rotate = turn

    form = read_form(papers.page_pdf(papers.small_form(), prepare=turned))
    page = form.pages[0]
    assert (page.width, page.height) == ((792, 612) if turn in {90, 270} else (612, 792))
    assert all(field.box.x0 >= 0 and field.box.x1 <= page.width for field in form.fields)
    assert all(field.box.y0 >= 0 and field.box.y1 <= page.height for field in form.fields)


def test_other_tools_get_boxes_from_the_bottom_left(fillable):
    rows = fields_as_scored(fillable)["fields"]
    assert any(row["bbox"] == [120, 680, 400, 694] for row in rows)
    assert sorted({row["kind"] for row in rows}) == ["checkbox", "text"]


def test_importing_the_front_door_loads_no_pdf_library():
    heavy = "{'numpy', 'cv2', 'pikepdf', 'pypdfium2', 'onnxruntime'}"
    code = f"import sys, perdure.core.digitise.api; assert not {heavy} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
