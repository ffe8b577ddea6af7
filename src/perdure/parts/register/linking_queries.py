"""What keepers and readers see of links: the queue, one pair side by side, and the links of a case."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from perdure.foundation.accounts import api as accounts
from perdure.foundation.jobs import api as jobs
from perdure.parts.register.actors import Actor, permit
from perdure.parts.register.errors import LinkNotFound
from perdure.parts.register.importing_fields import rebuild
from perdure.parts.register.linking import MERGING
from perdure.parts.register.linking_left_out import sentences
from perdure.parts.register.models import Case, Link, Snapshot, SourceList

ON_A_PAGE = 25
STATES = ("proposed", "accepted", "refused")


@dataclass(frozen=True)
class Side:
    """One case of a pair."""

    reference: str
    title: str
    organisation: str
    unit: str
    summary: str
    source: str
    first_listed: int | None
    last_listed: int | None
    started: date | None
    planned_end: date | None
    cost: Decimal | None
    currency: str
    status: str
    public: bool


@dataclass(frozen=True)
class Pair:
    """Two cases that may be one thing. percent: None when a person linked them; reasons: (weight, words)."""

    id: int
    kind: str
    state: str
    percent: int | None
    reasons: tuple[tuple[float, str], ...]
    earlier: Side
    later: Side
    decided_by: str

    @property
    def rows(self) -> list[tuple[str, Any, Any, bool]]:
        """(label, of the earlier, of the later, are they different?) for showing them side by side."""
        one, two = self.earlier, self.later
        both = [
            (_("Title"), one.title, two.title),
            (_("Organisation"), one.organisation, two.organisation),
            (_("Team or office"), one.unit, two.unit),
            (_("List"), one.source, two.source),
            (_("Listed"), _years(one), _years(two)),
            (_("Began"), one.started, two.started),
            (_("Planned end"), one.planned_end, two.planned_end),
            (_("What changed"), one.summary, two.summary),
        ]
        return [(label, a, b, a != b) for label, a, b in both if a or b]


@dataclass(frozen=True)
class Queue:
    """One page of links of one state, likeliest first. counts: state -> how many there are.

    left_out  sentences on what was not compared
    """

    rows: tuple[Pair, ...]
    state: str
    source: str
    counts: dict[str, int]
    page: int
    pages: int
    lists: tuple[tuple[str, str], ...]
    looking: bool
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseLink:
    """What a case has to do with another, as its page says it."""

    words: str
    reference: str
    title: str


def kinds() -> tuple[tuple[str, str], ...]:
    """The kinds of link, as a button says them."""
    return (
        (str(Link.Kind.DUPLICATE), _("The same, listed twice")),
        (str(Link.Kind.RENAMED), _("The same, under a new name")),
        (str(Link.Kind.FOLLOWS), _("The later one follows the earlier")),
        (str(Link.Kind.COPIED), _("The later one copies the earlier")),
    )


def queue(*, by: Actor, state: str = "proposed", source: str = "", page: int = 1) -> Queue:
    """Links of one state. Seven queries at most, however many there are. Raises NotAllowed."""
    permit(by)
    links = Link.objects.all()
    if source:
        links = links.filter(Q(earlier__source__slug=source) | Q(later__source__slug=source))
    counts = dict.fromkeys(STATES, 0) | dict(links.values_list("state").annotate(Count("id")))
    pages = max(1, -(-counts[state] // ON_A_PAGE))
    page = min(max(1, page), pages)
    order = ("-probability", "id") if state == "proposed" else ("-decided_at", "id")
    rows = _with_cases(links.filter(state=state)).order_by(*order)
    shown = list(rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    names = accounts.names_of({row.decided_by for row in shown})
    _as_their_lists_say(shown)
    lists = list(SourceList.objects.order_by("title")[:1000])
    return Queue(
        rows=tuple(_pair(row, names) for row in shown),
        state=state,
        source=source,
        counts=counts,
        page=page,
        pages=pages,
        lists=tuple((one.slug, one.title) for one in lists),
        looking=_looking(lists),
        left_out=tuple(says for one in lists if source in {"", one.slug} for says in sentences(one)),
    )


def _looking(lists: list[SourceList]) -> bool:
    """Is a search for links under way or waiting? One query for each list that was searched."""
    latest = [one.linking for one in lists if one.linking][-20:]
    told = (jobs.progress(job) for job in latest)
    return any(job is not None and not job.finished for job in told)


def pair(link: int, *, by: Actor) -> Pair:
    """One pair side by side. Three queries at most. Raises NotAllowed or LinkNotFound."""
    permit(by)
    row = _with_cases(Link.objects.filter(pk=link)).first()
    if row is None:
        raise LinkNotFound
    _as_their_lists_say([row])
    return _pair(row, accounts.names_of({row.decided_by}))


def next_in_queue(link: int, *, by: Actor) -> int | None:
    """The likeliest pair that waits, other than this one. One query."""
    permit(by)
    waiting = Link.objects.filter(state=Link.State.PROPOSED).exclude(pk=link)
    return waiting.order_by("-probability", "id").values_list("pk", flat=True).first()


def _with_cases(links: Any) -> Any:
    return links.select_related("earlier__source", "later__source")


def _as_their_lists_say(links: Iterable[Link]) -> None:
    """Put on both sides of merged pairs what the rows with their own keys say: title, years. One query.

    The case that stands tells the story of both, under the newest title; side by side each says its own.
    """
    merged = [one for one in links if one.state == Link.State.ACCEPTED and one.kind in MERGING]
    standing = {case.merged_id or case.pk for one in merged for case in (one.earlier, one.later)}
    if not standing:
        return
    rows: Any = Snapshot.objects.filter(case__in=standing)
    oldest_first = rows.order_by(F("year").asc(nulls_first=True), "origin__at", "line")
    said: dict[tuple[int, str], list[Any]] = {}
    for source, year, origin, values in oldest_first.values_list(
        "origin__source_id", "year", "origin", "values"
    ):
        said.setdefault((source, values.get("key", "")), []).append((year, origin, values))
    for one in merged:
        one.earlier, one.later = (_as_its_list_says(case, said) for case in (one.earlier, one.later))


def _as_its_list_says(case: Case, said: dict[tuple[int, str], list[Any]]) -> Case:
    """A copy, not for saving: the link's own row of the database is left as it is."""
    alone = copy(case)
    if case.key and case.source_id:
        rebuild(alone, said.get((case.source_id, case.key), ()))
    return alone


