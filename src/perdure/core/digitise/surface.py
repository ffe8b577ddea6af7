"""From strokes and fills to the surface a reader sees: merged rules, and the cells between them.

The rules are painted on a small raster, and every white patch they close in is a cell. This
finds cells whatever they are made of: rectangles, crossing rules, tints, or all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.shapes import Drawing, Rectangle, Rule
from perdure.core.kernel.geometry import Box

SCALE = 2  # raster pixels a point
SMALLEST = 4.0  # points: a cell with a shorter side is a gap between double rules
FULL = 0.88  # a patch that fills this share of its bounding box counts as a rectangle
ROOM = 0.35  # the same for a cell with boxes inside
OPEN_REACH = 60.0  # rules further apart than this do not make the open side of a cell


@dataclass(frozen=True)
class Cell:
    """A closed-in patch. light: 0 black to 1 white; open: one side is only implied;
    full: it holds no boxes of its own that take up much of it.
    """

    box: Box
    light: float = 1.0
    around: float = 1.0
    open: bool = False
    full: bool = True


@dataclass
class Surface:
    """What a reader sees on one page, without its words."""

    width: float
    height: float
    across: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    visible: list[Rectangle] = field(default_factory=list)
    lids: list[Box] = field(default_factory=list)  # boxes and rows of cells with nothing closed upon them
    rooms: list[Box] = field(default_factory=list)  # cells that hold boxes of their own


def surface_of(drawing: Drawing) -> Surface:
    """Merge the rules of a page and find the cells between them."""
    light, visible = _paint(drawing)
    edged = [rectangle for rectangle in visible if rectangle.edge is not None]
    across = merged([*drawing.across, *_horizontal_edges(edged)])
    upright = merged_upright([*drawing.upright, *_vertical_edges(edged)])
    filled = [rectangle.box for rectangle in visible if rectangle.fill is not None]
    ink = _ink(drawing, across, upright, filled)
    patches = _cells(ink, light, open_sides=False)
    cells, rooms = [cell for cell in patches if cell.full], [cell.box for cell in patches if not cell.full]
    closed = _close_open_sides(ink, across)
    known = {_key(cell.box) for cell in cells}
    implied = (cell for cell in _cells(closed, light, open_sides=True) if cell.full)
    cells += [cell for cell in implied if _key(cell.box) not in known]
    boxes = [rectangle.box for rectangle in visible if rectangle.box.height < 45] + _rows_of_cells(cells)
    lids = [box for box in boxes if not _covered(box, cells)]
    return Surface(drawing.width, drawing.height, across, upright, cells, visible, lids, rooms)


def _covered(box: Box, cells: Sequence[Cell]) -> bool:
    """Does a closed cell stand right upon the box, so that its top is that cell's floor?"""
    return any(
        abs(cell.box.y1 - box.y0) < 2.5
        and min(cell.box.x1, box.x1) - max(cell.box.x0, box.x0) > 0.3 * min(cell.box.width, box.width)
        for cell in cells
        if not cell.open
    )


