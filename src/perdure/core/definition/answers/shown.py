"""An answer in words, for check-answers, the desk and letters."""

from __future__ import annotations

from typing import Any

from perdure.core.definition.model import Question


def shown(question: Question, value: Any, *, language: str = "en", currency: str = "") -> str:
    """On one line: 4 March 2027, £1,234.50, the option's title, Ada Byron; "" for no answer."""
    raise NotImplementedError


def shown_lines(question: Question, value: Any, *, language: str = "en", currency: str = "") -> list[str]:
    """On several lines: one for each line of an address or long text, or each chosen option."""
    raise NotImplementedError
