"""Routes printed on the paper become conditions, each with the sentence it comes from.

    5A  Have you been married?  [ ] Yes (If "Yes," complete item 5B)  [ ] No
    5B  asked when 5A = yes, because: If "Yes," complete item 5B

Only what is sure becomes a condition. A route that names something we cannot find, or that
skips further than a person would trust a rule, is a note for the review.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import Item
from perdure.core.digitise.draft_plan import Plan, Planned, PlannedGroup, as_written
from perdure.core.digitise.draft_route_apply import (
    PATTERNS,
    apply_complete,
    apply_skip,
    chosen,
    told_of,
    when,
)
from perdure.core.digitise.draft_route_lines import (
    OF_ANSWER,
    OF_SECTION,
    asked_beside,
    option_said,
    section_under,
    sentences,
)
from perdure.core.digitise.draft_route_openings import from_openings
from perdure.core.digitise.draft_route_words import ONLY_IF, OPTION_COMPLETE, SKIP, flat, meant_by
from perdure.core.digitise.values import PaperForm
from perdure.core.digitise.wording import tidy


@dataclass(frozen=True)
class Doubt:
    """A route that we saw and did not dare to make. question: id of the question or group; says: in words."""

    question: str
    says: str


def route(planned: Sequence[Plan], form: PaperForm | None = None) -> tuple[list[Plan], list[Doubt]]:
    """The same plan with conditions, and the routes left to a person.

    form  where routes are looked for that stand in the print only
    """
    result = list(planned)
    doubts: list[Doubt] = []
    _from_words(result, doubts)
    for at, each in enumerate(result):
        if isinstance(each, PlannedGroup):
            result[at] = _within(each, doubts)
    if form is not None:
        _from_print(result, form, doubts)
    for each in result:
        doubts += _only_if(each)
    return result, doubts


def _from_words(result: list[Plan], doubts: list[Doubt]) -> None:
    """What stands in the words of the questions and beside their options."""
    for at, each in enumerate(result):
        if not isinstance(each, Planned):
            continue
        if each.question.type is Q.YES_NO:
            _from_options(result, at, each, doubts)
        elif each.question.type in (Q.CHOICE, Q.CHOICES, Q.TICK):
            _from_choices(result, at, each, doubts)
    from_openings(result)


def _within(group: PlannedGroup, doubts: list[Doubt]) -> PlannedGroup:
    """The routes inside one record: its conditions see the questions before them of the same record."""
    inner: list[Plan] = list(group.questions)
    found: list[Doubt] = []
    _from_words(inner, found)
    doubts += [Doubt(group.repeat.id, one.says) for one in found]
    return _closed(group, inner)


def _closed(group: PlannedGroup, inner: Sequence[Plan]) -> PlannedGroup:
    return replace(group, questions=tuple(each for each in inner if isinstance(each, Planned)))


def _from_print(result: list[Plan], form: PaperForm, doubts: list[Doubt]) -> None:
    """Routes in the print beside the marks of a question, and over a section."""
    for sentence in sentences(form, OF_ANSWER):
        place = asked_beside(result, sentence)
        each = result[place.at] if place else None
        if place and isinstance(each, Planned):
            _from_sentence(result, place.at, sentence.text, each.question.id, doubts)
        elif place and isinstance(each, PlannedGroup):
            inner: list[Plan] = list(each.questions)
            _from_sentence(inner, place.column, sentence.text, each.repeat.id, doubts)
            result[place.at] = _closed(each, inner)
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
                result[at] = when(_without(result[at], name), condition, found[0])


def _without(each: Plan, name: str) -> Plan:
    """Without what a looser route said of the same question: "not never married" when it is "married"."""
    kept = [part for part in each.condition.split(" and ") if not part.startswith(f"{name} !=")]
    return replace(each, condition=" and ".join(part for part in kept if part))


def _has_said(each: Planned, sentence: str) -> bool:
    """Do the words of its boxes have the sentence too?"""
    words = " ".join([*each.item.said, each.item.words.was, each.item.words.hint])
    return flat(sentence)[:50] in flat(words)


def _from_sentence(result: list[Plan], at: int, sentence: str, name: str, doubts: list[Doubt]) -> None:
    each = result[at]
    if not isinstance(each, Planned) or _has_said(each, sentence):
        return
    for pattern, apply in PATTERNS:
        for found in pattern.finditer(sentence):
            told = told_of(at, each, meant_by(found["answer"] or ""), found[0])
            if not (found["answer"] and told.then and apply(result, told, found)):
                doubts.append(Doubt(name, f"The paper says: {found[0]}. We could not tell what it skips."))


def _from_options(result: list[Plan], at: int, each: Planned, doubts: list[Doubt]) -> None:
    """The words beside Yes and No: "(If "Yes," complete item 5B)" and "(If "No," skip to item 8)"."""
    words = [(answer, tidy(said)) for answer, said in zip(("yes", "no"), each.item.said, strict=False)]
    words.append(("", tidy(f"{each.item.words.was} {each.item.words.hint}")))
    name = each.question.id
    seen: set[tuple[str, str]] = set()
    for beside, said in words:
        for pattern, apply in PATTERNS:
            for found in pattern.finditer(said):
                answer = meant_by(found["answer"] or beside)
                if (answer, found[0]) in seen:
                    continue
                seen.add((answer, found[0]))
                if not answer or not apply(result, told_of(at, each, answer, found[0]), found):
                    says = f"The paper says: {found[0]}. We could not tell what it skips."
                    doubts += [] if Doubt(name, says) in doubts else [Doubt(name, says)]


def _from_choices(result: list[Plan], at: int, each: Planned, doubts: list[Doubt]) -> None:
    """The words beside an option: "(If checked, complete item 17)", "(skip to section 6)"."""
    said = each.item.said
    options = each.question.options
    for k, words in enumerate(map(tidy, said[: max(len(options), 1)])):
        value = as_written(options[k].value) if options else "yes"
        for pattern, apply in ((OPTION_COMPLETE, apply_complete), (SKIP, apply_skip)):
            found = pattern.search(words)
            if not found:
                continue
            sentence = f"{options[k].title}: {found[0]}" if options else found[0]
            if not apply(result, chosen(at, each, value, sentence), found):
                says = f"The paper says: {found[0]}. Check whether questions should be skipped."
                doubts.append(Doubt(each.question.id, says))


def _only_if(each: Plan) -> list[Doubt]:
    """ "Complete only if ..." is for a person: what it depends on is rarely one answer."""
    items = [each.item] if isinstance(each, Planned) else [one.item for one in each.questions]
    name = each.question.id if isinstance(each, Planned) else each.repeat.id
    said = [
        found[0].strip()
        for item in items
        if (found := ONLY_IF.search(f"{item.words.preface} {item.words.hint} {_raw(item)}"))
    ]
    if not said or each.condition:
        return []
    return [Doubt(name, f"The paper says: {said[0]}. Decide when this is asked.")]


def _raw(item: Item) -> str:
    """The front of the words as the file has them, with the bracket behind a section's heading."""
    return tidy(item.first.tooltip or item.first.label)[:300]
