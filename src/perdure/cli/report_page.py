"""The page around the report: its head, style and script, and the small pieces that it is made of."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
SCRIPT = Path(__file__).with_name("report.js").read_text(encoding="utf-8")


class Html(str):
    """Text that is HTML already: everything in it that came from outside has been escaped."""

    __slots__ = ()


def figure(number: str, says: str) -> str:
    """One card: a figure and what it counts."""
    return f'<div class="card"><strong>{escape(number)}</strong><small>{escape(says)}</small></div>'


def cell(column: tuple[str, str], value: Html | float | None, *, sort: str | float | None = None) -> str:
    """One cell of the table. sort: what it is sorted by, the value when not given; nothing sorts last."""
    title, kind = column
    key = value if sort is None else sort
    shown = value if isinstance(value, Html) else escape("none" if value is None else str(value))
    by = "" if key is None else escape(str(key))
    head = '<th scope="row"' if kind == "text" else "<td"
    end = "th" if kind == "text" else "td"
    return f'{head} class="{kind}" data-label="{escape(title)}" data-sort="{by}"><span>{shown}</span></{end}>'


def details(words: Sequence[str], *, what: str = "", most: int = 40) -> Html:
    """How many, and which when opened."""
    if not words:
        return Html("0")
    shown = [Html(escape(one)) for one in words[:most]]
    if len(words) > most:
        shown.append(Html(f"and {len(words) - most} more"))
    return Html(f"<details><summary>{len(words)}{escape(what)}</summary>{words_list(shown)}</details>")


def words_list(items: Iterable[Html]) -> Html:
    return Html(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


def page(title: str, parts: Iterable[str]) -> str:
    """The whole page. parts: HTML of what stands below the heading."""
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} - Perdure</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<header class="top"><div><span class="org">Perdure</span></div></header>\n'
        f"<main>\n<h1>{escape(title)}</h1>\n" + "\n".join(part for part in parts if part) + "\n</main>\n"
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
