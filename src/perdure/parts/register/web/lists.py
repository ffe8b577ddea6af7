"""A list described by its keepers: name, publisher, address, licence, and whether it is complete."""

from __future__ import annotations

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from perdure.foundation.accounts.api import person
from perdure.parts.register import importing_lists
from perdure.parts.register.web.common import keepers_only, page


class AboutListForm(forms.Form):
    """What people read about a list."""

    title = forms.CharField(
        label=gettext_lazy("Name of the list"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the name of the list.")},
    )
    publisher = forms.CharField(label=gettext_lazy("Who publishes it"), max_length=300, required=False)
    address = forms.URLField(
        label=gettext_lazy("Where it is published"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write a whole address, such as https://example.org/list.")},
    )
    licence = forms.CharField(label=gettext_lazy("Under which licence"), max_length=200, required=False)
    complete = forms.BooleanField(
        label=gettext_lazy("Each year of this list names every case there is"), required=False
    )


@require_http_methods(["GET", "POST"])
@keepers_only
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a list is."""
    by = person(request)
    form = AboutListForm(request.POST or None, initial=asdict(importing_lists.about_list(slug, by=by)))
    if form.is_valid():
        importing_lists.describe_list(slug, importing_lists.AboutList(**form.cleaned_data), by=by)
        messages.success(request, _("Saved."))
        return redirect("register:list", slug)
    return page(request, "register/list.html", {"form": form, "slug": slug}, here="imports")
