"""A definition made ready to work with: one pass over its pages gives the path."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any

from perdure.core.definition.checks import errors_in
from perdure.core.definition.conditions.values import is_answer
from perdure.core.definition.errors import DefinitionError
from perdure.core.definition.model import ANSWER_PATH, Definition, Page, Question
from perdure.core.definition.path import Path
from perdure.core.definition.plan import Plan, planned
from perdure.core.definition.reference import content_hash
from perdure.core.definition.walk import walked

_KEPT_SERVICES = 64


class Service:
    """A definition with its conditions compiled. hash: its content hash. Safe to share between threads."""

    def __init__(self, definition: Definition, plan: Plan, content: str) -> None:
        self.definition = definition
        self.hash = content
        self._plan = plan
        self._pages = {page.id: page for page in definition.pages}
        self._questions = {question.id: question for question in definition.questions()}
        self._page_of = {question.id: page for page in definition.pages for question in page.questions} | {
            page.repeat.id: page for page in definition.pages if page.repeat
        }

    def path(self, answers: Mapping[str, Any], *, today: date, seen: frozenset[str] | None = None) -> Path:
        """The path as the answers stand. A pure function of its arguments.

        answers  as stored; those that are not on the path are invisible to conditions
        seen     ids of pages where the applicant pressed Continue; None counts every page as seen
                 (an application that came on paper, or one that was sent)
        """
        return walked(self._plan, answers, today=today, seen=seen)

    def page(self, page_id: str) -> Page | None:
        """A page by its id."""
        return self._pages.get(page_id)

    def question(self, question_id: str) -> Question | None:
        """A question by its id, also one of a repeating group."""
        return self._questions.get(question_id)

    def page_of(self, question_id: str) -> Page | None:
        """The page that asks a question, or that repeats for a group."""
        return self._page_of.get(question_id)


_services: OrderedDict[str, Service] = OrderedDict()
_lock = Lock()


def compile_service(definition: Definition) -> Service:
    """The service of a definition; the last 64 are kept, by content hash. Raises DefinitionError."""
    content = content_hash(definition)
    with _lock:
        if content in _services:
            _services.move_to_end(content)
            return _services[content]
    errors = errors_in(definition)
    if errors:
        raise DefinitionError([finding.placed() for finding in errors], name=definition.id)
    service = Service(definition, planned(definition)[0], content)
    with _lock:
        _services[content] = service
        while len(_services) > _KEPT_SERVICES:
            _services.popitem(last=False)
    return service


def value_at(answers: Mapping[str, Any], answer: str) -> Any | None:
    """The stored answer at an answer path, as paper boxes use them.

    name.given; born.day -> "04"; sum.whole -> "1234", sum.cents -> "50"; children[2].child_name.given.
    For derived values give {**path.relevant_answers, **path.derived}. None when there is no answer.
    """
    match = ANSWER_PATH.match(answer)
    if match is None:
        return None
    value = answers.get(match["id"])
    if match["row"] is not None:
        row = int(match["row"]) - 1
        rows = value if isinstance(value, (list, tuple)) else []
        record = rows[row] if 0 <= row < len(rows) else None
        value = record.get(match["column"]) if isinstance(record, Mapping) else None
    if match["part"]:
        value = _part(value, match["part"])
    return value if is_answer(value) else None


def _part(value: Any, part: str) -> Any | None:
    if isinstance(value, Mapping):
        return value.get(part)
    if part in ("whole", "cents") and isinstance(value, (str, int, Decimal)):
        whole, _, cents = str(value).partition(".")
        return whole if part == "whole" else (cents + "00")[:2]
    if part in ("day", "month", "year") and isinstance(value, (str, date)):
        figures = dict(zip(("year", "month", "day"), str(value).split("-"), strict=False))
        return figures.get(part)
    return None
