"""The service definition: the common language of screen, paper, desk and letters.

Reads and writes the definition file, works out the path of an application through
it, and turns what people typed into answers and answers into words. Knows nothing
of the web, a database or a PDF, and has no clock: the day is always an argument.

    definition = load_definition(text)
    service = compile_service(definition)
    path = service.path(answers, today=day, seen=frozenset(visited))
    read = read_answer(question, request.POST, today=day, currency=definition.currency)
"""

from perdure.core.definition.answers.messages import MESSAGES, InputProblem, Read
from perdure.core.definition.answers.parts import parts_asked
from perdure.core.definition.answers.raw import input_names, raw_of
from perdure.core.definition.answers.read import read_answer
from perdure.core.definition.answers.shown import shown, shown_lines, shown_value
from perdure.core.definition.comments import with_comments
from perdure.core.definition.conditions.condition import (
    Condition,
    Expression,
    compile_condition,
    compile_value,
)
from perdure.core.definition.conditions.scope import Scope
from perdure.core.definition.conditions.trace import Trace
from perdure.core.definition.dumping import dump_definition
from perdure.core.definition.errors import ConditionError, DefinitionError, Problem
from perdure.core.definition.lint import lint, lint_text
from perdure.core.definition.loading import load_definition
from perdure.core.definition.model import Answers, Definition
from perdure.core.definition.path import Path, Reason, RecordOnPath, StepOnPath
from perdure.core.definition.plan import scope_of
from perdure.core.definition.reference import content_hash, json_schema, reference_markdown
from perdure.core.definition.service import Service, compile_service, value_at

__all__ = [
    "MESSAGES",
    "Answers",
    "Condition",
    "ConditionError",
    "Definition",
    "DefinitionError",
    "Expression",
    "InputProblem",
    "Path",
    "Problem",
    "Read",
    "Reason",
    "RecordOnPath",
    "Scope",
    "Service",
    "StepOnPath",
    "Trace",
    "compile_condition",
    "compile_service",
    "compile_value",
    "content_hash",
    "dump_definition",
    "input_names",
    "json_schema",
    "lint",
    "lint_text",
    "load_definition",
    "parts_asked",
    "raw_of",
    "read_answer",
    "reference_markdown",
    "scope_of",
    "shown",
    "shown_lines",
    "shown_value",
    "value_at",
    "with_comments",
]
