"""The cookie by which a browser holds applications: signed, HttpOnly, one for each service.

Value: "REFERENCE.SECRET.s~REFERENCE.SECRET.d~...", the newest first; s is sent, d a draft.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from perdure.parts.intake.values import Held

PREFIX = "application-"
KEPT = 5
DAYS = 30
_signer = Signer(salt="perdure.intake.held")


def held_by(request: HttpRequest, slug: str) -> tuple[Held, ...]:
    """The applications for a service that this browser holds, newest first. No query."""
    return _read(request.COOKIES.get(PREFIX + slug, ""))


def holds(request: HttpRequest, reference: str) -> Held | None:
    """The application with this reference, whatever its service, if this browser holds it. No query."""
    cookies = (value for name, value in request.COOKIES.items() if name.startswith(PREFIX))
    return next((held for value in cookies for held in _read(value) if held.reference == reference), None)


def hold(response: HttpResponse, request: HttpRequest, slug: str, held: Held) -> None:
    """Let this browser hold an application; it becomes the newest."""
    others = [one for one in held_by(request, slug) if one.reference != held.reference]
    _write(response, slug, (held, *others)[:KEPT])


def forget(response: HttpResponse, slug: str) -> None:
    """Take the applications for a service off this browser."""
    response.delete_cookie(PREFIX + slug, samesite="Lax")


def _read(cookie: str) -> tuple[Held, ...]:
    try:
        value = _signer.unsign(cookie)
    except BadSignature:
        return ()
    parts = (one.split(".") for one in value.split("~") if one.count(".") == 2)
    return tuple(Held(reference, secret, sent == "s") for reference, secret, sent in parts)


def _write(response: HttpResponse, slug: str, held: tuple[Held, ...]) -> None:
    value = "~".join(f"{one.reference}.{one.secret}.{'s' if one.sent else 'd'}" for one in held)
    response.set_cookie(
        PREFIX + slug,
        _signer.sign(value),
        max_age=DAYS * 86_400,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
