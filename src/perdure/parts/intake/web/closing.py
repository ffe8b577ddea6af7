"""The end of an application: eligibility in words, check your answers, send, receipt, come back later."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from perdure.core.definition.api import Definition
from perdure.parts.intake.actions import send
from perdure.parts.intake.errors import NotComplete
from perdure.parts.intake.models import Application
from perdure.parts.intake.values import Held
from perdure.parts.intake.web import cookie
from perdure.parts.intake.web.addresses import LATER, SENT, own_page, page_of
from perdure.parts.intake.web.answers import Group, groups_of, with_slots
from perdure.parts.intake.web.pages import go_on
from perdure.parts.intake.web.sheets import face_of
from perdure.parts.intake.web.skeletons import Skeleton, kept, respond, skeleton, slot
from perdure.parts.intake.web.visits import face, for_applicants, language, newest, show, told_to, visit


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """All answers, to look over and send. POST sends."""
    if request.method == "POST":
        return _send(request, slug)
    found = visit(request, slug)
    if found.path.first_unanswered:
        raise NotComplete(found.path.first_unanswered)
    last = found.path.steps[-1].page.id
    groups, values = with_slots(groups_of(slug, found.service.definition, found.path))
    reasons = found.path.reasons
    values["reasons"] = render_to_string("intake/_reasons.html", {"reasons": reasons}) if reasons else ""
    values["back"] = page_of(slug, last)
    page = _frame("intake/check.html", found.row.version, language(), groups, bool(reasons))
    return respond(request, page, values, told=told_to(request))


def _send(request: HttpRequest, slug: str) -> HttpResponse:
    held = newest(request, slug)
    send(held, today=timezone.localdate())
    response = HttpResponseRedirect(own_page(slug, SENT))
    cookie.hold(response, request, slug, Held(held.reference, held.secret, sent=True))
    return response


@require_http_methods(["GET", "HEAD"])
@for_applicants
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipt. Looking at it again, or sending again, gives the same."""
    found = visit(request, slug, sent=True)
    if found.row.state != Application.State.SENT or found.row.sent_at is None:
        return HttpResponseRedirect(found.next_address)
    definition = found.service.definition
    received = timezone.localtime(found.row.sent_at)
    groups, values = with_slots(groups_of(slug, definition, found.path))
    values |= _dates(definition, received)
    values |= {"reference": found.row.reference, "code": found.held.secret}
    page = _frame("intake/sent.html", found.row.version, language(), groups)
    return respond(request, page, values, told=told_to(request))


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Why the answers so far do not qualify. A person decides, so it is possible to go on."""
    found = visit(request, slug)
    page_id = request.GET.get("page", "")
    step = found.path.step(page_id)
    on = go_on(slug, page_id, found.path, change=step is None or not found.path.first_unanswered)
    if request.method == "POST" or not found.path.reasons:
        return HttpResponseRedirect(on)
    words = {"reasons": found.path.reasons, "back": page_of(slug, page_id) if step else own_page(slug, "")}
    return show(request, "intake/result.html", face(found.row.version), words)


@require_http_methods(["GET", "HEAD"])
@for_applicants
def later(request: HttpRequest, slug: str) -> HttpResponse:
    """How to come back: the reference and the return code."""
    found = visit(request, slug)
    words = {"reference": found.row.reference, "code": found.held.secret, "on": found.next_address}
    return show(request, "intake/later.html", face(found.row.version), words)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the application off this device; we keep it."""
    if request.method == "POST":
        response = HttpResponseRedirect(own_page(slug, "", told="forgotten"))
        cookie.forget(response, slug)
        response["Clear-Site-Data"] = '"cache"'
        return response
    found = visit(request, slug, sent=True)
    is_sent = found.row.state == Application.State.SENT
    words = {
        "reference": found.row.reference,
        "code": found.held.secret,
        "back": own_page(slug, SENT if is_sent else LATER),
    }
    return show(request, "intake/forget.html", face(found.row.version), words)


@kept
def _frame(
    template: str, version: str, tongue: str, groups: tuple[Group, ...], reasons: bool = False
) -> Skeleton:
    """Check your answers or the receipt, with slots for the answers and what differs each time."""
    found = face_of(version, tongue)
    steps = found.definition.casework.steps
    dates = [(step.title, slot(f"step{at}") if step.within_days else "") for at, step in enumerate(steps)]
    names = ("back", "reference", "code", "received", "decided_by", "reasons")
    words = {**{name: slot(name) for name in names}, "steps": dates, "groups": groups}
    if not reasons:
        words["reasons"] = ""
    return skeleton(template, {"face": found, "definition": found.definition, **words})


def _dates(definition: Definition, received: datetime) -> dict[str, str]:
    """When it came, by when each step is done, and by when it is decided, in words."""
    casework, day = definition.casework, received.date()
    dates = {
        f"step{at}": date_format(day + timedelta(days=step.within_days), "DATE_FORMAT")
        for at, step in enumerate(casework.steps)
        if step.within_days
    }
    decided_by = date_format(day + timedelta(days=casework.decide_within_days), "DATE_FORMAT")
    return {**dates, "received": date_format(received, "DATETIME_FORMAT"), "decided_by": decided_by}
