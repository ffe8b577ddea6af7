"""Letters to applicants, from Markdown, as a tagged PDF. Runs in the bounded child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from perdure.core.paper.errors import PaperError
from perdure.core.paper.fonts import drawable
from perdure.core.paper.typesetting import document

_WORDS = {
    "en": {"reference": "Reference", "unknown": "Some letters could not be printed and stand as numbers:"},
    "de": {
        "reference": "Zeichen",
        "unknown": "Einige Zeichen ließen sich nicht drucken und stehen als Nummern da:",
    },
    "fr": {"reference": "Référence", "unknown": "Certaines lettres n’ont pas pu être imprimées :"},
    "es": {"reference": "Referencia", "unknown": "Algunas letras no se pudieron imprimir:"},
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


def letter(*, subject: str, body: str, organisation: str, reference: str, date: date, language: str) -> bytes:
    """The letter as PDF bytes. Raises PaperError when it cannot be set."""
    content = {
        "subject": drawable(subject),
        "organisation": drawable(organisation),
        "reference": drawable(reference),
        "date": long_date(date, language),
        "language": language[:2],
        "words": _WORDS.get(language[:2], _WORDS["en"]),
        "blocks": blocks(body),
    }
    try:
        return document("letter.typ", content, date)
    except RuntimeError as problem:  # typst.TypstError is one
        raise PaperError(
            "The letter could not be made into a PDF.",
            "Send it from the case page as text, and tell the person who keeps this service.",
            code="paper.letter",
        ) from problem


def long_date(day: date, language: str) -> str:
    """4 March 2027, 4. März 2027, 4 mars 2027, 4 de marzo de 2027; ISO in other languages."""
    tongue = language[:2]
    if tongue not in _MONTHS:
        return day.isoformat()
    month = _MONTHS[tongue].split()[day.month - 1]
    return {
        "de": f"{day.day}. {month} {day.year}",
        "es": f"{day.day} de {month} de {day.year}",
    }.get(tongue, f"{day.day} {month} {day.year}")


def blocks(markdown: str) -> list[dict[str, Any]]:
    """The blocks of a Markdown text, as the template reads them.

    kind   paragraph, heading, item (with number and depth), rule
    spans  pieces of text with bold and italic; a link is its words and, behind, its address
    """
    from markdown_it import MarkdownIt

    found: list[dict[str, Any]] = []
    lists: list[int | None] = []
    kind, number, fresh = "paragraph", 0, False
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open":
            fresh, number = True, lists[-1] or 0
            lists[-1] = lists[-1] + 1 if lists[-1] is not None else None
        elif token.type in {"heading_open", "heading_close"}:
            kind = "heading" if token.type == "heading_open" else "paragraph"
        elif token.type == "hr":
            found.append({"kind": "rule", "depth": 0, "number": 0, "spans": []})
        elif token.type in {"inline", "fence", "code_block"}:
            spans = _spans(token.children) if token.children else [_span(token.content.rstrip("\n"))]
            shown = "item" if fresh else kind
            found.append(
                {"kind": shown, "depth": len(lists), "number": number if fresh else 0, "spans": spans}
            )
            fresh = False
    return found


def _spans(tokens: Iterable[Any]) -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = []
    bold, italic, address = 0, 0, ""
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold += 1 if token.type == "strong_open" else -1
        elif token.type in {"em_open", "em_close"}:
            italic += 1 if token.type == "em_open" else -1
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
        elif token.type == "link_close" and address:
            if not spans or address not in spans[-1]["text"]:
                spans.append(_span(f" ({address.removeprefix('mailto:')})"))
            address = ""
        elif token.type in {"softbreak", "hardbreak"}:
            spans.append(_span(" " if token.type == "softbreak" else "\n"))
        elif token.content:
            spans.append(_span(token.content, bool(bold), bool(italic)))
    return spans


def _span(text: str, bold: bool = False, italic: bool = False) -> dict[str, Any]:
    return {"text": drawable(text), "bold": bold, "italic": italic}
