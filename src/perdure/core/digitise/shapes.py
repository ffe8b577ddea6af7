"""What is drawn on a page, in page space: rules, rectangles, rings, tick glyphs and characters.

These are the plain values between reading (from a PDF or from a picture) and looking for
fields. All lengths are points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from perdure.core.kernel.geometry import Box

Colour = tuple[float, float, float]


class Char(NamedTuple):
    """One printed character. base: y of its baseline; upright: it reads from left to right."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    upright: bool


class Rule(NamedTuple):
    """A straight horizontal or vertical stroke as a thin box. dotted: leaders or dashes."""

    box: Box
    dotted: bool = False


class Rectangle(NamedTuple):
    """A closed rectangle: fill and edge are RGB 0..1, None where not painted."""

    box: Box
    fill: Colour | None = None
    edge: Colour | None = None


class Ring(NamedTuple):
    """A circle or ellipse, outlined or filled."""

    box: Box
    filled: bool = False


class Glyph(NamedTuple):
    """A printed character that is a box to tick, or a pair of brackets around nothing."""

    box: Box
    text: str


@dataclass
class Drawing:
    """Everything drawn on one page. scanned: found in a picture rather than drawn as vectors."""

    width: float
    height: float
    across: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    rectangles: list[Rectangle] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    chars: list[Char] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    slants: list[Box] = field(default_factory=list)  # around strokes neither level nor upright
    scanned: bool = False
    skew: float = 0.0  # degrees it was turned to lie level
