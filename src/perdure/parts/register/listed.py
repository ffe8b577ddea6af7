"""Answers about lists: what is still listed a year later; which assessments failed first and passed later.

Leaving a list is not failing, and silence is not leaving: an organisation that the later list does not name
at all is left out of the count and told apart.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from perdure.core.foresee.api import share
from perdure.parts.register.errors import ListNotFound, RegisterError
from perdure.parts.register.linking import MERGING
from perdure.parts.register.models import Case, Import, Link, Snapshot, SourceList
from perdure.parts.register.values_listed import Listed, ListYears, LookedAtAgain, PassedLater, StillListed

ON_A_PAGE = 50
_PUBLISHED = Case.State.PUBLISHED
_WITH_ROWS = [Import.State.RUNNING, Import.State.DONE, Import.State.STOPPED, Import.State.FAILED]


class NoLaterList(RegisterError):
    """The list has no later year to look for its cases in."""

    code = "register.no-later-list"

    def __init__(self, title: str) -> None:
        super().__init__(
            _("There is no later year of %(title)s to look in.") % {"title": title},
            _("Choose an earlier year, or import the next one."),
        )


def lists_with_years() -> tuple[ListYears, ...]:
    """The lists of which there are two years or more, by title. One query."""
    found: dict[str, tuple[str, set[int]]] = {}
    rows = Import.objects.filter(state__in=_WITH_ROWS).order_by("source__title")
    for slug, title, year, noted in rows.values_list("source__slug", "source__title", "year", "noted"):
        years = found.setdefault(slug, (title, set()))[1]
        years.update(int(one) for one in noted.get("years", {}))
        years.update({year} - {None})
    return tuple(
        ListYears(slug, title, tuple(sorted(years)))
        for slug, (title, years) in found.items()
        if len(years) > 1
    )


def still_listed(slug: str, year: int) -> Listed:
    """How many cases of that year's list are in the next list there is. Seven queries, however many cases.

    Raises ListNotFound or NoLaterList.
    """
    source = _source(slug)
    later = _said(source).filter(year__gt=year).order_by("year").values_list("year", flat=True).first()
    if later is None or not _said(source).filter(year=year).exists():
        raise NoLaterList(source.title)
    there = set(_said(source).filter(year=later).values_list("who", flat=True).distinct())
    rows = [_row(row, row["who"] in there) for row in _counted(source, year, later)]
    known = [row for row in rows if not row.absent]
    absent = tuple((row.organisation, row.share.of) for row in rows if row.absent)
    return Listed(source.slug, source.title, year, later, _together(known), tuple(known), absent)


def _source(slug: str) -> SourceList:
    found = SourceList.objects.filter(slug=slug).first()
    if found is None:
        raise ListNotFound(slug)
    return found


def _said(source: SourceList) -> QuerySet[Snapshot]:
    """The rows of a list about cases that everybody may see, with the organisation and key of each."""
    return Snapshot.objects.filter(origin__source=source, case__state=_PUBLISHED, case__merged=None).annotate(
        who=KT("values__organisation"), name=KT("values__key")
    )


def _counted(source: SourceList, year: int, later: int) -> list[dict[str, Any]]:
    """By organisation: its cases of the year, those there later, those under another name, those in doubt."""
    after = _said(source).filter(case=OuterRef("case"), year=later)
    doubt = Link.objects.filter(
        earlier=OuterRef("case"), state=Link.State.PROPOSED, kind__in=MERGING, later__last_listed__gte=later
    )
    there, renamed, doubted = (
        Q(there=True), Q(there=True, same=False), Q(there=False, doubt=True)
    )  # fmt: skip
    return list(
        _said(source)
        .filter(year=year)
        .annotate(there=Exists(after), same=Exists(after.filter(name=OuterRef("name"))), doubt=Exists(doubt))
        .values("who")
        .annotate(
            cases=Count("case", distinct=True),
            listed=Count("case", distinct=True, filter=there),
            renamed=Count("case", distinct=True, filter=renamed),
            undecided=Count("case", distinct=True, filter=doubted),
        )
        .order_by("-cases", "who")
    )


def _row(row: dict[str, Any], named_later: bool) -> StillListed:
    return StillListed(
        organisation=row["who"] or "",
        share=share(row["listed"], row["cases"]),
        renamed=row["renamed"],
        undecided=row["undecided"],
        absent=not named_later and not row["listed"],
    )


def _together(rows: list[StillListed]) -> StillListed:
    return StillListed(
        organisation="",
        share=share(sum(row.share.count for row in rows), sum(row.share.of for row in rows)),
        renamed=sum(row.renamed for row in rows),
        undecided=sum(row.undecided for row in rows),
    )


def lists_with_assessments() -> tuple[ListYears, ...]:
    """The lists whose cases have results. One query."""
    found = SourceList.objects.filter(
        Exists(Case.objects.filter(source=OuterRef("pk"), outcome__in=("pass", "not_passed")))
    )
    return tuple(ListYears(one.slug, one.title, ()) for one in found.order_by("title"))


def passed_later(slug: str, *, page: int = 1) -> PassedLater:
    """Assessments that failed first, those that passed later before the others. Four queries."""
    source = _source(slug)
    cases = Case.objects.filter(source=source, state=_PUBLISHED, merged=None)
    failed = cases.filter(outcome="not_passed")
    passed = Q(outcome_later="pass")
    by_organisation = list(
        failed.values("organisation")
        .annotate(n=Count("id"), passed=Count("id", filter=passed))
        .order_by("-n", "organisation")
    )
    total = sum(row["n"] for row in by_organisation)
    again = failed.filter(outcome_later="not_passed").count()
    won = sum(row["passed"] for row in by_organisation)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, page), pages)
    return PassedLater(
        source=source.slug,
        title=source.title,
        assessed=cases.filter(outcome__in=("pass", "not_passed")).count(),
        share=share(won, total),
        failed_again=again,
        unknown=total - won - again,
        by_organisation=tuple(
            (row["organisation"], share(row["passed"], row["n"])) for row in by_organisation
        ),
        rows=tuple(_looked_at(failed, (page - 1) * ON_A_PAGE)),
        page=page,
        pages=pages,
    )


def _looked_at(failed: QuerySet[Case], start: int) -> list[LookedAtAgain]:
    first = {"pass": 0, "not_passed": 1}
    fields = ("reference", "title", "organisation", "stage_raw", "assessed_on", "outcome_later")
    order = Choose(*(When(outcome_later=word, then=Value(n)) for word, n in first.items()), default=Value(2))
    rows = failed.order_by(order, "organisation", "title", "pk")[start : start + ON_A_PAGE]
    return [LookedAtAgain(*row) for row in rows.values_list(*fields)]
