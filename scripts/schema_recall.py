"""How much of a hand-written JSON Schema does the draft of the same paper form ask?

    scripts/schema_recall.py --forms ../shared/forms/dev [--show va-21-0966] [--json out.json]

For every form of the manifest that has a schema, each leaf property is looked for among the
questions of the draft: found means that a question (or a part of one, or an option) has the
property's words, in the same context as far as the schema tells, and asked_right means that it
is also of the right type. One piece of the draft answers one property: greedy, best first.

Counted twice. leaf questions: an object of name parts (first, last) or of address parts (street,
city) is one question, as it is on paper. leaf properties: every part counts. Both are printed.

Words are compared as tokens with a short list of synonyms (SYNONYMS below, the same for all
forms). This flatters nobody: schemas also hold things that no paper asks (they stay as misses).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from perdure.core.definition.model import Definition, Page, Question, QuestionType
from perdure.core.digitise.api import read_form
from perdure.core.digitise.draft import draft_service

SYNONYMS = {
    "ssn": "social security number",
    "dob": "date birth",
    "birthdate": "date birth",
    "zipcode": "postcode",
    "zip": "postcode",
    "postal": "postcode",
    "postcode": "postcode",
    "phone": "telephone",
    "cell": "mobile",
    "email": "email",
    "mail": "email",
    "street": "line1",
    "line": "line1",
    "first": "given",
    "last": "family",
    "surname": "family",
    "city": "town",
    "state": "region",
    "province": "region",
    "apartment": "unit",
    "apt": "unit",
    "kids": "child",
    "children": "child",
    "dependents": "dependent",
    "deceased": "veteran",
    "spouses": "spouse",
    "marriages": "marriage",
    "married": "marriage",
    "vet": "veteran",
    "employer": "employment",
    "employed": "employment",
    "job": "employment",
    "jobs": "employment",
    "began": "start",
    "begin": "start",
    "beginning": "start",
    "started": "start",
    "entered": "start",
    "entry": "start",
    "from": "start",
    "ended": "end",
    "ending": "end",
    "to": "end",
    "through": "end",
    "terminated": "end",
    "separation": "end",
    "release": "end",
    "location": "place",
    "earnings": "income",
    "salary": "income",
    "wages": "income",
    "gender": "sex",
    "relation": "relationship",
    "claimants": "claimant",
    "applicant": "claimant",
    "applicants": "claimant",
    "died": "death",
    "amount": "amount",
    "owed": "amount",
    "explain": "explanation",
    "describe": "explanation",
    "description": "explanation",
    "remarks": "explanation",
    "reason": "reason",
    "why": "reason",
    "doctor": "physician",
    "provider": "physician",
    "military": "service",
}
IGNORED = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "you",
        "your",
        "what",
        "if",
        "any",
        "have",
        "has",
        "had",
        "been",
        "by",
        "with",
        "this",
        "that",
        "it",
        "please",
        "enter",
        "page",
        "box",
        "i",
        "my",
        "name_",
        "information",
        "claim",
        "form",
        "full",
        "would",
        "like",
        "which",
        "who",
        "when",
        "where",
        "view",
    ]
)
WEAK = frozenset("veteran claimant information number date name address type is has".split())  # noqa: SIM905
TEXTS = {
    QuestionType.TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.IDENTIFIER,
    QuestionType.PHONE,
    QuestionType.EMAIL,
    QuestionType.NAME,
    QuestionType.ADDRESS,
    QuestionType.CHOICE,
    QuestionType.SIGNATURE,
    QuestionType.TIME,
}
FIGURES = {QuestionType.NUMBER, QuestionType.WHOLE_NUMBER, QuestionType.MONEY, QuestionType.PERCENT}
MARKS = {QuestionType.YES_NO, QuestionType.TICK}
CHOOSING = {QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.YES_NO, QuestionType.TICK}
RIGHT = {
    "date": {QuestionType.DATE},
    "boolean": MARKS | CHOOSING,
    "choice": CHOOSING,
    "number": FIGURES,
    "string": TEXTS | FIGURES,
    "array": {QuestionType.CHOICES, QuestionType.LONG_TEXT},
    "name": {QuestionType.NAME},
    "address": {QuestionType.ADDRESS},
}
LONG_LIST = 25
"""A list of more options than this (states, countries) stands on paper as a line to write on."""


@dataclass(frozen=True)
class Leaf:
    """One property: its path, its own words, the words of what it stands in, and its type."""

    path: str
    own: frozenset[str]
    context: frozenset[str]
    type: str


@dataclass(frozen=True)
class Unit:
    """One thing the draft asks: a question, a part of it, or an option. core: words of its title."""

    question: str
    core: frozenset[str]
    around: frozenset[str]
    type: QuestionType


def tokens(text: str) -> frozenset[str]:
    """Words of a name or a sentence, in lower case, with synonyms, without plural s."""
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", text).replace("'s", "")
    text = re.sub(r"(?i)e-mail", "email", text)
    found: set[str] = set()
    for raw in re.findall(r"[a-z]+|\d+", text.lower().replace("_", " ")):
        word = SYNONYMS.get(raw, raw)
        for part in word.split():
            single = part[:-1] if len(part) > 3 and part.endswith("s") and not part.endswith("ss") else part
            found.add(SYNONYMS.get(single, single) if " " not in SYNONYMS.get(single, single) else single)
    return frozenset(found - IGNORED)


def leaves(schema: dict[str, Any], *, whole: bool) -> list[Leaf]:
    """Every leaf, with $ref resolved inside the file. whole: names and addresses are one leaf each."""
    return list(dict.fromkeys(_walk(schema, schema, (), whole)))


def _walk(node: Any, root: dict[str, Any], path: tuple[str, ...], whole: bool) -> Iterator[Leaf]:
    node = _resolved(node, root)
    deep = len(path)
    if deep > 12 or not isinstance(node, dict):
        return
    options = [_resolved(one, root) for key in ("allOf", "anyOf", "oneOf") for one in node.get(key, [])]
    shaped = [one for one in options if isinstance(one, dict) and (one.get("properties") or one.get("type"))]
    if not node.get("properties") and not node.get("type") and shaped:
        for one in shaped:
            yield from _walk(one, root, path, whole)
        return
    items = _resolved(node.get("items"), root)
    if isinstance(items, list):
        items = _resolved(items[0], root) if items else None
    inside = {**node.get("properties", {})}
    for one in shaped:
        inside.update(one.get("properties", {}))
    composite = _composite(inside)
    if composite and whole and path:
        context = frozenset(word for name in path[:-1] for word in tokens(name))
        own = tokens(path[-1]) - {"full"} or frozenset({composite})
        yield Leaf(".".join(path), own, context, composite)
    elif inside:
        for name, child in inside.items():
            yield from _walk(child, root, (*path, name), whole)
    elif isinstance(items, dict) and (items.get("properties") or items.get("$ref")):
        yield from _walk(items, root, path, whole)
    elif path:
        words = tokens(path[-1])
        context = frozenset(word for name in path[:-1] for word in tokens(name))
        yield Leaf(".".join(path), words, context, _type(node, items, path[-1]))


def _composite(inside: dict[str, Any]) -> str:
    names = {name.lower() for name in inside}
    if {"first", "last"} <= names and len(names) <= 6:
        return "name"
    return (
        "address"
        if "city" in names and any(name.startswith(("street", "addressline")) for name in names)
        else ""
    )


def _resolved(node: Any, root: dict[str, Any]) -> Any:
    for _ in range(8):
        if not isinstance(node, dict) or "$ref" not in node:
            return node
        here: Any = root
        for step in node["$ref"].lstrip("#/").split("/"):
            here = here.get(step, {}) if isinstance(here, dict) else {}
        node = here
    return node


def _type(node: dict[str, Any], items: Any, name: str) -> str:
    kind = node.get("type")
    kind = next((one for one in kind if one != "null"), "string") if isinstance(kind, list) else kind
    if node.get("enum") and kind != "boolean":
        return "choice" if len(node["enum"]) <= LONG_LIST else "string"
    if kind == "array":
        return "array"
    if kind in ("number", "integer"):
        return "number"
    if kind == "boolean":
        return "boolean"
    dated = "\\d{4}" in str(node.get("pattern", "")) or node.get("format") == "date"
    return "date" if dated and re.search(r"(?i)date|dob|birth|from|to|began|end", name) else "string"


def units(definition: Definition) -> list[Unit]:
    found = []
    for page in definition.pages:
        for question in page.questions:
            found += _units_of(question, page)
    return found


def _units_of(question: Question, page: Page) -> list[Unit]:
    around = tokens(
        f"{page.section} {page.title} {page.repeat.one if page.repeat else ''} {question.was} {question.hint}"
    )
    core = tokens(f"{question.title} {question.id}")
    if question.parts and question.parts != ("full",):
        whole = [Unit(question.id, core | {question.type.value}, around, question.type)]
        return whole + [
            Unit(question.id, core | tokens(part), around, QuestionType.TEXT) for part in question.parts
        ]
    made = [Unit(question.id, core, around, question.type)]
    if question.parts == ("full",):
        more = (
            ("given", "family", "middle")
            if question.type is QuestionType.NAME
            else ("line1", "town", "region", "postcode", "country")
        )
        made += [Unit(question.id, core | {part}, around, QuestionType.TEXT) for part in more]
    if question.type in (QuestionType.CHOICES, QuestionType.CHOICE):
        made += [
            Unit(question.id, tokens(option.title), core | around, QuestionType.TICK)
            for option in question.options
        ]
    return made


def matched(wanted: list[Leaf], asked: list[Unit]) -> dict[str, tuple[str, bool]]:
    """For each leaf that is found: the question's id, and whether the type is right."""
    pairs = []
    for leaf in wanted:
        for at, unit in enumerate(asked):
            score = _score(leaf, unit)
            if score > 0:
                right = unit.type in RIGHT[leaf.type]
                pairs.append((score + (0.5 if right else 0.0), leaf.path, at, right))
    used: set[int] = set()
    result: dict[str, tuple[str, bool]] = {}
    for _, path, at, right in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if path not in result and at not in used:
            result[path] = (asked[at].question, right)
            used.add(at)
    return result


