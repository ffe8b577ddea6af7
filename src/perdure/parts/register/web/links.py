"""Links for keepers: pairs that may be one thing, side by side; accepted, refused, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from perdure.foundation.accounts.api import person
from perdure.parts.register import linking, linking_queries
from perdure.parts.register.errors import RegisterError
from perdure.parts.register.web.blocks import BLOCKS
from perdure.parts.register.web.common import keepers_only, page, page_number

BLOCKS["links"] = linking_queries.links_of


@require_safe
@keepers_only
def links(request: HttpRequest) -> HttpResponse:
    """The queue: the likeliest pair first; what was decided is under its own heading."""
    return _queue(request)


def _queue(request: HttpRequest, *, problem: RegisterError | None = None) -> HttpResponse:
    state = request.GET.get("state", "proposed")
    found = linking_queries.queue(
        by=person(request),
        state=state if state in linking_queries.STATES else "proposed",
        source=request.GET.get("list", ""),
        page=page_number(request.GET.get("page", "")),
    )
    shown = {"found": found, "problem": problem, "typed": request.POST, "kinds": linking_queries.kinds()}
    return page(request, "register/links.html", shown, here="links")


@keepers_only
def one_link(request: HttpRequest, link_id: int) -> HttpResponse:
    """One pair side by side; a press decides."""
    if request.method == "POST":
        return _decide(request, link_id)
    pair = linking_queries.pair(link_id, by=person(request))
    return page(request, "register/link.html", {"pair": pair, "kinds": linking_queries.kinds()}, here="links")


def _decide(request: HttpRequest, link_id: int) -> HttpResponse:
    by, do = person(request), request.POST.get("do", "")
    if do == "accept":
        linking.accept(link_id, kind=request.POST.get("kind", ""), by=by)
        messages.success(request, _("Accepted. It can be taken back under Decided."))
    elif do == "refuse":
        linking.refuse(link_id, by=by)
        messages.success(request, _("Refused. This pair is not proposed again."))
    elif do == "take-back":
        linking.take_back(link_id, by=by)
        messages.success(request, _("Taken back. The pair is in the queue again."))
        return redirect("register:link", link_id)
    after = linking_queries.next_in_queue(link_id, by=by)
    return redirect("register:link", after) if after else redirect("register:links")


@require_POST
@keepers_only
def by_hand(request: HttpRequest) -> HttpResponse:
    """Link two cases by their references."""
    sent = request.POST
    try:
        linked = linking.link_by_hand(
            sent.get("earlier", ""), sent.get("later", ""), kind=sent.get("kind", ""), by=person(request)
        )
    except RegisterError as problem:
        return _queue(request, problem=problem)
    return redirect("register:link", linked)


@require_POST
@keepers_only
def find(request: HttpRequest) -> HttpResponse:
    """Look for links of a list again."""
    linking.look_for_links(request.POST.get("list", ""), by=person(request))
    messages.info(request, _("The search for links runs. New pairs appear here."))
    return redirect("register:links")
