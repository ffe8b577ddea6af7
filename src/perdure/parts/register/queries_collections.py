"""Questions about collections. The number of queries does not grow with their cases."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from perdure.parts.register.errors import CollectionNotFound
from perdure.parts.register.models import Case, Gathering
from perdure.parts.register.search import public_cases, row_of
from perdure.parts.register.values_find import CaseRow

ON_A_PAGE = 50
_PUBLISHED = Case.State.PUBLISHED
_SHOWN = Q(cases__merged=None, cases__state=_PUBLISHED) | Q(cases__merged__state=_PUBLISHED)
_STANDING = Coalesce("cases__merged_id", "cases__id")


@dataclass(frozen=True)
class CollectionRow:
    """One collection in the list of them. n: how many of its cases can be seen."""

    slug: str
    title: str
    about: str
    public: bool
    n: int


@dataclass(frozen=True)
class CollectionShown:
    """One page of a collection. A case that was merged into another is shown as what it became.

    references  all that were put in, merged or not, for its form: so taking the link back brings a case back
    """

    slug: str
    title: str
    about: str
    public: bool
    by: str
    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int
    references: tuple[str, ...]


def collection_list(*, keeper: bool = False, page: int = 1) -> tuple[tuple[CollectionRow, ...], bool]:
    """One page of collections by title, and whether more follow. One query."""
    rows = Gathering.objects.annotate(n=Count(_STANDING, filter=_SHOWN, distinct=True)).order_by(
        "title", "pk"
    )
    chosen = rows if keeper else rows.filter(public=True)
    start = (page - 1) * ON_A_PAGE
    found = list(chosen[start : start + ON_A_PAGE + 1])
    shown = tuple(CollectionRow(r.slug, r.title, r.about, r.public, r.n) for r in found[:ON_A_PAGE])
    return shown, len(found) > ON_A_PAGE


def collection_shown(slug: str, *, keeper: bool = False, page: int = 1) -> CollectionShown:
    """A collection with one page of its cases, by title. Four queries. Raises CollectionNotFound."""
    row = Gathering.objects.filter(slug=slug).first()
    if row is None or not (row.public or keeper):
        raise CollectionNotFound
    standing = row.cases.values(stands=Coalesce("merged_id", "id"))
    cases = public_cases().filter(pk__in=standing).order_by("title", "pk")
    put_in = row.cases.filter(state=_PUBLISHED).order_by("title", "pk")
    total = cases.count()
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, page), pages)
    start = (page - 1) * ON_A_PAGE
    return CollectionShown(
        slug=row.slug,
        title=row.title,
        about=row.about,
        public=row.public,
        by=row.by,
        rows=tuple(row_of(case) for case in cases.select_related("source")[start : start + ON_A_PAGE]),
        total=total,
        page=page,
        pages=pages,
        references=tuple(put_in.values_list("reference", flat=True)) if keeper else (),
    )
