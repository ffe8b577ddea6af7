"""Words of the paper that a reader of single boxes does not see.

    DATES OF TREATMENT          the header over "FROM" and "TO": it tells what both are about
    FROM      TO
    [    ]    [    ]

    [ ] YES  [ ] NO             the word right beside a mark is the answer it stands for

Both are looked up in the print of the page and noted in the fields, before they are grouped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.draft_items import TICKS
from perdure.core.digitise.values import Field, Line, Page, PaperForm, Widget, Word
from perdure.core.digitise.wording import tidy
from perdure.core.kernel.geometry import Box

PIECE = re.compile(
    r"(?i)^\W*(?:from|to|date|place|beginning|begin|start|end|ending|completion|month|day|year|amount|source"
    r"|owner|recipient|city|state|number|name|title|address|relationship|type|code|rate|value|no|yes"
    r"|self|spouse|dates?|total|purpose|column \w|\W*[a-z]\W*|von|bis|datum|ort|betrag|name und ort)\W*$"
)
"""Words that say only which piece of something a box is."""
CLOSE = 13.0
"""Points from the words over a box to the header over them, at most."""
HIGHEST = 260.0
"""Points from a cell of a table to the words over its column, at most."""
BEGINS = re.compile(r"\W*(?:\d{1,2}\s?[A-Za-z]?|[A-Za-z])\s?[.)]")
"""A header begins with its number or letter; what stands over it is another thing."""
ANSWER = re.compile(r"(?i)^\W*(yes|no|ja|nein|oui|non|s[ií])\W*$")
BESIDE = 16.0
"""Points between a mark and the word that it stands for, at most."""


def with_headers(form: PaperForm) -> list[Field]:
    """The fields, with the header over their column as group label and the answer beside their mark."""
    found: list[Field] = []
    for page in form.pages:
        here = [each for each in form.fields if each.page == page.number]
        answers = _answers(here, page)
        for each in here:
            if each.widget in TICKS:
                found.append(_answering(each, answers.get(each.id, "")))
            else:
                found.append(_under_header(each, page))
    order = {each.id: at for at, each in enumerate(form.fields)}
    known = {each.id for each in found}
    found += [each for each in form.fields if each.id not in known]
    return sorted(found, key=lambda each: order[each.id])


def _under_header(each: Field, page: Page) -> Field:
    if each.group_label or each.widget is not Widget.TEXT or not PIECE.match(each.label):
        return each
    header = _header_over(each, page)
    return each.model_copy(update={"group_label": header}) if header else each


def _header_over(each: Field, page: Page) -> str:
    own = [line for line in page.lines if _bare(line.text) == _bare(each.label) and _is_over(line, each.box)]
    if not own:
        return ""
    label = max(own, key=lambda line: line.box.y1)
    lines: list[Line] = []
    edge = label.box
    while len(lines) < 3 and (above := _line_over(edge, each.box, page.lines)):
        lines.insert(0, above)
        edge = above.box
        if BEGINS.match(above.text):
            break
    text = tidy(" ".join(line.text for line in lines))
    starts = text[:1].isupper() or BEGINS.match(text)
    worded = re.search(r"[^\W\d_]{3}", text) and len(text) < 90 and not PIECE.match(text)
    return text if starts and worded else ""


def _is_over(line: Line, box: Box) -> bool:
    return -4 <= box.y0 - line.box.y1 < HIGHEST and _overlap(line.box, box) > 0


def _line_over(edge: Box, box: Box, lines: Sequence[Line]) -> Line | None:
    """The line right over an edge that stands over the box too."""
    near = [
        line
        for line in lines
        if -2 <= edge.y0 - line.box.y1 <= CLOSE - line.box.height / 2
        and line.box.y0 < edge.y0 - 2
        and _overlap(line.box, box) > 6
        and line.box.width < 5 * box.width
    ]
    return max(near, key=lambda line: line.box.y1) if near else None


def _overlap(one: Box, two: Box) -> float:
    return min(one.x1, two.x1) - max(one.x0, two.x0)


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _answering(each: Field, answer: str) -> Field:
    """A mark beside the word YES or NO is that answer; what the reader took for its words is the caption."""
    if not answer or re.search(r"(?i)\b(?:yes|no|ja|nein|oui|non)\b", each.label):
        return each
    return each.model_copy(update={"label": answer, "group_label": each.group_label or each.label})


def _answers(fields: Sequence[Field], page: Page) -> dict[str, str]:
    """For each mark the YES or NO right beside it.

    When a word stands before the first mark of a line, the words of that line stand before their marks.
    """
    words = [word for word in page.words if ANSWER.match(word.text)]
    result: dict[str, str] = {}
    for row in _rows([each for each in fields if each.widget in TICKS]):
        before = 0 if _beside(row[0].box, words)[0] else 1
        for each in row:
            word = _beside(each.box, words)[before]
            if word is not None:
                result[each.id] = re.sub(r"\W", "", word.text)
    return result


def _beside(mark: Box, words: Sequence[Word]) -> tuple[Word | None, Word | None]:
    """The answer printed right before a mark, and the one right behind it."""
    level = [word for word in words if abs(word.box.centre[1] - mark.centre[1]) < 5]
    left = [word for word in level if 0 <= mark.x0 - word.box.x1 + 2 < BESIDE]
    right = [word for word in level if 0 <= word.box.x0 - mark.x1 + 2 < BESIDE]
    return (left[-1] if left else None), (right[0] if right else None)


def _rows(marks: Sequence[Field]) -> list[list[Field]]:
    """Marks that stand close together in one line."""
    rows: list[list[Field]] = []
    ordered = sorted(marks, key=lambda each: (round(each.box.centre[1] / 4), each.box.x0))
    for at, each in enumerate(ordered):
        last = ordered[at - 1] if at else None
        level = last is not None and abs(last.box.centre[1] - each.box.centre[1]) < 4
        if last is not None and level and each.box.x0 - last.box.x1 < 70:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows
