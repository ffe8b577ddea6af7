"""Text either fits inside its box at a readable size, whole, or it is refused."""

from hypothesis import given
from hypothesis import strategies as st

from perdure.core.paper import layout
from perdure.core.paper.fonts import face

WORDS = st.text(alphabet="aäbcdefgWMil .,ŁЩ", min_size=1, max_size=200).map(str.strip).filter(bool)
WIDTHS, HEIGHTS = st.floats(15, 500), st.floats(6, 200)


@given(WORDS, WIDTHS, HEIGHTS)
def test_what_fits_stays_inside_the_box(text, width, height):
    setting = layout.in_box(text, width, height, face())
    for run in setting.runs if setting else ():
        assert run.x >= 0
        assert run.x + face().width(run.text, setting.size) <= width + 0.1
        assert run.y >= 0
        assert run.y + face().cap_height * setting.size <= height + 0.1


@given(WORDS, WIDTHS, HEIGHTS)
def test_what_fits_is_whole_and_readable(text, width, height):
    setting = layout.in_box(text, width, height, face())
    if setting is not None:
        assert "".join(run.text for run in setting.runs).replace(" ", "") == text.replace(" ", "")
        assert setting.size >= min(layout.READABLE, height * 0.9) or setting.size >= 4


def test_a_short_answer_in_a_low_box_stands_on_one_line():
    setting = layout.in_box("Ada Byron", 150, 18, face())
    assert setting.lines == 1
    assert setting.size == layout.COMFORTABLE


def test_a_long_answer_is_made_smaller_before_it_is_refused():
    long = "I cannot get up the stairs without somebody to hold me"
    assert layout.in_box(long, 200, 14, face()).size < layout.COMFORTABLE
    assert layout.in_box(long * 3, 200, 14, face()) is None


def test_a_high_box_takes_several_lines():
    assert layout.in_box("I cannot get up the stairs without help. " * 4, 200, 80, face()).lines > 2


def test_a_word_wider_than_the_box_is_broken_not_lost():
    assert "".join(layout.wrapped("Donaudampfschifffahrtsgesellschaft", 5, face())) == (
        "Donaudampfschifffahrtsgesellschaft"
    )


def test_each_character_of_a_comb_stands_in_the_middle_of_its_cell():
    setting = layout.comb("27", 40, 20, 2, face())
    middles = [run.x + face().width(run.text, setting.size) / 2 for run in setting.runs]
    assert [round(middle, 1) for middle in middles] == [10.0, 30.0]


def test_a_comb_with_too_few_cells_is_refused():
    assert layout.comb("123", 40, 20, 2, face()) is None
