"""Questions that open with their own condition: "If yes, when?", 'If you checked "stepchild" in item 17G'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_plan import Plan, Planned, as_written
from perdure.core.digitise.draft_route_apply import answered, may_be_answered, number_of, when
from perdure.core.digitise.draft_route_words import FARTHEST, IF_ANSWER, IF_CHOSEN, flat, meant_by
from perdure.core.digitise.wording import take_number, tidy


def from_openings(result: list[Plan]) -> None:
    """ "If yes, ..." right behind a yes-or-no question is asked when it is answered so."""
    for at in range(1, len(result)):
        each = result[at]
        if not isinstance(each, Planned) or each.condition:
            continue
        _from_chosen(result, at, each)
        each = result[at]
        assert isinstance(each, Planned)
        if each.condition:
            continue
        opening = IF_ANSWER.match(tidy(each.question.was)) or IF_ANSWER.match(each.question.title)
        before = _asked_before(result, at)
        if not opening or before is None:
            continue
        sentence = tidy(each.question.was)[:200] or each.question.title
        condition = answered(before, meant_by(opening["answer"]))
        if condition:
            result[at] = when(_without_opening(each), condition, sentence)


def _from_chosen(result: list[Plan], at: int, each: Planned) -> None:
    """'If you checked "stepchild" in item 17G, is ...?' is asked when that option is."""
    number, said = take_number(tidy(each.question.was))
    found = IF_CHOSEN.match(said)
    if not found:
        return
    target = re.sub(r"\W", "", found["target"] or "").upper()
    own = re.match(r"\d*", number)
    if target and own and own[0] and not target.startswith(own[0]):
        target = own[0] + re.sub(r"\d", "", target)  # copied from another block without its number
    for before in reversed(result[max(0, at - (FARTHEST if target else 3)) : at]):
        if not isinstance(before, Planned) or (target and number_of(before) != target):
            continue
        option = [one for one in before.question.options if flat(one.title) == flat(found["option"])]
        if len(option) == 1:
            test = "includes" if before.question.type is Q.CHOICES else "="
            condition = f"{before.question.id} {test} {as_written(option[0].value)}"
            result[at] = when(_without_opening(each, IF_CHOSEN), condition, found[0].strip(" ,"))
            return


def _asked_before(result: Sequence[Plan], at: int) -> Planned | None:
    """The question of yes or no that "if yes" looks back to: the nearest of the three before it."""
    here = result[at]
    if not isinstance(here, Planned):
        return None
    for k in range(at - 1, max(-1, at - 4), -1):
        before = result[k]
        if isinstance(before, Planned) and may_be_answered(before):
            near = here.item.page == before.item.page and abs(here.item.box.y0 - before.item.box.y1) < 90
            return before if near else None
    return None


def _without_opening(each: Planned, opening: re.Pattern[str] = IF_ANSWER) -> Planned:
    title = opening.sub("", each.question.title).strip(" ,")
    title = title[:1].upper() + title[1:]
    if len(title) < 4:
        return each
    return replace(each, question=each.question.model_copy(update={"title": title}))
