"""Conditions when names change: which names a condition uses, and the same condition with other names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from perdure.core.definition.conditions.nodes import Compare, Includes, Name, Node, OneOf, Text, children
from perdure.core.definition.conditions.parse import parse
from perdure.core.definition.errors import ConditionError
from perdure.core.definition.model import Definition, Page

Options = Mapping[str, frozenset[str]]
"""Values of the options of each choice, by question."""


@dataclass(frozen=True)
class Used:
    """Something that uses answers. owner: id of a page, question, rule, value or letter, which kind says."""

    owner: str
    kind: str
    names: frozenset[str]
    options: frozenset[tuple[str, str]] = field(default=frozenset())


def options_of(definition: Definition) -> Options:
    return {one.id: frozenset(o.value for o in one.options) for one in definition.questions() if one.options}


def uses_of(definition: Definition) -> list[Used]:
    """Every condition, rule, derived value and letter with the names that it uses."""
    options = options_of(definition)
    found = [use for page in definition.pages for use in uses_on(page, options)]
    found += [_used(rule.id, "rule", rule.refuse_when, options) for rule in definition.eligibility]
    found += [_used(value.id, "value", value.value, options) for value in definition.derived]
    for letter in definition.letters:
        names = re.findall(r"\{([^{}\n]{1,80})\}", f"{letter.subject}\n{letter.body}")
        found.append(Used(letter.id, "letter", frozenset(names)))
    return [one for one in found if one.names]


def uses_on(page: Page, options: Options) -> list[Used]:
    """What the conditions of one page and of its questions use."""
    questions = [_used(one.id, "question", one.asked_when, options) for one in page.questions]
    return [_used(page.id, "page", page.asked_when, options), *questions]


def _used(owner: str, kind: str, text: str, options: Options) -> Used:
    if not text:
        return Used(owner, kind, frozenset())
    try:
        node = parse(text)
    except ConditionError:
        return Used(owner, kind, frozenset(re.findall(r"[a-z][a-z0-9_]*", text)))
    values = dict(_values(node, options))
    names = frozenset(one.id for one in _names(node) if one.at not in values)
    return Used(owner, kind, names, frozenset(values.values()))


def renamed(
    text: str, names: Mapping[str, str], values: Mapping[tuple[str, str], str], options: Options
) -> str:
    """A condition with other names for its questions and, by (question, value), for their options.

    options  of the definition that the text comes from
    A text that cannot be read comes back as it is.
    """
    try:
        node = parse(text)
    except ConditionError:
        return text
    chosen = dict(_values(node, options))
    changes = [(at, value, values.get((name, value), value)) for at, (name, value) in chosen.items()]
    changes += [(one.at, one.id, names.get(one.id, one.id)) for one in _names(node) if one.at not in chosen]
    for at, old, new in sorted(changes, reverse=True):
        start = at + (text[at] == '"')
        text = text[:start] + new + text[start + len(old) :]
    return text


def _names(node: Node) -> Iterator[Name]:
    if isinstance(node, Name):
        yield node
    for child in children(node):
        yield from _names(child)


def _values(node: Node, options: Options) -> Iterator[tuple[int, tuple[str, str]]]:
    """Names, and words in quotes, that are an option of the choice they are compared with: their place,
    and the (question, value)."""
    left: Node | None = None
    right: tuple[Node, ...] = ()
    if isinstance(node, Compare):
        left, right = node.left, (node.right,)
    elif isinstance(node, Includes):
        left, right = node.left, (node.what,)
    elif isinstance(node, OneOf):
        left, right = node.left, node.among
    if isinstance(left, Name):
        for one in right:
            value = one.id if isinstance(one, Name) else one.value if isinstance(one, Text) else ""
            if isinstance(one, (Name, Text)) and value in options.get(left.id, ()):
                yield one.at, (left.id, value)
    for child in children(node):
        yield from _values(child, options)
