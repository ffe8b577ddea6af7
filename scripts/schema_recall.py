"""How much of a hand-written JSON Schema does the draft of the same paper form ask?

    scripts/schema_recall.py --forms ../shared/forms/dev [--show va-21-0966] [--json out.json]

For every form of the manifest that has a schema, each leaf property is looked for among the
questions of the draft. The rules, the same for all forms:

leaf      A property without properties of its own. An object of name parts, of address parts or
          of telephone parts is one leaf, as it is one question ("leaf properties" counts parts).
words     Names are cut at capitals and digits; plurals, -ing and -ed come off; SYNONYMS are one word.
found     A question, a part of it, or an option shares a word with the leaf in its title, has 60 %
          of the leaf's words in title, printed words, section or group, and at least one that is not
          WEAK. Words of QUALIFIERS and SAYS_LITTLE may be missing; a question about somebody else
          (PERSONS) is not taken for one without strong words. Each piece of the draft answers one leaf,
          greedy, the best pair first; what the leaf stands in (veteran, spouse) decides between equals.
          Only a box that prints both ("grade, rank and branch of service") answers two, each by words
          of its title that the other does not have.
right     RIGHT says which types of question answer which type of property. Yes or no may be asked as
          yes and no, as a tick, or as one of several options. A list of options may be a line to
          write on only where the paper prints fewer than half of the options. Text whose name says
          "date" may be a date.

Four counts are printed. all: every leaf, also those that no paper asks (sizes of uploaded files,
states of a web page). asked of a person: without those (MACHINE). on paper: leaves of which
every word that is not WEAK or a qualifier is
printed somewhere on the form, whatever the draft makes of it; the schemas are of other editions
than the forms, and this tells what is lost in drafting. --show lists all of it.
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
from perdure.core.digitise.values import PaperForm

SYNONYMS = {
    "ssn": "social security number",
    "dob": "date birth",
    "birthdate": "date birth",
    "zip": "postcode",
    "postcode": "postcode",
    "phone": "telephone",
    "cell": "mobile",
    "email": "email",
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
    "former": "previous",
    "prior": "previous",
    "pow": "prisoner",
    "institution": "school",
    "own": "own",
    "owned": "own",
    "owner": "own",
    "paid": "payment",
    "pay": "payment",
    "trained": "training",
    "occupation": "work",
    "signed": "signature",
    "sign": "signature",
    "disabled": "disability",
    "dependant": "dependent",
    "tours": "period",
    "tour": "period",
    "duty": "service",
    "terminate": "end",
    "separated": "end",
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
QUALIFIERS = frozenset(
    "home mailing primary current preferred complete own street alternative veteran claimant".split()  # noqa: SIM905
)
"""Words that say which of a kind, or whose; a form that has only one does not print them."""
PERSONS = frozenset(
    "spouse child dependent student physician witness representative preparer caregiver".split()  # noqa: SIM905
)
"""A property whose words are all weak is not found in a question about one of these, unless it says so."""
GENERIC = frozenset("personal identification contact data attribute basic general detail".split())  # noqa: SIM905
"""Names of containers that say nothing of what is in them."""
_CHILDREN = frozenset(["child", "dependent"])
"""Schemas say dependent where the paper says child."""
MACHINE = re.compile(r"(?i)(?:^|\.)view:|(?:size|confirmationCode|attachmentId|guid)$|^files?\.|^formV\d")
"""Properties that hold no answer of a person: uploaded files and notes of a web page."""
WEAK = frozenset("veteran claimant information number date name address type is has".split())  # noqa: SIM905
SAYS_LITTLE = frozenset("status history detail".split())  # noqa: SIM905
"""At the end of a name that says more: powStatus is about prisoners of war."""
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
    "array": {QuestionType.CHOICES, QuestionType.LONG_TEXT, QuestionType.TEXT},
    "phone": {QuestionType.PHONE},
    "name": {QuestionType.NAME},
    "address": {QuestionType.ADDRESS},
}
LONG_LIST = 25
"""A list of more options than this (states, countries) stands on paper as a line to write on."""


@dataclass(frozen=True)
class Leaf:
    """One property: its path, its own words, the words of what it stands in, its type and options."""

    path: str
    own: frozenset[str]
    context: frozenset[str]
    type: str
    options: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Unit:
    """One thing the draft asks: a question, a part of it, or an option. core: words of its title.

    several  its title names more than one thing, for one box of the paper
    """

    question: str
    core: frozenset[str]
    around: frozenset[str]
    type: QuestionType
    several: bool = False


def tokens(text: str) -> frozenset[str]:
    """Words of a name or a sentence, in lower case, with synonyms, without endings."""
    text = re.sub(r"\b([a-z])([A-Z]{2,})\b", r"\1\2", text)
    text = re.sub(r"^[a-z][A-Z]{2,}$", lambda found: found[0].lower(), text)
    text = re.sub(r"([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])", r"\1\3 \2\4", text).replace("'s", "")
    text = re.sub(r"(?i)e-mail", "email", text).lower().replace("_", " ")
    text = re.sub(r"\b(zip|postal|post) ?code\b", "postcode", text)
    text = re.sub(r"\b(ssn|dob|birth ?date)\b", lambda found: SYNONYMS[found[0].replace(" ", "")], text)
    return frozenset(_root(raw) for raw in re.findall(r"[a-z]+|\d+", text)) - IGNORED


def _root(raw: str) -> str:
    if raw in QUALIFIERS:
        return raw
    for word in (raw, _ending_off(raw), _ending_off(_ending_off(raw))):
        if word in SYNONYMS:
            return SYNONYMS[word]
    return _ending_off(_ending_off(raw))


def _ending_off(word: str) -> str:
    """Without plural s, -ing, -ed: what is left has four letters or more."""
    for pattern, instead in (
        (r"ies$", "y"),
        (r"(?<=ss|sh|ch)es$", ""),
        (r"(?<![su])s$", ""),
        (r"(?:ing|ed)$", ""),
    ):
        short = re.sub(pattern, instead, word)
        if short != word and len(short) >= (4 if len(word) > 4 else 3):
            return short
    return word


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
        options = frozenset(str(one) for one in node.get("enum") or ())
        yield Leaf(".".join(path), words, context, _type(node, items, path[-1]), options)


def _composite(inside: dict[str, Any]) -> str:
    names = {name.lower() for name in inside}
    if {"first", "last"} <= names and len(names) <= 6:
        return "name"
    if {"areacode", "phonenumber"} <= names:
        return "phone"
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
    several = bool(re.search(r"(?i)\band\b|,|/", question.title))
    made = [Unit(question.id, core, around, question.type, several)]
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


def is_right(leaf: Leaf, unit: Unit, printed: frozenset[str]) -> bool:
    """Does a question of this type answer this property? printed: all words of the paper."""
    if leaf.type == "choice" and unit.type is QuestionType.TEXT:
        on_paper = sum(bool(tokens(one)) and tokens(one) <= printed for one in leaf.options)
        return on_paper < len(leaf.options) / 2
    if leaf.type == "string" and unit.type is QuestionType.DATE:
        return bool(leaf.own & {"date", "start", "end"})
    return unit.type in RIGHT[leaf.type]


def matched(
    wanted: list[Leaf], asked: list[Unit], printed: frozenset[str] = frozenset()
) -> dict[str, tuple[str, bool]]:
    """For each leaf that is found: the question's id, and whether the type is right."""
    pairs = []
    for leaf in wanted:
        for at, unit in enumerate(asked):
            score = _score(leaf, unit)
            if score > 0:
                right = is_right(leaf, unit, printed)
                pairs.append((score + (0.5 if right else 0.0), leaf.path, at, right))
    used: dict[int, frozenset[str]] = {}
    strong = {leaf.path: leaf.own - WEAK - QUALIFIERS for leaf in wanted}
    result: dict[str, tuple[str, bool]] = {}
    for _, path, at, right in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        said = strong[path] & asked[at].core
        again = asked[at].several and bool(said) and right and not said & used.get(at, said)
        if path not in result and (at not in used or again):
            result[path] = (asked[at].question, right)
            used[at] = used.get(at, asked[at].core & WEAK) | said
    return result


