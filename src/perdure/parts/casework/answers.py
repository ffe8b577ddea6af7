"""Everything asked and answered in one application, by section, and what was not asked and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from perdure.core.definition.api import Path, Service, StepOnPath, compile_condition, scope_of, shown_lines
from perdure.core.definition.model import Page, Question
from perdure.parts.casework.values import AnswerShown, AnswersShown, Finding, NotAsked, SectionShown


def answers_of(
    service: Service, answers: Mapping[str, Any], *, day: date, language: str, reveal: bool = False
) -> AnswersShown:
    """Answers in words, as sent on `day`. Sensitive ones are masked unless `reveal`."""
    path = service.path(answers, today=day)
    teller = _Teller(service, language, reveal)
    sections = tuple(teller.sections(path))
    masked = any(answer.masked for section in sections for answer in section.answers)
    return AnswersShown(
        sections=sections,
        not_asked=tuple(_not_asked(service, path, answers, day)),
        derived=tuple(_derived(service, path)),
        findings=_findings(path),
        has_masked=masked,
    )


def findings_of(service: Service, answers: Mapping[str, Any], *, day: date) -> tuple[Finding, ...]:
    """The eligibility rules that refuse this application."""
    return _findings(service.path(answers, today=day))


def _findings(path: Path) -> tuple[Finding, ...]:
    return tuple(Finding(one.id, one.reason, one.source, one.why.in_words()) for one in path.reasons)


def _derived(service: Service, path: Path) -> Iterator[tuple[str, str]]:
    for one in service.definition.derived:
        if one.id in path.derived:
            yield one.title, in_words(path.derived[one.id])


def in_words(value: Any) -> str:
    """A value worked out from answers, as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


class _Teller:
    """Turns the steps of a path into sections of answers."""

    def __init__(self, service: Service, language: str, reveal: bool) -> None:
        self.currency = service.definition.currency
        self.language = language
        self.reveal = reveal

    def sections(self, path: Path) -> Iterator[SectionShown]:
        """One section for each heading; a record of a repeating group stands as a section of its own."""
        title, answers = "", list[AnswerShown]()
        for step in path.steps:
            if step.page.repeat is not None:
                if answers:
                    yield SectionShown(title, tuple(answers))
                title, answers = "", []
                yield from self._records(step)
                continue
            if step.page.section != title and answers:
                yield SectionShown(title, tuple(answers))
                answers = []
            title = step.page.section
            answers += [
                self._answer(question, step.answers.get(question.id), step) for question in step.questions
            ]
        if answers:
            yield SectionShown(title, tuple(answers))

    def _records(self, step: StepOnPath) -> Iterator[SectionShown]:
        repeat = step.page.repeat
        assert repeat is not None
        name = repeat.one[:1].upper() + repeat.one[1:]
        if not step.records:
            heading = step.page.section or step.page.title or name
            yield SectionShown(heading, (AnswerShown(repeat.id, name, ()),), _why(step))
        for record in step.records:
            told = tuple(self._answer(one, record.answers.get(one.id)) for one in record.questions)
            yield SectionShown(f"{name} {record.row}", told, _why(step) if record.row == 1 else "")

    def _answer(self, question: Question, value: Any, step: StepOnPath | None = None) -> AnswerShown:
        masked = question.sensitive and value is not None and not self.reveal
        lines = (
            ()
            if value is None or masked
            else tuple(shown_lines(question, value, language=self.language, currency=self.currency))
        )
        return AnswerShown(question.id, question.title, lines, masked, _why(step, question))


def _why(step: StepOnPath | None, question: Question | None = None) -> str:
    """Why a question, or else its page, was asked; "" when it always is."""
    if step is None:
        return ""
    trace = step.why_question(question.id) if question and question.asked_when else step.why
    return trace.in_words() if trace else ""


def _not_asked(service: Service, path: Path, answers: Mapping[str, Any], day: date) -> Iterator[NotAsked]:
    asked = {step.page.id: {question.id for question in step.questions} for step in path.steps}
    for page in service.definition.pages:
        if page.id not in asked:
            yield NotAsked(page.title or page.questions[0].title, _trace(service, page, None, answers, day))
        elif page.repeat is None:
            for question in page.questions:
                if question.id not in asked[page.id]:
                    yield NotAsked(question.title, _trace(service, page, question, answers, day))


def _trace(
    service: Service, page: Page, question: Question | None, answers: Mapping[str, Any], day: date
) -> str:
    text = question.asked_when if question else page.asked_when
    if not text:
        return ""
    scope = scope_of(service.definition, page=page.id, question=question.id if question else "")
    return compile_condition(text, scope).explain(answers, day).in_words()
