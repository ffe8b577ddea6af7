"""The parts of a condition, as frozen values.

`at` is the place in the text, in characters from 0; two nodes that differ only there are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as written: 1000 or 12.50."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in quotes."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class YesNo:
    """yes or no."""

    value: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Day:
    """A day: 2027-03-04."""

    value: date
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the evaluation."""

    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A question, group, derived value, or one part of it; or a bare option, before it is resolved."""

    id: str
    part: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the choice it is compared with; made when names are resolved, never by the parser."""

    value: str
    title: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """- of"""

    of: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """left op right, op one of + - * /"""

    op: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """left op right, op one of = != < <= > >="""

    op: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Includes:
    """left includes what: the chosen answers hold this one."""

    left: Node
    what: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """left in (a, b), or left not in (a, b)."""

    left: Node
    among: tuple[Node, ...]
    negated: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """of is answered, or of is not answered."""

    of: Name
    negated: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """not of"""

    of: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; two or more."""

    parts: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts; two or more."""

    parts: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """function(args)"""

    function: str
    args: tuple[Node, ...]
    at: int = field(default=0, compare=False)


Node: TypeAlias = (
    Number
    | Text
    | YesNo
    | Day
    | Today
    | Name
    | Option
    | Negative
    | Arithmetic
    | Compare
    | Includes
    | OneOf
    | Answered
    | Not
    | And
    | Or
    | Call
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Negative(of) | Not(of) | Answered(of):
            return (of,)
        case Arithmetic(_, left, right) | Compare(_, left, right) | Includes(left, right):
            return (left, right)
        case OneOf(left, among):
            return (left, *among)
        case And(parts) | Or(parts):
            return parts
        case Call(_, args):
            return args
        case _:
            return ()


_LEVELS: dict[type, int] = {
    Or: 1,
    And: 2,
    Not: 3,
    Compare: 4,
    Includes: 4,
    OneOf: 4,
    Answered: 4,
    Arithmetic: 5,
    Negative: 7,
}


def _level(node: Node) -> int:
    """How tightly a node binds; printing puts brackets around what binds less."""
    if isinstance(node, Arithmetic):
        return 5 if node.op in "+-" else 6
    return _LEVELS.get(type(node), 9)


def _inside(node: Node, least: int) -> str:
    text = printed(node)
    return f"({text})" if _level(node) < least else text


def quoted(text: str) -> str:
    """Words as a text of the condition language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def printed(node: Node) -> str:
    """The node as it would be written; parse(printed(node)) == node."""
    match node:
        case Number(text):
            return text
        case Text(value):
            return quoted(value)
        case YesNo(value):
            return "yes" if value else "no"
        case Day(value):
            return value.isoformat()
        case Today():
            return "today"
        case Name(id_, part):
            return f"{id_}.{part}" if part else id_
        case Option(value):
            return value
        case Negative(of):
            return f"-{_inside(of, 7)}"
        case Arithmetic(op, left, right):
            level = _level(node)
            return f"{_inside(left, level)} {op} {_inside(right, level + 1)}"
        case Compare(op, left, right):
            return f"{_inside(left, 5)} {op} {_inside(right, 5)}"
        case Includes(left, what):
            return f"{_inside(left, 5)} includes {_inside(what, 5)}"
        case OneOf(left, among, negated):
            listed = ", ".join(_inside(one, 5) for one in among)
            return f"{_inside(left, 5)} {'not in' if negated else 'in'} ({listed})"
        case Answered(of, negated):
            return f"{printed(of)} is {'not ' if negated else ''}answered"
        case Not(of):
            return f"not {_inside(of, 3)}"
        case And(parts):
            return " and ".join(_inside(part, 3) for part in parts)
        case Or(parts):
            return " or ".join(_inside(part, 2) for part in parts)
        case Call(function, args):
            return f"{function}({', '.join(printed(arg) for arg in args)})"
