"""Captions of marks, as whole as they are printed.

H. DID YOU SERVE IN A RADIATION LOCATION           a caption runs over several lines: the reader names
   AND PARTICIPATE IN ANY NUCLEAR TESTING?         one of them, the others are added

23. EDUCATION   GRADE SCHOOL  [ ] 1 [ ] 2          marks of one caption that begin to count again:
                HIGH SCHOOL   [ ] 1 [ ] 2          the words before each row tell them apart
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.draft_items import TICKS
from perdure.core.digitise.values import Field, Line, Page
from perdure.core.digitise.wording import tidy
from perdure.core.kernel.geometry import Box

BEGINS = re.compile(r"\W*(?:\d{1,3}\s?[A-Za-z]?|[A-Za-z])\s?[.)]\s|\W*\d{1,2}[A-Za-z]?\s*[A-Z]")
"""A line that begins with a number or letter begins another question."""
ENDS = re.compile(r"[?:.)]\W*$")
INDENT = 16.0
"""Points by which the next line of a caption is set in or out, at most."""
LEAD = 5.0
"""Points of white between two lines of one caption, at most."""
MOST_LINES = 5
LONGEST = 300
"""Characters of a caption, at most; more is an instruction."""
BEFORE = 90.0
"""Points from the words before a row of marks to its first mark, at most."""


def with_whole_captions(fields: Sequence[Field], page: Page) -> list[Field]:
    """The fields of a page; marks have all lines of their caption, and the words before their row."""
    marks = [each for each in fields if each.widget in TICKS]
    prints = [line for line in page.lines if not any(_names(line, mark) for mark in marks)]
    whole = {each.id: _whole(each, prints) for each in marks if each.group_label}
    fields = [
        each.model_copy(update={"group_label": whole[each.id]}) if whole.get(each.id) else each
        for each in fields
    ]
    before = _before_rows(fields, page)
    return [
        each.model_copy(update={"group_label": _under(each.group_label, before[each.id])})
        if each.id in before
        else each
        for each in fields
    ]


def _names(line: Line, mark: Field) -> bool:
    """Are these the words beside a mark, that say what it stands for?"""
    beside = -2 <= line.box.x0 - mark.box.x1 <= INDENT or -2 <= mark.box.x0 - line.box.x1 <= 4
    if BEGINS.match(line.text) and len(line.text) > 30:
        return False  # a question, and the reader took it for the words of the last mark on its left
    return beside and _level(line.box, mark.box) and _bare(mark.label).startswith(_bare(line.text)[:20])


def _whole(each: Field, prints: Sequence[Line]) -> str:
    """The caption with the lines of print that belong to it; "" when it is whole, or not found."""
    caption = _bare(each.group_label)
    near = [line for line in prints if abs(line.box.centre[1] - each.box.centre[1]) < 60]
    said = [line for line in near if _bare(line.text) and caption.startswith(_bare(line.text))]
    if not said:
        return ""
    first = min(said, key=lambda line: abs(line.box.centre[1] - each.box.centre[1]))
    lines = _up(first, near)
    lines = _down(lines, near)
    text = tidy(" ".join(line.text for line in lines))
    longer = caption in _bare(text) and len(caption) < len(_bare(text)) <= LONGEST
    return text if longer else ""


def _up(first: Line, near: Sequence[Line]) -> list[Line]:
    lines = [first]
    while len(lines) < MOST_LINES and not BEGINS.match(lines[0].text):
        above = [line for line in near if _follows(line, lines[0]) and not ENDS.search(line.text)]
        if not above:
            break
        lines.insert(0, above[0])
    return lines if BEGINS.match(lines[0].text) else [first]


def _down(lines: list[Line], near: Sequence[Line]) -> list[Line]:
    while len(lines) < MOST_LINES and not ENDS.search(lines[-1].text):
        below = [line for line in near if _follows(lines[-1], line) and not BEGINS.match(line.text)]
        if not below:
            break
        lines = [*lines, below[0]]
    return lines


def _follows(one: Line, two: Line) -> bool:
    """Is the second the next line of the same run of print?"""
    white = two.box.y0 - one.box.y1
    alike = abs(one.box.height - two.box.height) < 2.5
    return -3 <= white <= LEAD and two.box.y0 > one.box.y0 + 3 and alike and _in_line(one.box, two.box)


def _in_line(one: Box, two: Box) -> bool:
    return abs(one.x0 - two.x0) <= INDENT


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _before_rows(fields: Sequence[Field], page: Page) -> dict[str, str]:
    """For each mark the words before its row, where marks of one caption count anew."""
    captions: dict[str, list[Field]] = {}
    for each in fields:
        if each.widget in TICKS and each.group_label and not each.group:
            captions.setdefault(each.group_label, []).append(each)
    found: dict[str, str] = {}
    for marks in captions.values():
        rows = _counting_anew(marks)
        said = [_words_before(row[0], fields, page) for row in rows]
        one_line = all(_level(row[0].box, rows[0][0].box) for row in rows)
        if len(rows) > 1 and one_line and all(said) and len(set(said)) == len(said):
            found |= {each.id: words for row, words in zip(rows, said, strict=True) for each in row}
    return found


def _counting_anew(marks: Sequence[Field]) -> list[list[Field]]:
    """The marks cut where words come again: 1 2 3 4 | 1 2 3."""
    rows: list[list[Field]] = []
    for each in marks:
        if rows and _bare(each.label) not in {_bare(other.label) for other in rows[-1]}:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _words_before(mark: Field, fields: Sequence[Field], page: Page) -> str:
    """The print right before a mark, behind the box or mark that stands left of it."""
    level = [each for each in fields if each is not mark and _level(each.box, mark.box)]
    wall = max((each.box.x1 for each in level if each.box.x1 <= mark.box.x0), default=0.0)
    words = [
        word
        for word in page.words
        if _level(word.box, mark.box) and wall - 1 < word.box.x0 and word.box.x1 <= mark.box.x0 + 1
    ]
    labels = {_bare(each.label) for each in level}
    kept = [word for word in words if mark.box.x0 - word.box.x1 < BEFORE and _bare(word.text) not in labels]
    text = tidy(" ".join(word.text for word in kept))
    return text if re.search(r"[^\W\d_]{3}", text) and len(text) < 50 else ""


def _level(one: Box, two: Box) -> bool:
    return abs(one.centre[1] - two.centre[1]) < 6


def _under(caption: str, words: str) -> str:
    """ "23. Education (check one)" and "Grade school" as "23. Education: Grade school (check one)"."""
    found = re.match(r"^(.*?)\s*(\([^()]*\))?\W*$", caption)
    if not found:
        return f"{caption}: {words}"
    return tidy(f"{found[1].rstrip(' :.')}: {words} {found[2] or ''}")
