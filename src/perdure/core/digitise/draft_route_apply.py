"""What a sentence that sends the reader on does to the questions behind it.

Each function takes the plan, what the paper tells, and the sentence as it was found; it puts the condition
on the questions that are meant, or returns False when that is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import TICKS
from perdure.core.digitise.draft_plan import Plan, Planned, PlannedGroup, as_written
from perdure.core.digitise.draft_route_words import (
    COMPLETE,
    FARTHEST,
    FILL_IN,
    GIVE,
    GIVE_IN,
    SKIP,
    arabic,
    flat,
    meant_by,
    numbers_in,
)
from perdure.core.digitise.wording import take_number, tidy


@dataclass(frozen=True)
class Told:
    """A route as the paper tells it: at which question, in which sentence.

    then       condition under which the answer is the one that the sentence is about
    otherwise  condition under which it is not; "" when that cannot be said for sure
    """

    at: int
    question: str
    sentence: str
    then: str
    otherwise: str = ""

    def condition(self, *, turned: bool = False) -> str:
        return self.otherwise if turned else self.then


def told_of(at: int, each: Planned, answer: str, sentence: str) -> Told:
    """Of a question that is answered yes or no, perhaps among other answers; then is "" when it is not."""
    name = each.question.id
    if each.question.type is Q.YES_NO:
        other = {"yes": "no", "no": "yes"}.get(answer, "")
        return Told(at, name, sentence, f"{name} = {answer}", f"{name} = {other}" if other else "")
    condition = answered(each, answer)
    return Told(at, name, sentence, condition, condition.replace(" = ", " != "))


def answered(asked: Planned, answer: str) -> str:
    """The condition that a question is answered with yes or no; "" when it has no such option."""
    if asked.question.type is Q.YES_NO:
        return f"{asked.question.id} = {answer}"
    found = [option for option in asked.question.options if meant_by(option.title) == answer]
    return f"{asked.question.id} = {as_written(found[0].value)}" if len(found) == 1 else ""


def may_be_answered(each: Planned) -> bool:
    """Yes or no, or a choice with Yes or No among others ("not applicable")."""
    answers = {meant_by(option.title) for option in each.question.options} & {"yes", "no"}
    return each.question.type is Q.YES_NO or (each.question.type is Q.CHOICE and bool(answers))


def chosen(at: int, each: Planned, value: str, sentence: str) -> Told:
    name = each.question.id
    if each.question.type is Q.CHOICES:
        return Told(at, name, sentence, f"{name} includes {value}")
    if each.question.type is Q.TICK:
        return Told(at, name, sentence, f"{name} = yes")
    return Told(at, name, sentence, f"{name} = {value}", f"{name} != {value}")


def apply_complete(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, complete 5B: 5B is asked when the answer is Yes."""
    wanted = numbers_in(found["targets"])
    here = result[told.at].section
    near = range(told.at + 1, _until_it_comes_again(result, told.at))
    hits = [k for k in near if number_of(result[k]) in wanted and result[k].section == here]
    if not wanted or wanted[0] not in {number_of(result[k]) for k in hits}:
        return False
    for k in hits:
        if is_remarks(result[k]):
            continue
        result[k] = when(result[k], told.condition(), told.sentence)
    return True


def _until_it_comes_again(result: Sequence[Plan], at: int) -> int:
    """Where the numbers of a block that is printed again begin anew; else as far as a route may reach."""
    end = min(len(result), at + 1 + 2 * FARTHEST)
    own, others = number_of(result[at]), False
    for k in range(at + 1, end):
        if own and others and number_of(result[k]) == own:
            return k
        others = others or number_of(result[k]) not in ("", own)
    return end


