"""Read a page that is only a picture: straighten it, find rules, boxes and rings, and read the words.

The result is a Drawing as if the page had been drawn, in page space of the straightened page;
Drawing.skew says how far it was turned, so that fields go back to where the paper shows them.
Works for faxes and photographs of paper: grey backgrounds, noise, a few degrees of skew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.shapes import Char, Drawing, Rectangle, Ring, Rule
from perdure.core.kernel.geometry import Box

DPI = 200
FAINTEST = 5.0  # levels of grey: a row that is less darker than the paper beside it is no rule
STEP = 12.0  # pixels, about 4 points
PIXELS = DPI / 72  # a point
LONG_ACROSS, LONG_UPRIGHT = 13.0, 9.0  # points: the shortest stroke that counts as a rule
THICKEST = 3.2  # points
MOST_SKEW = 8.0  # degrees
WIDE_GAP = 0.9  # font sizes between two characters of different words
BOX_SIGNS = frozenset("□☐◻▢◽○◯❏❐❑❒■☑☒口囗回ロ")  # printed boxes as the reader may write them
LIKE_BOXES = frozenset("oO0DUCnLJIlQ[]|")  # letters it takes them for
SMALLEST = 64  # pixels: nothing to straighten or to light on a smaller picture
LEAST_INK = 0.0005  # share of the page: less is an empty sheet
WHITE = 225.0  # paper lighter than this everywhere is left as it is
SQUARE = 0.86  # share of its box that the inside of a square fills at least
ROUND = 0.72  # the same for a ring
BEVEL = 13  # pixels: thicker than the stroke of a box to tick
FAINT_EDGE = 8  # levels of grey that a faint side is darker than the paper
BLACK = (0.0, 0.0, 0.0)
_BLANK = Char(" ", 0.0, 0.0, -99.0, 0.0, False, True)

Grey = NDArray[np.uint8]


def read_picture(grey: Grey, width: float, height: float, reader: Any | None) -> Drawing:
    """A grey picture of a page at DPI -> a Drawing.

    width, height  of the page in points
    reader         a RapidOCR engine, or None when the words are known already
    """
    grey, skew = straightened(evenly_lit(grey))
    ink = inked(grey)
    drawing = Drawing(width, height, scanned=True, skew=skew)
    across, upright = _rules(ink)
    across = carried_on(grey, across)
    drawing.across = [Rule(_points(box)) for box in across]
    drawing.upright = [Rule(_points(box)) for box in upright]
    _dark_areas(grey, drawing)
    _closed_shapes(grey, ink, drawing)
    if reader is not None:
        small = [rectangle.box for rectangle in drawing.rectangles if rectangle.fill is None]
        drawing.chars = _words(grey, reader, [*small, *(ring.box for ring in drawing.rings)])
        drawing.upright = [rule for rule in drawing.upright if not _is_stem(rule.box, drawing.chars)]
    return drawing


def straightened(grey: Grey) -> tuple[Grey, float]:
    """Turn the page so that its print and rules lie level. Returns the picture and the angle in degrees."""
    angle = _skew(grey)
    if abs(angle) < 0.08:
        return grey, 0.0
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turned = cv2.warpAffine(grey, turn, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8), angle


def _skew(grey: Grey) -> float:
    """The angle at which print and rules fall into the sharpest rows, in degrees; 0 on an empty page.

    Source: projection profiles (W. Postl, "Detection of linear oblique structures and skew scan", 1986).
    """
    if min(grey.shape) < SMALLEST:
        return 0.0
    small = cv2.resize(grey, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    ink = np.asarray(inked(np.asarray(small, dtype=np.uint8)) * 255, dtype=np.uint8)
    if (ink > 0).mean() < LEAST_INK:
        return 0.0
    coarse = _sharpest(ink, np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.25))
    return _sharpest(ink, coarse + np.arange(-0.25, 0.26, 0.05))


def _sharpest(ink: Grey, angles: NDArray[np.float64]) -> float:
    """The angle whose rows differ most from their neighbours."""
    high, wide = ink.shape
    scores = []
    for angle in angles:
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(angle), 1.0)
        rows = cv2.warpAffine(ink, turn, (wide, high), flags=cv2.INTER_LINEAR).mean(axis=1)
        scores.append(float((np.diff(rows) ** 2).sum()))
    return round(float(angles[int(np.argmax(scores))]), 3)


def evenly_lit(grey: Grey) -> Grey:
    """Grey or shaded paper made white: divided by a smooth surface through its lightest places."""
    side = 32  # pixels
    if min(grey.shape) < SMALLEST:
        return grey
    high, wide = (size // side * side for size in grey.shape)
    blocks = grey[:high, :wide].reshape(high // side, side, wide // side, side).swapaxes(1, 2)
    light = np.percentile(blocks.reshape(*blocks.shape[:2], -1), 75, axis=2)
    rows, columns = np.mgrid[-1 : 1 : light.shape[0] * 1j, -1 : 1 : light.shape[1] * 1j]
    terms = np.stack([np.ones_like(rows), rows, columns, rows**2, columns**2, rows * columns], axis=-1)
    paper = np.ones_like(light, dtype=bool)
    for _ in range(6):  # tints and pictures drop out, what is left is paper
        weights, *_ = np.linalg.lstsq(terms[paper], light[paper], rcond=None)
        surface = terms @ weights
        paper = light > surface * 0.98
    if surface.min() > WHITE:
        return grey
    lit = cv2.resize(surface.astype(np.float32), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(grey * (245.0 / np.maximum(lit, 60.0)), 0, 255), dtype=np.uint8)


def inked(grey: Grey) -> Grey:
    """1 where there is ink: darker than the paper around, or plainly dark."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    local = cv2.adaptiveThreshold(soft, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    plain = (soft < 85).astype(np.uint8)
    return np.asarray(cv2.bitwise_or(local, plain), dtype=np.uint8)


