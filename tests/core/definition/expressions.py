"""Random conditions, and an interpreter that is independent of the compiler.

The interpreter works on the parser's nodes with Fractions and plain recursion, written from
docs/reference/conditions.md alone.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from perdure.core.definition.conditions import nodes

FIGURES = ("whole", "sum")
OPTIONS = ("red", "green", "blue")

figures = st.integers(0, 20).map(lambda n: nodes.Number(str(n)))
number_names = st.sampled_from(FIGURES).map(nodes.Name)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(nodes.Day)


def _numbers(depth: int) -> st.SearchStrategy[nodes.Node]:
    if depth == 0:
        return figures | number_names
    inner = _numbers(depth - 1)
    rows = st.just(nodes.Name("rows"))
    return st.one_of(
        inner,
        st.builds(nodes.Arithmetic, st.sampled_from("+-*"), inner, inner),
        st.builds(nodes.Negative, inner),
        st.builds(lambda args: nodes.Call("sum", tuple(args)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda args: nodes.Call("max", tuple(args)), st.lists(inner, min_size=1, max_size=3)),
        st.just(nodes.Call("sum", (nodes.Name("rows", "cell"),))),
        st.builds(lambda group: nodes.Call("count", (group,)), rows),
        st.builds(
            lambda op, n: nodes.Call("count", (nodes.Name("rows"), nodes.Compare(op, nodes.Name("cell"), n))),
            st.sampled_from(("=", "<", ">=")),
            figures,
        ),
    )


def _conditions(depth: int) -> st.SearchStrategy[nodes.Node]:
    numbers = _numbers(min(depth, 2))
    option = st.sampled_from(OPTIONS).map(nodes.Name)
    dates = days | st.just(nodes.Today()) | st.just(nodes.Name("day"))
    leaves = st.one_of(
        st.builds(nodes.Compare, st.sampled_from(("=", "!=", "<", "<=", ">", ">=")), numbers, numbers),
        st.builds(nodes.Compare, st.sampled_from(("=", "!=")), st.just(nodes.Name("colour")), option),
        st.builds(nodes.Compare, st.sampled_from(("=", "<", ">=")), dates, dates),
        st.builds(nodes.Includes, st.just(nodes.Name("colours")), option),
        st.builds(
            lambda among, negated: nodes.OneOf(nodes.Name("colour"), tuple(among), negated),
            st.lists(option, min_size=1, max_size=3),
            st.booleans(),
        ),
        st.builds(
            nodes.Answered,
            st.sampled_from(("whole", "sum", "colour", "colours", "day", "flag", "rows")).map(nodes.Name),
            st.booleans(),
        ),
        st.just(nodes.Name("flag")),
        st.booleans().map(nodes.YesNo),
        st.builds(
            nodes.Compare,
            st.sampled_from(("=", "!=")),
            st.just(nodes.Name("flag")),
            st.booleans().map(nodes.YesNo),
        ),
    )
    if depth == 0:
        return leaves
    inner = _conditions(depth - 1)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return leaves | st.builds(nodes.Not, inner) | st.builds(nodes.And, several) | st.builds(nodes.Or, several)


conditions = _conditions(3)
sums = st.recursive(
    figures,
    lambda inner: (
        st.builds(nodes.Arithmetic, st.sampled_from("+-*/"), inner, inner) | st.builds(nodes.Negative, inner)
    ),
    max_leaves=8,
)

decimals = st.integers(-2000, 2000).map(lambda n: f"{n / 100:.2f}")
answers = st.fixed_dictionaries(
    {},
    optional={
        "whole": st.integers(-20, 20),
        "sum": decimals,
        "colour": st.sampled_from(OPTIONS),
        "colours": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True),
        "day": st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat),
        "flag": st.booleans(),
        "rows": st.lists(st.fixed_dictionaries({}, optional={"cell": decimals}), max_size=3),
    },
)

PAGES = """
whole: whole_number
sum: money
colour: choice red green blue
colours: choices red green blue
day: date
flag: yes_no
"""
GROUP = """- id: rows
  repeat: {id: rows, one: row}
  questions:
  - {id: cell, type: money, title: Cell}
"""


def number(node, given, today):
    """A number or None."""
    match node:
        case nodes.Number(text):
            return Fraction(text)
        case nodes.Name(name):
            return Fraction(given[name]) if name in given else None
        case nodes.Negative(of):
            found = number(of, given, today)
            return None if found is None else -found
        case nodes.Arithmetic(op, left, right):
            a, b = number(left, given, today), number(right, given, today)
            if a is None or b is None:
                return None
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b}[op]()
        case nodes.Call("count", args):
            rows = given.get("rows", [])
            return Fraction(sum(len(args) == 1 or holds(args[1], {**given, **row}, today) for row in rows))
        case nodes.Call("sum", (nodes.Name("rows", "cell"),)):
            return sum((Fraction(row["cell"]) for row in given.get("rows", []) if "cell" in row), Fraction(0))
        case nodes.Call(function, args):
            found = [each for each in (number(arg, given, today) for arg in args) if each is not None]
            if function == "sum":
                return sum(found, Fraction(0))
            return max(found) if found else None
    raise AssertionError(node)


def day(node, given, today):
    match node:
        case nodes.Day(value):
            return value
        case nodes.Today():
            return today
        case nodes.Name(name):
            return date.fromisoformat(given[name]) if name in given else None
    raise AssertionError(node)


def _side(node, given, today):
    if isinstance(node, (nodes.Day, nodes.Today)) or node == nodes.Name("day"):
        return day(node, given, today)
    return number(node, given, today)


def holds(node, given, today) -> bool:
    """Does a condition hold? Written from the manual."""
    match node:
        case nodes.YesNo(value):
            return value
        case nodes.Name("flag"):
            return given.get("flag") is True
        case nodes.Not(of):
            return not holds(of, given, today)
        case nodes.And(parts):
            return all(holds(part, given, today) for part in parts)
        case nodes.Or(parts):
            return any(holds(part, given, today) for part in parts)
        case nodes.Answered(nodes.Name(name), negated):
            return (given.get(name) not in (None, [])) != negated
        case nodes.Includes(nodes.Name(name), nodes.Name(option)):
            return option in given.get(name, [])
        case nodes.OneOf(nodes.Name(name), among, negated):
            return name in given and (given[name] in [each.id for each in among]) != negated
        case nodes.Compare(op, nodes.Name("colour"), nodes.Name(option)):
            return "colour" in given and (given["colour"] == option) == (op == "=")
        case nodes.Compare(op, nodes.Name("flag"), nodes.YesNo(value)):
            return "flag" in given and (given["flag"] == value) == (op == "=")
        case nodes.Compare(op, left, right):
            a, b = _side(left, given, today), _side(right, given, today)
            if a is None or b is None:
                return False
            return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]
    raise AssertionError(node)
