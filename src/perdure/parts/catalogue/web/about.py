"""What a service is called, what it is for, and whom to ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from perdure.foundation.access.api import Act, require
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import editing, listing
from perdure.parts.catalogue.errors import StaleDraft
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.forms import AboutForm


@studio_page
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, purpose and contact as a form. What was typed stays on the page until it is saved."""
    require(person(request), Act.EDIT_DRAFT, service=slug)
    draft = listing.open_draft(slug, by=person(request))
    form = AboutForm(request.POST or None, initial=AboutForm.of(draft.definition))
    revision = whole_number(request.POST.get("revision"), otherwise=draft.revision)
    stale = None
    if form.is_valid():
        try:
            editing.about(slug, form.wish(), by=person(request), revision=revision)
        except StaleDraft as found:
            stale, revision = found, found.revision
        else:
            messages.success(request, _("Saved."), extra_tags="go")
            return redirect("studio:about", slug)
    shown = {"part": "studio", "draft": draft, "form": form, "stale": stale, "revision": revision}
    return render(request, "catalogue/about.html", shown)
