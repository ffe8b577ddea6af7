"""Blocks of drawn pages that are little but text and lines: court papers, declarations, European letters.

Used by synthetic_forms.py. Blanks within sentences, the head of a court paper with parties on one side
and the number of the case on the other, one line in three parts over small captions, combs typed with
bars and underscores, lines for a signature that nobody fills in on a screen.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from synthetic_lines import widths

from perdure.core.kernel.geometry import Box

if TYPE_CHECKING:
    from synthetic_forms import Sheet


def blank(sheet: Sheet, x0: float, x1: float, kind: str) -> float:
    """A blank to write on from x0 to about x1, and the answer on it. Returns where it ends."""
    size, base = sheet.style.size, sheet.y
    if kind == "underscores":
        x1 = sheet.text(x0, base, "_" * max(4, int((x1 - x0) / (0.5 * size))))
    elif kind == "dots":
        x1 = sheet.text(x0, base, "." * max(8, int((x1 - x0) / (0.28 * size))))
    else:
        sheet.across(x0, x1, base + 1.5)
    low = base + 1.5 + sheet.style.drop
    sheet.answer(Box(x0, low - min(sheet.style.strip, 1.6 * size + 4), x1, low))
    return x1


def sentences(sheet: Sheet) -> None:
    """Running text with blanks in it; a blank may end one line and another start the next."""
    random, size = sheet.random, sheet.style.size
    kind = random.choice(["rule", "underscores", "underscores", "dots"])
    pitch = size * random.uniform(1.3, 2.2)
    share = random.uniform(0.1, 0.4)
    for _ in range(random.randint(2, 8)):
        sheet.y += pitch
        x = sheet.left + (random.choice([18.0, 30.0]) if random.random() < 0.2 else 0.0)
        while x < sheet.right - 50:
            if random.random() < share:
                end = min(x + random.choice([40.0, 70.0, 120.0, 220.0, 400.0]), sheet.right)
                x = blank(sheet, x, end, kind) + random.choice([0.0, 2.0])
                x = sheet.text(x, sheet.y, random.choice([" ", ", ", ". ", ") "]))
            else:
                words = sheet.words(1, 6) + random.choice([" ", " ", ", ", " ("])
                x = sheet.text(x, sheet.y, sheet.fits(words, sheet.right - x, size) + " ")
    sheet.y += 6


def court_head(sheet: Sheet) -> None:
    """Parties and brackets at the left, the number of the case at the right."""
    random, size = sheet.random, sheet.style.size
    kind = random.choice(["rule", "underscores"])
    pitch = size * random.uniform(1.5, 2.4)
    middle = sheet.left + (sheet.right - sheet.left) * random.uniform(0.45, 0.6)
    if random.random() < 0.6:
        sheet.y += pitch
        x = sheet.text(sheet.left + random.choice([0.0, 60.0, 120.0]), sheet.y, sheet.words(2, 4) + " ")
        x = blank(sheet, x, min(x + random.uniform(80, 220), sheet.right - 90), kind)
        sheet.text(x + 2, sheet.y, sheet.words(1, 2))
        sheet.y += pitch
    bar = random.choice([")", ":", "|", ""])
    rows = random.randint(3, 7)
    asked = sorted(random.sample(range(rows), random.randint(1, min(3, rows))))
    top = sheet.y
    for row in range(rows):
        sheet.y += pitch
        if bar:
            sheet.text(middle, sheet.y, bar)
        if row % 2 == 0:
            x = sheet.left
            if random.random() < 0.6:
                x = sheet.text(x, sheet.y, sheet.fits(sheet.words(1, 2) + ", ", 110, size))
            if middle - 8 - x > 50:
                blank(sheet, x, middle - 8, kind)
        elif random.random() < 0.7:
            sheet.text(sheet.left + random.choice([0.0, 40.0, 90.0]), sheet.y, sheet.words(1, 1) + ",")
        if row in asked:
            x = sheet.text(middle + 14, sheet.y, sheet.fits(sheet.words(1, 2) + ". ", 110, size))
            if sheet.right - x > 40:
                blank(sheet, x, min(sheet.right, x + random.choice([90.0, 400.0])), kind)
    if not bar and random.random() < 0.6:
        sheet.upright(middle, top, sheet.y + 4)
        sheet.across(sheet.left, middle, sheet.y + 4)
    sheet.y += 10


def named_parts(sheet: Sheet) -> None:
    """A label, one line, and small captions under it that part it; several times with the same parts."""
    random, size = sheet.random, sheet.style.size
    kind = random.choice(["rule", "rule", "underscores"])
    small, gap = size * random.choice([0.75, 0.85, 1.0]), random.choice([0.0, 1.0, 4.0, 9.0])
    offset = random.choice([0.0, 6.0, 15.0, 30.0])
    centred, bracketed = random.random() < 0.35, random.random() < 0.4
    shares = [random.uniform(0.5, 1.6) for _ in range(random.randint(2, 4))]
    for _ in range(random.randint(1, 4)):
        sheet.y += size * random.uniform(1.8, 2.6)
        number = f"{random.randint(1, 20)}. " if random.random() < 0.5 else ""
        label = number + sheet.fits(sheet.words(1, 4), 150, size) + random.choice([":", ""])
        start = sheet.text(sheet.left, sheet.y, label) + 3 if random.random() < 0.8 else sheet.left
        if kind == "rule":
            sheet.across(start, sheet.right, sheet.y + 1.5)
        else:
            sheet.text(start, sheet.y, "_" * int((sheet.right - start) / (0.5 * size)))
        low = sheet.y + 1.5 + sheet.style.drop
        high = min(sheet.style.strip, 1.6 * size + 4)
        total, x = sum(shares), start
        for index, share in enumerate(shares):
            end = x + share / total * (sheet.right - start)
            words = sheet.fits(sheet.words(1, 2), end - x - offset - 16, small)
            words = f"({words})" if bracketed else words
            middle = (x + end) / 2 - 0.26 * small * len(words)
            sheet.text(max(x, middle) if centred else x + offset, sheet.y + small * 1.15 + 1.5, words, small)
            last = index == len(shares) - 1
            sheet.answer(Box(x, low - high, end if last else end - gap, low))
            x = end
        sheet.y += small * 1.2
    sheet.y += 6


def typed_combs(sheet: Sheet) -> None:
    """|__|__|__| typed with bars and underscores, a caption before it, slashes or blanks between parts."""
    random, size = sheet.random, sheet.style.size
    unit = random.choice(["__|", "_|", "___|"])
    for _ in range(random.randint(1, 4)):
        sheet.y += size * random.uniform(1.7, 2.5)
        x = sheet.text(sheet.left, sheet.y, sheet.words(1, 4) + random.choice([" : ", ": ", " "]))
        for count in random.choice([[2, 2, 4], [5], [10], [2, 2, 2, 2, 2], [3, 3], [1, 2, 2, 2, 3, 3]]):
            words = "|" + unit * count
            if x + sum(0.28 if char == "|" else 0.5 for char in words) * size > sheet.right:
                break
            end = sheet.text(x, sheet.y, words)
            low = sheet.y + 0.15 * size + sheet.style.drop / 2
            sheet.answer(Box(x, low - size * 1.2, end, low))
            x = sheet.text(end, sheet.y, random.choice([" ", " / ", "  "]))
    sheet.y += 6


def signatures(sheet: Sheet) -> None:
    """Lines to sign with the caption below or before; some are signed by hand and so are no field."""
    random, size = sheet.random, sheet.style.size
    kind = random.choice(["rule", "underscores"])
    right = sheet.left + (sheet.right - sheet.left) * random.uniform(0.4, 0.6)
    for _ in range(random.randint(1, 3)):
        sheet.y += size * random.uniform(2.2, 4.0)
        columns = [(sheet.left, right - 20), (right, sheet.right)]
        for x0, x1 in columns if random.random() < 0.6 else columns[1:]:
            x = x0
            if random.random() < 0.4:
                x = sheet.text(x0, sheet.y, sheet.fits(sheet.words(1, 2), 80, size) + ": ")
            else:
                words = sheet.fits(sheet.words(1, 3), x1 - x0, size)
                sheet.text(x0, sheet.y + size * 1.2 + 1.5, random.choice([words, f"({words})"]))
            if x1 - x < 40:
                continue
            before = len(sheet.answers)
            blank(sheet, x, x1, kind)
            if random.random() < 0.25:
                del sheet.answers[before:]
        sheet.y += size * 1.3
    sheet.y += 6


def side_column(sheet: Sheet) -> None:
    """Numbered questions at the left, white or framed boxes in a column at the right, hints between."""
    random, size = sheet.random, sheet.style.size
    start = sheet.left + (sheet.right - sheet.left) * random.uniform(0.35, 0.55)
    high = random.uniform(14, 24)
    edge = (1.0, 1.0, 1.0) if sheet.style.tint else None
    for _ in range(random.randint(1, 5)):
        top = sheet.y
        label = f"{random.randint(1, 60)} " + sheet.fits(sheet.words(2, 8), start - sheet.left - 30, size)
        sheet.text(sheet.left, top + size * 1.2, label, bold=random.random() < 0.4)
        rows = random.choice([1, 1, 1, 2, 3, 4])
        if random.random() < 0.3:
            hint = sheet.fits(sheet.words(3, 9), sheet.right - start, size * 0.85)
            sheet.text(start, sheet.y + size, hint, size * 0.85)
            sheet.y += size * 1.4
        whole = random.random() < 0.3 and rows > 1
        joined = Box(start, sheet.y, sheet.right, sheet.y + rows * high)
        if whole:
            sheet.frame(joined, edge)
            sheet.answer(joined)
        for row in range(0 if whole else rows):
            y = sheet.y + row * high
            stops = [start, sheet.right]
            if random.random() < 0.25:
                stops = [start, start + random.uniform(0.3, 0.7) * (sheet.right - start), sheet.right]
            for x0, x1 in itertools.pairwise(stops):
                box = Box(x0, y, x1 - (4 if x1 < sheet.right else 0), y + high)
                sheet.frame(box, edge)
                sheet.answer(box)
        sheet.y += rows * high + random.choice([2.0, 6.0, 12.0])
    sheet.y += 4


def captioned_rules(sheet: Sheet) -> None:
    """Rows of separate lines, each with its caption before or under it, in two or three columns."""
    random, size = sheet.random, sheet.style.size
    kind = random.choice(["rule", "underscores", "dots"])
    pitch = size * random.uniform(1.6, 3.0)
    for _ in range(random.randint(1, 6)):
        sheet.y += pitch
        for x0, x1 in itertools.pairwise(widths(sheet, random.randint(1, 3), 120)):
            x = sheet.text(
                x0,
                sheet.y,
                sheet.fits(sheet.words(1, 3), (x1 - x0) / 2, size) + random.choice([":", " :", ""]),
            )
            if x1 - 10 - x > 30:
                blank(sheet, x + 2, x1 - random.choice([4.0, 10.0]), kind)
    sheet.y += 6


PROSE = [
    *(sentences, sentences, court_head, named_parts, named_parts, typed_combs, signatures),
    *(captioned_rules, captioned_rules, side_column),
]
