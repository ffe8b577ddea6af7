"""Content streams: how a setting of text and a tick are drawn. Lengths in points."""

from __future__ import annotations

from perdure.core.paper.fonts import Pen
from perdure.core.paper.layout import Setting

INK = b"0.05 0.10 0.36"  # the blue of a pen, so that answers stand out from print


def text_ops(setting: Setting, pen: Pen, font: bytes, colour: bytes = INK + b" rg") -> bytes:
    """BT ... ET for the runs of a setting. font: its name in the resources, without the slash."""
    lines = [b"BT", colour, b"/%s %s Tf" % (font, _n(setting.size))]
    for run in setting.runs:
        lines.append(b"1 0 0 1 %s %s Tm %s Tj" % (_n(run.x), _n(run.y), pen.code(run.text)))
    lines.append(b"ET")
    return b"\n".join(lines)


def cross_ops(width: float, height: float) -> bytes:
    """A cross that stays well inside a box with its corner at the origin."""
    side = min(width, height)
    reach = side * 0.29
    x, y = width / 2, height / 2
    stroke = max(0.7, min(1.6, side * 0.13))
    return b"q %s RG %s w 1 J %s %s m %s %s l %s %s m %s %s l S Q" % (
        INK,
        _n(stroke),
        *(_n(value) for value in (x - reach, y - reach, x + reach, y + reach)),
        *(_n(value) for value in (x - reach, y + reach, x + reach, y - reach)),
    )


def _n(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()