def _rules(ink: Grey) -> tuple[list[Box], list[Box]]:
    """Long thin strokes, in pixels."""
    across = _strokes(ink, round(LONG_ACROSS * PIXELS), level=True)
    upright = _strokes(ink, round(LONG_UPRIGHT * PIXELS), level=False)
    return across, upright


def _strokes(ink: Grey, length: int, *, level: bool) -> list[Box]:
    shape = (length, 1) if level else (1, length)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3) if level else (3, 1), np.uint8))
    kept = cv2.morphologyEx(joined, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    count, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    strokes = []
    for index in range(1, count):
        left, top, wide, high, area = (int(value) for value in stats[index])
        thick = area / max(wide if level else high, 1)
        slim = (high if level else wide) <= THICKEST * PIXELS + 4
        if thick <= THICKEST * PIXELS and slim:
            middle = (top + high / 2) if level else (left + wide / 2)
            half = thick / 2
            stroke = Box(left, middle - half, left + wide, middle + half)
            if not level:
                stroke = Box(middle - half, top, middle + half, top + high)
            if not _in_print(ink, stroke, level=level):
                strokes.append(stroke)
    return strokes


def carried_on(grey: Grey, strokes: Sequence[Box]) -> list[Box]:
    """Level strokes as long as their row stays darker than the paper above and below it, in pixels.

    Of a faint or dotted rule only pieces are plain ink; here the pieces become one rule again.
    """
    longer = []
    for stroke in strokes:
        row, own = round(stroke.centre[1]), _darker(grey, round(stroke.centre[1]), stroke.x0, stroke.x1)
        least = max(FAINTEST, 0.35 * own)
        x0, x1 = stroke.x0, stroke.x1
        while own > FAINTEST and x0 > 0 and _darker(grey, row, x0 - STEP, x0) > least:
            x0 -= STEP
        while own > FAINTEST and x1 < grey.shape[1] and _darker(grey, row, x1, x1 + STEP) > least:
            x1 += STEP
        longer.append(Box(max(x0, 0), stroke.y0, min(x1, grey.shape[1]), stroke.y1))
    return _joined(longer)


def _darker(grey: Grey, row: int, left: float, right: float) -> float:
    """How many levels of grey a row is darker than the darker of the paper above and the paper below."""
    columns = slice(max(0, round(left)), max(0, round(right)))
    own = grey[max(0, row - 1) : row + 2, columns]
    sides = grey[max(0, row - 8) : max(0, row - 4), columns], grey[row + 5 : row + 9, columns]
    if not own.size or not all(side.size for side in sides):
        return 0.0
    return float(min(side.mean() for side in sides) - own.mean(axis=1).min())


def _joined(strokes: Sequence[Box]) -> list[Box]:
    """Level strokes of one row that touch are one."""
    made: list[Box] = []
    for stroke in sorted(strokes, key=lambda box: (box.x0, box.y0)):
        for index, before in enumerate(made):
            if stroke.x0 <= before.x1 and abs(stroke.centre[1] - before.centre[1]) <= 2:
                made[index] = Box(before.x0, before.y0, max(before.x1, stroke.x1), before.y1)
                break
        else:
            made.append(stroke)
    return sorted(made, key=lambda box: (box.y0, box.x0))


def _in_print(ink: Grey, stroke: Box, *, level: bool) -> bool:
    """Is the stroke part of letters: is there much ink close along both of its sides?"""
    gap, deep = 2, 4
    left, top, right, bottom = (round(value) for value in stroke)
    if level:
        before = ink[max(0, top - gap - deep) : max(0, top - gap), left:right]
        after = ink[bottom + gap : bottom + gap + deep, left:right]
        shares = [float(side.any(axis=0).mean()) if side.size else 0.0 for side in (before, after)]
    else:
        before = ink[top:bottom, max(0, left - gap - deep) : max(0, left - gap)]
        after = ink[top:bottom, right + gap : right + gap + deep]
        shares = [float(side.any(axis=1).mean()) if side.size else 0.0 for side in (before, after)]
    length = (right - left if level else bottom - top) / PIXELS
    return max(shares) > (0.5 if length < 40 else 0.8) or (length < 40 and sum(shares) > 0.5)


def _dark_areas(grey: Grey, drawing: Drawing) -> None:
    """Bars and tinted areas with straight sides."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    smooth = cv2.medianBlur(small, 5)
    paper = float(np.percentile(smooth, 90))
    mask = (smooth < 0.9 * paper).astype(np.uint8)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 9), np.uint8)), dtype=np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    for index in range(1, count):
        left, top, wide, high, area = (int(value) for value in stats[index])
        if area < 0.7 * wide * high or wide < 12 or high < 5:
            continue
        patch = grey[top * 4 : (top + high) * 4, left * 4 : (left + wide) * 4]
        level = float(np.median(smooth[labels == index]))
        if float((np.abs(patch.astype(np.int16) - level) < 22).mean()) < 0.62:
            continue  # print, not a tint
        shade = level / max(paper, 1.0)
        box = _points(Box(left * 4, top * 4, (left + wide) * 4, (top + high) * 4))
        drawing.rectangles.append(Rectangle(box, (shade, shade, shade), None))


def _closed_shapes(grey: Grey, ink: Grey, drawing: Drawing) -> None:
    """Small closed squares and rings; last those that are drawn as though sunken into the page."""
    for box, filled in _holes(ink):
        _take(box, filled, drawing)
    plain = [*(rectangle.box for rectangle in drawing.rectangles), *(ring.box for ring in drawing.rings)]
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    rise = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, np.ones((BEVEL, BEVEL), np.uint8))
    for box, filled in _holes(np.asarray(rise > FAINT_EDGE, dtype=np.uint8)):
        place = _points(box)
        new = not any(place.intersection(other) > 0.3 * place.area for other in plain)
        if new and _is_sunken(ink, box, filled):
            _take(box, filled, drawing)


def _holes(ink: Grey) -> Iterator[tuple[Box, float]]:
    """The white insides of small closed strokes: the box around each, in pixels, and the share it fills."""
    found, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    small, large = 4.2 * PIXELS, 26 * PIXELS
    for contour, (_, _, _, parent) in zip(found, () if tree is None else tree[0], strict=True):
        left, top, wide, high = cv2.boundingRect(contour)
        of_size = small < wide < large and small < high < large and 0.65 < wide / high < 1.55
        if parent >= 0 and of_size:
            filled = cv2.contourArea(contour) / max((wide - 1) * (high - 1), 1)
            yield Box(left, top, left + wide, top + high), filled


def _take(inside: Box, filled: float, drawing: Drawing) -> None:
    """A white inside becomes a square or a ring of the drawing, or nothing."""
    box = _points(Box(inside.x0 - 1, inside.y0 - 1, inside.x1 + 1, inside.y1 + 1))
    if filled > SQUARE:
        drawing.rectangles.append(Rectangle(box, None, BLACK))
    elif ROUND < filled < SQUARE and _is_even(inside) and inside.width > 6 * PIXELS:
        drawing.rings.append(Ring(box))


def _is_sunken(ink: Grey, inside: Box, filled: float) -> bool:
    """Is a shape with faint sides an empty box to tick: dark above and on the left, as programs draw it?"""
    left, top, right, bottom = (round(value) for value in inside)
    if not (_is_even(inside) and 5.5 * PIXELS < inside.width < 17 * PIXELS):
        return False
    if ink[top + 3 : bottom - 3, left + 3 : right - 3].mean() > 0.02:
        return False
    above = ink[max(0, top - 3) : top + 2, left:right].any(axis=0).mean()
    before = ink[top:bottom, max(0, left - 3) : left + 2].any(axis=1).mean()
    return bool(min(above, before) > (0.6 if filled > SQUARE else 0.3))


def _is_even(box: Box) -> bool:
    return 0.85 < box.width / box.height < 1.18


def reader_of_words() -> Any:
    """A RapidOCR engine on one thread, with its models from the package; nothing is fetched."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.max_side_len": 2400,
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": 1280,
            "Rec.rec_batch_num": 8,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _words(grey: Grey, reader: Any, boxes: Sequence[Box]) -> list[Char]:
    """Read the words. boxes: the small squares and rings found, which the reader takes for letters."""
    answer = reader(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), return_word_box=True, return_single_char_box=True)
    if answer is None or answer.boxes is None:
        return []
    places = answer.word_results or [()] * len(answer.txts)
    chars: list[Char] = []
    for corners, text, signs in zip(answer.boxes, answer.txts, places, strict=True):
        chars += _line_of_chars(np.asarray(corners, dtype=float) / PIXELS, _plain(text), _spans(signs))
    return [char for char in chars if not _is_box(char, boxes)]


