"""Comments that a person wrote into a definition, carried over when the file is written anew.

A definition is read into values and written from them, and values have no comments. What a person noted
must survive a click in the studio all the same: a comment stays above the thing it stood above, or beside.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SIGN = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_NAMES = ("id", "answer", "box", "value", "name")
"""Keys that tell one item of a list from another, the best first."""

Path = tuple[str, ...]


def with_comments(before: str, after: str) -> str:
    """The text `after` with the comments of `before`, each on a line of its own.

    before  a definition as a person keeps it; after: the same definition, changed or not, as it is written
    A comment whose thing is gone goes to what held the thing. One at the end stays at the end. What is there
    already is not written twice.
    """
    comments = list(_comments(before))
    if not comments:
        return after
    known = {text for _line, text in _comments(after)}
    places, lines = _places(before), {path: line for line, path in reversed(_places(after))}
    starts = [line for line, _path in places]
    above: defaultdict[int, list[str]] = defaultdict(list)
    written = after.splitlines()
    for line, text in comments:
        if text in known:
            continue
        at = bisect_left(starts, line)
        target = _line_of(places[at][1], lines) if at < len(places) else len(written)
        above[target].append(text)
    return "\n".join([*_woven(written, above), ""])


def _woven(written: list[str], above: dict[int, list[str]]) -> Iterator[str]:
    for at, line in enumerate(written):
        indent = line[: len(line) - len(line.lstrip())]
        yield from (indent + text for text in above.get(at, ()))
        yield line
    yield from above.get(len(written), ())


def _line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of a thing, or of the nearest that holds it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Each comment with its line from 0. A # inside words is none."""
    if not _SIGN.search(text):
        return
    spans = [
        (token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(text, Loader=_Loader)
        if isinstance(token, yaml.ScalarToken)
    ]
    begins = [start for start, _end in spans]
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        for sign in _SIGN.finditer(line):
            at = bisect_right(begins, offset + sign.start()) - 1
            if at < 0 or spans[at][1] <= offset + sign.start():
                yield number, line[sign.start() :].rstrip()
                break
        offset += len(line)


def _places(text: str) -> list[tuple[int, Path]]:
    """The line on which each thing begins, with its path, in order; of one line the outermost first."""
    root = yaml.compose(text, Loader=_Loader)
    return sorted(_walked(root, ()), key=lambda place: place[0]) if root is not None else []


def _walked(node: yaml.Node, path: Path) -> Iterator[tuple[int, Path]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            yield key.start_mark.line, inner
            yield from _walked(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = (*path, _named(value, number))
            yield value.start_mark.line, inner
            yield from _walked(value, inner)


def _named(node: yaml.Node, number: int) -> str:
    """An item of a list by its own name, so that it is known again in another place; else by its number."""
    if isinstance(node, yaml.MappingNode):
        found = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
        for name in _NAMES:
            if name in found:
                return f"{name}={found[name]}"
    return str(number)
