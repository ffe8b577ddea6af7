"""Pages rendered once, with slots for what differs from person to person.

A question page is the same for everybody but for a few values: what was typed, the place on
the path, the way back, the CSRF token. The Django template renders it once for a version and
language with a mark in each of these places, and a request only joins the pieces. The template
stays the one source: a page with an error is rendered by it directly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use characters: `slot` is the only one that writes them here
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True)
class Skeleton:
    """Text, slot, text, slot ... text: names of slots stand at the odd places."""

    pieces: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with values in its slots, escaped unless they are safe; without a value it stays empty."""
        out = list(self.pieces)
        for at in range(1, len(out), 2):
            value = values.get(out[at], "")
            out[at] = value if isinstance(value, SafeString) else escape(value)
        return "".join(out)


def slot(name: str) -> SafeString:
    """The mark of a slot, to be given to a template in place of a value."""
    return SafeString(f"{_OPEN}{name}{_CLOSE}")


def skeleton(template: str, words: Mapping[str, object]) -> Skeleton:
    """Render a template once. It may use the slots csrf, next and told besides those in `words`."""
    common = {name: slot(name) for name in ("next", "told")} | {"csrf_token": slot("csrf")}
    return Skeleton(tuple(_SLOT.split(render_to_string(template, {**common, **words}, HttpRequest()))))


def kept(make: Callable[..., Skeleton]) -> Callable[..., Skeleton]:
    """Keep what `make` gives, unless templates are being worked on (PERDURE_DEBUG)."""
    return make if settings.DEBUG else lru_cache(maxsize=1024)(make)


def respond(
    request: HttpRequest, page: Skeleton, values: Mapping[str, str], *, told: str = ""
) -> HttpResponse:
    """Answer a request with a filled skeleton."""
    common = {
        "csrf": get_token(request),
        "next": request.get_full_path(),
        "told": note(told),
    }
    return HttpResponse(page.filled({**common, **values}))


def note(told: str) -> SafeString:
    """A calm sentence at the head of a page; nothing when there is none."""
    return format_html('<p class="note" role="status">{}</p>', told) if told else SafeString("")
