"""A definition with everything compiled, in the order it is worked out.

One pass over the pages suffices, because a condition sees only what stands before it:
page 1, its values derived, page 2, and so on. What cannot be compiled is reported, not raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from perdure.core.definition.conditions.condition import (
    Condition,
    Expression,
    compile_condition,
    compile_value,
)
from perdure.core.definition.conditions.scope import (
    Scope,
    first_scope,
    known_on,
    known_question,
)
from perdure.core.definition.errors import ConditionError
from perdure.core.definition.findings import Finding
from perdure.core.definition.model import Definition, Derived, Eligibility, Page
from perdure.core.definition.yaml_text import Where

_Compiled = TypeVar("_Compiled", Condition, Expression)


@dataclass(frozen=True)
class Stage:
    """One page: when it is asked, when its questions are, and what can be derived after it."""

    page: Page
    asked_when: Condition | None
    questions_asked_when: Mapping[str, Condition]
    derived: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True)
class Plan:
    """A definition ready to be worked out. derived_first: values that need no answer."""

    derived_first: tuple[tuple[str, Expression], ...]
    stages: tuple[Stage, ...]
    rules: tuple[tuple[Eligibility, Condition], ...]


@dataclass
class _Planner:
    definition: Definition
    scope: Scope
    findings: list[Finding] = field(default_factory=list)
    pending: list[tuple[int, Derived]] = field(default_factory=list)
    scopes: dict[tuple[str, str], Scope] = field(default_factory=dict)

    def compile(
        self, text: str, where: Where, scope: Scope, make: Callable[[str, Scope], _Compiled]
    ) -> _Compiled | None:
        try:
            return make(text, scope)
        except ConditionError as error:
            self.findings.append(Finding(where, error.what, error.next_step, offset=error.offset))
            return None

    def stage(self, index: int, page: Page) -> Stage:
        where: Where = ("pages", index)
        self.scopes[page.id, ""] = self.scope
        asked = None
        if page.asked_when:
            asked = self.compile(page.asked_when, (*where, "asked_when"), self.scope, compile_condition)
        questions = self.questions(page, where)
        for known in known_on(page):
            self.scope = self.scope.with_name(known)
        return Stage(page, asked, questions, self.derive())

    def questions(self, page: Page, where: Where) -> dict[str, Condition]:
        """Conditions on a page see the questions before them on it; of a group, those of the same record."""
        inside = self.scope
        if page.repeat:
            here = {question.id for question in page.questions}
            columns = {name: group for name, group in inside.columns.items() if name not in here}
            inside = replace(inside, later=inside.later | here, columns=columns)
        found = {}
        for number, question in enumerate(page.questions):
            self.scopes[page.id, question.id] = inside
            if question.asked_when:
                place = (*where, "questions", number, "asked_when")
                condition = self.compile(question.asked_when, place, inside, compile_condition)
                if condition is not None:
                    found[question.id] = condition
            inside = inside.with_name(known_question(question))
        return found

    def derive(self) -> tuple[tuple[str, Expression], ...]:
        """The values that can be worked out by now, in an order that works."""
        found: list[tuple[str, Expression]] = []
        progress = True
        while progress:
            progress = False
            for each in list(self.pending):
                derived = each[1]
                try:
                    expression = compile_value(derived.value, self.scope)
                except ConditionError:
                    continue
                self.scope = self.scope.with_name(expression.known(derived.id, derived.title))
                self.pending.remove(each)
                found.append((derived.id, expression))
                progress = True
        return tuple(found)

    def report_pending(self) -> None:
        for index, derived in self.pending:
            self.compile(derived.value, ("derived", index, "value"), self.scope, compile_value)

    def rules(self) -> tuple[tuple[Eligibility, Condition], ...]:
        found = []
        for index, rule in enumerate(self.definition.eligibility):
            where: Where = ("eligibility", index, "refuse_when")
            condition = self.compile(rule.refuse_when, where, self.scope, compile_condition)
            if condition is not None:
                found.append((rule, condition))
        return tuple(found)


def _planned(definition: Definition) -> tuple[Plan, _Planner]:
    planner = _Planner(definition, first_scope(definition))
    planner.pending = list(enumerate(definition.derived))
    first = planner.derive()
    stages = tuple(planner.stage(index, page) for index, page in enumerate(definition.pages))
    planner.report_pending()
    return Plan(first, stages, planner.rules()), planner


def planned(definition: Definition) -> tuple[Plan, list[Finding]]:
    """The plan, and every condition or value that cannot be used."""
    plan, planner = _planned(definition)
    return plan, planner.findings


def scope_of(definition: Definition, *, page: str = "", question: str = "") -> Scope:
    """What a condition may look at.

    page      id of the page whose condition it is: everything before that page
    question  id of a question on that page: also the questions before it there
    neither   a rule of eligibility or a derived value: everything

    KeyError for a page or question that does not exist.
    """
    _, planner = _planned(definition)
    return planner.scopes[page, question] if page else planner.scope
