"""The words of letters, in Markdown: from the service's own letters, or ours where it has none. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from perdure.core.definition.api import Definition, Service, shown
from perdure.core.definition.model import Letter, Outcome
from perdure.parts.casework.answers import in_words
from perdure.parts.casework.values import DraftLetter

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")
MORE = "more-information"
"""The letter that asks for more: a definition may carry one with this id."""


@dataclass(frozen=True)
class About:
    """What a letter is about.

    answers   as sent
    reason    in words to the applicant; may be empty
    day       of the letter
    language  the applicant's; used where the service has no letter of its own
    """

    service: Service
    reference: str
    answers: Mapping[str, Any]
    reason: str
    day: date
    language: str


def decision_letter(about: About, outcome: Outcome) -> DraftLetter:
    """The letter that tells the applicant a decision."""
    own = _own(about.service.definition, outcome.letter)
    return _fill(about, own, kind=outcome.letter or outcome.effect, default=outcome.effect)


def asking_letter(about: About) -> DraftLetter:
    """The letter that asks the applicant for more."""
    return _fill(about, _own(about.service.definition, MORE), kind=MORE, default=MORE)


def _own(definition: Definition, letter_id: str) -> Letter | None:
    return next((letter for letter in definition.letters if letter.id == letter_id), None)


def _fill(about: About, own: Letter | None, *, kind: str, default: str) -> DraftLetter:
    written_in = about.service.definition.language if own else about.language
    with translation.override(written_in):
        words = own or _default(default)
        values = _values(about, written_in)
        body = words.body
        if about.reason.strip() and "{reason}" not in body:
            body = f"{body.rstrip()}\n\n{_('Why')}: {{reason}}"
    return DraftLetter(kind, _put(words.subject, values), _tidy(_put(body, values)), written_in)


def _put(text: str, values: Mapping[str, str]) -> str:
    """Fill the places in one pass: braces inside an answer are left as they are."""
    return _PLACE.sub(lambda place: values.get(place[1], ""), text)


def as_plain(text: str) -> str:
    """An answer inside Markdown: whatever was typed stays plain words."""
    return _MARKS.sub(r"\\\1", text)


def with_its_lines(text: str) -> str:
    """Words of a caseworker inside Markdown: a new line stays a new line."""
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", text.replace("\r\n", "\n"))


def _tidy(body: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", body).strip()


def _values(about: About, language: str) -> dict[str, str]:
    definition = about.service.definition
    values = {
        question.id: as_plain(
            shown(question, about.answers[question.id], language=language, currency=definition.currency)
        )
        for page in definition.pages
        if page.repeat is None
        for question in page.questions
        if question.id in about.answers
    }
    if definition.derived:
        derived = about.service.path(about.answers, today=about.day).derived
        values |= {name: as_plain(in_words(value)) for name, value in derived.items()}
    return values | {
        "reference": about.reference,
        "service": definition.title,
        "reason": with_its_lines(about.reason.strip()),
        "date": date_format(about.day, "DATE_FORMAT"),
    }


def _default(kind: str) -> Letter:
    subject, body = _words_of(kind)
    return Letter(id=kind, subject=subject, body=body)


def _words_of(kind: str) -> tuple[str, str]:
    start = _("You applied for: {service}. Your reference is {reference}.")
    ask = _("If you have a question, contact us and give your reference, {reference}.")
    wrong = _("If you think this is wrong, tell us and we will look at it again.")
    if kind == "approved":
        told = _("We have decided to approve your application.")
        return _("Your application is approved: {service}"), f"{start}\n\n{told}\n\n{{reason}}\n\n{ask}"
    if kind == "refused":
        told = _("We have decided to refuse your application, for this reason:")
        return (
            _("Our decision on your application: {service}"),
            f"{start}\n\n{told}\n\n{{reason}}\n\n{wrong}\n\n{ask}",
        )
    if kind == MORE:
        told = _("Before we can decide, we need something from you:")
        clock = _("We go on as soon as we have your answer. Give it on the status page of your application.")
        return (
            _("We need something from you: {service}"),
            f"{start}\n\n{told}\n\n{{reason}}\n\n{clock}\n\n{ask}",
        )
    told = _("Your application was closed on {date} because it was withdrawn.")
    return _("Your application is closed: {service}"), f"{start}\n\n{told}\n\n{{reason}}\n\n{ask}"
