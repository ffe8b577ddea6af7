"""From page space, as a reader sees the page, to PDF user space.

Source: ISO 32000-1, 8.3.2.3 (user space), 14.11.2 (CropBox), 7.7.3.3 (/Rotate).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

from perdure.core.kernel.geometry import Box

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """How a page is shown. crop: x0, y0, x1, y1 in user space; turn: 0, 90, 180 or 270 clockwise."""

    crop: tuple[float, float, float, float]
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        wide, high = self.crop[2] - self.crop[0], self.crop[3] - self.crop[1]
        return (high, wide) if self.turn in {90, 270} else (wide, high)

    @property
    def upright(self) -> Matrix:
        """Takes the shown page, origin BOTTOM LEFT as shown, to user space."""
        x0, y0, x1, y1 = self.crop
        return {
            0: (1.0, 0.0, 0.0, 1.0, x0, y0),
            90: (0.0, 1.0, -1.0, 0.0, x1, y0),
            180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
            270: (0.0, -1.0, 1.0, 0.0, x0, y1),
        }[self.turn]

    def lower_left(self, at: Box) -> tuple[float, float]:
        """The lower left corner of a box, with the origin bottom left of the page as shown."""
        return at.x0, self.size[1] - at.y1

    def shown(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle of user space, in page space."""
        a, b, c, d, e, f = self.upright
        high = self.size[1]
        corners = [
            ((a * (x - e) + b * (y - f)), high - (c * (x - e) + d * (y - f))) for x, y in ((x0, y0), (x1, y1))
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def frame_of(page: pikepdf.Page) -> Frame:
    media = _rectangle(_inherited(page.obj, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _rectangle(_inherited(page.obj, "/CropBox")) or media
    kept = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    if kept[2] <= kept[0] or kept[3] <= kept[1]:
        kept = media
    try:
        turn = int(_inherited(page.obj, "/Rotate") or 0) % 360
    except (TypeError, ValueError):
        turn = 0
    return Frame(kept, turn if turn in {90, 180, 270} else 0)


def _rectangle(value: Any) -> tuple[float, float, float, float] | None:
    try:
        x0, y0, x1, y1 = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return box if box[2] > box[0] and box[3] > box[1] else None


def _inherited(obj: Any, key: str) -> Any:
    for _ in range(32):
        if not isinstance(obj, pikepdf.Dictionary):
            return None
        if key in obj:
            return obj[key]
        obj = obj.get("/Parent")
    return None
