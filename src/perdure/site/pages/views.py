"""The first page: for the public a list of services, for staff their welcome desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perdure.foundation.access.api import Act, may
from perdure.foundation.accounts.api import person
from perdure.parts.casework import api as casework
from perdure.parts.catalogue import api as catalogue

PAGE = 20


def home(request: HttpRequest) -> HttpResponse:
    """The organisation's services, or the welcome desk for those who work here."""
    if request.user.is_authenticated:
        return _desk(request)
    return _services(request)


def _services(request: HttpRequest) -> HttpResponse:
    """Two queries, however many services there are."""
    total = catalogue.count_running()
    pages = max(1, -(-total // PAGE))
    asked = request.GET.get("page", "1")
    number = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 7 else 1
    shown = catalogue.running_services(start=(number - 1) * PAGE, most=PAGE)
    return render(
        request, "pages/home.html", {"services": shown, "total": total, "number": number, "pages": pages}
    )


def _desk(request: HttpRequest) -> HttpResponse:
    who = person(request)
    shown = {
        "who": who.name,
        "newest": catalogue.newest_running(),
        "running": catalogue.count_running(),
        "cases": casework.open_count(who),
        "may_add": may(who, Act.ADD_SERVICE),
    }
    return render(request, "pages/desk.html", shown)


def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages can be used, and what to do when they cannot."""
    return render(request, "pages/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about visitors."""
    return render(request, "pages/privacy.html")
