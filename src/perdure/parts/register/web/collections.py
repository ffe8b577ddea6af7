"""Collections: cases that a keeper put together under one title, for everybody to see."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from perdure.foundation.accounts import api as accounts
from perdure.parts.register import keeping
from perdure.parts.register.errors import CollectionRefused
from perdure.parts.register.queries_collections import collection_list, collection_shown
from perdure.parts.register.web.case_forms import CollectionForm
from perdure.parts.register.web.common import calm, keepers_only, keeps, page, page_number
from perdure.parts.register.web.find import line


@require_safe
@calm
def collections(request: HttpRequest) -> HttpResponse:
    """All collections by title; those that are not public for keepers only."""
    number = page_number(request.GET.get("page", ""))
    rows, more = collection_list(keeper=keeps(request), page=number)
    values = {"collections": rows, "number": number, "more": more}
    return page(request, "register/collections.html", values, here="collections")


@require_safe
@calm
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The cases of one collection."""
    number = page_number(request.GET.get("page", ""))
    shown = collection_shown(slug, keeper=keeps(request), page=number)
    values = {"collection": shown, "rows": [line(row) for row in shown.rows]}
    return page(request, "register/collection.html", values, here="collections")


@require_http_methods(["GET", "POST"])
@keepers_only
def add(request: HttpRequest) -> HttpResponse:
    """Make a collection; the address may name its first cases."""
    first = "\n".join(request.GET.getlist("case")[:50])
    return _kept(request, CollectionForm(request.POST or None, initial={"references": first, "public": True}))


@require_http_methods(["GET", "POST"])
@keepers_only
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a collection."""
    shown = collection_shown(slug, keeper=True)
    initial = {
        "title": shown.title,
        "about": shown.about,
        "public": shown.public,
        "references": "\n".join(shown.references),
    }
    return _kept(request, CollectionForm(request.POST or None, initial=initial), slug)


def _kept(request: HttpRequest, form: CollectionForm, slug: str = "") -> HttpResponse:
    values: dict[str, Any] = {"form": form, "slug": slug}
    if form.is_valid():
        try:
            slug = keeping.keep_collection(
                slug=slug,
                title=form.cleaned_data["title"],
                about=form.cleaned_data["about"],
                references=form.as_references(),
                public=form.cleaned_data["public"],
                by=accounts.person(request),
                at=timezone.now(),
            )
        except CollectionRefused as problem:
            form.add_error("references", f"{problem.what} {problem.next_step}")
        else:
            messages.success(request, _("The collection is saved."))
            return redirect("register:collection", slug)
    return page(request, "register/collection_form.html", values)
