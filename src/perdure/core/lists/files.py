"""Mappings and target fields as YAML files that people read, correct and keep for next year."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import ValidationError

from perdure.core.lists.errors import MappingRefused
from perdure.core.lists.mapping import Mapping
from perdure.core.lists.values import Kind, TargetField

_MOST = 2_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_mapping(text: str) -> Mapping:
    """Read a mapping file. Raises MappingRefused with the place and what is wrong there."""
    whole = _plain(text, "mapping")
    try:
        return Mapping.model_validate(whole)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the beginning"
        what = str(first["msg"]).removeprefix("Value error, ")
        raise MappingRefused(
            f"This mapping cannot be used. At {place}: {what[:300]}.", "Correct that place in the file."
        ) from None


def dump_mapping(mapping: Mapping) -> str:
    """The mapping as a file for people; load_mapping(dump_mapping(m)) == m."""
    whole = mapping.model_dump(mode="json", exclude_defaults=True)
    fields = {name: [_short(rule) for rule in rules] for name, rules in whole.pop("fields", {}).items()}
    head = {"perdure_mapping": 1, **whole}
    body = {"fields": {name: rules[0] if len(rules) == 1 else rules for name, rules in fields.items()}}
    return _yaml(head | body)  # in one: a part by itself would be written in braces


def _short(rule: dict[str, Any]) -> dict[str, Any]:
    """One column is written `column: name`, sums without needless noughts."""
    columns = rule.get("columns", ())
    if len(columns) == 1:
        rule = {("column" if name == "columns" else name): item for name, item in rule.items()}
        rule["column"] = columns[0]
    if "date" in rule:
        rule["date"] = {"order": "day_first", **rule["date"]}
    if "money" in rule:
        rule["money"] = {name: _number(item) for name, item in rule["money"].items()}
    return rule


def _number(item: str) -> str | int:
    return int(item) if item.isdigit() else item


def _yaml(value: dict[str, Any]) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None))


def load_targets(text: str) -> tuple[TargetField, ...]:
    """Read a file of target fields (name: {label, kind, required, vocabulary, synonyms})."""
    whole = _plain(text, "file of fields")
    try:
        return tuple(_target(str(name), dict(told or {})) for name, told in whole.items())
    except (TypeError, ValueError, AttributeError) as problem:
        raise MappingRefused(
            f"This file of fields cannot be used: {str(problem)[:200]}.", "Correct the file."
        ) from None


def _target(name: str, told: dict[str, Any]) -> TargetField:
    vocabulary = told.pop("vocabulary", None) or {}
    target = TargetField(
        name=name,
        label=str(told.pop("label", name.replace("_", " ").capitalize())),
        kind=Kind(told.pop("kind", "text")),
        required=bool(told.pop("required", False)),
        part_of_key=bool(told.pop("part_of_key", False)),
        vocabulary={str(value): tuple(map(str, words or ())) for value, words in vocabulary.items()},
        synonyms=tuple(map(str, told.pop("synonyms", ()))),
    )
    if told:
        raise ValueError(f"{name} has {', '.join(told)}, which we do not know")
    return target


def _plain(text: str, called: str) -> dict[str, Any]:
    if len(text) > _MOST:
        raise MappingRefused(f"This {called} is too long to be one.", "Look whether it is the right file.")
    try:
        _refuse_aliases(text)
        whole = yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe loader, in C where there is one
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise MappingRefused(f"This {called} is not YAML{line}.", "Correct that line.") from None
    if not isinstance(whole, dict):
        raise MappingRefused(f"This {called} has no names in it.", "Look whether it is the right file.")
    return whole


def _refuse_aliases(text: str) -> None:
    """A few lines of aliases can stand for more than any memory holds; a mapping needs none."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise MappingRefused("A mapping may not use YAML aliases (*name).", "Write the part out.")