def _pair(row: Link, names: dict[str, str]) -> Pair:
    return Pair(
        id=row.pk,
        kind=row.kind,
        state=row.state,
        percent=None if row.probability is None else min(99, round(100 * row.probability)),
        reasons=tuple((weight, words) for _code, weight, words in row.reasons),
        earlier=_side(row.earlier),
        later=_side(row.later),
        decided_by=_("the machine, being sure")
        if row.decided_by == "system:links"
        else names.get(row.decided_by, row.decided_by),
    )


def _side(case: Case) -> Side:
    return Side(
        reference=case.reference,
        title=case.title,
        organisation=case.organisation,
        unit=case.unit,
        summary=case.summary,
        source=case.source.title if case.source else "",
        first_listed=case.first_listed,
        last_listed=case.last_listed,
        started=case.started,
        planned_end=case.planned_end,
        cost=case.cost,
        currency=case.currency,
        status=case.status,
        public=case.state == Case.State.PUBLISHED,
    )


def _years(side: Side) -> str:
    if side.first_listed is None:
        return ""
    if side.first_listed == side.last_listed:
        return str(side.first_listed)
    return _("%(first)s to %(last)s") % {"first": side.first_listed, "last": side.last_listed}


def links_of(case: int) -> list[CaseLink]:
    """What a public page says about the links of the case with this id, both ways. One query."""
    rows = Link.objects.filter(Q(earlier=case) | Q(later=case), state=Link.State.ACCEPTED)
    found = []
    for row in rows.select_related("earlier", "later").order_by("kind", "id"):
        is_later = row.later_id == case
        other = row.earlier if is_later else row.later
        if other.state == Case.State.PUBLISHED:
            found.append(CaseLink(_said(row.kind, is_later=is_later), other.reference, other.title))
    return found


def _said(kind: str, *, is_later: bool) -> str:
    if kind == Link.Kind.FOLLOWS:
        return _("Follows") if is_later else _("Followed by")
    if kind == Link.Kind.COPIED:
        return _("Copied from") if is_later else _("Copied by")
    if kind == Link.Kind.RENAMED:
        return _("Was called before") if is_later else _("Also listed as")
    return _("Also listed as")
