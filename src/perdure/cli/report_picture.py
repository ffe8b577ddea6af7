"""The picture of the report: minutes on paper and on screen, a line for each form, drawn as SVG.

Places are given in percent and letters in pixels, so that the picture is as wide as the page
and its words stay as large as the page's own, on a phone and on a wide screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, HEAD, LEFT, WIDE = 52, 30, 2.0, 60.0
"""Height of a row and of the scale in pixels; first and widest place of a mark in percent."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Bar:
    """One form: its title and minutes on paper and on screen."""

    title: str
    paper: int
    screen: int
    language: str = "en"


def picture(bars: Sequence[Bar]) -> str:
    """The bars in the order given, as an SVG element."""
    most = max(max(bar.paper, bar.screen) for bar in bars) or 1
    step = next((step for step in STEPS if most / step <= 4), STEPS[-1])
    marks = range(0, most + 1, step)
    height = HEAD + ROW * len(bars) + 6
    start = (
        f'<svg class="bars" role="img" aria-labelledby="bars-title bars-desc" width="100%" height="{height}">'
    )
    parts = [
        start,
        '<title id="bars-title">Minutes to fill in each form on paper and on screen</title>',
        f'<desc id="bars-desc">{escape(_in_words(bars))}</desc>',
        *(_grid(value, most, height) for value in marks),
        *(_bar(bar, HEAD + ROW * at, most) for at, bar in enumerate(bars)),
        "</svg>",
    ]
    return "".join(parts)


def _in_words(bars: Sequence[Bar]) -> str:
    top = bars[0]
    return (
        f"{len(bars)} forms, the one that saves most time first: {top.title}, {top.paper} minutes on paper "
        f"and {top.screen} on screen. All figures are in the table."
    )


def _x(value: float, most: int) -> str:
    return f"{LEFT + WIDE * value / most:.2f}%"


def _grid(value: int, most: int, height: int) -> str:
    x = _x(value, most)
    return (
        f'<line class="grid" x1="{x}" x2="{x}" y1="{HEAD - 8}" y2="{height}"/>'
        f'<text class="scale" x="{x}" y="14" text-anchor="{"middle" if value else "start"}">'
        f"{value}{' min' if not value else ''}</text>"
    )


def _bar(bar: Bar, y: int, most: int) -> str:
    paper, screen = _x(bar.paper, most), _x(bar.screen, most)
    middle = y + 34
    better = "less" if bar.screen <= bar.paper else "more"
    said = f"{bar.paper} to {bar.screen} min" if bar.paper != bar.screen else f"{bar.paper} min on both"
    language = "" if bar.language[:2] == "en" else f' lang="{escape(bar.language)}"'
    end = _x(max(bar.paper, bar.screen), most)
    return (
        f'<g><foreignObject x="0" y="{y}" width="100%" height="24">'
        f'<div class="form"{language}>{escape(bar.title)}</div></foreignObject>'
        f'<line class="{better}" x1="{screen}" x2="{paper}" y1="{middle}" y2="{middle}"/>'
        f'<circle class="paper" cx="{paper}" cy="{middle}" r="6"/>'
        f'<circle class="screen" cx="{screen}" cy="{middle}" r="6"/>'
        f'<text class="said" x="{end}" dx="12" y="{middle + 5}">{said}</text></g>'
    )
