"""Rows that bear one key and are clearly not one thing: the second gets a case of its own beside the first.

Such a case has a key made of the shared key and what tells it apart, so that next year's rows, in whatever
order, find the case that they speak of, and a list that is imported again doubles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2s
from typing import NamedTuple

from perdure.core.match.api import clearly_apart
from perdure.parts.register import importing_bulk as bulk
from perdure.parts.register.importing_fields import Ready
from perdure.parts.register.models import Case

_LONGEST = 300
_WORD = re.compile(r"[^\W_]+")


class Beside(NamedTuple):
    """A case that shares its key with another. key: its own; case: it, or what it was merged into."""

    key: str
    case: Case


def beside(source: int, keys: Iterable[str]) -> dict[str, list[Beside]]:
    """Shared key -> the cases beside the first that bears it, oldest first. Two queries."""
    found = bulk.cases_under(source, "shared_key", list(keys))
    sharing: dict[str, list[Beside]] = {}
    if not found:
        return sharing
    for case in Case.objects.filter(pk__in=found).select_related("merged").order_by("pk"):
        sharing.setdefault(case.shared_key, []).append(Beside(case.key, case.merged or case))
    return sharing


def is_apart(row: Ready, case: Case) -> bool:
    """Does a row clearly speak of something else than this case?

    Under an identifier only another name tells that; where the key is nothing but the name, the office and
    the text do as well.
    """
    news = row.news
    title, unit = news.get("title", ""), news.get("unit", "")
    if title == case.title and unit == case.unit:
        return False
    if _words(row.key) <= _words(f"{title} {news.get('organisation', '')}"):
        texts = (news.get("summary", ""), case.summary)
        return clearly_apart((title, case.title), (unit, case.unit), texts)
    return clearly_apart((title, case.title))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def best_of(row: Ready, cases: Sequence[Case]) -> Case | None:
    """The case that a row speaks of: one named exactly so, else the first that is not clearly another."""
    exact = (row.news.get("title", ""), row.news.get("unit", ""))
    named = (case for case in cases if (case.title, case.unit) == exact)
    return next(named, None) or next((case for case in cases if not is_apart(row, case)), None)


def key_beside(row: Ready, first: Case, taken: Collection[str]) -> str:
    """A key for a row whose own is that of `first`: the same whenever the row comes, unless that is taken."""
    title, unit = row.news.get("title", ""), row.news.get("unit", "")
    told = title if clearly_apart((title, first.title)) else f"{title} / {unit}"
    words = " ".join(told.casefold().split())
    wanted = f"{row.key} # {words}"
    if len(wanted) > _LONGEST:
        digest = blake2s(wanted.encode(), digest_size=8).hexdigest()
        wanted = f"{row.key[:200]} # {words[:60]} {digest}"
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted[:290]} #{number}"
    return key
