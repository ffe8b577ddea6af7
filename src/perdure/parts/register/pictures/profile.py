"""A profile of a check: a bar for each domain, from nothing to full strength. Numbers in, HTML out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

HIGH = 14


@dataclass(frozen=True)
class Bar:
    """One domain. value 0 (weakest) to 1 (strongest), None when not answered; words stand at its end."""

    label: str
    value: float | None
    words: str
    weak: bool = False


def profile(bars: Sequence[Bar], *, title: str) -> str:
    """The picture; words stand above their bars and break where they must, so that a phone can show it."""
    told = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    drawn = "".join(_bar(bar) for bar in bars)
    return f'<div class="profile" role="img" aria-label="{escape(f"{title}. {told}")}">{drawn}</div>'


def _bar(bar: Bar) -> str:
    whole = f'x="0" y="1" height="{HIGH - 2}" rx="3"'
    drawn = f'<rect class="full" {whole} width="100%"/>'
    if bar.value is not None:
        shade = "weak" if bar.weak else "strong"
        drawn += f'<rect class="{shade}" {whole} width="{max(100 * bar.value, 1):.1f}%"/>'
    words = f'<p><span>{escape(bar.label)}</span> <span class="told">{escape(bar.words)}</span></p>'
    return f'<div>{words}<svg width="100%" height="{HIGH}">{drawn}</svg></div>'