def _score(leaf: Leaf, unit: Unit) -> float:
    """0 when it is not the same thing; else higher for more shared words."""
    everything = unit.core | unit.around
    own = leaf.own - {"is", "has"} or leaf.own
    own = own - SAYS_LITTLE if own - SAYS_LITTLE - WEAK else own
    needed = (own - QUALIFIERS) | (own & everything) or own
    strong = needed - WEAK
    shared = needed & unit.core
    if not needed or not shared:
        return 0.0
    if strong and not strong & everything:
        return 0.0
    others = (unit.core & PERSONS) - own - leaf.context
    if not strong - PERSONS and others - (_CHILDREN if leaf.context & _CHILDREN else set()):
        return 0.0
    near = len(needed & everything) / len(needed)
    if near < 0.6:
        return 0.0
    about = frozenset(word for word in leaf.context if not word.isdigit()) - GENERIC
    context = len(about & everything) / len(about) if about else 1.0
    if not strong and about - WEAK and not (about - WEAK) & everything:
        return 0.0
    if not strong and (about & PERSONS) - everything and not (about & _CHILDREN and everything & _CHILDREN):
        return 0.0
    exact = len(shared) / max(1, len(unit.core - IGNORED))
    kept = len(own & everything) / len(own)
    return near + kept + context + 0.5 * exact


