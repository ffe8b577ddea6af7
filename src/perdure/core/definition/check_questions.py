"""Errors in pages, questions and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from perdure.core.definition.answers.raw import input_names
from perdure.core.definition.conditions.parse import RESERVED
from perdure.core.definition.findings import Finding
from perdure.core.definition.model import ADDRESS_PARTS, NAME_PARTS, Definition, Question, QuestionType
from perdure.core.definition.model_words import listed, nearest
from perdure.core.definition.patterns import slow_part
from perdure.core.definition.yaml_text import Where

_CHOICE = {QuestionType.CHOICE, QuestionType.CHOICES}
_NUMBER = {QuestionType.WHOLE_NUMBER, QuestionType.NUMBER, QuestionType.MONEY, QuestionType.PERCENT}
_TEXT = {
    QuestionType.TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.PHONE,
    QuestionType.EMAIL,
    QuestionType.IDENTIFIER,
    QuestionType.SIGNATURE,
}
_PARTS = {QuestionType.NAME: NAME_PARTS, QuestionType.ADDRESS: ADDRESS_PARTS}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_PATTERN = 300


def question_errors(definition: Definition) -> Iterator[Finding]:
    """Errors of pages and questions, apart from their conditions."""
    yield from _pages_twice(definition)
    yield from _names(definition)
    yield from _inputs_twice(definition)
    for where, question in _questions(definition):
        yield from _options(where, question)
        yield from _limits(where, question)
        yield from _pattern(where, question)
        yield from _parts(where, question)
        yield from _currency((*where, "currency"), question.currency)
    yield from _currency(("currency",), definition.currency)
    for index, page in enumerate(definition.pages):
        repeat = page.repeat
        if repeat and repeat.at_most is not None and repeat.at_least > repeat.at_most:
            yield Finding(
                ("pages", index, "repeat", "at_least"),
                f"at_least {repeat.at_least} is more than at_most {repeat.at_most}.",
                f"Write at most {repeat.at_most}.",
            )


def _questions(definition: Definition) -> Iterator[tuple[Where, Question]]:
    for index, page in enumerate(definition.pages):
        for number, question in enumerate(page.questions):
            yield ("pages", index, "questions", number), question


def twice(named: Iterable[tuple[Where, str]], what: str) -> Iterator[Finding]:
    """A finding for every name that was used before."""
    seen: set[str] = set()
    named = list(named)
    taken = {name for _, name in named}
    for where, name in named:
        if name in seen:
            yield Finding(where, f"{name} names two {what}.", f"Write another, like {_free(name, taken)}.")
        seen.add(name)


def _free(name: str, taken: set[str]) -> str:
    """A name like it that is not used yet."""
    joint = "-" if "-" in name else "_"
    number = 2
    while f"{name[:60]}{joint}{number}" in taken:
        number += 1
    taken.add(free := f"{name[:60]}{joint}{number}")
    return free


def _pages_twice(definition: Definition) -> Iterator[Finding]:
    pages = [(("pages", index, "id"), page.id) for index, page in enumerate(definition.pages)]
    yield from twice(pages, "pages")


def _names(definition: Definition) -> Iterator[Finding]:
    """Questions, groups and derived values share their names, because conditions use them."""
    names: list[tuple[Where, str]] = []
    for index, page in enumerate(definition.pages):
        if page.repeat:
            names.append((("pages", index, "repeat", "id"), page.repeat.id))
        names += [
            (("pages", index, "questions", number, "id"), question.id)
            for number, question in enumerate(page.questions)
        ]
    names += [(("derived", index, "id"), derived.id) for index, derived in enumerate(definition.derived)]
    yield from twice(names, "questions, groups or values")
    for where, name in names:
        if name in RESERVED:
            says = f"{name} is a word of the condition language, so it cannot name a question."
            yield Finding(where, says, f"Write {name}_answer or a better name.")
    yield from twice(
        [(("eligibility", index, "id"), rule.id) for index, rule in enumerate(definition.eligibility)],
        "rules",
    )


def _inputs_twice(definition: Definition) -> Iterator[Finding]:
    """No two questions of a page may post under the same name."""
    for index, page in enumerate(definition.pages):
        names = [
            (("pages", index, "questions", number, "id"), name)
            for number, question in enumerate(page.questions)
            for name in dict.fromkeys((question.id, *input_names(question)))
            if name != question.id
        ]
        yield from twice(names, "inputs")


def _options(where: Where, question: Question) -> Iterator[Finding]:
    if question.type in _CHOICE and not question.options:
        yield Finding(where, f"{question.id} is a {question.type} without options.", "Add options:.")
    if question.type not in _CHOICE and question.options:
        says = f"{question.id} has options, but its type is {question.type}."
        yield Finding((*where, "options"), says, "Write type: choice or type: choices, or leave them out.")
    options = [
        ((*where, "options", index, "value"), option.value) for index, option in enumerate(question.options)
    ]
    yield from twice(options, f"options of {question.id}")


def _limits(where: Where, question: Question) -> Iterator[Finding]:
    found: dict[str, Decimal | date | str] = {}
    for key, text in (("min", question.min), ("max", question.max)):
        if text is None:
            continue
        try:
            found[key] = _limit(question, text)
        except (ValueError, InvalidOperation):
            yield Finding((*where, key), f"{text} cannot limit a {question.type}.", _limit_advice(question))
    if len(found) == 2 and type(found["min"]) is type(found["max"]) and found["min"] > found["max"]:  # type: ignore[operator]
        says = f"min {question.min} is more than max {question.max}: no answer would be accepted."
        yield Finding((*where, "min"), says, "Write the smaller one as min.")
    if question.max_length is not None and question.type not in _TEXT | set(_PARTS):
        says = f"A {question.type} has no length."
        yield Finding((*where, "max_length"), says, "Leave max_length out, or write max.")


def _limit(question: Question, text: str) -> Decimal | date | str:
    """A limit as a value. ValueError or InvalidOperation when it is none for this type."""
    if question.type in _NUMBER:
        value = Decimal(text)
        if not value.is_finite():
            raise ValueError
        return value
    if question.type is QuestionType.DATE:
        return text if text == "today" else date.fromisoformat(text)
    if question.type is QuestionType.TIME and _TIME.fullmatch(text):
        return text
    raise ValueError


def _limit_advice(question: Question) -> str:
    if question.type in _NUMBER:
        return "Write a number without separators, like 1000 or 12.50."
    if question.type is QuestionType.DATE:
        return "Write a day, like 2027-03-04, or today."
    if question.type is QuestionType.TIME:
        return 'Write a time in quotes, like "14:05".'
    return "Leave it out; texts are limited by max_length and pattern."


def _pattern(where: Where, question: Question) -> Iterator[Finding]:
    if not question.pattern:
        return
    place = (*where, "pattern")
    if question.type not in _TEXT:
        yield Finding(place, f"A {question.type} is not checked by a pattern.", "Leave pattern out.")
        return
    if len(question.pattern) > _MOST_PATTERN:
        yield Finding(
            place, f"The pattern is longer than {_MOST_PATTERN} characters.", "Write a shorter one."
        )
        return
    try:
        re.compile(question.pattern)
    except (re.error, RecursionError, OverflowError) as error:
        says = f"The pattern cannot be used: {error}."
        yield Finding(place, says, r"Write a regular expression, like [0-9]{8}; a \ before . ( ) [ + * ?.")
        return
    if slow := slow_part(question.pattern):
        yield Finding(
            place, f"The pattern can take very long: {slow}.", "Write each repeat once, like [A-Z]+."
        )


def _parts(where: Where, question: Question) -> Iterator[Finding]:
    known = _PARTS.get(question.type, ())
    if question.parts and not known:
        says = f"A {question.type} has no parts."
        yield Finding((*where, "parts"), says, "Leave parts out, or write type: name or type: address.")
        return
    for index, part in enumerate(question.parts):
        if part not in known:
            near = nearest(part, known)
            says = f"{part} is not a part of {'a name' if known is NAME_PARTS else 'an address'}."
            advice = f"Write {near}." if near else f"Write {listed(known)}."
            yield Finding((*where, "parts", index), says, advice)
    for part in {part for part in question.parts if question.parts.count(part) > 1}:
        yield Finding((*where, "parts"), f"{part} is written twice.", "Keep one.")


def _currency(where: Where, code: str) -> Iterator[Finding]:
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        yield Finding(
            where, f"{code} is not a currency code.", "Write three capital letters, like GBP or EUR."
        )
