"""Signs that a list took from a web page as they stood: &amp; is &, &nbsp; a space. Decoded once, as text."""

from __future__ import annotations

import re
from html import unescape

_WRITTEN = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def decoded(cell: str) -> str:
    """The cell with such signs as themselves. What comes of them is text: nothing takes it for a web page.

    Only forms that end in a semicolon: AT&T, R&D and the parts of an address (?a=1&copy=2) stay. Each sign
    once: &amp;lt; becomes &lt; and no more.
    """
    return _WRITTEN.sub(_sign, cell) if "&" in cell else cell


def _sign(found: re.Match[str]) -> str:
    sign = unescape(found.group())
    return " " if sign == "\xa0" else sign
