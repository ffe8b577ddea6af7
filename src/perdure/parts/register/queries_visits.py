"""Questions about what was seen at the addresses of cases. The number of queries does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from perdure.parts.register.families import family
from perdure.parts.register.models import Case
from perdure.parts.register.models_following import Address, Ask, Visiting
from perdure.parts.register.values_case import safe_address

ON_A_PAGE = 50
MOST_OF_A_CASE = 30


@dataclass(frozen=True)
class AddressShown:
    """What was seen at an address last.

    seen       in the words of foundation.reach
    bad_since  since when it has not answered as it should; None while it does, or where we do not look
    main       is it the address of the case itself, not only of a piece of evidence?
    """

    url: str
    seen: str
    status: int
    moved_to: str
    looked_at: datetime
    answered_at: datetime | None
    bad_since: datetime | None
    main: bool

    @property
    def safe_moved_to(self) -> str:
        return safe_address(self.moved_to)

    def plain(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "address": self.url,
            "seen": self.seen,
            "status": self.status or None,
            "moved_to": self.moved_to,
            "looked_on": _day(self.looked_at),
            "answered_on": _day(self.answered_at),
            "not_since": _day(self.bad_since),
        }


@dataclass(frozen=True)
class ToAsk:
    """An address that does not answer as it should, with its case. asked: was its owner ever written to?"""

    reference: str
    title: str
    owned: bool
    asked: bool
    address: AddressShown


@dataclass(frozen=True)
class Visits:
    """How looking at addresses stands. counts: (seen, addresses), most first; waiting: not looked at yet."""

    on: bool
    progress: UUID | None
    next_on: date | None
    ended_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    waiting: int


def visits_shown() -> Visits:
    """How it stands. Two queries."""
    row = Visiting.objects.filter(pk=1).first() or Visiting()
    seen = _public().values_list("seen").annotate(n=Count("pk")).order_by("-n", "seen")
    found = dict(seen.values_list("seen", "n"))
    waiting = found.pop("", 0)
    return Visits(row.on, row.progress, row.next_on, row.ended_at, tuple(found.items()), waiting)


def addresses_of_case(case: int) -> tuple[AddressShown, ...]:
    """What was seen at the addresses of a case and of those merged into it, its own first. One query."""
    rows = Address.objects.filter(case__in=family(case), current=True).exclude(looked_at=None)
    found: dict[str, AddressShown] = {}
    for row in rows.select_related("case").order_by("case", "pk")[:MOST_OF_A_CASE]:
        found.setdefault(row.url, _shown(row, stands=case))
    return tuple(sorted(found.values(), key=lambda one: not one.main))


def main_addresses(cases: Iterable[int]) -> dict[int, AddressShown]:
    """What was seen at the own addresses of cases, by id. One query."""
    rows = Address.objects.filter(case__in=list(cases), current=True, url=F("case__url"))
    return {row.case.pk: _shown(row) for row in rows.exclude(looked_at=None).select_related("case")}


LOOKS = ("address_seen", "address_looked_on", "address_answered_on")
"""What the feeds tell of a case's own address."""


def with_looks(cases: QuerySet[Case]) -> QuerySet[Case]:
    """These cases with what was seen at their own address, as a part of their query; for `looks_of`."""
    own = Address.objects.filter(case=OuterRef("pk"), url=OuterRef("url"), current=True)
    seen = own.exclude(looked_at=None)
    fields = zip(LOOKS, ("seen", "looked_at", "answered_at"), strict=True)
    return cases.annotate(**{name: Subquery(seen.values(field)[:1]) for name, field in fields})


def looks_of(case: Case) -> dict[str, str | None]:
    """What was seen at the own address of a case that came by `with_looks`; None: nobody looked yet."""
    seen, looked, answered = (getattr(case, name) for name in LOOKS)
    return dict(zip(LOOKS, (seen, _day(looked), _day(answered)), strict=True))


def whom_to_ask(*, page: int = 1) -> tuple[tuple[ToAsk, ...], bool]:
    """Addresses that do not answer, of cases that are said not to have ended; the longest silent first.

    One page, and whether more follow. One query. A merged case is told as the one that it became.
    """
    stands = Q(case__merged=None, case__status__in=_LIVING) | Q(case__merged__status__in=_LIVING)
    rows = _public().filter(stands, bad_since__isnull=False).select_related("case", "case__merged")
    either = Q(case=OuterRef("case")) | Q(case=OuterRef("case__merged"))
    asked = Exists(Ask.objects.filter(either))
    rows = rows.annotate(asked=asked).order_by("bad_since", "pk")
    start = (page - 1) * ON_A_PAGE
    found = list(rows[start : start + ON_A_PAGE + 1])
    return tuple(_to_ask(row) for row in found[:ON_A_PAGE]), len(found) > ON_A_PAGE


_LIVING = [Case.Status.RUNNING, Case.Status.PLANNED, Case.Status.UNKNOWN]


def _public() -> Any:
    return Address.objects.filter(current=True, case__state=Case.State.PUBLISHED)


def _to_ask(row: Any) -> ToAsk:
    case = row.case.merged or row.case
    owned = bool(case.owner_email or row.case.owner_email)
    return ToAsk(case.reference, case.title, owned, bool(row.asked), _shown(row))


def _shown(row: Address, *, stands: int | None = None) -> AddressShown:
    """stands: id of the case whose page it is; an address of one merged into it is not its own."""
    assert row.looked_at is not None
    told = (row.url, row.seen, row.status, row.moved_to, row.looked_at, row.answered_at, row.bad_since)
    own = stands is None or row.case.pk == stands
    return AddressShown(*told, main=own and row.url == row.case.url.strip())


def _day(at: datetime | None) -> str | None:
    return at.date().isoformat() if at else None
