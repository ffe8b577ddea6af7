"""A flow from one year to the next: how many cases went from which stage to which. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

WIDTH, BAR, GAP, HIGH = 640, 16, 26, 360
_TOP = 30


def flow(counts: Mapping[tuple[str, str], int], *, title: str, left: str, right: str) -> str:
    """counts: (from, to) -> cases. Bands are as wide as their number; left and right: the years' names."""
    whole = sum(counts.values())
    if not whole:
        return ""
    before, after = _sums(counts, 0), _sums(counts, 1)
    unit = (HIGH - GAP * max(len(before), len(after))) / whole
    starts, ends = _places(before, unit), _places(after, unit)
    height = _TOP + HIGH + 16
    parts = [
        f'<svg class="flow" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">',
        f'<text class="year" x="0" y="16">{escape(left)}</text>',
        f'<text class="year end" x="{WIDTH}" y="16">{escape(right)}</text>',
    ]
    filled_from, filled_to = dict(starts), dict(ends)
    for (one, other), n in sorted(counts.items(), key=lambda pair: -pair[1]):
        parts.append(_band(filled_from[one], filled_to[other], n * unit))
        filled_from[one] += n * unit
        filled_to[other] += n * unit
    for name, n in before.items():
        parts.append(_bar(0, starts[name], n * unit) + _label(name, n, 22, starts[name], ""))
    for name, n in after.items():
        parts.append(_bar(WIDTH - BAR, ends[name], n * unit) + _label(name, n, WIDTH - 22, ends[name], "end"))
    return "".join([*parts, "</svg>"])


def _sums(counts: Mapping[tuple[str, str], int], side: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair, n in counts.items():
        found[pair[side]] = found.get(pair[side], 0) + n
    return found


def _places(sums: Mapping[str, int], unit: float) -> dict[str, float]:
    """Where each bar begins, from the top."""
    places, y = {}, float(_TOP + GAP / 2)
    for name, n in sums.items():
        places[name] = y
        y += n * unit + GAP
    return places


def _bar(x: float, y: float, high: float) -> str:
    return f'<rect class="bar" x="{x}" y="{y:.1f}" width="{BAR}" height="{max(high, 1):.1f}"/>'


def _label(name: str, n: int, x: float, y: float, css: str) -> str:
    shown = name if len(name) < 32 else f"{name[:31]}…"
    return f'<text class="{css}" x="{x}" y="{y - 5:.1f}">{escape(shown)}: {n}</text>'


def _band(y1: float, y2: float, wide: float) -> str:
    x1, x2, middle = BAR, WIDTH - BAR, WIDTH / 2
    top = f"M{x1} {y1:.1f}C{middle} {y1:.1f} {middle} {y2:.1f} {x2} {y2:.1f}"
    below = f"V{y2 + wide:.1f}C{middle} {y2 + wide:.1f} {middle} {y1 + wide:.1f} {x1} {y1 + wide:.1f}Z"
    return f'<path class="band" d="{top}{below}"/>'
