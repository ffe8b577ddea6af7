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


def standing_of(cases: Iterable[int]) -> dict[int, int]:
    """For each of these cases the one that stands for it, itself when it stands alone. One query."""
    rows = Case.objects.filter(pk__in=list(cases)).values_list("pk", "merged_id")
    return {pk: merged or pk for pk, merged in rows}