def _rows_of_cells(cells: Sequence[Cell]) -> list[Box]:
    """Cells that touch side by side, as one box: a comb, or a row of a table."""
    rows: list[Box] = []
    closed = sorted(
        (cell.box for cell in cells if not cell.open and cell.box.height < 45),
        key=lambda box: (round(box.y0 / 2), box.x0),
    )
    for box in closed:
        last = rows[-1] if rows else None
        if last and abs(last.y0 - box.y0) < 2 and abs(last.y1 - box.y1) < 2 and -1 < box.x0 - last.x1 < 3:
            rows[-1] = last.union(box)
        else:
            rows.append(box)
    return rows


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join horizontal rules that lie on one line and touch; dashes in a row become one dotted rule."""
    joined: list[Rule] = []
    recent: list[int] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.box.y0 + rule.box.y1), rule.box.x0)):
        for index in reversed(recent):
            other = joined[index]
            level = abs(rule.box.y0 + rule.box.y1 - other.box.y0 - other.box.y1) < 2.4
            if level and rule.box.x0 - other.box.x1 < _reach(rule, other) and other.box.x0 <= rule.box.x0 + 1:
                short = max(rule.box.width, other.box.width if not other.dotted else 0) < 6
                dotted = (rule.dotted or short) and (other.dotted or short)
                joined[index] = Rule(other.box.union(rule.box), dotted)
                break
        else:
            recent = [*recent[-7:], len(joined)]
            joined.append(rule)
    return joined


def merged_upright(rules: Iterable[Rule]) -> list[Rule]:
    """The same for vertical rules."""
    return [_turned(rule) for rule in merged(_turned(rule) for rule in rules)]


def _reach(rule: Rule, other: Rule) -> float:
    """How wide a gap the eye closes: wider between dots and dashes."""
    dashes = rule.box.width < 6 and (other.box.width < 6 or other.dotted)
    return 4.5 if dashes or (rule.dotted and other.dotted) else 1.5


def _turned(rule: Rule) -> Rule:
    box = rule.box
    return Rule(Box(box.y0, box.x0, box.y1, box.x1), rule.dotted)


def _horizontal_edges(rectangles: Sequence[Rectangle]) -> list[Rule]:
    tops = [Rule(Box(r.box.x0, r.box.y0 - 0.25, r.box.x1, r.box.y0 + 0.25)) for r in rectangles]
    return tops + [Rule(Box(r.box.x0, r.box.y1 - 0.25, r.box.x1, r.box.y1 + 0.25)) for r in rectangles]


def _vertical_edges(rectangles: Sequence[Rectangle]) -> list[Rule]:
    lefts = [Rule(Box(r.box.x0 - 0.25, r.box.y0, r.box.x0 + 0.25, r.box.y1)) for r in rectangles]
    return lefts + [Rule(Box(r.box.x1 - 0.25, r.box.y0, r.box.x1 + 0.25, r.box.y1)) for r in rectangles]


def _paint(drawing: Drawing) -> tuple[NDArray[np.uint8], list[Rectangle]]:
    """Lay the fills down in order. Returns the lightness of the page and the rectangles one can see."""
    light = np.full(_shape(drawing.width, drawing.height), 255, np.uint8)
    visible = []
    for rectangle in drawing.rectangles:
        left, top, right, bottom = _pixels(rectangle.box, light.shape)
        if right <= left or bottom <= top:
            continue
        if rectangle.fill is None:
            visible.append(rectangle)
            continue
        shade = round(255 * _lightness(rectangle.fill))
        patch = light[top:bottom, left:right]
        rim = np.concatenate([patch[0], patch[-1], patch[:, 0], patch[:, -1]]).astype(np.int16)
        if rectangle.edge is not None or float(np.abs(rim - shade).mean()) > 4:
            visible.append(rectangle)
        patch[:] = shade
    return light, visible


def _lightness(colour: tuple[float, float, float]) -> float:
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def _shape(width: float, height: float) -> tuple[int, int]:
    return min(int(height * SCALE) + 2, 8000), min(int(width * SCALE) + 2, 8000)


def _pixels(box: Box, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    left, top = max(0, round(box.x0 * SCALE)), max(0, round(box.y0 * SCALE))
    right, bottom = min(shape[1], round(box.x1 * SCALE)), min(shape[0], round(box.y1 * SCALE))
    return left, top, right, bottom


def _ink(
    drawing: Drawing, across: Sequence[Rule], upright: Sequence[Rule], filled: Sequence[Box]
) -> NDArray[np.uint8]:
    """Paper with every rule and edge of a fill as ink; ends reach a point further, so corners close."""
    ink = np.zeros(_shape(drawing.width, drawing.height), np.uint8)
    reach = 1.0
    for rule in across:
        box = rule.box
        _line(ink, Box(box.x0 - reach, box.y0, box.x1 + reach, box.y1))
    for rule in upright:
        box = rule.box
        _line(ink, Box(box.x0, box.y0 - reach, box.x1, box.y1 + reach))
    for box in filled:
        left, top, right, bottom = _pixels(box, ink.shape)
        cv2.rectangle(ink, (left, top), (right, bottom), 1, 1)
    for ring in drawing.rings:
        left, top, right, bottom = _pixels(ring.box, ink.shape)
        ink[top:bottom, left:right] = 1
    return ink


def _line(ink: NDArray[np.uint8], box: Box) -> None:
    left, top, right, bottom = _pixels(box, ink.shape)
    ink[top : max(bottom, top + 1), left : max(right, left + 1)] = 1


def _close_open_sides(ink: NDArray[np.uint8], across: Sequence[Rule]) -> NDArray[np.uint8]:
    """Where one rule ends right below another, close the side between them."""
    closed = ink.copy()
    rules = sorted((rule for rule in across if rule.box.width > 12), key=lambda rule: rule.box.y0)
    for side in (0, 2):
        for index, rule in enumerate(rules):
            for lower in rules[index + 1 :]:
                drop = lower.box.y0 - rule.box.y1
                if drop > OPEN_REACH:
                    break
                if drop > SMALLEST and abs(lower.box[side] - rule.box[side]) < 2.5:
                    x = (lower.box[side] + rule.box[side]) / 2
                    _line(closed, Box(x - 0.25, rule.box.y0, x + 0.25, lower.box.y1))
                    break
    return closed


def _cells(ink: NDArray[np.uint8], light: NDArray[np.uint8], *, open_sides: bool) -> list[Cell]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(1 - ink, connectivity=4)
    cells = []
    for left, top, wide, high, area in stats[1:].tolist():
        if min(wide, high) < SMALLEST * SCALE or area < ROOM * wide * high:
            continue
        if wide * high > 0.85 * ink.size:
            continue
        box = Box(left / SCALE, top / SCALE, (left + wide) / SCALE, (top + high) / SCALE)
        inside = float(np.median(light[top : top + high, left : left + wide])) / 255
        rim = _around(light, left, top, left + wide, top + high)
        cells.append(Cell(box, inside, rim, open_sides, full=area >= FULL * wide * high))
    return cells


def _around(light: NDArray[np.uint8], left: int, top: int, right: int, bottom: int) -> float:
    """Lightness just outside a patch."""
    y0, y1 = max(0, top - 4), min(light.shape[0] - 1, bottom + 3)
    x0, x1 = max(0, left - 4), min(light.shape[1] - 1, right + 3)
    rim = [light[y0, x0:x1], light[y1, x0:x1], light[y0:y1, x0], light[y0:y1, x1]]
    return float(np.median(np.concatenate(rim))) / 255


def _key(box: Box) -> tuple[int, int, int, int]:
    return round(box.x0 / 2), round(box.y0 / 2), round(box.x1 / 2), round(box.y1 / 2)
