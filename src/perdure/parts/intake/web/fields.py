"""How each question looks as a form: its inputs with their attributes, made once for a version and language.

A Field knows nothing of an application. `shown` joins it with what was typed and what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from perdure.core.definition.api import MESSAGES, InputProblem, input_names
from perdure.core.definition.model import Definition, Option, Question, QuestionType

MANY_OPTIONS = 15
"""More options than these are offered in a list to open, not as a page of radio buttons."""

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$", "CAD": "$", "AUD": "$", "NZD": "$", "JPY": "¥", "INR": "₹"}

_T = QuestionType
_DIGITS = {"inputmode": "numeric"}
_LINES: Mapping[QuestionType, Mapping[str, str]] = {
    _T.TEXT: {},
    _T.WHOLE_NUMBER: _DIGITS,
    _T.NUMBER: {"inputmode": "decimal"},
    _T.MONEY: {"inputmode": "decimal"},
    _T.PERCENT: {"inputmode": "decimal"},
    _T.TIME: {"type": "time"},
    _T.PHONE: {"type": "tel"},
    _T.EMAIL: {"type": "email", "spellcheck": "false"},
    _T.IDENTIFIER: {"spellcheck": "false", "autocapitalize": "characters"},
    _T.SIGNATURE: {"spellcheck": "false"},
}
_SHORT = {_T.WHOLE_NUMBER, _T.NUMBER, _T.MONEY, _T.PERCENT, _T.TIME, _T.IDENTIFIER}

_PARTS: Mapping[str, tuple[str | Promise, str, str]] = {
    "title": (gettext_lazy("Title"), "honorific-prefix", "w10"),
    "given": (gettext_lazy("First name"), "given-name", ""),
    "middle": (gettext_lazy("Middle names"), "additional-name", ""),
    "family": (gettext_lazy("Last name"), "family-name", ""),
    "suffix": (gettext_lazy("Suffix"), "honorific-suffix", "w10"),
    "line1": (gettext_lazy("Address line 1"), "address-line1", ""),
    "line2": (gettext_lazy("Address line 2"), "address-line2", ""),
    "unit": (gettext_lazy("Flat or unit"), "address-line3", "w10"),
    "town": (gettext_lazy("Town or city"), "address-level2", ""),
    "county": (gettext_lazy("County"), "address-level1", ""),
    "region": (gettext_lazy("Region"), "address-level1", ""),
    "postcode": (gettext_lazy("Postcode"), "postal-code", "w10"),
    "country": (gettext_lazy("Country"), "country-name", ""),
}
"""Label, autocomplete token and width of each part of a name or address."""

_AMERICAN = {
    "town": gettext_lazy("City"),
    "region": gettext_lazy("State"),
    "postcode": gettext_lazy("ZIP code"),
}
_WANTED_ANYWAY = {"given", "family", "line1", "town", "postcode", "full"}


@dataclass(frozen=True)
class Input:
    """One input, ready but for its value. label: "" when the question itself is the label."""

    name: str
    id: str
    label: str
    attributes: SafeString


@dataclass(frozen=True)
class Field:
    """One question as a form. kind: line, area, list, radio, boxes, tick or parts (several)."""

    question: Question
    kind: str
    inputs: tuple[Input, ...]
    options: tuple[tuple[str, Option], ...] = ()
    sign: str = ""
    in_a_row: bool = False

    @property
    def grouped(self) -> bool:
        """Is it more than one control, so that it needs a fieldset and legend?"""
        return self.kind in {"radio", "boxes", "parts", "tick"}


@dataclass(frozen=True)
class Shown:
    """A field with its values and what is wrong, for the template.

    lines    (input, value, has a problem) of each text input
    options  (id, option, mark) of each option; mark: " checked", " selected" or ""
    """

    field: Field
    question: Question
    lines: tuple[tuple[Input, str, bool], ...]
    options: tuple[tuple[str, Option, str], ...]
    mark: str
    problems: tuple[str, ...]
    described_by: str
    label: str

    @property
    def line(self) -> tuple[Input, str, bool]:
        return self.lines[0]


def field_of(question: Question, definition: Definition) -> Field:
    """The form of a question, with labels in the language that is active now."""
    id_ = input_id(question.id)
    if question.type is _T.DATE:
        return Field(
            question, "parts", _date_inputs(question, american=_is_american(definition)), in_a_row=True
        )
    if question.type in {_T.NAME, _T.ADDRESS}:
        return _parts_field(question, definition)
    if question.type is _T.LONG_TEXT:
        return Field(question, "area", (_input(question, question.id, "", {"rows": "6"}),))
    if question.type is _T.TICK:
        return Field(question, "tick", (Input(question.id, id_, "", SafeString("")),))
    if question.type in {_T.YES_NO, _T.CHOICE, _T.CHOICES}:
        return _options_field(question)
    return _line_field(question, definition)


def values_of(fields: Sequence[Field], raw: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What goes into the inputs: a text under =name, the mark of a chosen option under =name=value.

    The sign in front keeps the names of a service apart from those of the templates.
    """
    values: dict[str, str] = {}
    for field in fields:
        name = field.question.id
        mark = " selected" if field.kind == "list" else " checked"
        values |= {f"={one.name}": _first(raw, one.name) for one in field.inputs}
        values |= {f"={name}={chosen}": mark for chosen in raw.get(name, ())}
    return values


