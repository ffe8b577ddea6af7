"""Barriers: what keepers note at a case, and the public page across the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perdure.core.foresee.api import Share
from perdure.foundation.accounts import api as accounts
from perdure.parts.register import barriers
from perdure.parts.register.pictures.dots import Dot, dots
from perdure.parts.register.queries_case import case_shown
from perdure.parts.register.tried import tried_across
from perdure.parts.register.web.common import calm, count, csv_answer, keepers_only, page
from perdure.parts.register.web.promise_forms import BarrierForm, StrategyForm


def of_case(case: int) -> tuple[barriers.BarrierShown, ...] | None:
    """The block on the page of a case."""
    return barriers.of_case(case) or None


@require_safe
@calm
def across(request: HttpRequest) -> HttpResponse:
    """Which barriers go with which endings, over all cases and for each kind of change."""
    counts = barriers.across()
    whole = [one for one in counts if not one.group]
    lines = [Dot(one.title, one.ended.share, one.ended.low, one.ended.high, _of(one.ended)) for one in whole]
    described = _("Share of cases with each barrier that ended; the line is where the true share may lie.")
    values = {
        "picture": dots(lines, title=_("Barriers and endings"), described=described) if lines else "",
        "whole": [(one, _of(one.ended), _of(one.badly), _between(one.ended)) for one in whole],
        "kinds": [(one, _of(one.ended), _of(one.badly), _between(one.ended)) for one in counts if one.group],
        "strategies": [(one, _of(one.helped), _between(one.helped)) for one in barriers.strategies_across()],
        **_tried(),
    }
    return page(request, "register/barriers.html", values, here="barriers")


def _tried() -> dict[str, object]:
    """What was tried against which barrier: the picture over all barriers, and the whole table."""
    counts = tried_across()
    lines = [
        Dot(one.title, one.living.share, one.living.low, one.living.high, _of(one.living))
        for one in counts
        if not one.barrier
    ]
    described = _(
        "Share of cases that live on where something was tried; the line is where it may truly lie."
    )
    return {
        "tried_picture": dots(lines, title=_("What was tried"), described=described) if lines else "",
        "tried": [(one, _of(one.living), _between(one.living), _of(one.helped)) for one in counts],
    }


@require_safe
@calm
def tried_csv(request: HttpRequest) -> HttpResponse:
    """What was tried against which barrier, as a file."""
    columns = (
        "strategy", "barrier", "cases", "known", "living", "share", "low", "high", "tried", "told", "helped",
    )  # fmt: skip
    rows = [
        (
            one.strategy or "not_said",
            one.barrier or "all",
            one.cases,
            one.living.of,
            one.living.count,
            "" if one.living.share is None else f"{one.living.share:.4f}",
            f"{one.living.low:.4f}",
            f"{one.living.high:.4f}",
            one.tried,
            one.helped.of,
            one.helped.count,
        )
        for one in tried_across()
    ]
    return csv_answer("tried.csv", columns, rows)


@require_safe
@calm
def across_csv(request: HttpRequest) -> HttpResponse:
    """The table as a file."""
    columns = ("barrier", "kind", "cases", "known", "ended", "share", "low", "high", "ended_badly")
    rows = [
        (
            one.barrier,
            one.group or "all",
            one.cases,
            one.ended.of,
            one.ended.count,
            "" if one.ended.share is None else f"{one.ended.share:.4f}",
            f"{one.ended.low:.4f}",
            f"{one.ended.high:.4f}",
            one.badly.count,
        )
        for one in barriers.across()
    ]
    return csv_answer("barriers.csv", columns, rows)


def _of(share: Share) -> str:
    return _("%(count)s of %(of)s") % {"count": count(share.count), "of": count(share.of)}


def _between(share: Share) -> str:
    if share.share is None:
        return _("no case whose fate is known")
    low, high = round(100 * share.low), round(100 * share.high)
    return _("%(low)s to %(high)s in 100") % {"low": low, "high": high}


@require_http_methods(["GET", "POST"])
@keepers_only
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Note what stands in the way of a case."""
    shown = case_shown(reference, keeper=True)
    form = BarrierForm(request.POST or None)
    if form.is_valid():
        barriers.add_barrier(
            reference=reference, barrier=form.as_barrier(), by=accounts.person(request), at=timezone.now()
        )
        messages.success(request, _("The barrier is noted."))
        return redirect("register:case", reference)
    return page(request, "register/barrier_form.html", {"form": form, "case": shown})


@require_http_methods(["GET", "POST"])
@keepers_only
def add_strategy(request: HttpRequest, barrier: int) -> HttpResponse:
    """Note what was tried against a barrier."""
    shown, reference, title = barriers.barrier_shown(barrier)
    form = StrategyForm(request.POST or None, initial={"helped": ""})
    if form.is_valid():
        barriers.add_strategy(barrier, form.as_strategy(), by=accounts.person(request), at=timezone.now())
        messages.success(request, _("What was tried is noted."))
        return redirect("register:case", reference)
    values = {"form": form, "barrier": shown, "reference": reference, "case_title": title}
    return page(request, "register/strategy_form.html", values)


@require_POST
@keepers_only
def over(request: HttpRequest, barrier: int) -> HttpResponse:
    """It no longer stands in the way, from today."""
    _shown, reference, _title = barriers.barrier_shown(barrier)
    barriers.barrier_over(barrier, on=timezone.localdate(), by=accounts.person(request), at=timezone.now())
    messages.success(request, _("It is noted that this barrier is over."))
    return redirect("register:case", reference)
