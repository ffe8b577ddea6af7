"""Lists: from a file that somebody sent to rows on known fields, with every row accounted for.

Owns the words list, column, row, target field, mapping and account. Knows nothing of what the rows
are about: the caller says which fields it wants. A file is opened only in a bounded child process;
this process reads the plain spool that the child wrote. No formula is ever worked out.

    with open_list(path) as listed:
        found = suggest(listed.about.columns, listed.sample(), targets)
        mapper = Mapper(found.mapping, targets, listed.about.columns)
        for result in map_rows(listed.rows(), mapper):
            ...                                   # Mapped or Rejected, never an exception
"""

from __future__ import annotations

from perdure.core.lists.errors import ListRefused, MappingRefused
from perdure.core.lists.files import dump_mapping, load_mapping, load_targets
from perdure.core.lists.listfile import ListFile, open_list
from perdure.core.lists.mapper import LINK, Mapper, check_mapping, map_rows
from perdure.core.lists.mapping import Condition, DateReading, Key, Mapping, MoneyReading, Rule
from perdure.core.lists.marked_links import without_links
from perdure.core.lists.suggesting import Suggestion, suggest
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
from perdure.core.lists.writing import Written, write_csv, write_rejects, write_xlsx

__all__ = [
    "LINK",
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
    "map_rows",
    "open_list",
    "suggest",
    "without_links",
    "write_csv",
    "write_rejects",
    "write_xlsx",
]
