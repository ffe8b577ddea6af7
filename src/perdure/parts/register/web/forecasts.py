"""Forecasts on pages: likeliest to slip or to leave and why, how good that was, and keepers' learning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from perdure.core.foresee.api import Question, Score, Tenth
from perdure.foundation.accounts import api as accounts
from perdure.parts.register import forecasting
from perdure.parts.register import queries_forecasting as queries
from perdure.parts.register.errors import ForecastNotFound, ForecastRefused
from perdure.parts.register.foreseen_words import (
    as_good,
    base_in_words,
    figures,
    happened_in_words,
    in_short,
    reasons_in_words,
    right_of_100,
    three,
    verdict,
    ways_in_words,
)
from perdure.parts.register.pictures.reliability import reliability
from perdure.parts.register.queries_forecasting import Foreseen, ListForeseen, question_in_words
from perdure.parts.register.web.common import calm, csv_answer, keepers_only, page, page_number
from perdure.parts.register.web.listed import told

_MOST_IN_FILE = 20_000
_COLUMNS = ("reference", "title", "organisation", "planned_end", "of_100", "count", "of", "low", "high")


def of_case(case: int) -> dict[str, Any] | None:
    """The block on the page of a case: what became of cases like it, and what was said of it before."""
    said = queries.forecasts_of(case)
    if not said:
        return None
    return {
        "now": [_in_words(one) for one in said if one.happened is None],
        "before": [_in_words(one) for one in said if one.happened is not None],
    }


def _in_words(one: Foreseen) -> dict[str, Any]:
    towards, against = reasons_in_words(one)
    slips = one.question == Question.SLIPS.value
    return {
        "case": one,
        "slips": slips,
        "heading": _("Will its end slip?") if slips else _("Will it still be listed?"),
        "base": base_in_words(one.question, one.base),
        "of_100": one.base.of_100,
        "interval": f"{round(100 * one.base.low)} - {round(100 * one.base.high)}",
        "happened": happened_in_words(one),
        "towards": towards,
        "against": against,
        "ways": ways_in_words(one),
    }


def _asked(request: HttpRequest, known: tuple[tuple[str, str, str], ...]) -> tuple[str, str]:
    """The list and question asked for; else the first that there is, slipping before leaving."""
    slug, _sep, question = request.GET.get("of", "").rpartition(":")
    slug = request.GET.get("list", "") or slug
    question = request.GET.get("question", "") or question
    fits = [one for one in known if one[0] == slug or not slug]
    fits = [one for one in fits if one[2] == question] or ([] if question else fits)
    if not fits:
        raise ForecastNotFound
    return fits[0][0], fits[0][2]


@require_safe
@calm
def forecasts(request: HttpRequest) -> HttpResponse:
    """Which cases of a list are likeliest to slip, or to leave, and why; and how good such forecasts were."""
    known = queries.lists_foreseen()
    if not known and not request.GET:
        return page(request, "register/forecasts.html", {"found": None}, here="forecasts")
    slug, question = _asked(request, known)
    found = queries.list_foreseen(slug, question, page=page_number(request.GET.get("page", "")))
    values = {
        "found": found,
        "slips": question == Question.SLIPS.value,
        "heading": question_in_words(question),
        "rows": [_in_words(one) for one in found.rows],
        "start": (found.page - 1) * queries.ON_A_PAGE + 1,
        "choices": [(f"{s}:{q}", f"{title}: {question_in_words(q)}") for s, title, q in known],
        "chosen": f"{slug}:{question}",
        "query": f"list={slug}&question={question}&",
        "in_short": in_short(found.tried) or verdict(found.tried),
        "as_good": as_good() if found.tried.beats_table is False else "",
        "verdict": verdict(found.tried),
        "figures": figures(found.tried),
        **_scores(found),
    }
    return page(request, "register/forecasts.html", values, here="forecasts")


def _scores(found: ListForeseen) -> dict[str, Any]:
    """Reliability in two readings, and the score of each year beside its rivals."""
    tried = found.tried
    pooled = tried.pooled
    lines = [(_("%(year)s, tried afterwards") % {"year": y}, one) for y, one in tried.by_year.items()]
    lines += [(_("%(year)s, said beforehand") % {"year": y}, one) for y, one in tried.published.items()]
    names = {"constant": _("the same for every case"), "time-left-table": _("a plain table by time left")}
    if pooled:
        lines.append((_("All years tried"), pooled))
    lines += [
        (_("The same years, %(rival)s") % {"rival": names.get(name, name)}, one)
        for name, one in tried.baselines.items()
    ]
    return {
        "groups": _reliability(pooled.groups, _("groups of as many cases each")) if pooled else None,
        "tenths": _reliability(pooled.tenths, _("ten steps of ten points")) if pooled else None,
        "plain_lines": [(name, one.n, right_of_100(one)) for name, one in lines],
        "lines": [_line(name, one) for name, one in lines],
    }


def _reliability(tenths: Sequence[Tenth], by: str) -> dict[str, Any] | None:
    """One way of setting what was said against what happened: its picture, and its table."""
    if not tenths:
        return None
    title = _("What was forecast against what happened, in %(groups)s. The table below says all.")
    near, of = sum(one.near for one in tenths), len(tenths)
    return {
        "picture": reliability(
            tenths, title=title % {"groups": by}, said=_("forecast, in 100"), happened=_("happened")
        ),
        "rows": [_tenth(one) for one in tenths],
        "near": ngettext(
            "In %(near)s of %(of)s group what happened is within five points of what was forecast.",
            "In %(near)s of %(of)s groups what happened is within five points of what was forecast.",
            of,
        )
        % {"near": near, "of": of},
    }


def _tenth(one: Tenth) -> tuple[str, str, str, int]:
    seen = one.observed
    return (
        f"{round(100 * one.forecast)}",
        f"{seen.of_100}",
        _("%(low)s to %(high)s") % {"low": round(100 * seen.low), "high": round(100 * seen.high)},
        seen.of,
    )


def _line(name: str, score: Score) -> tuple[str, int, str, str, str]:
    between = _("%(low)s to %(high)s") % {"low": three(score.brier_low), "high": three(score.brier_high)}
    return name, score.n, three(score.brier), between, three(score.auc)


@require_safe
@calm
def forecasts_csv(request: HttpRequest) -> HttpResponse:
    """All newest forecasts of a list as a file: what became of cases like each, and what speaks for it."""
    slug, question = _asked(request, queries.lists_foreseen())
    found = queries.list_foreseen(slug, question, most=_MOST_IN_FILE)
    rows = []
    for one in found.rows:
        towards, against = reasons_in_words(one)
        base = one.base
        shares = (base.of_100, base.count, base.of, f"{base.low:.4f}", f"{base.high:.4f}")
        plain = (one.reference, one.title, one.organisation, one.planned_end or "", *shares)
        rows.append((*plain, "; ".join(towards), "; ".join(against)))
    columns = (*_COLUMNS, "speaks_for", "speaks_against")
    return csv_answer(f"{slug}-{found.year}-{question}.csv", columns, rows)


@require_safe
def forecasts_json(request: HttpRequest) -> JsonResponse:
    """The same for programs, a page at a time, with the scores."""

    def ask() -> dict[str, Any]:
        slug, question = _asked(request, queries.lists_foreseen())
        number = page_number(request.GET.get("page", ""))
        return queries.list_foreseen(slug, question, page=number, most=100).plain()

    return told(ask)


# -- For keepers ------------------------------------------------------------------------------------------


@require_safe
@keepers_only
def keep(request: HttpRequest) -> HttpResponse:
    """The lists that can be forecast, and how far that is."""
    return page(request, "register/forecasts_keep.html", {"lists": queries.forecast_lists()})


@require_POST
@keepers_only
def learn(request: HttpRequest, slug: str) -> HttpResponse:
    """Learn from a list and forecast it, in a job."""
    try:
        forecasting.ask_to_foresee(slug, by=accounts.person(request))
    except ForecastRefused as problem:
        messages.error(request, f"{problem.what} {problem.next_step}")
    else:
        messages.success(request, _("The list is being learnt from. This takes some seconds to minutes."))
    return redirect("register:keep-forecasts")
