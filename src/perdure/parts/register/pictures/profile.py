"""A profile of a check: one bar for each domain, from nothing to full strength. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LINE, TOP = 640, 42, 8
_BAR = 12


@dataclass(frozen=True)
class Bar:
    """One domain. value 0 (weakest) to 1 (strongest), None when not answered; words stand at its end."""

    label: str
    value: float | None
    words: str
    weak: bool = False


def profile(bars: Sequence[Bar], *, title: str) -> str:
    """The picture; labels stand above their bars, so that it can be read on a phone."""
    height = TOP + LINE * len(bars)
    told = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    drawn = "".join(_bar(bar, TOP + LINE * number) for number, bar in enumerate(bars))
    said = escape(f"{title}. {told}")
    return f'<svg class="profile" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{said}">{drawn}</svg>'


def _bar(bar: Bar, top: int) -> str:
    y, shade = top + 22, "weak" if bar.weak else "strong"
    parts = [
        f'<text x="0" y="{top + 14}">{escape(bar.label)}</text>',
        f'<text class="told" x="{WIDTH}" y="{top + 14}">{escape(bar.words)}</text>',
        f'<rect class="full" x="0.5" y="{y}" width="{WIDTH - 1}" height="{_BAR}" rx="3"/>',
    ]
    if bar.value is not None:
        wide = max(bar.value * (WIDTH - 1), 4)
        parts.append(f'<rect class="{shade}" x="0.5" y="{y}" width="{wide:.1f}" height="{_BAR}" rx="3"/>')
    return "".join(parts)
