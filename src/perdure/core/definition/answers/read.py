"""From a posted form to a stored answer, one reader for each type of question.

People who filled in a paper form could write as they liked, and the screen is as lenient: spaces,
signs, separators and names of months are understood. What cannot be understood is said in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from perdure.core.definition.answers import clean
from perdure.core.definition.answers.figures import MOST_DIGITS, read_figures
from perdure.core.definition.answers.messages import MESSAGES, InputProblem, Read, Refused, refuse
from perdure.core.definition.answers.parts import parts_asked
from perdure.core.definition.answers.raw import input_names
from perdure.core.definition.answers.read_days import read_date, read_time
from perdure.core.definition.answers.stored import stored_decimal
from perdure.core.definition.model import Question, QuestionType
from perdure.core.kernel.money import decimal_in_words, digits_of
from perdure.core.kernel.money import in_words as sum_in_words

__all__ = ["MESSAGES", "InputProblem", "Read", "read_answer"]

MOST_CHARACTERS = {
    QuestionType.LONG_TEXT: 20_000,
    QuestionType.PHONE: 60,
    QuestionType.EMAIL: 254,
}
"""Longest answer where the question does not say; 500 for other texts."""

_MOST_OF_A_TEXT = 500
_MOST_OF_A_PART = 1_000
_MOST_PLACES = 10
_DECIMAL_COMMA = ("de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "nb", "fi", "cs")


@dataclass(frozen=True)
class Typed:
    """What was typed for one question, tidied, and what the readers need to know."""

    question: Question
    inputs: Mapping[str, str]
    several: tuple[str, ...]
    today: date
    currency: str
    language: str

    @property
    def name(self) -> str:
        return self.question.id

    @property
    def text(self) -> str:
        return self.inputs.get(self.question.id, "")


def read_answer(
    question: Question,
    raw: Mapping[str, Sequence[str]],
    *,
    today: date,
    currency: str = "",
    language: str = "en",
) -> Read:
    """Read one answer from posted inputs (a QueryDict works too). Never raises for what was typed.

    Inputs: `<qid>`; `<qid>-day|-month|-year`; `<qid>-<part>` for name and address; several
    values under `<qid>` for choices; yes/no for yes_no; `yes` for a tick. Others are not looked at.
    currency, language: those of the service; a question's own currency goes first. The language
    decides how 1.234 is understood where it could be both, and how limits are written.
    """
    names = (question.id, *(name for name in input_names(question) if name != question.id))
    given = {name: clean.values_of(raw, name) for name in names}
    hostile = [problem for name in names for problem in _cannot_be_kept(name, given[name])]
    if hostile:
        return Read(None, tuple(hostile), {name: [] for name in names})
    tidied = {name: _tidied(question, name, values) for name, values in given.items() if values}
    inputs = {name: values[0] for name, values in tidied.items()}
    several = tuple(tidied.get(question.id, ()))
    typed = Typed(question, inputs, several, today, question.currency or currency, language)
    try:
        reader: Callable[[Typed], Any] = _READERS.get(question.type, _read_text)
        value = reader(typed)
        if value is None and question.required:
            raise refuse(_first_input(question), REQUIRED.get(question.type, "required_text"))
    except Refused as refused:
        return Read(None, refused.problems, tidied)
    return Read(value, (), tidied)


def _first_input(question: Question) -> str:
    return input_names(question)[0]


def _cannot_be_kept(name: str, values: list[str]) -> list[InputProblem]:
    limit = clean.MOST_CHARACTERS
    if sum(map(len, values)) > limit:
        return [InputProblem(name, "far_too_long", {"limit": f"{limit:,}"})]
    if not all(map(clean.can_be_kept, values)):
        return [InputProblem(name, "characters")]
    return []


def _tidied(question: Question, name: str, values: list[str]) -> list[str]:
    many_lines = question.type is QuestionType.LONG_TEXT or name.endswith("-full")
    return [clean.lines(value) if many_lines else clean.one_line(value) for value in values]


REQUIRED = {
    QuestionType.WHOLE_NUMBER: "required_number",
    QuestionType.NUMBER: "required_number",
    QuestionType.PERCENT: "required_number",
    QuestionType.MONEY: "required_money",
    QuestionType.DATE: "required_date",
    QuestionType.TIME: "required_time",
    QuestionType.CHOICE: "required_choice",
    QuestionType.CHOICES: "required_choices",
    QuestionType.YES_NO: "required_yes_no",
    QuestionType.TICK: "required_tick",
    QuestionType.NAME: "required_name",
    QuestionType.ADDRESS: "required_address",
    QuestionType.PHONE: "required_phone",
    QuestionType.EMAIL: "required_email",
    QuestionType.SIGNATURE: "required_signature",
}


# Texts


def _read_text(typed: Typed) -> str | None:
    question, text = typed.question, typed.text
    if not text:
        return None
    limit = question.max_length or MOST_CHARACTERS.get(question.type, _MOST_OF_A_TEXT)
    if len(text) > limit:
        raise refuse(typed.name, "too_long", limit=f"{limit:,}", count=f"{len(text):,}")
    if question.pattern and not re.fullmatch(question.pattern, text):
        if question.pattern_says:
            raise refuse(typed.name, "pattern_own", words=question.pattern_says)
        raise refuse(typed.name, "pattern")
    return text


def _read_phone(typed: Typed) -> str | None:
    text = _read_text(typed)
    if text is None:
        return None
    if sum(c.isdigit() for c in text) < 5:
        raise refuse(typed.name, "phone")
    return _tidied_phone(text)


def _tidied_phone(text: str) -> str:
    """An international number as it is written internationally; any other as it was typed."""
    if not re.fullmatch(r"\+[\d\s().\-/]+", text):
        return text
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(number):
        return text
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _read_email(typed: Typed) -> str | None:
    text = _read_text(typed)
    if text is not None and not re.fullmatch(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+", text):
        raise refuse(typed.name, "email")
    return text


# Numbers


def _figures(typed: Typed, code: str, *, three_are_thousands: bool, unit: str) -> Decimal | None:
    if not typed.text:
        return None
    value = read_figures(
        typed.text,
        decimal_comma=typed.language.startswith(_DECIMAL_COMMA),
        three_are_thousands=three_are_thousands,
        unit=unit,
    )
    if value is None:
        raise refuse(typed.name, code)
    if abs(value) >= Decimal(10) ** MOST_DIGITS:
        raise refuse(typed.name, "number_large")
    return value


def _within(typed: Typed, value: Decimal) -> None:
    least, greatest = typed.question.min, typed.question.max
    if least is not None and value < Decimal(least):
        raise refuse(typed.name, "least", limit=_limit(typed, Decimal(least)))
    if greatest is not None and value > Decimal(greatest):
        raise refuse(typed.name, "greatest", limit=_limit(typed, Decimal(greatest)))


def _limit(typed: Typed, limit: Decimal) -> str:
    if typed.question.type is QuestionType.MONEY:
        return sum_in_words(limit, typed.currency, typed.language)
    return decimal_in_words(limit, typed.language)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _read_whole_number(typed: Typed) -> int | None:
    value = _figures(typed, "whole_number", three_are_thousands=True, unit=typed.question.unit)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise refuse(typed.name, "whole_number")
    _within(typed, value)
    return int(value)


def _read_number(typed: Typed) -> str | None:
    code = "percent" if typed.question.type is QuestionType.PERCENT else "number"
    value = _figures(typed, code, three_are_thousands=False, unit=typed.question.unit)
    if value is None:
        return None
    if _places(value) > _MOST_PLACES:
        raise refuse(typed.name, "number_places", places=str(_MOST_PLACES))
    _within(typed, value)
    return stored_decimal(value)


def _read_money(typed: Typed) -> str | None:
    places = digits_of(typed.currency)
    value = _figures(typed, "money", three_are_thousands=places != 3, unit=typed.currency)
    if value is None:
        return None
    step = Decimal(1).scaleb(-places)
    if value != value.quantize(step):
        raise refuse(typed.name, "money_places" if places else "money_whole", places=str(places))
    _within(typed, value)
    return f"{value.quantize(step):f}"


# Days and times


def _read_date(typed: Typed) -> str | None:
    return read_date(typed.question, typed.inputs, typed.today, typed.language)


def _read_time(typed: Typed) -> str | None:
    return read_time(typed.question, typed.text)


# Choices

_YES = ("yes", "y", "true", "on", "1", "ja", "oui", "sí", "si")
_NO = ("no", "n", "false", "off", "0", "nein", "non")


def _read_yes_no(typed: Typed) -> bool | None:
    word = typed.text.casefold()
    if not word:
        return None
    if word not in (*_YES, *_NO):
        raise refuse(typed.name, "yes_no")
    return word in _YES


def _read_tick(typed: Typed) -> bool | None:
    return True if typed.text.casefold() in _YES else None


def _read_choice(typed: Typed) -> str | None:
    if not typed.text:
        return None
    if typed.text not in {option.value for option in typed.question.options}:
        raise refuse(typed.name, "choice")
    return typed.text


def _read_choices(typed: Typed) -> list[str] | None:
    chosen = {value for value in typed.several if value}
    options = [option.value for option in typed.question.options]
    if chosen - set(options):
        raise refuse(typed.name, "choices")
    return [value for value in options if value in chosen] or None


# Names and addresses


def _read_parts(typed: Typed) -> dict[str, str] | None:
    question = typed.question
    asked = parts_asked(question)
    limit = question.max_length or _MOST_OF_A_PART
    found: dict[str, str] = {}
    problems = []
    for part in asked:
        name = f"{question.id}-{part}"
        text = typed.inputs.get(name, "")
        if len(text) > limit:
            details = {"limit": f"{limit:,}", "count": f"{len(text):,}"}
            problems.append(InputProblem(name, "too_long", details))
        elif text:
            found[part] = text
    if problems:
        raise Refused(problems)
    if question.required and question.type is QuestionType.ADDRESS and asked[0] not in found:
        raise refuse(f"{question.id}-{asked[0]}", "required_address")
    return found or None


_READERS: dict[QuestionType, Callable[[Typed], Any]] = {
    QuestionType.PHONE: _read_phone,
    QuestionType.EMAIL: _read_email,
    QuestionType.WHOLE_NUMBER: _read_whole_number,
    QuestionType.NUMBER: _read_number,
    QuestionType.PERCENT: _read_number,
    QuestionType.MONEY: _read_money,
    QuestionType.DATE: _read_date,
    QuestionType.TIME: _read_time,
    QuestionType.YES_NO: _read_yes_no,
    QuestionType.TICK: _read_tick,
    QuestionType.CHOICE: _read_choice,
    QuestionType.CHOICES: _read_choices,
    QuestionType.NAME: _read_parts,
    QuestionType.ADDRESS: _read_parts,
}
