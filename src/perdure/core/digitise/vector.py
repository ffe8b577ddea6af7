"""Read what a page of a PDF draws: characters, rules, rectangles and rings, in page space.

Everything here talks to PDFium and runs only in the bounded child. Nothing is judged yet:
a thin filled rectangle becomes a rule, a small closed curve a ring, and that is all.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from perdure.core.digitise.frame import Frame
from perdure.core.digitise.shapes import Char, Colour, Drawing, Rectangle, Ring, Rule
from perdure.core.kernel.geometry import Box

THIN = 2.6  # a rectangle with a side below this is a rule
MOST_OBJECTS = 150_000  # on one page; what comes after is not read
MOST_SEGMENTS = 4_000  # in one path; a longer one is a drawing, not a form
MOST_CORNERS = 12  # of a filled shape that may be the edge of a box
MOST_CHARS = 60_000
DEEPEST = 8  # forms within forms

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class _Reader:
    frame: Frame
    drawing: Drawing
    left: int = MOST_OBJECTS


def read_drawing(page: Any, frame: Frame) -> Drawing:
    """All of one page. page: a pypdfium2 page."""
    reader = _Reader(frame, Drawing(frame.width, frame.height))
    count = raw.FPDFPage_CountObjects(page)
    objects = (raw.FPDFPage_GetObject(page, index) for index in range(count))
    _walk(reader, objects, IDENTITY, 0)
    reader.drawing.chars = list(_chars(page, frame))
    return reader.drawing


def _walk(reader: _Reader, objects: Iterator[Any], outer: Matrix, depth: int) -> None:
    for item in objects:
        reader.left -= 1
        if reader.left < 0:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _path(reader, item, _times(_matrix(item), outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            count = raw.FPDFFormObj_CountObjects(item)
            inner = (raw.FPDFFormObj_GetObject(item, index) for index in range(max(0, count)))
            _walk(reader, inner, _times(_matrix(item), outer), depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            _picture(reader, _times(_matrix(item), outer))


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _picture(reader: _Reader, matrix: Matrix) -> None:
    corners = [reader.frame.point(*_apply(matrix, x, y)) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if box.height < THIN and box.width > 6:
        reader.drawing.across.append(Rule(box))
    elif box.width < THIN and box.height > 6:
        reader.drawing.upright.append(Rule(box))
    else:
        reader.drawing.pictures.append(box)


# ---- paths


@dataclass
class _Outline:
    """One subpath in page space: its corners, how many curves it has, whether it is closed."""

    points: list[tuple[float, float]]
    curves: int = 0
    closed: bool = False

    @property
    def box(self) -> Box:
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _path(reader: _Reader, item: Any, matrix: Matrix) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    fill = _colour(raw.FPDFPageObj_GetFillColor, item) if mode.value != raw.FPDF_FILLMODE_NONE else None
    edge = _colour(raw.FPDFPageObj_GetStrokeColor, item) if stroke.value else None
    if fill is None and edge is None:
        return
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(item, width)
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    dashed = raw.FPDFPageObj_GetDashCount(item) > 0
    for outline in _outlines(item, matrix, reader.frame):
        _place(reader.drawing, outline, fill, edge, width=max(width.value * scale, 0.2), dashed=dashed)


def _outlines(item: Any, matrix: Matrix, frame: Frame) -> Iterator[_Outline]:
    x, y = ctypes.c_float(), ctypes.c_float()
    current: _Outline | None = None
    curve = 0
    for index in range(min(raw.FPDFPath_CountSegments(item), MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        point = frame.point(*_apply(matrix, x.value, y.value))
        if kind == raw.FPDF_SEGMENT_MOVETO or current is None:
            if current is not None:
                yield current
            current, curve = _Outline([point]), 0
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curve += 1
            if curve % 3 == 0:  # two control points, then the end of the curve
                current.curves += 1
                current.points.append(point)
        else:
            current.points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            current.closed = True
    if current is not None:
        yield current


def _place(
    drawing: Drawing,
    outline: _Outline,
    fill: Colour | None,
    edge: Colour | None,
    *,
    width: float,
    dashed: bool,
) -> None:
    box = outline.box
    if outline.curves:
        _place_curve(drawing, outline, box, fill, edge)
    elif _is_rectangle(outline, filled=fill is not None):
        _place_rectangle(drawing, box, fill, edge, width)
    elif edge is not None:
        _place_strokes(drawing, outline, edge, width, dashed)
    elif fill is not None and len(outline.points) <= MOST_CORNERS:
        _place_bevel(drawing, outline, fill)


def _place_curve(
    drawing: Drawing, outline: _Outline, box: Box, fill: Colour | None, edge: Colour | None
) -> None:
    straight = len(outline.points) - 1 - outline.curves
    squarish = 0.8 < box.width / max(box.height, 0.1) < 1.25
    if outline.curves >= 2 and straight <= 1 and squarish and 3 < box.width < 30:
        drawing.rings.append(Ring(box, filled=fill is not None and edge is None and not _pale(fill)))
    elif straight >= 2 and outline.curves <= 8 and min(box.width, box.height) > 4:
        drawing.rectangles.append(Rectangle(box, fill, edge))  # rounded corners


def _is_rectangle(outline: _Outline, *, filled: bool) -> bool:
    points = outline.points
    if len(points) > 1 and _near(points[0], points[-1]):
        points = points[:-1]
    elif not (outline.closed or filled):
        return False
    if len(points) != 4:
        return False
    return all(_straight(points[index], points[(index + 1) % 4]) for index in range(4))


def _place_rectangle(
    drawing: Drawing, box: Box, fill: Colour | None, edge: Colour | None, width: float
) -> None:
    seen = edge if edge is not None and not _white(edge) else None
    ink = seen if seen is not None else fill
    if box.height < THIN and box.width < THIN:
        return
    if box.height < THIN or box.width < THIN:
        if ink is not None and not _white(ink):
            thick = Rule(_thickened(box, width if seen else 0.0))
            (drawing.across if box.width > box.height else drawing.upright).append(thick)
        return
    if fill is not None or seen is not None:
        drawing.rectangles.append(Rectangle(box, fill, seen))


def _place_strokes(drawing: Drawing, outline: _Outline, edge: Colour, width: float, dashed: bool) -> None:
    if _white(edge):
        return
    points = [*outline.points, outline.points[0]] if outline.closed else outline.points
    for start, end in itertools.pairwise(points):
        box = Box(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        if not _straight(start, end):
            drawing.slants.append(box)
            continue
        if box.width + box.height < 1.5:
            continue
        if width >= 6 and max(box.width, box.height) > width:
            drawing.rectangles.append(Rectangle(_thickened(box, width), edge, None))
            continue
        rule = Rule(_thickened(box, width), dashed)
        (drawing.across if box.width > box.height else drawing.upright).append(rule)


def _place_bevel(drawing: Drawing, outline: _Outline, fill: Colour) -> None:
    """The filled L that draws two sides of a box with depth; its long straight sides become rules."""
    sides = [*outline.points, outline.points[0]]
    if all(_straight(*side) for side in itertools.pairwise(sides)) or len(sides) >= 6:
        thin = _Outline(outline.points, closed=True)
        _place_strokes(drawing, thin, fill, 0.4, dashed=False)


def _thickened(box: Box, width: float) -> Box:
    half = width / 2
    if box.width >= box.height:
        return Box(box.x0, box.y0 - half, box.x1, box.y1 + half)
    return Box(box.x0 - half, box.y0, box.x1 + half, box.y1)


def _straight(start: tuple[float, float], end: tuple[float, float]) -> bool:
    return abs(start[0] - end[0]) < 0.6 or abs(start[1] - end[1]) < 0.6


def _near(start: tuple[float, float], end: tuple[float, float]) -> bool:
    return abs(start[0] - end[0]) < 0.3 and abs(start[1] - end[1]) < 0.3


def _colour(getter: Any, item: Any) -> Colour | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not getter(item, *parts):
        return (0.0, 0.0, 0.0)
    red, green, blue, alpha = (part.value / 255 for part in parts)
    return (red, green, blue) if alpha > 0.02 else None


def _white(colour: Colour) -> bool:
    return min(colour) > 0.97


def _pale(colour: Colour) -> bool:
    return min(colour) > 0.7


# ---- characters


def _chars(page: Any, frame: Frame) -> Iterator[Char]:
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        return
    try:
        looks: dict[int, tuple[float, bool, bool, str]] = {}
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(min(raw.FPDFText_CountChars(text_page), MOST_CHARS)):
            code = raw.FPDFText_GetUnicode(text_page, index)
            if code in {10, 13} or raw.FPDFText_IsGenerated(text_page, index) == 1:
                yield Char(" ", 0, 0, -99.0, 0.0, False, True)
                continue
            raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
            raw.FPDFText_GetCharOrigin(text_page, index, x, y)
            owner = raw.FPDFText_GetTextObject(text_page, index)
            key = ctypes.cast(owner, ctypes.c_void_p).value or 0
            if key not in looks:
                looks[key] = _look(text_page, index, owner, frame)
            size, bold, upright, font = looks[key]
            box = frame.box(left.value, bottom.value, right.value, top.value)
            base = frame.point(x.value, y.value)[1]
            yield Char(_character(code, font), box.x0, box.x1, base, size, bold, upright)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _look(text_page: Any, index: int, owner: Any, frame: Frame) -> tuple[float, bool, bool, str]:
    """Font size in points as shown, bold, reads left to right, and the name of the font."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    origin, along = frame.point(0, 0), frame.point(matrix.a, matrix.b)
    run, rise = along[0] - origin[0], along[1] - origin[1]
    upright = run > 0 and abs(rise) < 0.2 * run
    font = raw.FPDFTextObj_GetFont(owner) if owner else None
    name = _font_name(font) if font else ""
    heavy = any(word in name for word in ("bold", "black", "heavy", "-bd", "semibold"))
    return min(size, 400.0), heavy, upright, name


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(200)
    if raw.FPDFFont_GetBaseFontName(font, buffer, 200) == 0:
        return ""
    return buffer.value.decode("utf-8", "replace").lower()


_DINGBATS = {"o": "□", "p": "□", "q": "□", "r": "□", "n": "■", "m": "○", "l": "●", "s": "◆"}
_WINGDINGS = {
    "o": "□",
    "p": "□",
    "q": "□",
    "r": "□",
    "¨": "□",
    "n": "■",
    "l": "●",
    "¡": "○",
    "x": "□",
    "m": "○",
}


def _character(code: int, font: str) -> str:
    """The character, with the box glyphs of symbol fonts under their Unicode names."""
    if "wingdings" in font or "dingbats" in font or "webdings" in font:
        table = _DINGBATS if "zapf" in font or "itc" in font else _WINGDINGS
        plain = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
        return table.get(chr(plain), chr(code))
    if 0xF000 <= code <= 0xF0FF:
        return _WINGDINGS.get(chr(code - 0xF000), chr(code))
    try:
        return chr(code)
    except ValueError:
        return " "
