"""Cases for other programs: plain JSON, rows of a table, and when anything last changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, Subquery

from perdure.parts.register import search
from perdure.parts.register.errors import CaseNotFound
from perdure.parts.register.families import family
from perdure.parts.register.models import Case, Evidence, Link, Snapshot, SourceList, Technology, Total
from perdure.parts.register.models_following import Address, Ask
from perdure.parts.register.queries_following import follow_up_of
from perdure.parts.register.queries_visits import LOOKS, addresses_of_case, looks_of, with_looks
from perdure.parts.register.search_words import EVERY
from perdure.parts.register.values_find import CaseFilters

ON_A_PAGE, MOST_ON_A_PAGE = 100, 200
_FIELDS = (
    "reference", "title", "summary", "for_whom", "country", "level", "organisation", "unit", "area", "kind",
    "stage", "stage_raw", "status", "ending", "started", "review_due", "planned_end", "ended", "cost",
    "currency", "rating", "outcome", "outcome_later", "assessed_on", "url", "first_listed", "last_listed",
)  # fmt: skip
COLUMNS = (*_FIELDS, "technologies", "list", "changed_at", *LOOKS)
"""Columns of the CSV; they are only ever added to, at the end."""


def last_change() -> tuple[datetime | None, int]:
    """When a case last changed, an address was looked at or an owner asked; and how many can be found.

    Two queries. Together they tell whether anything changed.
    """
    looked = Address.objects.exclude(looked_at=None).order_by("-looked_at").values("looked_at")[:1]
    newest = Case.objects.filter(state=Case.State.PUBLISHED).order_by("-changed_at")
    asked = Ask.objects.exclude(sent_at=None).order_by("-pk").values("sent_at")[:1]
    times = newest.values_list("changed_at", Subquery(looked), Subquery(asked)).first() or ()
    at = max((one for one in times if one), default=None)
    total = Total.objects.filter(word=EVERY).values_list("n", flat=True).first()
    return at, total or 0


def page_of_cases(
    filters: CaseFilters, *, most: int = ON_A_PAGE, before: int | None = None
) -> tuple[list[dict[str, Any]], int | None]:
    """Cases that fit, newest in the register first, and where the next page begins (None: there is none)."""
    ids = search.case_ids(filters, most=most + 1, before=before)
    shown = ids[:most]
    return plain_cases(shown), shown[-1] if len(ids) > most else None


def plain_cases(ids: Sequence[int]) -> list[dict[str, Any]]:
    """Published cases for JSON, in the order of the ids. Two queries."""
    rows = search.public_cases().filter(pk__in=ids).select_related("source")
    found = {case.pk: case for case in with_looks(rows).defer("words", "extra", "held")}
    technologies: dict[int, list[str]] = {}
    for case, name in Technology.objects.filter(case__in=ids).order_by("name").values_list("case", "name"):
        technologies.setdefault(case, []).append(name)
    return [_plain(found[pk], technologies.get(pk, [])) for pk in ids if pk in found]


def _plain(case: Case, technologies: list[str]) -> dict[str, Any]:
    told = {name: _json(getattr(case, name)) for name in _FIELDS}
    told["technologies"] = technologies
    told["list"] = case.source.slug if case.source else ""
    told["changed_at"] = case.changed_at.isoformat(timespec="seconds")
    told |= looks_of(case)
    return told


def _json(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else format(value, "f")


def plain_case(reference: str) -> dict[str, Any]:
    """One case with what lists said of it, links, and what was seen at its addresses. Ten queries.

    Raises CaseNotFound.
    A case that turned out to be another one gives only that one's reference, under "merged_into".
    """
    case = (
        Case.objects.select_related("merged").filter(reference=reference, state=Case.State.PUBLISHED).first()
    )
    if case is None:
        raise CaseNotFound("There is no case with this reference.", "Ask for the list of cases.")
    if case.merged is not None:
        return {"reference": case.reference, "merged_into": case.merged.reference}
    [told] = plain_cases([case.pk])
    said = Snapshot.objects.filter(case=case).order_by("year", "origin__at", "line")
    told["listed"] = [
        {"list": slug, "year": year, "line": line, "said": values}
        for slug, year, line, values in said.values_list("origin__source__slug", "year", "line", "values")[
            :200
        ]
    ]
    told["links"] = _links(case)
    told["follow_up"] = _follow_up(case)
    told["addresses"] = [one.plain() for one in addresses_of_case(case.pk)]
    told["also_listed_as"] = list(case.was.order_by("reference").values_list("reference", flat=True)[:200])
    told["evidence"] = list(
        Evidence.objects.filter(case__in=family(case.pk))
        .order_by("at")
        .values("says", "quote", "title", "url", "place")[:200]
    )
    return told


def _follow_up(case: Case) -> dict[str, Any] | None:
    """What people said of it; silent: asked, and nobody answered that yet, which says nothing of the case."""
    known = follow_up_of(case.pk)
    if known is None:
        return None
    said = [
        {"says": one.says, "on": one.at.date(), "ended": one.ended_on, "ending": one.ending, "why": one.why}
        for one in known.answers
    ]
    return {
        "answers": said,
        "asked_on": known.asked_at and known.asked_at.date(),
        "silent": bool(known.asked_at),
    }


def _links(case: Case) -> list[dict[str, Any]]:
    rows = Link.objects.filter(Q(earlier=case) | Q(later=case), state=Link.State.ACCEPTED)
    return [
        {"kind": kind, "earlier": earlier, "later": later}
        for kind, earlier, later in rows.values_list("kind", "earlier__reference", "later__reference")[:200]
    ]


def table_rows(filters: CaseFilters) -> Iterator[list[list[str]]]:
    """Every case that fits as rows of text, a thousand at a time, however many there are."""
    for ids in search.walk_ids(filters):
        yield [[_cell(case[column]) for column in COLUMNS] for case in plain_cases(ids)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(value) if isinstance(value, list) else str(value)


def public_lists() -> list[dict[str, Any]]:
    """The lists that cases come from, by title. One query; the first thousand."""
    fields = ("slug", "title", "publisher", "address", "licence", "complete")
    return [
        dict(zip(fields, row, strict=True))
        for row in SourceList.objects.order_by("title").values_list(*fields)[:1000]
    ]
