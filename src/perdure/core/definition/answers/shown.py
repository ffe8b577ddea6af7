"""An answer in words, for check-answers, the desk and letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from perdure.core.definition.answers.parts import parts_asked
from perdure.core.definition.answers.stored import tidy
from perdure.core.definition.model import Question, QuestionType
from perdure.core.kernel.dates import in_words as day_in_words
from perdure.core.kernel.money import decimal_in_words
from perdure.core.kernel.money import in_words as sum_in_words

YES_NO = {"en": ("Yes", "No"), "de": ("Ja", "Nein"), "fr": ("Oui", "Non"), "es": ("Sí", "No")}


def shown(question: Question, value: Any, *, language: str = "en", currency: str = "") -> str:
    """On one line: 4 March 2027, £1,234.50, the option's title, Ada Byron; "" for no answer."""
    separator = " " if question.type is QuestionType.NAME else ", "
    return separator.join(shown_lines(question, value, language=language, currency=currency))


def shown_lines(question: Question, value: Any, *, language: str = "en", currency: str = "") -> list[str]:
    """On several lines: one for each line of an address or long text, or each chosen option.

    A name is one line of its parts in order. No answer, or one that is not of the question's type: [].
    """
    value = tidy(question, value)
    if value is None:
        return []
    match question.type:
        case QuestionType.CHOICE | QuestionType.CHOICES:
            chosen = value if isinstance(value, list) else [value]
            return [option.title for option in question.options if option.value in chosen]
        case QuestionType.NAME:
            return [" ".join(_parts(question, value))]
        case QuestionType.ADDRESS:
            return [line for part in _parts(question, value) for line in part.split("\n")]
        case QuestionType.LONG_TEXT:
            return [line for line in value.split("\n") if line]
        case _:
            return [_one_line(question, value, language, currency)]


def shown_value(value: Any, *, language: str = "en") -> str:
    """A derived value in words: Decimal, str, bool or date; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes_or_no(value, language)
    if isinstance(value, Decimal):
        return decimal_in_words(value, language)
    if isinstance(value, date):
        return day_in_words(value, language)
    return str(value)


def yes_or_no(value: bool, language: str = "en") -> str:
    return YES_NO.get(language[:2].lower(), YES_NO["en"])[0 if value else 1]


def _parts(question: Question, value: Mapping[str, str]) -> list[str]:
    asked = parts_asked(question)
    order = [*asked, *(part for part in value if part not in asked)]
    return [value[part] for part in order if part in value]


def _one_line(question: Question, value: Any, language: str, currency: str) -> str:
    match question.type:
        case QuestionType.DATE:
            return day_in_words(date.fromisoformat(value), language)
        case QuestionType.MONEY:
            return sum_in_words(Decimal(value), question.currency or currency, language)
        case QuestionType.PERCENT:
            space = "" if language.startswith("en") else "\u00a0"
            return f"{decimal_in_words(Decimal(value), language)}{space}%"
        case QuestionType.NUMBER | QuestionType.WHOLE_NUMBER:
            figures = decimal_in_words(Decimal(value), language)
            return f"{figures} {question.unit}" if question.unit else figures
        case QuestionType.YES_NO | QuestionType.TICK:
            return yes_or_no(value, language)
        case _:
            return str(value)
