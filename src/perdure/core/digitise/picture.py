"""Read a page that is only a picture: straighten it, find rules, boxes and rings, and read the words.

The result is a Drawing as if the page had been drawn, in page space of the straightened page;
Drawing.skew says how far it was turned, so that fields go back to where the paper shows them.
Works for faxes and photographs of paper: grey backgrounds, noise, a few degrees of skew.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from perdure.core.digitise.shapes import Char, Drawing, Rectangle, Ring, Rule
from perdure.core.kernel.geometry import Box

DPI = 200
PIXELS = DPI / 72  # a point
LONG_ACROSS, LONG_UPRIGHT = 13.0, 9.0  # points: the shortest stroke that counts as a rule
THICKEST = 3.2  # points
MOST_SKEW = 8.0  # degrees
BLACK = (0.0, 0.0, 0.0)

Grey = NDArray[np.uint8]


def read_picture(grey: Grey, width: float, height: float, reader: Any | None) -> Drawing:
    """A grey picture of a page at DPI -> a Drawing.

    width, height  of the page in points
    reader         a RapidOCR engine, or None when the words are known already
    """
    grey, skew = straightened(grey)
    ink = inked(grey)
    drawing = Drawing(width, height, scanned=True, skew=skew)
    across, upright = _rules(ink)
    drawing.across = [Rule(_points(box)) for box in across]
    drawing.upright = [Rule(_points(box)) for box in upright]
    _dark_areas(grey, drawing)
    _holes(ink, drawing)
    if reader is not None:
        drawing.chars = _words(grey, reader)
    return drawing


def straightened(grey: Grey) -> tuple[Grey, float]:
    """Turn the page so that its rules lie level. Returns the picture and the angle in degrees."""
    angle = _skew(grey)
    if abs(angle) < 0.08:
        return grey, 0.0
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turned = cv2.warpAffine(grey, turn, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8), angle


def _skew(grey: Grey) -> float:
    """The angle that most long strokes agree on; 0 when there are too few to tell."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    edges = (inked(np.asarray(small, dtype=np.uint8)) * 255).astype(np.uint8)
    reach = small.shape[1] // 8
    lines = cv2.HoughLinesP(edges, 1, math.pi / 1800, 120, minLineLength=reach, maxLineGap=4)
    if lines is None:
        return 0.0
    ends = lines.reshape(-1, 4).astype(float)
    angles = np.degrees(np.arctan2(ends[:, 3] - ends[:, 1], ends[:, 2] - ends[:, 0]))
    lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    level = np.abs(angles) < MOST_SKEW
    if lengths[level].sum() < 3 * reach:
        return 0.0
    order = np.argsort(angles[level])
    shares = np.cumsum(lengths[level][order])
    return float(angles[level][order][np.searchsorted(shares, shares[-1] / 2)])


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


def _holes(ink: Grey, drawing: Drawing) -> None:
    """Small closed squares and rings: the white inside a stroke."""
    found, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if tree is None:
        return
    for contour, (_, _, _, parent) in zip(found, tree[0], strict=True):
        if parent < 0:
            continue
        left, top, wide, high = cv2.boundingRect(contour)
        small, large = 4.2 * PIXELS, 26 * PIXELS
        if not (small < wide < large and small < high < large and 0.65 < wide / high < 1.55):
            continue
        filled = cv2.contourArea(contour) / max((wide - 1) * (high - 1), 1)
        box = _points(Box(left - 1, top - 1, left + wide + 1, top + high + 1))
        if filled > 0.86:
            drawing.rectangles.append(Rectangle(box, None, BLACK))
        elif 0.72 < filled < 0.86 and 0.85 < wide / high < 1.18 and wide > 6 * PIXELS:
            drawing.rings.append(Ring(box))


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


def _words(grey: Grey, reader: Any) -> list[Char]:
    """Read the words; each line's characters are spread evenly over its box."""
    answer = reader(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    if answer is None or answer.boxes is None:
        return []
    chars: list[Char] = []
    for corners, text in zip(answer.boxes, answer.txts, strict=True):
        chars += _spread(np.asarray(corners, dtype=float), str(text))
    return chars


def _spread(corners: NDArray[np.float64], text: str) -> list[Char]:
    left, top = float(corners[:, 0].min()) / PIXELS, float(corners[:, 1].min()) / PIXELS
    right, bottom = float(corners[:, 0].max()) / PIXELS, float(corners[:, 1].max()) / PIXELS
    high = bottom - top
    if not text or right - left < 1 or high > 3 * (right - left) + 20:
        return []
    left, right = left + 0.1 * high, right - 0.1 * high
    size = 0.8 * high
    base = bottom - 0.28 * high
    step = (right - left) / len(text)
    chars = [
        Char(char, left + index * step, left + (index + 1) * step, base, size, False, True)
        for index, char in enumerate(text)
    ]
    return [*chars, Char(" ", 0.0, 0.0, -99.0, 0.0, False, True)]


def _points(box: Box) -> Box:
    return Box(*(value / PIXELS for value in box))
