"""The body of a letter as HTML."""

from __future__ import annotations

from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False})


def letter_html(body: str) -> str:
    """Markdown as safe HTML: raw HTML stays text; headings are paragraphs, since the page has its own."""
    tokens = _reader.parse(body)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
    return str(_reader.renderer.render(tokens, _reader.options, {}))
