"""Routes that stand in the print beside the marks, where neither a tooltip nor a caption has them.

    [ ] YES  [ ] NO    (If "Yes," complete items 22A and 22B)      of the question whose marks stand there
    SECTION V (COMPLETE ONLY IF YOU ARE CURRENTLY MARRIED)         of all questions of the section

A sentence is put together from its lines of print and given to the nearest question that it may speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perdure.core.definition.model import Option
from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import Item
from perdure.core.digitise.draft_plan import Plan, Planned, as_written
from perdure.core.digitise.draft_route_apply import may_be_answered
from perdure.core.digitise.values import Line, Page, PaperForm
from perdure.core.digitise.wording import tidy
from perdure.core.kernel.geometry import Box

OF_ANSWER = re.compile(r"(?i)\bif\s+(?:you (?:answered|checked|selected)\s+)?[\"'“]?\s*(?:yes|no|ja|nein)\b")
OF_SECTION = re.compile(
    r"(?i)\bcomplete(?: this (?:section|part))?,? only if (?P<clause>[^.;)]{6,120})"
    r"|\b(?:skip|go|proceed) to (?:section|part) \w+ if (?P<unless>[^.;)]{6,120})"
)
BELOW = 20.0
"""Points between the marks of a question and a sentence under or over them, at most."""
ASIDE = 260.0
"""Points between the marks of a question and a sentence right of them, at most."""
MOST_LINES = 4
_SMALL = frozenset(
    "you are is was were not currently the a an if only do did have has been to of or and".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the print: its words, its page, and where its first line stands."""

    text: str
    page: int
    box: Box


def sentences(form: PaperForm, pattern: re.Pattern[str]) -> Iterator[Sentence]:
    """Each run of print in which the pattern begins, up to the end of its sentence."""
    for page in form.pages:
        for line in page.lines:
            found = pattern.search(line.text)
            text = _to_its_end(line, page) if found or _may_begin(line.text) else ""
            if text and pattern.search(text):
                yield Sentence(tidy(text), page.number, line.box)


def _may_begin(text: str) -> bool:
    return bool(re.search(r"(?i)\b(?:if|complete(?: only)?|skip)\W*$|\bcomplete only\b|\bskip to\b", text))


def _to_its_end(line: Line, page: Page) -> str:
    texts, last = [line.text], line
    while len(texts) < MOST_LINES and not re.search(r"[.;]\W*$|\)\s*$", texts[-1]):
        below = [other for other in page.lines if _goes_on(last, other)]
        if not below:
            break
        last = min(below, key=lambda other: other.box.y0)
        texts.append(last.text)
    return " ".join(texts)


def _goes_on(one: Line, two: Line) -> bool:
    white = two.box.y0 - one.box.y1
    return -3 <= white <= 4 and two.box.y0 > one.box.y0 + 3 and abs(one.box.x0 - two.box.x0) < 18


@dataclass(frozen=True, order=True)
class Place:
    """Where a question stands in a plan. column: its place in the record of a group; -1 outside groups."""

    at: int
    column: int = -1


def asked_beside(planned: Sequence[Plan], sentence: Sentence) -> Place | None:
    """The question of yes or no whose marks stand nearest to a sentence; None when none is near."""
    near = [
        (_apart(item, sentence), Place(at, column))
        for at, each in enumerate(planned)
        for column, asked, item in _marks_of(each)
        if _may_own(asked, item, sentence)
    ]
    return min(near)[1] if near else None


def _marks_of(each: Plan) -> Iterator[tuple[int, Planned, Item]]:
    """Every printed place of a question: of a group those of all its rows."""
    if isinstance(each, Planned):
        yield -1, each, each.item
        return
    for row in each.rows:
        for column, (asked, item) in enumerate(zip(each.questions, row, strict=True)):
            yield column, asked, item


def _may_own(asked: Planned, item: Item, sentence: Sentence) -> bool:
    if not may_be_answered(asked) or item.page != sentence.page:
        return False
    box = item.box
    aside = -20 <= sentence.box.x0 - box.x0 <= box.width + ASIDE
    return aside and -BELOW <= sentence.box.y0 - box.y1 <= BELOW - 4


def _apart(item: Item, sentence: Sentence) -> float:
    down = abs(sentence.box.centre[1] - item.box.centre[1])
    return 3 * down + max(0.0, sentence.box.x0 - item.box.x1)


def section_under(planned: Sequence[Plan], sentence: Sentence) -> range:
    """The run of questions of the section that begins under a sentence; empty when there is none."""
    below = [
        at
        for at, each in enumerate(planned)
        if _page(each) == sentence.page and 0 <= _box(each).y1 - sentence.box.y0 < 120
    ]
    if not below or not planned[below[0]].section:
        return range(0)
    start = below[0]
    section = planned[start].section
    if start and planned[start - 1].section == section:
        return range(0)  # it stands in the middle of a section, so we cannot tell what it is about
    end = start
    while end < len(planned) and planned[end].section == section:
        end += 1
    return range(start, end)


def _page(each: Plan) -> int:
    return each.item.page if isinstance(each, Planned) else each.rows[0][0].page


def _box(each: Plan) -> Box:
    return each.item.box if isinstance(each, Planned) else each.rows[0][0].box


def option_said(planned: Sequence[Plan], before: int, clause: str) -> str:
    """ "You are currently married": the condition that an option asked before is that; "" when none is.

    The option must be the only one whose words all stand in the clause.
    """
    said = _words(clause)
    for each in reversed(planned[:before]):
        if not isinstance(each, Planned) or each.question.type is not Q.CHOICE or each.condition:
            continue
        fitting = [option for option in each.question.options if _fits(option, said)]
        if len(fitting) == 1:
            test = "!=" if re.search(r"(?i)\bnot\b", clause) else "="
            return f"{each.question.id} {test} {as_written(fitting[0].value)}"
    return ""


def _fits(option: Option, said: frozenset[str]) -> bool:
    words = _words(option.title)
    return bool(words) and words <= said


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower())) - _SMALL
