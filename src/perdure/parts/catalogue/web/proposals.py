"""Words that a model proposes: ask, watch, and decide on each. Not there at all while no model is set up."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from perdure.core.digitise.proposals import Why
from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import Person
from perdure.foundation.accounts.api import person
from perdure.foundation.model import api as model
from perdure.parts.catalogue import proposing
from perdure.parts.catalogue.errors import StaleDraft
from perdure.parts.catalogue.proposing import Proposed
from perdure.parts.catalogue.web.common import View, studio_page, whole_number
from perdure.parts.catalogue.web.stale import told

SHOWN = 20
"""How many proposals a page shows; the next ones come up as these are decided on."""

WHY = {
    Why.UNKNOWN_QUESTION: gettext_lazy("There is no such question."),
    Why.MORE_THAN_WORDS: gettext_lazy("It would change more than the words."),
    Why.TWICE: gettext_lazy("It came twice."),
    Why.EMPTY: gettext_lazy("It leaves out the question or the hint."),
    Why.TOO_LONG: gettext_lazy("It is too long."),
    Why.NOT_PLAIN: gettext_lazy("It holds a link, or signs that are no plain text."),
    Why.NUMBERS: gettext_lazy("It changes a number, a date, an amount or the name of a form."),
    Why.DENIAL: gettext_lazy("It adds or takes away a “not”."),
    Why.LANGUAGE: gettext_lazy("It is in another language."),
    Why.HARDER: gettext_lazy("It is harder to read."),
}


def with_a_model(view: View) -> View:
    """Decorator: a page that is there only while a model is set up."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not model.is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return page


@with_a_model
@studio_page
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposals of a draft, each beside the words as they are."""
    found = proposing.proposed(slug, by=person(request))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_progress(found))
    shown = {
        "part": "studio",
        "draft": found.draft,
        "found": found,
        "shown": found.waiting[:SHOWN],
        "questions": len(found.draft.definition.questions()),
        "dropped": [(one, WHY.get(Why(one.why), "")) for one in found.dropped],
        "address": model.address(),
        "model_name": model.name(),
    }
    return render(request, "catalogue/proposals.html", shown)


def _progress(found: Proposed) -> dict[str, object]:
    """What the page asks for while it watches."""
    return {"finished": not found.under_way, "stage": found.state, "done": found.done, "total": found.total}


@require_POST
@with_a_model
@studio_page
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, stop, or accept or refuse one proposal; then back to the page, at the proposal after it."""
    verb, _sep, target = request.POST.get("do", "").partition(":")
    number = int(target) if target.isdecimal() and len(target) < 15 else 0
    who = person(request)
    mark = _next_mark(slug, number, who) if number else ""
    try:
        _do(slug, verb, number, whole_number(request.POST.get("revision"), otherwise=0), who)
    except StaleDraft as stale:
        messages.warning(request, told(stale), extra_tags="wait")
    except PerdureError as problem:
        messages.error(request, f"{problem.what} {problem.next_step}", extra_tags="stop")
    else:
        if verb == "accept":
            messages.success(
                request, _("The words were taken over. You can undo it in the review."), extra_tags="go"
            )
    return HttpResponseRedirect(reverse("studio:words", args=[slug]) + mark)


def _do(slug: str, verb: str, number: int, revision: int, who: Person) -> None:
    if verb == "ask":
        proposing.ask_for_words(slug, by=who)
    elif verb == "stop":
        proposing.stop_asking(slug, by=who)
    elif verb == "accept":
        proposing.accept(slug, number, by=who, revision=revision)
    elif verb == "refuse":
        proposing.refuse(slug, number, by=who)


def _next_mark(slug: str, number: int, who: Person) -> str:
    """The place on the page of the proposal behind this one."""
    ids = [one.id for one in proposing.proposed(slug, by=who).waiting]
    after = ids[ids.index(number) + 1 :] if number in ids else []
    return f"#proposal-{after[0]}" if after else ""
