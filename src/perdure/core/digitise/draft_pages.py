"""Pages of a service from planned questions: one question a page, with few exceptions.

Exceptions: boxes that share one number on the paper (15B from, 15B to); a row of lone
ticks; runs of sums or short counts, as on tax forms, eight to a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.definition.model import Page, Question
from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_plan import Plan, Planned, PlannedGroup
from perdure.core.digitise.draft_titles import section_title

FIGURES = (Q.MONEY, Q.NUMBER, Q.WHOLE_NUMBER, Q.PERCENT)
MOST = 8
"""Questions on one page, at most, outside repeating groups."""


def pages_of(planned: Sequence[Plan]) -> tuple[Page, ...]:
    """Pages in order; every planned question on exactly one."""
    taken: set[str] = set()
    pages = []
    for run in _runs(planned):
        first = run[0]
        if isinstance(first, PlannedGroup):
            pages.append(_group_page(first, taken))
        else:
            pages.append(_page([each for each in run if isinstance(each, Planned)], taken))
    return tuple(pages)


def _runs(planned: Sequence[Plan]) -> list[list[Plan]]:
    runs: list[list[Plan]] = []
    for each in planned:
        if runs and _goes_with(runs[-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return [part for run in runs for part in _cut(run)]


def _goes_with(run: Sequence[Plan], each: Plan) -> bool:
    last = run[-1]
    if not isinstance(last, Planned) or not isinstance(each, Planned):
        return False
    same_place = last.section == each.section and last.item.page == each.item.page
    if not same_place or last.condition != each.condition or last.follows or each.follows:
        return False
    types = (last.question.type, each.question.type)
    if _composite(last) or _composite(each) or Q.SIGNATURE in types:
        return False
    if last.item.words.number and last.item.words.number == each.item.words.number:
        return len(run) < 4 and not {Q.LONG_TEXT, Q.CHOICES} & set(types)
    if types == (Q.TICK, Q.TICK):
        return abs(each.item.box.y0 - last.item.box.y0) < 40
    return all(type_ in FIGURES for type_ in types)


def _composite(each: Planned) -> bool:
    return each.question.type in (Q.NAME, Q.ADDRESS)


def _cut(run: list[Plan]) -> list[list[Plan]]:
    """Even pieces of at most MOST; two figures alone are no run, they stay pages of their own."""
    if len(run) == 2 and all(isinstance(each, Planned) and each.question.type in FIGURES for each in run):
        one, two = run
        assert isinstance(one, Planned)
        assert isinstance(two, Planned)
        if not one.item.words.number or one.item.words.number != two.item.words.number:
            return [[one], [two]]
    pieces = -(-len(run) // MOST)
    size = -(-len(run) // pieces)
    return [run[at : at + size] for at in range(0, len(run), size)]


def _page(run: Sequence[Planned], taken: set[str]) -> Page:
    first = run[0]
    questions = tuple(each.question for each in run)
    return Page(
        id=_page_id(first.question.id, taken),
        title=_title(run) if len(run) > 1 else "",
        section=first.section,
        asked_when=first.condition,
        because=first.because,
        questions=questions,
    )


def _title(run: Sequence[Planned]) -> str:
    """What the questions of a page have in common: their section, else the first of them."""
    numbers = [each.item.words.number for each in run if each.item.words.number]
    section = section_title(run[0].section)
    figures = all(each.question.type in FIGURES for each in run)
    if figures and len(set(numbers)) > 1 and all(number[:1].isdigit() for number in numbers):
        lines = f"lines {numbers[0]} to {numbers[-1]}"
        return f"{section}: {lines}" if section else lines.capitalize()
    shared = _shared_start([each.noun for each in run if not each.noun.startswith("box ")])
    if shared or section:
        return shared or section
    ticks = all(each.question.type is Q.TICK for each in run)
    return "Tick what applies" if ticks else run[0].question.title


def _shared_start(nouns: Sequence[str]) -> str:
    words = [noun.split() for noun in nouns]
    shared: list[str] = []
    for column in zip(*words, strict=False):
        if len({word.lower().strip(",.:") for word in column}) > 1:
            break
        shared.append(column[0])
    text = re.sub(r"(?i)\s+(?:of|the|for|in|on|a|from|to|and)$", "", " ".join(shared)).strip(" ,:;(-–")
    return text if len(text) > 7 else ""


def _group_page(group: PlannedGroup, taken: set[str]) -> Page:
    return Page(
        id=_page_id(group.repeat.id, taken),
        title=group.title,
        section=group.section,
        asked_when=group.condition,
        because=group.because,
        repeat=group.repeat,
        questions=tuple(_in_group(each) for each in group.questions),
    )


def _in_group(each: Planned) -> Question:
    return each.question.model_copy(
        update={"autocomplete": "", "asked_when": each.condition, "because": each.because}
    )


def _page_id(id_: str, taken: set[str]) -> str:
    base = re.sub(r"_+", "-", id_).strip("-")
    name, at = base, 2
    while name in taken:
        name, at = f"{base}-{at}", at + 1
    taken.add(name)
    return name
