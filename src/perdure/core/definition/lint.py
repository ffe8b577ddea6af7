"""What an owner should look at before publishing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from perdure.core.definition.check_paper import paper_warnings
from perdure.core.definition.checks import errors_in
from perdure.core.definition.errors import Problem
from perdure.core.definition.findings import Finding, warning
from perdure.core.definition.loading import read_with_places
from perdure.core.definition.model import Definition, Question, QuestionType
from perdure.core.definition.reach import unreachable_pages

_CHOICE = (QuestionType.CHOICE, QuestionType.CHOICES)
_LONG_TITLE = 160


def lint(definition: Definition, *, today: date | None = None) -> list[Problem]:
    """Errors and warnings of a definition that stands in memory (lines are 0)."""
    return [finding.placed() for finding in (*errors_in(definition), *warnings_in(definition, today))]


def lint_text(text: str, *, name: str = "service.yaml", today: date | None = None) -> list[Problem]:
    """Errors and warnings of a definition file, with lines, in the order of the file. Never raises."""
    definition, problems, written = read_with_places(text)
    if definition is not None:
        problems = problems + [finding.placed(written) for finding in warnings_in(definition, today)]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def warnings_in(definition: Definition, today: date | None) -> Iterator[Finding]:
    """What can be used as it is, but should be looked at."""
    yield from _whole(definition, today)
    yield from _pages(definition)
    yield from _twice_asked(definition)
    yield from paper_warnings(definition)
    for index, page in unreachable_pages(definition, today):
        says = f"No answers lead to the page {page.id}."
        yield warning(("pages", index, "asked_when"), says, "Check its condition.")


def _whole(definition: Definition, today: date | None) -> Iterator[Finding]:
    if today is not None and definition.review_by < today:
        says = f"The review date {definition.review_by} has passed."
        yield warning(("review_by",), says, "Review the service and write the next date.")
    contact = definition.contact
    if not (contact.phone or contact.email or contact.post):
        yield warning(("contact",), "Nobody can be asked for help.", "Add contact: with a phone or email.")
    if not definition.summary:
        yield warning(("summary",), "The start page does not say what it is for.", "Add summary:.")
    if not definition.retention.because:
        says = "Nothing says why applications are kept as long as they are."
        yield warning(("retention",), says, "Add because: with the law or policy.")
    money = [question for question in definition.questions() if question.type is QuestionType.MONEY]
    if money and not definition.currency and not all(question.currency for question in money):
        yield warning(("currency",), "Money is asked without a currency.", "Add currency:, like GBP.")
    costs = definition.costs
    if not definition.currency and any((costs.screen, costs.paper, costs.phone, costs.counter)):
        yield warning(("costs",), "The costs have no currency.", "Add currency:, like GBP.")


def _pages(definition: Definition) -> Iterator[Finding]:
    any_section = any(page.section for page in definition.pages)
    for index, page in enumerate(definition.pages):
        if any_section and not page.section:
            yield warning(("pages", index), f"The page {page.id} has no section.", "Add section:.")
        if len(page.questions) > 1 and not page.title and not page.repeat:
            says = f"The page {page.id} asks several questions and has no title."
            yield warning(("pages", index), says, "Add title:.")
        for number, question in enumerate(page.questions):
            place = ("pages", index, "questions", number)
            yield from (warning((*place, *rest), says, write) for rest, says, write in _question(question))


def _question(question: Question) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    if question.type in _CHOICE and len(question.options) == 1:
        yield ("options",), f"{question.id} has one option, so there is no choice.", "Write type: tick."
    titles = [option.title.casefold() for option in question.options]
    for index, title in enumerate(titles):
        if title in titles[:index]:
            said = question.options[index].title
            yield ("options", index, "title"), f"Two options are called “{said}”.", "Write what differs."
    if len(question.title) > _LONG_TITLE:
        yield ("title",), "The question is very long.", "Move a part of it to hint:."
    if question.pattern_says and not question.pattern:
        yield ("pattern_says",), "There is no pattern that this could be said about.", "Leave it out."
    if question.confidence is not None:
        yield ("confidence",), f"{question.id} is still a draft.", "Check it and leave confidence out."


def _twice_asked(definition: Definition) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for index, page in enumerate(definition.pages):
        for number, question in enumerate(page.questions):
            key = (
                page.section.casefold() + (page.repeat.id if page.repeat else ""),
                question.title.casefold(),
            )
            if key in seen:
                says = f"{question.id} has the same title as {seen[key]}."
                yield warning(
                    ("pages", index, "questions", number, "title"), says, "Write what differs, or ask once."
                )
            seen.setdefault(key, question.id)
