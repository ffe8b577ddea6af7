"""A page with questions on it: its heading, fields, errors, place on the path, and the way back and on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from perdure.core.definition.api import InputProblem, Path, StepOnPath
from perdure.core.definition.model import Question
from perdure.parts.intake.values import Answered
from perdure.parts.intake.web.addresses import CHECK, RESULT, own_page, page_of, with_query
from perdure.parts.intake.web.fields import links_of, shown
from perdure.parts.intake.web.sheets import sheet_of
from perdure.parts.intake.web.visits import face, language, next_address, show


def address_after(slug: str, page_id: str, answered: Answered, *, change: bool) -> str:
    """Where to go once a page is answered."""
    if answered.refused:
        return with_query(own_page(slug, RESULT), page=page_id)
    return go_on(slug, page_id, answered.path, change=change)


def go_on(slug: str, page_id: str, path: Path, *, change: bool) -> str:
    """The next page; after a change the first that needs something; else check your answers."""
    following = "" if change else path.next_page_after(page_id)
    return page_of(slug, following) if following else next_address(slug, path, change=change)


def is_change(request: HttpRequest) -> bool:
    """Did the person come from check your answers, to change one?"""
    return request.GET.get("change") == "1"


@dataclass(frozen=True)
class Asking:
    """What a page asks: these questions of this step of the path."""

    slug: str
    version: str
    path: Path
    step: StepOnPath
    questions: Sequence[Question]


def show_page(
    request: HttpRequest,
    asking: Asking,
    raw: Mapping[str, Sequence[str]],
    problems: Sequence[InputProblem] = (),
    *,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a page with what was given and what is wrong with it. more: what a record adds."""
    step, path, questions = asking.step, asking.path, asking.questions
    sheet = sheet_of(asking.version, step.page.id, language())
    fields = sheet.fields_for(questions)
    words = {
        "sheet": sheet,
        "heading": sheet.heading,
        "alone": sheet.alone,
        "fields": [shown(one, raw, problems, heading=sheet.heading) for one in fields],
        "errors": links_of(fields, problems),
        "caption": caption(path, step),
        "why": why(step, questions),
        "back": back_from(asking.slug, path, step.page.id, change=is_change(request)),
        **(more or {}),
    }
    return show(request, "intake/question.html", face(asking.version), words)


def caption(path: Path, step: StepOnPath) -> str:
    """Your home, question 4 of 11."""
    place = {"at": path.steps.index(step) + 1, "of": len(path.steps), "section": step.page.section}
    if step.page.section:
        return _("%(section)s, question %(at)d of %(of)d") % place
    return _("Question %(at)d of %(of)d") % place


def why(step: StepOnPath, questions: Sequence[Question]) -> list[str]:
    """Why the page and its questions are asked, in sentences; empty when they always are."""
    traces = [step.why, *(step.why_question(one.id) for one in questions)]
    said = [_("We ask this because %(why)s.") % {"why": trace.in_words()} for trace in traces if trace]
    sources = [step.page.because, *(one.because for one in questions)]
    said += [_("The paper form says: “%(words)s”") % {"words": words} for words in sources if words]
    return list(dict.fromkeys(said))


def back_from(slug: str, path: Path, page_id: str, *, change: bool) -> str:
    """The page before on the path, the start page before the first, check your answers after a change."""
    if change and not path.first_unanswered:
        return own_page(slug, CHECK)
    before = path.previous_page_before(page_id)
    return page_of(slug, before, change=change) if before else own_page(slug, "")
