"""Instructions, notices and fees that are printed on a form, as guidance with page numbers.

A passage is a heading and the running text under it. Text that names a box is not
guidance: labels are short, stand beside boxes, and seldom are whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from perdure.core.definition.model import Guidance
from perdure.core.digitise.draft_titles import slug
from perdure.core.digitise.headings import Heading, headings
from perdure.core.digitise.values import Line, Page, PaperForm
from perdure.core.digitise.wording import plain, take_number, tidy
from perdure.core.kernel.geometry import Box

LEAST_WORDS = 14
"""A paragraph of fewer words is a label or a heading."""
_OPENING = re.compile(
    r"^(?P<head>(?:[A-Z][A-Z'&/()-]+)(?:[ ,]+(?:[A-Z&/][A-Z'&/()-]*|of|and|the|for"
    r"|to)){0,9})\s*[:.–-]\s+(?=[A-Z\"(])"
)
_TITLED = re.compile(
    r"^(?P<head>(?:privacy act (?:statement|notice|information)?|respondent burden|penalty|penalties"
    r"|note|important|warning|notice"
    r"|instructions?(?: for [\w ]{3,40})?|where to (?:send|mail|file)|what you need"
    r"|who (?:can|may|should) [\w ]{3,40}|general instructions"
    r"|paperwork reduction act(?: statement| notice)?|hinweis(?:e)?|wichtig))\s*[:.–-]\s*",
    re.I,
)


@dataclass(frozen=True)
class Passage:
    """Words under one heading on one page. text: paragraphs joined by blank lines."""

    title: str
    text: str
    page: int


def guidance_of(form: PaperForm) -> tuple[Guidance, ...]:
    """The passages of a form in order, each with its page."""
    taken: set[str] = set()
    printed = headings(form)
    result = []
    for passage in _joined([passage for page in form.pages for passage in _of_page(page, form, printed)]):
        base = slug(passage.title, words=6, length=50).replace("_", "-") or f"page-{passage.page}"
        name, at = base, 2
        while name in taken:
            name, at = f"{base}-{at}", at + 1
        taken.add(name)
        result.append(Guidance(id=name, title=passage.title, text=passage.text, page=passage.page))
    return tuple(result)


_PURPOSE = re.compile(
    r"(?:^|(?<=[.!?:]\s))((?:you (?:can |may |should )?use this|use this"
    r"|this form is (?!authori[sz]ed|due)"
    r"|complete this form|file this form"
    r"|fill (?:in|out) this form|the purpose of this|mit diesem|utilisez ce"
    r"|use este)\b[^.!?]{20,300}[.!?])",
    re.I,
)


def summary_of(guidance: Sequence[Guidance]) -> str:
    """The sentence that says what the form is for ("Use this form to ..."); "" when it says none."""
    for passage in guidance:
        found = _PURPOSE.search(passage.text)
        if found:
            return found[1][:1].upper() + found[1][1:]
    return ""


def _of_page(page: Page, form: PaperForm, printed: Sequence[Heading]) -> list[Passage]:
    marks = {heading.box: heading.title for heading in printed if heading.page == page.number}
    here = [each for each in form.fields if each.page == page.number]
    boxes = [each.box for each in here]
    labels = [_bare(f"{each.label} {each.group_label} {each.tooltip}") for each in here]
    passages: list[Passage] = []
    heading = ""
    for block in blocks_of(page.lines):
        box, text = _around(block), tidy(" ".join(line.text for line in block))
        title = next((title for mark, title in marks.items() if mark in [line.box for line in block]), "")
        if title and len(text.split()) < LEAST_WORDS + 8:
            heading = title
        elif _names_a_box(text, labels):
            continue
        elif _is_heading(block, text):
            heading = plain(text)
        elif _is_prose(text) and not _holds_boxes(box, boxes):
            passages.append(_passage(heading, text, page.number))
    return passages


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _names_a_box(text: str, labels: Sequence[str]) -> bool:
    """Is this block a numbered question, or the words of a box?"""
    number, rest = take_number(text)
    start = _bare(rest)[:60].rsplit(" ", 1)[0]
    return (
        bool(start)
        and (number[:1].isdigit() or len(start.split()) < 9)
        and any(start in each for each in labels)
    )


def blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand closely below one another with the same left edge or size: paragraphs."""
    blocks: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (round(one.box.y0), one.box.x0)):
        home = next((block for block in reversed(blocks[-12:]) if _continues(block[-1], line)), None)
        if home is None:
            blocks.append([line])
        else:
            home.append(line)
    return blocks


def _continues(above: Line, line: Line) -> bool:
    high = max(above.box.height, line.box.height, 1.0)
    gap = line.box.y0 - above.box.y1
    overlap = min(above.box.x1, line.box.x1) - max(above.box.x0, line.box.x0)
    same_line = abs(line.box.y0 - above.box.y0) < 0.4 * high and -1 < line.box.x0 - above.box.x1 < 1.5 * high
    if same_line:
        return True
    near = -0.5 * high <= gap <= 0.55 * high and overlap > 0.3 * min(above.box.width, line.box.width)
    return near and abs(above.box.height - line.box.height) < 0.35 * high


def _around(block: Sequence[Line]) -> Box:
    box = block[0].box
    for line in block[1:]:
        box = box.union(line.box)
    return box


def _is_heading(block: Sequence[Line], text: str) -> bool:
    if not 1 <= len(text.split()) <= 12 or text.endswith((".", ",", ";")):
        return False
    return all(line.bold for line in block) or text.isupper()


def _is_prose(text: str) -> bool:
    words = text.split()
    if len(words) < LEAST_WORDS:
        return False
    return bool(re.search(r"[a-z]{3,}.*[.;:]", text)) or len(words) > 30


def _holds_boxes(box: Box, boxes: Sequence[Box]) -> bool:
    """Three or more boxes inside a paragraph: it is a part of the form to fill in."""
    return sum(box.contains(*each.centre) for each in boxes) >= 3


def _passage(heading: str, text: str, page: int) -> Passage:
    opening = _TITLED.match(text) or _OPENING.match(text)
    if opening and len(text) > opening.end() + 20:
        head = opening["head"]
        return Passage(plain(head), text[opening.end() :].strip(), page)
    return Passage(heading or f"Notes on page {page}", text, page)


def _joined(passages: Sequence[Passage]) -> list[Passage]:
    """Paragraphs under the same heading on the same page are one passage."""
    result: list[Passage] = []
    for passage in passages:
        if result and (result[-1].title, result[-1].page) == (passage.title, passage.page):
            result[-1] = replace(result[-1], text=f"{result[-1].text}\n\n{passage.text}")
        else:
            result.append(passage)
    return result
