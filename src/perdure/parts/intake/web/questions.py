"""Question pages: one page of the definition, shown and read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perdure.core.definition.api import raw_of
from perdure.parts.intake.actions import answer_page
from perdure.parts.intake.errors import PageNotFound
from perdure.parts.intake.reading import clean
from perdure.parts.intake.web import records
from perdure.parts.intake.web.addresses import page_id_of, page_of
from perdure.parts.intake.web.pages import Asking, address_after, address_for_later, is_change, show_page
from perdure.parts.intake.web.visits import for_applicants, newest, next_address, speak, visit


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def question(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """One page of the service. POST keeps what was typed and goes on."""
    if request.method == "POST":
        return _read(request, slug, page_id_of(page))
    found = visit(request, slug)
    step = found.path.step(page_id_of(page))
    if step is None:
        raise PageNotFound
    if step.page.repeat:
        return records.show_list(request, slug, found.row.version, found.path, step)
    given = ((one, step.answers.get(one.id)) for one in step.questions)
    raw = {name: typed for one, value in given for name, typed in raw_of(one, value).items()}
    return show_page(request, Asking(slug, found.row.version, found.path, step, step.questions), raw)


def _read(request: HttpRequest, slug: str, page_id: str) -> HttpResponse:
    typed, change = clean(request.POST.lists()), is_change(request)
    answered = answer_page(newest(request, slug), page_id, typed, today=timezone.localdate())
    step = answered.path.step(page_id)
    if "later" in typed:
        return HttpResponseRedirect(address_for_later(slug, answered))
    if step is None:
        return HttpResponseRedirect(next_address(slug, answered.path, told="changed", change=change))
    if step.page.repeat and (step.missing or step.too_many):
        speak(request, answered.version)
        return records.show_list(request, slug, answered.version, answered.path, step, wrong=True)
    if answered.problems:
        speak(request, answered.version)
        asking = Asking(slug, answered.version, answered.path, step, step.questions)
        return show_page(request, asking, answered.raw, answered.problems)
    if answered.asks_more:
        return HttpResponseRedirect(page_of(slug, page_id, told="more", change=change))
    return HttpResponseRedirect(address_after(slug, page_id, answered, change=change))
