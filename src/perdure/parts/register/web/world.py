"""The map: cases by country, as a picture of tiles with its table, and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perdure.parts.register import labels
from perdure.parts.register.pictures.map import elsewhere, tile_map
from perdure.parts.register.search_counts import by_country
from perdure.parts.register.web.common import calm, count, csv_answer, page
from perdure.parts.register.web.filters import address_of, chosen_filters, filters_from


@require_safe
@calm
def world(request: HttpRequest) -> HttpResponse:
    """The map of what is found; without a search, of everything."""
    filters = filters_from(request.GET)
    counted = by_country(filters)
    counts = {code: n for (code, _none), n in counted.counts.items()}
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    others = {name: value for name, value in filters.groups().items() if name != "country"}
    values = {
        "picture": tile_map(counts, title=_title(rows)),
        "rows": [
            (labels.country_name(code), count(n), address_of(filters.of(**others, country=code)))
            for code, n in rows
        ],
        "elsewhere": [(labels.country_name(code), count(n)) for code, n in elsewhere(counts).items()],
        "counted": counted,
        "unknown": max(0, counted.looked - sum(counts.values())),
        "chosen": chosen_filters(filters),
        "filters": filters,
        "query": address_of(filters),
    }
    return page(request, "register/map.html", values, here="map")


@require_safe
@calm
def world_csv(request: HttpRequest) -> HttpResponse:
    """The table of the map as a file."""
    counts = by_country(filters_from(request.GET)).counts
    rows = sorted((code, labels.country_name(code), n) for (code, _none), n in counts.items())
    return csv_answer("cases-by-country.csv", ("country", "name", "cases"), rows)


def _title(rows: list[tuple[str, int]]) -> str:
    most = ", ".join(f"{labels.country_name(code)} {n}" for code, n in rows[:3])
    return _("Cases by country. Most: %(most)s. The table below says all.") % {"most": most or "0"}