def value_keys(fields: Sequence[Field]) -> list[str]:
    """Every key that values_of can give for these fields."""
    names = [f"={one.name}" for field in fields for one in field.inputs]
    chosen = [f"={field.question.id}={option.value}" for field in fields for _id, option in field.options]
    return names + chosen + [f"={field.question.id}=yes" for field in fields if field.kind == "tick"]


def shown(
    field: Field, values: Mapping[str, str], problems: Sequence[InputProblem], *, heading: str
) -> Shown:
    """A field with the values to show. heading: the page's; a tick that repeats it is labelled "Yes"."""
    question, id_ = field.question, input_id(field.question.id)
    names = _names(field)
    mine = [one for one in problems if one.input in names]
    wrong = {one.input for one in mine}
    lines = tuple(
        (one, values.get(f"={one.name}", ""), one.name in wrong or question.id in wrong)
        for one in field.inputs
    )
    options = tuple(
        (at, option, values.get(f"={question.id}={option.value}", "")) for at, option in field.options
    )
    described = [f"{id_}-hint"] if question.hint else []
    described += [f"{id_}-error"] if mine else []
    return Shown(
        field=field,
        question=question,
        lines=lines,
        options=options,
        mark=values.get(f"={question.id}=yes", ""),
        problems=tuple(dict.fromkeys(says(one) for one in mine)),
        described_by=" ".join(described),
        label=_("Yes") if heading == question.title else question.title,
    )


def says(problem: InputProblem) -> str:
    """An input problem in words, in the language that is active now."""
    return _(MESSAGES[problem.code]).format(**problem.details)


def links_of(fields: Sequence[Field], problems: Sequence[InputProblem]) -> list[tuple[str, str]]:
    """(id of the input, sentence) of each problem, for the summary of errors.

    Where a page asks several questions, the question is named before the sentence.
    """
    ids = {one.name: one.id for field in fields for one in field.inputs}
    ids |= {
        field.question.id: (field.options[0][0] if field.options else field.inputs[0].id) for field in fields
    }
    titles = {name: one.question.title for one in fields for name in _names(one)} if len(fields) > 1 else {}
    links = (
        (ids.get(one.input, "main"), f"{titles.get(one.input, '')} {says(one)}".strip()) for one in problems
    )
    return list(dict.fromkeys(links))


def input_id(name: str) -> str:
    """The id of an input in the page; never one that the page uses for something else."""
    return f"q-{name}"


def _names(field: Field) -> tuple[str, ...]:
    return (field.question.id, *(one.name for one in field.inputs))


def _first(raw: Mapping[str, Sequence[str]], name: str) -> str:
    values = raw.get(name, ())
    return values[0] if values else ""


def _is_american(definition: Definition) -> bool:
    return definition.language == "en-US" or definition.currency == "USD"


