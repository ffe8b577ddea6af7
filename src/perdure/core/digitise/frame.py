"""From PDF user space to page space: CropBox and /Rotate applied, y turned downwards.

Source: ISO 32000-1, 14.11.2 (page boundaries) and table 30 (/Rotate, clockwise).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from perdure.core.digitise.shapes import Drawing
from perdure.core.kernel.geometry import Box


@dataclass(frozen=True)
class Frame:
    """The visible part of a page in user space, and how it is turned (0, 90, 180, 270)."""

    x0: float
    y0: float
    x1: float
    y1: float
    rotation: int = 0

    @property
    def width(self) -> float:
        return self.y1 - self.y0 if self.rotation in {90, 270} else self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.x1 - self.x0 if self.rotation in {90, 270} else self.y1 - self.y0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One user-space point in page space."""
        if self.rotation == 90:
            return y - self.y0, x - self.x0
        if self.rotation == 180:
            return self.x1 - x, y - self.y0
        if self.rotation == 270:
            return self.y1 - y, self.x1 - x
        return x - self.x0, self.y1 - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A user-space rectangle, corners in any order, in page space."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def frame_of(media: list[float], crop: list[float], rotation: int) -> Frame:
    """The frame of a page. A CropBox outside the MediaBox counts for nothing."""
    left, right = (
        max(min(media[0], media[2]), min(crop[0], crop[2])),
        min(max(media[0], media[2]), max(crop[0], crop[2])),
    )
    bottom, top = (
        max(min(media[1], media[3]), min(crop[1], crop[3])),
        min(max(media[1], media[3]), max(crop[1], crop[3])),
    )
    if right - left < 1 or top - bottom < 1:
        left, right = sorted((media[0], media[2]))
        bottom, top = sorted((media[1], media[3]))
    return Frame(left, bottom, right, top, rotation % 360)


def turned_back(box: Box, drawing: Drawing) -> Box:
    """A box of a straightened page, where the page as scanned shows it. Its size stays."""
    angle = math.radians(drawing.skew)
    x, y = box.centre[0] - drawing.width / 2, box.centre[1] - drawing.height / 2
    to_x = x * math.cos(angle) - y * math.sin(angle) + drawing.width / 2
    to_y = x * math.sin(angle) + y * math.cos(angle) + drawing.height / 2
    wide, high = box.width / 2, box.height / 2
    return Box(to_x - wide, to_y - high, to_x + wide, to_y + high)
