"""The way to the form by which people tell the register of a change; an owner opens it with one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from perdure.foundation.access.api import Act, NotAllowed, may, require
from perdure.foundation.accounts.api import person
from perdure.foundation.problems.api import problem_page
from perdure.parts.catalogue import api as catalogue
from perdure.site.suggestions import DEFINITION, SLUG


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """On to the form; a page that says so when it is not there; POST by an owner opens it."""
    who = person(request)
    if request.method == "POST":
        try:
            require(who, Act.ADD_SERVICE)
        except NotAllowed as problem:
            return problem_page(request, problem, status=403)
        catalogue.add_from_definition(DEFINITION.read_text(encoding="utf-8"), by=who.id)
        catalogue.publish(SLUG, by=who)
    try:
        catalogue.live_version(SLUG)
    except (catalogue.ServiceNotFound, catalogue.ServiceClosed):
        return render(request, "pages/suggest.html", {"may_open": may(who, Act.ADD_SERVICE)})
    return redirect(f"/services/{SLUG}/")
