"""A mapping as a plain form: each field with its column, how it is read, and what comes out. And back."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from perdure.core.lists import api as lists
from perdure.core.lists.api import Kind, Mapping, MappingRefused, Rejected, Row, Rule, TargetField
from perdure.parts.register import labels

KEEP, NOTHING = "keep", ""
ORDERS = ("day_first", "month_first", "year_first")
UNITS = ("1", "1000", "1000000", "1000000000")
MOST_WORDS = 40
MOST_COLUMNS = 300
_EXAMPLES = 3
_TITLED = ("country", "level", "area", "stage", "status", "ending")


@dataclass(frozen=True)
class Word:
    """A word of the list that a choice is made from, and what it stands for ("": nothing)."""

    said: str
    rows: int
    means: str


@dataclass(frozen=True)
class FieldForm:
    """One field in the form.

    chosen    "c3" for the fourth column, "keep" for rules that the form cannot show, "" for none
    rules     how many rules fill it
    examples  (as it stands, as it is read)
    """

    name: str
    label: str
    kind: str
    required: bool
    chosen: str
    rules: int
    constant: str
    order: str
    unit: str
    values: tuple[str, ...]
    words: tuple[Word, ...]
    confidence: int | None
    why: str
    examples: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class MappingForm:
    """A mapping to be looked at.

    refused   why it cannot be used as it stands; "" when it can
    rejected  (line, reason) of rows of the sample that would not come in
    """

    fields: tuple[FieldForm, ...]
    columns: tuple[tuple[str, str], ...]
    key: frozenset[str]
    year: str
    unmapped: tuple[str, ...]
    sample: int
    refused: str
    rejected: tuple[tuple[int, str], ...]

    @property
    def filled(self) -> tuple[FieldForm, ...]:
        """Fields that the mapping fills, and the one that is needed: least certain first."""
        shown = [field for field in self.fields if field.rules or field.required]
        return tuple(sorted(shown, key=lambda field: (not field.required, field.confidence or 100)))

    @property
    def empty(self) -> tuple[FieldForm, ...]:
        """Fields that the mapping leaves empty."""
        return tuple(field for field in self.fields if not field.rules and not field.required)


def form_of(mapping: Mapping, looked: Map[str, Any], targets: Sequence[TargetField]) -> MappingForm:
    """The form as it stands, with what the mapping makes of the sample.

    Raises MappingRefused when the mapping names fields that we do not know.
    """
    columns: list[str] = looked["columns"]
    rows = [Row(line, tuple(cells)) for line, *cells in looked["sample"]]
    refused, results = None, []
    try:
        mapper = lists.Mapper(mapping, targets, columns)
        results = [(row, mapper.apply(row)) for row in rows]
    except MappingRefused as problem:
        refused = problem
    checked = lists.check_mapping(mapping, targets, columns)
    return MappingForm(
        fields=tuple(_field(target, mapping, looked, results) for target in targets),
        columns=tuple((f"c{n}", name) for n, name in enumerate(columns[:MOST_COLUMNS])),
        key=frozenset(f"c{columns.index(name)}" for name in mapping.key.columns if name in columns),
        year=f"c{columns.index(mapping.key.year)}" if mapping.key.year in columns else NOTHING,
        unmapped=checked.unmapped,
        sample=len(rows),
        refused=f"{refused.what} {refused.next_step}".strip() if refused else "",
        rejected=tuple((one.line, one.reason) for _row, one in results if isinstance(one, Rejected)),
    )


def _field(
    target: TargetField, mapping: Mapping, looked: Map[str, Any], results: list[tuple[Row, Any]]
) -> FieldForm:
    rules = mapping.fields.get(target.name, ())
    rule = rules[0] if len(rules) == 1 and _simple(rules[0]) else None
    guess = looked["guesses"].get(target.name, {})
    columns = looked["columns"]
    chosen = KEEP if rules and rule is None else NOTHING
    if rule is not None and rule.columns:
        chosen = f"c{columns.index(rule.columns[0])}" if rule.columns[0] in columns else KEEP
    guessed = bool(rule and guess and tuple(guess.get("columns", ())) == rule.columns)
    return FieldForm(
        name=target.name,
        label=target.label,
        kind=str(target.kind),
        required=target.required,
        chosen=chosen,
        rules=len(rules),
        constant=(rule.constant or "") if rule else "",
        order=rule.date.order if rule and rule.date else ORDERS[0],
        unit=_unit(rule),
        values=tuple(target.vocabulary),
        words=_words(target, rule, looked),
        confidence=round(100 * guess["confidence"]) if guessed else None,
        why=guess["why"] if guessed else "",
        examples=_examples(target.name, rules, columns, results),
        unread=_unread(target.name, results),
    )


def _simple(rule: Rule) -> bool:
    return rule.when is None and len(rule.columns) <= 1


def _unit(rule: Rule | None) -> str:
    return format(rule.money.unit.normalize(), "f") if rule and rule.money else UNITS[0]


def _words(target: TargetField, rule: Rule | None, looked: Map[str, Any]) -> tuple[Word, ...]:
    """The words that stand in the column of a choice, most frequent first, and what each stands for."""
    if target.kind != Kind.CHOICE or rule is None or not rule.columns:
        return ()
    there: dict[str, int] = looked.get("words", {}).get(rule.columns[0], {})
    means = {_fold(word): value for value, words in rule.choices.items() for word in (value, *words)}
    if not rule.choices:
        means = {_fold(word): value for value, words in target.vocabulary.items() for word in (value, *words)}
    found = [Word(said, rows, means.get(_fold(said), rule.otherwise or "")) for said, rows in there.items()]
    return tuple(found[:MOST_WORDS])


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _examples(
    name: str, rules: Sequence[Rule], columns: Sequence[str], results: list[tuple[Row, Any]]
) -> tuple[tuple[str, str], ...]:
    places = [columns.index(column) for rule in rules for column in rule.columns if column in columns]
    found: dict[str, str] = {}
    for row, result in results:
        raw = " · ".join(dict.fromkeys(row.cells[n] for n in places if n < len(row.cells) and row.cells[n]))
        if isinstance(result, Rejected) or not (raw or name in result.values):
            continue
        found.setdefault(_short(raw), _short(_shown(name, result.values.get(name))))
    different = sorted(found.items(), key=lambda pair: not pair[1])
    return tuple(different[:_EXAMPLES])


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{int(value):,}" if whole and abs(value) >= 10_000 else f"{int(value) if whole else value}"
    return labels.title_of(name, str(value)) if name in _TITLED else str(value)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _unread(name: str, results: list[tuple[Row, Any]]) -> tuple[str, ...]:
    """What stood in the field in rows of the sample and could not be read."""
    notes = [note for _row, result in results if not isinstance(result, Rejected) for note in result.notes]
    found = (note for note in notes if note.field == name and note.code != lists.LINK)
    return tuple(dict.fromkeys(_short(note.raw) for note in found))[:_EXAMPLES]


def mapping_from(
    mapping: Mapping, sent: Map[str, Any], columns: Sequence[str], targets: Sequence[TargetField]
) -> Mapping:
    """The mapping as the form was sent. sent: name -> list of texts. Raises MappingRefused."""
    fields = dict(mapping.fields)
    for target in targets:
        rules = _rules_from(target, fields.get(target.name, ()), sent, columns)
        fields.pop(target.name, None)
        if rules:
            fields[target.name] = rules
    key = {
        "columns": [_column(one, columns) for one in sent.get("key", ())],
        "year": _column(_one(sent, "year"), columns),
    }
    plain = mapping.model_dump() | {"key": key, "fields": {}}
    try:
        return Mapping.model_validate(plain).model_copy(update={"fields": fields})
    except ValidationError as problem:
        raise MappingRefused(
            _("The form did not come over as it was."), _("Load the page again.")
        ) from problem


def _rules_from(
    target: TargetField, rules: tuple[Rule, ...], sent: Map[str, Any], columns: Sequence[str]
) -> tuple[Rule, ...]:
    chosen = _one(sent, f"column-{target.name}")
    constant = _one(sent, f"constant-{target.name}").strip()
    if f"column-{target.name}" not in sent or chosen == KEEP:
        return rules
    if chosen == NOTHING:
        return (Rule(constant=constant),) if constant else ()
    column = _column(chosen, columns)
    before = rules[0] if len(rules) == 1 and rules[0].columns == (column,) else Rule(columns=(column,))
    return (before.model_copy(update=_reading(target, before, sent)),)


def _reading(target: TargetField, rule: Rule, sent: Map[str, Any]) -> dict[str, Any]:
    """How the cells of the column are read, as the form says."""
    if target.kind == Kind.DATE:
        order = _one(sent, f"order-{target.name}")
        date = rule.date or lists.DateReading()
        return {"date": date.model_copy(update={"order": order}) if order in ORDERS else date}
    if target.kind == Kind.MONEY:
        unit = _one(sent, f"unit-{target.name}")
        money = rule.money or lists.MoneyReading()
        return {"money": money.model_copy(update={"unit": Decimal(unit)}) if unit in UNITS else money}
    if target.kind == Kind.CHOICE:
        return _choices(target, rule, sent)
    return {}


def _choices(target: TargetField, rule: Rule, sent: Map[str, Any]) -> dict[str, Any]:
    """Words that were given a meaning in the form, over those that the rule knew."""
    said = sent.get(f"said-{target.name}", ())
    means = sent.get(f"means-{target.name}", ())
    new = {_fold(word): (word, value) for word, value in zip(said, means, strict=False)}
    known = rule.choices or dict(target.vocabulary)
    choices = {value: [word for word in words if _fold(word) not in new] for value, words in known.items()}
    for word, value in new.values():
        if value in target.vocabulary:
            choices.setdefault(value, []).append(word)
    return {"choices": {value: tuple(words) for value, words in choices.items() if words}}


def _one(sent: Map[str, Any], name: str) -> str:
    values = sent.get(name) or [""]
    return str(values[-1])


def _column(code: str, columns: Sequence[str]) -> str:
    number = code[1:]
    if code.startswith("c") and number.isdecimal() and int(number) < len(columns):
        return columns[int(number)]
    return ""
