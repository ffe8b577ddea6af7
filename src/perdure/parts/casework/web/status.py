"""The applicant's status pages: where it is, what happens next, what was decided and why."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.accounts.api import client_of
from perdure.foundation.problems.api import problem_page
from perdure.parts.casework import actions, papers, queries
from perdure.parts.casework.answers import answers_of
from perdure.parts.casework.errors import CaseNotFound, CaseworkError
from perdure.parts.casework.values import StatusShown
from perdure.parts.casework.web import words
from perdure.parts.casework.web.desk import pdf_answer
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import api as intake

COOKIE = "status"
OPEN_FOR = 60 * 60 * 12
KEPT = 5
_signer = TimestampSigner(salt="perdure.casework.status")
View = Callable[..., HttpResponse]


def applicant_only(view: View) -> View:
    """Decorator: only the browser that sent the application, or one that gave its return code, sees it.

    Everybody else is asked for reference and code, whether there is such an application or not.
    """

    @wraps(view)
    def checked(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        reference = reference.upper()
        if not (intake.recognises(request, reference) or reference in _opened(request)):
            return redirect(f"{reverse('status:find')}?reference={reference[:24]}")
        try:
            return view(request, reference, **kwargs)
        except CaseNotFound:
            return _not_sent_yet(request)

    return never_cache(checked)


def _not_sent_yet(request: HttpRequest) -> HttpResponse:
    problem = CaseworkError(
        _("This application has not been sent yet, so we do not have it."),
        _("Come back to it with your reference and return code, check your answers and send it."),
        code="casework.not-sent-yet",
    )
    return problem_page(request, problem, status=404, heading=_("Not sent yet"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for reference and return code. The answer never tells which of them is wrong."""
    if request.method != "POST":
        typed = {"reference": request.GET.get("reference", "")[:40]}
        return render(request, "casework/find.html", {"typed": typed})
    typed = {name: request.POST.get(name, "").strip()[:80] for name in ("reference", "code")}
    try:
        _service, held = intake.come_back(typed["reference"], typed["code"], place=_place(request))
    except intake.IntakeError as problem:
        return render(request, "casework/find.html", {"typed": typed, "problem": problem})
    if not held.sent:
        return _not_sent_yet(request)
    response = redirect("status:status", held.reference)
    _open(response, request, held.reference)
    return response


@require_safe
@applicant_only
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the application is."""
    return _page(request, reference)


@require_POST
@applicant_only
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    """The applicant answers what was asked."""
    text = request.POST.get("text", "")
    try:
        actions.reply(reference=reference, text=text, at=timezone.now())
    except CaseNotFound:
        raise
    except CaseworkError as problem:
        return _page(request, reference, problem=problem, typed=text)
    return redirect("status:status", reference)


@require_safe
@applicant_only
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """What the applicant told us."""
    case = queries.status_of(reference)
    application = intake.sent(reference)
    service = catalogue.service_at(case.version)
    shown = answers_of(
        service,
        application.answers,
        day=timezone.localdate(application.sent_at),
        language=translation.get_language(),
        reveal=True,
    )
    return render(request, "casework/answers.html", {"case": case, "shown": shown})


@require_safe
@applicant_only
def letter(request: HttpRequest, reference: str, letter: int) -> HttpResponse:
    """A letter as a PDF."""
    try:
        pdf, subject = papers.letter_pdf(letter, reference=reference)
    except PerdureError as problem:
        return problem_page(request, problem, status=404)
    return pdf_answer(pdf, f"{reference}-{slugify(subject)[:40] or 'letter'}.pdf")


def _page(
    request: HttpRequest, reference: str, *, problem: PerdureError | None = None, typed: str = ""
) -> HttpResponse:
    case = queries.status_of(reference)
    definition = catalogue.definition_at(case.version)
    values = {
        "case": case,
        "problem": problem,
        "typed": typed,
        "tag": words.state_tag(case.state, effect=case.effect),
        "next": _what_next(case),
        "contact": definition.contact,
        "timeline": [(words.happened(one, for_applicant=True), one) for one in reversed(case.entries)],
        "letters": list(reversed(case.letters)),
    }
    return render(request, "casework/status.html", values)


def _what_next(case: StatusShown) -> str:
    day = {"day": words.day(case.due_on)}
    if case.state == "decided":
        return ""
    if case.asked:
        return _("We need an answer from you. We go on as soon as we have it.")
    if timezone.localdate() > case.due_on:
        return _("We meant to decide by %(day)s and are late. We are sorry. We still decide it.") % day
    return _("We look at it and decide by %(day)s. You do not need to do anything now.") % day


def _place(request: HttpRequest) -> str:
    """Where a try comes from, as a keyed hash, as intake counts its own tries."""
    return hmac.new(settings.SECRET_KEY.encode(), client_of(request).encode(), hashlib.sha256).hexdigest()


def _opened(request: HttpRequest) -> list[str]:
    """References that this browser gave the right code for, newest first. No query."""
    try:
        return str(_signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=OPEN_FOR)).split("~")
    except BadSignature:
        return []


def _open(response: HttpResponse, request: HttpRequest, reference: str) -> None:
    kept = [reference, *(one for one in _opened(request) if one != reference)][:KEPT]
    response.set_cookie(
        COOKIE,
        _signer.sign("~".join(kept)),
        max_age=OPEN_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path="/status/",
    )
