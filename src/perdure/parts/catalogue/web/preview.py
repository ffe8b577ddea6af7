"""A walk through a draft as an applicant would take it. No application comes of it and nothing is sent.

What is typed is kept in the person's own session, and goes when the walk ends or they sign out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from perdure.core.definition.api import Path, StepOnPath, compile_service, raw_of, read_answer, shown_lines
from perdure.core.definition.model import Question
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import listing
from perdure.parts.catalogue.errors import ServiceNotFound
from perdure.parts.catalogue.listing import OpenDraft
from perdure.parts.catalogue.web.common import studio_page
from perdure.parts.catalogue.web.preview_fields import PreviewField, field_of


@dataclass(frozen=True)
class Walk:
    """A draft being walked through: what was answered, and the path that follows from it."""

    draft: OpenDraft
    answers: dict[str, Any]
    path: Path


@studio_page
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """The start page; a press on its button begins the walk anew."""
    draft = listing.open_draft(slug, by=person(request))
    if request.method == "POST":
        _keep(request, slug, {})
        return redirect("studio:preview-page", slug, draft.definition.pages[0].id)
    return render(request, "catalogue/preview_start.html", {"draft": draft, "definition": draft.definition})


@studio_page
def page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """One page of the draft, with the checks that applicants meet."""
    walk = _walk(request, slug)
    step = walk.path.step(page)
    if step is None:
        raise ServiceNotFound
    if request.method != "POST":
        return _show(request, walk, step, _raw(walk, step), {})
    answers, problems = _read(request, walk, step)
    if problems:
        return _show(request, walk, step, dict(request.POST.lists()), problems)
    _keep(request, slug, answers)
    following = _walk(request, slug).path.next_page_after(page)
    return (
        redirect("studio:preview-page", slug, following)
        if following
        else redirect("studio:preview-end", slug)
    )


@studio_page
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers as the applicant checks them; sending is left out. POST throws them away."""
    if request.method == "POST":
        request.session.pop(_place(slug), None)
        return redirect("studio:review", slug)
    walk = _walk(request, slug)
    currency = walk.draft.definition.currency
    rows = [
        (step, question, shown_lines(question, step.answers.get(question.id), currency=currency))
        for step in walk.path.steps
        if not step.page.repeat
        for question in step.questions
    ]
    shown = {"draft": walk.draft, "rows": rows, "reasons": walk.path.reasons}
    return render(request, "catalogue/preview_end.html", shown)


def _walk(request: HttpRequest, slug: str) -> Walk:
    draft = listing.open_draft(slug, by=person(request))
    answers = request.session.get(_place(slug), {})
    path = compile_service(draft.definition).path(answers, today=timezone.localdate())
    return Walk(draft, dict(answers), path)


def _place(slug: str) -> str:
    return f"preview:{slug}"


def _keep(request: HttpRequest, slug: str, answers: Mapping[str, Any]) -> None:
    request.session[_place(slug)] = dict(answers)


def _raw(walk: Walk, step: StepOnPath) -> dict[str, list[str]]:
    """What was typed before on this page; of a repeating page, in its one record."""
    given = walk.answers
    if step.page.repeat:
        given = next(iter(walk.answers.get(step.page.repeat.id, [])), {})
    found: dict[str, list[str]] = {}
    for question in step.questions:
        found |= raw_of(question, given.get(question.id))
    return found


def _read(
    request: HttpRequest, walk: Walk, step: StepOnPath
) -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
    """The answers with those of this page, and the problems by question."""
    typed = dict(request.POST.lists())
    today, currency = timezone.localdate(), walk.draft.definition.currency
    values: dict[str, Any] = {}
    problems: dict[str, Sequence[Any]] = {}
    for question in step.questions:
        read = read_answer(question, typed, today=today, currency=currency)
        if read.problems:
            problems[question.id] = read.problems
        elif read.value is not None:
            values[question.id] = read.value
    kept = {name: value for name, value in walk.answers.items() if name not in {q.id for q in step.questions}}
    if step.page.repeat:
        return kept | {step.page.repeat.id: [values] if values else []}, problems
    return kept | values, problems


def _show(
    request: HttpRequest,
    walk: Walk,
    step: StepOnPath,
    raw: Mapping[str, Sequence[str]],
    problems: Mapping[str, Sequence[Any]],
) -> HttpResponse:
    fields = [field_of(question, raw, problems.get(question.id, ())) for question in step.questions]
    alone = len(fields) == 1 and not step.page.repeat
    shown = {
        "draft": walk.draft,
        "step": step,
        "fields": fields,
        "heading": fields[0].question.title if alone else _heading(step, fields),
        "alone": alone,
        "number": walk.path.steps.index(step) + 1,
        "steps": len(walk.path.steps),
        "before": walk.path.previous_page_before(step.page.id),
        "errors": [(field.first_id, words) for field in fields for words in field.errors],
    }
    return render(request, "catalogue/preview_page.html", shown)


def _heading(step: StepOnPath, fields: Sequence[PreviewField]) -> str:
    first: Question = fields[0].question
    return step.page.title or step.page.section or first.title
