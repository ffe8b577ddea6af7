"""Looking at a file that was sent: what it is, and which mapping to begin with.

The mapping that the list was imported with last is offered when its columns are there; else that of a list
we know; else one is suggested from the names of the columns and what stands in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from perdure.core.lists import api as lists
from perdure.core.lists.api import ListFile, Mapping, MappingRefused, Options, Row
from perdure.parts.register.importing_targets import known_mappings, targets
from perdure.parts.register.models import Import

SAMPLE = 5000
SHOWN = 25
_CELL = 300
_WORDS = 60
_COLUMNS = 300


def options_of(row: Import) -> Options:
    """How a person said the file is to be read."""
    return Options(**row.looked.get("options", {}))


def look_at(row: Import, listed: ListFile) -> None:
    """Keep what a file is, a sample and a mapping with its import."""
    sample = listed.sample(SAMPLE)
    mapping, origin, found = _choose(row, listed, sample)
    row.rows = listed.about.rows
    row.looked = {
        "options": row.looked.get("options", {}),
        **_about(listed),
        "origin": origin,
        "guesses": _guesses(found),
        "told_of_mapping": list(found.told),
        "words": _words(listed.about.columns, sample),
        "sample": [[one.line, *(cell[:_CELL] for cell in one.cells)] for one in _spread(sample)],
    }
    row.mapping = lists.dump_mapping(mapping)
    row.state, row.says = Import.State.MAPPING, ""
    row.save(update_fields=["rows", "looked", "mapping", "state", "says"])


def _choose(row: Import, listed: ListFile, sample: list[Row]) -> tuple[Mapping, str, lists.Suggestion]:
    """The mapping to begin with, where it comes from ("list", a file's name, or ""), and the suggestion.

    Of the list's own and those we know, the one that leaves least of the sample unread. A row must be
    known again next year, so the key of the list's last mapping is kept where it can be.
    """
    columns = listed.about.columns
    found = lists.suggest(columns, sample, targets())
    last = _last(row)
    candidates = [(last, "list")] if last else []
    candidates += [(mapping, name) for name, mapping in known_mappings()]
    candidates = [one for one in candidates if lists.check_mapping(one[0], targets(), columns).fits]
    if not candidates:
        return _with_key(found.mapping, last, columns), "", found
    mapping, origin = min(candidates, key=lambda one: _unread(one[0], columns, sample))
    return _with_key(mapping, last, columns), origin, found


def _with_key(mapping: Mapping, last: Mapping | None, columns: Sequence[str]) -> Mapping:
    if last and set(last.key.columns) <= set(columns):
        return mapping.model_copy(update={"key": last.key})
    return mapping


def _last(row: Import) -> Mapping | None:
    """The mapping that this list was imported with last; none when an older release wrote it."""
    try:
        return lists.load_mapping(row.source.mapping) if row.source.mapping else None
    except MappingRefused:
        return None


def _unread(mapping: Mapping, columns: Sequence[str], sample: list[Row]) -> int:
    """How much of the sample a mapping leaves unread; a row that it rejects counts as a thousand."""
    mapper = lists.Mapper(mapping, targets(), columns)
    results = [mapper.apply(one) for one in sample[:1000]]
    mapped = [one for one in results if isinstance(one, lists.Mapped)]
    return 1000 * (len(results) - len(mapped)) + sum(
        note.code != lists.LINK for one in mapped for note in one.notes
    )


def _about(listed: ListFile) -> dict[str, Any]:
    about = listed.about
    return {
        "kind": about.kind,
        "columns": list(about.columns),
        "blank": about.blank,
        "faulty": about.faulty,
        "encoding": about.encoding,
        "delimiter": about.delimiter,
        "sheet": about.sheet,
        "sheets": list(about.sheets)[:200],
        "header": about.header,
        "told": list(about.told),
    }


def _guesses(found: lists.Suggestion) -> dict[str, Any]:
    return {
        guess.field: {
            "columns": list(guess.columns),
            "confidence": round(guess.confidence, 2),
            "why": guess.why,
            "unknown": dict(list(guess.unknown.items())[:100]),
        }
        for guess in found.guesses
    }


def _words(columns: Sequence[str], sample: list[Row]) -> dict[str, dict[str, int]]:
    """Column -> how often each word stands in it, most frequent first, for columns that repeat few words."""
    found: dict[str, dict[str, int]] = {}
    for place, column in enumerate(columns[:_COLUMNS]):
        words = Counter(
            lists.without_links(row.cells[place])
            for row in sample
            if place < len(row.cells) and row.cells[place]
        )
        if 0 < len(words) <= _WORDS and max(map(len, words)) <= _CELL:
            found[column] = dict(words.most_common())
    return found


def _spread(sample: list[Row]) -> list[Row]:
    """Some rows from all over the list."""
    step = max(1, len(sample) // SHOWN)
    return sample[::step][:SHOWN]
