"""Finding columns for fields: from the names of the columns and from what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from perdure.core.lists.evidence import date_reading, fillers, money_reading, readable_share, unit_of
from perdure.core.lists.mapping import DateReading, Key, Mapping, MoneyReading, Rule
from perdure.core.lists.marked_links import is_one_link, without_links
from perdure.core.lists.reading import fold, means_nothing, pattern_of
from perdure.core.lists.values import FieldGuess, Kind, Row, TargetField

_ENOUGH = 0.35
_UNSURE = 0.5
_FEW = 60  # a choice has no more different words than this
_MOST_WORDS = 400


@dataclass(frozen=True)
class Suggestion:
    """A mapping to be looked at by a person.

    guesses   one for each field that a column was found for, with confidence and why
    unmapped  columns that go into `extra`
    told      sentences about choices made from the evidence (day or month first, fillers, units, the key)
    """

    mapping: Mapping
    guesses: tuple[FieldGuess, ...]
    unmapped: tuple[str, ...]
    told: tuple[str, ...]


@dataclass
class Column:
    """One column of the sample: its name and the different texts in it with how often each stands there.

    links  cells that are a link and nothing beside it; `counts` has them as their words
    """

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    links: int = 0

    @cached_property
    def filled(self) -> list[tuple[str, int]]:
        """Texts that mean something, most frequent first, at most 400 different ones."""
        return [(text, n) for text, n in self.counts.most_common(_MOST_WORDS) if not means_nothing(text)]

    @property
    def number(self) -> int:
        return sum(count for _, count in self.filled)

    @cached_property
    def unique(self) -> bool:
        """Is it filled in every row, each time with another text?"""
        return self.rows > 1 and len(self.counts) == self.rows and not any(map(means_nothing, self.counts))


def columns_of(names: Sequence[str], sample: Sequence[Row]) -> list[Column]:
    columns = [Column(name) for name in names]
    for row in sample:
        for column, cell in zip(columns, row.cells, strict=False):
            column.counts[without_links(cell).strip()[:300]] += 1
            column.links += is_one_link(cell)
    for column in columns:
        column.rows = len(sample)
    return columns


def suggest(columns: Sequence[str], sample: Sequence[Row], targets: Sequence[TargetField]) -> Suggestion:
    """Find columns for fields from their names and from what stands in them."""
    seen = columns_of(columns, [row for row in sample if not row.fault])
    chosen = _assign(seen, targets)
    rules: dict[str, tuple[Rule, ...]] = {}
    guesses: list[FieldGuess] = []
    told: list[str] = []
    for target in targets:
        if target.name in chosen:
            column, score, why = chosen[target.name]
            rule, unknown, said = _rule(target, column)
            rules[target.name] = (rule,)
            guesses.append(FieldGuess(target.name, (column.name,), round(score, 2), why, unknown))
            told += said
    told += _currency(targets, rules)
    told += _address_of_title(seen, targets, rules)
    key, known_by = _key(seen, rules, targets)
    mapping = Mapping(key=key, fields=rules)
    used = {name for parts in rules.values() for rule in parts for name in rule.columns}
    unmapped = tuple(name for name in columns if name not in used)
    return Suggestion(mapping, tuple(guesses), unmapped, (*told, known_by))


def _assign(seen: Sequence[Column], targets: Sequence[TargetField]) -> dict[str, tuple[Column, float, str]]:
    """The best column for each field. A column serves one field, and choices beside it."""
    pairs = sorted(_pairs(seen, targets), key=lambda pair: (-pair[0], pair[1], pair[2]))
    chosen: dict[str, tuple[Column, float, str]] = {}
    taken: set[str] = set()
    for score, place, index, why in pairs:
        target, column = targets[place], seen[index]
        shared = target.kind is Kind.CHOICE
        if target.name in chosen or (column.name in taken and not shared):
            continue
        chosen[target.name] = (column, score, why)
        if not shared:
            taken.add(column.name)
    return chosen


def _pairs(seen: Sequence[Column], targets: Sequence[TargetField]) -> Iterator[tuple[float, int, int, str]]:
    for place, target in enumerate(targets):
        for index, column in enumerate(seen):
            score, why = _score(target, column)
            if score >= _ENOUGH:
                yield score, place, index, why


def _score(target: TargetField, column: Column) -> tuple[float, str]:
    """0 to 1 and why. The name counts most; what stands in the column can confirm it or rule it out."""
    name, word = name_likeness(target, column.name)
    if not column.number:
        return (0.4 * name, f"The name is like {word}; the column is empty.") if name >= 0.95 else (0.0, "")
    if target.kind is Kind.CHOICE:
        return _score_choice(target, column, name, word)
    share = readable_share(target.kind, column.filled)
    if share is None:
        return 0.95 * name, f"The name is like {word}."
    if name:
        score = (0.6 * name + 0.4 * share) * (1.0 if share >= 0.3 else 0.3)
        return (
            score,
            f"The name is like {word}, and {share:.0%} of its cells can be read as {_SAID[target.kind]}.",
        )
    told_by_cells = target.kind is Kind.URL or (target.kind is Kind.COUNTRY and len(column.filled) >= 5)
    if share >= 0.9 and told_by_cells and column.number >= 3:
        return 0.45, f"{share:.0%} of its cells can be read as {_SAID[target.kind]}."
    return 0.0, ""


_SAID = {
    Kind.DATE: "dates",
    Kind.MONEY: "sums",
    Kind.NUMBER: "figures",
    Kind.URL: "web addresses",
    Kind.COUNTRY: "countries",
    Kind.YES_NO: "yes or no",
}


def _score_choice(target: TargetField, column: Column, name: float, word: str) -> tuple[float, str]:
    if len(column.filled) > _FEW:
        return 0.0, ""
    known = sum(count for text, count in column.filled if known_value(target, text))
    share = known / column.number
    if name and (share >= 0.3 or name >= 0.95):
        return 0.5 * name + 0.5 * share, f"The name is like {word}, and {share:.0%} of its words are known."
    if share >= 0.8:
        return 0.4, f"{share:.0%} of its words are known."
    return 0.0, ""


def known_value(target: TargetField, text: str) -> str | None:
    """The value of a choice that a word of the list stands for, by the field's own vocabulary."""
    word = fold(text)
    for value, others in target.vocabulary.items():
        if any(
            word == fold(other) for other in (*others, value, value.replace("_", " ")) if "*" not in other
        ):
            return value
    for value, others in target.vocabulary.items():
        if any(pattern_of(other).fullmatch(word) for other in others if "*" in other):
            return value
    return None


