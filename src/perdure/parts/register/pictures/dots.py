"""Shares as dots with their intervals, one line for each group. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LINE, TOP = 640, 44, 26
_LEFT, _RIGHT = 8, 8


@dataclass(frozen=True)
class Dot:
    """One line: a label, a share with its interval (all 0 to 1; share None when there is none), and words."""

    label: str
    share: float | None
    low: float
    high: float
    words: str


def dots(lines: Sequence[Dot], *, title: str, described: str) -> str:
    """The picture. Labels stand above their line, so that it can be read on a phone; 0 to 100 percent."""
    height = TOP + LINE * len(lines) + 8
    said = escape(f"{title}. {described}")
    parts = [
        f'<svg class="dots" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{said}">',
    ]
    for percent in (0, 25, 50, 75, 100):
        x = _x(percent / 100)
        anchor = {0: "start", 100: "end"}.get(percent, "middle")
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{height - 4}"/>')
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{TOP - 10}" text-anchor="{anchor}">{percent} %</text>'
        )
    for number, line in enumerate(lines):
        parts.append(_line(line, TOP + LINE * number))
    return "".join([*parts, "</svg>"])


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _line(line: Dot, top: int) -> str:
    label = line.label if len(line.label) <= 60 else f"{line.label[:59]}…"
    y, words = top + 31, escape(line.words)
    drawn = [
        f'<text x="{_LEFT}" y="{top + 18}">{escape(label)}</text>',
        f'<text class="told" x="{WIDTH - _RIGHT}" y="{top + 18}" text-anchor="end">{words}</text>',
    ]
    if line.share is not None:
        drawn.append(
            f'<line class="reach" x1="{_x(line.low):.1f}" x2="{_x(line.high):.1f}" y1="{y}" y2="{y}"/>'
        )
        drawn.append(f'<circle class="dot" cx="{_x(line.share):.1f}" cy="{y}" r="5.5"/>')
    return "".join(drawn)
