"""What somebody typed, as text that can be kept, shown and printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

MOST_CHARACTERS = 50_000
"""No input is longer, whatever the definition says; about 20 printed pages."""

MOST_VALUES = 500

_REMOVED = re.compile(
    "[\x01-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters but tab and line feed, marks that turn the direction of text, invisible spaces."""

_REFUSED = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def values_of(raw: Mapping[str, Any], name: str) -> list[str]:
    """All values posted under a name, from a QueryDict or a plain mapping of lists."""
    get_list = getattr(raw, "getlist", None)
    found: Any = get_list(name) if get_list is not None else raw.get(name, ())
    if isinstance(found, str):
        return [found]
    if not isinstance(found, Sequence):
        return []
    return [value for value in found[:MOST_VALUES] if isinstance(value, str)]


def first_of(raw: Mapping[str, Any], name: str) -> str:
    """The first value posted under a name; "" when there is none."""
    return next(iter(values_of(raw, name)), "")


def can_be_kept(text: str) -> bool:
    """No NUL and no half of a surrogate pair: neither databases nor UTF-8 hold them."""
    return _REFUSED.search(text) is None


def one_line(text: str) -> str:
    """Tidied to one line: NFC, control characters removed, runs of spaces made one."""
    return _SPACES.sub(" ", _tidied(text)).strip()


def lines(text: str) -> str:
    """Tidied, line breaks kept as \\n, no spaces at the ends of lines."""
    text = _tidied(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _tidied(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r", "\n"))
    return _REMOVED.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n"))


def plain_digits(text: str) -> str:
    """Figures of any script as 0 to 9, and the wide point and comma of Chinese and Japanese as ours.

    Raised and circled figures stay what they are: 12² is not 122.
    """
    text = text.replace("\uff0e", ".").replace("\uff0c", ",").replace("\uff1a", ":").replace("\uff0d", "-")
    return "".join(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text)
