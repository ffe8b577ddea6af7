"""The interface for programs, described as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from perdure import __version__
from perdure.foundation.reach.api import Seen
from perdure.parts.register import exporting, labels
from perdure.parts.register.search_years import RANGES

_TEXT = {"type": "string"}
_NUMBER = {"type": "number"}


def description(home: str) -> dict[str, Any]:
    """The whole description. home: address of the register, ending in a slash."""
    filters = [_query("q", "Words; the beginning of a word is enough.")]
    filters += [_query(group, _told(group)) for group in labels.GROUPS]
    page = [
        _query("most", f"How many on a page, at most {exporting.MOST_ON_A_PAGE}.", "integer"),
        _query("before", "Where a page begins; taken from the address under next.", "integer"),
    ]
    of_list = [_query("list", "Short name of a list."), _query("year", "Year of the list.", "integer")]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Register of changes to public services",
            "version": __version__,
            "description": "Read only, no key. Addresses and names of fields stay; fields may be added.",
        },
        "servers": [{"url": home.rstrip("/")}],
        "paths": {
            "/api/cases/": _get("Cases that fit the filters, newest first", [*filters, *page], _cases()),
            "/api/cases/{reference}/": _get(
                "One case with its history, links and evidence", [_path("reference")], _case()
            ),
            "/api/lists/": _get("The lists that cases come from", [], {"type": "object"}),
            "/api/listed/": _get("Still listed a year later, by organisation", of_list, _shares()),
            "/api/passed-later/": _get("Failed first, passed later", of_list[:1], {"type": "object"}),
            "/api/forecasts/": _get(
                "Cases of a list likeliest to slip, or to leave it, with reasons, base and scores",
                [
                    of_list[0],
                    _query("question", "slips or still-listed."),
                    _query("page", "Which page, from 1.", "integer"),
                ],
                {"type": "object"},
            ),
            "/feed.json": _get("JSON Feed 1.1", filters, {"type": "object"}, "application/feed+json"),
            "/cases.csv": _get("Every case that fits, as CSV", filters, _TEXT, "text/csv"),
            "/catalogue.jsonld": _get("DCAT-AP", [], {"type": "object"}, "application/ld+json"),
            "/catalogue.ttl": _get("DCAT-AP", [], _TEXT, "text/turtle"),
        },
    }


def _told(group: str) -> str:
    title = labels.group_title(group)
    return f"{title}: 2015, or 2015-2018, 2015-, -2018." if group in RANGES else title


def _get(
    summary: str, parameters: list[dict[str, Any]], schema: dict[str, Any], media: str = "application/json"
) -> dict[str, Any]:
    answers = {
        "200": {"description": summary, "content": {media: {"schema": schema}}},
        "304": {"description": "Nothing changed since the ETag or date that was sent."},
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _query(name: str, told: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "in": "query", "description": told, "schema": {"type": kind}}


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _case() -> dict[str, Any]:
    fields: dict[str, Any] = {name: {"type": ["string", "null"]} for name in exporting.COLUMNS}
    fields |= {name: {"type": ["integer", "null"]} for name in ("first_listed", "last_listed")}
    fields["address_seen"]["description"] = (
        "What a program saw at the case's address last, a hint only: " + ", ".join(Seen)
    )
    fields["technologies"] = {"type": "array", "items": _TEXT}
    return {"type": "object", "properties": {"address": _TEXT, **fields}}


def _cases() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "cases": {"type": "array", "items": _case()},
            "next": {"type": ["string", "null"], "description": "Address of the next page."},
        },
    }


def _shares() -> dict[str, Any]:
    share = {"type": "object", "properties": dict.fromkeys(("count", "of", "low", "high"), _NUMBER)}
    return {
        "type": "object",
        "properties": {"all": share, "organisations": {"type": "array", "items": share}},
    }
