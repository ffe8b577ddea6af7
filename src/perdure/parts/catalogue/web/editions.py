"""A new edition of the paper form: dropped on its service, looked at, and taken up."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from perdure.core.digitise.edition_values import Change, ChangeKind, EditionRefused
from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import Act, may
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import editions, listing, words
from perdure.parts.catalogue.errors import CatalogueError, StaleDraft
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.services import read_upload
from perdure.parts.catalogue.web.stale import told

TAKEN_UP = _("The service has its new paper. What somebody must look at comes first; Undo takes it back.")


@dataclass(frozen=True)
class Chapter:
    """The changes of one kind, with what they mean for the owner."""

    heading: str
    about: str
    changes: Sequence[Change]


@studio_page
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """The box to drop a new edition; then how far its reading is, what it changes, what it changed."""
    if request.method == "POST":
        return _take_in(request, slug)
    if request.headers.get("Accept") == "application/json":
        return _how_far(request, slug)
    return _show(request, slug)


def _take_in(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        content, name = read_upload(request.FILES.get("form"))
        editions.start_edition(slug, content, name, by=person(request))
    except CatalogueError as problem:
        return _show(request, slug, problem=problem)
    return redirect("studio:edition", slug)


def _how_far(request: HttpRequest, slug: str) -> JsonResponse:
    found = editions.new_edition(slug, by=person(request))
    state = found.reading if found else None
    if state is None:
        return JsonResponse({"finished": True})
    said = {"finished": state.finished, "stage": state.stage, "done": state.done, "total": state.total}
    return JsonResponse(said)


def _show(request: HttpRequest, slug: str, *, problem: PerdureError | None = None) -> HttpResponse:
    who = person(request)
    draft = listing.open_draft(slug, by=who)
    found = editions.new_edition(slug, by=who)
    held = found.held if found else None
    changes = held.edition.changes if held and held.edition else (found and found.taken) or ()
    shown = {
        "part": "studio",
        "draft": draft,
        "found": found,
        "held": held,
        "chapters": chapters_of(changes),
        "asked": {question.id for question in draft.definition.questions()},
        "problem": problem,
        "has_paper": draft.definition.paper is not None,
        "may_edit": may(who, Act.EDIT_DRAFT, service=slug),
    }
    return render(request, "catalogue/edition.html", shown)


def chapters_of(changes: Sequence[Change]) -> list[Chapter]:
    """The changes by kind, in the order in which the kinds matter."""
    by_kind = {kind: [one for one in changes if one.kind is kind] for kind in ChangeKind}
    return [Chapter(*words.EDITION[kind], found) for kind, found in by_kind.items() if found]


@require_POST
@studio_page
def take(request: HttpRequest, slug: str, edition_id: uuid.UUID) -> HttpResponse:
    """Take the edition up, and go on to the questions that it changed."""
    revision = whole_number(request.POST.get("revision"), otherwise=0)
    chosen = request.POST.getlist("passage")
    try:
        editions.take_edition(slug, edition_id, by=person(request), revision=revision, passages=chosen)
    except StaleDraft as stale:
        messages.warning(request, told(stale), extra_tags="wait")
    except (CatalogueError, EditionRefused) as problem:
        messages.error(request, f"{problem.what} {problem.next_step}", extra_tags="stop")
    else:
        messages.success(request, TAKEN_UP, extra_tags="go")
        return redirect("studio:review", slug)
    return redirect("studio:edition", slug)


@require_POST
@studio_page
def leave(request: HttpRequest, slug: str, edition_id: uuid.UUID) -> HttpResponse:
    """Do not take the edition up."""
    try:
        editions.leave_edition(slug, edition_id, by=person(request))
    except CatalogueError as problem:
        messages.warning(request, f"{problem.what} {problem.next_step}", extra_tags="wait")
    return redirect("studio:edition", slug)
