"""What was forecast against what happened, tenth by tenth. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from perdure.core.foresee.api import Tenth

WIDTH, HEIGHT = 420, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 14, 12, 52


def reliability(tenths: Sequence[Tenth], *, title: str, said: str, happened: str) -> str:
    """A dot with its interval for each tenth; on the slanted line what was said is what happened.

    said, happened  words of the axes: across and upwards
    """
    if not tenths:
        return ""
    parts = [
        f'<svg class="reliability" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
    ]
    for percent in (0, 25, 50, 75, 100):
        x, y = _x(percent / 100), _y(percent / 100)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick end" x="{_LEFT - 6}" y="{y + 4:.1f}">{percent} %</text>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT - _BOTTOM + 18}">{percent}</text>')
    parts.append(f'<line class="even" x1="{_x(0):.1f}" y1="{_y(0):.1f}" x2="{_x(1):.1f}" y2="{_y(1):.1f}"/>')
    parts += [_dot(one) for one in tenths]
    parts.append(f'<text class="tick" x="{(_LEFT + WIDTH) / 2}" y="{HEIGHT - 8}">{escape(said)}</text>')
    parts.append(f'<text x="{_LEFT + 8}" y="{_TOP + 14}">{escape(happened)}</text>')
    return "".join([*parts, "</svg>"])


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _TOP + (1 - share) * (HEIGHT - _TOP - _BOTTOM)


def _dot(one: Tenth) -> str:
    """The dot's area grows with the number of cases."""
    x, seen = _x(one.forecast), one.observed
    radius = min(3 + seen.of**0.5 / 3, 10)
    return (
        f'<line class="reach" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(seen.low):.1f}" y2="{_y(seen.high):.1f}"/>'
        f'<circle class="dot" cx="{x:.1f}" cy="{_y(seen.share or 0):.1f}" r="{radius:.1f}"/>'
    )
