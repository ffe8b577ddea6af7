"""What was seen at the addresses of cases: a hint at the case, and for keepers whom to ask first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from perdure.foundation.accounts import api as accounts
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import queries_visits, visiting
from perdure.parts.register.queries_visits import AddressShown
from perdure.parts.register.web.common import calm, keepers_only, page, page_number

SEEN = {
    "answers": gettext_noop("answers"),
    "moved": gettext_noop("answers at a new address"),
    "closed": gettext_noop("answers, but lets no programs in"),
    "parked": gettext_noop("looks as if the name were for sale"),
    "missing": gettext_noop("says that there is no such page"),
    "front_page": gettext_noop("leads to the front page only"),
    "gone": gettext_noop("is gone"),
    "trouble": gettext_noop("answers with an error"),
    "loop": gettext_noop("leads in circles"),
    "not_http": gettext_noop("answers with something that is no page"),
    "refused": gettext_noop("takes no connection"),
    "no_host": gettext_noop("the name of the site is gone"),
    "timed_out": gettext_noop("does not answer in time"),
    "unsafe": gettext_noop("has no certificate that can be trusted"),
    "robots": gettext_noop("asks programs not to look"),
    "barred": gettext_noop("is none that we go to"),
}
_ANSWERS_WRONGLY = {"parked", "missing", "front_page", "gone"}


def in_words(one: AddressShown) -> str:
    """One sentence about an address: when it answered, or since when it has not."""
    days = {
        "day": _date(one.looked_at),
        "since": _date(one.bad_since),
        "answered": _date(one.answered_at),
        "seen": _(SEEN.get(one.seen, one.seen)),
    }
    if one.seen in {"robots", "barred"}:
        return _("We do not look at this address: it %(seen)s.") % days
    if one.bad_since is None:
        told = {
            "moved": _("The address answered on %(day)s, at a new place."),
            "closed": _("The address answered on %(day)s, but lets no programs in."),
        }
        return told.get(one.seen, _("The address answered on %(day)s.")) % days
    if one.seen in _ANSWERS_WRONGLY:
        return _("Since %(since)s we find at this address that it %(seen)s.") % days
    if one.answered_at is None:
        return _("The address has not answered since we first looked, on %(since)s: %(seen)s.") % days
    return _("The address has not answered since %(answered)s: %(seen)s.") % days


def _date(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATE_FORMAT") if at else ""


def tone_of(one: AddressShown) -> str:
    return "wait" if one.bad_since else ""


def of_case(case: int) -> list[tuple[AddressShown, str]] | None:
    """The block on the page of a case."""
    return [(one, in_words(one)) for one in queries_visits.addresses_of_case(case)] or None


@require_safe
@calm
def about(request: HttpRequest) -> HttpResponse:
    """For those whose site we visited: who does it, how often, and how to stop it."""
    return page(request, "register/visits_about.html", {"organisation": settings.ORGANISATION})


@require_safe
@keepers_only
def keep(request: HttpRequest) -> HttpResponse:
    """Whether addresses are looked at, how far it is, and whom to ask first."""
    number = page_number(request.GET.get("page", ""))
    shown = queries_visits.visits_shown()
    rows, more = queries_visits.whom_to_ask(page=number)
    progress = jobs.progress(shown.progress) if shown.progress else None
    values = {
        "visits": shown,
        "counts": [(_(SEEN.get(seen, seen)), n) for seen, n in shown.counts],
        "rows": [(one, in_words(one.address)) for one in rows],
        "number": number,
        "more": more,
        "progress": progress,
        "busy": progress is not None and not progress.finished,
    }
    return page(request, "register/visits.html", values)


@require_POST
@keepers_only
def turn(request: HttpRequest) -> HttpResponse:
    """Turn it on (which looks at what is due at once), or off."""
    by = accounts.person(request)
    if request.POST.get("do") == "off":
        visiting.turn_off(by=by, at=timezone.now())
        messages.success(request, _("Addresses are no longer looked at. What was seen stays."))
    else:
        visiting.turn_on(by=by, at=timezone.now(), address=request.build_absolute_uri("/"))
        messages.success(request, _("The addresses that are due are being looked at."))
    return redirect("register:visits")
