"""The first page: for the public a list of services, for staff their welcome desk."""

from __future__ import annotations

import re

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
    running = catalogue.running_services(start=(number - 1) * PAGE, most=PAGE)
    services = [(one.slug, one.title, first_paragraph(one.summary)) for one in running]
    return render(request, "pages/home.html", {"services": services, "number": number, "pages": pages})


def first_paragraph(markdown: str) -> str:
    """The first paragraph of a summary on one line, without marks for bold and links."""
    words = " ".join(markdown.strip().split("\n\n")[0].split())
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words).replace("**", "")


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
