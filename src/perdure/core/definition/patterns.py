"""Patterns that could keep the machine busy for ever, found before anybody's answer meets them.

Python's `re` tries every way to divide a text among repeats. A repeat inside a repeat, or a repeat of
alternatives, makes that number grow like 2 to the length of the answer. Both are refused.
"""

from __future__ import annotations

import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from typing import Any

_MANY = 10
_MOST_REPEATS = 4


def slow_part(pattern: str) -> str:
    """What makes a pattern slow, in words; "" when nothing does. The pattern must compile."""
    tree = parser.parse(pattern)
    if _nested(tree, within=False):
        return "a part that repeats holds another part that repeats, or alternatives"
    if _count(tree) > _MOST_REPEATS:
        return f"it has more than {_MOST_REPEATS} parts that repeat without end"
    return ""


def _children(argument: Any) -> Iterable[Any]:
    """The sub-patterns inside the argument of a parsed operator."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for each in argument:
            yield from _children(each)


def _repeats(operator: Any, argument: Any) -> bool:
    repeats = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
    return operator in repeats and bool(argument[1] > _MANY)


def _nested(tree: Any, *, within: bool) -> bool:
    for operator, argument in tree:
        repeats = _repeats(operator, argument)
        if within and (repeats or operator in (constants.BRANCH, constants.GROUPREF)):
            return True
        if any(_nested(child, within=within or repeats) for child in _children(argument)):
            return True
    return False


def _count(tree: Any) -> int:
    return sum(
        int(_repeats(operator, argument)) + sum(_count(child) for child in _children(argument))
        for operator, argument in tree
    )
