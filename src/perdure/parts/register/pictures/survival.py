"""Curves of survival: the share that lives on after so many years, with its band. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from perdure.core.foresee.api import SurvivalCurve, SurvivalPoint

WIDTH, HEIGHT = 640, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 14, 12, 40
MOST_CURVES = 5
"""More than these cannot be told apart in one picture."""
DASHES = ("", "7 4", "2 4", "12 4 2 4", "4 4")


def survival_curves(curves: Sequence[SurvivalCurve], *, title: str, years: str) -> str:
    """Steps for each curve; the band is drawn only when there is one. years: the words below the axis."""
    last = max((curve.points[-1].days for curve in curves), default=0)
    if not last:
        return ""
    parts = [
        f'<svg class="survival" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        _grid(last, years),
    ]
    for number, curve in enumerate(curves[:MOST_CURVES]):
        if len(curves) == 1:
            parts.append(f'<path class="band" d="{_band(curve.points, last)}"/>')
        dash = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
        parts.append(f'<path class="curve c{number + 1}"{dash} d="{_steps(curve.points, last)}"/>')
    return "".join([*parts, "</svg>"])


def _x(days: int, last: int) -> float:
    return _LEFT + days / last * (WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _TOP + (1 - share) * (HEIGHT - _TOP - _BOTTOM)


def _grid(last: int, years: str) -> str:
    parts = []
    for percent in (0, 25, 50, 75, 100):
        y = _y(percent / 100)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick end" x="{_LEFT - 6}" y="{y + 4:.1f}">{percent} %</text>')
    whole = max(int(last / 365.25), 1)
    step = max(1, round(whole / 8))
    for year in range(0, whole + 1, step):
        x = _x(int(year * 365.25), last)
        if x <= WIDTH - _RIGHT:
            parts.append(f'<text class="tick" x="{x:.1f}" y="{HEIGHT - _BOTTOM + 18}">{year}</text>')
    parts.append(f'<text class="tick" x="{WIDTH / 2}" y="{HEIGHT - 4}">{escape(years)}</text>')
    return "".join(parts)


def _steps(points: Sequence[SurvivalPoint], last: int) -> str:
    path, share = [f"M{_x(0, last):.1f} {_y(1):.1f}"], 1.0
    for point in points[1:]:
        path.append(f"H{_x(point.days, last):.1f}")
        if point.share != share:
            path.append(f"V{_y(point.share):.1f}")
        share = point.share
    return "".join(path)


def _band(points: Sequence[SurvivalPoint], last: int) -> str:
    """The upper edge in steps from left to right, then the lower one back."""
    up, back = [], []
    for now, after in zip(points, [*points[1:], points[-1]], strict=True):
        x, further = _x(now.days, last), _x(after.days, last)
        up += [f"{x:.1f} {_y(now.high):.1f}", f"{further:.1f} {_y(now.high):.1f}"]
        back += [f"{x:.1f} {_y(now.low):.1f}", f"{further:.1f} {_y(now.low):.1f}"]
    return "M" + "L".join([*up, *reversed(back)]) + "Z"
