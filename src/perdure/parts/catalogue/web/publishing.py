"""Publishing a draft, closing a service, opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import actions, publishing
from perdure.parts.catalogue.errors import CannotPublish, StaleDraft
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.stale import told


@studio_page
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what publishing changes; a second press does it."""
    who = person(request)
    if request.method == "POST":
        revision = whole_number(request.POST.get("revision"), otherwise=0)
        try:
            actions.publish(slug, by=who, revision=revision)
        except StaleDraft as stale:
            messages.warning(request, told(stale), extra_tags="wait")
        except CannotPublish as problem:
            messages.error(request, problem.what, extra_tags="stop")
        else:
            messages.success(
                request, _("It is published. New applications get this version."), extra_tags="go"
            )
        return redirect("studio:publish", slug)
    found = publishing.proposal(slug, by=who)
    shown = {"part": "studio", "proposal": found, "draft": found.draft, "start": f"/services/{slug}/"}
    return render(request, "catalogue/publish.html", shown)


@require_POST
@studio_page
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Take no more new applications."""
    actions.close(slug, by=person(request))
    messages.success(request, _("It is closed. Applications under way can still be sent."))
    return redirect("studio:publish", slug)


@require_POST
@studio_page
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Take applications again, on the version that was published last."""
    actions.reopen(slug, by=person(request))
    messages.success(request, _("It is open again."), extra_tags="go")
    return redirect("studio:publish", slug)
