"""Questions about one case. The number of queries does not grow with what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from perdure.core.kernel.money import decimal_in_words
from perdure.parts.register import labels
from perdure.parts.register.errors import CaseNotFound
from perdure.parts.register.families import family
from perdure.parts.register.models import Case, Evidence, Gathering, Snapshot
from perdure.parts.register.values_case import EDITABLE, CaseShown, EvidenceShown, Listing, Said

MOST_LISTINGS = 60
MOST_EVIDENCE = 100
_LONG = 90
_DATES = {"started", "review_due", "planned_end", "ended", "assessed_on"}
_LEFT_OUT = {"raw", "precision", "key", "extra", "list_year", "listed_year", "currency"}
_SUMS = {"cost", "year_budget", "year_forecast"}
_TITLED = {"country", "level", "area", "stage", "status", "ending"}


def case_shown(reference: str, *, keeper: bool = False) -> CaseShown:
    """A case with all that lists and people said of it. Six queries.

    keeper   may see cases that are not published. Raises CaseNotFound.
    """
    asked = Case.objects.select_related("source", "merged")
    asked = asked.annotate(heard=Max("answers__at"), heard_before=Max("was__answers__at"))
    case = asked.filter(reference=reference).first()
    if case is None or (case.state != Case.State.PUBLISHED and not keeper):
        raise CaseNotFound(
            _("There is no case with this reference."), _("Search the register for its title instead.")
        )
    source = case.source
    return CaseShown(
        id=case.pk,
        reference=case.reference,
        state=case.state,
        merged=case.merged.reference if case.merged else "",
        was=tuple(case.was.order_by("reference").values_list("reference", "title")[:MOST_LISTINGS]),
        technologies=tuple(case.technologies.order_by("name").values_list("name", flat=True)),
        source=source.slug if source else "",
        source_title=source.title if source else "",
        publisher=source.publisher if source else "",
        licence=source.licence if source else "",
        extra=_extra(case.extra),
        listings=listings_of(case.pk),
        heard=max((at for at in (case.heard, case.heard_before) if at), default=None),
        evidence=_evidence(case),
        gatherings=tuple(
            Gathering.objects.filter(public=True, cases__in=family(case.pk))
            .order_by("title")
            .values_list("slug", "title")
            .distinct()[:20]
        ),
        **{name: getattr(case, name) for name in _PLAIN},
    )


def cases_shown(references: Sequence[str]) -> list[CaseShown]:
    """Published cases in the order of their references; unknown ones are left out."""
    shown = []
    for reference in references:
        try:
            shown.append(case_shown(reference))
        except CaseNotFound:
            continue
    return shown


_PLAIN = (
    *(name for name in EDITABLE if not name.startswith("owner_")),
    *("stage_raw", "rating", "outcome", "outcome_later", "assessed_on"),
    *("first_listed", "last_listed", "revision", "changed_at"),
)
"""What a case and what is shown of it have under one name; the owner's address is not shown."""


def _evidence(case: Case) -> tuple[EvidenceShown, ...]:
    """What bears out a case, and what bore out those that were merged into it. One query."""
    rows = Evidence.objects.filter(case__in=family(case.pk)).select_related("case").order_by("-at", "-id")
    return tuple(
        EvidenceShown(
            row.pk,
            row.says,
            row.quote,
            row.title,
            row.url,
            row.place,
            row.own,
            row.by,
            row.at,
            under="" if row.case_id == case.pk else row.case.title,
        )
        for row in rows[:MOST_EVIDENCE]
    )


def listings_of(case_id: int) -> tuple[Listing, ...]:
    """What each year's list said of a case and of those merged into it, newest first. One query."""
    rows = (
        Snapshot.objects.filter(Q(case=case_id) | Q(case__merged=case_id))
        .select_related("origin__source")
        .order_by("year", "origin__at", "line")
    )
    shown: list[Listing] = []
    before: dict[str, Any] = {}
    for row in rows[:MOST_LISTINGS]:
        now = _told(row.values)
        shown.append(_listing(row, now, before, first=not shown))
        before = now
    return tuple(reversed(shown))


def _listing(row: Snapshot, now: dict[str, Any], before: dict[str, Any], *, first: bool) -> Listing:
    source = row.origin.source
    names = [*now, *(name for name in before if name not in now)]
    changed = [] if first else [name for name in names if _differs(now.get(name), before.get(name))]
    return Listing(
        year=row.year,
        source=source.slug,
        source_title=source.title,
        line=row.line,
        first=first,
        changed=tuple(_said(name, now.get(name), before.get(name), now, before) for name in changed),
        said=tuple(_said(name, value, None, now, {}) for name, value in now.items()),
    )


def _differs(now: Any, before: Any) -> bool:
    """Is it another value? Capitals and spaces alone are not."""
    if isinstance(now, str) and isinstance(before, str):
        return " ".join(now.casefold().split()) != " ".join(before.casefold().split())
    return bool(now != before)


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """The fields that a row filled, and its other columns under their own names."""
    fields = {
        name: value for name, value in values.items() if name not in _LEFT_OUT and value not in ("", None, [])
    }
    if values.get("currency") and "cost" in fields:
        fields["cost"] = f"{fields['cost']} {values['currency']}"
    extra = values.get("extra") or {}
    return {**fields, **{f"+{name}": value for name, value in extra.items() if value not in ("", None)}}


def _said(name: str, value: Any, old: Any, now: dict[str, Any], before: dict[str, Any]) -> Said:
    text, was = value_in_words(name, value), value_in_words(name, old)
    title = name[1:] if name.startswith("+") else labels.field_title(name)
    return Said(title, text, was, len(text) > _LONG or len(was) > _LONG)


def value_in_words(field: str, value: Any) -> str:
    """A value of a field of a case as people read it; "" for none."""
    if value in ("", None, []):
        return ""
    if field in _TITLED:
        return labels.title_of(field, str(value))
    if field in _DATES:
        return _day(value)
    if field in _SUMS:
        return _cost(str(value))
    return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)


def _day(value: Any) -> str:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return date_format(value)


def _cost(value: str) -> str:
    """1,200,000 GBP from "1200000 GBP"."""
    figure, _space, currency = value.partition(" ")
    try:
        amount = Decimal(figure)
    except InvalidOperation:
        return value
    if not amount.is_finite():
        return value
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
    return f"{decimal_in_words(amount, get_language() or 'en')} {currency}".strip()


def _extra(extra: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in extra.items() if value not in ("", None))


def owner_of(case_id: int) -> dict[str, str]:
    """Whom to ask about a case, and in which language; for keepers only. One query."""
    row = Case.objects.filter(pk=case_id).values("owner_email", "owner_language").first()
    return dict(row) if row else {}
