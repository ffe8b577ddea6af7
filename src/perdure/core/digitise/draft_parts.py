"""Boxes that hold one answer in pieces: dates, names, addresses, numbers in split combs, dollars and cents.

Two kinds of evidence: the sizes of boxes that stand side by side (3, 2 and 4 cells), and
the words ("Enter last name", "Cents"). Pieces are joined only when both agree or one is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import Item, Slot, same_row, words_of
from perdure.core.digitise.draft_rows import Row, rows_of
from perdure.core.digitise.draft_types import one_box
from perdure.core.digitise.values import Field, Kind, Widget
from perdure.core.digitise.wording import (
    Worded,
    take_brackets,
    take_number,
    take_preface,
    take_section,
    tidy,
    worded,
)

NEAR = 42.0
"""Points between two boxes in a row of one answer, at most."""
BELOW = 48.0
"""Points between the lines of one name or address, at most."""

_TAIL = re.compile(r"(?:^|[\s.\-–:,(])(?:enter|type|fill in)\s+(?P<tail>[^.]*)", re.I)

NAME_PARTS = {
    "given": r"\bfirst\b|\bgiven names?\b|\bforename|\bvorname|\bpr[ée]nom\b|\bnombre\b",
    "middle": r"\bmiddle\b|^m\.?\s?i\.?$|^initial$",
    "family": (
        r"\blast\b|\bsurname\b|\bfamily\b|\bnachname|\bfamilienname|\bapellidos?\b|\bnom\b(?! de la rue)"
    ),
    "suffix": r"\bsuffix\b|\bjr\b",
}
ADDRESS_PARTS = {
    "postcode": r"\bzip\b|\bpost(al)? ?code\b|\bpostleitzahl\b|\bplz\b|\bcode postal\b|\bc[oó]digo postal\b",
    "unit": r"\bapt\b|\bapartment\b|\bunit\b|\bsuite\b|\bapto\b",
    "country": r"\bcountry\b|\bland\b|\bpays\b|\bpa[ií]s\b|\bforeign nation\b",
    "county": r"\bcounty\b",
    "region": r"\bstate\b|\bprovince\b|\bbundesland\b|\bestado\b",
    "town": r"\bcity\b|\btown\b|\bvillage\b|\bwohnort\b|^ort$|\bville\b|\bciudad\b|\bpost office\b",
    "line2": r"\baddress line 2\b|\bstreet address 2\b|\baddress 2\b",
    "line1": (
        r"\bstreet\b|\baddress\b|\bstra(ß|ss)e\b|\banschrift\b|\brue\b|\bcalle\b|\bdirecci[oó]n\b"
        r"|\bdomicile\b|\badresse\b"
    ),
}
DATE_PARTS = {
    "month": r"\bmonth\b|\bmonat\b|\bmois\b|\bmes\b|^mm?$",
    "day": r"\bday\b(?! ?time)|\btag\b|\bjour\b|\bd[ií]a\b|^dd?$|^tt$",
    "year": r"\byear\b|\bjahr\b|\bann[ée]e\b|\baño\b|^yy(yy)?$|^jj(jj)?$",
}
COMBS: dict[tuple[int, ...], tuple[str, ...]] = {
    (2, 2, 4): ("month", "day", "year"),
    (4, 2, 2): ("year", "month", "day"),
    (2, 4): ("month", "year"),
    (3, 2, 4): ("identifier",) * 3,
    (2, 7): ("identifier",) * 2,
    (3, 3, 4): ("phone",) * 3,
    (3, 7): ("phone",) * 2,
    (3, 8): ("phone",) * 2,
    (5, 4): ("postcode",) * 2,
}
"""Cells of combs side by side, and what each piece is."""


@dataclass(frozen=True)
class Atom:
    """A box, or several that hold one piece (a postcode in 5 and 4 cells); not joined further yet."""

    slots: tuple[Slot, ...]
    words: Worded
    text: str
    kind: Kind

    @property
    def first(self) -> Field:
        return self.slots[0].field

    @property
    def last(self) -> Field:
        return self.slots[-1].field


def join_parts(fields: Sequence[Field], *, day_first: bool = False) -> list[Item]:
    """Items of text boxes in reading order; what belongs to nothing else becomes an item of its own.

    fields     text boxes of one page or one row of a table, without ticks
    day_first  two-digit pieces of a date are day, month (not month, day) when no words tell
    """
    joined = [_row_item(row) for row in rows_of(_unsized(fields), day_first=day_first)]
    placed = {each.id for item in joined for each in item.fields}
    more, atoms = _join_combs([each for each in fields if each.id not in placed], day_first=day_first)
    joined += more
    for join in (_join_dates, _join_money, _join_phones, _join_names, _join_addresses):
        more, atoms = join(atoms)
        joined += more
    joined += [_plain_item(atom) for atom in atoms]
    order = {each.id: at for at, each in enumerate(fields)}
    return sorted(joined, key=lambda item: min(order[each.id] for each in item.fields))


def _unsized(fields: Sequence[Field]) -> list[Field]:
    """Boxes whose number of characters is not known, and names; else sizes are the better evidence."""
    return [
        each for each in fields if each.widget is Widget.TEXT and (not _size(each) or each.kind is Kind.NAME)
    ]


def _row_item(row: Row) -> Item:
    types = {Kind.NAME: Q.NAME, Kind.PHONE: Q.PHONE, Kind.DATE: Q.DATE}
    type_ = types.get(row.kind, Q.IDENTIFIER)
    words = _stem(words_of(row.slots[0].field), type_)
    return Item(row.slots, type_, words, parts=row.parts if type_ is Q.NAME else ())


def part_of(text: str, parts: dict[str, str]) -> str:
    """The one part that the words ask for; "" when none or several are named."""
    words = core_of(text)
    found = [tail["tail"] for tail in _TAIL.finditer(words)]
    pieces = [found[-1]] if found else []
    pieces += [*reversed(re.split(r"\s[-–]\s|[.:,]\s", words)), words]
    for piece in pieces:
        if parts is NAME_PARTS and re.search(r"(?i)\b(digits?|numbers?|four|five|three)\b", piece):
            continue
        named = [part for part, pattern in parts.items() if re.search(pattern, piece.strip(" .:"), re.I)]
        if "line1" in named and len(named) > 1:
            named.remove("line1") if len(named) == 2 and not re.search(r"street", piece, re.I) else None
        if len(named) == 1:
            return named[0]
        if set(named) == {"town", "region"}:
            return "town"
    return ""


@lru_cache(maxsize=8192)
def core_of(text: str) -> str:
    """The words of the question itself: without section, preface, number and brackets."""
    _, words = take_section(tidy(text))
    _, words = take_preface(words)
    _, words = take_number(words)
    return take_brackets(words)[0]


def _size(each: Field) -> int:
    return each.cells or each.max_length or 0


def _right_neighbour(each: Field, fields: Sequence[Field]) -> Field | None:
    near = [
        other
        for other in fields
        if -2 <= other.box.x0 - each.box.x1 <= NEAR and other is not each and same_row(each, other)
    ]
    return min(near, key=lambda other: other.box.x0) if near else None


def _join_combs(fields: Sequence[Field], *, day_first: bool) -> tuple[list[Item], list[Atom]]:
    """Boxes side by side whose sizes tell what they are; and the rest as atoms."""
    used: set[str] = set()
    items: list[Item] = []
    atoms: list[Atom] = []
    for each in fields:
        if each.id in used:
            continue
        run = _comb_run(each, [other for other in fields if other.id not in used])
        used.update(other.id for other in run)
        if len(run) == 1:
            atoms.append(_atom(each))
            continue
        pieces = COMBS[tuple(_size(other) for other in run)]
        slots = tuple(_taking(run)) if len(set(pieces)) == 1 else tuple(_dated(run, pieces, day_first))
        whole = _atom(each, slots, run)
        if pieces[0] == "postcode":
            atoms.append(replace(whole, kind=Kind.POSTCODE))
        else:
            types = {"identifier": Q.IDENTIFIER, "phone": Q.PHONE}
            type_ = types.get(pieces[0], Q.DATE)
            items.append(Item(slots, type_, _stem(whole.text, type_)))
    return items, atoms


def _comb_run(each: Field, fields: Sequence[Field]) -> list[Field]:
    """The longest run to the right whose sizes are a known pattern and whose words allow it."""
    run = [each]
    while len(run) < 3 and (other := _right_neighbour(run[-1], fields)):
        run.append(other)
    for length in (3, 2):
        sizes = tuple(_size(other) for other in run[:length])
        if len(run) >= length and sizes in COMBS and _words_allow(run[:length], COMBS[sizes]):
            return run[:length]
    return [each]


def _words_allow(run: Sequence[Field], pieces: Sequence[str]) -> bool:
    texts = [words_of(each) for each in run]
    kinds = {each.kind for each in run}
    if pieces[0] in ("month", "year"):
        named = [part_of(text, DATE_PARTS) for text in texts]
        told = [name for name in named if name]
        if len(pieces) == 2:
            return len(told) == 2 or Kind.DATE in kinds
        return len(set(told)) == len(told) and (bool(told) or Kind.DATE in kinds or not any(texts[1:]))
    if pieces[0] == "postcode":
        return Kind.POSTCODE in kinds or part_of(texts[0], ADDRESS_PARTS) == "postcode"
    stems = {_core(text) for text in texts if text}
    return len(stems) <= 1 or (len(kinds) == 1 and kinds != {Kind.TEXT})


def _core(text: str) -> str:
    """Words without number and without the piece that is asked, for comparing."""
    words = core_of(text)
    words = re.split(
        r"(?:[\s.\-–:,(])+(?:enter|first|second|middle|last)\b.*\b(?:numbers?|digits?)\b", words, flags=re.I
    )[0]
    return re.sub(r"\W+", " ", words).strip().lower()


def _taking(run: Sequence[Field]) -> Iterable[Slot]:
    at = 0
    for each in run:
        yield Slot(each, take=(at, at + _size(each)))
        at += _size(each)


def _dated(run: Sequence[Field], pieces: Sequence[str], day_first: bool) -> Iterable[Slot]:
    """The pieces of a date; words are stronger than the order of sizes."""
    named = [part_of(words_of(each), DATE_PARTS) for each in run]
    if sorted(named) != sorted(pieces):
        swap = {"month": "day", "day": "month"} if day_first and len(pieces) == 3 else {}
        named = [swap.get(piece, piece) for piece in pieces]
    return [Slot(each, part=name) for each, name in zip(run, named, strict=True)]


def _atom(each: Field, slots: tuple[Slot, ...] = (), run: Sequence[Field] = ()) -> Atom:
    texts = [words_of(other) for other in run] or [words_of(each)]
    text = next((words for words in texts if re.search(r"\w\w\w", words)), texts[0])
    return Atom(slots or (Slot(each),), worded(text, format=each.format), text, each.kind)


def _plain_item(atom: Atom) -> Item:
    if len(atom.slots) > 1:
        type_ = Q.TEXT if atom.kind is Kind.POSTCODE else Q.IDENTIFIER
        return Item(atom.slots, type_, _stem(atom.text, type_))
    core = core_of(atom.text)
    several = sum(bool(re.search(pattern, core, re.I)) for pattern in NAME_PARTS.values()) > 1
    type_, parts = one_box(atom.first, core, "" if several else part_of(atom.text, NAME_PARTS))
    slot = replace(atom.slots[0], part="full") if parts == ("full",) else atom.slots[0]
    return Item((slot,), type_, atom.words, parts=parts)


_ENTER = r"\b(?:enter\s+)?(?:the\s+)?"
_SOME_DIGITS = r"(?:first|second|middle|last)\s+(?:\w+\s+)?(?:numbers?|digits?)\s*$"
_PIECE_WORDS = {
    Q.DATE: (
        rf"{_ENTER}(?:\d|two|four)?[- ]?(?:digit)?\s*(?:month|day|year)"
        r"(?:\s*(?:,|and|-|/)?\s*(?:month|day|year))*\s*$"
    ),
    Q.NAME: rf"{_ENTER}(?:first|middle|last|given|family)(?:\s+(?:name|initial))?\s*$|\bsuffix\s*$",
    Q.IDENTIFIER: rf"{_ENTER}{_SOME_DIGITS}",
    Q.PHONE: rf"{_ENTER}{_SOME_DIGITS}|\barea code\s*$",
    Q.MONEY: r"\b(?:dollars?|cents?)\s*$",
}


def _stem(text: str, type_: Q) -> Worded:
    """The words of the whole answer: without "first name", "month" and the like at the end."""
    said = worded(text)
    pattern = _PIECE_WORDS.get(type_)
    if not pattern:
        return said
    title = re.sub(r"[\s.,:\-–]+$", "", re.sub(pattern, "", said.title, flags=re.I))
    title = re.sub(r"\benter\s+", "", title, flags=re.I).strip(" -–:,")
    if type_ is Q.NAME:
        title = re.sub(r"(?i)^(?:first|middle|last)(?: name| initial)?(?= of\b)", "name", title)
    return replace(said, title=title[:1].upper() + title[1:], hint=_unpieced(said.hint))


def _unpieced(hint: str) -> str:
    kept = [
        words
        for words in hint.split(". ")
        if not re.search(r"\b(digits?|first name|last name|middle|month)\b", words, re.I)
    ]
    return ". ".join(kept)


def _runs_of_parts(
    atoms: Sequence[Atom], parts: dict[str, str], *, needs: frozenset[str], at_least: int, reach: float
) -> list[list[tuple[Atom, str]]]:
    """Runs of near atoms that name different parts of one thing."""
    runs: list[list[tuple[Atom, str]]] = []
    current: list[tuple[Atom, str]] = []
    for atom in atoms:
        part = _part_of_atom(atom, parts)
        if not part:
            continue
        if current and _continues(current, atom, part, reach):
            current.append((atom, part))
            continue
        runs.append(current)
        current = [(atom, part)]
    runs.append(current)
    return [run for run in runs if len(run) >= at_least and needs & _taken(run)]


def _taken(run: Sequence[tuple[Atom, str]]) -> set[str]:
    """The parts that a run has; one box may hold several."""
    return {part for _, parts in run for part in re.findall(r"[a-z]+\d?", parts)}


def _part_of_atom(atom: Atom, parts: dict[str, str]) -> str:
    if len(atom.slots) > 1:
        return "postcode" if atom.kind is Kind.POSTCODE and "postcode" in parts else ""
    if len(core_of(atom.text)) > 160 or atom.kind in (Kind.EMAIL, Kind.PHONE, Kind.SIGNATURE, Kind.MONEY):
        return ""
    if parts is NAME_PARTS and atom.kind not in (Kind.NAME, Kind.TEXT):
        return ""
    if parts is ADDRESS_PARTS and re.search(r"(?i)\b(?:born|married|died)\b.*\?", core_of(atom.text)):
        return ""
    several = _several_in_one(atom) if parts is ADDRESS_PARTS else ""
    return several or part_of(atom.text, parts)


_LAST_LINE = frozenset(["town", "region", "postcode", "country"])
_FIRST_LINE = frozenset(["line1", "line2", "unit"])


def _several_in_one(atom: Atom) -> str:
    """ "City, state and ZIP code" over one box: "town, region postcode", as it is to be written there."""
    words = core_of(atom.text)
    if atom.first.cells or len(words) > 110 or re.search(r"(?i)\bof\b|\bwhere\b|\?", words):
        return ""
    places = {part: re.search(pattern, words, re.I) for part, pattern in ADDRESS_PARTS.items()}
    named = [part for part, found in places.items() if found]
    if len(named) < 2 or not set(named) <= _LAST_LINE or len(words) > 60:
        return "line1" if {"line1", "unit"} <= set(named) <= _FIRST_LINE else ""
    ordered = sorted(named, key=lambda part: places[part].start() if places[part] else 0)  # type: ignore[union-attr]
    return re.sub(r", (?=postcode)", " ", ", ".join(ordered))


def _continues(run: list[tuple[Atom, str]], atom: Atom, part: str, reach: float) -> bool:
    last, taken = run[-1][0].last, _taken(run)
    if taken & _taken([(atom, part)]) or last.page != atom.first.page:
        return False
    if atom.first.box.y0 - last.box.y1 > reach or last.box.y0 - atom.first.box.y1 > reach:
        return False
    numbers = {_digits(other.words.number) for other, _ in run} | {_digits(atom.words.number)}
    if len(numbers - {""}) > 1 and not _own_row(run, atom):
        return False
    owners = {owner_of(other.text) for other, _ in run} | {owner_of(atom.text)}
    return len(owners - {""}) <= 1


def _own_row(run: list[tuple[Atom, str]], atom: Atom) -> bool:
    """Numbers that differ only within one row are slips of the form, not another question."""
    return same_row(run[-1][0].last, atom.first) and atom.first.box.x0 - run[-1][0].last.box.x1 <= NEAR / 2


def _digits(number: str) -> str:
    found = re.match(r"\d+", number)
    return found[0] if found else ""


def owner_of(text: str) -> str:
    """Whose it is: "spouse", "veteran", "child" ...; "" when the words do not say."""
    found = re.search(r"\b(\w+(?:/\w+)?)'s\b", core_of(text).lower())
    return found[1] if found else ""


def _join_dates(atoms: list[Atom]) -> tuple[list[Item], list[Atom]]:
    """Month, day and year by their words, in one row."""
    small = [atom for atom in atoms if _size(atom.first) <= 4 and atom.first.box.width < 90]
    runs = [
        run
        for run in _runs_of_parts(small, DATE_PARTS, needs=frozenset({"year"}), at_least=2, reach=4)
        if {part for _, part in run} >= {"month", "year"} or len(run) == 3
    ]
    return _joined(atoms, runs, Q.DATE)


def _join_names(atoms: list[Atom]) -> tuple[list[Item], list[Atom]]:
    runs = _runs_of_parts(
        atoms, NAME_PARTS, needs=frozenset({"given", "family"}), at_least=2, reach=BELOW / 2
    )
    runs = [_with_caption_box(run, atoms) for run in runs]
    silent = [run for run in _silent_names(atoms) if not any(atom in _atoms(runs) for atom, _ in run)]
    return _joined(atoms, [*runs, *silent], Q.NAME)


def _with_caption_box(run: list[tuple[Atom, str]], atoms: Sequence[Atom]) -> list[tuple[Atom, str]]:
    """The box with the caption of the whole ("Name (first, middle, last)") is the missing piece."""
    taken = {part for _, part in run}
    missing = next((part for part in ("given", "family") if part not in taken), "")
    first = min((atom.first for atom, _ in run), key=lambda each: each.box.x0)
    for atom in atoms:
        beside = same_row(atom.first, first) and -2 <= first.box.x0 - atom.last.box.x1 <= NEAR / 2
        named = atom.kind is Kind.NAME or _size(atom.first) >= 8
        if missing and beside and named and not part_of(atom.text, NAME_PARTS):
            return [(atom, missing), *run]
    return run


def _atoms(runs: list[list[tuple[Atom, str]]]) -> list[Atom]:
    return [atom for run in runs for atom, _ in run]


def _silent_names(atoms: Sequence[Atom]) -> list[list[tuple[Atom, str]]]:
    """Three boxes in a row of which the middle one holds a letter, under one caption of a name."""
    runs = []
    for one, two, three in zip(atoms, atoms[1:], atoms[2:], strict=False):
        row = same_row(one.first, two.first) and same_row(two.first, three.first)
        narrow = _size(two.first) == 1 and _size(one.first) != 1 and _size(three.first) != 1
        if row and narrow and Kind.NAME in (one.kind, two.kind, three.kind):
            first = "family" if re.search(r"^\W*last", one.text, re.I) else "given"
            third = "given" if first == "family" else "family"
            runs.append([(one, first), (two, "middle"), (three, third)])
    return runs


def _join_addresses(atoms: list[Atom]) -> tuple[list[Item], list[Atom]]:
    runs = _runs_of_parts(
        atoms, ADDRESS_PARTS, needs=frozenset({"line1", "town", "postcode"}), at_least=2, reach=BELOW
    )
    kept = [run for run in runs if {"town", "postcode"} & _taken(run)]
    kept = [run for run in kept if _taken(run) != {"town", "country"} or len(run) > 1]
    return _joined(atoms, kept, Q.ADDRESS)


def _join_money(atoms: list[Atom]) -> tuple[list[Item], list[Atom]]:
    """Dollars and cents: a sum, and a narrow box for two digits right behind it."""
    runs = []
    taken: set[str] = set()
    starts: dict[int, list[Atom]] = {}
    for atom in atoms:
        starts.setdefault(int(atom.first.box.x0 // 16), []).append(atom)
    for one in atoms:
        strip = int(one.first.box.x1 // 16)
        behind = [two for at in (strip - 1, strip, strip + 1) for two in starts.get(at, ())]
        near = [two for two in behind if _is_cents_of(one, two) and two.first.id not in taken]
        if one.first.id not in taken and near:
            two = min(near, key=lambda atom: atom.first.box.x0)
            taken.update((one.first.id, two.first.id))
            runs.append([(one, "whole"), (two, "cents")])
    return _joined(atoms, runs, Q.MONEY)


def _is_cents_of(one: Atom, two: Atom) -> bool:
    gap = two.first.box.x0 - one.first.box.x1
    if not -2 <= gap <= 14 or one is two or not same_row(one.first, two.first):
        return False
    says = bool(re.search(r"\bcents?\b", two.text, re.I))
    narrow = _size(two.first) == 2 and two.first.box.width < 0.6 * one.first.box.width
    return says or (narrow and one.kind is Kind.MONEY and two.kind in (Kind.MONEY, Kind.TEXT))


def _join_phones(atoms: list[Atom]) -> tuple[list[Item], list[Atom]]:
    """An area code, and the number behind it."""
    runs = []
    for one in atoms:
        area = one.kind is Kind.PHONE and (
            _size(one.first) == 3
            or bool(re.search(r"area code\W*$", one.text, re.I) and one.first.box.width < 60)
        )
        near = [
            two
            for two in atoms
            if two is not one
            and two.kind is Kind.PHONE
            and same_row(one.first, two.first)
            and -2 <= two.first.box.x0 - one.first.box.x1 <= NEAR / 2
        ]
        if area and near:
            runs.append([(one, "area"), (near[0], "number")])
    return _joined(atoms, runs, Q.PHONE)


def _joined(atoms: list[Atom], runs: list[list[tuple[Atom, str]]], type_: Q) -> tuple[list[Item], list[Atom]]:
    items = [_join(run, type_) for run in runs]
    used = {each.id for item in items for each in item.fields}
    return items, [atom for atom in atoms if atom.first.id not in used]


def _join(run: list[tuple[Atom, str]], type_: Q) -> Item:
    slots: list[Slot] = []
    for atom, part in run:
        for slot in atom.slots:
            if type_ is Q.PHONE:
                slots.append(replace(slot, take=(0, 3) if part == "area" else (3, 15)))
            else:
                several = " " in part
                slots.append(replace(slot, part="" if several else part, shows=part if several else ""))
    parts = tuple(part for _, said in run for part in re.findall(r"[a-z]+\d?", said))
    parts = parts if type_ in (Q.NAME, Q.ADDRESS) else ()
    return Item(tuple(slots), type_, _words_of_run(run, type_), parts=parts)


def _words_of_run(run: list[tuple[Atom, str]], type_: Q) -> Worded:
    """The caption of the whole: of the first piece, without the name of the piece."""
    if type_ is Q.ADDRESS:
        return _address_words(run)
    said = [_stem(atom.text, type_) for atom, _ in run]
    best = next((words for words in said if len(words.title) > 2), said[0])
    number = next((words.number for words in said if words.number), "")
    return replace(
        best, number=number, section=said[0].section, preface=said[0].preface, title=_whole(best.title, type_)
    )


def _whole(title: str, type_: Q) -> str:
    if title.endswith("'s"):
        nouns = {Q.NAME: "name", Q.DATE: "date", Q.PHONE: "phone number", Q.MONEY: "amount"}
        return f"{title} {nouns.get(type_, '')}".strip()
    if type_ is Q.NAME and 0 < len(title.split()) <= 2 and not re.search(r"(?i)nam|nom", title):
        return f"{title} name" if title.isascii() and title[:1].isupper() else title
    if title and not re.fullmatch(
        r"(?i)first|last|middle|name|initial|month|day|year|dollars?|cents?", title
    ):
        return title
    return {Q.NAME: "Name", Q.DATE: "Date", Q.PHONE: "Phone number", Q.MONEY: "Amount"}.get(type_, title)


def _address_words(run: list[tuple[Atom, str]]) -> Worded:
    first = run[0][0].words
    said = re.sub(
        r"(?i)[\s,.:\-–]*\b(?:enter\s+)?(?:number and street|street|no\.? and street).*$", "", first.title
    )
    said = re.sub(r"(?i)\s*\b(?:line 1|city|town|number)\b[\s,.]*$", "", said).strip(" -–,:")
    if re.search(r"(?i)\b(address|domicile|residence|anschrift|adresse|direcci|location|place|home)\b", said):
        title = said
    elif said and (owner_of(said) or len(said.split()) == 1):
        title = f"{said} address"
    else:
        title = "Address" if len(said) < 3 or part_of(said, ADDRESS_PARTS) else said
    return replace(first, title=title, hint="")


def is_text_box(each: Field) -> bool:
    return each.widget is Widget.TEXT
