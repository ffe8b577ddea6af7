"""The filters of search, from the address and back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from perdure.parts.register import labels
from perdure.parts.register.search import list_titles
from perdure.parts.register.search_years import FIRST, LAST, RANGES, between, years_of
from perdure.parts.register.values_find import CaseFilters, Facet, Found
from perdure.parts.register.web.common import count

LONGEST = 300
SHOWN_AT_ONCE = ("status", "country", "area", "level", "year", "running")


def filters_from(query: QueryDict) -> CaseFilters:
    """What the address asks for; whatever it names that we do not know is left out."""
    values = {group: query.get(group, "").strip()[:LONGEST] for group in labels.GROUPS}
    for group in RANGES:  # a form sends two boxes, an address says it in one word
        values[group] = values[group] or between(
            query.get(f"{group}_from", "")[:4], query.get(f"{group}_to", "")[:4]
        )
    return CaseFilters(text=query.get("q", "")[:200].replace("\0", ""), **values)


def address_of(filters: CaseFilters, **more: object) -> str:
    """The part of an address behind the question mark; "" for no filter."""
    pairs = {"q": filters.text, **filters.groups(), **more}
    return urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, with the address of the same search without it."""

    title: str
    value: str
    without: str


@dataclass(frozen=True)
class Choice:
    """One option of a filter: its value, its words with the count behind them, and whether it is set."""

    value: str
    says: str
    chosen: bool


@dataclass(frozen=True)
class Picker:
    """One filter of the form. hint: why not all of its values are there.

    until  for years: the same choices again, for the last of them; `choices` are then for the first
    """

    group: str
    title: str
    choices: tuple[Choice, ...]
    hint: str = ""
    until: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class FilterForm:
    """The form beside the list. others_open: one of the other filters is set."""

    text: str
    first: tuple[Picker, ...]
    others: tuple[Picker, ...]
    others_open: bool
    chosen: tuple[Chosen, ...]
    query: str


def filter_form(filters: CaseFilters, found: Found) -> FilterForm:
    """The form as it stands. A filter without values is left out."""
    pickers = {
        facet.group: _years(facet, filters) if facet.group in RANGES else _picker(facet)
        for facet in found.facets
        if facet.values
    }
    first = tuple(pickers.pop(group) for group in SHOWN_AT_ONCE if group in pickers)
    groups = filters.groups()
    return FilterForm(
        text=filters.text,
        first=first,
        others=tuple(pickers.values()),
        others_open=any(group in pickers for group in groups),
        chosen=chosen_filters(filters, _list_titles(found)),
        query=address_of(filters),
    )


def _picker(facet: Facet) -> Picker:
    choices = tuple(
        Choice(one.value, f"{one.title} ({count(one.n)})" if one.n else one.title, one.chosen)
        for one in facet.values
    )
    hint = _("The most frequent. For others, type the name above.") if facet.more else ""
    return Picker(facet.group, facet.title, choices, hint)


def _years(facet: Facet, filters: CaseFilters) -> Picker:
    """Two boxes of years with their counts; a year that nobody counted is offered when it is set."""
    years = years_of(filters.groups().get(facet.group, ""))
    counts = {one.value: one.n for one in facet.values if one.value.isdecimal()}

    def choices(edge: int | None) -> tuple[Choice, ...]:
        set_ = "" if edge in {None, FIRST, LAST} else str(edge)
        shown = sorted({*counts, *([set_] if set_ else [])}, reverse=True)
        return tuple(
            Choice(year, f"{year} ({count(counts[year])})" if counts.get(year) else year, year == set_)
            for year in shown
        )

    begin, end = (years.begin, years.end) if years else (None, None)
    return Picker(facet.group, facet.title, choices(begin), until=choices(end))


def chosen_filters(filters: CaseFilters, lists: dict[str, str] | None = None) -> tuple[Chosen, ...]:
    """The filters that are set, in words. lists: titles of lists by slug, asked for when not given."""
    if lists is None:
        lists = list_titles() if filters.source else {}
    groups = filters.groups()
    without = {group: address_of(CaseFilters(filters.text, **_less(groups, group))) for group in groups}
    return tuple(
        Chosen(labels.group_title(group), _title(group, value, lists), without[group])
        for group, value in groups.items()
    )


def _title(group: str, value: str, lists: dict[str, str]) -> str:
    return lists.get(value, value) if group == "source" else labels.title_of(group, value)


def _list_titles(found: Found) -> dict[str, str]:
    """Titles of the lists that the facets name: no query."""
    return {one.value: one.title for facet in found.facets if facet.group == "source" for one in facet.values}


def _less(groups: dict[str, str], group: str) -> dict[str, str]:
    return {name: value for name, value in groups.items() if name != group}
