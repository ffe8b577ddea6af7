"""Addresses of the applicant's pages, and the calm sentences that a redirect can carry."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECK, SENT, RESULT, LATER, FORGET, ON = "check", "sent", "result", "later", "forget", "on"
OWN = frozenset({CHECK, SENT, RESULT, LATER, FORGET, ON})
"""Last part of the product's own pages of a service. A definition may call a page the same; see page_of."""

TOLD: dict[str, str | Promise] = {
    "elsewhere": _("We did not find your application here. Come back to it with its return code, or start."),
    "moved": _("That page is not asked in your application. This is where you go on."),
    "changed": _("Your answers changed what we ask. This is where you go on."),
    "more": _("Your answer brings up another question on this page."),
    "missing": _("Some questions still need an answer. This is the first."),
    "not-kept": _("What you typed last needs a change before we can keep it. Everything before it is kept."),
    "removed": _("It was removed."),
    "forgotten": _("Your application is not on this device any more. It is kept with us."),
    "back": _("Welcome back. Everything you told us is here."),
}
"""Code in the address -> sentence. Codes and not sentences travel, so nobody can put words in our mouth."""


@lru_cache(maxsize=1024)
def start_of(slug: str) -> str:
    """Address of the service's start page."""
    return reverse("intake:start", kwargs={"slug": slug})


def page_of(slug: str, page_id: str, record: int = 0, *, told: str = "", change: bool = False) -> str:
    """Address of a page of the definition, or of one record of a repeating page.

    A page whose id is one of our own words gets a hyphen at its end, which no id can have.
    """
    at = f"{start_of(slug)}{page_id}{'-' if page_id in OWN else ''}/"
    at += f"{record}/" if record else ""
    return with_query(at, told=told, change="1" if change else "")


def own_page(slug: str, name: str, *, told: str = "") -> str:
    """Address of one of our own pages: CHECK, SENT, RESULT, LATER, FORGET, ON; "" is its start."""
    return with_query(f"{start_of(slug)}{name}/" if name else start_of(slug), told=told)


def page_id_of(at: str) -> str:
    """The id of the page at an address."""
    return at.removesuffix("-")


def with_query(at: str, **query: str) -> str:
    """An address with those parts of a query that are not empty; values are plain words of our own."""
    words = "&".join(f"{key}={value}" for key, value in query.items() if value)
    return f"{at}?{words}" if words else at
