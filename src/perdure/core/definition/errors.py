"""Refusals of the service definition.

PerdureError
├── DefinitionError   a definition that cannot be used; holds one Problem for each thing to mend
└── ConditionError    one condition or value that cannot be used, with the place in its text
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from perdure.core.kernel.errors import PerdureError


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a definition.

    line, column   where it stands in the file, from 1; 0 when the definition did not come from a file
    path           where it stands in the definition: "pages[2].questions[0].min"
    says           what is wrong, one plain sentence
    write_instead  what to write; "" when only the writer can know
    severity       an error stops the definition from being used, a warning does not
    """

    line: int
    column: int
    path: str
    says: str
    write_instead: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else (f"{self.path}: " if self.path else "")
        return " ".join(part for part in (place + self.says, self.write_instead) if part)


class DefinitionError(PerdureError):
    """A definition that cannot be used. problems: every error that was found, in the order of the file."""

    code = "definition.not-usable"

    def __init__(self, problems: Sequence[Problem], *, name: str = "service.yaml") -> None:
        self.problems = tuple(problems)
        self.name = name
        count = len(self.problems)
        head = f"{name} cannot be used: {count} thing{'s' if count != 1 else ''} to mend."
        super().__init__(head, "\n".join(f"- {problem}" for problem in self.problems))


class ConditionError(PerdureError):
    """A condition that cannot be used. offset: place in its text, in characters from 0."""

    code = "definition.condition"

    def __init__(self, says: str, write_instead: str = "", *, offset: int = 0) -> None:
        super().__init__(says, write_instead)
        self.offset = offset
