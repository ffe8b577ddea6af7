"""A page of the paper with its numbered boxes, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from perdure.core.kernel.geometry import Box
from perdure.parts.catalogue.review import Review, Spot

SMALL = 16.0
"""A box narrower than this, in points, has its number beside it, not inside."""


@dataclass(frozen=True)
class Drawn:
    """A spot as it is drawn. now: it belongs to the card in hand; text_x, text_y: the end of its number."""

    spot: Spot
    now: bool

    @property
    def box(self) -> Box:
        return self.spot.box

    @property
    def text_x(self) -> float:
        return self.box.x1 - 2 if self.box.width >= SMALL else self.box.x0 - 1.5

    @property
    def text_y(self) -> float:
        return self.box.y0 + min(self.box.height, 12.0) / 2 + 3


@dataclass(frozen=True)
class Sheet:
    """A page of the paper with its boxes. width and height in points; numbered: those that print a number."""

    number: int
    width: float
    height: float
    drawn: tuple[Drawn, ...]


def crop_of(sheet: Sheet | None) -> Box | None:
    """The strip of the page around the boxes in hand, for screens too small for the whole page."""
    if sheet is None:
        return None
    boxes = [one.box for one in sheet.drawn if one.now]
    if not boxes:
        return None
    around = reduce(Box.union, boxes)
    wide = min(sheet.width, max(300.0, around.width + 60))
    left = min(max(0.0, around.x0 - (wide - around.width) * 0.7), sheet.width - wide)
    return Box(left, max(0.0, around.y0 - 30), left + wide, min(sheet.height, around.y1 + 16))


def sheet_of(laid_out: Review, number: int, in_hand: str) -> Sheet | None:
    """A page of the paper, the boxes of the card in hand last, so that they lie on top."""
    paper = laid_out.definition.paper
    if paper is None or not 0 < number <= len(paper.pages):
        return None
    spots = [spot for spot in laid_out.spots if spot.page == number]
    drawn = [Drawn(spot, spot.card == in_hand) for spot in spots]
    size = paper.pages[number - 1]
    return Sheet(number, size.width, size.height, tuple(sorted(drawn, key=lambda one: one.now)))
