"""The filters of the list, from the address and back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from perdure.parts.casework.values import CaseFilters, CaseList

SHOWN_AT_FIRST = CaseFilters().states
STATES = ("new", "open", "waiting", "decided")
WHOSE = ("", "mine", "nobody")


def filters_from(query: QueryDict) -> CaseFilters:
    """What the address asks for; whatever it says that we do not know is left out."""
    states = frozenset(query.getlist("status")) & frozenset(STATES)
    whose = query.get("whose", "")
    return CaseFilters(
        states=states or SHOWN_AT_FIRST,
        service=query.get("service", "")[:80],
        whose=whose if whose in WHOSE else "",
        unread=query.get("unread") == "yes",
        search=query.get("q", "").strip()[:40],
    )


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1."""
    asked = query.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


@dataclass(frozen=True)
class Pick:
    """One box to tick or dot to choose."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class FilterForm:
    """The form beside the list."""

    search: str
    states: tuple[Pick, ...]
    whose: tuple[Pick, ...]
    services: tuple[Pick, ...]
    unread: bool
    query: str


def filter_form(filters: CaseFilters, found: CaseList, query: QueryDict) -> FilterForm:
    """The form as it stands, with the number of cases behind each state."""
    titles = {
        "new": _("To check"),
        "open": _("Taken"),
        "waiting": _("Waiting"),
        "decided": _("Decided"),
    }
    states = tuple(
        Pick(state, f"{titles[state]} ({found.counts[state]})", state in filters.states) for state in STATES
    )
    names = {"": _("Everybody’s"), "mine": _("Mine"), "nobody": _("Nobody’s yet")}
    whose = tuple(Pick(one, names[one], one == filters.whose) for one in WHOSE)
    services = tuple(Pick(slug, title, slug == filters.service) for slug, title in found.services)
    rest = query.copy()
    rest.pop("page", None)
    return FilterForm(filters.search, states, whose, services, filters.unread, rest.urlencode())
