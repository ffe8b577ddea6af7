"""Answers about lists on a page, as a file and for programs: still listed a year later; passed later."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from perdure.core.kernel.errors import PerdureError
from perdure.parts.register import listed as answers
from perdure.parts.register.errors import NotThere
from perdure.parts.register.pictures.dots import Dot, dots
from perdure.parts.register.values_listed import ListYears, Share, StillListed
from perdure.parts.register.web.common import calm, csv_answer, page, page_number

DRAWN = 40
"""Lines of the picture; the table has them all."""


@require_safe
@calm
def listed(request: HttpRequest) -> HttpResponse:
    """How many cases of a year are still listed a year later, by organisation."""
    lists = answers.lists_with_years()
    slug, year = _asked(request, lists)
    shown: dict[str, Any] = {"lists": lists, "slug": slug, "year": year, "pairs": _pairs(lists)}
    if slug:
        found = answers.still_listed(slug, year)
        lines = [_dot(_("All"), found.all), *(_dot(row.organisation, row) for row in found.rows[:DRAWN])]
        shown |= {
            "found": found,
            "chosen": f"{found.source}:{found.year}",
            "says": _sentence(found.all, found.year, found.later),
            "rows": [(row, _percent(row.share), _interval(row.share)) for row in (found.all, *found.rows)],
            "picture": dots(lines, title=_("Still listed a year later"), described=_("The table says all.")),
        }
    return page(request, "register/listed.html", shown, here="listed")


@require_safe
@calm
def listed_csv(request: HttpRequest) -> HttpResponse:
    """The table as a file."""
    found = answers.still_listed(*_asked(request, answers.lists_with_years()))
    columns = ("organisation", "cases", "still_listed", "share", "low", "high", "renamed", "undecided")
    rows = [_plain_row(row) for row in found.rows]
    rows += [(organisation, cases, "", "", "", "", "", "") for organisation, cases in found.absent]
    return csv_answer(f"{found.source}-{found.year}-still-listed.csv", columns, rows)


@require_safe
def listed_json(request: HttpRequest) -> JsonResponse:
    """The same for programs."""
    return told(lambda: answers.still_listed(*_asked(request, answers.lists_with_years())).plain())


@require_safe
@calm
def passed(request: HttpRequest) -> HttpResponse:
    """Which assessments failed first and passed later."""
    lists = answers.lists_with_assessments()
    slug = request.GET.get("list", "") or (lists[0].slug if lists else "")
    shown: dict[str, Any] = {"lists": lists, "slug": slug}
    if slug:
        found = answers.passed_later(slug, page=page_number(request.GET.get("page", "")))
        lines = [Dot(_("All"), *_numbers(found.share), _of(found.share))]
        lines += [
            Dot(name or _("not said"), *_numbers(share), _of(share))
            for name, share in found.by_organisation[:DRAWN]
        ]
        title = _("Failed first, passed later")
        shown |= {
            "found": found,
            "query": f"list={found.source}&",
            "percent": _percent(found.share),
            "interval": _interval(found.share),
            "by_organisation": [
                (name, share, _percent(share), _interval(share)) for name, share in found.by_organisation
            ],
            "picture": dots(lines, title=title, described=_("The table says all.")),
        }
    return page(request, "register/passed.html", shown, here="passed")


@require_safe
@calm
def passed_csv(request: HttpRequest) -> HttpResponse:
    """Every assessment that failed first, as a file."""
    first = answers.passed_later(request.GET.get("list", ""))
    pages = [
        first,
        *(answers.passed_later(first.source, page=n) for n in range(2, min(first.pages, 200) + 1)),
    ]
    columns = ("reference", "title", "organisation", "stage", "assessed_on", "later")
    rows = [tuple(case.values()) for one in pages for case in one.plain()["cases"]]
    return csv_answer(f"{first.source}-failed-first.csv", columns, rows)


@require_safe
def passed_json(request: HttpRequest) -> JsonResponse:
    """The same for programs, a page at a time."""
    number = page_number(request.GET.get("page", ""))
    return told(lambda: answers.passed_later(request.GET.get("list", ""), page=number).plain())


def told(ask: Any) -> JsonResponse:
    """An answer for programs; a refusal is its sentence, next step and code."""
    try:
        response = JsonResponse(ask())
    except PerdureError as problem:
        said = {"error": {"what": problem.what, "next_step": problem.next_step, "code": problem.code}}
        response = JsonResponse(said, status=404 if isinstance(problem, NotThere) else 400)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _asked(request: HttpRequest, lists: tuple[ListYears, ...]) -> tuple[str, int]:
    """The list and year asked for; else the first list with its last year that has a later one."""
    given, _sep, pair_year = request.GET.get("of", "").rpartition(":")
    slug = request.GET.get("list", "") or given
    year = page_number(request.GET.get("year", "") or pair_year)
    known = {one.slug: one.years for one in lists}
    slug = slug or next(iter(known), "")
    if year < 1900 and slug in known:
        year = known[slug][-2]
    return slug, year


def _pairs(lists: tuple[ListYears, ...]) -> list[tuple[str, str]]:
    """(value, words) for choosing a list and a year at once."""
    words = _("%(list)s: of %(year)s, in %(later)s")
    return [
        (f"{one.slug}:{year}", words % {"list": one.title, "year": year, "later": later})
        for one in lists
        for year, later in pairwise(one.years)
    ]


def _sentence(row: StillListed, year: int, later: int) -> str:
    said = _("Of %(of)s cases listed in %(year)s, %(count)s are in the list of %(later)s: %(percent)s.") % {
        "of": row.share.of,
        "count": row.share.count,
        "year": year,
        "later": later,
        "percent": f"{_percent(row.share)} ({_interval(row.share)})",
    }
    if row.renamed:
        said += " " + ngettext(
            "%(n)s of them goes by another name now.", "%(n)s of them go by another name now.", row.renamed
        ) % {"n": row.renamed}
    if row.undecided:
        said += " " + ngettext(
            "For %(n)s that counts as gone nobody has decided yet whether it goes on under another name.",
            "For %(n)s that count as gone nobody has decided yet whether they go on under another name.",
            row.undecided,
        ) % {"n": row.undecided}
    return said


def _dot(label: str, row: StillListed) -> Dot:
    return Dot(label or _("not said"), *_numbers(row.share), _of(row.share))


def _numbers(share: Share) -> tuple[float | None, float, float]:
    return share.share, share.low, share.high


def _of(share: Share) -> str:
    return _("%(percent)s, of %(of)s") % {"percent": _percent(share), "of": share.of}


def _percent(share: Share) -> str:
    return "" if share.share is None else f"{100 * share.share:.0f} %"


def _interval(share: Share) -> str:
    return _("%(low)s to %(high)s %%") % {"low": f"{100 * share.low:.0f}", "high": f"{100 * share.high:.0f}"}


def _plain_row(row: StillListed) -> tuple[object, ...]:
    share = row.share
    percents = [f"{value:.4f}" for value in (share.share or 0.0, share.low, share.high)]
    return (row.organisation, share.of, share.count, *percents, row.renamed, row.undecided)
