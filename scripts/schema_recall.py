"""How much of a hand-written JSON Schema does the draft of the same paper form ask?

    scripts/schema_recall.py --forms ../shared/forms/dev [--show va-21-0966] [--json out.json] \\
        [--asked docs/reference/leaves-asked.csv]

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

--asked takes what a reader marked: a CSV that says of every leaf whether this edition of the paper asks
it (yes; in part, when it asks the same in another cut, as an address in the box of a name; no). Only
leaves that are asked are then looked for. A leaf marked no that is found among all is a false match.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from schema_words import (
    CHILDREN,
    GENERIC,
    IGNORED,
    MACHINE,
    PERSONS,
    PHRASES,
    QUALIFIERS,
    SAYS_LITTLE,
    SYNONYMS,
    WEAK,
)

from perdure.core.definition.model import Definition, Page, Question, QuestionType
from perdure.core.digitise.api import read_form
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.values import PaperForm

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
YES_OR_NO = frozenset("yes no idk not".split())  # noqa: SIM905
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
    options  words of each of its options, in order
    """

    question: str
    core: frozenset[str]
    around: frozenset[str]
    type: QuestionType
    several: bool = False
    options: tuple[frozenset[str], ...] = ()


def tokens(text: str) -> frozenset[str]:
    """Words of a name or a sentence, in lower case, with synonyms, without endings."""
    text = re.sub(r"^[a-z][A-Z]{2,}$", lambda found: found[0].lower(), text).replace("'s", "")
    text = re.sub(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text).lower().replace("_", " ")
    for said, meant in PHRASES:
        text = re.sub(said, meant, text)
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
        (r"(?<=[a-z]{3})([bdgmnprt])\1(?:ing|ed)$", r"\1"),
        (r"(?:ing|ed)$", ""),
    ):
        short = re.sub(pattern, instead, word)
        if short != word and len(short) >= (4 if len(word) > 4 else 3):
            return short
    return word


def leaves(schema: dict[str, Any], *, whole: bool) -> list[Leaf]:
    """Every leaf, with $ref resolved inside the file. whole: names and addresses are one leaf each."""
    found = list(dict.fromkeys(_walk(schema, schema, (), whole)))
    outermost = {leaf.path.split(".")[0] for leaf in found}
    if len(outermost) > 1:
        return found
    whole_form = frozenset(word for name in outermost for word in tokens(name))
    return [replace(leaf, context=leaf.context - whole_form) for leaf in found]


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
    options = tuple(tokens(option.title) for option in question.options)
    made = [Unit(question.id, core, around, question.type, several, options)]
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
    if leaf.type == "choice" and unit.type in FIGURES:
        return all(re.fullmatch(r"\d+", one) for one in leaf.options)
    if leaf.type == "number" and unit.options:
        return all(re.fullmatch(r"\d+", word) for option in unit.options for word in option)
    if leaf.type == "string" and unit.type is QuestionType.DATE:
        return bool(leaf.own & {"date", "start", "end"})
    return unit.type in RIGHT[leaf.type]


def matched(
    wanted: list[Leaf], asked: list[Unit], printed: frozenset[str] = frozenset()
) -> dict[str, tuple[str, bool]]:
    """For each leaf that is found: the question's id, and whether the type is right."""
    likely = []
    for leaf in wanted:
        for at, unit in enumerate(asked):
            score = _score(leaf, unit)
            if score > 0:
                right = is_right(leaf, unit, printed)
                likely.append((score + (0.5 if right else 0.0), leaf.path, at, right))
    used: dict[int, frozenset[str]] = {}
    strong = {leaf.path: leaf.own - WEAK - QUALIFIERS for leaf in wanted}
    result: dict[str, tuple[str, bool]] = {}
    for _, path, at, right in sorted(likely, key=lambda pair: (-pair[0], pair[1], pair[2])):
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
    same_options = has_its_options(leaf, unit)
    if not needed or not (shared or same_options):
        return 0.0
    if strong and not (strong & everything or same_options):
        return 0.0
    others = (unit.core & PERSONS) - own - leaf.context
    if not strong - PERSONS and others - (CHILDREN if leaf.context & CHILDREN else set()):
        return 0.0
    near = len(needed & everything) / len(needed)
    if near < 0.6 and not same_options:
        return 0.0
    about = frozenset(word for word in leaf.context if not word.isdigit()) - GENERIC
    context = len(about & everything) / len(about) if about else 1.0
    if not strong and about - WEAK and not (about - WEAK) & everything:
        return 0.0
    if not strong and (about & PERSONS) - everything and not (about & CHILDREN and everything & CHILDREN):
        return 0.0
    exact = len(shared) / max(1, len(unit.core - IGNORED))
    kept = len(own & everything) / len(own)
    return near + kept + context + 0.5 * exact


