"""Shares as dots with their intervals, one line for each group. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LINE, TOP = 58, 30


@dataclass(frozen=True)
class Dot:
    """One line: a label, a share with its interval (all 0 to 1; share None when there is none), and words."""

    label: str
    share: float | None
    low: float
    high: float
    words: str


def dots(lines: Sequence[Dot], *, title: str, described: str) -> str:
    """The picture, 0 to 100 percent from left to right.

    Places are shares of its width and letters keep their size, so that it can be read on a phone too.
    """
    height = TOP + LINE * len(lines) + 4
    said = escape(f"{title}. {described}")
    parts = [f'<svg class="dots" width="100%" height="{height}" role="img" aria-label="{said}">']
    for percent in (0, 25, 50, 75, 100):
        x = _x(percent / 100)
        anchor = {0: "start", 100: "end"}.get(percent, "middle")
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{height - 4}"/>')
        if percent % 50 == 0:
            place = f'x="{x}" y="{TOP - 12}" text-anchor="{anchor}"'
            parts.append(f'<text class="tick" {place}>{percent} %</text>')
    for number, line in enumerate(lines):
        parts.append(_line(line, TOP + LINE * number))
    return "".join([*parts, "</svg>"])


def _x(share: float) -> str:
    """Where a share stands, with room for a dot at both ends."""
    return f"{2 + 96 * share:.2f}%"


def _line(line: Dot, top: int) -> str:
    start = _x(0)
    drawn = [
        f'<text x="{start}" y="{top + 14}">{escape(line.label)}</text>',
        f'<text class="told" x="{start}" y="{top + 46}">{escape(line.words)}</text>',
    ]
    if line.share is not None:
        y = top + 25
        drawn.append(f'<line class="reach" x1="{_x(line.low)}" x2="{_x(line.high)}" y1="{y}" y2="{y}"/>')
        drawn.append(f'<circle class="dot" cx="{_x(line.share)}" cy="{y}" r="5.5"/>')
    return "".join(drawn)
