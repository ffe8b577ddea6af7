"""Pictures over time: how many cases began each year, and single cases as lines from start to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from perdure.parts.register.pictures.map import short

WIDTH = 720
_LEFT, _RIGHT, _TOP, _HIGH, _BELOW = 12, 12, 24, 180, 26
STATUSES = ("running", "planned", "unknown", "ended")
"""From the bottom of a bar to its top."""


def bars(counts: Mapping[int, Mapping[str, int]], *, title: str) -> str:
    """Stacked bars, one for each year from the first to the last.

    counts  year -> status -> number of cases; status "" when it is not told apart
    """
    if not counts:
        return ""
    first, last = min(counts), max(counts)
    tallest = max(sum(one.values()) for one in counts.values()) or 1
    step = (WIDTH - _LEFT - _RIGHT) / (last - first + 1)
    drawn = "".join(
        _bar(_LEFT + (year - first) * step, step, counts.get(year, {}), tallest)
        + (_year(_LEFT + (year - first + 0.5) * step, year) if _labelled(year, first, last) else "")
        for year in range(first, last + 1)
    )
    height = _TOP + _HIGH + _BELOW
    line = f'<line x1="0" x2="{WIDTH}" y1="{_TOP + _HIGH}" y2="{_TOP + _HIGH}"/>'
    frame = f'class="bars" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}"'
    return f"<svg {frame}>{line}{drawn}</svg>"


def _labelled(year: int, first: int, last: int) -> bool:
    """Every year when there is room, else every fifth."""
    return last - first < 16 or year % 5 == 0


def _year(x: float, year: int) -> str:
    return f'<text class="n" x="{x:.1f}" y="{_TOP + _HIGH + 18}">{year}</text>'


def _bar(x: float, step: float, counts: Mapping[str, int], tallest: int) -> str:
    total, pieces, y = sum(counts.values()), [], float(_TOP + _HIGH)
    for status in (*STATUSES, ""):
        if n := counts.get(status, 0):
            high = n / tallest * _HIGH
            y -= high
            box = f'x="{x + 1:.1f}" y="{y:.1f}" width="{max(step - 2, 1):.1f}" height="{high:.1f}"'
            pieces.append(f'<rect class="s-{status or "all"}" {box}/>')
    if total and step >= 18:
        pieces.append(f'<text class="n" x="{x + step / 2:.1f}" y="{y - 5:.1f}">{short(total)}</text>')
    return "".join(pieces)


@dataclass(frozen=True)
class Life:
    """One case as a line.

    end    None: it runs on, or its end is not known
    known  until when somebody said that it runs; the line is dotted from there on
    """

    title: str
    status: str
    start: date
    end: date | None
    known: date | None = None


_ROW = 30


def lives(rows: Sequence[Life], *, today: date, title: str) -> str:
    """A line for each case from its start to its end, today at the most; dotted where nobody knows."""
    if not rows:
        return ""
    first = min(row.start for row in rows).toordinal()
    last = max([today.toordinal(), *(row.start.toordinal() + 365 for row in rows)])
    width = WIDTH - _LEFT - _RIGHT

    def place(day: date) -> float:
        return _LEFT + (min(day.toordinal(), last) - first) / max(1, last - first) * width

    height = len(rows) * _ROW + 34
    drawn = "".join(_life(row, number, place, today) for number, row in enumerate(rows))
    label = escape(title)
    return (
        f'<svg class="lives" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">'
        f"{_years(first, last, place, height)}{drawn}</svg>"
    )


def _life(row: Life, number: int, place: Callable[[date], float], today: date) -> str:
    y = number * _ROW + 34
    start, end = place(row.start), place(row.end or max(today, row.start))
    end = max(end, start + 3)
    known = end if row.end else max(start, place(row.known)) if row.known else start
    words = escape(row.title if len(row.title) <= 60 else row.title[:59] + "…")
    x, anchor = (start, "") if start < WIDTH * 0.55 else (end, ' text-anchor="end"')
    drawn = f'<text x="{x:.1f}" y="{y - 6}"{anchor}>{words}</text>'
    for begins, ends, sort in ((start, known, "known"), (known, end, "unknown-end")):
        if ends > begins:
            ways = f'x1="{begins:.1f}" x2="{ends:.1f}" y1="{y}" y2="{y}"'
            drawn += f'<line class="life {sort} s-{row.status}" {ways}/>'
    mark = f'<circle class="s-{row.status}" cx="{end:.1f}" cy="{y}" r="4"/>' if row.end else ""
    return drawn + mark


def _years(first: int, last: int, place: Callable[[date], float], height: int) -> str:
    """A light line at the beginning of years, as many as fit."""
    begins, ends = date.fromordinal(first).year + 1, date.fromordinal(last).year
    step = max(1, -(-(ends - begins + 1) // 12))
    drawn = ""
    for year in range(begins, ends + 1, step):
        x = place(date(year, 1, 1))
        drawn += f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="14" y2="{height}"/>'
        drawn += f'<text class="n" x="{x:.1f}" y="11">{year}</text>'
    return drawn
