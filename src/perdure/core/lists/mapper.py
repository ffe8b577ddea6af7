"""Applying a mapping: one row in, one row on the caller's fields out, with notes on what was lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from perdure.core.lists.entities import decoded
from perdure.core.lists.errors import MappingRefused
from perdure.core.lists.mapping import Condition, Mapping, Rule
from perdure.core.lists.marked_links import may_hold_links, without_links
from perdure.core.lists.reading import Read, Reader, as_constant, fold, pattern_of, reader_for
from perdure.core.lists.repeats import Repeats
from perdure.core.lists.values import Checked, Kind, Mapped, Note, Rejected, Row, TargetField, Value

Cells = tuple[str, ...]
Test = Callable[[Cells], bool]
_KEY_MOST = 200
LINK = "text.link"
"""Code of the note on a field that was filled from the words of a link."""
_NOTHING = Read()
REJECT_COLUMNS = ("reason", "code", "line")


class _Ready(NamedTuple):
    """A rule made ready: whether it holds for a row, where its text comes from, how that is read.

    place     the one column that the text comes from; -1 when `text` has to be asked
    silent    an empty cell says nothing (True but where a mapping gives the empty word a meaning)
    constant  the value for every row, for a rule that has one
    written   is the cell read as it is written? An address is; anything else with links as their words
    """

    holds: Test | None
    place: int
    text: Callable[[Cells], str]
    read: Reader
    filler: frozenset[str]
    silent: bool = True
    constant: Value | None = None
    written: bool = False


class _Row(NamedTuple):
    """The cells of a row with links as their words, and as written; one and the same without links."""

    worded: Cells
    written: Cells


class Mapper:
    """A mapping made ready for a file with these columns.

    Raises MappingRefused when it names fields that nobody asked for, or leaves a required one without
    any column of this file. Other columns that are missing only leave their fields empty: see check_mapping.
    """

    def __init__(self, mapping: Mapping, targets: Sequence[TargetField], columns: Sequence[str]) -> None:
        checked = check_mapping(mapping, targets, columns)
        self._columns = tuple(columns)
        self._at = {name: index for index, name in enumerate(columns)}
        by_name = {target.name: target for target in targets}
        self._fields = [
            (name, ready)
            for name, rules in mapping.fields.items()
            if (ready := [self._ready(by_name[name], rule) for rule in rules if self._can(rule)])
        ]
        self._required = [target for target in targets if target.required]
        self._refuse_empty(checked)
        self._constants = self._taken_out()
        self._extra = [(name, self._at[name]) for name in checked.unmapped if name not in REJECT_COLUMNS]
        self._key = [self._at[name] for name in mapping.key.columns if name in self._at]
        self._year = self._at.get(mapping.key.year, -1)

    def _taken_out(self) -> dict[str, Value]:
        """Fields with one value for every row leave the work to be done for each; their values."""
        same = {
            name: rules[0].constant
            for name, rules in self._fields
            if rules[0].holds is None and rules[0].constant is not None
        }
        self._fields = [(name, rules) for name, rules in self._fields if name not in same]
        return {name: value for name, value in same.items() if value is not None}

    def _can(self, rule: Rule) -> bool:
        found = any(name in self._at for name in rule.columns) or rule.constant is not None
        return found and (rule.when is None or rule.when.column in self._at)

    def _refuse_empty(self, checked: Checked) -> None:
        filled = {name for name, _ in self._fields}
        lacking = [target.label for target in self._required if target.name not in filled]
        if lacking:
            gone = (
                f" The file has no column {', '.join(list(checked.missing)[:5])}." if checked.missing else ""
            )
            raise MappingRefused(
                f"Nothing fills {', '.join(lacking)}, and every row needs it.{gone}",
                "Choose a column for it.",
                code="lists.mapping-required",
            )

    def _ready(self, target: TargetField, rule: Rule) -> _Ready:
        holds = None if rule.when is None else _test(rule.when, self._at[rule.when.column])
        filler = frozenset(text.strip() for text in rule.filler)
        if rule.constant is not None:
            try:
                constant = Read(as_constant(target, rule.constant))
            except ValueError:
                raise MappingRefused(
                    f"{rule.constant[:60]} cannot stand in {target.label}.",
                    f"Look at the constant for {target.name} in the mapping.",
                ) from None
            return _Ready(
                holds, -1, lambda cells: "", lambda text: constant, frozenset(), constant=constant.value
            )
        places = [self._at[name] for name in rule.columns if name in self._at]
        place = places[0] if len(places) == 1 else -1
        silent = not any("" in words for words in rule.choices.values())
        written = target.kind is Kind.URL
        text_of = _text_from(places, rule)
        return _Ready(holds, place, text_of, reader_for(target, rule), filler, silent, written=written)

    def apply(self, row: Row) -> Mapped | Rejected:
        """The row on the fields. Never raises: what cannot be read is a note, or the row is rejected."""
        if row.fault:
            return self._rejected(row, row.fault, row.code)
        cells = row.cells
        if len(cells) < len(self._columns):
            cells += ("",) * (len(self._columns) - len(cells))
        together = "\n".join(cells)
        if "&" in together:
            cells = tuple(map(decoded, cells))
            together = "\n".join(cells)
        worded = tuple(map(without_links, cells)) if may_hold_links(together) else cells
        both = _Row(worded, cells)
        result = Mapped(row.line, "", None, self._constants.copy(), {}, {}, {})
        notes: list[Note] = []
        for name, rules in self._fields:
            _fill(result, notes, name, rules, both)
        for target in self._required:
            if target.name not in result.values:
                reason = f"{target.label} is empty, and a row needs it."
                return self._rejected(row, reason, "lists.required-empty")
        extra = {
            name: cells[index] for name, index in self._extra if cells[index] and not cells[index].isspace()
        }
        year = _year(worded[self._year]) if self._year >= 0 else None
        key = self._key_of(worded, result)
        former = key if worded is cells else self._key_of(cells, result)
        rest = (result.raw, result.precision, tuple(notes), "" if former == key else former)
        return Mapped(row.line, key, year, result.values, extra, *rest)

    def _key_of(self, cells: Cells, result: Mapped) -> str:
        parts = [_key_words(cells[index]) for index in self._key]
        if any(parts):
            key = " | ".join(parts)
            if len(key) > _KEY_MOST:
                key = f"{key[:_KEY_MOST]} {_digest(key)}"
            return key
        own = result.values.get("key") if not self._key else None
        return str(own) if own else f"row {_digest(chr(31).join(cells))}"

    def _rejected(self, row: Row, reason: str, code: str) -> Rejected:
        names = [*self._columns, *(f"cell {n}" for n in range(len(self._columns) + 1, len(row.cells) + 1))]
        return Rejected(row.line, reason, code, dict(zip(names, row.cells, strict=False)))


def _fill(result: Mapped, notes: list[Note], name: str, rules: Sequence[_Ready], row: _Row) -> None:
    """The first rule that gives a value fills the field; texts that could not be read are kept."""
    for rule in rules:
        if rule.holds is not None and not rule.holds(row.worded):
            continue
        cells = row.written if rule.written else row.worded
        text = cells[rule.place] if rule.place >= 0 else rule.text(cells)
        if not text and rule.silent and rule.constant is None:
            continue
        is_filler = rule.filler and text.strip() in rule.filler
        value, code, words, precision = _NOTHING if is_filler else rule.read(text)
        if code:
            notes.append(Note(name, code, words, text))
        if code or precision or (value is None and text and not text.isspace()):
            result.raw.setdefault(name, text)
        if value is not None:
            result.values[name] = value
            if precision:
                result.precision[name] = precision
            if cells is not row.written:
                _tell_of_link(result, notes, name, text, rule.text(row.written))
            return


def _tell_of_link(result: Mapped, notes: list[Note], name: str, text: str, written: str) -> None:
    """Keep the address beside a value that was made from the words of a link."""
    if written != text:
        notes.append(Note(name, LINK, "The words of a link were taken.", written))
        result.raw.setdefault(name, written)


def map_rows(rows: Iterable[Row], mapper: Mapper) -> Iterator[Mapped | Rejected]:
    """Every row mapped, keys made different within the list.

    Rows with the same key and year that differ get " #2", " #3" after their key, in the order of the file,
    and a note. Rows that are the same in every cell keep the same key: the second is merged with the first.
    """
    with Repeats() as repeats:
        for row in rows:
            result = mapper.apply(row)
            if isinstance(result, Mapped):
                number = repeats.number(f"{result.key}\x1f{result.year}", row.cells)
                if number > 1:
                    yield _numbered(result, number)
                    continue
            yield result


def _numbered(mapped: Mapped, number: int) -> Mapped:
    words = "Another row of this list has the same key; they were kept apart."
    notes = (*mapped.notes, Note("key", "key.repeated", words, mapped.key))
    rest = (mapped.values, mapped.extra, mapped.raw, mapped.precision)
    former = f"{mapped.former} #{number}" if mapped.former else ""
    return Mapped(mapped.line, f"{mapped.key} #{number}", mapped.year, *rest, notes, former)


def check_mapping(mapping: Mapping, targets: Sequence[TargetField], columns: Sequence[str]) -> Checked:
    """Hold a saved mapping against this year's columns. Raises MappingRefused for fields nobody knows."""
    known = {target.name for target in targets}
    strange = [name for name in mapping.fields if name not in known]
    if strange:
        raise MappingRefused(
            f"There is no field called {', '.join(strange[:5])}.",
            f"The fields are: {', '.join(sorted(known))}.",
            code="lists.mapping-unknown-field",
        )
    present = set(columns)
    missing: dict[str, list[str]] = {}
    used: set[str] = set()
    for field, rules in mapping.fields.items():
        for rule in rules:
            used.update(rule.columns)
            for name in (*rule.columns, *([rule.when.column] if rule.when else [])):
                if name not in present and field not in missing.setdefault(name, []):
                    missing[name].append(field)
    for name in (*mapping.key.columns, mapping.key.year):
        if name and name not in present:
            missing.setdefault(name, []).append("key")
    lost = {name: tuple(fields) for name, fields in missing.items() if name not in present}
    return Checked(lost, tuple(name for name in columns if name not in used))


