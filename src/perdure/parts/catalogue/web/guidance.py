"""The guidance of a service: the instructions that the paper printed, found, changed and taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import Act, may
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import editing, listing
from perdure.parts.catalogue.errors import StaleDraft
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.stale import told


@studio_page
def guidance(request: HttpRequest, slug: str) -> HttpResponse:
    """The passages, or those with the words that are looked for. What is saved is saved at once."""
    if request.method == "POST":
        _change(request, slug)
        return redirect("studio:guidance", slug)
    who = person(request)
    draft = listing.open_draft(slug, by=who)
    wanted = request.GET.get("find", "").strip()
    every = draft.definition.guidance
    words = wanted.casefold().split()
    found = [one for one in every if all(word in f"{one.title} {one.text}".casefold() for word in words)]
    shown = {
        "part": "studio",
        "draft": draft,
        "every": every,
        "found": found,
        "wanted": wanted,
        "may_edit": may(who, Act.EDIT_DRAFT, service=slug),
    }
    return render(request, "catalogue/guidance.html", shown)


def _change(request: HttpRequest, slug: str) -> None:
    said = request.POST
    verb, _sep, passage = said.get("do", "").partition(":")
    title, text = ("", "") if verb == "drop" else (said.get("title", ""), said.get("text", ""))
    revision = whole_number(said.get("revision"), otherwise=0)
    try:
        editing.guide(slug, passage, title, text, by=person(request), revision=revision)
    except StaleDraft as stale:
        messages.warning(request, told(stale), extra_tags="wait")
    except PerdureError as problem:
        messages.error(request, f"{problem.what} {problem.next_step}", extra_tags="stop")
    else:
        messages.success(request, _("Saved."), extra_tags="go")
