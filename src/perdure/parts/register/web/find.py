"""Search: one page with the words, the filters and what they find. Works without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from perdure.parts.register import labels, search
from perdure.parts.register.values_find import CaseRow, Found
from perdure.parts.register.web.common import calm, count, page, page_number
from perdure.parts.register.web.filters import filter_form, filters_from

TONES = {"running": "go", "planned": "wait", "ended": "", "unknown": "quiet-tag"}


@require_safe
@calm
def find(request: HttpRequest) -> HttpResponse:
    """What the register holds, as somebody searches it."""
    filters = filters_from(request.GET)
    found = search.find(filters, page=page_number(request.GET.get("page", "")))
    values = {
        "found": found,
        "form": filter_form(filters, found),
        "says": how_many(found),
        "looked": count(found.looked),
        "rows": [line(row) for row in found.rows],
    }
    return page(request, "register/find.html", values, here="find")


def how_many(found: Found) -> str:
    """The number of cases in words; more than can be counted at once is told as such."""
    if found.more:
        return _("More than %(n)s cases") % {"n": count(found.total)}
    return ngettext("%(n)s case", "%(n)s cases", found.total) % {"n": count(found.total)}


def line(row: CaseRow) -> dict[str, object]:
    """A row with its words for the page."""
    return {
        "row": row,
        "status": status_in_words(row.status, row.ending, row.known_in),
        "tone": tone_of(row.status, row.known_in),
        "where": [part for part in (row.organisation, labels.country_name(row.country)) if part],
        "area": labels.title_of("area", row.area),
    }


def status_in_words(status: str, ending: str, known_in: int | None = None) -> str:
    """Still running, or how it ended when that is known; old news is told with its year.

    known_in  the last year in which somebody said how it stands
    """
    if status == "ended" and ending:
        return labels.title_of("ending", ending)
    if status == "running" and is_old(known_in):
        return _("Running in %(year)s, not heard since") % {"year": known_in}
    return labels.title_of("status", status)


def tone_of(status: str, known_in: int | None = None) -> str:
    """The class of the tag; old news has none of its own."""
    return TONES["unknown"] if status == "running" and is_old(known_in) else TONES.get(status, "")


def is_old(known_in: int | None) -> bool:
    """Is it longer ago than last year that somebody said how it stands? Unknown years are not old."""
    return bool(known_in) and int(known_in or 0) < timezone.localdate().year - 1
