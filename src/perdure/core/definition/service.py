"""A definition made ready to work with: one pass over its pages gives the path."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any

from perdure.core.definition.answers.stored import tidy
from perdure.core.definition.checks import errors_in
from perdure.core.definition.conditions.condition import Condition, Expression
from perdure.core.definition.conditions.values import is_answer
from perdure.core.definition.errors import DefinitionError
from perdure.core.definition.model import ANSWER_PATH, Definition, Page, Question
from perdure.core.definition.path import Circumstances, Path, Reason, RecordOnPath, StepOnPath
from perdure.core.definition.plan import Plan, Stage, planned
from perdure.core.definition.reference import content_hash

MOST_RECORDS = 1_000
_KEPT_SERVICES = 64


class Service:
    """A definition with its conditions compiled. hash: its content hash. Safe to share between threads."""

    def __init__(self, definition: Definition, plan: Plan, content: str) -> None:
        self.definition = definition
        self.hash = content
        self._plan = plan
        self._pages = {page.id: page for page in definition.pages}
        self._page_ids = tuple(self._pages)
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
        walk = _Walk(answers, Circumstances({}, today), seen)
        walk.derive(self._plan.derived_first)
        for stage in self._plan.stages:
            if stage.asked_when is None or stage.asked_when.holds(walk.known, today):
                walk.steps.append(walk.step(stage))
            walk.derive(stage.derived)
        return Path(
            steps=tuple(walk.steps),
            missing=tuple(path for step in walk.steps for path in step.missing),
            irrelevant=(*(name for name in answers if name not in walk.kept), *walk.dropped),
            relevant_answers=walk.kept,
            derived=walk.derived,
            reasons=tuple(
                Reason(rule.id, rule.reason, rule.source, condition.explain(walk.known, today))
                for rule, condition in self._plan.rules
                if condition.holds(walk.known, today)
            ),
            pages=self._page_ids,
        )

    def page(self, page_id: str) -> Page | None:
        """A page by its id."""
        return self._pages.get(page_id)

    def question(self, question_id: str) -> Question | None:
        """A question by its id, also one of a repeating group."""
        return self._questions.get(question_id)

    def page_of(self, question_id: str) -> Page | None:
        """The page that asks a question, or that repeats for a group."""
        return self._page_of.get(question_id)


@dataclass
class _Walk:
    """One pass: what is known so far."""

    answers: Mapping[str, Any]
    saw: Circumstances
    seen: frozenset[str] | None
    steps: list[StepOnPath] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.saw = Circumstances(self.known, self.saw.today)

    def derive(self, values: tuple[tuple[str, Expression], ...]) -> None:
        for name, expression in values:
            value = expression.value(self.known, self.saw.today)
            if value is not None:
                self.known[name] = self.derived[name] = value

    def step(self, stage: Stage) -> StepOnPath:
        return self.repeating(stage) if stage.page.repeat else self.single(stage)

    def single(self, stage: Stage) -> StepOnPath:
        asked, given = self.asked(stage.page, stage.questions_asked_when, self.answers, self.known)
        self.kept |= given
        missing = [question.id for question in asked if question.required and question.id not in given]
        return self.made(stage, asked, given, missing)

    def asked(
        self,
        page: Page,
        conditions: Mapping[str, Condition],
        answers: Mapping[str, Any],
        known: dict[str, Any],
    ) -> tuple[tuple[Question, ...], dict[str, Any]]:
        """The questions of a page that are asked, and their answers; `known` learns them on the way."""
        asked, given = [], {}
        for question in page.questions:
            condition = conditions.get(question.id)
            if condition is not None and not condition.holds(known, self.saw.today):
                continue
            asked.append(question)
            value = tidy(question, answers.get(question.id))
            if value is not None:
                given[question.id] = known[question.id] = value
        return tuple(asked), given

    def repeating(self, stage: Stage) -> StepOnPath:
        repeat = stage.page.repeat
        if repeat is None:
            raise ValueError(f"page {stage.page.id} does not repeat")
        rows = self.answers.get(repeat.id)
        rows = rows[:MOST_RECORDS] if isinstance(rows, (list, tuple)) else []
        records = [self.record(stage, repeat.id, row, value) for row, value in enumerate(rows, start=1)]
        given = {repeat.id: [dict(record.answers) for record in records]} if records else {}
        self.kept |= given
        self.known |= given
        missing = [f"{repeat.id}[{record.row}].{name}" for record in records for name in record.missing]
        if len(records) < repeat.at_least:
            missing.append(repeat.id)
        too_many = max(0, len(records) - repeat.at_most) if repeat.at_most else 0
        return self.made(
            stage, stage.page.questions, given, missing, records=tuple(records), too_many=too_many
        )

    def record(self, stage: Stage, group: str, row: int, value: Any) -> RecordOnPath:
        answers = value if isinstance(value, Mapping) else {}
        asked, given = self.asked(stage.page, stage.questions_asked_when, answers, dict(self.known))
        self.dropped += [f"{group}[{row}].{name}" for name in answers if name not in given]
        missing = tuple(question.id for question in asked if question.required and question.id not in given)
        return RecordOnPath(row, asked, given, missing)

    def made(
        self,
        stage: Stage,
        asked: tuple[Question, ...],
        given: Mapping[str, Any],
        missing: list[str],
        *,
        records: tuple[RecordOnPath, ...] = (),
        too_many: int = 0,
    ) -> StepOnPath:
        return StepOnPath(
            page=stage.page,
            questions=asked,
            answers=given,
            missing=tuple(missing),
            seen=self.seen is None or stage.page.id in self.seen,
            records=records,
            too_many=too_many,
            asked_when=stage.asked_when,
            questions_asked_when=stage.questions_asked_when,
            saw=self.saw,
        )


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
