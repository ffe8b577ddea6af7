"""All answers of an application in words, under their sections, for check your answers and the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from perdure.core.definition.api import Definition, Path, StepOnPath, shown_lines
from perdure.core.definition.model import Question
from perdure.parts.intake.web.addresses import page_of
from perdure.parts.intake.web.skeletons import slot


@dataclass(frozen=True)
class Row:
    """One answer to check. lines: in words, () when it was not answered; change: where to change it."""

    title: str
    lines: tuple[str, ...]
    change: str


@dataclass(frozen=True)
class Group:
    """Answers under one heading. level: 2 for a section, 3 for a record within it."""

    heading: str
    level: int
    rows: tuple[Row, ...]


def groups_of(slug: str, definition: Definition, path: Path) -> list[Group]:
    """All answers on the path under their sections; a record is a group of its own."""
    groups: list[Group] = []
    for step in path.steps:
        if step.page.repeat:
            rows: tuple[Row, ...] = (_count(slug, step),)
        else:
            rows = tuple(_row(slug, definition, step, one) for one in step.questions)
        is_same = bool(groups) and _section(groups) == step.page.section
        if is_same and groups[-1].level == 2:
            groups[-1] = Group(groups[-1].heading, 2, groups[-1].rows + rows)
        else:
            groups.append(Group("" if is_same else step.page.section, 2, rows))
        groups += _records(slug, definition, step)
    return groups


def _section(groups: list[Group]) -> str:
    return next((one.heading for one in reversed(groups) if one.level == 2 and one.heading), "")


def _count(slug: str, step: StepOnPath) -> Row:
    count = (str(len(step.records)),) if step.records else ()
    return Row(step.page.title or _one(step), count, page_of(slug, step.page.id, change=True))


def _records(slug: str, definition: Definition, step: StepOnPath) -> Iterator[Group]:
    one = _one(step)
    for record in step.records:
        at = page_of(slug, step.page.id, record.row, change=True)
        rows = tuple(_line(definition, asked, record.answers.get(asked.id), at) for asked in record.questions)
        yield Group(f"{one[:1].upper()}{one[1:]} {record.row}", 3, rows)


def _one(step: StepOnPath) -> str:
    return step.page.repeat.one if step.page.repeat else ""


def _row(slug: str, definition: Definition, step: StepOnPath, question: Question) -> Row:
    at = f"{page_of(slug, step.page.id, change=True)}#q-{question.id}"
    return _line(definition, question, step.answers.get(question.id), at)


def _line(definition: Definition, question: Question, value: object, change: str) -> Row:
    lines = shown_lines(question, value, language=definition.language, currency=definition.currency)
    return Row(question.title, tuple(lines), change)


def with_slots(groups: Sequence[Group]) -> tuple[tuple[Group, ...], dict[str, str]]:
    """The groups with a slot in place of each answer, and what goes into the slots."""
    values: dict[str, str] = {}
    emptied = []
    for group in groups:
        rows = []
        for row in group.rows:
            name = f"={len(values)}"
            values[name] = _said(row.lines)
            rows.append(replace(row, lines=(slot(name),)))
        emptied.append(replace(group, rows=tuple(rows)))
    return tuple(emptied), values


def _said(lines: Sequence[str]) -> SafeString:
    if not lines:
        return format_html('<span class="caption">{}</span>', _("Not answered"))
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
