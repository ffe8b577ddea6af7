"""Markdown of a definition as safe HTML, and other words for pages."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "br",
    "blockquote",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
}
_TAGS |= {"tr", "th", "td", "code"}


@lru_cache(maxsize=512)
def html_of(markdown: str) -> SafeString:
    """Markdown as HTML without anything that could harm. Headings become h3."""
    if not markdown.strip():
        return SafeString("")
    tokens = _markdown.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(
        nh3.clean(
            html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}
        )
    )
