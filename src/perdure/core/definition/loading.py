"""Reading a definition file: YAML, then the model, then what must hold between its parts."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from perdure.core.definition.checks import errors_in
from perdure.core.definition.errors import DefinitionError, Problem
from perdure.core.definition.model import Definition
from perdure.core.definition.model_words import in_words
from perdure.core.definition.yaml_text import Written, path_text, read_yaml

MOST_PROBLEMS = 200


def load_definition(text: str, *, name: str = "service.yaml") -> Definition:
    """Read a definition file.

    Raises DefinitionError with every problem, its line, and what to write instead.
    """
    definition, problems = read_definition(text)
    if definition is None or problems:
        raise DefinitionError(problems[:MOST_PROBLEMS], name=name)
    return definition


def read_definition(text: str) -> tuple[Definition | None, list[Problem]]:
    """The definition as far as it can be read, and its errors in the order of the file."""
    definition, problems, _ = read_with_places(text)
    return definition, problems


def read_with_places(text: str) -> tuple[Definition | None, list[Problem], Written]:
    """The same, with the place of everything that is written."""
    written = read_yaml(text)
    if written.problems:
        return None, _in_order(written.problems), written
    if not isinstance(written.value, dict):
        says = "This is not a service definition: it has no keys."
        return None, [Problem(1, 1, "", says, "Begin with perdure: 1, id: and title:.")], written
    definition, problems = _validated(written)
    if definition is not None:
        problems = [finding.placed(written) for finding in errors_in(definition)]
    return definition, _in_order(problems), written


def _validated(written: Written) -> tuple[Definition | None, list[Problem]]:
    value: dict[str, Any] = dict(written.value)
    if value.get("perdure") == "1":
        value["perdure"] = 1
    try:
        return Definition.model_validate(value), []
    except ValidationError as error:
        return None, [
            _problem(written, where, says, write_instead) for where, says, write_instead in in_words(error)
        ]


def _problem(written: Written, where: tuple[str | int, ...], says: str, write_instead: str) -> Problem:
    place = written.place(where)
    return Problem(place.line, place.column, path_text(where), says, write_instead)


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.line, problem.column))
