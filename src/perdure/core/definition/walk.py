"""One pass over the pages of a service: what is asked, what was answered, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from perdure.core.definition.answers.stored import tidy
from perdure.core.definition.conditions.condition import Condition, Expression
from perdure.core.definition.model import Page, Question
from perdure.core.definition.path import Circumstances, Path, Reason, RecordOnPath, StepOnPath
from perdure.core.definition.plan import Plan, Stage

MOST_RECORDS = 1_000


def walked(
    plan: Plan, answers: Mapping[str, Any], *, today: date, seen: frozenset[str] | None = None
) -> Path:
    """The path of these answers; see Service.path."""
    walk = _Walk(answers, Circumstances({}, today), seen)
    walk.derive(plan.derived_first)
    for stage in plan.stages:
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
            Reason(rule.id, rule.reason, rule.source, condition, walk.saw)
            for rule, condition in plan.rules
            if condition.holds(walk.known, today)
        ),
        pages=tuple(stage.page.id for stage in plan.stages),
    )


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
