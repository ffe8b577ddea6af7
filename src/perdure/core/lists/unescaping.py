"""Cells that a spreadsheet would take for a formula, and how they are kept from it.

An apostrophe is put before them. A cell that begins with apostrophes and then such a character gets one
more, so that taking one off always gives what was there.
Source: OWASP, CSV Injection: = + - @, tab and carriage return at the beginning; also line feed and the
full-width forms of the same signs, which some programs treat alike.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_KEPT = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def kept_as_text(cell: str) -> str:
    """The cell so that no spreadsheet works it out."""
    return "'" + cell if _DANGEROUS.match(cell) else cell


def as_it_was(cell: str) -> str:
    """The reverse of kept_as_text, for files written here."""
    return cell[1:] if _KEPT.match(cell) else cell