def apply_skip(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """No, skip to 8: what stands between is asked when the answer is Yes."""
    end = _end_of_skip(result, told.at, found["what"], found["target"])
    between = range(told.at + 1, end or told.at + 1)
    condition = told.condition(turned=True)
    if not between or not condition:
        return False
    if _takes_back(result, between, told):
        return False
    if all(_says(result[k], told, condition) for k in between):
        return _also_because(result, between, told.sentence)
    if len(between) > FARTHEST:
        return False
    for k in between:
        if not result[k].condition or f"{told.question} !=" in result[k].condition:
            result[k] = when(result[k], condition, told.sentence)
    return True


def _takes_back(result: list[Plan], between: Sequence[int], told: Told) -> bool:
    """Does the form say elsewhere that the other answer skips the same? Then neither is believed."""
    against = [
        k
        for k in between
        if told.then in result[k].condition.split(" and ") and SKIP.search(result[k].because)
    ]
    for k in against:
        kept = [part for part in result[k].condition.split(" and ") if part != told.then]
        result[k] = replace(
            result[k], condition=" and ".join(kept), because=result[k].because if kept else ""
        )
    return bool(against)


def _says(each: Plan, told: Told, condition: str) -> bool:
    """Is it asked for one answer only already, or for all but this one?"""
    said = each.condition.split(" and ")
    return condition in said or any(part.startswith(f"{told.question} = ") for part in said)


def _also_because(result: list[Plan], where: Sequence[int], sentence: str) -> bool:
    for k in where:
        result[k] = replace(result[k], because=_quoting(result[k].because, sentence))
    return True


def apply_give(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, give the details: the box right behind, when it has no other number, is asked for Yes."""
    del found
    for at in range(told.at + 1, min(len(result), told.at + 4)):
        after = result[at]
        first = at == told.at + 1
        if not isinstance(after, Planned) or not _is_detail(result[told.at], after):
            break
        if not first and not _GIVES.match(after.question.title):
            break
        result[at] = when(after, told.condition(), told.sentence)
    return True


_GIVES = re.compile(r"(?i)(?:please )?(?:provide|give|enter|list|explain|specify|describe|state)\b")


def _is_detail(here: Plan, after: Planned) -> bool:
    """May it be what a yes is explained with: near, without a number of its own?"""
    if not isinstance(here, Planned) or after.condition or after.follows:
        return False
    near = after.item.page == here.item.page and -4 <= after.item.box.y0 - here.item.box.y0 < 60
    details = after.question.type not in (Q.YES_NO, Q.TICK, Q.SIGNATURE)
    own = after.item.words.number in ("", here.item.words.number) and after.section == here.section
    return near and details and own


def apply_give_in(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, provide it in item 6: item 6 is asked for Yes when it stands right behind, and is no remarks."""
    wanted = numbers_in(found["targets"])
    for k in range(told.at + 1, min(len(result), told.at + 4)):
        if number_of(result[k]) in wanted[:1] and not is_remarks(result[k]):
            result[k] = when(result[k], told.condition(), told.sentence)
    return True


def apply_fill_in(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, fill in the information: the boxes right behind, up to the next question."""
    del found
    here = result[told.at]
    numbered = isinstance(here, Planned) and bool(here.item.words.number)
    for at in range(told.at + 1, min(len(result), told.at + 1 + FARTHEST)):
        after = result[at]
        own = number_of(after) not in ("", number_of(here)) or (
            isinstance(after, Planned) and _is_asked(after)
        )
        if own or after.section != here.section or not _is_under(here, after):
            break
        if isinstance(after, PlannedGroup) or (numbered and not after.condition):
            result[at] = when(after, told.condition(), told.sentence)
        if isinstance(after, PlannedGroup):
            break
    return True


def _is_asked(each: Planned) -> bool:
    return each.question.type in (Q.YES_NO, Q.SIGNATURE) or each.question.title.endswith("?")


def _is_under(here: Plan, after: Plan) -> bool:
    """On the same page, and not above it."""
    one = here.item if isinstance(here, Planned) else here.rows[0][0]
    two = after.item if isinstance(after, Planned) else after.rows[0][0]
    return one.page == two.page and two.box.y1 > one.box.y0


def is_remarks(each: Plan) -> bool:
    """Room for anything: other questions send people there too."""
    return isinstance(each, Planned) and bool(re.search(r"(?i)remarks|comments", each.question.title))


def _end_of_skip(result: list[Plan], at: int, what: str, target: str) -> int:
    wanted = re.sub(r"\W", "", target).upper()
    for k in range(at + 1, len(result)):
        if what.lower() in ("section", "sec.", "sect.", "part", "step"):
            section = result[k].section
            number = re.match(r"(?i)(?:section|part|step)\s+(\w+)", section)
            if number and arabic(number[1]) == arabic(wanted) and section != result[at].section:
                return k
        elif number_of(result[k]) in (wanted, f"{wanted}A"):
            return k
    return 0


def when(each: Plan, condition: str, sentence: str) -> Plan:
    """Asked only when the condition holds too; for either of two answers when the paper sends both here."""
    if isinstance(each, Planned) and each.follows:
        return each
    parts = [part for part in each.condition.split(" and ") if part]
    rival = next((part for part in parts if _is_rival(part, condition)), "")
    if rival:
        kept = [_either(part, condition) if part == rival else part for part in parts]
    else:
        kept = parts if condition in parts else [*parts, condition]
    asked = " and ".join(part for part in kept if part)
    return replace(each, condition=asked, because=_quoting(each.because, sentence) if asked else "")


_POSITIVE = re.compile(r"\(?(?P<name>\w+) (?P<test>=|in|includes) (?P<values>.+)$")


def _is_rival(part: str, condition: str) -> bool:
    """Another answer of the same question; both can seldom be true at once, so the paper means either."""
    one, two = _POSITIVE.match(part), _POSITIVE.match(condition)
    return bool(one and two and one["name"] == two["name"] and two["values"] not in _values(part))


def _values(part: str) -> list[str]:
    found = _POSITIVE.match(part)
    if not found:
        return []
    if found["test"] == "includes":
        return re.findall(r"includes (\S+?)(?=\)|$| or )", part)
    return re.findall(r'"[^"]*"|\w+', found["values"])


def _either(part: str, condition: str) -> str:
    """For the one answer or the other; "" when these are all there are."""
    found = _POSITIVE.match(condition)
    assert found
    values = [*_values(part), *_values(condition)]
    if set(values) == {"yes", "no"}:
        return ""
    if found["test"] == "includes":
        return "(" + " or ".join(f"{found['name']} includes {value}" for value in values) + ")"
    return f"{found['name']} in ({', '.join(values)})"


def _quoting(because: str, sentence: str) -> str:
    """A second sentence that says the same is quoted too."""
    said = sentence.strip(" ().")
    if not because:
        return said
    return because if flat(said) in flat(because) else f"{because}; {said}"


def number_of(each: Plan) -> str:
    if isinstance(each, PlannedGroup):
        return next((one.item.words.number.upper() for one in each.questions if one.item.words.number), "")
    first = each.item.first
    over = "" if first.widget in TICKS else take_number(tidy(first.group_label))[0]
    return (each.item.words.number or over).upper()


PATTERNS: tuple[tuple[re.Pattern[str], Callable[[list[Plan], Told, re.Match[str]], bool]], ...] = (
    (COMPLETE, apply_complete),
    (GIVE_IN, apply_give_in),
    (GIVE, apply_give),
    (FILL_IN, apply_fill_in),
    (SKIP, apply_skip),
)
