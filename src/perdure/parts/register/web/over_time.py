"""The timeline: when changes began, and the lives of those found, as pictures with their tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perdure.parts.register import labels, search
from perdure.parts.register.pictures.timeline import STATUSES, Life, bars, lives
from perdure.parts.register.search_counts import Counted, by_year
from perdure.parts.register.values_find import CaseRow
from perdure.parts.register.web.common import calm, count, csv_answer, page, page_number
from perdure.parts.register.web.filters import address_of, chosen_filters, filters_from
from perdure.parts.register.web.find import line

EARLIEST = 1950


@require_safe
@calm
def timeline(request: HttpRequest) -> HttpResponse:
    """When the cases that a search finds began, and one page of them as lines."""
    filters, today = filters_from(request.GET), timezone.localdate()
    counted = by_year(filters)
    found = search.find(filters, page=page_number(request.GET.get("page", "")))
    begun = [row for row in found.rows if row.started]
    years = _years(counted)
    values = {
        "bars": bars(years, title=_("Cases by the year they began. The table below says all.")),
        "statuses": [(status, labels.title_of("status", status)) for status in STATUSES],
        "told_apart": any(status for _year, status in counted.counts),
        "table": [(year, [count(n) for n in _cells(one)]) for year, one in sorted(years.items())],
        "lives": lives(
            [_life(row, today) for row in begun], today=today, title=_("Each case from its start to its end.")
        ),
        "rows": [line(row) for row in begun],
        "left_out": len(found.rows) - len(begun),
        "found": found,
        "counted": counted,
        "chosen": chosen_filters(filters),
        "filters": filters,
        "query": address_of(filters),
    }
    return page(request, "register/timeline.html", values, here="timeline")


@require_safe
@calm
def timeline_csv(request: HttpRequest) -> HttpResponse:
    """The table of the years as a file."""
    years = _years(by_year(filters_from(request.GET)))
    rows = [(year, *_cells(one)) for year, one in sorted(years.items())]
    return csv_answer("cases-by-year.csv", ("year", *STATUSES, "all"), rows)


def _years(counted: Counted) -> dict[int, dict[str, int]]:
    """Year -> status -> cases. Years that cannot be are left out of the picture."""
    years: dict[int, dict[str, int]] = defaultdict(dict)
    for (year, status), n in counted.counts.items():
        if year.isdecimal() and EARLIEST <= int(year) <= date.max.year:
            years[int(year)][status] = n
    return years


def _cells(counts: dict[str, int]) -> list[int]:
    return [*(counts.get(status, 0) for status in STATUSES), sum(counts.values())]


def _life(row: CaseRow, today: date) -> Life:
    assert row.started is not None
    known = min(today, date(row.known_in, 12, 31)) if row.known_in and row.status == "running" else None
    return Life(row.title, row.status, row.started, row.ended, known)
