"""How a question looks in the preview: its inputs with what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from perdure.core.definition.api import MESSAGES, InputProblem, input_names
from perdure.core.definition.model import Option, Question, QuestionType
from perdure.parts.catalogue import words

_T = QuestionType
_NUMBERS = {_T.WHOLE_NUMBER, _T.NUMBER, _T.MONEY, _T.PERCENT}


@dataclass(frozen=True)
class PreviewInput:
    """One text input."""

    name: str
    label: str
    value: str
    mode: str
    wide: str


@dataclass(frozen=True)
class PreviewField:
    """One question. kind: line, area, parts, radio, boxes or tick; options: (option, chosen)."""

    question: Question
    kind: str
    inputs: tuple[PreviewInput, ...]
    options: tuple[tuple[Option, bool], ...]
    errors: tuple[str, ...]

    @property
    def first_id(self) -> str:
        """The id of the first control, for the summary of errors."""
        if self.options:
            return f"p-{self.question.id}-{self.options[0][0].value}"
        return f"p-{self.inputs[0].name}"


def field_of(
    question: Question, raw: Mapping[str, Sequence[str]], problems: Sequence[InputProblem]
) -> PreviewField:
    """A question with what was typed into it."""
    kind = _kind(question)
    chosen = set(raw.get(question.id, ()))
    options = _options(question, kind)
    return PreviewField(
        question=question,
        kind=kind,
        inputs=() if options else tuple(_input(question, name, raw) for name in input_names(question)),
        options=tuple((option, option.value in chosen) for option in options),
        errors=tuple(dict.fromkeys(_(MESSAGES[one.code]).format(**one.details) for one in problems)),
    )


def _kind(question: Question) -> str:
    kinds = {
        _T.LONG_TEXT: "area",
        _T.TICK: "tick",
        _T.CHOICES: "boxes",
        _T.CHOICE: "radio",
        _T.YES_NO: "radio",
    }
    if question.type in kinds:
        return kinds[question.type]
    return "parts" if len(input_names(question)) > 1 else "line"


def _options(question: Question, kind: str) -> tuple[Option, ...]:
    if question.type is _T.YES_NO:
        return Option(value="yes", title=_("Yes")), Option(value="no", title=_("No"))
    if kind == "tick":
        return (Option(value="yes", title=question.title),)
    return question.options if kind in {"radio", "boxes"} else ()


def _input(question: Question, name: str, raw: Mapping[str, Sequence[str]]) -> PreviewInput:
    part = name.removeprefix(f"{question.id}-") if name != question.id else ""
    is_date = question.type is _T.DATE
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    return PreviewInput(
        name=name,
        label=labels.get(part) or str(words.PARTS.get(part, part)),
        value=next(iter(raw.get(name, ())), ""),
        mode="numeric" if is_date else "decimal" if question.type in _NUMBERS else "",
        wide=("w4" if part == "year" else "w2") if is_date else "w10" if question.type in _NUMBERS else "",
    )