def printed_words(form: PaperForm) -> frozenset[str]:
    """Every word of the paper: its lines, the words of its boxes, their options."""
    lines = [line.text for page in form.pages for line in page.lines]
    boxes = [
        f"{each.label} {each.tooltip} {each.group_label} {' '.join(each.options)}" for each in form.fields
    ]
    return tokens("\n".join([*lines, *boxes]))


def is_on_paper(leaf: Leaf, printed: frozenset[str]) -> bool:
    """Are the words that make the property what it is printed anywhere on the form?"""
    return not MACHINE.search(leaf.path) and leaf.own - WEAK - QUALIFIERS - {"is", "has"} <= printed


def measure(folder: Path) -> list[dict[str, Any]]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    rows = []
    for entry in manifest["forms"]:
        for paired in entry.get("json_schema") or []:
            schema = json.loads((folder / paired["file"]).read_text(encoding="utf-8"))
            rows.append(
                {"form": entry["file"], "schema": paired["file"], **_row(folder / entry["file"], schema)}
            )
    return rows


def _row(path: Path, schema: dict[str, Any]) -> dict[str, Any]:
    form = read_form(path)
    draft = draft_service(form, owner="Owner", review_by=date(2030, 1, 1), file=path.name)
    asked, printed = units(draft.definition), printed_words(form)
    parts, wanted = leaves(schema, whole=False), leaves(schema, whole=True)
    in_parts = sum(right for _, right in matched(parts, asked, printed).values())
    found = matched(wanted, asked, printed)
    right = {path for path, (_, is_right_) in found.items() if is_right_}
    here = {leaf.path for leaf in wanted if is_on_paper(leaf, printed)}
    asks = {leaf.path for leaf in wanted if not MACHINE.search(leaf.path)}
    return {
        "properties": len(parts),
        "properties_right": in_parts,
        "leaves": len(wanted),
        "found": len(found),
        "right": len(right),
        "asked_of_a_person": len(asks),
        "asked_of_a_person_right": len(asks & right),
        "on_paper": len(here),
        "on_paper_right": len(here & right),
        "missed": [_told(leaf) for leaf in wanted if leaf.path not in found and leaf.path in here],
        "not_on_paper": [_told(leaf) for leaf in wanted if leaf.path not in here and leaf.path not in right],
        "wrong": [f"{path} -> {name}" for path, (name, _) in found.items() if path not in right],
        "matched": {path: name for path, (name, _) in found.items() if path in right},
    }


def _told(leaf: Leaf) -> str:
    return f"{leaf.path} ({leaf.type})"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     -"


COUNTS = (
    ("right", "leaves"),
    ("asked_of_a_person_right", "asked_of_a_person"),
    ("on_paper_right", "on_paper"),
    ("properties_right", "properties"),
)


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
        shares = [_share(row[right], row[of]) for right, of in COUNTS]
        print(f"{row['form']:24} {row['leaves']:4} leaf questions: right {shares[0]}", end="   ")
        print(f"{row['on_paper']:4} on paper: right {shares[2]}   leaf properties: right {shares[3]}")
        if args.show and args.show in row["form"]:
            shown = ("missed", "wrong", "not_on_paper", "matched")
            print(json.dumps({key: row[key] for key in shown}, indent=1))
    for right, of in COUNTS:
        mean = sum(row[right] / row[of] for row in rows) / len(rows)
        total = _share(sum(row[right] for row in rows), sum(row[of] for row in rows))
        print(f"{len(rows)} pairs, {of}: right {total} of all, {mean:.1%} as mean of the pairs")
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
