"""What was found in a definition, before its place in the file is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perdure.core.definition.errors import Problem
from perdure.core.definition.yaml_text import Where, Written, path_text


@dataclass(frozen=True)
class Finding:
    """Something to mend. offset: place within a condition's text, in characters from 0."""

    where: Where
    says: str
    write_instead: str = ""
    severity: Literal["error", "warning"] = "error"
    offset: int | None = None

    def placed(self, written: Written | None = None) -> Problem:
        """As a problem, with its line and column when the file is at hand."""
        line, column = 0, 0
        if written is not None:
            place = written.place(self.where, of_value=self.offset is not None)
            line, column = place.line, place.column
            if place.plain:
                column += self.offset or 0
        return Problem(line, column, path_text(self.where), self.says, self.write_instead, self.severity)


def warning(where: Where, says: str, write_instead: str = "") -> Finding:
    return Finding(where, says, write_instead, "warning")