def _text_from(places: Sequence[int], rule: Rule) -> Callable[[Cells], str]:
    if len(places) == 1:
        place = places[0]
        return lambda cells: cells[place]
    if rule.first:
        return lambda cells: next((cells[place] for place in places if cells[place].strip()), "")
    return lambda cells: rule.join.join(text for place in places if (text := cells[place].strip()))


def _test(condition: Condition, place: int) -> Test:
    wanted = [pattern_of(word) for word in condition.is_one_of]
    barred = [pattern_of(word) for word in condition.is_none_of]

    def holds(cells: Cells) -> bool:
        word = fold(cells[place])
        if condition.filled is not None and bool(word) != condition.filled:
            return False
        if wanted and not any(pattern.fullmatch(word) for pattern in wanted):
            return False
        return not any(pattern.fullmatch(word) for pattern in barred)

    return holds


def _year(text: str) -> int | None:
    text = text.strip()[:4]
    return (
        int(text) if len(text) == 4 and text.isascii() and text.isdigit() and "1500" < text < "2200" else None
    )


_WORDS = re.compile(r"[^\W_]+")
_SMALL = {"the", "a", "an", "of", "and"}


def _key_words(text: str) -> str:
    """The words of a key cell: another comma, capital or article does not make it another thing."""
    words = _WORDS.findall(text.casefold())
    return " ".join([word for word in words if word not in _SMALL] or words)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
