"""Handling labels as data: a scheme is an ordered list, and an installation has a ceiling in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Label:
    """One handling label. also: other names under which the same label is known."""

    id: str
    title: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """Labels from the lowest to the highest, and the highest one the installation may hold."""

    id: str
    title: str
    labels: tuple[Label, ...]
    ceiling: str

    def rank(self, label: str) -> int | None:
        """Place of a label counted from 0; None when this scheme does not know it."""
        for place, one in enumerate(self.labels):
            if label == one.id or label in one.also:
                return place
        return None

    def held(self) -> tuple[Label, ...]:
        """The labels up to the ceiling; none when the ceiling itself is unknown."""
        top = self.rank(self.ceiling)
        return () if top is None else self.labels[: top + 1]


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme that ships with the product, by id."""
    told: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("labels.yaml").read_text("utf-8"))
    return {name: _scheme(name, one) for name, one in told.items()}


def _scheme(name: str, told: dict[str, Any]) -> Scheme:
    labels = tuple(Label(one["id"], one["title"], tuple(one.get("also", ()))) for one in told["labels"])
    return Scheme(name, told["title"], labels, told["ceiling"])
