"""A page with questions on it: its heading, fields, errors, place on the path, and the way back and on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from perdure.core.definition.api import InputProblem, Path, StepOnPath
from perdure.core.definition.model import Question
from perdure.parts.intake.values import Answered
from perdure.parts.intake.web.addresses import CHECK, LATER, RESULT, own_page, page_of, with_query
from perdure.parts.intake.web.fields import links_of, shown, value_keys, values_of
from perdure.parts.intake.web.sheets import Sheet, sheet_of
from perdure.parts.intake.web.skeletons import Skeleton, kept, respond, skeleton, slot
from perdure.parts.intake.web.visits import face, language, next_address, show, told_to


def address_after(slug: str, page_id: str, answered: Answered, *, change: bool) -> str:
    """Where to go once a page is answered."""
    if answered.refused:
        return with_query(own_page(slug, RESULT), page=page_id)
    return go_on(slug, page_id, answered.path, change=change)


def address_for_later(slug: str, answered: Answered) -> str:
    """Where to go when the person wants to stop here; says so when something typed could not be kept."""
    lost = not answered.done and any(value.strip() for values in answered.raw.values() for value in values)
    return own_page(slug, LATER, told="not-kept" if lost else "")


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


@dataclass(frozen=True)
class AsRecord:
    """What the page of a record says beside its questions.

    one, number   child, 2
    none          offer to say that there is none, or no more
    first         there is none so far
    back          the list of records, when there is one to go back to
    """

    one: str
    number: int
    none: bool
    first: bool
    back: str


def show_page(
    request: HttpRequest,
    asking: Asking,
    raw: Mapping[str, Sequence[str]],
    problems: Sequence[InputProblem] = (),
    *,
    record: AsRecord | None = None,
) -> HttpResponse:
    """Show a page with what was given and what is wrong with it."""
    step, tongue = asking.step, language()
    sheet = sheet_of(asking.version, step.page.id, tongue)
    fields = sheet.fields_for(asking.questions)
    values = values_of(fields, raw)
    back = back_from(asking.slug, asking.path, step.page.id, change=is_change(request))
    words = {
        "caption": caption(asking.path, step),
        "why": why(step, asking.questions),
        "back": record.back if record and record.back else back,
        "number": str(record.number) if record else "",
    }
    if problems:
        with_errors = [shown(one, values, problems, heading=sheet.heading) for one in fields]
        alike = _alike(asking.version, sheet, record)
        wrong = {"fields": with_errors, "errors": links_of(fields, problems)}
        return show(request, "intake/question.html", face(asking.version), {**alike, **words, **wrong})
    ids = tuple(one.id for one in asking.questions)
    any_record = replace(record, number=0, back="") if record else None
    page = _skeleton(asking.version, step.page.id, tongue, ids, any_record)
    return respond(request, page, {**values, **words}, told=told_to(request))


@kept
def _skeleton(
    version: str, page_id: str, tongue: str, ids: tuple[str, ...], record: AsRecord | None
) -> Skeleton:
    """A page with these questions and without errors, in the language that is active."""
    sheet = sheet_of(version, page_id, tongue)
    fields = [sheet.fields[one] for one in ids]
    slots = {key: slot(key) for key in value_keys(fields)}
    words = {name: slot(name) for name in ("caption", "why", "back", "number")}
    empty = [shown(one, slots, (), heading=sheet.heading) for one in fields]
    return skeleton("intake/question.html", {**_alike(version, sheet, record), **words, "fields": empty})


def _alike(version: str, sheet: Sheet, record: AsRecord | None) -> dict[str, object]:
    """What a page says to everybody."""
    found = face(version)
    return {
        "face": found,
        "definition": found.definition,
        "sheet": sheet,
        "heading": sheet.heading,
        "alone": sheet.alone and not record,
        "record": record,
    }


def caption(path: Path, step: StepOnPath) -> str:
    """Your home, question 4 of 11."""
    at = next(at for at, one in enumerate(path.steps, start=1) if one.page.id == step.page.id)
    place = {"at": at, "of": len(path.steps), "section": step.page.section}
    if step.page.section:
        return _("%(section)s, question %(at)d of %(of)d") % place
    return _("Question %(at)d of %(of)d") % place


def why(step: StepOnPath, questions: Sequence[Question]) -> SafeString:
    """Why the page and its questions are asked, to fold out; empty when they always are."""
    traces = [step.why, *(step.why_question(one.id) for one in questions)]
    said = [_("We ask this because %(why)s.") % {"why": trace.in_words()} for trace in traces if trace]
    sources = [step.page.because, *(one.because for one in questions)]
    said += [_("The paper form says: “%(words)s”") % {"words": words} for words in sources if words]
    if not said:
        return SafeString("")
    paragraphs = format_html_join("", "<p>{}</p>", ((one,) for one in dict.fromkeys(said)))
    return format_html("<details><summary>{}</summary>{}</details>", _("Why do you ask this?"), paragraphs)


def back_from(slug: str, path: Path, page_id: str, *, change: bool) -> str:
    """The page before on the path, the start page before the first, check your answers after a change."""
    if change and not path.first_unanswered:
        return own_page(slug, CHECK)
    before = path.previous_page_before(page_id)
    return page_of(slug, before, change=change) if before else own_page(slug, "")
