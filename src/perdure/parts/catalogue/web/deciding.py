"""What becomes of a dropped form that looks like a new edition: that edition, or a service of its own."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from perdure.core.digitise.edition_values import EditionRefused
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import deciding
from perdure.parts.catalogue.errors import CatalogueError, EditionGone, StaleDraft
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.editions import TAKEN_UP, chapters_of
from perdure.parts.catalogue.web.stale import told


@studio_page
def decide(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """The form held against the service it looks like, and what can be done with it."""
    try:
        found = deciding.recognised(upload_id, by=person(request))
    except EditionGone:
        return redirect("studio:upload", upload_id)
    changes = found.held.edition.changes if found.held and found.held.edition else ()
    shown = {
        "part": "studio",
        "found": found,
        "draft": found.draft,
        "held": found.held,
        "chapters": chapters_of(changes),
        "asked": {one.id for one in found.draft.definition.questions()} if found.draft else set(),
    }
    return render(request, "catalogue/decide.html", shown)


@require_POST
@studio_page
def take(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Make it the new edition, and go on to the questions that it changed."""
    revision = whole_number(request.POST.get("revision"), otherwise=0)
    chosen = request.POST.getlist("passage")
    try:
        slug = deciding.take_as_edition(upload_id, by=person(request), revision=revision, passages=chosen)
    except StaleDraft as stale:
        messages.warning(request, told(stale), extra_tags="wait")
    except (CatalogueError, EditionRefused) as problem:
        messages.error(request, f"{problem.what} {problem.next_step}", extra_tags="stop")
    else:
        messages.success(request, TAKEN_UP, extra_tags="go")
        return redirect("studio:review", slug)
    return redirect("studio:decide", upload_id)


@require_POST
@studio_page
def make_own(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Make it a service of its own, and go on to its review."""
    try:
        slug = deciding.make_own_service(upload_id, by=person(request))
    except EditionGone as gone:
        messages.warning(request, f"{gone.what} {gone.next_step}", extra_tags="wait")
        return redirect("studio:services")
    return redirect("studio:review", slug)


@require_POST
@studio_page
def leave(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Forget the form."""
    try:
        deciding.leave(upload_id, by=person(request))
    except EditionGone as gone:
        messages.warning(request, f"{gone.what} {gone.next_step}", extra_tags="wait")
    return redirect("studio:services")
