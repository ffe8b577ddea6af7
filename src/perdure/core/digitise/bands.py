"""Strips that a form prints its headings on: a tint across the page, or a rule under the words.

A tint behind one row of print, or a rule that underlines it across half of the page, says "a
new part begins" in every language. The reader keeps the strip with the line of print, because
the drawing is gone when headings are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perdure.core.digitise.shapes import Drawing
from perdure.core.digitise.surface import Surface
from perdure.core.digitise.values import Line
from perdure.core.kernel.geometry import Box

WIDE = 0.4  # of the page: the least width of a strip
TALLEST = 46.0  # points: a taller tint is a panel with questions on it
UNDER = 9.0  # points between words and the rule that underlines them
LIGHT = 0.965  # a lighter tint shows nothing on paper


def with_bands(lines: Sequence[Line], drawing: Drawing, surface: Surface) -> list[Line]:
    """The lines, each with the strip it stands on when there is one."""
    tints = list(_tints(drawing, surface))
    return [_banded(line, _tint_of(line, tints) or _underline(line, surface)) for line in lines]


def _banded(line: Line, band: Box | None) -> Line:
    return line if band is None else line.model_copy(update={"band": band.rounded()})


def _tints(drawing: Drawing, surface: Surface) -> Iterable[Box]:
    least = WIDE * drawing.width
    for rectangle in drawing.rectangles:
        if rectangle.fill is not None and min(rectangle.fill) < LIGHT and rectangle.box.width >= least:
            yield rectangle.box
    if drawing.scanned:
        yield from (cell.box for cell in surface.cells if cell.light < 0.85 and cell.box.width >= least)


def _tint_of(line: Line, tints: Iterable[Box]) -> Box | None:
    """The lowest strip behind the line that is hardly taller than its print."""
    fitting = (
        box
        for box in tints
        if box.height < min(TALLEST, 3.2 * line.box.height) and box.contains(*line.box.centre)
    )
    return min(fitting, key=lambda box: box.height, default=None)


def _underline(line: Line, surface: Surface) -> Box | None:
    """The strip down to a rule that runs under the words and far beyond them, and closes no box."""
    for rule in surface.across:
        box = rule.box
        under = -1.5 <= box.y0 - line.box.y1 < UNDER
        along = box.x0 <= line.box.x0 + 4 and box.x1 >= line.box.x1
        far = box.width >= max(WIDE * surface.width, 1.3 * line.box.width)
        if under and along and far and not rule.dotted and not _opens_a_box(box, surface):
            return Box(box.x0, line.box.y0, box.x1, box.y1)
    return None


def _opens_a_box(rule: Box, surface: Surface) -> bool:
    """Do upright rules hang from it, as from the top of a box to write in?"""
    return any(
        abs(wall.box.y0 - rule.y0) < 3 and rule.x0 - 3 < wall.box.x0 < rule.x1 + 3 and wall.box.height > 12
        for wall in surface.upright
    )
