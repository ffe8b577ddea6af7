"""Reading JSON: an array of objects, or one object a line; nested objects become dotted column names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from perdure.core.lists.delimited import Record
from perdure.core.lists.errors import ListRefused
from perdure.core.lists.sniffing import encoding_of, opened
from perdure.core.lists.values import Limits, Options
from perdure.core.lists.workbook import text_of

_CHUNK = 1 << 18
_WHOLE = 200 << 20  # bytes; a list that is wrapped in an object is read whole
_DEEP = 12
_NEXT = "Send an array of objects, or one object a line."


class Objects:
    """The records of a JSON file. columns grows while it is read: every name that any object has."""

    strict = False
    delimiter = ""

    def __init__(self, path: Path, options: Options, limits: Limits) -> None:
        self.told: list[str] = []
        self.columns: dict[str, int] = {}
        self._path = path
        self._limits = limits
        self._encoding = encoding_of(path, options.encoding)
        self.encoding = self._encoding.name.removesuffix("-sig")
        if self._encoding.told:
            self.told.append(self._encoding.told)
        with opened(path, self._encoding) as file:
            head = file.read(_CHUNK).lstrip("\ufeff \t\r\n")
        self.kind = "json" if head.startswith("[") or not _one_a_line(head) else "jsonl"

    def __iter__(self) -> Iterator[Record]:
        with opened(self._path, self._encoding) as file:
            if self.kind == "jsonl":
                yield from self._lines(file)
            else:
                yield from self._array(file)

    def _lines(self, file: IO[str]) -> Iterator[Record]:
        number = 0
        while line := file.readline(self._limits.cell_most + 1):
            number += 1
            if len(line) > self._limits.cell_most:
                raise ListRefused(
                    f"Line {number} is longer than {self._limits.cell_most:,} characters.",
                    "Look at that line.",
                    code="lists.cell-too-long",
                )
            if not line.strip():
                yield number, [], "", ""
                continue
            try:
                value = _DECODER.decode(line.lstrip("\ufeff"))
            except (ValueError, RecursionError):
                yield number, [line.rstrip("\r\n")], "This line is not JSON.", "lists.not-json"
                continue
            yield self._record(number, value)

    def _array(self, file: IO[str]) -> Iterator[Record]:
        """Element by element, so that the memory used does not grow with the file."""
        text = file.read(_CHUNK).lstrip("\ufeff \t\r\n")
        if text.startswith("{"):
            yield from self._wrapped(text + file.read(_WHOLE))
            return
        text, number, ended = text[1:], 0, False
        while True:
            text = text.lstrip(" \t\r\n,") if number else text.lstrip()
            if text.startswith("]"):
                return
            value, used, found = _first_value(text)
            if found and (used < len(text) or ended):
                number += 1
                yield self._record(number, value)
                text = text[used:]
                continue
            more = "" if ended else file.read(max(_CHUNK, len(text)))
            if not more and ended:
                yield from self._rest(number + 1, text)
                return
            ended = not more
            text += more
            if len(text) > 2 * self._limits.cell_most:
                raise _broken(number + 1)

    def _rest(self, number: int, text: str) -> Iterator[Record]:
        if not number > 1:
            raise _broken(number)
        if text.strip():
            fault = "From here on the file is not JSON; it may have broken off."
            yield number, [text[: self._limits.cell_chars]], fault, "lists.not-json"
        else:
            self.told.append("The closing bracket is missing; the file may have broken off.")

    def _wrapped(self, text: str) -> Iterator[Record]:
        """The longest array of objects somewhere in one object: {"result": {"records": [...]}}."""
        try:
            value = _DECODER.decode(text)
        except (ValueError, RecursionError):
            raise _broken(1) from None
        place, items = max(_arrays(value, "", 0), key=lambda found: len(found[1]), default=("", []))
        if not items:
            place, items = "", [value]
        elif place:
            self.told.append(f"The list stands under {place} in the file.")
        for number, item in enumerate(items, start=1):
            yield self._record(number, item)

    def _record(self, number: int, value: object) -> Record:
        if isinstance(value, _TwiceNamed):
            value = dict(value.pairs())
        if isinstance(value, list) and value and not any(isinstance(item, (dict, list)) for item in value):
            value = {f"column {index}": item for index, item in enumerate(value, start=1)}
        if not isinstance(value, dict):
            return number, [_as_json(value)], "This is not an object with names.", "lists.not-an-object"
        flat: dict[str, str] = {}
        _flatten(value, "", flat, 0)
        for name in flat:
            if name not in self.columns:
                self.columns[name] = len(self.columns)
                self._refuse_too_many()
        cells = [""] * (1 + max((self.columns[name] for name in flat), default=-1))
        for name, text in flat.items():
            cells[self.columns[name]] = text
        return number, cells, "", ""

    def _refuse_too_many(self) -> None:
        if len(self.columns) > self._limits.columns:
            raise ListRefused(
                f"The objects have more than {self._limits.columns:,} different names.",
                "A name for each thing cannot be a column. " + _NEXT,
                code="lists.too-many-columns",
            )


class _TwiceNamed:
    """An object in which a name stands twice: both are kept."""

    def __init__(self, given: list[tuple[str, Any]]) -> None:
        self.given = given

    def pairs(self) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for name, value in self.given:
            seen[name] = seen.get(name, 0) + 1
            yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), value


def _object(pairs: list[tuple[str, Any]]) -> Any:
    whole = dict(pairs)
    return whole if len(whole) == len(pairs) else _TwiceNamed(pairs)


def _long_number(text: str) -> int | str:
    return int(text) if len(text) < 300 else text


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_long_number, parse_float=str, parse_constant=str
)


def _first_value(text: str) -> tuple[Any, int, bool]:
    try:
        value, used = _DECODER.raw_decode(text)
    except RecursionError:
        raise ListRefused(
            "This JSON is nested so deeply that it cannot be a list.", _NEXT, code="lists.not-a-list"
        ) from None
    except ValueError:
        return None, 0, False
    return value, used, True


def _one_a_line(head: str) -> bool:
    """Is the first line an object of its own, and is there another after it?"""
    first, _, rest = head.partition("\n")
    if not rest.strip():
        return False
    try:
        _DECODER.decode(first)
    except (ValueError, RecursionError):
        return False
    return True


def _arrays(value: object, place: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, _TwiceNamed):
        value = dict(value.pairs())
    if isinstance(value, dict) and depth < 4:
        for name, item in value.items():
            yield from _arrays(item, f"{place}.{name}" if place else str(name), depth + 1)
    elif isinstance(value, list) and any(isinstance(item, (dict, _TwiceNamed)) for item in value):
        yield place, value


def _flatten(value: dict[str, Any], before: str, into: dict[str, str], depth: int) -> None:
    for name, given in value.items():
        whole = f"{before}.{name}" if before else str(name)
        item = dict(given.pairs()) if isinstance(given, _TwiceNamed) else given
        if isinstance(item, dict) and item and depth < _DEEP:
            _flatten(item, whole, into, depth + 1)
            continue
        text = _item_text(item)
        while whole in into:
            whole += " (2)"
        into[whole] = text


def _item_text(item: object) -> str:
    if item is None:
        return ""
    if isinstance(item, list):
        plain = not any(isinstance(each, (dict, list, _TwiceNamed)) for each in item)
        return "; ".join(text_of(each) for each in item if each is not None) if plain else _as_json(item)
    return _as_json(item) if isinstance(item, dict) else text_of(item)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=lambda odd: dict(odd.pairs()))


def _broken(number: int) -> ListRefused:
    return ListRefused(f"This file is not JSON from object {number} on.", _NEXT, code="lists.not-json")
