"""The words of this tool as plain values: wanted fields, rows as read, what became of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Value = str | date | Decimal | bool | tuple[str, ...]
"""What a field holds: text, choice, url and country as str (country as ISO 3166-1 alpha-2), date as date,
money and number as Decimal, yes/no as bool, list as a tuple of str. Empty fields are left out."""


class Kind(StrEnum):
    """What can stand in a field."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"
    URL = "url"
    COUNTRY = "country"
    LIST = "list"


@dataclass(frozen=True)
class TargetField:
    """A field that the caller wants filled.

    part_of_key  do rows with different texts here speak of different things? (a title, an organisation)
    vocabulary  for a choice: each value with other words for it, in any case (running: in use, live)
    synonyms    what lists call such a column (start date, begun)
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    part_of_key: bool = False
    vocabulary: Map[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """How much a file may cost. Past these the file is refused, or the row rejected, with a sentence.

    cell_chars  a longer cell makes its row a rejected one, kept whole in the rejects file
    cell_most   a longer cell still makes the file a refused one
    spool_mb    how large the list may be when it is unpacked, on disk
    """

    file_mb: int = 2048
    columns: int = 2000
    cell_chars: int = 1_000_000
    cell_most: int = 64_000_000
    spool_mb: int = 8192
    memory_mb: int = 2048
    seconds: float = 900.0


@dataclass(frozen=True)
class Options:
    """What a person said about a file; None where it is to be found out.

    header  is the first row the names of the columns?
    ours    written by write_csv here: the apostrophes before formulas are taken off again
    """

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    ours: bool = False


@dataclass(frozen=True)
class About:
    """What a file turned out to be.

    kind      csv, xlsx, json or jsonl
    columns   names as given, made different where two were the same
    rows      how many there are, faulty ones included; blank lines are counted apart
    faulty    how many rows cannot be used as they stand
    told      sentences for the person: how it was read, and what was odd
    """

    kind: str
    columns: tuple[str, ...]
    rows: int
    blank: int = 0
    faulty: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header: bool = True
    told: tuple[str, ...] = ()


class Row(NamedTuple):
    """One row as it was read. line: where it begins in the file, counted from 1 (the sheet's row in Excel).

    fault, code  why the row cannot be used; empty when it can. Its cells are then what could be made out,
    and may be more or fewer than the columns.
    """

    line: int
    cells: tuple[str, ...]
    fault: str = ""
    code: str = ""


class Note(NamedTuple):
    """Something that could not be read in a row that came in all the same. raw is the text as it stood."""

    field: str
    code: str
    words: str
    raw: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A row on the caller's fields.

    key        how the row is found again: the key columns (without the year), or a hash of the row
    year       the year the row speaks of, when the mapping says which column has it
    values     field name -> value; a field without a value is not there
    extra      columns that no field was made from, by name, empty cells left out
    raw        field name -> text as it stood, where reading it lost something
    precision  field name -> "year" or "month" for dates whose day was not given (the first is put)
    former     the key as it was made before links were read as their words; "" where it is the same
    """

    line: int
    key: str
    year: int | None
    values: dict[str, Value]
    extra: dict[str, str]
    raw: dict[str, str]
    precision: dict[str, str]
    notes: tuple[Note, ...] = ()
    former: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that did not come in: why, and everything that stood in it.

    reason    a sentence; code is stable (lists.required-empty, lists.ragged, lists.cell-too-long, ...)
    original  column name -> text; cells beyond the columns as "cell 15", "cell 16"
    """

    line: int
    reason: str
    code: str
    original: dict[str, str]


@dataclass(frozen=True)
class Account:
    """Where every row went: read = added + merged + rejected, always (balanced says so).

    merged  rows that were recognised as something already there
    """

    read: int = 0
    added: int = 0
    merged: int = 0
    rejected: int = 0

    @property
    def balanced(self) -> bool:
        return self.read == self.added + self.merged + self.rejected

    def with_added(self, count: int = 1) -> Account:
        return replace(self, read=self.read + count, added=self.added + count)

    def with_merged(self, count: int = 1) -> Account:
        return replace(self, read=self.read + count, merged=self.merged + count)

    def with_rejected(self, count: int = 1) -> Account:
        return replace(self, read=self.read + count, rejected=self.rejected + count)


@dataclass(frozen=True)
class FieldGuess:
    """Why a column was suggested for a field. confidence 0 to 1; below 0.5 a person should look."""

    field: str
    columns: tuple[str, ...]
    confidence: float
    why: str
    unknown: Map[str, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """A saved mapping held against the columns of this year's file.

    missing   columns that the mapping names and the file lacks, with the fields that need them
    unmapped  columns of the file that go into `extra`
    """

    missing: Map[str, tuple[str, ...]]
    unmapped: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.missing
