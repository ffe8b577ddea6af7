"""Word lists of the wording rules: what keeps its capitals and what loses them.

The lists are plain text files beside this module, so that anyone can add a word.
"""

from __future__ import annotations

from importlib import resources


def _words(name: str) -> frozenset[str]:
    text = (resources.files(__package__) / "vocabulary" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


ACRONYMS = _words("acronyms")
"""Short forms that stay in capitals."""

PROPER = {word.lower(): word for word in _words("proper")}
"""Names that keep a capital when a line of capitals comes down."""

FORM_WORDS = _words("everyday")
"""Everyday words of forms: in Title Case they come down, anything else keeps its capital."""
