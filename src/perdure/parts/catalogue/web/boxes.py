"""Drawing a box of the paper that the digitiser missed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from perdure.foundation.access.api import Act, require
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import editing, listing
from perdure.parts.catalogue.errors import ServiceNotFound, StaleDraft
from perdure.parts.catalogue.listing import OpenDraft
from perdure.parts.catalogue.review import Review
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.forms import BoxForm
from perdure.parts.catalogue.web.place import Place, place_from, view_of
from perdure.parts.catalogue.web.review import reviewed
from perdure.parts.catalogue.web.sheet import Sheet, sheet_of

SIZES = {"text": (150, 18), "tick": (11, 11)}
"""Width and height in points of a box that one click places; the numbers can be changed."""


@studio_page
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """The paper to click on, and the box as four numbers. What was typed stays until it is saved."""
    who = person(request)
    require(who, Act.EDIT_DRAFT, service=slug)
    draft = listing.open_draft(slug, by=who)
    laid_out = reviewed(draft)
    asked = request.POST if request.method == "POST" else request.GET
    view = view_of(laid_out, place_from(slug, asked))
    sheet = sheet_of(laid_out, view.sheet, "")
    if sheet is None:
        raise ServiceNotFound
    form = BoxForm(request.POST or None, initial=_clicked(request, sheet), cards=laid_out.cards)
    stale = None
    if form.is_valid():
        revision = whole_number(request.POST.get("revision"), otherwise=0)
        try:
            editing.add_box(slug, form.wish(sheet.number), by=who, revision=revision)
        except StaleDraft as found:
            stale = found
        except editing.EditRefused as problem:
            form.add_error(None, f"{problem.what} {problem.next_step}")
        else:
            return redirect(_drawn(request, laid_out, view.place).url)
    more = {"form": form, "stale": stale, "sheet": sheet, "view": view, "place": view.place}
    return render(request, "catalogue/box.html", _shown(request, draft, laid_out, more))


def _shown(request: HttpRequest, draft: OpenDraft, laid_out: Review, more: dict[str, Any]) -> dict[str, Any]:
    paper = laid_out.definition.paper
    stale = more["stale"]
    kept = whole_number(request.POST.get("revision"), otherwise=draft.revision)
    return {
        "part": "studio",
        "draft": draft,
        "sheets": range(1, len(paper.pages) + 1) if paper else (),
        "left_out": [box for box in laid_out.left_out if box.page == more["sheet"].number],
        "revision": stale.revision if stale else kept,
        "size": "tick" if request.GET.get("size") == "tick" else "text",
        "sizes": SIZES,
        **more,
    }


def _clicked(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """Where the picture was clicked, in points: the middle of the left edge of the box."""
    size = "tick" if request.GET.get("size") == "tick" else "text"
    width, height = SIZES[size]
    start = {"type": size, "width": width, "height": height}
    if "click.x" not in request.GET:
        return start
    x = whole_number(request.GET["click.x"], otherwise=0)
    y = whole_number(request.GET.get("click.y"), otherwise=0)
    left, top = min(x, sheet.width - width), min(max(y - height / 2, 0), sheet.height - height)
    return start | {"left": max(left, 0), "top": top}


def _drawn(request: HttpRequest, before: Review, place: Place) -> Place:
    """At the new card."""
    known = {spot.id for spot in before.spots}
    laid_out = reviewed(listing.open_draft(place.slug, by=person(request)))
    new = [spot.card for spot in laid_out.spots if spot.id not in known]
    return place.at_card(new[-1] if new else place.at)