def _score(leaf: Leaf, unit: Unit) -> float:
    """0 when it is not the same thing; else higher for more shared words."""
    everything = unit.core | unit.around
    own = leaf.own - {"is", "has"} or leaf.own
    strong = own - WEAK
    shared = own & unit.core
    if not own or not shared:
        return 0.0
    if strong and not strong & everything:
        return 0.0
    near = len(own & everything) / len(own)
    if near < 0.6:
        return 0.0
    context = len(leaf.context & everything) / len(leaf.context) if leaf.context else 1.0
    if not strong and leaf.context - WEAK and not (leaf.context - WEAK) & everything:
        return 0.0
    exact = len(shared) / max(1, len(unit.core - IGNORED))
    return 2 * near + context + 0.5 * exact


def measure(folder: Path) -> list[dict[str, Any]]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    rows = []
    for entry in manifest["forms"]:
        for paired in entry.get("json_schema") or []:
            schema = json.loads((folder / paired["file"]).read_text(encoding="utf-8"))
            form = read_form(folder / entry["file"])
            draft = draft_service(form, owner="Owner", review_by=date(2030, 1, 1), file=entry["file"])
            asked = units(draft.definition)
            parts = leaves(schema, whole=False)
            in_parts = sum(right for _, right in matched(parts, asked).values())
            wanted = leaves(schema, whole=True)
            found = matched(wanted, asked)
            rows.append(
                {
                    "form": entry["file"],
                    "schema": paired["file"],
                    "properties": len(parts),
                    "properties_right": in_parts,
                    "leaves": len(wanted),
                    "found": len(found),
                    "right": sum(right for _, right in found.values()),
                    "missed": [f"{leaf.path} ({leaf.type})" for leaf in wanted if leaf.path not in found],
                    "wrong": [f"{path} -> {name}" for path, (name, right) in found.items() if not right],
                    "matched": {path: name for path, (name, right) in found.items() if right},
                }
            )
    return rows


def _share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     -"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--forms", type=Path, required=True, help="folder with manifest.json")
    parser.add_argument("--show", default="", help="list misses and matches of one form")
    parser.add_argument("--json", type=Path, help="write the rows there")
    args = parser.parse_args()
    rows = measure(args.forms)
    for row in rows:
        whole, parts = (row["right"], row["leaves"]), (row["properties_right"], row["properties"])
        print(f"{row['form']:24} {row['leaves']:4} leaf questions: right {_share(*whole)}", end="   ")
        print(f"{row['properties']:4} leaf properties: right {_share(*parts)}")
        if args.show and args.show in row["form"]:
            print(json.dumps({key: row[key] for key in ("missed", "wrong", "matched")}, indent=1))
    for right, of in (("right", "leaves"), ("properties_right", "properties")):
        mean = sum(row[right] / row[of] for row in rows) / len(rows)
        total = _share(sum(row[right] for row in rows), sum(row[of] for row in rows))
        print(f"{len(rows)} pairs, {of}: right {total} of all, {mean:.1%} as mean of the pairs")
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