def name_likeness(target: TargetField, column: str) -> tuple[float, str]:
    """How like the column's name is to the field's own names, 0 to 1, and which of them it is like."""
    words = _words(column)
    best, like = 0.0, ""
    for name in (target.name, target.label, *target.synonyms):
        score = _likeness(words, _words(name))
        if score > best:
            best, like = score, name
    return best, like


def _likeness(found: list[str], wanted: list[str]) -> float:
    if not found or not wanted:
        return 0.0
    if found == wanted or "".join(found) == "".join(wanted):
        return 1.0
    shared = set(found) & set(wanted)
    if set(found) == set(wanted):
        return 0.97
    if shared != set(wanted) or (len(wanted) == 1 and wanted[0] in _PLAIN):
        return 0.0
    return 0.55 + 0.35 * len(shared) / len(set(found) | set(wanted))


_PLAIN = {"date", "datum", "number", "type", "status", "code", "year", "id", "key", "level"}
"""Words that say something only when they stand alone."""

_CUT = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _words(name: str) -> list[str]:
    return _CUT.findall(_CAMEL.sub(" ", name).casefold())


def _rule(target: TargetField, column: Column) -> tuple[Rule, dict[str, int], list[str]]:
    """How to read this column for this field, words nobody knows with counts, and sentences."""
    filler = fillers(target.kind, column.filled)
    told = [f"{text} stands in {column.name} so often that it was taken as empty." for text in filler]
    date: DateReading | None = None
    money: MoneyReading | None = None
    choices: dict[str, tuple[str, ...]] = {}
    unknown: dict[str, int] = {}
    if target.kind is Kind.DATE:
        date, said = date_reading(column.name, column.filled)
        told += said
    elif target.kind in {Kind.MONEY, Kind.NUMBER}:
        money, said = money_reading(column.name, column.filled, target.kind)
        told += said
    elif target.kind is Kind.CHOICE:
        choices, unknown = _choices(target, column)
    separators = _separators(column) if target.kind is Kind.LIST else ()
    rule = Rule(
        columns=(column.name,),
        filler=filler,
        date=date,
        money=money,
        choices=choices,
        separators=separators,
    )
    return rule, unknown, told