def _input(question: Question, name: str, label: str, attributes: Mapping[str, str]) -> Input:
    given = dict(attributes)
    if question.max_length and "maxlength" not in given:
        given["maxlength"] = str(question.max_length)
    words = format_html_join("", ' {}="{}"', ((key, value) for key, value in given.items() if value))
    return Input(name, input_id(name), label, words)


def _line_field(question: Question, definition: Definition) -> Field:
    attributes = {"type": "text", **_LINES[question.type]}
    if attributes.get("inputmode") and (question.min or "").startswith("-"):
        del attributes["inputmode"]  # the number keypad of some phones has no minus
    token = question.autocomplete
    currency = question.currency or definition.currency
    sign = SIGNS.get(currency, currency) if question.type is _T.MONEY else ""
    attributes["autocomplete"] = token
    attributes["class"] = _width(question)
    return Field(question, "line", (_input(question, question.id, "", attributes),), sign=sign)


def _width(question: Question) -> str:
    longest = question.max_length or (14 if question.type in _SHORT else 0)
    if question.type is _T.PERCENT or (question.unit and not question.max_length):
        return "w4"
    if not longest or longest > 24:
        return "wide" if longest > 60 else ""
    return "w2" if longest <= 2 else "w4" if longest <= 5 else "w10"


def _options_field(question: Question) -> Field:
    options = question.options
    if question.type is _T.YES_NO:
        options = (Option(value="yes", title=_("Yes")), Option(value="no", title=_("No")))
    id_ = input_id(question.id)
    if question.type is _T.CHOICE and len(options) > MANY_OPTIONS:
        one = _input(question, question.id, "", {"autocomplete": question.autocomplete})
        return Field(question, "list", (replace(one, id=id_),), tuple(("", option) for option in options))
    kind = "boxes" if question.type is _T.CHOICES else "radio"
    return Field(question, kind, (), tuple((f"{id_}-{option.value}", option) for option in options))


def _date_inputs(question: Question, *, american: bool) -> tuple[Input, ...]:
    token = "bday" if question.autocomplete == "bday" else ""
    parts = {
        "day": (_("Day"), {"maxlength": "2", "class": "w2"}),
        "month": (_("Month"), {"maxlength": "9", "class": "w2"}),
        "year": (_("Year"), {"maxlength": "4", "class": "w4"}),
    }
    order = ("month", "day", "year") if american else ("day", "month", "year")
    inputs = []
    for part in order:
        label, attributes = parts[part]
        more = {"type": "text", **_DIGITS, **attributes, "autocomplete": f"{token}-{part}" if token else ""}
        inputs.append(_input(question, f"{question.id}-{part}", label, more))
    return tuple(inputs)


def _parts_field(question: Question, definition: Definition) -> Field:
    parts = [name.rpartition("-")[2] for name in input_names(question)]
    if parts == ["full"]:
        return _whole_field(question)
    inputs = tuple(_part_input(question, part, definition) for part in parts)
    return Field(question, "parts", inputs)


def _whole_field(question: Question) -> Field:
    """A name on one line, or an address in one box."""
    name, own = f"{question.id}-full", bool(question.autocomplete)
    if question.type is _T.NAME:
        line = {
            "type": "text",
            "autocomplete": "name" if own else "",
            "maxlength": "200",
            "spellcheck": "false",
        }
        return Field(question, "line", (_input(question, name, "", line),))
    area = {"rows": "4", "autocomplete": "street-address" if own else "", "maxlength": "600"}
    return Field(question, "area", (_input(question, name, "", area),))


def _part_input(question: Question, part: str, definition: Definition) -> Input:
    is_name = question.type is _T.NAME
    if part == "full":
        label, token, width = (
            (_("Full name"), "name", "") if is_name else (_("Address"), "street-address", "wide")
        )
    else:
        words, token, width = _PARTS[part]
        label = str(_AMERICAN.get(part, words) if _is_american(definition) else words)
    if part not in _WANTED_ANYWAY:
        label = _("%(label)s (optional)") % {"label": label}
    attributes = {
        "type": "text",
        "autocomplete": token if question.autocomplete else "",
        "class": width,
        "maxlength": "200",
    }
    return _input(question, f"{question.id}-{part}", label, attributes)
