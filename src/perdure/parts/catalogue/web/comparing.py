"""All forms beside one another: which save people most, and which ask the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import comparing
from perdure.parts.catalogue.web.common import studio_page

COLUMNS: dict[str, Promise | str] = {
    "title": _("Service"),
    "saved": _("Minutes saved"),
    "paper": _("Minutes on paper"),
    "screen": _("Minutes on screen"),
    "asked-on-paper": _("Questions on paper"),
    "questions": _("Questions on screen"),
    "pages": _("Pages of paper"),
    "grade-on-paper": _("Grade of paper"),
    "grade": _("Grade on screen"),
    "sensitive": _("Sensitive questions"),
    "again": _("Asked more than once"),
    "unsure": _("For a person to check"),
}


@dataclass(frozen=True)
class Head:
    """The head of a column. sorted: "ascending", "descending" or ""; query: what pressing it asks for."""

    name: str
    title: Promise | str
    sorted: str
    query: str


@studio_page
def compare(request: HttpRequest) -> HttpResponse:
    """The table sorted as the address says: ?sort=paper, &up=1 for the least first."""
    sort = request.GET.get("sort", "")
    sort = sort if sort in COLUMNS else "saved"
    upwards = request.GET.get("up", "1" if sort == "title" and "up" not in request.GET else "") == "1"
    shown = {
        "part": "studio",
        "found": comparing.comparison(person(request), sort=sort, upwards=upwards),
        "heads": [_head(name, sort, upwards) for name in COLUMNS],
    }
    return render(request, "catalogue/compare.html", shown)


def _head(name: str, sort: str, upwards: bool) -> Head:
    now = ("ascending" if upwards else "descending") if name == sort else ""
    other_way = not upwards if name == sort else name == "title"
    return Head(name, COLUMNS[name], now, f"sort={name}&up={int(other_way)}")
