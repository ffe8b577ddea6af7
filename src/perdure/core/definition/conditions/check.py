"""Resolving the names of a condition and checking that its values fit together.

The result is the same tree with bare options turned into Option nodes, and its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NoReturn

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
    printed,
    quoted,
)
from perdure.core.definition.conditions.parse import RESERVED
from perdure.core.definition.conditions.scope import Kind, Known, Scope
from perdure.core.definition.errors import ConditionError
from perdure.core.definition.model_words import listed, nearest

_ORDERED = (Kind.NUMBER, Kind.DATE, Kind.TIME)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Typed:
    """A resolved node and what it gives. known: the name it stands for, when it is one."""

    node: Node
    kind: Kind
    known: Known | None = field(default=None, compare=False)


def _refuse(node: Node, says: str, write_instead: str = "") -> NoReturn:
    raise ConditionError(says, write_instead, offset=node.at)


def check(node: Node, scope: Scope) -> Typed:
    """Resolve and check one node and all below it. Raises ConditionError."""
    match node:
        case Number():
            return Typed(node, Kind.NUMBER)
        case Text():
            return Typed(node, Kind.TEXT)
        case Day() | Today():
            return Typed(node, Kind.DATE)
        case YesNo():
            return Typed(node, Kind.YES_NO)
        case Name():
            return _name(node, scope)
        case Negative(of):
            return Typed(Negative(_number(of, scope), node.at), Kind.NUMBER)
        case Arithmetic(op, left, right):
            return _arithmetic(node, op, left, right, scope)
        case Compare():
            return _compare(node, scope)
        case Includes():
            return _includes(node, scope)
        case OneOf():
            return _one_of(node, scope)
        case Answered():
            return _answered(node, scope)
        case Not(of):
            return Typed(Not(condition(of, scope), node.at), Kind.YES_NO)
        case And(parts):
            return Typed(And(tuple(condition(part, scope) for part in parts), node.at), Kind.YES_NO)
        case Or(parts):
            return Typed(Or(tuple(condition(part, scope) for part in parts), node.at), Kind.YES_NO)
        case Call():
            return _call(node, scope)
        case Option():
            return Typed(node, Kind.CHOICE)


def condition(node: Node, scope: Scope) -> Node:
    """A node that must hold or not."""
    typed = check(node, scope)
    if typed.kind is not Kind.YES_NO:
        text = printed(node)
        example = _example(typed)
        _refuse(node, f"{text} is {typed.kind}, so it does not hold or fail by itself.", example)
    return typed.node


def _example(typed: Typed) -> str:
    text = printed(typed.node)
    first = next(iter(typed.known.options), "") if typed.known else ""
    return {
        Kind.CHOICE: f"Write {text} = {first or 'an option'}.",
        Kind.CHOICES: f"Write {text} includes {first or 'an option'}.",
        Kind.GROUP: f"Write count({text}) > 0.",
        Kind.PARTS: f"Write {text} is answered.",
    }.get(typed.kind, f"Compare it: {text} = …, or write {text} is answered.")


def _known(node: Name, scope: Scope) -> Known:
    known = scope.known.get(node.id)
    if known is not None:
        return known
    if node.id in scope.columns:
        group = scope.columns[node.id]
        _refuse(
            node,
            f"{node.id} is asked once for each of {group}.",
            f"Write sum({group}.{node.id}) or count({group}, a condition on {node.id}).",
        )
    if node.id in scope.later:
        _refuse(
            node,
            f"{node.id} is asked later, so it cannot decide this.",
            f"Move {node.id} to an earlier page.",
        )
    if node.id in ("true", "false"):
        _refuse(node, f"{node.id} is not known here.", "Write yes or no.")
    near = nearest(node.id, scope.known)
    _refuse(node, f"{node.id} is not a question of this service.", f"Write {near}." if near else "")


def _name(node: Name, scope: Scope) -> Typed:
    known = _known(node, scope)
    if not node.part:
        return Typed(node, known.kind, known)
    if known.kind is Kind.GROUP:
        _refuse(
            node, f"{node.id} has several records.", f"Write sum({printed(node)}) or count({node.id}, …)."
        )
    if node.part not in known.parts:
        parts = listed(f"{node.id}.{part}" for part in known.parts)
        _refuse(node, f"{node.id} has no part {node.part}.", f"Write {parts}." if parts else "")
    return Typed(node, Kind.NUMBER if known.kind is Kind.DATE else Kind.TEXT)


def _number(node: Node, scope: Scope) -> Node:
    typed = check(node, scope)
    if typed.kind is not Kind.NUMBER:
        _refuse(node, f"{printed(node)} is {typed.kind}, and a number is needed here.")
    return typed.node


def _date(node: Node, scope: Scope) -> Node:
    typed = check(node, scope)
    if typed.kind is not Kind.DATE:
        _refuse(node, f"{printed(node)} is {typed.kind}, and a date is needed here.")
    return typed.node


def _arithmetic(node: Arithmetic, op: str, left: Node, right: Node, scope: Scope) -> Typed:
    sides = []
    for side in (left, right):
        typed = check(side, scope)
        if typed.kind is not Kind.NUMBER:
            dates = "Write years_between(a, b) or days_between(a, b)." if typed.kind is Kind.DATE else ""
            _refuse(side, f"{printed(side)} is {typed.kind}, and {op} works on numbers.", dates)
        sides.append(typed.node)
    return Typed(Arithmetic(op, sides[0], sides[1], node.at), Kind.NUMBER)


def _compare(node: Compare, scope: Scope) -> Typed:
    left = check(node.left, scope)
    if left.kind is Kind.CHOICES:
        _refuse(node, f"{printed(node.left)} may have several answers.", _with_includes(node))
    if left.kind in (Kind.PARTS, Kind.GROUP):
        _refuse(node, f"{printed(node.left)} is {left.kind} and cannot be compared.", _part_example(left))
    if node.op not in ("=", "!=") and left.kind not in _ORDERED:
        _refuse(node, f"{printed(node.left)} is {left.kind}, which has no order.", "Write = or !=.")
    right = _fitting(node.right, left, scope)
    return Typed(Compare(node.op, left.node, right, node.at), Kind.YES_NO)


def _with_includes(node: Compare) -> str:
    return f"Write {printed(node.left)} includes {printed(node.right)}."


def _part_example(left: Typed) -> str:
    if left.kind is Kind.GROUP:
        return f"Write count({printed(left.node)})."
    parts = left.known.parts if left.known else ()
    return f"Write {printed(left.node)}.{parts[0]}." if parts else ""


def _fitting(node: Node, left: Typed, scope: Scope) -> Node:
    """The right side of a comparison, as the kind of the left side."""
    if left.kind is Kind.CHOICE:
        return _option(node, left.known, scope)
    if left.kind is Kind.TIME and isinstance(node, Text):
        if not _TIME.fullmatch(node.value):
            _refuse(node, f"{printed(node)} is not a time.", 'Write hours and minutes, like "14:05".')
        return node
    if left.kind is Kind.TEXT and isinstance(node, Name) and node.id not in scope.known:
        _refuse(node, f"{node.id} is not a question of this service.", f"Write {quoted(node.id)}.")
    typed = check(node, scope)
    if typed.kind is not left.kind:
        says = f"{printed(node)} is {typed.kind}, but {printed(left.node)} is {left.kind}."
        _refuse(node, says, _literal_example(left.kind))
    return typed.node


def _literal_example(kind: Kind) -> str:
    return {
        Kind.NUMBER: "Write a number, like 1000.",
        Kind.TEXT: 'Write a text in quotes, like "Exeter".',
        Kind.DATE: "Write a day without quotes, like 2027-03-04.",
        Kind.YES_NO: "Write yes or no.",
        Kind.TIME: 'Write a time in quotes, like "14:05".',
    }.get(kind, "")


def _literal_word(node: Node) -> str | None:
    """The bare word that a node may be as an option."""
    match node:
        case Name(id_, ""):
            return id_
        case Text(value):
            return value
        case Number(text):
            return text
        case YesNo(value):
            return "yes" if value else "no"
        case _:
            return None


def _option(node: Node, known: Known | None, scope: Scope) -> Node:
    """An option of the compared choice; it wins over a question with the same name."""
    options = known.options if known else {}
    word = _literal_word(node)
    if word is not None and word in options:
        return Option(word, options[word], node.at)
    if isinstance(node, Name) and node.id in scope.known:
        typed = check(node, scope)
        if typed.kind is Kind.CHOICE:
            return typed.node
    near = nearest(word or "", options)
    name = known.id if known else "this question"
    shown = [value if value not in RESERVED - {"yes", "no"} else quoted(value) for value in options]
    _refuse(
        node,
        f"{word if word is not None else printed(node)} is not an option of {name}.",
        f"Write {near}." if near else f"Write one of: {', '.join(shown)}.",
    )


def _includes(node: Includes, scope: Scope) -> Typed:
    left = check(node.left, scope)
    if left.kind is not Kind.CHOICES:
        _refuse(node, f"{printed(node.left)} has only one answer.", f"Write {printed(node.left)} = ….")
    return Typed(Includes(left.node, _option(node.what, left.known, scope), node.at), Kind.YES_NO)


def _one_of(node: OneOf, scope: Scope) -> Typed:
    left = check(node.left, scope)
    if left.kind in (Kind.PARTS, Kind.GROUP, Kind.CHOICES):
        _refuse(node, f"{printed(node.left)} is {left.kind}; in looks at one answer.", "Use includes and or.")
    among = tuple(_fitting(one, left, scope) for one in node.among)
    return Typed(OneOf(left.node, among, node.negated, node.at), Kind.YES_NO)


def _answered(node: Answered, scope: Scope) -> Typed:
    _name(node.of, scope)
    return Typed(node, Kind.YES_NO)


def _call(node: Call, scope: Scope) -> Typed:
    if node.function not in FUNCTIONS:
        near = nearest(node.function, FUNCTIONS)
        known = f"Write {near}(…)." if near else f"Known are {listed(FUNCTIONS)}."
        _refuse(node, f"{node.function} is not a function that is known.", known)
    return FUNCTIONS[node.function](node, scope)


def _takes(node: Call, counts: Iterable[int], example: str) -> None:
    if len(node.args) not in counts:
        _refuse(node, f"{node.function} takes {listed(map(str, counts))} values.", f"Write {example}.")


def _count(node: Call, scope: Scope) -> Typed:
    _takes(node, (1, 2), "count(group), or count(group, condition)")
    group = check(node.args[0], scope)
    if group.known is None or group.kind is not Kind.GROUP:
        _refuse(node.args[0], f"{printed(node.args[0])} is not a repeating group.", "Write a group's name.")
    rest = tuple(condition(arg, scope.inside(group.known)) for arg in node.args[1:])
    return Typed(Call("count", (group.node, *rest), node.at), Kind.NUMBER)


def _column_or_number(node: Node, scope: Scope) -> Node:
    if isinstance(node, Name) and node.part:
        known = _known(node, scope)
        if known.kind is Kind.GROUP:
            column = known.columns.get(node.part)
            if column is None or column.kind is not Kind.NUMBER:
                numbers = [each.id for each in known.columns.values() if each.kind is Kind.NUMBER]
                advice = f"Write {listed(f'{node.id}.{each}' for each in numbers)}." if numbers else ""
                _refuse(node, f"{node.part} is not a number asked for each of {node.id}.", advice)
            return node
    return _number(node, scope)


def _several_numbers(node: Call, scope: Scope) -> Typed:
    args = tuple(_column_or_number(arg, scope) for arg in node.args)
    return Typed(Call(node.function, args, node.at), Kind.NUMBER)


def _between(node: Call, scope: Scope) -> Typed:
    _takes(node, (2,), f"{node.function}(earlier, later)")
    args = tuple(_date(arg, scope) for arg in node.args)
    return Typed(Call(node.function, args, node.at), Kind.NUMBER)


def _round(node: Call, scope: Scope) -> Typed:
    _takes(node, (1, 2), "round(number), or round(number, 2)")
    digits = node.args[1:]
    if digits and not (isinstance(digits[0], Number) and digits[0].text in "0123456"):
        _refuse(digits[0], "The places after the point are a figure from 0 to 6.", "Write round(number, 2).")
    return Typed(Call("round", (_number(node.args[0], scope), *digits), node.at), Kind.NUMBER)


FUNCTIONS: dict[str, Callable[[Call, Scope], Typed]] = {
    "count": _count,
    "sum": _several_numbers,
    "min": _several_numbers,
    "max": _several_numbers,
    "round": _round,
    "years_between": _between,
    "days_between": _between,
}
