"""The fields that a list can fill, and the mappings of lists that we know."""

from __future__ import annotations

from functools import cache
from importlib import resources

from perdure.core.lists.api import Mapping, TargetField, load_mapping, load_targets

_FOLDER = resources.files("perdure.parts.register") / "mappings"
_TARGETS = "targets.yaml"


@cache
def targets() -> tuple[TargetField, ...]:
    """Every field that a column can be mapped to."""
    return load_targets((_FOLDER / _TARGETS).read_text(encoding="utf-8"))


@cache
def known_mappings() -> tuple[tuple[str, Mapping], ...]:
    """(name, mapping) of the lists that we know, by name."""
    files = sorted(one.name for one in _FOLDER.iterdir() if one.name.endswith(".yaml"))
    names = [name for name in files if name != _TARGETS]
    return tuple((name, load_mapping((_FOLDER / name).read_text(encoding="utf-8"))) for name in names)