def _is_stem(stroke: Box, chars: Sequence[Char]) -> bool:
    """Is an upright stroke part of a letter that was read there, such as the I of "If"?"""
    x, y = stroke.centre
    return any(
        char.x0 - 0.3 * char.size < x < char.x1 + 0.3 * char.size
        and char.base - 0.9 * char.size < y < char.base + 0.1 * char.size
        and stroke.height < 1.15 * char.size
        and char.text.isalnum()
        for char in chars
    )


def _plain(text: str) -> str:
    """Wide forms of signs, as the reader writes some, become the common ones."""
    return "".join(chr(ord(sign) - 0xFEE0) if "\uff01" <= sign <= "\uff5e" else sign for sign in str(text))


def _spans(signs: Sequence[Any]) -> list[tuple[str, float, float]]:
    """The reader's characters as (text, x0, x1) in points; it leaves blanks out."""
    spans = []
    for text, _, corners in signs:
        across = np.asarray(corners, dtype=float)[:, 0] / PIXELS
        spans.append((_plain(text), float(across.min()), float(across.max())))
    return spans


def _is_box(char: Char, boxes: Sequence[Box]) -> bool:
    """Is the character a printed box to tick that was read as a letter?"""
    if not char.text.strip():
        return False
    if char.text in BOX_SIGNS:
        return True
    place = Box(char.x0, char.base - 0.7 * char.size, char.x1, char.base)
    return char.text in LIKE_BOXES and any(box.intersection(place) > 0.4 * place.area for box in boxes)


