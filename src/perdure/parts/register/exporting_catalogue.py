"""The register described for data portals: DCAT-AP 3 as JSON-LD and as Turtle, from one graph.

Source: DCAT-AP 3.0 (SEMIC) over DCAT 3 (W3C). A catalogue needs a title, a description, a publisher; a
dataset a title and a description; a distribution the address where it is had. File types and themes are
those of the Publications Office of the European Union.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority/"
_THEME = _EU + "data-theme/GOVE"
_LANGUAGE = _EU + "language/ENG"
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Address:
    """An address, told apart from a text."""

    of: str


@dataclass(frozen=True)
class Moment:
    """A time, written as xsd:dateTime."""

    at: datetime


Value = str | Address | Moment | Sequence["Value"]
Node = dict[str, Any]


def catalogue(
    home: str, organisation: str, lists: Sequence[Mapping[str, Any]], changed: datetime | None
) -> list[Node]:
    """The graph: the catalogue, its publisher, the register and each list as a dataset with distributions.

    home  address of the register, ending in a slash
    """
    publisher = {"@id": f"{home}#publisher", "@type": "foaf:Agent", "foaf:name": organisation}
    whole = _dataset(
        f"{home}#register",
        "The register of changes to public services",
        "What was changed, whether it is still running, and whether it will last.",
        home=home,
        slug="",
        changed=changed,
    )
    nodes = [publisher, *whole]
    datasets = [whole[0]["@id"]]
    for one in lists:
        title = f"{one['title']}, as kept in the register"
        told = "Cases of this list with what each year of it said."
        if one["publisher"]:
            told += f" Published by {one['publisher']}."
        if one["licence"]:
            told += f" Licence: {one['licence']}."
        name, slug = f"{home}#list-{one['slug']}", one["slug"]
        made = _dataset(name, title, told, home=home, slug=slug, changed=changed)
        if one["address"].startswith(("https://", "http://")):
            made[0]["dct:source"] = Address(one["address"])
        nodes += made
        datasets.append(made[0]["@id"])
    head: Node = {
        "@id": f"{home}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": "Register of changes to public services",
        "dct:description": "Cases of change, from published lists and from people who wrote them in.",
        "dct:publisher": Address(f"{home}#publisher"),
        "dct:language": Address(_LANGUAGE),
        "foaf:homepage": Address(home),
        "dcat:dataset": [Address(one) for one in datasets],
    }
    if changed:
        head["dct:modified"] = Moment(changed)
    return [head, *nodes]


def _dataset(
    name: str, title: str, told: str, *, home: str, slug: str, changed: datetime | None
) -> list[Node]:
    only = f"?source={slug}" if slug else ""
    kinds = (
        ("csv", "Table", f"{home}cases.csv{only}", "text/csv", "CSV"),
        ("json", "Cases, page by page", f"{home}api/cases/{only}", "application/json", "JSON"),
        ("feed", "Feed of new cases", f"{home}feed.json{only}", "application/feed+json", "JSON"),
    )
    parts: list[Node] = [
        {
            "@id": f"{name}-{kind}",
            "@type": "dcat:Distribution",
            "dct:title": words,
            "dcat:accessURL": Address(address),
            "dcat:mediaType": Address(_MEDIA + media),
            "dct:format": Address(f"{_EU}file-type/{file_type}"),
        }
        for kind, words, address, media, file_type in kinds
    ]
    whole: Node = {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": told,
        "dct:publisher": Address(f"{home}#publisher"),
        "dcat:theme": Address(_THEME),
        "dct:language": Address(_LANGUAGE),
        "dcat:landingPage": Address(home + only),
        "dcat:distribution": [Address(part["@id"]) for part in parts],
    }
    if changed:
        whole["dct:modified"] = Moment(changed)
    return [whole, *parts]


def as_json_ld(nodes: Sequence[Node]) -> str:
    """The graph as JSON-LD."""
    plain = [{name: _json(value) for name, value in node.items()} for node in nodes]
    return json.dumps({"@context": CONTEXT, "@graph": plain}, ensure_ascii=False, indent=1)


def _json(value: Any) -> Any:
    if isinstance(value, Address):
        return {"@id": value.of}
    if isinstance(value, Moment):
        return {"@value": value.at.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
    return [_json(one) for one in value] if isinstance(value, list) else value


def as_turtle(nodes: Sequence[Node]) -> str:
    """The graph as Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in CONTEXT.items()]
    for node in nodes:
        said = [f"a {node['@type']}"]
        said += [f"{name} {_turtle(value)}" for name, value in node.items() if not name.startswith("@")]
        lines.append(f"\n<{_iri(node['@id'])}>\n    " + " ;\n    ".join(said) + " .")
    return "\n".join(lines) + "\n"


def _turtle(value: Any) -> str:
    if isinstance(value, Address):
        return f"<{_iri(value.of)}>"
    if isinstance(value, Moment):
        return f'"{value.at.isoformat(timespec="seconds")}"^^xsd:dateTime'
    if isinstance(value, list):
        return ", ".join(_turtle(one) for one in value)
    return json.dumps(str(value), ensure_ascii=False)  # its escapes are among Turtle's


def _iri(address: str) -> str:
    """An address without the signs that cannot stand in one."""
    return "".join(
        sign if sign > " " and sign not in '<>"{}|^`\\' else f"%{ord(sign):02X}" for sign in address
    )
