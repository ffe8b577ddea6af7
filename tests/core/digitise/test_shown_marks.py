"""A square that is crossed on the blank form shows how to cross one: it is no box to fill in."""

from pathlib import Path

from perdure.core.digitise.api import Widget, read_form

PERMIT = Path(__file__).parents[3] / "src" / "perdure" / "examples" / "residents-parking-permit.pdf"


def test_the_square_that_shows_how_to_tick_is_not_asked():
    ticks = [field for field in read_form(PERMIT).fields if field.widget is Widget.TICK and field.page == 1]
    assert min(tick.box.y0 for tick in ticks) > 300  # the first is that of question 5
    assert len(ticks) >= 10
