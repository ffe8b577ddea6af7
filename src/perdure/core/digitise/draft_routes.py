"""Routes printed on the paper become conditions, each with the sentence it comes from.

    5A  Have you been married?  [ ] Yes (If "Yes," complete item 5B)  [ ] No
    5B  asked when 5A = yes, because: If "Yes," complete item 5B

Only what is sure becomes a condition. A route that names something we cannot find, or that
skips further than a person would trust a rule, is a note for the review.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import TICKS, Item
from perdure.core.digitise.draft_plan import Plan, Planned, PlannedGroup, as_written
from perdure.core.digitise.draft_route_lines import (
    OF_ANSWER,
    OF_SECTION,
    asked_beside,
    option_said,
    section_under,
    sentences,
)
from perdure.core.digitise.values import PaperForm
from perdure.core.digitise.wording import take_number, tidy

_ANSWER = r"[\"'“]?\s*(?P<answer>yes|no|ja|nein)\s*[,.]?\s*[\"'”]?"
_ITEMS = r"(?:items?|questions?|lines?|blocks?|boxes)"
_TARGETS = (
    r"(?P<targets>\d{1,3}(?:\s?\.?\s?\(?[A-Za-z]\)?(?![A-Za-z]))?(?:[\s.]*(?:,|and|&|through|thru|to|-|–"
    r"|or)\s*(?:items?\s*)?\d{0,3}\s?\.?\s?\(?[A-Za-z]?\)?(?![A-Za-z]))*)"
)
COMPLETE = re.compile(
    rf"\bif\s+(?:you (?:answered|checked|selected|marked)\s+)?{_ANSWER}\s*[,:–-]?\s*"
    r"(?:then\s+|please\s+|you must\s+)?(?:also\s+)?"
    r"(?:complete|answer|provide|fill (?:in|out)|specify|explain in|list in)\s+"
    rf"(?:the\s+)?(?:following\s+)?{_ITEMS}\s+{_TARGETS}",
    re.I,
)
GIVE_IN = re.compile(
    rf"\bif\s+{_ANSWER}\s*[,:–-]?\s*(?:please\s+)?(?:provide|give|enter|list|explain|specify|describe|state)\b"
    rf"[^.;]{{0,60}}?\bin\s+{_ITEMS}\s+{_TARGETS}",
    re.I,
)
GIVE = re.compile(
    rf"\bif\s+{_ANSWER}\s*[,:–-]?\s*(?:please\s+)?"
    r"(?:provide|give|enter|list|explain|specify|describe|state)\b(?![^.;]{0,60}\bin item)[^.;()]{0,120}",
    re.I,
)
FILL_IN = re.compile(
    r"(?:\bif\s+[\"'“]?(?P<answer>yes|no)[\"'”]?\s*[,:–-]?\s*)?(?:please\s+)?"
    r"\b(?:fill (?:in|out)|complete|list|provide|enter|give)\b(?:\s+in)?\s+(?:all\s+|the\s+|this\s+|any\s+)*"
    r"(?:following\s+)?(?:information|table|chart|boxes|lines|rows|details)\b[^.;()]{0,60}"
    r"|\b(?:fill (?:in|out)|complete|list|provide|enter|give)\b[^.;()]{0,40}\b(?:below|here)\b",
    re.I,
)
OPTION_COMPLETE = re.compile(
    r"(?:\bif\s+[^,.;]{1,24},\s*)?\b(?:complete|answer|fill (?:in|out))\s+"
    rf"(?:the\s+)?(?:following\s+)?{_ITEMS}\s+{_TARGETS}",
    re.I,
)
SKIP = re.compile(
    rf"(?:\bif\s+{_ANSWER}\s*[,:–-]?\s*(?:then\s+|please\s+)?)?"
    r"\b(?:skip (?:this (?:part|section)\s*,?\s*(?:and|then)\s+)?)?"
    r"(?:(?<=skip )|(?:go|proceed|continue)\s+)(?:directly\s+)?to\s+"
    r"(?:(?P<what>items?|questions?|lines?|section|sect?\.|part|step)\s*(?<=[\s.]))(?P<target>\d{1,3}\s?\.?\s?\(?[A-Za-z]?\)?|[IVX]+|[A-Z])(?![A-Za-z])",
    re.I,
)
IF_CHOSEN = re.compile(
    r"^\W*if (?:you )?(?:have )?(?:checked|selected|chose|chosen|marked|ticked)\s+"
    r"[\"“'](?P<option>[^\"”]{2,60}?)[\"”']"
    rf"(?:[^.;?]{{0,20}}?\bin {_ITEMS}\s+(?P<target>\d{{1,3}}\s?\.?\s?[A-Za-z]?))?\s*,\s*(?=\w)",
    re.I,
)
IF_ANSWER = re.compile(rf"^\W*(?:if|wenn|falls)\s+{_ANSWER}\s*[,:–-]?\s*(?=\w)", re.I)
ONLY_IF = re.compile(
    r"(?i)\b(?:complete|answer|fill (?:in|out))\b[^.]{0,40}\bonly if\b[^.]*"
    r"|\bonly if\b[^.]*\b(?:complete|answer)\b[^.]*|\bskip (?:this|to)\b[^.]*"
)
FARTHEST = 14
"""Questions that one skip may jump over; more than this a person must confirm."""


@dataclass(frozen=True)
class Doubt:
    """A route that we saw and did not dare to make. question: id; says: in words."""

    question: str
    says: str


def route(planned: Sequence[Plan], form: PaperForm | None = None) -> tuple[list[Plan], list[Doubt]]:
    """The same plan with conditions, and the routes left to a person.

    form  where routes are looked for that stand in the print only
    """
    result = list(planned)
    doubts: list[Doubt] = []
    for at, each in enumerate(planned):
        if not isinstance(each, Planned):
            continue
        if each.question.type is Q.YES_NO:
            _from_options(result, at, each, doubts)
        elif each.question.type in (Q.CHOICE, Q.CHOICES, Q.TICK):
            _from_choices(result, at, each, doubts)
    _from_openings(result)
    if form is not None:
        _from_print(result, form, doubts)
    for each in result:
        doubts += _only_if(each)
    return result, doubts


def _from_print(result: list[Plan], form: PaperForm, doubts: list[Doubt]) -> None:
    """Routes in the print beside the marks of a question, and over a section."""
    for sentence in sentences(form, OF_ANSWER):
        at = asked_beside(result, sentence)
        each = result[at] if at is not None else None
        if at is not None and isinstance(each, Planned) and not _has_said(each, sentence.text):
            _from_sentence(result, at, each.question.id, sentence.text, doubts)
    for sentence in sentences(form, OF_SECTION):
        section = section_under(result, sentence)
        found = OF_SECTION.search(sentence.text)
        if not section or found is None:
            continue
        condition = option_said(result, section[0], found["clause"] or found["unless"])
        if found["unless"]:
            condition = (
                condition.replace(" != ", " = ") if " != " in condition else condition.replace(" = ", " != ")
            )
        for at in section if condition else ():
            name = condition.split(" ", 1)[0]
            if f"{name} =" not in result[at].condition:
                result[at] = _when(_without(result[at], name), condition, found[0])


def _without(each: Plan, name: str) -> Plan:
    """Without what a looser route said of the same question: "not never married" when it is "married"."""
    kept = [part for part in each.condition.split(" and ") if not part.startswith(f"{name} !=")]
    return replace(each, condition=" and ".join(part for part in kept if part))


def _has_said(each: Planned, sentence: str) -> bool:
    """Do the words of its boxes have the sentence too?"""
    words = " ".join([*each.item.said, each.item.words.was, each.item.words.hint])
    return _flat(sentence)[:50] in _flat(words)


def _flat(text: str) -> str:
    """For comparing: letters and digits only."""
    return re.sub(r"\W+", "", text).lower()


def _from_sentence(result: list[Plan], at: int, name: str, sentence: str, doubts: list[Doubt]) -> None:
    for pattern, apply in PATTERNS:
        for found in pattern.finditer(sentence):
            meant = _meant(found["answer"] or "")
            if not meant or not apply(result, _told(at, name, meant, found[0]), found):
                doubts.append(Doubt(name, f"The paper says: {found[0]}. We could not tell what it skips."))


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


def _told(at: int, question: str, answer: str, sentence: str) -> Told:
    """Of a yes-or-no question."""
    other = {"yes": "no", "no": "yes"}.get(answer, "")
    return Told(at, question, sentence, f"{question} = {answer}", f"{question} = {other}" if other else "")


def _from_options(result: list[Plan], at: int, each: Planned, doubts: list[Doubt]) -> None:
    """The words beside Yes and No: "(If "Yes," complete item 5B)" and "(If "No," skip to item 8)"."""
    words = [(answer, tidy(said)) for answer, said in zip(("yes", "no"), each.item.said, strict=False)]
    words.append(("", tidy(f"{each.item.words.was} {each.item.words.hint}")))
    name = each.question.id
    seen: set[str] = set()
    for beside, said in words:
        for pattern, apply in PATTERNS:
            for found in pattern.finditer(said):
                meant = _meant(found["answer"] or beside)
                told = _told(at, name, meant, found[0])
                if found[0] in seen or (meant and apply(result, told, found)):
                    continue
                seen.add(found[0])
                doubts.append(Doubt(name, f"The paper says: {found[0]}. We could not tell what it skips."))


def _meant(answer: str) -> str:
    return {"ja": "yes", "nein": "no"}.get(answer.lower(), answer.lower())


def _apply_complete(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, complete 5B: 5B is asked when the answer is Yes."""
    wanted = _numbers(found["targets"])
    here = result[told.at].section
    near = range(told.at + 1, min(len(result), told.at + 1 + 2 * FARTHEST))
    hits = [k for k in near if _number(result[k]) in wanted and result[k].section == here]
    if not wanted or wanted[0] not in {_number(result[k]) for k in hits}:
        return False
    for k in hits:
        if _is_remarks(result[k]):
            continue
        result[k] = _when(result[k], told.condition(), told.sentence)
    return True


