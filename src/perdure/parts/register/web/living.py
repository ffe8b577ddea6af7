"""Pictures of many lives: how many of each year's changes live on, and the flow of stages."""

from __future__ import annotations

from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from perdure.core.foresee.api import SurvivalCurve
from perdure.parts.register import labels
from perdure.parts.register import living as lives
from perdure.parts.register.errors import ListNotFound
from perdure.parts.register.listed import lists_with_years
from perdure.parts.register.pictures.flow import flow
from perdure.parts.register.pictures.survival import MOST_CURVES, survival_curves
from perdure.parts.register.queries_forecasting import lists_foreseen, question_in_words
from perdure.parts.register.web.common import calm, count, csv_answer, page
from perdure.parts.register.web.filters import address_of, chosen_filters, filters_from

BY = {
    "": gettext_noop("All together"),
    "country": gettext_noop("By country"),
    "area": gettext_noop("By policy area"),
    "kind": gettext_noop("By kind of change"),
    "source": gettext_noop("By list"),
}
AT_YEARS = (1, 2, 3, 5, 10, 15, 20)
MOST_PAIRS = 6


@require_safe
@calm
def learnt(request: HttpRequest) -> HttpResponse:
    """The door to everything that is worked out over many cases, and straight to the answers of each list.

    Two queries of its own.
    """
    values = {
        "still": [(one.slug, one.title, _newest_pairs(one.years)) for one in lists_with_years()],
        "foreseen": [(slug, title, ask, question_in_words(ask)) for slug, title, ask in lists_foreseen()],
    }
    return page(request, "register/learnt.html", values, here="learnt")


def _newest_pairs(years: tuple[int, ...]) -> list[tuple[int, int]]:
    """(year, the next one of the list), newest first."""
    return list(pairwise(years))[::-1][:MOST_PAIRS]


@require_safe
@calm
def living(request: HttpRequest) -> HttpResponse:
    """How many live on after so many years, for what a search finds, together or by group."""
    filters = filters_from(request.GET)
    by = request.GET.get("by", "")
    by = by if by in BY else ""
    found = lives.lives_of(filters, by=by, today=timezone.localdate())
    curves = [curve for curve in found.survival.curves if curve.points[-1].days][:MOST_CURVES]
    test = found.survival.log_rank
    values = {
        "picture": survival_curves(
            curves,
            title=_("Share that lives on, by years since the start. The table below says all."),
            years=_("Years since the start"),
        ),
        "curves": [(number, curve.group or _("All"), curve) for number, curve in enumerate(curves, start=1)],
        "rows": [row for curve in curves for row in _rows(curve)],
        "by": by,
        "ways": [(value, _(title)) for value, title in BY.items()],
        "chosen": chosen_filters(filters),
        "filters": filters,
        "query": address_of(filters),
        "found": found,
        "looked": count(found.looked),
        "test": None if test is None else _("less than 0.001") if test.p < 0.001 else f"{test.p:.3f}",
        "lists": lives.lists_with_stages(),
    }
    return page(request, "register/living.html", values, here="pictures")


def _rows(curve: SurvivalCurve) -> list[tuple[str, int, str, str, int]]:
    """(group, years, of 100, interval, watched) at whole years, as far as the curve reaches."""
    rows = []
    for year in AT_YEARS:
        days = round(year * 365.25)
        if days > curve.points[-1].days:
            break
        point = curve.at(days)
        watched = next((p.at_risk for p in curve.points if p.days >= days), 0)
        between = _("%(low)s to %(high)s") % {"low": round(100 * point.low), "high": round(100 * point.high)}
        rows.append((curve.group or _("All"), year, f"{round(100 * point.share)}", between, watched))
    return rows


@require_safe
@calm
def living_csv(request: HttpRequest) -> HttpResponse:
    """Every step of the curves as a file."""
    by = request.GET.get("by", "")
    found = lives.lives_of(filters_from(request.GET), by=by if by in BY else "", today=timezone.localdate())
    rows = [
        (c.group, p.days, f"{p.share:.5f}", f"{p.low:.5f}", f"{p.high:.5f}", p.at_risk, p.ended, p.censored)
        for c in found.survival.curves
        for p in c.points
    ]
    columns = ("group", "days", "share", "low", "high", "at_risk", "ended", "censored")
    return csv_answer("lives.csv", columns, rows)


def _asked(request: HttpRequest) -> lives.StageFlow:
    known = lives.lists_with_stages()
    year = request.GET.get("year", "")
    slug = request.GET.get("list", "") or (known[0][0] if known else "")
    return lives.stage_flow(slug, int(year) if year.isdecimal() and len(year) == 4 else None)


def _stage(name: str) -> str:
    if name == lives.GONE:
        return _("Not listed any more")
    if name == lives.SILENT:
        return _("Organisation not in the list")
    return labels.title_of("stage", name) if name else _("Stage not said")


@require_safe
@calm
def stages(request: HttpRequest) -> HttpResponse:
    """Where the cases of one list went between two years."""
    known = lives.lists_with_stages()
    if not known:
        return page(request, "register/stages.html", {"lists": (), "flow": None}, here="pictures")
    told = _asked(request)
    counts = {(_stage(one), _stage(other)): n for (one, other), n in told.counts.items()}
    values = {
        "lists": known,
        "asked": request.GET.get("list", "") or known[0][0],
        "flow": told,
        "picture": flow(
            counts,
            title=_("Stages in %(year)s and in %(later)s. The table below says all.")
            % {"year": told.year, "later": told.later},
            left=str(told.year),
            right=str(told.later),
        ),
        "rows": [(one, other, n) for (one, other), n in counts.items()],
    }
    return page(request, "register/stages.html", values, here="pictures")


@require_safe
@calm
def stages_csv(request: HttpRequest) -> HttpResponse:
    """The table of the flow as a file."""
    if not lives.lists_with_stages():
        raise ListNotFound
    told = _asked(request)
    rows = [(told.year, one, told.later, other, n) for (one, other), n in told.counts.items()]
    return csv_answer("stages.csv", ("year", "stage", "later", "stage_later", "cases"), rows)