def _choices(target: TargetField, column: Column) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    words: dict[str, list[str]] = {}
    unknown: dict[str, int] = {}
    for text, count in column.filled:
        value = known_value(target, text)
        if value is None:
            unknown[text] = count
        elif fold(text) not in {fold(word) for word in words.get(value, ())}:
            words.setdefault(value, []).append(text)
    return {value: tuple(found) for value, found in words.items()}, unknown


def _separators(column: Column) -> tuple[str, ...]:
    """A mark that stands in a tenth of the cells cuts them; a comma only when the pieces are short."""
    for mark in (";", "|", "\n"):
        if sum(count for text, count in column.filled if mark in text) > 0.1 * column.number:
            return (mark,)
    with_comma = [text for text, _ in column.filled if "," in text]
    pieces = [piece.strip() for text in with_comma for piece in text.split(",")]
    short = bool(pieces) and sum(map(len, pieces)) / len(pieces) < 25
    return (",",) if short and len(with_comma) > 0.1 * len(column.filled) else ()


def _currency(targets: Sequence[TargetField], rules: dict[str, tuple[Rule, ...]]) -> list[str]:
    """A field for the currency gets the one that the names of the columns of sums give away."""
    wanted = next((target.name for target in targets if target.name.endswith("currency")), None)
    sums = [target.name for target in targets if target.kind is Kind.MONEY and target.name in rules]
    found = {unit_of(name)[1] for each in sums for rule in rules[each] for name in rule.columns} - {""}
    if wanted is None or wanted in rules or len(found) != 1:
        return []
    currency = found.pop()
    rules[wanted] = (Rule(constant=currency),)
    return [f"The names of the columns say that sums are in {currency}."]


def _address_of_title(
    seen: Sequence[Column], targets: Sequence[TargetField], rules: dict[str, tuple[Rule, ...]]
) -> list[str]:
    """Where most titles are links, and nothing else gives an address, the links give it."""
    wanted = next((target.name for target in targets if target.kind is Kind.URL), None)
    title = next((target.name for target in targets if target.required), None)
    if wanted is None or wanted in rules or title not in rules:
        return []
    column = next(one for one in seen if one.name == rules[title][0].columns[0])
    if column.links <= 0.5 * column.number:
        return []
    rules[wanted] = (Rule(columns=(column.name,)),)
    return [f"{column.name} holds links: their words were taken as they are, and the addresses beside them."]


_ID = {"id", "key", "ref", "reference", "identifier", "nummer", "number", "code", "kennung"}
_YEAR = {"year", "jahr", "année", "año"}


def _key(
    seen: Sequence[Column], rules: dict[str, tuple[Rule, ...]], targets: Sequence[TargetField]
) -> tuple[Key, str]:
    """The columns by which a row is found again, and the column with the year of the list."""
    year = next((column.name for column in seen if _is_year(column)), "")
    ids = [column.name for column in seen if column.unique and _ID & set(_words(column.name))]
    if ids:
        return Key(columns=(ids[0],), year=year), f"A row is known again by {ids[0]}."
    naming = [target.name for target in targets if target.part_of_key and target.name in rules]
    names = [name for each in naming for rule in rules[each] for name in rule.columns]
    if not names:
        return Key(year=year), "Nothing names a row, so it is known again only while no cell of it changes."
    chosen = tuple(dict.fromkeys(names))
    years = f", and its year by {year}" if year else ""
    return Key(columns=chosen, year=year), f"A row is known again by {' and '.join(chosen)}{years}."


def _is_year(column: Column) -> bool:
    words = set(_words(column.name))
    if not words & _YEAR or not column.filled or len(column.filled) > 60 or {"budget", "forecast"} & words:
        return False
    return all(re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", text) for text, _ in column.filled)
