"""What pydantic found wrong with a file, in words that say what to write instead."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from perdure.core.definition.model import Definition
from perdure.core.definition.yaml_text import Where


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant; "" when none is near."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def listed(words: Iterable[str]) -> str:
    """a, b or c."""
    words = list(words)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}" if words else ""


def model_at(where: Where) -> type[BaseModel] | None:
    """The model that stands at a path of the definition: ("pages", 0) -> Page."""
    model: type[BaseModel] | None = Definition
    for part in where:
        if isinstance(part, int):
            continue
        if model is None or part not in model.model_fields:
            return None
        model = _model_in(model.model_fields[part].annotation)
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, types.UnionType):
        for inner in get_args(annotation):
            found = _model_in(inner)
            if found is not None:
                return found
    return None


def choices_of(annotation: Any) -> list[str]:
    """The words that a key may have, when they are a closed list."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return []


def _unknown_key(where: Where, error: Any) -> tuple[str, str]:
    model = model_at(where[:-1])
    known = list(model.model_fields) if model else []
    near = nearest(str(where[-1]), known)
    return (
        f"{where[-1]} is not a key that is known here.",
        f"Write {near}." if near else f"Write one of: {', '.join(known)}.",
    )


def _missing(where: Where, error: Any) -> tuple[str, str]:
    model = model_at(where[:-1])
    key = str(where[-1])
    about = (model.model_fields[key].description or "") if model and key in model.model_fields else ""
    return f"{key} is missing.", f"Add {key}: {about[:1].lower()}{about[1:]}" if about else f"Add {key}."


def _not_in_list(where: Where, error: Any) -> tuple[str, str]:
    model = model_at(where[:-1])
    field = model.model_fields.get(str(where[-1])) if model else None
    known = choices_of(field.annotation) if field else []
    near = nearest(str(error["input"]), known)
    if where == ("perdure",):
        return "This version of the format is not known here.", "Write perdure: 1."
    return (
        f"{_short(error['input'])} is not a {where[-1]} that is known.",
        f"Write {near}." if near else f"Write one of: {', '.join(known)}.",
    )


def _pattern(where: Where, error: Any) -> tuple[str, str]:
    key = str(where[-1])
    written = _short(error["input"])
    if where == ("language",):
        return f"{written} is not a language code.", "Write two letters, like en or de."
    if key == "sha256":
        return f"{written} is not a SHA-256.", "Write 64 hexadecimal digits, or leave it out."
    if "(-" in error["ctx"]["pattern"]:
        return f"{written} cannot stand in a web address.", f"Write {key}: {_slug(str(error['input']))}."
    return (
        f"{written} cannot be used as a name in conditions.",
        f"Write {key}: {_name(str(error['input']), digits=key == 'value')}.",
    )


def _slug(text: str) -> str:
    return (
        "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split()) or "name"
    )


def _name(text: str, *, digits: bool) -> str:
    name = _slug(text).replace("-", "_")
    return name if digits or name[0].isalpha() else f"q_{name}"


def _limit(where: Where, error: Any) -> tuple[str, str]:
    limits = error["ctx"]
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    said = next(f"{words[key]} {limits[key]}" for key in words if key in limits)
    return f"{_short(error['input'])} is out of range for {where[-1]}.", f"Write {said}."


def _expects(what: str, example: str) -> Callable[[Where, Any], tuple[str, str]]:
    def say(where: Where, error: Any) -> tuple[str, str]:
        key = next((part for part in reversed(where) if isinstance(part, str)), "this")
        return f"{key} must be {what}, not {_short(error['input'])}.", f"Write {example}."

    return say


def _short(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "a group of keys" if isinstance(value, dict) else "a list"
    text = " ".join(str(value).split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _too_short(where: Where, error: Any) -> tuple[str, str]:
    return f"{where[-1]} is empty.", f"Write at least one below {where[-1]}."


def _empty(where: Where, error: Any) -> tuple[str, str]:
    return f"{where[-1]} is empty.", "Write a few words."


def _own_words(where: Where, error: Any) -> tuple[str, str]:
    words = str(error["msg"]).removeprefix("Value error, ")
    return f"{_short(error['input'])} cannot be used for {where[-1]}: {words}.", ""


_WHOLE = _expects("a whole number", "figures only, like 28")
_DAY = _expects("a day", "year-month-day, like 2027-03-04")
_NUMBER = _expects("a number", "figures with a point, like 12.50")
_YES_NO = _expects("yes or no", "true or false")
_LIST = _expects("a list", "each one on a line that begins with a dash")
_KEYS = _expects("a group of keys", "key: value on lines of their own, indented")
_TEXT = _expects("words", "it on one line, or as a block after |")

_WORDS: dict[str, Callable[[Where, Any], tuple[str, str]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "enum": _not_in_list,
    "literal_error": _not_in_list,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _empty,
    "string_too_long": _expects("at most 80 characters", "a shorter one"),
    "too_short": _too_short,
    "too_long": _expects("two numbers", "[first, last]"),
    "value_error": _own_words,
    "model_type": _KEYS,
    "tuple_type": _LIST,
    "string_type": _TEXT,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_type": _WHOLE,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "date_from_datetime_parsing": _DAY,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": _limit,
    "greater_than": _limit,
    "less_than_equal": _limit,
    "less_than": _limit,
}


def in_words(error: ValidationError) -> list[tuple[Where, str, str]]:
    """Each thing that is wrong: where, what, and what to write instead."""
    errors = error.errors(include_url=False)
    places = [tuple(each["loc"]) for each in errors]
    said = []
    for where, each in zip(places, errors, strict=True):
        follows = each["type"] == "too_short" and any(
            other[: len(where)] == where and len(other) > len(where) for other in places
        )
        if follows:
            continue
        say = _WORDS.get(each["type"], _own_words)
        says, write_instead = say(where or ("this",), each)
        said.append((where, says, write_instead))
    return said
