"""Pages that no answers lead to: looked for by working backwards from the page's condition.

To bring a page on the path its condition must hold; each comparison in it is tried with the few
answers that could matter (every option, figures around those it is compared with), and whoever answers
must have been asked, so those pages become goals too. The engine has the last word. When the
search ends without an answer, that is a warning, not an error: it tries much, but not everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any, TypeAlias

from perdure.core.definition.conditions.check import check
from perdure.core.definition.conditions.check import condition as checked
from perdure.core.definition.conditions.compile import compiled
from perdure.core.definition.conditions.condition import names_in
from perdure.core.definition.conditions.nodes import And, Day, Node, Not, Number, Or, Text, children
from perdure.core.definition.conditions.parse import parse
from perdure.core.definition.conditions.scope import KIND_OF, Kind, Scope
from perdure.core.definition.model import Definition, Page, Question, QuestionType
from perdure.core.definition.plan import Plan, planned, scope_of
from perdure.core.definition.walk import walked

_MOST_TRIES = 4_000
_MOST_VALUES = 24

Goal: TypeAlias = tuple[Node, bool]
"""A condition, and whether it should hold."""


def unreachable_pages(definition: Definition, today: date | None = None) -> Iterator[tuple[int, Page]]:
    """Index and page of those that the search found no answers for. Nothing when the definition has errors.

    today  the day for conditions on it; the review date when it does not matter
    """
    plan, findings = planned(definition)
    if findings:
        return
    search = _Search(definition, scope_of(definition), today or definition.review_by)
    for index, page in enumerate(definition.pages):
        if page.asked_when and search.answers_to(plan, page) is None:
            yield index, page


def answers_leading_to(definition: Definition, page: Page, today: date) -> dict[str, Any] | None:
    """Answers that bring a page on the path; None when none were found."""
    return _Search(definition, scope_of(definition), today).answers_to(planned(definition)[0], page)


@dataclass
class _Search:
    definition: Definition
    scope: Scope
    today: date
    tries: int = 0

    def __post_init__(self) -> None:
        self.derived = {
            each.id: check(parse(each.value), self.scope).node for each in self.definition.derived
        }
        self.derived_values = {name: compiled(node, self.scope) for name, node in self.derived.items()}
        self.page_of = {known.id: page for page in self.definition.pages for known in page.questions}
        self.groups = {page.repeat.id: page for page in self.definition.pages if page.repeat}
        self.literals = self.gather()

    def gather(self) -> dict[str, list[Node]]:
        """The literals that each question or group is compared with anywhere in the service."""
        found: dict[str, list[Node]] = {}
        pages = self.definition.pages
        texts = [page.asked_when for page in pages if page.asked_when]
        texts += [
            one.asked_when for page in pages if not page.repeat for one in page.questions if one.asked_when
        ]
        waiting = [self.node(text) for text in texts]
        while waiting:
            node = waiting.pop()
            if isinstance(node, (And, Or, Not)):
                waiting += children(node)
                continue
            names, literals = self.looks_at(node)
            for name in names:
                found.setdefault(name, []).extend(literals)
        return found

    def answers_to(self, plan: Plan, page: Page) -> dict[str, Any] | None:
        self.tries = 0
        goals: list[Goal] = [(self.node(page.asked_when), True)] if page.asked_when else []
        for answers in self.satisfy(goals, {}):
            if walked(plan, answers, today=self.today).step(page.id) is not None:
                return answers
        return None

    def node(self, text: str) -> Node:
        return checked(parse(text), self.scope)

    def satisfy(self, goals: list[Goal], chosen: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every way to reach all goals, on top of the answers chosen already."""
        if self.tries > _MOST_TRIES:
            return
        if not goals:
            yield {name: value for name, value in chosen.items() if value is not None}
            return
        (node, want), *rest = goals
        if isinstance(node, Not):
            yield from self.satisfy([(node.of, not want), *rest], chosen)
        elif isinstance(node, (And, Or)) and isinstance(node, And) is want:
            yield from self.satisfy([*((part, want) for part in node.parts), *rest], chosen)
        elif isinstance(node, (And, Or)):
            for part in node.parts:
                yield from self.satisfy([(part, want), *rest], chosen)
        else:
            yield from self.leaf(node, want, rest, chosen)

    def leaf(
        self, node: Node, want: bool, rest: list[Goal], chosen: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        holds = compiled(node, self.scope)
        names, literals = self.looks_at(node)
        free = sorted(names - set(chosen))
        tried_with = {name: [*literals, *self.literals.get(name, ())] for name in free}
        for values in product(*(self.candidates(name, tried_with[name]) for name in free)):
            self.tries += 1
            if self.tries > _MOST_TRIES:
                return
            tried = {**chosen, **dict(zip(free, values, strict=True))}
            if (holds(self.known(tried), self.today) is True) is want:
                goals = [goal for name in free if tried[name] is not None for goal in self.asked(name)]
                yield from self.satisfy([*goals, *rest], tried)

    def known(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """The answers with the values derived from them."""
        known = {name: value for name, value in chosen.items() if value is not None}
        for _ in self.derived:
            known |= {name: value(known, self.today) for name, value in self.derived_values.items()}
        return known

    def asked(self, name: str) -> list[Goal]:
        """What must hold so that a question or group is asked."""
        page = self.groups.get(name) or self.page_of.get(name)
        texts = [page.asked_when if page else ""]
        if page is not None and name not in self.groups:
            texts += [question.asked_when for question in page.questions if question.id == name]
        return [(self.node(text), True) for text in texts if text]

    def looks_at(self, node: Node) -> tuple[set[str], list[Node]]:
        """The questions and groups a condition stands on, through derived values too, and its literals."""
        names: set[str] = set()
        literals: list[Node] = []
        waiting = [node]
        while waiting:
            each = waiting.pop()
            literals += [leaf for leaf in _leaves(each) if isinstance(leaf, (Number, Text, Day))]
            for name in names_in(each):
                if name in self.derived and name not in names:
                    waiting.append(self.derived[name])
                names.add(name)
        return {name for name in names if name in self.page_of or name in self.groups} - {
            name for name in names if name in self.page_of and self.page_of[name].repeat
        }, literals

    def candidates(self, name: str, literals: list[Node]) -> list[Any]:
        """Answers worth trying for a question or group, none among them."""
        if name in self.groups:
            return [None, *self.records(self.groups[name], literals)]
        question = next(q for q in self.page_of[name].questions if q.id == name)
        return [*_first(self.values(question, literals)), None]

    def records(self, page: Page, literals: list[Node]) -> list[Any]:
        least = max(1, page.repeat.at_least if page.repeat else 1)
        rows: list[dict[str, Any]] = [{}]
        for question in page.questions:
            for value in _first(self.values(question, literals)):
                full = {other.id: self.values(other, literals)[0] for other in page.questions}
                rows.append({**full, question.id: value})
        return [[row] * count for row in rows for count in {least, least + 1, 5}][: 3 * _MOST_VALUES]

    def values(self, question: Question, literals: list[Node]) -> list[Any]:
        options = [option.value for option in question.options]
        match KIND_OF.get(question.type, Kind.TEXT):
            case Kind.YES_NO:
                return [True] if question.type is QuestionType.TICK else [True, False]
            case Kind.CHOICE:
                return list(options)
            case Kind.CHOICES:
                return [options, *([option] for option in options)]
            case Kind.NUMBER:
                whole = question.type is QuestionType.WHOLE_NUMBER
                return [int(n) if whole else f"{n:f}" for n in _around(literals)]
            case Kind.DATE:
                return [day.isoformat() for day in self.days(literals)]
            case Kind.TIME:
                named = [each.value for each in literals if isinstance(each, Text)]
                return [*named, "00:00", "12:00", "23:59"]
            case Kind.PARTS:
                texts = _texts(literals)
                return [dict.fromkeys(("given", "line1", *question.parts), text) for text in texts]
            case _:
                return _texts(literals)

    def days(self, literals: list[Node]) -> list[date]:
        named = [each.value for each in literals if isinstance(each, Day)]
        near = [day + timedelta(days=step) for day in [*named, self.today] for step in (0, 1, -1)]
        years = [int(n) for n in _around(literals) if 0 < n < 1000]
        return [*near, *(self.today.replace(year=max(1, self.today.year - n), day=1) for n in years)]


def _first(values: list[Any]) -> list[Any]:
    """The first of them, each once."""
    once: list[Any] = []
    for value in values:
        if value not in once or isinstance(value, bool):
            once.append(value)
    return once[:_MOST_VALUES]


def _leaves(node: Node) -> Iterator[Node]:
    below = children(node)
    if not below:
        yield node
    for child in below:
        yield from _leaves(child)


def _around(literals: list[Node]) -> list[Decimal]:
    """The figures of a condition with their neighbours, and some of any size."""
    named = [Decimal(each.text) for each in literals if isinstance(each, Number)]
    near = [sign * figure + step for figure in named for sign in (1, -1) for step in (0, 1, -1)]
    return list(dict.fromkeys([*near, Decimal(0), Decimal(1), Decimal(1_000_000), Decimal(-1)]))


def _texts(literals: list[Node]) -> list[str]:
    return [*(each.value for each in literals if isinstance(each, Text)), "x"]
