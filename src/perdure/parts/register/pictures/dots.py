"""Shares as dots with their intervals, one line for each group. Numbers in, HTML with SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

HIGH = 20


@dataclass(frozen=True)
class Dot:
    """One line: a label, a share with its interval (all 0 to 1; share None when there is none), and words."""

    label: str
    share: float | None
    low: float
    high: float
    words: str


def dots(lines: Sequence[Dot], *, title: str, described: str) -> str:
    """The picture, 0 to 100 percent from left to right, with the words of each line above it.

    Words are text that breaks where it must, and places are shares of the width: a phone can show it too.
    """
    said = escape(f"{title}. {described}")
    scale = "".join(f"<span>{percent} %</span>" for percent in (0, 50, 100))
    drawn = "".join(_line(line) for line in lines)
    return f'<div class="dots" role="img" aria-label="{said}"><div class="scale">{scale}</div>{drawn}</div>'


def _x(share: float) -> str:
    """Where a share stands, with room for a dot at both ends."""
    return f"{2 + 96 * share:.2f}%"


def _line(line: Dot) -> str:
    y = HIGH // 2
    drawn = [
        f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{HIGH}"/>'
        for x in (_x(percent / 100) for percent in (0, 25, 50, 75, 100))
    ]
    if line.share is not None:
        drawn.append(f'<line class="reach" x1="{_x(line.low)}" x2="{_x(line.high)}" y1="{y}" y2="{y}"/>')
        drawn.append(f'<circle class="dot" cx="{_x(line.share)}" cy="{y}" r="5.5"/>')
    words = f'<p><span>{escape(line.label)}</span> <span class="told">{escape(line.words)}</span></p>'
    return f'<div>{words}<svg width="100%" height="{HIGH}">{"".join(drawn)}</svg></div>'
