"""Two to four cases side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perdure.parts.register import labels
from perdure.parts.register.queries_case import cases_shown, value_in_words
from perdure.parts.register.values_case import CaseShown
from perdure.parts.register.web.common import calm, page
from perdure.parts.register.web.find import status_in_words

MOST = 4
_ROWS = [
    "summary",
    "for_whom",
    "kind",
    "technologies",
    "stage",
    "started",
    "planned_end",
    "ended",
    "cost",
    "rating",
    "outcome",
    "outcome_later",
    "organisation",
    "country",
    "level",
    "area",
]


@require_safe
@calm
def compare(request: HttpRequest) -> HttpResponse:
    """The cases that the address names, in its order; more than four are told and left out."""
    asked = [one.strip()[:24] for one in request.GET.getlist("case") if one.strip()]
    asked = list(dict.fromkeys(asked))
    shown = cases_shown(asked[:MOST])
    missing = [one for one in asked[:MOST] if one not in {case.reference for case in shown}]
    values = {
        "cases": [_head(case, shown) for case in shown],
        "rows": [row for row in _rows(shown) if any(row[1])],
        "missing": missing,
        "left_out": asked[MOST:],
        "room": range(len(shown), min(MOST, max(2, len(shown) + 1))),
    }
    return page(request, "register/compare.html", values, here="find")


def _head(case: CaseShown, shown: list[CaseShown]) -> tuple[CaseShown, list[str]]:
    """A case with the references that stay when it is taken away."""
    return case, [other.reference for other in shown if other is not case]


def _rows(shown: list[CaseShown]) -> list[tuple[str, list[str], bool]]:
    """Title of the row, the words of each case, and whether they differ."""
    rows = [
        (_("Still running?"), [status_in_words(case.status, case.ending, case.known_in) for case in shown])
    ]
    rows += [(labels.field_title(name), [_value(case, name) for case in shown]) for name in _ROWS]
    rows.append((_("Listed"), [_listed(case) for case in shown]))
    rows.append((_("Pieces of evidence"), [str(len(case.evidence)) for case in shown]))
    return [(title, cells, len(set(cells)) > 1) for title, cells in rows]


def _value(case: CaseShown, name: str) -> str:
    value = getattr(case, name)
    if name == "cost" and value is not None:
        return value_in_words(name, f"{value} {case.currency}")
    return value_in_words(name, value)


def _listed(case: CaseShown) -> str:
    years = [str(year) for year in (case.first_listed, case.last_listed) if year]
    return " - ".join(dict.fromkeys(years))
