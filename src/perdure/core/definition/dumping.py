"""Writing a definition as a file that a person can read and compare line by line."""

from __future__ import annotations

import re
from typing import Any

import yaml

from perdure.core.definition.model import Definition

ALWAYS_WRITTEN = ("perdure", "id", "title", "language", "owner", "review_by", "label")
_LINE_WIDTH = 100
_ODD = re.compile("[\r\x85\u2028\u2029\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]| \n|\t")


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _FlowList(list[Any]):
    """A sequence that is written on one line."""


class _Plain(str):
    """A number or day that is written without quotes; the reader takes it as text all the same."""

    __slots__ = ()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes what `_laid_out` prepared."""


def _text(dumper: Any, value: str) -> yaml.Node:
    lines = value.removesuffix("\n")
    block = "\n" in value and lines == lines.strip() != "" and not _ODD.search(value)
    node: yaml.Node = dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if block else None)
    return node


def _plain(dumper: Any, value: _Plain) -> yaml.Node:
    tag = dumper.resolve(yaml.ScalarNode, str(value), (True, False))
    node: yaml.Node = dumper.represent_scalar(tag, str(value))
    return node


def _flow(dumper: Any, value: _Flow) -> yaml.Node:
    node: yaml.Node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
    return node


def _flow_list(dumper: Any, value: _FlowList) -> yaml.Node:
    node: yaml.Node = dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
    return node


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Plain, _plain)
_Dumper.add_representer(_Flow, _flow)
_Dumper.add_representer(_FlowList, _flow_list)


def dump_definition(definition: Definition) -> str:
    """The definition as YAML, in the order of the model, defaults left out; one line for each paper box.

    load_definition(dump_definition(d)) == d, and dumping that again gives the same text.
    """
    whole = written_values(definition)
    parts = []
    head = {key: value for key, value in whole.items() if key not in _CHAPTERS}
    parts.append(_yaml(head))
    parts += [_yaml({key: whole[key]}) for key in _CHAPTERS if key in whole]
    return "\n".join(parts)


_CHAPTERS = (
    "contact",
    "pages",
    "derived",
    "eligibility",
    "guidance",
    "paper",
    "casework",
    "letters",
    "retention",
    "costs",
)


def written_values(definition: Definition) -> dict[str, Any]:
    """The definition as plain values, without what the format takes as given."""
    whole = definition.model_dump(mode="json", exclude_defaults=True)
    kept = definition.model_dump(mode="json", include=set(ALWAYS_WRITTEN))
    ordered = {key: whole.get(key, kept.get(key)) for key in type(definition).model_fields}
    return {key: value for key, value in ordered.items() if value is not None}


def _yaml(value: dict[str, Any]) -> str:
    text: str = yaml.dump(
        _laid_out(value, ()),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_LINE_WIDTH if "paper" not in value else 1_000_000,
        default_flow_style=False,
    )
    return text


_ONE_LINE = {("paper", "boxes"), ("paper", "left_out"), ("paper", "pages")}
_FIGURES = {"min", "max", "review_by", "screen", "paper", "phone", "counter"}
_FIGURE = re.compile(r"\d{1,12}(\.\d{1,6})?|\d{4}-\d{2}-\d{2}")
_SHORT_OPTION = 70


def _laid_out(value: Any, path: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        if path in _ONE_LINE or (path[-1:] == ("options",) and _is_short(value)):
            return _Flow({key: _inside_flow(item) for key, item in value.items()})
        return {key: _laid_out(item, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        if value and not isinstance(value[0], (dict, list)):
            return _FlowList(value)
        return [_laid_out(item, path) for item in value]
    if isinstance(value, str) and path[-1] in _FIGURES and _FIGURE.fullmatch(value):
        return _Plain(value)
    return value


def _is_short(option: dict[str, Any]) -> bool:
    return sum(len(str(item)) for item in option.values()) < _SHORT_OPTION and "hint" not in option


def _inside_flow(value: Any) -> Any:
    return _FlowList(value) if isinstance(value, list) else value