def has_its_options(leaf: Leaf, unit: Unit) -> bool:
    """Has a question three quarters of the property's options, and two or more that are words?"""
    wanted = [tokens(one) for one in leaf.options]
    wanted = [one for one in wanted if one - YES_OR_NO and not all(word.isdigit() for word in one)]
    told = [option for option in unit.options if option]
    same = sum(any(one <= option or option <= one for option in told) for one in wanted)
    return same >= 2 and same >= 0.75 * len(wanted)


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


Marks = dict[tuple[str, str], str]
"""By file of the schema and path of the leaf: yes, in part or no."""


def read_marks(path: Path) -> Marks:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["schema"], row["leaf"]): row["asked"] for row in csv.DictReader(file)}


def pairs(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each paired form: its file, the file of the schema, the schema."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["forms"]:
        for paired in entry.get("json_schema") or []:
            yield (
                entry["file"],
                paired["file"],
                json.loads((folder / paired["file"]).read_text(encoding="utf-8")),
            )


def all_leaves(folder: Path) -> list[tuple[str, Leaf]]:
    """The leaf questions of every schema, with the file they are in."""
    return [(name, leaf) for _, name, schema in pairs(folder) for leaf in leaves(schema, whole=True)]


def measure(folder: Path, marks: Marks) -> list[dict[str, Any]]:
    """One row for each pair of form and schema; without marks nothing is counted by them."""
    rows = []
    for form, name, schema in pairs(folder):
        marked = {path: mark for (file, path), mark in marks.items() if file == name}
        rows.append({"form": form, "schema": name, **_row(folder / form, schema, marked)})
    return rows


def by_marks(
    wanted: list[Leaf], asked: list[Unit], printed: frozenset[str], marked: dict[str, str]
) -> dict[str, Any]:
    """How many leaves are marked as asked on the paper, and which of them the draft asks."""
    on_it = [leaf for leaf in wanted if marked.get(leaf.path) in ("yes", "in part")]
    fully = [leaf for leaf in on_it if marked[leaf.path] == "yes"]
    found = matched(on_it, asked, printed)
    right = {path for path, (_, right) in found.items() if right}
    return {
        "marked_asked": len(on_it),
        "marked_asked_right": sum(leaf.path in right for leaf in on_it),
        "marked_yes": len(fully),
        "marked_yes_right": sum(leaf.path in right for leaf in fully),
        "marked_missed": [_told(leaf) for leaf in on_it if leaf.path not in right],
    }


def _row(path: Path, schema: dict[str, Any], marked: dict[str, str]) -> dict[str, Any]:
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
        **by_marks(wanted, asked, printed, marked),
        "marked_false": [f"{one} -> {found[one][0]}" for one in right if marked.get(one) == "no"],
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
    ("marked_asked_right", "marked_asked"),
    ("marked_yes_right", "marked_yes"),
)


def print_totals(rows: list[dict[str, Any]]) -> None:
    for right, of in COUNTS:
        of_pairs = [(row[right], row[of]) for row in rows if row[of]]
        if not of_pairs:
            continue
        mean = sum(part / whole for part, whole in of_pairs) / len(of_pairs)
        part, whole = (sum(numbers) for numbers in zip(*of_pairs, strict=True))
        told = f"{part} of {whole}, {_share(part, whole).strip()} of all"
        print(f"{len(of_pairs)} pairs, {of}: right {told}, {mean:.1%} as mean of the pairs")
    false = sum(len(row["marked_false"]) for row in rows)
    print(f"{false} of {sum(row['right'] for row in rows)} matches are of leaves that were marked no")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--forms", type=Path, required=True, help="folder with manifest.json")
    parser.add_argument("--show", default="", help="list misses and matches of one form")
    parser.add_argument("--json", type=Path, help="write the rows there")
    parser.add_argument("--asked", type=Path, help="CSV of the leaves that the paper asks")
    args = parser.parse_args()
    rows = measure(args.forms, read_marks(args.asked) if args.asked else {})
    for row in rows:
        shares = [_share(row[right], row[of]) for right, of in COUNTS]
        print(f"{row['form']:24} {row['leaves']:4} leaf questions: right {shares[0]}", end="   ")
        print(f"{row['on_paper']:4} on paper: right {shares[2]}   leaf properties: right {shares[3]}")
        if args.show and args.show in row["form"]:
            shown = ("missed", "wrong", "not_on_paper", "matched", "marked_missed", "marked_false")
            print(json.dumps({key: row[key] for key in shown}, indent=1))
    print_totals(rows)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
