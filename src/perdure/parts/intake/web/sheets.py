"""What the pages of a version look like, worked out once for each language and kept.

Everything here comes from the definition alone; what a person answered is joined in views.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import override

from perdure.core.definition.api import Definition
from perdure.core.definition.model import Page, Question, QuestionType
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake.web.addresses import start_of
from perdure.parts.intake.web.fields import Field, field_of
from perdure.parts.intake.web.words import html_of

_T = QuestionType
_SECONDS = {_T.LONG_TEXT: 90, _T.ADDRESS: 45, _T.IDENTIFIER: 45, _T.MONEY: 40, _T.CHOICES: 30, _T.TICK: 10}
_SAYS_HOW_LONG = re.compile(r"\b(minutes?|hours?|Minuten?|Stunden?)\b")
_SECONDS_FOR_THE_REST = 20
_TO_HAVE_AT_HAND = {_T.IDENTIFIER, _T.MONEY, _T.PERCENT}


@dataclass(frozen=True)
class Sheet:
    """One page of a version. alone: the page asks one question, whose title is the heading."""

    page: Page
    heading: str
    alone: bool
    guidance: SafeString
    fields: Mapping[str, Field]

    def fields_for(self, questions: Sequence[Question]) -> list[Field]:
        return [self.fields[question.id] for question in questions]


@dataclass(frozen=True)
class Face:
    """What all pages of a version share, in one language of the product."""

    definition: Definition
    start: str
    lang: SafeString
    help: SafeString

    @cached_property
    def summary(self) -> SafeString:
        return html_of(self.definition.summary)

    @cached_property
    def guidance(self) -> list[tuple[str, SafeString]]:
        return [(one.title, html_of(one.text)) for one in self.definition.guidance]

    @cached_property
    def sections(self) -> list[str]:
        return list(dict.fromkeys(page.section for page in self.definition.pages if page.section))

    @cached_property
    def at_hand(self) -> list[str]:
        """Questions that people look something up for, the certain ones first, eight at most."""
        asked = [
            one for page in self.definition.pages for one in page.questions if one.type in _TO_HAVE_AT_HAND
        ]
        titles = (one.title for one in sorted(asked, key=lambda one: not one.required))
        return list(dict.fromkeys(titles))[:8]

    @cached_property
    def minutes(self) -> int:
        """About how long the questions that are always asked take, in steps of 5 above ten.

        0 when the summary says it already.
        """
        if _SAYS_HOW_LONG.search(self.definition.summary):
            return 0
        always = [page for page in self.definition.pages if not page.asked_when]
        asked = [one for page in always for one in page.questions if not one.asked_when]
        seconds = sum(
            _SECONDS.get(one.type, _SECONDS_FOR_THE_REST) / (1 if one.required else 2) for one in asked
        )
        minutes = 1 + round(seconds / 60)
        return minutes if minutes < 10 else 5 * round(minutes / 5)


@lru_cache(maxsize=512)
def face_of(version: str, language: str) -> Face:
    """What all pages of a version share."""
    definition = catalogue.definition_at(version)
    lang = SafeString("") if definition.language.split("-")[0] == language else _lang(definition.language)
    start = start_of(definition.id)
    words = {"definition": definition, "start": start}
    with override(language):
        return Face(definition, start, lang, render_to_string("intake/_help.html", words))


@lru_cache(maxsize=4096)
def sheet_of(version: str, page_id: str, language: str) -> Sheet:
    """One page of a version. Raises LookupError when there is no such page."""
    service = catalogue.service_at(version)
    page = service.page(page_id)
    if page is None:
        raise LookupError(page_id)
    with override(language):
        fields = {one.id: field_of(one, service.definition) for one in page.questions}
    heading, alone = _heading(page, service.definition)
    return Sheet(page, heading, alone, html_of(page.guidance), fields)


def _heading(page: Page, definition: Definition) -> tuple[str, bool]:
    first = page.questions[0]
    if len(page.questions) > 1 or page.repeat:
        return page.title or (
            first.title if len(page.questions) == 1 else page.section or definition.title
        ), False
    if first.type is _T.TICK:
        return page.title or first.title, True
    return first.title, True


def _lang(language: str) -> SafeString:
    return SafeString(f' lang="{language}"')  # the model allows letters and a hyphen only
