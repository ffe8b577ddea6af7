"""Blocks of drawn pages whose fields are lines to write on, parted by print: under captions, under heads.

Used by synthetic_forms.py.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from perdure.core.kernel.geometry import Box

if TYPE_CHECKING:
    from synthetic_forms import Sheet


def widths(sheet: Sheet, count: int, least: float = 40) -> list[float]:
    """Stops that part the page into columns."""
    shares = [sheet.random.uniform(0.5, 2) for _ in range(count)]
    total = sum(shares)
    stops = [sheet.left]
    for share in shares:
        stops.append(stops[-1] + max(least, share / total * (sheet.right - sheet.left)))
    return [min(stop, sheet.right) for stop in stops]


def long_rules(sheet: Sheet) -> None:
    """Bare rules one under another, each for a line of writing."""
    pitch = sheet.random.uniform(14, 26)
    sheet.text(sheet.left, sheet.y + sheet.style.size, sheet.words(4, 10) + ":")
    sheet.y += sheet.style.size
    stops = [sheet.left, sheet.right]
    if sheet.random.random() < 0.4:
        middle = sheet.random.uniform(sheet.left + 120, sheet.right - 120)
        stops = [sheet.left, middle, middle + 12, sheet.right]
    for _ in range(sheet.random.randint(1, 6)):
        sheet.y += pitch
        for x0, x1 in zip(stops[::2], stops[1::2], strict=True):
            sheet.across(x0, x1, sheet.y)
            high = min(sheet.style.strip + 2, pitch - 1)
            sheet.answer(Box(x0, sheet.y - high + sheet.style.drop, x1, sheet.y + sheet.style.drop))
    sheet.y += 6


def headed_rules(sheet: Sheet) -> None:
    """A row of heads over a pile of lines that run through; each line is a field in every column."""
    pitch = sheet.random.uniform(14, 28)
    size = sheet.style.size
    stops = widths(sheet, sheet.random.randint(2, 4), 70)
    inset = sheet.random.choice([0.0, 2.0, 12.0, 30.0])
    base = sheet.y + size
    stops = [x0 for x0, x1 in itertools.pairwise(stops) if x1 - x0 > 60] + [stops[-1]]
    for index, (x0, x1) in enumerate(itertools.pairwise(stops)):
        start = x0 + (inset if index == 0 else 2.0 + sheet.random.uniform(0, 8))
        words = sheet.fits(sheet.words(1, 4), x1 - start - 16, size) + sheet.random.choice(["", ":"])
        end = sheet.text(start, base, words, bold=sheet.random.random() < 0.5)
        if sheet.random.random() < 0.3:
            sheet.across(start, end, base + 1.5)
    sheet.y = base + sheet.random.uniform(0, 8)
    drawn = sheet.random.random() < 0.6
    gap = sheet.random.choice([0.0, 0.0, 1.0, 8.0])
    for _ in range(sheet.random.randint(1, 9)):
        sheet.y += pitch
        if drawn:
            sheet.across(stops[0], stops[-1], sheet.y)
        else:
            sheet.text(stops[0], sheet.y - 1.5, "_" * int((stops[-1] - stops[0]) / (0.5 * size)))
        high = min(sheet.style.strip + 2, pitch - 1)
        low = sheet.y + sheet.style.drop
        for x0, x1 in itertools.pairwise(stops):
            sheet.answer(Box(x0, low - high, x1 - gap, low))
    sheet.y += 6


def signed_rules(sheet: Sheet) -> None:
    """Rules with their caption below."""
    sheet.y += sheet.random.uniform(16, 30)
    joined = sheet.random.random() < 0.4
    centred = sheet.random.random() < 0.35
    before = sheet.random.choice([0.0, 0.0, 10.0, 20.0])
    stops = widths(sheet, sheet.random.randint(2, 4), 80)
    if joined and sheet.random.random() < 0.5:
        label = sheet.fits(sheet.words(1, 3) + ":", 70, sheet.style.size)
        stops[0] = sheet.text(sheet.left, sheet.y - 2, label) + 2
        stops[1] = max(stops[1], stops[0] + 50)
    if joined:
        sheet.across(stops[0], stops[-1], sheet.y)
    for x0, x1 in itertools.pairwise(stops):
        end = x1 if joined else x1 - sheet.random.uniform(8, 30)
        if end - x0 < 30:
            continue
        if not joined:
            sheet.across(x0, end, sheet.y)
        size = sheet.style.size * 0.9
        words = sheet.fits(sheet.words(1, 3), end - x0 - before, size)
        start = x0 + (max(0.0, (end - x0) / 2 - 0.25 * size * len(words)) if centred else before)
        sheet.text(start, sheet.y + size + 1, words, size)
        sheet.answer(Box(x0, sheet.y - sheet.style.strip, end, sheet.y + sheet.style.drop))
    sheet.y += sheet.style.size * 1.6
