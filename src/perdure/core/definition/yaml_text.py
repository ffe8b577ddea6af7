"""YAML as plain values, with the line of each.

Every scalar stays the text that was written (`0123`, `yes` and `1.50` are not changed); the
model knows what each should be. Keys without a value count as not written. Anchors, aliases
and tags are refused: a definition says everything where it is used, and cannot grow when read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from perdure.core.definition.errors import Problem

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 24
MAX_VALUES = 150_000

Where = tuple[str | int, ...]
"""Path of a value: ("pages", 2, "questions", 0, "min")."""

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """Line and column from 1. plain: the value starts here on one line, so offsets in it can be added."""

    line: int
    column: int
    plain: bool = False


@dataclass
class Written:
    """A YAML file as read: its value, where each part stands, and what is wrong with it."""

    value: Any = None
    keys: dict[Where, Place] = field(default_factory=dict)
    values: dict[Where, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, where: Where, *, of_value: bool = False) -> Place:
        """The place of a part, or of the nearest part around it that is written."""
        tables = (self.values, self.keys) if of_value else (self.keys, self.values)
        for length in range(len(where), -1, -1):
            for table in tables:
                if where[:length] in table:
                    return table[where[:length]]
        return Place(1, 1)


def path_text(where: Where) -> str:
    """("pages", 2, "id") -> "pages[2].id"."""
    text = ""
    for part in where:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class _Stop(Exception):
    """The file cannot be read any further."""


@dataclass
class _Open:
    """A mapping or sequence that is being read."""

    value: dict[str, Any] | list[Any]
    where: Where
    key: str | None = None


class _Builder:
    def __init__(self) -> None:
        self.written = Written()
        self.stack: list[_Open] = []
        self.count = 0
        self.documents = 0

    def problem(self, place: Place, says: str, write_instead: str = "", where: Where = ()) -> None:
        self.written.problems.append(Problem(place.line, place.column, path_text(where), says, write_instead))

    def stop(self, place: Place, says: str, write_instead: str = "") -> None:
        self.problem(place, says, write_instead)
        raise _Stop

    def event(self, event: yaml.Event) -> None:
        mark = event.start_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(
                    place, "A second document begins here.", "Write one service in a file, without ---."
                )
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.stop(place, "Anchors (&) and aliases (*) are not used here.", "Write the value out.")
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.ScalarEvent)):
            self.begin(event, place)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()

    def begin(self, event: yaml.Event, place: Place) -> None:
        self.count += 1
        if self.count > MAX_VALUES or len(self.stack) >= MAX_DEPTH:
            self.stop(place, "This file is too large or nested too deeply to be a service definition.")
        if getattr(event, "tag", None) not in (None, "!"):
            self.stop(place, f"The tag {event.tag} is not used here.", "Leave it out.")  # type: ignore[attr-defined]
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self.key(event, place, parent)
        else:
            self.value(event, place, parent)

    def key(self, event: yaml.Event, place: Place, parent: _Open) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self.stop(place, "A name is expected here.", "Write a key, a colon and a value.")
            return
        where = (*parent.where, event.value)
        if where in self.written.keys:
            first = self.written.keys[where].line
            self.problem(place, f"{event.value} is written twice; first on line {first}.", "Keep one.", where)
        else:
            self.written.keys[where] = place
        parent.key = event.value

    def value(self, event: yaml.Event, place: Place, parent: _Open | None) -> None:
        if parent is None:
            where: Where = ()
        elif isinstance(parent.value, dict):
            where = (*parent.where, str(parent.key))
        else:
            where = (*parent.where, len(parent.value))
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
            start, end = event.start_mark, event.end_mark
            one_line = start is not None and end is not None and start.line == end.line
            shift = 1 if event.style in ("'", '"') else 0
            place = Place(place.line, place.column + shift, plain=one_line)
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.stack.append(_Open(value, where))
        self.written.values.setdefault(where, place)
        self.attach(parent, value)

    def attach(self, parent: _Open | None, value: Any) -> None:
        if parent is None:
            self.written.value = value
        elif isinstance(parent.value, list):
            parent.value.append("" if value is None else value)
        else:
            if value is not None:
                parent.value[str(parent.key)] = value
            parent.key = None


def _scalar(event: yaml.ScalarEvent) -> str | None:
    if event.style is None and event.value in ("", "~", "null"):
        return None
    return str(event.value)


def read_yaml(text: str) -> Written:
    """Read one YAML document. Never raises: what is wrong stands in `problems`."""
    builder = _Builder()
    if len(text) > MAX_CHARACTERS:
        builder.problem(Place(1, 1), f"The file is longer than {MAX_CHARACTERS:,} characters.")
        return builder.written
    try:
        for event in yaml.parse(text, Loader=_Parser):
            builder.event(event)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        builder.problem(place, f"This is not YAML: {error.problem}.", _yaml_advice(str(error.problem)))
    except (yaml.YAMLError, UnicodeError, ValueError):
        builder.problem(Place(1, 1), "The file holds characters that a definition cannot hold.")
    return builder.written


def _yaml_advice(problem: str) -> str:
    if "mapping values" in problem:
        return 'Put words that hold a colon in quotes: title: "Part 1: You".'
    if "\\t" in problem or "tab" in problem:
        return "Indent with spaces, not with tabs."
    if "expected <block end>" in problem or "did not find expected" in problem:
        return "Check the indentation here and on the line above, and close every quote and bracket."
    return ""
