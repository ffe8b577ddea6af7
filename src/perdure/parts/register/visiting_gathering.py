"""Which addresses cases name: their own, those in columns of their list, of their evidence and promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from perdure.parts.register.models import Case, Evidence
from perdure.parts.register.models_following import Address
from perdure.parts.register.models_tried import CommitmentUpdate
from perdure.parts.register.values_case import safe_address

BATCH = 1000
MOST_OF_A_CASE = 30
_LONGEST = 500


def gather(*, report: Callable[[], None] = lambda: None) -> None:
    """Bring the addresses up to date with the cases, a thousand cases at a time. Six statements for each."""
    last = 0
    while True:
        rows = Case.objects.filter(pk__gt=last, state=Case.State.PUBLISHED).order_by("pk")
        cases = list(rows.values_list("pk", "url", "extra")[:BATCH])
        if not cases:
            return
        _bring_up_to_date([pk for pk, _url, _extra in cases], _named(cases))
        last = cases[-1][0]
        report()


def _named(cases: Iterable[tuple[int, str, dict[str, Any]]]) -> dict[tuple[int, str], None]:
    """(case, address) for everything that these cases name; a case's own address first."""
    found: dict[int, dict[str, None]] = {}
    for pk, url, extra in cases:
        found[pk] = dict.fromkeys([url, *(str(value) for value in (extra or {}).values())])
    evidence = Evidence.objects.filter(case__in=found).exclude(url="").values_list("case_id", "url")
    updates = CommitmentUpdate.objects.filter(commitment__case__in=found, commitment__public=True)
    told = updates.exclude(url="").values_list("commitment__case_id", "url")
    for pk, url in [*evidence, *told]:
        found[pk][url] = None
    return {
        (pk, url): None
        for pk, urls in found.items()
        for url in [one.strip() for one in urls if _is_one(one.strip())][:MOST_OF_A_CASE]
    }


def _is_one(text: str) -> bool:
    return len(text) <= _LONGEST and bool(safe_address(text)) and not any(sign.isspace() for sign in text)


@transaction.atomic
def _bring_up_to_date(cases: list[int], named: dict[tuple[int, str], None]) -> None:
    """New ones are due at once; those that are named no more stay with what was seen, and are not due."""
    known = {
        (case, url): (pk, current)
        for pk, case, url, current in Address.objects.filter(case__in=cases).values_list(
            "pk", "case_id", "url", "current"
        )
    }
    now = timezone.now()
    new = [
        Address(case_id=case, url=url, host=_host(url), due_at=now)
        for case, url in named
        if (case, url) not in known
    ]
    Address.objects.bulk_create(new, ignore_conflicts=True)
    back = [pk for pair, (pk, current) in known.items() if pair in named and not current]
    gone = [pk for pair, (pk, current) in known.items() if pair not in named and current]
    if back:
        Address.objects.filter(pk__in=back).update(current=True)
    if gone:
        Address.objects.filter(pk__in=gone).update(current=False)


def _host(url: str) -> str:
    """Whose turn it is; an address that makes no sense has a turn of its own."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""
