"""Conditions and values: parsed, checked and compiled once; evaluated many times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from perdure.core.definition.conditions.check import check
from perdure.core.definition.conditions.check import condition as checked_condition
from perdure.core.definition.conditions.compile import compiled
from perdure.core.definition.conditions.explain import Explainer
from perdure.core.definition.conditions.nodes import Name, Node, children
from perdure.core.definition.conditions.parse import parse
from perdure.core.definition.conditions.scope import Kind, Known, Scope
from perdure.core.definition.conditions.trace import Trace
from perdure.core.definition.errors import ConditionError


class Condition:
    """A condition that holds or does not.

    text   as written
    names  the questions, groups and derived values it looks at
    holds  holds(answers, today) -> bool; answers as they are stored
    """

    __slots__ = ("_node", "_scope", "holds", "names", "text")

    def __init__(self, text: str, node: Node, scope: Scope) -> None:
        self.text = text
        self.names = frozenset(names_in(node))
        evaluate = compiled(node, scope)
        answered_yes = isinstance(node, Name)
        self.holds: Callable[[Mapping[str, Any], date], bool] = (
            (lambda answers, today: evaluate(answers, today) is True) if answered_yes else evaluate
        )
        self._node = node
        self._scope = scope

    def explain(self, answers: Mapping[str, Any], today: date) -> Trace:
        """Why it holds or does not."""
        return Explainer(self._scope, answers, today).trace(self._node)


class Expression:
    """A value that is worked out.

    value  value(answers, today) -> Decimal, str, bool or date; None for no answer
    kind   what the value is
    """

    __slots__ = ("kind", "names", "text", "value")

    def __init__(self, text: str, node: Node, kind: Kind, scope: Scope) -> None:
        self.text = text
        self.kind = kind
        self.names = frozenset(names_in(node))
        self.value = compiled(node, scope)

    def known(self, name: str, title: str) -> Known:
        """The value as a name for later conditions."""
        return Known(name, self.kind, title)


def names_in(node: Node) -> Iterator[str]:
    """Every name below a node."""
    if isinstance(node, Name):
        yield node.id
    for child in children(node):
        yield from names_in(child)


def compile_condition(text: str, scope: Scope) -> Condition:
    """Raises ConditionError with the place in the text and what to write instead."""
    return Condition(text, checked_condition(parse(text), scope), scope)


def compile_value(text: str, scope: Scope) -> Expression:
    """Raises ConditionError. A value is a number, text, date, time, or yes or no."""
    typed = check(parse(text), scope)
    if typed.kind in (Kind.GROUP, Kind.PARTS, Kind.CHOICE, Kind.CHOICES):
        raise ConditionError(
            f"{text} is {typed.kind}, which cannot be a derived value.",
            "Write a number, a text, a date, or a condition.",
        )
    return Expression(text, typed.node, typed.kind, scope)
