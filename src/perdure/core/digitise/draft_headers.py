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

from perdure.core.digitise.draft_captions import with_whole_captions
from perdure.core.digitise.draft_copied import without_copies
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
NUMBERED = re.compile(r"\W*(?:\d{1,2}[a-z]?|[A-Z]\d{1,2})\b\W*\s\w{2}")
ANSWER = re.compile(r"(?i)^\W*(yes|no|ja|nein|oui|non|s[ií])\W*$")
BESIDE = 16.0
"""Points between a mark and the word that it stands for, at most."""


def with_headers(form: PaperForm) -> list[Field]:
    """The fields, with the header over their column as group label and the answer beside their mark."""
    found: list[Field] = []
    fields = without_copies(form)
    for page in form.pages:
        here = with_whole_captions([each for each in fields if each.page == page.number], page)
        answers = _answers(here, page)
        for each in here:
            if each.widget in TICKS:
                answering = _answering(each, answers.get(each.id, ""))
                found.append(_captioned(answering, here, page))
            else:
                found.append(_under_header(each, page))
    order = {each.id: at for at, each in enumerate(form.fields)}
    known = {each.id for each in found}
    found += [each for each in fields if each.id not in known]
    return sorted(found, key=lambda each: order[each.id])


def _under_header(each: Field, page: Page) -> Field:
    each = _of_the_other(each)
    if each.group_label or each.widget is not Widget.TEXT or not PIECE.match(each.label):
        return each
    header = _header_over(each, page)
    return each.model_copy(update={"group_label": header}) if header else each


def _of_the_other(each: Field) -> Field:
    """The second line of a couple's form takes its words from the first; the file says whose it is."""
    if re.search(r"(?i)spouse", each.name) and re.match(r"(?i)your\b(?!.*\bspouse)", each.label):
        return each.model_copy(update={"label": f"Spouse's{each.label[4:]}"})
    return each


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


def _captioned(each: Field, fields: Sequence[Field], page: Page) -> Field:
    """A mark for Yes or No that has no caption takes the words at the start of its line."""
    if not ANSWER.match(each.label) or (each.group_label and not ANSWER.match(each.group_label)):
        return each
    if re.search(r"[^\W\d_]{3}.*\s", each.tooltip):
        return each
    marks = [other for other in fields if other.name == each.name or other is each] if each.name else [each]
    first = min(marks, key=lambda other: other.box.x0)
    return each.model_copy(update={"group_label": _start_of_line(first, fields, page)})


def _start_of_line(mark: Field, fields: Sequence[Field], page: Page) -> str:
    """The print before a mark, from the number or capital letter with which it begins."""
    walls = [
        each.box.x1
        for each in fields
        if each is not mark and each.box.x1 <= mark.box.x0 and _level(each.box, mark.box)
    ]
    left = max(walls, default=0.0)
    row = [
        line for line in page.lines if _level(line.box, mark.box) and left - 2 <= line.box.x0 < mark.box.x0
    ]
    row = [line for line in row if re.search(r"[^\W\d_]{3}", line.text) and not ANSWER.match(line.text)]
    if not row:
        return ""
    row.sort(key=lambda line: line.box.x0)
    begins = [at for at, line in enumerate(row) if NUMBERED.match(line.text)]
    row = row[begins[-1] :] if begins else row
    said = row[:1]
    while len(said) < 4 and not (begins or re.match(r"\W*\d|[A-Z]", said[0].text)):
        above = [
            line
            for line in page.lines
            if 0 < said[0].box.y0 - line.box.y0 < 14 and abs(line.box.x0 - said[0].box.x0) < 30
        ]
        if not above:
            break
        said.insert(0, max(above, key=lambda line: line.box.y0))
    said += row[1:]
    return re.sub(
        r"[\s.]*\b\d{0,2}[a-z]?\W*(?:yes|no)\b\W*$",
        "",
        tidy(" ".join(line.text for line in said)),
        flags=re.I,
    )


def _level(one: Box, two: Box) -> bool:
    return abs(one.centre[1] - two.centre[1]) < 7


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