def _line_of_chars(
    corners: NDArray[np.float64], text: str, spans: Sequence[tuple[str, float, float]]
) -> list[Char]:
    """The characters of a line that was read, each with its place.

    corners  of the line, in points
    spans    where the reader saw each character; without them the line is spread evenly
    """
    left, top = float(corners[:, 0].min()), float(corners[:, 1].min())
    right, bottom = float(corners[:, 0].max()), float(corners[:, 1].max())
    high = bottom - top
    if not text or right - left < 1 or high > 3 * (right - left) + 20:
        return []
    size, base = 0.8 * high, bottom - 0.28 * high
    if "".join(sign for sign, _, _ in spans) != "".join(text.split()):
        spans = _even(text, left + 0.1 * high, right - 0.1 * high)
    chars: list[Char] = []
    for word in _words_apart(text, spans, size):
        chars += [Char(sign, x0, x1, base, size, False, True) for sign, x0, x1 in _closed(word)]
        chars.append(_BLANK)
    return chars


def _even(text: str, left: float, right: float) -> list[tuple[str, float, float]]:
    step = (right - left) / len(text)
    return [
        (sign, left + index * step, left + (index + 1) * step)
        for index, sign in enumerate(text)
        if sign.strip()
    ]


def _words_apart(
    text: str, spans: Sequence[tuple[str, float, float]], size: float
) -> list[list[tuple[str, float, float]]]:
    """Split at blanks, at wide gaps and around printed boxes: "wait?[]Yes" is three things."""
    words: list[list[tuple[str, float, float]]] = []
    rest = iter(spans)
    for part in text.split():
        run: list[tuple[str, float, float]] = []
        for _ in part:
            span = next(rest)
            apart = run and (span[1] - run[-1][2] > WIDE_GAP * size or BOX_SIGNS & {span[0], run[-1][0]})
            if apart:
                words.append(run)
                run = []
            run.append(span)
        words.append(run)
    return words


def _closed(word: Sequence[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Characters of a word without gaps: each ends where the next begins."""
    ends = [(one[2] + after[1]) / 2 for one, after in pairwise(word)]
    starts = [word[0][1], *ends]
    return [(sign[0], x0, x1) for sign, x0, x1 in zip(word, starts, [*ends, word[-1][2]], strict=True)]


def _points(box: Box) -> Box:
    return Box(*(value / PIXELS for value in box))
