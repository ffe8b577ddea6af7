"""Which printed words name which box.

A caption stands in the cell above the box, left of it on its row, under a rule, or at the
head of its column. Ticks are named by what follows them, and their group by what stands over
or before the first of them. Nothing is guessed across a rule that closes a cell off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from perdure.core.digitise.choose import Found
from perdure.core.digitise.surface import Surface
from perdure.core.digitise.values import Line, Word
from perdure.core.digitise.words import lines_of
from perdure.core.kernel.geometry import Box

REACH_ABOVE = 40.0  # points a caption may stand above its box outside a cell
MANY = 4  # lines: more of them in a cell are no head of a column
LID = 80.0  # points: a higher cell is no head of a column
REACH_LEFT = 320.0  # along leaders, when nothing else stands between
ROW_GAP = 30.0  # points between two boxes of a row of a grid
CAPTION = 22.0  # points between a caption and its box within a cell
BELOW = 12.0
BEFORE = 18.0  # from words to the box that they stand before
TICK_GAP = 22.0  # from a tick to its words
LONGEST = 240  # characters of a label

_STRIPS = frozenset({"STRIP", "TALL", "DOTS", "ROW", "SHARE", "MIDDLE", "BLANK"})
_NUMBERED = re.compile(r"\d{1,2}[A-Za-z]?[.)]\s*[^\W\d]")
_PARTED = re.compile(r"^(\d) (\d[A-Za-z]?[.)])")  # "1 1A." was set with a wide gap
_SMALL = re.compile(r"[\[(]?[a-z]|[\[(][A-Z]")
_LEADERS = re.compile(r"(?:[_‗…□☐◻]+|[.·]{3,}|(?:\. ){3,}\.?|[-–—]{4,})")


@dataclass(frozen=True)
class Label:
    """text: what names the box; group: what names the group of a tick, or the answer a field is part of.

    row, column  the words at the head of its row and of its column, for a box of a grid that has both
    """

    text: str = ""
    group: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Scene:
    """The print and the cells of one page, and the fields on it."""

    fields: Sequence[Found]
    lines: Sequence[Line]
    cells: Sequence[Box]
    walls: Sequence[Box] = ()

    @cached_property
    def free_lines(self) -> list[Line]:
        """The lines that are not the words of a tick."""
        ticks = [field.box for field in self.fields if field.tick]
        return [line for line in self.lines if not any(_before(tick, line.box) for tick in ticks)]

    def cell_of(self, field: Found) -> Box | None:
        """The smallest cell that holds the field and some words besides."""
        x, y = field.box.centre
        holding = [cell for cell in self.cells if cell.contains(x, y)]
        roomy = [cell for cell in holding if cell.intersection(field.box) > 0.75 * field.box.area]
        for cell in sorted(roomy, key=lambda cell: cell.area):
            if any(cell.contains(*line.box.centre) and not _only_mark(line.text) for line in self.lines):
                return cell
        return None

    def cell_around(self, line: Line) -> Box | None:
        """The smallest cell that holds a line of print and no field."""
        holding = [cell for cell in self.cells if cell.contains(*line.box.centre)]
        cell = min(holding, key=lambda cell: cell.area, default=None)
        if cell is None or any(cell.contains(*field.box.centre) for field in self.fields):
            return None
        return cell

    def empty_cell_of(self, box: Box) -> Box | None:
        """The low cell that holds the box of a field and no words at all."""
        holding = [cell for cell in self.cells if cell.contains(*box.centre) and cell.height < 60]
        cell = min(holding, key=lambda cell: cell.area, default=None)
        if cell is None or any(cell.contains(*line.box.centre) for line in self.lines):
            return None
        return cell


def label_fields(fields: Sequence[Found], words: Sequence[Word], surface: Surface) -> list[Label]:
    """One label a field, in the same order. "" where nothing names it."""
    cuts = [rule.box for rule in surface.upright if rule.box.height > 8]
    cuts += [field.box for field in fields]
    printed = [word for word in words if word.text.strip("_.…·‗ ")]
    lines = [line for line in lines_of(printed, gap=1.3, cuts=cuts) if _clean(line.text)]
    page = surface.width * surface.height
    cells = [cell.box for cell in surface.cells if not cell.open] + surface.rooms
    cells = [cell for cell in cells if cell.area < 0.5 * page]
    scene = Scene(fields, lines, cells, [rule.box for rule in surface.upright])
    labels: dict[int, Label] = {}
    for index in sorted(range(len(fields)), key=lambda index: fields[index].box.x0):
        field = fields[index]
        if field.tick:
            labels[index] = _tick_label(field, scene)
        else:
            named = _own_label(field, scene) or _neighbours(field, scene, labels) or _far_label(field, scene)
            named = named or _neighbours(field, scene, labels, stacked=True)
            row, column = _heads(field, scene)
            piece, whole = _piece_under(field, scene)
            labels[index] = (
                Label(_tidy(piece), _tidy(whole))
                if piece
                else Label(_tidy(named), _tidy(_whole_caption(field, named, scene)), row, column)
            )
    return [labels[index] for index in range(len(fields))]


def _own_label(field: Found, scene: Scene) -> str:
    """Words that stand right at the field: before it, in its cell above it, or under its rule."""
    cell = scene.cell_of(field)
    strip = field.source.name in _STRIPS
    caption = _caption_above(field, scene, cell)
    left = _left_of(field, scene, cell)
    if left is not None and not _only_mark(left.text):
        gap = field.box.x0 - left.box.x1
        if gap < 8 or (gap < (40 if strip else BEFORE) and not caption):
            return _paragraph(left, scene)
    if caption:
        return caption
    empty = scene.empty_cell_of(field.box)
    if empty is not None:
        return _in_cell_above(empty, scene)
    on_cell = cell is not None and cell.height < 60 and abs(cell.y1 - field.box.y1) < 4
    return _under(field, scene) if strip and not on_cell else ""


def _in_cell_above(cell: Box, scene: Scene) -> str:
    """The words of the cell that an empty one stands right under, as in rows of captions and boxes."""
    lids = [
        lid
        for lid in scene.cells
        if abs(lid.y1 - cell.y0) < 4
        and lid.height < LID
        and min(lid.x1, cell.x1) - max(lid.x0, cell.x0) > 0.7 * max(lid.width, cell.width)
    ]
    inside = [
        line
        for line in scene.lines
        if any(lid.contains(*line.box.centre) for lid in lids) and not _only_mark(line.text)
    ]
    if not inside or len(inside) > MANY:
        return ""
    return " ".join(line.text for line in _in_reading_order(inside))


def _neighbours(field: Found, scene: Scene, labels: dict[int, Label], *, stacked: bool = False) -> str:
    """Parts of one answer share a name: the field right before this one in the cell names it too."""
    box = field.box
    if _stacked_under(field, scene) and not stacked and not field.cells:
        return ""
    best: int | None = None
    for index, label in labels.items():
        other = scene.fields[index]
        level = abs(other.box.y0 - box.y0) < 4 and abs(other.box.y1 - box.y1) < 4
        near = -2 < box.x0 - other.box.x1 < 45 and not other.tick and label.text
        if level and near and (best is None or other.box.x1 > scene.fields[best].box.x1):
            best = index
    if best is None or _walled(scene.fields[best].box, box, scene):
        return ""
    return labels[best].text


def _whole_caption(field: Found, named: str, scene: Scene) -> str:
    """For a part such as "City": the numbered caption of the answer it belongs to, without its bracket."""
    if not named or _NUMBERED.match(named) or len(named) > 60:
        return ""
    x, y = field.box.centre
    holding = [cell for cell in scene.cells if cell.contains(x, y) and cell.height < 260]
    over = [
        line
        for line in scene.lines
        if line.box.y1 < y
        and _NUMBERED.match(line.text)
        and any(cell.contains(*line.box.centre) for cell in holding)
    ]
    if not over:
        return ""
    nearest = max(over, key=lambda line: (round(line.box.y1), line.box.x0 < field.box.x1))
    return nearest.text.split("(")[0]


def _heads(field: Found, scene: Scene) -> tuple[str, str]:
    """The words left of the row that a box stands in and over its column; ("", "") outside a grid."""
    row = _row_of(field, scene)
    if len(row) < 2 or not _stacked_under(field, scene):
        return "", ""
    top, bottom = min(one.box.y0 for one in row), max(one.box.y1 for one in row)
    first = replace(row[0], box=Box(row[0].box.x0, top, row[0].box.x1, bottom))
    left = _left_of(first, scene, scene.cell_of(row[0]))
    column = _tidy(_over(field, scene))
    if left is None or _only_mark(left.text) or not column or _NUMBERED.match(column):
        return "", ""
    words = _tidy(_paragraph(left, scene))
    whole = words.count("(") == words.count(")")
    return (words, column) if whole and words != column else ("", "")


def _row_of(field: Found, scene: Scene) -> list[Found]:
    """The boxes that stand side by side with this one, from left to right."""
    row = [field]
    for _ in range(20):
        before = next((other for other in scene.fields if _follows(other, row[0])), None)
        after = next((other for other in scene.fields if _follows(row[-1], other)), None)
        if before is None and after is None:
            break
        row = [*([before] if before else []), *row, *([after] if after else [])]
    return row


def _follows(one: Found, two: Found) -> bool:
    """Does the second box stand right of the first, on its row, and closely? One may be higher."""
    shared = min(one.box.y1, two.box.y1) - max(one.box.y0, two.box.y0)
    level = abs(one.box.y1 - two.box.y1) < 4 and shared > 0.75 * min(one.box.height, two.box.height)
    return level and not one.tick and not two.tick and -2 < two.box.x0 - one.box.x1 < ROW_GAP


def _walled(left: Box, right: Box, scene: Scene) -> bool:
    """Does a rule that is more than the side of a box part the two?"""
    return any(
        left.x1 - 3 < wall.x0 < right.x0 + 3 and wall.y0 < right.y0 - 5 and wall.y1 > right.y0 + 4
        for wall in scene.walls
    )


def _stacked_under(field: Found, scene: Scene) -> bool:
    """Does the field stand in a column of its like: another right above it, or right below?"""
    box = field.box
    return any(
        _stacked(other.box, box, box.y0) or (other is not field and _stacked(box, other.box, other.box.y0))
        for other in scene.fields
    )


def _far_label(field: Found, scene: Scene) -> str:
    """Words further off: along the row, at the head of the column, or anywhere in the cell."""
    cell = scene.cell_of(field)
    left = _left_of(field, scene, cell)
    if left is not None and not _only_mark(left.text):
        return _paragraph(left, scene)
    return _over(field, scene) or _first_in_cell(field, scene, cell)


def _only_mark(text: str) -> bool:
    """A sign or a line number alone names nothing."""
    return not re.search(r"[^\W\d_]{2}", text)


def _left_of(field: Found, scene: Scene, cell: Box | None) -> Line | None:
    """The nearest words left on the same row, with no field between and inside the same cell."""
    box = field.box
    middle = (box.y0 + box.y1) / 2
    best: Line | None = None
    for line in scene.lines:
        level = line.box.y0 - 2 < middle < line.box.y1 + 2 or _same_base(line.box, box)
        if not level or line.box.x1 > box.x0 + 4 or box.x0 - line.box.x1 > REACH_LEFT:
            continue
        if _only_mark(line.text) and box.x0 - line.box.x1 < 30:
            continue  # "$" or "12" right before the box: look past it
        if best is None or line.box.x1 > best.box.x1:
            best = line
    if best is None or _blocked(best.box, box, scene, cell):
        return None
    return best


def _same_base(line: Box, box: Box) -> bool:
    return abs(line.y1 - box.y1) < 4.5


def _blocked(line: Box, box: Box, scene: Scene, cell: Box | None) -> bool:
    """Is another field between the words and the box, or are the words outside its cell?"""
    for other in scene.fields:
        between = line.x1 - 2 < other.box.x0 and other.box.x1 <= box.x0 + 2
        if between and min(other.box.y1, box.y1) - max(other.box.y0, box.y0) > 0.3 * box.height:
            return True
    return cell is not None and line.x1 < cell.x0 - 60 and cell.height > 40


def _caption_above(field: Found, scene: Scene, cell: Box | None) -> str:
    """The caption in the same cell right above the box."""
    if cell is None:
        return ""
    box = field.box
    inside = [line for line in scene.lines if cell.contains(*line.box.centre) and not _only_mark(line.text)]
    over = [
        line
        for line in inside
        if _overlaps(line.box, box)
        and (line.box.y1 < box.y0 + 5 or line.box.centre[1] < box.y0 + 2)
        and box.y0 - line.box.y1 < CAPTION
        and not _left_field(line, scene)
    ]
    if over:
        return _block(max(over, key=lambda line: line.box.y1), over)
    within = [line for line in inside if line.box.intersection(box) > 0.3 * line.box.area]
    return " ".join(line.text for line in within[:3])


def _first_in_cell(field: Found, scene: Scene, cell: Box | None) -> str:
    """The first words of the cell."""
    if cell is None or cell.height > 150:
        return ""
    inside = [line for line in scene.lines if cell.contains(*line.box.centre) and not _only_mark(line.text)]
    above = [line for line in inside if line.box.y1 < field.box.y1]
    if not above:
        return ""
    return _block(min(above, key=lambda line: (line.box.y0, line.box.x0)), above, downwards=True)


def _block(start: Line, lines: Sequence[Line], *, downwards: bool = False) -> str:
    """The lines that run on from a line without a gap, in reading order."""
    block = [start]
    ordered = sorted(lines, key=lambda line: line.box.y1, reverse=not downwards)
    for line in ordered:
        last = block[-1]
        step = line.box.y0 - last.box.y1 if downwards else last.box.y0 - line.box.y1
        if line is start or len(block) > 5:
            continue
        if not -0.5 * line.box.height < step < 0.6 * line.box.height:
            continue
        if _NUMBERED.match(line.text if downwards else last.text) and not _level(last, line):
            break  # another question begins, or this one is whole
        block.append(line)
    return " ".join(line.text for line in _in_reading_order(block))


def _in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Row by row, where the lines of a row may stand a little higher or lower."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.y1):
        if rows and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.box.x0)]


def _level(line: Line, other: Line) -> bool:
    return abs(line.box.y1 - other.box.y1) < 0.4 * line.box.height


def _under(field: Found, scene: Scene) -> str:
    """Small words right under a rule: "(Signature)"."""
    box = field.box
    under = [line for line in scene.lines if -3 < line.box.y0 - box.y1 < BELOW and _overlaps(line.box, box)]
    under = [line for line in under if not _left_field(line, scene) and not _only_mark(line.text)]
    if not under:
        return ""
    best = min(under, key=lambda line: (line.box.y0, abs(line.box.centre[0] - box.centre[0])))
    return best.text if best.box.width < 1.3 * box.width + 40 else ""


def _piece_under(field: Found, scene: Scene) -> tuple[str, str]:
    """For a line in a row of lines with small words under each: its piece, and the whole.

    "My name is: ____ ____". The words under them begin small or in brackets, so they name
    no boxes further down.
    """
    row = sorted(
        (other for other in scene.fields if not other.tick and abs(other.box.y1 - field.box.y1) < 2),
        key=lambda other: other.box.x0,
    )
    under = [_under(other, scene) for other in row]
    if len(row) < 2 or len(set(under)) < len(row) or not all(map(_SMALL.match, under)):
        return "", ""
    left = _left_of(row[0], scene, scene.cell_of(row[0]))
    if left is None or _only_mark(left.text):
        return "", ""
    return under[row.index(field)].strip("()[] "), _paragraph(left, scene)


def _left_field(line: Line, scene: Scene) -> bool:
    """Does the line run up to a field on its own row, and so names that one?"""
    return any(
        0 <= other.box.x0 - line.box.x1 < BEFORE and other.box.y0 - 3 < line.box.centre[1] < other.box.y1 + 3
        for other in scene.fields
    )


def _overlaps(line: Box, box: Box) -> bool:
    return line.x0 < box.x1 - 1 and line.x1 > box.x0 + 1


def _over(field: Found, scene: Scene) -> str:
    """The words above, climbing over fields of the same column to its head."""
    box, highest = field.box, field.box
    top = box.y0
    for _ in range(60):
        higher = [other.box for other in scene.fields if _stacked(other.box, box, top)]
        if not higher:
            break
        next_up = max(higher, key=lambda other: other.y1)
        if _words_between(next_up, box, top, scene):
            break
        highest, top = next_up, next_up.y0
    cell = scene.empty_cell_of(highest)
    capped = _in_cell_above(cell, scene) if cell is not None else ""
    if capped:
        return capped
    above = [
        line
        for line in scene.lines
        if -4 < top - line.box.y1 < REACH_ABOVE
        and _overlaps(line.box, box)
        and line.box.width < 3 * box.width + 80
        and not _only_mark(line.text)
    ]
    if not above:
        return ""
    nearest = max(above, key=lambda line: line.box.y1)
    cell = scene.cell_around(nearest)
    if cell is not None:
        above = [line for line in above if cell.contains(*line.box.centre)]
    return _block(nearest, above)


def _words_between(higher: Box, box: Box, top: float, scene: Scene) -> bool:
    """Do words part two boxes of a column, so that another column begins?"""
    return any(
        higher.y1 - 1 < line.box.centre[1] < top + 1
        and _overlaps(line.box, box)
        and not _only_mark(line.text)
        for line in scene.lines
    )


def _stacked(other: Box, box: Box, top: float) -> bool:
    same = abs(other.x0 - box.x0) < 8 and abs(other.x1 - box.x1) < 4  # "$" may stand before the first
    return same and other.y1 <= top + 3 and top - other.y1 < 40


def _paragraph(line: Line, scene: Scene) -> str:
    """The line with those above that run on into it: an item told on several lines."""
    cell = scene.cell_around(line)
    if cell is not None and cell.height < 60:
        inside = [other for other in scene.lines if cell.contains(*other.box.centre)]
        if len(inside) <= 4:
            return " ".join(other.text for other in _in_reading_order(inside))
    parts = [line]
    for _ in range(4):
        first = parts[0]
        if _begins_item(first.text):
            break
        above = [
            other
            for other in scene.lines
            if -0.5 * first.box.height < first.box.y0 - other.box.y1 < 0.5 * first.box.height
            and abs(other.box.x0 - first.box.x0) < 26
            and other.box.x1 > first.box.x0 + 30
            and not _named_there(other, scene)
        ]
        if not above:
            break
        parts.insert(0, min(above, key=lambda other: abs(other.box.x0 - first.box.x0)))
    return " ".join(part.text for part in parts)


def _named_there(line: Line, scene: Scene) -> bool:
    """Does a field stand on the row of this line?"""
    return any(field.box.y0 < line.box.centre[1] < field.box.y1 for field in scene.fields)


def _begins_item(text: str) -> bool:
    return bool(re.match(r"\(?(\d{1,3}|[A-Za-z])[.)]?[A-Za-z]?[.)]?\s", text))


# ---- ticks


def _tick_label(field: Found, scene: Scene) -> Label:
    after = _beside_tick(field, scene, right=True)
    words = after or _beside_tick(field, scene, right=False) or _over(field, scene)
    return Label(_tidy(words), _tidy(_group_caption(field, scene)))


def _beside_tick(field: Found, scene: Scene, *, right: bool) -> str:
    box = field.box
    best: Line | None = None
    for line in scene.lines:
        level = line.box.y0 - 2 < box.centre[1] < line.box.y1 + 2
        gap = line.box.x0 - box.x1 if right else box.x0 - line.box.x1
        if (
            level
            and -4 <= gap < TICK_GAP
            and (best is None or abs(gap) < abs(_gap(best.box, box, right)) - 3)
        ):
            best = line
    if best is None:
        return ""
    return _running_on(best, scene) if right else best.text


def _gap(line: Box, box: Box, right: bool) -> float:
    return line.x0 - box.x1 if right else box.x0 - line.x1


def _running_on(line: Line, scene: Scene) -> str:
    """Words after a tick, with the lines under them that start at the same place."""
    parts = [line]
    for _ in range(3):
        last = parts[-1]
        following = [
            other
            for other in scene.lines
            if -0.4 * last.box.height < other.box.y0 - last.box.y1 < 0.45 * last.box.height
            and abs(other.box.x0 - line.box.x0) < 5
            and not any(tick.tick and _before(tick.box, other.box) for tick in scene.fields)
        ]
        if not following:
            break
        parts.append(following[0])
    return " ".join(part.text for part in parts)


def _before(tick: Box, line: Box) -> bool:
    return 0 <= line.x0 - tick.x1 + 4 < TICK_GAP and line.y0 - 2 < tick.centre[1] < line.y1 + 2


def _group_caption(field: Found, scene: Scene) -> str:
    """What stands over the group, or before its first tick on the row."""
    cell = scene.cell_of(field)
    named = scene.free_lines
    if cell is not None and cell.height < 200:
        inside = [line for line in named if cell.contains(*line.box.centre)]
        above = [line for line in inside if line.box.y1 < field.box.centre[1] + 1]
        above += [line for line in inside if line not in above and _numbers_the_row(line, field.box)]
        if above:
            return _block(_first_caption(field, above, cell), above, downwards=True)
    row = [line for line in named if line.box.y0 - 2 < field.box.centre[1] < line.box.y1 + 2]
    left = [line for line in row if line.box.x1 < field.box.x0 and not _only_mark(line.text)]
    if left:
        return _paragraph(max(left, key=lambda line: line.box.x1), scene)
    above = [
        line
        for line in named
        if 0 < field.box.y0 - line.box.y1 < 60
        and line.box.x0 < field.box.x1 + 4
        and line.box.x1 > field.box.x0 - 30
    ]
    return max(above, key=lambda line: line.box.y1).text if above else ""


def _first_caption(field: Found, lines: Sequence[Line], cell: Box) -> Line:
    """The line that the caption of a tick begins with, of the lines of its cell above it or on its row.

    Of several numbered captions it is the lowest; in a row of them the nearest that begins left of the tick.
    One in the middle of the cell is over all of it.
    """
    numbered = [line for line in lines if _NUMBERED.match(line.text)]
    before = [line for line in numbered if line.box.x0 < field.box.x1 + 4 or _in_middle(line.box, cell)]
    if len(numbered) < 2 or not before:
        return min(lines, key=lambda line: (line.box.y0, line.box.x0))
    lowest = max(line.box.y1 for line in before)
    return max((line for line in before if lowest - line.box.y1 < 6), key=lambda line: line.box.x0)


def _numbers_the_row(line: Line, box: Box) -> bool:
    """Is it a numbered caption left of the box on its row?"""
    level = line.box.y0 - 2 < box.centre[1] < line.box.y1 + 2
    return level and line.box.x1 < box.x0 and bool(_NUMBERED.match(line.text))


def _in_middle(line: Box, cell: Box) -> bool:
    return abs(line.centre[0] - cell.centre[0]) < 0.1 * cell.width and line.x0 > cell.x0 + 0.15 * cell.width


def _clean(text: str) -> str:
    return " ".join(_LEADERS.sub(" ", text).split())


def _tidy(text: str) -> str:
    text = _PARTED.sub(r"\1\2", _clean(text).strip(" :;,-–|"))
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]
