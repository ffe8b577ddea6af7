"""One long answer over several printed lines: words flow from each write line to the next.

A form often gives an answer two or three lines to write on, each a box of its own. Where
such boxes stand under one another, the text is broken at words to fill them in order.
Text that the lines cannot hold stays whole in the first, and so goes to the continuation sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perdure.core.definition.model import Definition, Question, QuestionType, Write
from perdure.core.paper import layout
from perdure.core.paper.entries import WHOLE, Entry
from perdure.core.paper.fonts import Face

FARTHEST = 2.6
"""How far below a write line the next may begin, in heights of a line."""


def flowed(entries: Sequence[Entry], definition: Definition, face: Face) -> list[Entry]:
    """The entries with long texts spread over their write lines; all others as they were.

    Only long texts and addresses asked in one piece flow: a short answer in two boxes stands in both.
    """
    long = {question.id for question in definition.questions() if _is_long(question)}
    done: list[Entry] = []
    for run in _runs(entries):
        flows = len(run) > 1 and re.split(r"[.\]]+", run[0].owner)[-1] in long
        done += _spread(run, face) if flows else run
    return done


def _is_long(question: Question) -> bool:
    return question.type is QuestionType.LONG_TEXT or (
        question.type is QuestionType.ADDRESS and question.parts == ("full",)
    )


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    run: list[Entry] = []
    for entry in entries:
        if run and not _goes_on(run[-1], entry):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _goes_on(above: Entry, below: Entry) -> bool:
    """Is the second box the next write line of the same whole answer?"""
    one, other = above.box, below.box
    if not above.text or above.text != below.text or one.answer != other.answer or one.page != other.page:
        return False
    if {one.write, other.write} != {Write.TEXT} or not {WHOLE, "full"} & above.holds & below.holds:
        return False
    height = max(one.at.height, other.at.height)
    overlap = min(one.at.x1, other.at.x1) - max(one.at.x0, other.at.x0)
    step = other.at.y0 - one.at.y0
    return 0 < step < FARTHEST * height and overlap > 0.4 * min(one.at.width, other.at.width)


def _spread(run: list[Entry], face: Face) -> list[Entry]:
    lowest = min(entry.box.at.height for entry in run)
    for size in layout.sizes(min(layout.COMFORTABLE, lowest * 0.82), layout.smallest_for(lowest)):
        texts = _broken(run[0].text, [entry.box.at.width - 2 * layout.ACROSS for entry in run], face, size)
        if texts is not None:
            return [
                replace(entry, text=text, holds=run[0].holds if number == 0 else frozenset())
                for number, (entry, text) in enumerate(zip(run, texts, strict=True))
            ]
    return [run[0], *(replace(entry, text="", holds=frozenset()) for entry in run[1:])]


def _broken(text: str, widths: list[float], face: Face, size: float) -> list[str] | None:
    """The words in lines of these widths (points), or None when they do not all fit."""
    lines = [""] * len(widths)
    place = 0
    for word in text.split():
        while place < len(widths):
            longer = f"{lines[place]} {word}".strip()
            if face.width(longer) * size <= widths[place]:
                lines[place] = longer
                break
            place += 1
        else:
            return None
    return lines
