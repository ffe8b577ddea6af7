"""Checked nodes as Python closures: each takes the answers and the day, and gives a value.

`None` is "no answer". It makes a comparison fail and arithmetic have no answer; `sum`, `min`, `max`
and `count` leave it out. See docs/reference/conditions.md.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from perdure.core.definition.conditions import values
from perdure.core.definition.conditions.nodes import (
    And,
    Answered,
    Arithmetic,
    Call,
    Compare,
    Day,
    Includes,
    Name,
    Negative,
    Node,
    Not,
    Number,
    OneOf,
    Option,
    Or,
    Text,
    Today,
    YesNo,
)
from perdure.core.definition.conditions.scope import Kind, Known, Scope

Evaluate: TypeAlias = Callable[[Mapping[str, Any], date], Any]

_READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: values.number,
    Kind.DATE: values.day,
    Kind.TEXT: values.text,
    Kind.TIME: values.word,
    Kind.CHOICE: values.word,
    Kind.YES_NO: values.yes_no,
}

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": values.CONTEXT.add,
    "-": values.CONTEXT.subtract,
    "*": values.CONTEXT.multiply,
    "/": values.CONTEXT.divide,
}


def compiled(node: Node, scope: Scope) -> Evaluate:
    """The closure of a checked node."""
    match node:
        case Number(text):
            return _constant(Decimal(text))
        case Text(value):
            return _constant(values.text(value))
        case YesNo(value) | Day(value) | Option(value):
            return _constant(value)
        case Today():
            return lambda answers, today: today
        case Name(id_, part):
            return _part(scope.known[id_], part) if part else _name(scope.known[id_])
        case Negative(of):
            return _negative(compiled(of, scope))
        case Arithmetic(op, left, right):
            return _calculate(_ARITHMETIC[op], compiled(left, scope), compiled(right, scope))
        case Compare(op, left, right):
            return _comparison(op, left, right, scope)
        case Includes(left, what):
            return _includes(left, what, scope)
        case OneOf(left, among, negated):
            first, *rest = _comparable((left, *among), scope)
            return _one_of(first, rest, negated)
        case Answered(of, negated):
            return _answered(of, negated, scope)
        case Not(of):
            inner = compiled(of, scope)
            return lambda answers, today: not inner(answers, today)
        case And(parts):
            return _all([compiled(part, scope) for part in parts])
        case Or(parts):
            return _any([compiled(part, scope) for part in parts])
        case Call(function, args):
            return _FUNCTIONS[function](args, scope)


def _constant(value: Any) -> Evaluate:
    return lambda answers, today: value


def _name(known: Known) -> Evaluate:
    name, read = known.id, _READERS.get(known.kind, lambda value: value)
    return lambda answers, today: read(answers.get(name))


def _part(known: Known, part: str) -> Evaluate:
    name = known.id
    if known.kind is Kind.DATE:

        def of_date(answers: Mapping[str, Any], today: date) -> Decimal | None:
            found = values.day(answers.get(name))
            return None if found is None else Decimal(getattr(found, part))

        return of_date
    return lambda answers, today: values.part(answers.get(name), part)


def _negative(of: Evaluate) -> Evaluate:
    def negative(answers: Mapping[str, Any], today: date) -> Decimal | None:
        value = of(answers, today)
        return None if value is None else values.CONTEXT.minus(value)

    return negative


def _calculate(operation: Callable[[Decimal, Decimal], Decimal], left: Evaluate, right: Evaluate) -> Evaluate:
    def calculate(answers: Mapping[str, Any], today: date) -> Decimal | None:
        first, second = left(answers, today), right(answers, today)
        if first is None or second is None:
            return None
        return values.finite(operation(first, second))

    return calculate


def _is_text(node: Node, scope: Scope) -> bool:
    if isinstance(node, Name):
        kind = scope.known[node.id].kind
        return kind is Kind.TEXT or (kind is Kind.PARTS and bool(node.part))
    return isinstance(node, Text)


def _comparable(nodes: tuple[Node, ...], scope: Scope) -> list[Evaluate]:
    """The values to compare; texts without regard to capitals."""
    found = [compiled(node, scope) for node in nodes]
    return [_folded(value) for value in found] if _is_text(nodes[0], scope) else found


def _folded(value: Evaluate) -> Evaluate:
    return lambda answers, today: values.folded(value(answers, today))


def _comparison(op: str, left: Node, right: Node, scope: Scope) -> Evaluate:
    if op == "=" and isinstance(left, Name) and isinstance(right, Option) and not left.part:
        name, option = left.id, right.value
        return lambda answers, today: answers.get(name) == option
    compare, (first, second) = _COMPARE[op], _comparable((left, right), scope)

    def comparison(answers: Mapping[str, Any], today: date) -> bool:
        one = first(answers, today)
        if one is None:
            return False
        other = second(answers, today)
        return other is not None and compare(one, other)

    return comparison


def _includes(left: Node, what: Node, scope: Scope) -> Evaluate:
    chosen, option = compiled(left, scope), compiled(what, scope)

    def includes(answers: Mapping[str, Any], today: date) -> bool:
        found = chosen(answers, today)
        return isinstance(found, (list, tuple)) and option(answers, today) in found

    return includes


def _one_of(left: Evaluate, among: list[Evaluate], negated: bool) -> Evaluate:
    def one_of(answers: Mapping[str, Any], today: date) -> bool:
        value = left(answers, today)
        if value is None:
            return False
        return any(value == one(answers, today) for one in among) is not negated

    return one_of


def _answered(of: Name, negated: bool, scope: Scope) -> Evaluate:
    value = _part(scope.known[of.id], of.part) if of.part else _raw(of.id)
    return lambda answers, today: values.is_answer(value(answers, today)) is not negated


def _raw(name: str) -> Evaluate:
    return lambda answers, today: answers.get(name)


def _all(parts: list[Evaluate]) -> Evaluate:
    def all_hold(answers: Mapping[str, Any], today: date) -> bool:
        return all(part(answers, today) for part in parts)

    return all_hold


def _any(parts: list[Evaluate]) -> Evaluate:
    def one_holds(answers: Mapping[str, Any], today: date) -> bool:
        return any(part(answers, today) for part in parts)

    return one_holds


def _count(args: tuple[Node, ...], scope: Scope) -> Evaluate:
    group = args[0]
    if not isinstance(group, Name):
        raise TypeError("count was not checked")
    name = group.id
    if len(args) == 1:
        return lambda answers, today: Decimal(len(values.records(answers.get(name))))
    holds = compiled(args[1], scope.inside(scope.known[name]))

    def count(answers: Mapping[str, Any], today: date) -> Decimal:
        rows = values.records(answers.get(name))
        return Decimal(sum(1 for row in rows if holds({**answers, **row}, today)))

    return count


def _each_number(args: tuple[Node, ...], scope: Scope) -> Callable[[Mapping[str, Any], date], list[Decimal]]:
    """All numbers that are answered among the arguments; a group's column gives one for each record."""
    columns = [(arg.id, arg.part) for arg in args if _is_column(arg, scope)]  # type: ignore[union-attr]
    singles = [compiled(arg, scope) for arg in args if not _is_column(arg, scope)]

    def numbers(answers: Mapping[str, Any], today: date) -> list[Decimal]:
        found = [single(answers, today) for single in singles]
        for group, column in columns:
            found += [values.number(row.get(column)) for row in values.records(answers.get(group))]
        return [value for value in found if value is not None]

    return numbers


