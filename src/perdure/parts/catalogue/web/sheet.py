"""A page of the paper with its numbered boxes, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from perdure.core.definition.model import ANSWER_PATH, PaperBox
from perdure.core.kernel.geometry import Box
from perdure.parts.catalogue import words
from perdure.parts.catalogue.review import Card, Review, Spot

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


@dataclass(frozen=True)
class OwnBox:
    """A box of the card in hand. words: the part of the answer, or the option, that stands in it."""

    id: str
    page: int
    words: str


def own_boxes(laid_out: Review, hand: Card) -> list[OwnBox]:
    """The boxes of a card with what stands in each, for a card that has several."""
    mine = {spot.id for spot in laid_out.spots if spot.card == hand.id}
    paper = laid_out.definition.paper
    if paper is None or len(mine) < 2:
        return []
    return [OwnBox(box.id, box.page, _says(box, hand)) for box in paper.boxes if box.id in mine]


def _says(box: PaperBox, hand: Card) -> str:
    path = ANSWER_PATH.match(box.answer)
    name = path["column"] or path["id"] if path else ""
    asked = next((question for question in hand.questions if question.id == name), hand.questions[0])
    option = next((option.title for option in asked.options if option.value == box.when), "")
    part = path["part"] if path else ""
    known = {**words.PARTS, **words.DATE_PARTS}
    said = option or (str(known.get(part, part)) if part else "")
    if not hand.several:
        return said
    return f"{asked.title}: {said}" if said else asked.title


def sheet_of(laid_out: Review, number: int, in_hand: str) -> Sheet | None:
    """A page of the paper, the boxes of the card in hand last, so that they lie on top."""
    paper = laid_out.definition.paper
    if paper is None or not 0 < number <= len(paper.pages):
        return None
    spots = [spot for spot in laid_out.spots if spot.page == number]
    drawn = [Drawn(spot, spot.card == in_hand) for spot in spots]
    size = paper.pages[number - 1]
    return Sheet(number, size.width, size.height, tuple(sorted(drawn, key=lambda one: one.now)))
