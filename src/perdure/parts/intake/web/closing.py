"""The end of an application: eligibility in words, check your answers, send, receipt, come back later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perdure.core.definition.api import Definition, Path, StepOnPath, shown_lines
from perdure.core.definition.model import Question
from perdure.parts.intake.actions import send
from perdure.parts.intake.errors import NotComplete
from perdure.parts.intake.models import Application
from perdure.parts.intake.values import Held
from perdure.parts.intake.web import cookie
from perdure.parts.intake.web.addresses import LATER, SENT, own_page, page_of
from perdure.parts.intake.web.pages import go_on
from perdure.parts.intake.web.visits import face, for_applicants, newest, show, visit


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


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """All answers, to look over and send. POST sends."""
    if request.method == "POST":
        return _send(request, slug)
    found = visit(request, slug)
    if found.path.first_unanswered:
        raise NotComplete(found.path.first_unanswered)
    last = found.path.steps[-1].page.id
    words = {
        "groups": groups_of(slug, found.service.definition, found.path),
        "reasons": found.path.reasons,
        "back": page_of(slug, last),
    }
    return show(request, "intake/check.html", face(found.row.version), words)


def _send(request: HttpRequest, slug: str) -> HttpResponse:
    held = newest(request, slug)
    send(held, today=timezone.localdate())
    response = HttpResponseRedirect(own_page(slug, SENT))
    cookie.hold(response, request, slug, Held(held.reference, held.secret, sent=True))
    return response


@require_http_methods(["GET", "HEAD"])
@for_applicants
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipt. Looking at it again, or sending again, gives the same."""
    found = visit(request, slug, sent=True)
    if found.row.state != Application.State.SENT or found.row.sent_at is None:
        return HttpResponseRedirect(found.next_address)
    definition = found.service.definition
    received = timezone.localtime(found.row.sent_at)
    words = {
        "reference": found.row.reference,
        "code": found.held.secret,
        "received": received,
        "decided_by": received.date() + timedelta(days=definition.casework.decide_within_days),
        "steps": list(_steps(definition, received.date())),
        "groups": groups_of(slug, definition, found.path),
    }
    return show(request, "intake/sent.html", face(found.row.version), words)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Why the answers so far do not qualify. A person decides, so it is possible to go on."""
    found = visit(request, slug)
    page_id = request.GET.get("page", "")
    step = found.path.step(page_id)
    on = go_on(slug, page_id, found.path, change=step is None or not found.path.first_unanswered)
    if request.method == "POST" or not found.path.reasons:
        return HttpResponseRedirect(on)
    words = {"reasons": found.path.reasons, "back": page_of(slug, page_id) if step else own_page(slug, "")}
    return show(request, "intake/result.html", face(found.row.version), words)


@require_http_methods(["GET", "HEAD"])
@for_applicants
def later(request: HttpRequest, slug: str) -> HttpResponse:
    """How to come back: the reference and the return code."""
    found = visit(request, slug)
    words = {"reference": found.row.reference, "code": found.held.secret, "on": found.next_address}
    return show(request, "intake/later.html", face(found.row.version), words)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the application off this device; we keep it."""
    if request.method == "POST":
        response = HttpResponseRedirect(own_page(slug, "", told="forgotten"))
        cookie.forget(response, slug)
        return response
    found = visit(request, slug, sent=True)
    is_sent = found.row.state == Application.State.SENT
    words = {
        "reference": found.row.reference,
        "code": found.held.secret,
        "back": own_page(slug, SENT if is_sent else LATER),
    }
    return show(request, "intake/forget.html", face(found.row.version), words)


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


def _steps(definition: Definition, received: date) -> Iterator[tuple[str, date | None]]:
    for step in definition.casework.steps:
        yield step.title, received + timedelta(days=step.within_days) if step.within_days else None
