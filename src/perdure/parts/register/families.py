"""A case and those that turned out to be it: what was written on any of them is seen on the one that stands.

Nothing is moved when cases are merged. What people wrote stays with the case that they wrote it on, and is
read together as long as the merging holds; so it comes apart again with the link, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from perdure.parts.register.models import Case


def family(case: int) -> QuerySet[Case, int]:
    """Ids of a case and of those merged into it, as a part of a query."""
    return (Case.objects.filter(pk=case) | Case.objects.filter(merged=case)).values_list("pk", flat=True)


def standing(path: str = "case") -> Coalesce:
    """In a query: the id of the case that stands for the one at `path`."""
    return Coalesce(f"{path}__merged_id", f"{path}_id")


def with_roots(cases: Iterable[int]) -> list[int]:
    """These cases and those that they were merged into. One query."""
    listed = list(cases)
    rows = Case.objects.filter(pk__in=listed, merged__isnull=False).values_list("merged", flat=True)
    return sorted({*listed, *(number for number in rows if number)})