def _apply_skip(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
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
        if not _condition(result[k]) or f"{told.question} !=" in _condition(result[k]):
            result[k] = _when(result[k], condition, told.sentence)
    return True


def _takes_back(result: list[Plan], between: Sequence[int], told: Told) -> bool:
    """Does the form say elsewhere that the other answer skips the same? Then neither is believed."""
    against = [
        k
        for k in between
        if told.then in _condition(result[k]).split(" and ") and SKIP.search(result[k].because)
    ]
    for k in against:
        kept = [part for part in result[k].condition.split(" and ") if part != told.then]
        result[k] = replace(
            result[k], condition=" and ".join(kept), because=result[k].because if kept else ""
        )
    return bool(against)


def _says(each: Plan, told: Told, condition: str) -> bool:
    """Is it asked for one answer only already, or for all but this one?"""
    said = _condition(each).split(" and ")
    return condition in said or any(part.startswith(f"{told.question} = ") for part in said)


def _also_because(result: list[Plan], where: Sequence[int], sentence: str) -> bool:
    """A second sentence that says the same is quoted too."""
    said = sentence.strip(" ().")
    for k in where:
        if _flat(said) not in _flat(result[k].because):
            result[k] = replace(result[k], because=f"{result[k].because}; {said}")
    return True


def _apply_give(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, give the details: the box right behind, when it has no other number, is asked for Yes."""
    del found
    for at in range(told.at + 1, min(len(result), told.at + 4)):
        after = result[at]
        first = at == told.at + 1
        if not isinstance(after, Planned) or not _is_detail(result[told.at], after):
            break
        if not first and not _GIVES.match(after.question.title):
            break
        result[at] = _when(after, told.condition(), told.sentence)
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


def _apply_give_in(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, provide it in item 6: item 6 is asked for Yes when it stands right behind, and is no remarks."""
    wanted = _numbers(found["targets"])
    for k in range(told.at + 1, min(len(result), told.at + 4)):
        if _number(result[k]) in wanted[:1] and not _is_remarks(result[k]):
            result[k] = _when(result[k], told.condition(), told.sentence)
    return True


def _apply_fill_in(result: list[Plan], told: Told, found: re.Match[str]) -> bool:
    """Yes, fill in the information: the boxes right behind, up to the next question."""
    del found
    here = result[told.at]
    numbered = isinstance(here, Planned) and bool(here.item.words.number)
    for at in range(told.at + 1, min(len(result), told.at + 1 + FARTHEST)):
        after = result[at]
        own = _number(after) not in ("", _number(here)) or (isinstance(after, Planned) and _is_asked(after))
        if own or after.section != here.section or not _is_under(here, after):
            break
        if isinstance(after, PlannedGroup) or (numbered and not after.condition):
            result[at] = _when(after, told.condition(), told.sentence)
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


def _is_remarks(each: Plan) -> bool:
    """Room for anything: other questions send people there too."""
    return isinstance(each, Planned) and bool(re.search(r"(?i)remarks|comments", each.question.title))


def _end_of_skip(result: list[Plan], at: int, what: str, target: str) -> int:
    wanted = re.sub(r"\W", "", target).upper()
    for k in range(at + 1, len(result)):
        if what.lower() in ("section", "sec.", "sect.", "part", "step"):
            section = result[k].section
            number = re.match(r"(?i)(?:section|part|step)\s+(\w+)", section)
            if number and _arabic(number[1]) == _arabic(wanted) and section != result[at].section:
                return k
        elif _number(result[k]) in (wanted, f"{wanted}A"):
            return k
    return 0


def _arabic(number: str) -> str:
    roman = {
        "I": "1",
        "II": "2",
        "III": "3",
        "IV": "4",
        "V": "5",
        "VI": "6",
        "VII": "7",
        "VIII": "8",
        "IX": "9",
        "X": "10",
    }
    return roman.get(number.upper(), number.upper())


def _from_openings(result: list[Plan]) -> None:
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
        condition = _answered(before, _meant(opening["answer"]))
        if condition:
            result[at] = _when(_without_opening(each), condition, sentence)


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
        if not isinstance(before, Planned) or (target and _number(before) != target):
            continue
        option = [one for one in before.question.options if _flat(one.title) == _flat(found["option"])]
        if len(option) == 1:
            test = "includes" if before.question.type is Q.CHOICES else "="
            condition = f"{before.question.id} {test} {as_written(option[0].value)}"
            result[at] = _when(_without_opening(each, IF_CHOSEN), condition, found[0].strip(" ,"))
            return


def _answered(asked: Planned, answer: str) -> str:
    """The condition that a question is answered with yes or no; "" when it has no such option."""
    if asked.question.type is Q.YES_NO:
        return f"{asked.question.id} = {answer}"
    found = [option for option in asked.question.options if _meant(option.title) == answer]
    return f"{asked.question.id} = {as_written(found[0].value)}" if len(found) == 1 else ""


def _asked_before(result: Sequence[Plan], at: int) -> Planned | None:
    """The question of yes or no that "if yes" looks back to: the nearest of the three before it."""
    here = result[at]
    if not isinstance(here, Planned):
        return None
    for k in range(at - 1, max(-1, at - 4), -1):
        before = result[k]
        if isinstance(before, Planned) and _may_be_answered(before):
            near = here.item.page == before.item.page and abs(here.item.box.y0 - before.item.box.y1) < 90
            return before if near else None
    return None


def _may_be_answered(each: Planned) -> bool:
    """Yes or no, or a choice with Yes or No among others ("not applicable")."""
    answers = {_meant(option.title) for option in each.question.options} & {"yes", "no"}
    return each.question.type is Q.YES_NO or (each.question.type is Q.CHOICE and bool(answers))


def _without_opening(each: Planned, opening: re.Pattern[str] = IF_ANSWER) -> Planned:
    title = opening.sub("", each.question.title).strip(" ,")
    title = title[:1].upper() + title[1:]
    if len(title) < 4:
        return each
    return replace(each, question=each.question.model_copy(update={"title": title}))


def _from_choices(result: list[Plan], at: int, each: Planned, doubts: list[Doubt]) -> None:
    """The words beside an option: "(If checked, complete item 17)", "(skip to section 6)"."""
    said = each.item.said
    options = each.question.options
    for k, words in enumerate(map(tidy, said[: max(len(options), 1)])):
        value = as_written(options[k].value) if options else "yes"
        for pattern, apply in ((OPTION_COMPLETE, _apply_complete), (SKIP, _apply_skip)):
            found = pattern.search(words)
            if not found:
                continue
            sentence = f"{options[k].title}: {found[0]}" if options else found[0]
            if not apply(result, _chosen(at, each, value, sentence), found):
                says = f"The paper says: {found[0]}. Check whether questions should be skipped."
                doubts.append(Doubt(each.question.id, says))


def _chosen(at: int, each: Planned, value: str, sentence: str) -> Told:
    name = each.question.id
    if each.question.type is Q.CHOICES:
        return Told(at, name, sentence, f"{name} includes {value}")
    if each.question.type is Q.TICK:
        return Told(at, name, sentence, f"{name} = yes")
    return Told(at, name, sentence, f"{name} = {value}", f"{name} != {value}")


def _only_if(each: Plan) -> list[Doubt]:
    """ "Complete only if ..." is for a person: what it depends on is rarely one answer."""
    items = [each.item] if isinstance(each, Planned) else [one.item for one in each.questions]
    name = each.question.id if isinstance(each, Planned) else each.repeat.id
    said = [
        found[0].strip()
        for item in items
        if (found := ONLY_IF.search(f"{item.words.preface} {item.words.hint} {_raw(item)}"))
    ]
    if not said or _condition(each):
        return []
    return [Doubt(name, f"The paper says: {said[0]}. Decide when this is asked.")]


def _raw(item: Item) -> str:
    """The front of the words as the file has them, with the bracket behind a section's heading."""
    return tidy(item.first.tooltip or item.first.label)[:300]


PATTERNS: tuple[tuple[re.Pattern[str], Callable[[list[Plan], Told, re.Match[str]], bool]], ...] = (
    (COMPLETE, _apply_complete),
    (GIVE_IN, _apply_give_in),
    (GIVE, _apply_give),
    (FILL_IN, _apply_fill_in),
    (SKIP, _apply_skip),
)


def _when(each: Plan, condition: str, sentence: str) -> Plan:
    if isinstance(each, Planned) and each.follows:
        return each
    sentence = sentence.strip(" ().")
    if condition in each.condition.split(" and "):
        return each
    if each.condition:
        both = each.because if _flat(sentence) in _flat(each.because) else f"{each.because}; {sentence}"
        return replace(each, condition=f"{each.condition} and {condition}", because=both)
    return replace(each, condition=condition, because=sentence)


def _condition(each: Plan) -> str:
    return each.condition


def _number(each: Plan) -> str:
    if isinstance(each, PlannedGroup):
        return next((one.item.words.number.upper() for one in each.questions if one.item.words.number), "")
    first = each.item.first
    over = "" if first.widget in TICKS else take_number(tidy(first.group_label))[0]
    return (each.item.words.number or over).upper()


def _numbers(targets: str) -> list[str]:
    """ "12B and 12C", "5b through 5d" as item numbers, in order."""
    text = re.sub(r"(\d)\s?\.?\s?\(?([A-Za-z])\)?(?![A-Za-z])", r"\1\2", targets)
    tokens = re.findall(r"\d{1,3}[A-Za-z]?(?![A-Za-z])|\b[A-Z]\b|through|thru|to|-|–", text, re.I)
    numbers: list[str] = []
    span = False
    for token in tokens:
        if re.fullmatch(r"through|thru|to|-|–", token, re.I):
            span = bool(numbers)
            continue
        number = token.upper()
        if number.isalpha() and numbers:
            number = re.sub(r"\D", "", numbers[-1]) + number
        if span:
            numbers += _between(numbers[-1], number)
        numbers.append(number)
        span = False
    return numbers


def _between(start: str, end: str) -> list[str]:
    one, two = re.match(r"(\d+)([A-Z]?)$", start), re.match(r"(\d+)([A-Z]?)$", end)
    if not one or not two:
        return []
    if one[1] == two[1] and one[2] and two[2]:
        return [one[1] + chr(code) for code in range(ord(one[2]) + 1, ord(two[2]))]
    if not one[2] and not two[2]:
        return [str(number) for number in range(int(one[1]) + 1, min(int(two[1]), int(one[1]) + 30))]
    return []
