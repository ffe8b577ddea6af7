"""The start page, the paper form, and coming back with a return code."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake.actions import begin_on, come_back
from perdure.parts.intake.errors import TooManyTries, WrongReturnCode
from perdure.parts.intake.web import cookie
from perdure.parts.intake.web.addresses import ON, SENT, own_page
from perdure.parts.intake.web.sheets import face_of
from perdure.parts.intake.web.skeletons import Skeleton, kept, note, respond, skeleton
from perdure.parts.intake.web.visits import (
    KEEP_TO_YOURSELF,
    for_applicants,
    language,
    next_address,
    speak,
    told_to,
    visit,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What the service is, and the button that begins an application."""
    if request.method == "POST":
        return _begin(request, slug)
    version = catalogue.live_version(slug)
    speak(request, version)
    held = cookie.held_by(request, slug)
    page = _start_page(version, language(), sent=held[0].sent if held else None)
    return respond(request, page, {}, told=told_to(request))


@kept
def _start_page(version: str, tongue: str, /, *, sent: bool | None) -> Skeleton:
    """The start page; sent: what the browser knows of an application of its own, if it holds one."""
    found = face_of(version, tongue)
    return skeleton("intake/start.html", {"face": found, "definition": found.definition, "sent": sent})


def _begin(request: HttpRequest, slug: str) -> HttpResponse:
    version = catalogue.live_version(slug)
    chosen = language() if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else ""
    held = begin_on(slug, version, language=chosen)
    path = catalogue.service_at(version).path({}, today=timezone.localdate(), seen=frozenset())
    response = HttpResponseRedirect(next_address(slug, path))
    cookie.hold(response, request, slug, held)
    return response


@require_http_methods(["GET", "HEAD"])
@for_applicants
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """To the page where the application goes on."""
    return HttpResponseRedirect(visit(request, slug).next_address)


@require_http_methods(["GET", "HEAD"])
@for_applicants
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The paper form, to print and fill in by hand."""
    content = catalogue.paper_of(slug)
    if not content:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{slug}.pdf") or "inline"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def come_back_page(request: HttpRequest) -> HttpResponse:
    """Reference and return code open an application on any device."""
    typed = {name: request.POST.get(name, "")[:80] for name in ("reference", "code")}
    words: dict[str, object] = {
        "typed": typed,
        "told": note(told_to(request)),
        "next": request.get_full_path(),
    }
    if request.method == "POST":
        try:
            slug, held = come_back(typed["reference"], typed["code"], place=_place(request))
        except (WrongReturnCode, TooManyTries) as problem:
            words["problem"] = problem
        else:
            response = HttpResponseRedirect(own_page(slug, SENT if held.sent else ON))
            cookie.hold(response, request, slug, held)
            return response
    page = render(request, "intake/come_back.html", words)
    page["Cache-Control"] = KEEP_TO_YOURSELF
    return page


def _place(request: HttpRequest) -> str:
    """Where a request comes from, as a keyed hash: tries are counted, addresses are not kept."""
    address = request.META.get("REMOTE_ADDR", "")
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
