"""Lists: from a file that somebody sent to rows on known fields, with every row accounted for.

Owns the words list, column, row, target field, mapping and account. Knows nothing of what the rows
are about: the caller says which fields it wants. A file is opened only in a bounded child process;
this process reads the plain spool that the child wrote. No formula is ever worked out.

    with open_list(path) as listed:
        found = suggest(listed.about.columns, listed.sample(), targets)
        mapper = Mapper(found.mapping, targets, listed.about.columns)
        for row in listed.rows():
            result = mapper.apply(row)            # Mapped or Rejected, never an exception
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from perdure.core.lists.errors import ListRefused, MappingRefused
from perdure.core.lists.listfile import ListFile, open_list
from perdure.core.lists.mapping import Condition, DateReading, Key, Mapping, MoneyReading, Rule
from perdure.core.lists.values import (
    About,
    Account,
    Checked,
    FieldGuess,
    Kind,
    Limits,
    Mapped,
    Note,
    Options,
    Rejected,
    Row,
    TargetField,
    Value,
)

__all__ = [
    "About",
    "Account",
    "Checked",
    "Condition",
    "DateReading",
    "FieldGuess",
    "Key",
    "Kind",
    "Limits",
    "ListFile",
    "ListRefused",
    "Mapped",
    "Mapper",
    "Mapping",
    "MappingRefused",
    "MoneyReading",
    "Note",
    "Options",
    "Rejected",
    "Row",
    "Rule",
    "Suggestion",
    "TargetField",
    "Value",
    "Written",
    "check_mapping",
    "dump_mapping",
    "load_mapping",
    "load_targets",
    "open_list",
    "suggest",
    "write_csv",
    "write_rejects",
    "write_xlsx",
]


@dataclass(frozen=True)
class Suggestion:
    """A mapping to be looked at by a person.

    guesses   one for each field that a column was found for, with confidence and why
    unmapped  columns that go into `extra`
    told      sentences about choices that were made from the evidence (day or month first, fillers, units)
    """

    mapping: Mapping
    guesses: tuple[FieldGuess, ...]
    unmapped: tuple[str, ...]
    told: tuple[str, ...]


def suggest(columns: Sequence[str], sample: Sequence[Row], targets: Sequence[TargetField]) -> Suggestion:
    """Find columns for fields from their names and from what stands in them."""
    raise NotImplementedError


class Mapper:
    """A mapping made ready for a file with these columns. Raises MappingRefused when it cannot work."""

    def __init__(self, mapping: Mapping, targets: Sequence[TargetField], columns: Sequence[str]) -> None:
        raise NotImplementedError

    def apply(self, row: Row) -> Mapped | Rejected:
        """The row on the fields. Never raises: what cannot be read is a note, or the row is rejected."""
        raise NotImplementedError


def check_mapping(mapping: Mapping, targets: Sequence[TargetField], columns: Sequence[str]) -> Checked:
    """Hold a saved mapping against this year's columns. Raises MappingRefused for fields nobody knows."""
    raise NotImplementedError


def load_mapping(text: str) -> Mapping:
    """Read a mapping file. Raises MappingRefused with the place and what is wrong there."""
    raise NotImplementedError


def dump_mapping(mapping: Mapping) -> str:
    """The mapping as a file for people; load_mapping(dump_mapping(m)) == m."""
    raise NotImplementedError


def load_targets(text: str) -> tuple[TargetField, ...]:
    """Read a file of target fields (name: {label, kind, required, vocabulary, synonyms})."""
    raise NotImplementedError


@dataclass(frozen=True)
class Written:
    """What was written. shortened: cells that Excel has no room for (above 32,767 characters)."""

    rows: int
    shortened: int = 0


def write_csv(to: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Write UTF-8 CSV in which no cell can become a formula; Options(ours=True) reads it back unchanged."""
    raise NotImplementedError


def write_xlsx(to: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Write an Excel file in which every cell is text."""
    raise NotImplementedError


def write_rejects(to: IO[bytes], columns: Sequence[str], rejected: Iterable[Rejected]) -> Written:
    """Write the rejected rows as CSV: the original columns, then reason, code and line.

    The file can be corrected and imported again: those three columns are known and set aside.
    """
    raise NotImplementedError
