"""Characters become words, and words become lines of print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perdure.core.digitise.shapes import Char
from perdure.core.digitise.values import Line, Word
from perdure.core.kernel.geometry import Box

FILLERS = frozenset("_‗…")  # drawn to be written on; never part of a word
ASCENT, DESCENT = 0.75, 0.22  # of the font size, above and below the baseline


def words_of(chars: Iterable[Char]) -> list[Word]:
    """Characters in the file's order -> words. Text that does not read left to right is left out.

    A new word begins at a space, on another baseline, after a wide gap, and where underscores begin or end.
    """
    words: list[Word] = []
    run: list[Char] = []
    for char in chars:
        if not char.upright:
            continue
        blank = not char.text.strip()
        if run and (blank or not _continues(run[-1], char)):
            words.append(_word(run))
            run = []
        if not blank:
            run.append(char)
    if run:
        words.append(_word(run))
    return words


def _continues(last: Char, char: Char) -> bool:
    if (last.text in FILLERS) != (char.text in FILLERS):
        return False
    size = max(last.size, char.size, 1.0) * (3 if char.text in FILLERS else 1)
    return abs(last.base - char.base) < 0.3 * size and -0.6 * size < char.x0 - last.x1 < 0.28 * size


def _word(run: Sequence[Char]) -> Word:
    size = max(char.size for char in run)
    base = run[0].base
    box = Box(
        min(char.x0 for char in run),
        base - ASCENT * size,
        max(char.x1 for char in run),
        base + DESCENT * size,
    )
    bold = 2 * sum(char.bold for char in run) > len(run)
    return Word(text="".join(char.text for char in run), box=box.rounded(), size=round(size, 2), bold=bold)


def lines_of(words: Iterable[Word], *, gap: float = 1.0, cuts: Sequence[Box] = ()) -> list[Line]:
    """Words -> runs that a reader sees as one, top to bottom and left to right.

    gap   how far apart two words of a run may stand, in font sizes (box heights where size is 0)
    cuts  boxes that end a run where they stand between two words: upright rules, fields
    """
    lines = [line for row in _rows(words) for line in _split(row, gap, cuts)]
    return sorted(lines, key=lambda line: (round(line.box.y1, 1), line.box.x0))


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share a baseline, roughly."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.y1, word.box.x0)):
        for row in reversed(rows[-6:]):
            height = min(word.box.height, row[-1].box.height)
            if abs(row[-1].box.y1 - word.box.y1) < 0.35 * height:
                row.append(word)
                break
        else:
            rows.append([word])
    return rows


def _split(row: list[Word], gap: float, cuts: Sequence[Box]) -> list[Line]:
    row = sorted(row, key=lambda word: word.box.x0)
    top, bottom = row[0].box.y0, row[0].box.y1
    here = [cut for cut in cuts if cut.y0 < bottom - 2 and cut.y1 > top + 2]
    runs: list[list[Word]] = [[row[0]]]
    for word in row[1:]:
        last = runs[-1][-1]
        unit = max(last.size or 0.8 * last.box.height, word.size or 0.8 * word.box.height, 1.0)
        near = word.box.x0 - last.box.x1 < gap * unit
        if near and not any(_between(cut, last, word) for cut in here):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_line(run) for run in runs]


def _between(cut: Box, last: Word, word: Word) -> bool:
    middle = (cut.x0 + cut.x1) / 2
    return last.box.x1 - 2 < middle < word.box.x0 + 2


def _line(run: list[Word]) -> Line:
    box = run[0].box
    for word in run[1:]:
        box = box.union(word.box)
    return Line(
        text=" ".join(word.text for word in run),
        box=box,
        size=max(word.size for word in run),
        bold=2 * sum(len(word.text) for word in run if word.bold) > sum(len(word.text) for word in run),
    )
