"""Fitting words into a box: how large, on how many lines, and where each line stands.

All lengths in points. A box here is only its width and height, with the origin at its
BOTTOM LEFT, as inside a PDF appearance. Nothing here knows about PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perdure.core.paper.fonts import Face

READABLE = 6.0  # the smallest size that we call readable
COMFORTABLE = 10.0  # what we write in when there is room
LEADING = 1.17  # from one baseline to the next, in em
ACROSS = 3.0  # free room left and right


@dataclass(frozen=True)
class Run:
    """A piece of text and where its baseline starts."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Setting:
    """Text that fits: the size and the runs."""

    size: float
    runs: tuple[Run, ...]

    @property
    def lines(self) -> int:
        return len({run.y for run in self.runs})


def sizes(largest: float, smallest: float) -> Iterator[float]:
    """From the largest down to the smallest in half points."""
    size = largest
    while size > smallest:
        yield round(size, 2)
        size -= 0.5
    yield round(smallest, 2)


def smallest_for(height: float) -> float:
    """The least size allowed: readable, or what a very low box can hold."""
    return max(4.0, min(READABLE, height * 0.9))


def _pad(width: float) -> float:
    return min(ACROSS, width * 0.05)


def one_line(
    text: str, width: float, height: float, letters: Face, *, size: float = 0.0, align: int = 0
) -> Setting | None:
    """The text on one line in the middle of the height, or None when it does not fit.

    size   wanted font size; 0 chooses one for the height
    align  0 left, 1 centre, 2 right (the /Q of an AcroForm)
    """
    smallest = smallest_for(height)
    largest = min(size or COMFORTABLE, max(smallest, height * 0.82))
    room = width - 2 * _pad(width)
    em = letters.width(text)
    for chosen in sizes(largest, smallest):
        if em * chosen <= room + 0.01:
            slack = room - em * chosen
            left = _pad(width) + slack * (0.0, 0.5, 1.0)[align]
            base = (height - letters.cap_height * chosen) / 2
            return Setting(chosen, (Run(left, max(base, -letters.descent * chosen * 0.4), text),))
    return None


def several_lines(
    text: str, width: float, height: float, letters: Face, *, size: float = 0.0, align: int = 0
) -> Setting | None:
    """The text wrapped from the top of the box, or None when it does not fit."""
    smallest = smallest_for(height)
    room = width - 2 * _pad(width)
    for chosen in sizes(size or COMFORTABLE, smallest):
        lines = wrapped(text, room / chosen, letters)
        if not lines:
            continue
        needed = (len(lines) - 1) * LEADING * chosen + (letters.cap_height - letters.descent) * chosen
        if needed + 1.0 <= height:
            return _set_lines(lines, chosen, width, height, letters, align=align)
    return None


def _set_lines(
    lines: list[str], size: float, width: float, height: float, letters: Face, *, align: int
) -> Setting:
    room = width - 2 * _pad(width)
    block = (len(lines) - 1) * LEADING * size + (letters.cap_height - letters.descent) * size
    top = height - min(3.0, (height - block) / 2)
    first = top - letters.cap_height * size
    runs = []
    for number, line in enumerate(lines):
        slack = room - letters.width(line, size)
        left = _pad(width) + slack * (0.0, 0.5, 1.0)[align]
        runs.append(Run(left, first - number * LEADING * size, line))
    return Setting(size, tuple(run for run in runs if run.text))


def wrapped(text: str, ems: float, letters: Face) -> list[str]:
    """The text in lines of at most so many em; a word that is too long is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if letters.width(longer) <= ems:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, ems, letters)
            lines += full
        lines.append(line)
    return lines


def _broken(word: str, ems: float, letters: Face) -> list[str]:
    pieces, piece = [], ""
    for char in word:
        if piece and letters.width(piece + char) > ems:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def in_box(
    text: str,
    width: float,
    height: float,
    letters: Face,
    *,
    size: float = 0.0,
    align: int = 0,
    many: bool | None = None,
) -> Setting | None:
    """The best setting in a box: one line where it reads well, else several, else None.

    many  True starts at the top as in a long answer; None decides by the height
    """
    if many is None:
        many = height > 60
    if "\n" not in text and not many:
        set_once = one_line(text, width, height, letters, size=size, align=align)
        if set_once is not None and set_once.size >= min(8.0, size or 8.0, height * 0.82):
            return set_once
        wrapped_too = several_lines(text, width, height, letters, size=size, align=align)
        if set_once is None or (wrapped_too is not None and wrapped_too.size > set_once.size):
            return wrapped_too
        return set_once
    return several_lines(text, width, height, letters, size=size, align=align)


def comb(
    text: str, width: float, height: float, cells: int, letters: Face, *, size: float = 0.0
) -> Setting | None:
    """One character in the middle of each cell, or None when there are too few cells."""
    if not text or len(text) > cells:
        return None
    cell = width / cells
    widest = max(letters.width(char) for char in text) or 1.0
    chosen = min(size or 12.0, height * 0.82, (cell - 0.5) / widest)
    if chosen < min(smallest_for(height), 5.0):
        return None
    base = (height - letters.cap_height * chosen) / 2
    runs = (
        Run(cell * (place + 0.5) - letters.width(char, chosen) / 2, base, char)
        for place, char in enumerate(text)
    )
    return Setting(round(chosen, 2), tuple(runs))
