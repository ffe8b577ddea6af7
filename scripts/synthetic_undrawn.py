"""Blocks of drawn pages whose answer boxes only the screen shows, or that are drawn within larger cells.

Used by synthetic_forms.py. On one page either all or none of the boxes are drawn. Cells with a
caption and room below it, numbers and dates parted by dashes, names in three parts, and several
short answers on one row.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from synthetic_lines import widths

from perdure.core.kernel.geometry import Box

if TYPE_CHECKING:
    from synthetic_forms import Sheet

NUMBERS = [[3, 2, 4], [3, 2, 4], [2, 2, 4], [2, 2, 4], [3, 3, 4], [5, 4], [1, 4, 4]]
MASKS = ["(MM/DD/YYYY)", "(MM-DD-YYYY)", "(TT.MM.JJJJ)", "(JJ/MM/AAAA)", ""]
SHARES = [[0.37, 0.04, 0.54], [0.33, 0.33, 0.33], [0.42, 0.08, 0.46], [0.5, 0.5], [0.3, 0.2, 0.48]]


def undrawn_cells(sheet: Sheet) -> None:
    """Framed cells with a caption, and below it room for one answer or for the parts of one."""
    random, size = sheet.random, sheet.style.size * sheet.style.caption
    high, margin = random.uniform(11, 19), random.uniform(0.5, 9)
    for _ in range(random.randint(1, 4)):
        spare = random.choice([0.0, 2.0, 6.0, 14.0, 40.0])
        top, bottom = sheet.y, sheet.y + size * 1.35 + high + 3 + spare
        for x0, x1 in itertools.pairwise(widths(sheet, random.choice([1, 1, 2, 2, 3, 4]), 90)):
            if x1 - x0 < 40:
                continue
            sheet.frame(Box(x0, top, x1, bottom))
            room = Box(x0 + margin, top + size * 1.3, x1 - margin, bottom - 1.0)
            kind = random.choice([_one, _one, _parted, _parted, _name, _inline])
            number = f"{random.randint(1, 40)}. "
            caption = number + kind(sheet, room, high)
            sheet.text(x0 + 2, top + size, sheet.fits(caption, x1 - x0 - 4, size), size)
        sheet.y = bottom
    sheet.y += 4


def _place(sheet: Sheet, box: Box) -> None:
    """Note an answer; draw its box where the page draws boxes."""
    if sheet.style.boxes and box.width > 5:
        sheet.frame(box)
    sheet.answer(box)


def dashed_line(sheet: Sheet) -> None:
    """A label, and after it a number in parts with dashes between, no box drawn."""
    random = sheet.random
    high = random.uniform(11, 19)
    for _ in range(random.randint(1, 3)):
        sheet.y += high + 4
        end = sheet.text(sheet.left, sheet.y, sheet.words(1, 4) + random.choice([":", "", "."]))
        middle = sheet.y - 0.35 * sheet.style.size
        if end < sheet.right - 190:
            parts(sheet, Box(end + 6, middle - high / 2, sheet.right, middle + high / 2), high)
    sheet.y += 8


def _one(sheet: Sheet, room: Box, high: float) -> str:
    """One answer that fills the room, or one line of it."""
    random = sheet.random
    end = room.x1 if random.random() < 0.75 else room.x0 + random.uniform(0.6, 1.0) * room.width
    if room.height > 1.7 * high and random.random() < 0.5:
        low = room.y1 - random.uniform(0, 4)
        _place(sheet, Box(room.x0, low - high, end, low))
    else:
        _place(sheet, Box(room.x0, room.y0, end, room.y1))
    return sheet.words(1, 7)


def _parted(sheet: Sheet, room: Box, high: float) -> str:
    used = parts(sheet, room, high)
    if not used:
        return _one(sheet, room, high)
    return f"{sheet.words(1, 3)} {sheet.random.choice(MASKS)}"


def parts(sheet: Sheet, room: Box, high: float) -> bool:
    """Parts of a number in its room, with dashes drawn or printed between. False where it is too narrow."""
    random = sheet.random
    counts, pitch = random.choice(NUMBERS), random.uniform(9, 16)
    gap = random.uniform(9, 20)
    if sum(counts) * pitch + (len(counts) - 1) * gap > room.width:
        pitch, gap = 8.5, 9.0
    if sum(counts) * pitch + (len(counts) - 1) * gap > room.width:
        return False
    drawn = random.random() < 0.6
    low = room.y1 - random.uniform(0, max(0.0, room.height - high))
    x, middle = room.x0 + random.choice([0.0, 0.0, 4.0]), low - high / 2
    for index, count in enumerate(counts):
        _place(sheet, Box(x, low - high, x + count * pitch, low))
        x += count * pitch
        if index < len(counts) - 1:
            centre = x + gap / 2
            if drawn:
                sheet.across(centre - 3.5, centre + 3.5, middle)
            else:
                sign = random.choice("--–/")
                sheet.text(centre - 0.26 * sheet.style.size, middle + 0.3 * sheet.style.size, sign)
        x += gap
    return True


def _name(sheet: Sheet, room: Box, high: float) -> str:
    """A name in parts; the caption lists them and nothing is drawn between."""
    if room.width < 200:
        return _one(sheet, room, high)
    shares = sheet.random.choice(SHARES)
    gap = (1 - sum(shares)) * room.width / max(1, len(shares) - 1)
    x, low = room.x0, room.y1 - sheet.random.uniform(0, max(0.0, room.height - high))
    for share in shares:
        _place(sheet, Box(x, low - high, x + share * room.width - 1, low))
        x += share * room.width + gap
    return f"{sheet.words(1, 3)} ({', '.join(sheet.words(1, 2) for _ in shares)})"


def _inline(sheet: Sheet, room: Box, high: float) -> str:
    """Short captions in a row, an answer after each."""
    random, size = sheet.random, sheet.style.size * sheet.style.caption
    if room.width < 150:
        return _one(sheet, room, high)
    x, low = room.x0, room.y1 - 1
    base = low - high / 2 + 0.3 * size
    fills = random.random() < 0.5
    for _ in range(random.randint(1, 4)):
        words = sheet.words(1, 2)
        start = x + 0.5 * size * len(words) + 4
        wide = random.choice([35.0, 50.0, 80.0, 140.0])
        if start + wide > room.x1:
            break
        x = sheet.text(x, base, words, size) + 4
        _place(sheet, Box(x, low - high, x + wide, low))
        x += wide + (10 if fills else random.uniform(10, 60))
    if x < room.x1 - 60 and random.random() < 0.5:
        x = sheet.text(x, base, sheet.fits(sheet.words(1, 2), 40, size), size) + 4
        _place(sheet, Box(x, low - high, room.x1, low))
    return sheet.words(2, 7)
