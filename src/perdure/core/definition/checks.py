"""What must hold between the parts of a definition."""

from __future__ import annotations

from perdure.core.definition.check_casework import casework_errors
from perdure.core.definition.check_paper import paper_errors
from perdure.core.definition.check_questions import question_errors
from perdure.core.definition.findings import Finding
from perdure.core.definition.model import Definition
from perdure.core.definition.plan import planned


def errors_in(definition: Definition) -> list[Finding]:
    """Every error, in no particular order."""
    return [
        *question_errors(definition),
        *planned(definition)[1],
        *paper_errors(definition),
        *casework_errors(definition),
    ]
