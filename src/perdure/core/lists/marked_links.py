"""Links as lists write them: [words](address) of Markdown, <a href="address">words</a> of a web page.

The words are what a field of text says; a field for an address takes the address. Only what leads somewhere
counts (https:, mailto:, www., / or #): a[i](x) in a sentence stays as it is.
Source: CommonMark 0.31.2, 6.3 (inline links); HTML Living Standard, 4.5.1 (the a element).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TO = r"(?:https?://|mailto:|www\.|[/#])[^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}){0,9}"
_MARKDOWN = (
    r"!?\[(?P<said>[^\[\]]{0,500}(?:\[[^\[\]]{0,200}\][^\[\]]{0,500})?)\]"
    rf"\(\s{{0,9}}<?(?P<to>{_TO})>?(?:\s{{1,9}}[\"'][^\"'\n]{{0,300}}[\"'])?\s{{0,9}}\)"
)
_ANCHOR = (
    r"<a\s[^<>]{0,2000}?\bhref\s{0,9}=\s{0,9}(?P<quote>[\"']?)(?P<href>[^\s\"'<>]{1,2000})(?P=quote)[^<>]{0,2000}>"
    r"(?P<shown>(?:(?!</?a\b)[\s\S]){0,2000})</a\s{0,9}>"
)
_LINK = re.compile(f"{_MARKDOWN}|{_ANCHOR}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Link(NamedTuple):
    """A link in a cell. words are the address where none were written."""

    words: str
    address: str


def may_hold_links(text: str) -> bool:
    """Quick, for most cells hold none: has the text a sign of a link?"""
    return "](" in text or "href" in text or "HREF" in text


def links_in(cell: str) -> list[Link]:
    """The links of a cell in their order."""
    return [_link(found) for found in _LINK.finditer(cell)] if may_hold_links(cell) else []


def without_links(cell: str) -> str:
    """The cell with each link as its words."""
    return _LINK.sub(lambda found: _link(found).words, cell) if may_hold_links(cell) else cell


def is_one_link(cell: str) -> bool:
    """Is the cell a link and nothing beside it?"""
    return may_hold_links(cell) and _LINK.fullmatch(cell.strip()) is not None


def _link(found: re.Match[str]) -> Link:
    address = found["to"] or found["href"]
    words = " ".join((found["said"] or _TAG.sub("", found["shown"] or "")).split())
    return Link(words or address, f"https://{address}" if address[:4].lower() == "www." else address)