def _is_column(node: Node, scope: Scope) -> bool:
    return isinstance(node, Name) and bool(node.part) and scope.known[node.id].kind is Kind.GROUP


def _sum(args: tuple[Node, ...], scope: Scope) -> Evaluate:
    numbers = _each_number(args, scope)

    def total(answers: Mapping[str, Any], today: date) -> Decimal | None:
        result = Decimal(0)
        for value in numbers(answers, today):
            result = values.CONTEXT.add(result, value)
        return values.finite(result)

    return total


def _least_or_greatest(choose: Callable[[list[Decimal]], Decimal]) -> Callable[..., Evaluate]:
    def build(args: tuple[Node, ...], scope: Scope) -> Evaluate:
        numbers = _each_number(args, scope)

        def chosen(answers: Mapping[str, Any], today: date) -> Decimal | None:
            found = numbers(answers, today)
            return choose(found) if found else None

        return chosen

    return build


def _between(count: Callable[[date, date], int]) -> Callable[..., Evaluate]:
    def build(args: tuple[Node, ...], scope: Scope) -> Evaluate:
        earlier, later = (compiled(arg, scope) for arg in args)

        def between(answers: Mapping[str, Any], today: date) -> Decimal | None:
            first, second = earlier(answers, today), later(answers, today)
            return None if first is None or second is None else Decimal(count(first, second))

        return between

    return build


def _round(args: tuple[Node, ...], scope: Scope) -> Evaluate:
    of = compiled(args[0], scope)
    digits = int(args[1].text) if len(args) > 1 and isinstance(args[1], Number) else 0
    step = Decimal(1).scaleb(-digits)

    def rounded(answers: Mapping[str, Any], today: date) -> Decimal | None:
        value = of(answers, today)
        if value is None:
            return None
        return values.finite(value.quantize(step, rounding=ROUND_HALF_UP, context=values.CONTEXT))

    return rounded


_FUNCTIONS: dict[str, Callable[..., Evaluate]] = {
    "count": _count,
    "sum": _sum,
    "min": _least_or_greatest(min),
    "max": _least_or_greatest(max),
    "round": _round,
    "years_between": _between(values.years_between),
    "days_between": _between(lambda first, second: (second - first).days),
}
