"""From a posted form to a stored answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from perdure.core.definition.model import Question

MESSAGES: dict[str, str] = {}
"""Every sentence that an input problem can say, by code; a site translates these templates."""


@dataclass(frozen=True)
class InputProblem:
    """What is wrong with one input, in words. input: its name in the form; code: key of MESSAGES."""

    input: str
    code: str
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def says(self) -> str:
        return MESSAGES[self.code].format(**self.details)


@dataclass(frozen=True)
class Read:
    """What was read. value: None when nothing usable was given; raw: tidied inputs for redisplay."""

    value: Any | None
    problems: tuple[InputProblem, ...]
    raw: Mapping[str, list[str]]

    @property
    def ok(self) -> bool:
        return not self.problems


def read_answer(
    question: Question, raw: Mapping[str, Sequence[str]], *, today: date, currency: str = ""
) -> Read:
    """Read one answer from posted inputs (a QueryDict works too).

    Inputs: `<qid>`; `<qid>-day|-month|-year`; `<qid>-<part>` for name and address; several
    values under `<qid>` for choices; yes/no for yes_no; `yes` for a tick.
    A required question that was left empty is a problem with the code "required".
    """
    raise NotImplementedError
