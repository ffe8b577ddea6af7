"""Conditions and expressions, compiled once and evaluated many times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from perdure.core.definition.conditions.scope import Scope
from perdure.core.definition.conditions.trace import Trace


class Condition:
    """A compiled condition."""

    text: str

    def holds(self, answers: Mapping[str, Any], today: date) -> bool:
        raise NotImplementedError

    def explain(self, answers: Mapping[str, Any], today: date) -> Trace:
        raise NotImplementedError


class Expression:
    """A compiled value, for derived values."""

    text: str

    def value(self, answers: Mapping[str, Any], today: date) -> Any | None:
        """Decimal, str, bool or date; None for no answer."""
        raise NotImplementedError


def compile_condition(text: str, scope: Scope) -> Condition:
    """Raises ConditionError."""
    raise NotImplementedError


def compile_value(text: str, scope: Scope) -> Expression:
    """Raises ConditionError."""
    raise NotImplementedError
