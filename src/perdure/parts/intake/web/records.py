"""Repeating pages: one page for each record, and the list with add, change and remove."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from perdure.core.definition.api import Path, RecordOnPath, StepOnPath, raw_of, shown
from perdure.core.definition.model import Definition, Page, Question, Repeat
from perdure.parts.intake.actions import (
    answer_page,
    answer_record,
    least_records,
    most_records,
    questions_of_record,
    records_of,
    remove_record,
)
from perdure.parts.intake.errors import PageNotFound
from perdure.parts.intake.reading import clean
from perdure.parts.intake.web.addresses import RESULT, own_page, page_id_of, page_of, with_query
from perdure.parts.intake.web.pages import (
    Asking,
    AsRecord,
    address_after,
    address_for_later,
    back_from,
    caption,
    go_on,
    is_change,
    show_page,
    why,
)
from perdure.parts.intake.web.sheets import sheet_of
from perdure.parts.intake.web.visits import (
    Visit,
    face,
    for_applicants,
    language,
    newest,
    next_address,
    show,
    speak,
    visit,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def record(request: HttpRequest, slug: str, page: str, number: int) -> HttpResponse:
    """The questions of one record; the number above the last adds one."""
    if request.method == "POST":
        return _read(request, slug, page_id_of(page), number)
    found = visit(request, slug)
    step = _step(found, page_id_of(page))
    records = records_of(found.row.answers, step.page)
    if not 1 <= number <= min(len(records) + 1, most_records(step.page)):
        return HttpResponseRedirect(page_of(slug, step.page.id, change=is_change(request)))
    answers = found.row.answers
    values: dict[str, Any] = {}
    if number <= len(records):
        values = records[number - 1]
    elif step.page.repeat:
        answers = {**answers, step.page.repeat.id: [*records, {}]}
    questions = questions_of_record(
        found.service, step.page, answers, number, seen=found.row.seen, today=found.today
    )
    raw = {name: typed for one in questions for name, typed in raw_of(one, values.get(one.id)).items()}
    as_record = _as_record(slug, step, number, change=is_change(request))
    return show_page(
        request, Asking(slug, found.row.version, found.path, step, questions), raw, record=as_record
    )


def _read(request: HttpRequest, slug: str, page_id: str, number: int) -> HttpResponse:
    held, typed, change = newest(request, slug), clean(request.POST.lists()), is_change(request)
    today = timezone.localdate()
    if "none" in typed:
        answered = answer_page(held, page_id, {}, today=today)
        step = answered.path.step(page_id)
        if step and (step.missing or step.too_many):
            return HttpResponseRedirect(page_of(slug, page_id, change=change))
        return HttpResponseRedirect(address_after(slug, page_id, answered, change=change))
    answered = answer_record(held, page_id, number, typed, today=today)
    step = answered.path.step(page_id)
    if "later" in typed:
        return HttpResponseRedirect(address_for_later(slug, answered))
    if step is None:
        return HttpResponseRedirect(next_address(slug, answered.path, told="changed", change=change))
    if answered.problems:
        speak(request, answered.version)
        asking = Asking(slug, answered.version, answered.path, step, _questions(step, number))
        as_record = _as_record(slug, step, number, change=change)
        return show_page(request, asking, answered.raw, answered.problems, record=as_record)
    if answered.asks_more:
        return HttpResponseRedirect(page_of(slug, page_id, number, told="more", change=change))
    if answered.refused:
        return HttpResponseRedirect(with_query(own_page(slug, RESULT), page=page_id))
    if step.seen and number > len(step.records):
        return HttpResponseRedirect(go_on(slug, page_id, answered.path, change=change))
    return HttpResponseRedirect(page_of(slug, page_id, change=change))


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def remove(request: HttpRequest, slug: str, page: str, number: int) -> HttpResponse:
    """Ask once, then take a record away."""
    page_id, change = page_id_of(page), is_change(request)
    if request.method == "POST":
        path = remove_record(newest(request, slug), page_id, number, today=timezone.localdate())
        if path.step(page_id) is None:
            return HttpResponseRedirect(next_address(slug, path, told="changed", change=change))
        return HttpResponseRedirect(page_of(slug, page_id, told="removed", change=change))
    found = visit(request, slug)
    step = _step(found, page_id)
    if not 1 <= number <= len(step.records):
        return HttpResponseRedirect(page_of(slug, page_id, change=change))
    line = _line(step.records[number - 1], found.service.definition)
    words = {
        "one": _repeat(step.page).one,
        "number": number,
        "line": line,
        "back": page_of(slug, page_id, change=change),
    }
    return show(request, "intake/remove.html", face(found.row.version), words)


def show_list(
    request: HttpRequest, slug: str, version: str, path: Path, step: StepOnPath, *, wrong: bool = False
) -> HttpResponse:
    """The records so far. A page that was not seen and has none asks for the first at once."""
    change = is_change(request)
    if not step.records and not step.seen:
        return HttpResponseRedirect(page_of(slug, step.page.id, 1, change=change))
    definition, repeat, count = face(version).definition, _repeat(step.page), len(step.records)

    rows = [
        {
            "number": one.row,
            "line": _line(one, definition),
            "missing": one.missing,
            "change": page_of(slug, step.page.id, one.row, change=change),
            "remove": f"{page_of(slug, step.page.id, one.row)}remove/{'?change=1' if change else ''}",
        }
        for one in step.records
    ]
    words = {
        "sheet": sheet_of(version, step.page.id, language()),
        "repeat": repeat,
        "rows": rows,
        "count": count,
        "add": page_of(slug, step.page.id, count + 1, change=change)
        if count < most_records(step.page)
        else "",
        "errors": _what_is_wrong(slug, step, change=change) if wrong else [],
        "caption": caption(path, step),
        "why": why(step, ()),
        "back": back_from(slug, path, step.page.id, change=change),
    }
    return show(request, "intake/records.html", face(version), words)


def _what_is_wrong(slug: str, step: StepOnPath, *, change: bool) -> list[tuple[str, str]]:
    """(address, sentence) of what keeps a list from being complete."""
    repeat, wrong = _repeat(step.page), []
    names = {"one": repeat.one, "least": repeat.at_least, "most": repeat.at_most}
    if len(step.records) < repeat.at_least:
        add = page_of(slug, step.page.id, len(step.records) + 1, change=change)
        wrong.append((add, _("Add at least %(least)d (%(one)s)") % names))
    for one in step.records:
        if one.missing:
            at = page_of(slug, step.page.id, one.row, change=change)
            wrong.append((at, _("Finish the answers for %(one)s %(number)d") % {**names, "number": one.row}))
    if step.too_many:
        wrong.append(("#records", _("Remove some: there is room for %(most)d") % names))
    return wrong


def _as_record(slug: str, step: StepOnPath, number: int, *, change: bool) -> AsRecord:
    count = len(step.records)
    return AsRecord(
        one=_repeat(step.page).one,
        number=number,
        none=number > count >= least_records(step.page),
        first=count == 0,
        back=page_of(slug, step.page.id, change=change) if count or step.seen else "",
    )


def _questions(step: StepOnPath, number: int) -> tuple[Question, ...]:
    return step.records[number - 1].questions if number <= len(step.records) else step.questions


def _line(one: RecordOnPath, definition: Definition) -> str:
    """A record on one line: its first answers."""
    said = (
        shown(
            question, one.answers.get(question.id), language=definition.language, currency=definition.currency
        )
        for question in one.questions
    )
    return ", ".join([words for words in said if words][:3])


def _repeat(page: Page) -> Repeat:
    if page.repeat is None:
        raise PageNotFound
    return page.repeat


def _step(found: Visit, page_id: str) -> StepOnPath:
    step = found.path.step(page_id)
    if step is None or step.page.repeat is None:
        raise PageNotFound
    return step
