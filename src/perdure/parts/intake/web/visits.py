"""What every applicant's page does first: find the application, speak the language, refuse in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language

from perdure.core.definition.api import Path, Service
from perdure.foundation.problems.api import problem_page
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake.errors import AlreadySent, ApplicationNotFound, NotComplete, PageNotFound
from perdure.parts.intake.models import Application
from perdure.parts.intake.rows import row_of
from perdure.parts.intake.values import Held
from perdure.parts.intake.web.addresses import CHECK, SENT, TOLD, own_page, page_of
from perdure.parts.intake.web.cookie import held_by
from perdure.parts.intake.web.sheets import Face, face_of
from perdure.parts.intake.web.skeletons import note

KEEP_TO_YOURSELF = "private, no-cache"
"""Not no-store: then "back" to a page with an error would be a browser's warning, not the page."""

View = Callable[..., HttpResponse]
SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Visit:
    """An application in the hands of the person who is asking."""

    slug: str
    held: Held
    row: Application
    today: date

    @property
    def service(self) -> Service:
        return catalogue.service_at(self.row.version)

    @cached_property
    def path(self) -> Path:
        seen = None if self.row.state == Application.State.SENT else frozenset(self.row.seen)
        return self.service.path(self.row.answers, today=self.today, seen=seen)

    @property
    def next_address(self) -> str:
        return next_address(self.slug, self.path)


def visit(request: HttpRequest, slug: str, *, sent: bool = False) -> Visit:
    """The newest application for the service that this browser holds. One query.

    sent  may it have been sent already? Raises ApplicationNotFound, or AlreadySent when it may not.
    """
    held = newest(request, slug)
    row = row_of(held)
    if row.service != slug:
        raise ApplicationNotFound
    if row.state == Application.State.SENT and not sent:
        raise AlreadySent(row.reference)
    speak(request, row.version)
    return Visit(slug, held, row, timezone.localdate())


def newest(request: HttpRequest, slug: str) -> Held:
    """What the browser says it holds. No query. Raises ApplicationNotFound."""
    held = held_by(request, slug)
    if not held:
        raise ApplicationNotFound
    return held[0]


def speak(request: HttpRequest, version: str) -> Face:
    """Use the language that the person chose; else the service's own, where the product speaks it."""
    own = catalogue.definition_at(version).language.split("-")[0]
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and own in SPOKEN:
        translation.activate(own)
        request.LANGUAGE_CODE = own
    return face(version)


def face(version: str) -> Face:
    """What all pages of the version share, in the language that is active."""
    return face_of(version, language())


def language() -> str:
    """The product's language that is active: en or de."""
    return (get_language() or "en").split("-")[0]


def next_address(slug: str, path: Path, *, told: str = "", change: bool = False) -> str:
    """Where an application goes on: the first page that needs something, else check your answers."""
    page = path.first_unanswered
    return page_of(slug, page, told=told, change=change) if page else own_page(slug, CHECK, told=told)


def show(request: HttpRequest, template: str, face: Face, words: dict[str, Any]) -> HttpResponse:
    """Render one of the applicant's pages."""
    common = {
        "face": face,
        "definition": face.definition,
        "told": note(told_to(request)),
        "next": request.get_full_path(),
    }
    return render(request, template, {**common, **words})


def told_to(request: HttpRequest) -> str:
    """The calm sentence that a redirect sent along, or ""."""
    return str(TOLD.get(request.GET.get("told", ""), ""))


def for_applicants(view: View) -> View:
    """Turn refusals into the page where the person can go on. Nothing of theirs stays in a shared cache."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, slug, *args, **kwargs)
        except ApplicationNotFound:
            response = HttpResponseRedirect(own_page(slug, "", told="elsewhere"))
        except AlreadySent:
            response = HttpResponseRedirect(own_page(slug, SENT))
        except PageNotFound:
            response = _moved(request, slug)
        except NotComplete as problem:
            response = HttpResponseRedirect(page_of(slug, problem.page, told="missing"))
        except catalogue.ServiceClosed as problem:
            response = _closed(request, slug, problem)
        except catalogue.ServiceNotFound as problem:
            response = problem_page(request, problem, status=404)
        response["Cache-Control"] = KEEP_TO_YOURSELF
        return response

    return wrapped


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = visit(request, slug)
    except ApplicationNotFound:
        return HttpResponseRedirect(own_page(slug, "", told="elsewhere"))
    except AlreadySent:
        return HttpResponseRedirect(own_page(slug, SENT))
    return HttpResponseRedirect(next_address(slug, found.path, told="moved"))


def _closed(request: HttpRequest, slug: str, problem: catalogue.ServiceClosed) -> HttpResponse:
    """Say that the service is closed; who has an application of theirs here can go on with it."""
    words: dict[str, Any] = {"problem": problem, "slug": slug, "next": request.get_full_path()}
    try:
        found = visit(request, slug, sent=True)
    except ApplicationNotFound:
        return render(request, "intake/closed.html", words, status=410)
    words |= {"held": found.held, "help": face(found.row.version).help}
    return render(request, "intake/closed.html", words, status=410)
