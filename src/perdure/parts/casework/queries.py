"""Questions to casework. The number of database queries never grows with the number of cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as When_
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from perdure.foundation.access.api import Act, Person
from perdure.parts.casework import rules
from perdure.parts.casework.errors import CaseNotFound
from perdure.parts.casework.models import Case, Entry, Letter, Reading
from perdure.parts.casework.values import (
    CaseFilters,
    CaseList,
    CaseRecord,
    CaseRow,
    EntryShown,
    Figures,
    LetterShown,
    OutcomeShown,
    StatusShown,
)
from perdure.parts.casework.visible import cases_for
from perdure.parts.catalogue import api as catalogue

ON_A_PAGE = 25
UNDECIDED = (Case.State.NEW, Case.State.OPEN, Case.State.WAITING)


def open_count(person: Person) -> int:
    """How many cases the person may see are not decided. One query."""
    return cases_for(person, Act.SEE_CASES).filter(state__in=UNDECIDED).count()


def case_list(person: Person, filters: CaseFilters, *, page: int = 1) -> CaseList:
    """Cases the person may see, soonest due first, then those that wait, then decided ones. Three queries."""
    visible = cases_for(person, Act.SEE_CASES)
    counts, services = _counts(visible)
    chosen = _filtered(visible, person, filters)
    total = chosen.count()
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, page), pages)
    order = When_(
        When(state=Case.State.WAITING, then=Value(1)),
        When(state=Case.State.DECIDED, then=Value(2)),
        default=Value(0),
    )
    rows = chosen.order_by(order, "due_on", "received_at", "id").select_related("holder")
    start = (page - 1) * ON_A_PAGE
    return CaseList(
        tuple(_row(case, person) for case in rows[start : start + ON_A_PAGE]),
        total,
        page,
        pages,
        counts,
        services,
    )


def _counts(visible: QuerySet[Case]) -> tuple[dict[str, int], tuple[tuple[str, str], ...]]:
    counts = dict.fromkeys(Case.State.values, 0)
    titles: dict[str, str] = {}
    for row in visible.order_by().values("service", "service_title", "state").annotate(n=Count("id")):
        counts[row["state"]] += row["n"]
        titles[row["service"]] = row["service_title"]
    return counts, tuple(sorted(titles.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def _filtered(visible: QuerySet[Case], person: Person, filters: CaseFilters) -> QuerySet[Case]:
    read = Reading.objects.filter(case=OuterRef("pk"), user_id=int(person.id))
    chosen = visible.annotate(was_read=Exists(read))
    if filters.search:
        chosen = chosen.filter(reference__icontains=filters.search.strip())
    else:
        chosen = chosen.filter(state__in=filters.states)
    if filters.service:
        chosen = chosen.filter(service=filters.service)
    if filters.whose:
        chosen = chosen.filter(holder_id=int(person.id) if filters.whose == "mine" else None)
    if filters.unread:
        chosen = chosen.filter(was_read=False)
    return chosen


def _row(case: Any, person: Person) -> CaseRow:
    return CaseRow(
        reference=case.reference,
        service=case.service,
        service_title=case.service_title,
        state=case.state,
        effect=case.effect,
        label=case.label,
        holder=str(case.holder) if case.holder_id else "",
        mine=case.holder_id == int(person.id),
        unread=not case.was_read and case.state != Case.State.DECIDED,
        received_at=case.received_at,
        due_on=case.due_on,
        paused_on=case.paused_on,
    )


def figures(person: Person, *, today: date, now: datetime) -> Figures:
    """What matters today. One query."""
    visible = cases_for(person, Act.SEE_CASES)
    read = Reading.objects.filter(case=OuterRef("pk"), user_id=int(person.id))
    undecided = Q(state__in=UNDECIDED)
    mine = undecided & Q(holder_id=int(person.id))
    running = undecided & Q(paused_on__isnull=True)
    lately = Q(state=Case.State.DECIDED, decided_at__gte=now - timedelta(days=30))
    told = visible.annotate(was_read=Exists(read)).aggregate(
        yours=Count("id", filter=mine),
        yours_unread=Count("id", filter=mine & Q(was_read=False)),
        oldest=Min("received_at", filter=mine),
        due_this_week=Count("id", filter=running & Q(due_on__lte=today + timedelta(days=7))),
        late=Count("id", filter=running & Q(due_on__lt=today)),
        waiting=Count("id", filter=Q(state=Case.State.WAITING)),
        untaken=Count("id", filter=undecided & Q(holder__isnull=True)),
        on_time=Count("id", filter=lately & Q(decided_in_time=True)),
        decided=Count("id", filter=lately),
    )
    oldest = told.pop("oldest")
    low, high = rules.wilson_interval(told["on_time"], told["decided"])
    days = None if oldest is None else max(0, (now - oldest).days)
    return Figures(**told, oldest_days=days, low=low, high=high)


def case_record(reference: str, *, person: Person) -> CaseRecord:
    """One case the person may see. Three queries. Raises CaseNotFound."""
    case = cases_for(person, Act.SEE_CASES).select_related("holder").filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    entries = _entries(case)
    outcomes = tuple(
        OutcomeShown(one.id, one.title, one.effect, one.needs_reason)
        for one in catalogue.definition_at(case.version).casework.outcomes
    )
    return CaseRecord(
        reference=case.reference,
        service=case.service,
        service_title=case.service_title,
        version=case.version,
        label=case.label,
        state=case.state,
        effect=case.effect,
        outcome=case.outcome,
        outcome_title=_outcome_title(case),
        reason=case.reason,
        holder=str(case.holder) if case.holder_id else "",
        holder_id=case.holder_id,
        received_at=case.received_at,
        due_on=case.due_on,
        paused_on=case.paused_on,
        decided_at=case.decided_at,
        revision=case.revision,
        asked=_asked(case, entries),
        entries=entries,
        letters=_letters(case),
        outcomes=outcomes,
    )


def status_of(reference: str) -> StatusShown:
    """A case as its applicant sees it: nothing that staff keep to themselves. Three queries.

    Raises CaseNotFound. Who may see it is settled by whoever calls: the status page asks intake
    whether it knows the browser.
    """
    case = Case.objects.filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    entries = tuple(entry for entry in _entries(case) if entry.public)
    asked = _asked(case, entries)
    return StatusShown(
        reference=case.reference,
        service=case.service,
        service_title=case.service_title,
        version=case.version,
        state=case.state,
        effect=case.effect,
        outcome_title=_outcome_title(case),
        reason=case.reason,
        received_at=case.received_at,
        due_on=case.due_on,
        paused_on=case.paused_on,
        decided_at=case.decided_at,
        asked=asked,
        asked_at=entries[-1].at if asked else None,
        entries=entries,
        letters=_letters(case),
    )


def _entries(case: Case) -> tuple[EntryShown, ...]:
    rows = case.entries.order_by("at", "id").annotate(
        who=Coalesce(F("by__name"), Value("")), mail=Coalesce(F("by__email"), Value(""))
    )
    return tuple(
        EntryShown(row.kind, row.text, row.who or row.mail, row.at, row.public)  # type: ignore[attr-defined]
        for row in rows
    )


def _asked(case: Case, entries: tuple[EntryShown, ...]) -> str:
    """What the applicant was asked last, while it waits for them."""
    if case.state != Case.State.WAITING:
        return ""
    asked = [entry.text for entry in entries if entry.kind == Entry.Kind.ASKED]
    return asked[-1] if asked else ""


def _outcome_title(case: Case) -> str:
    if not case.outcome:
        return ""
    return rules.outcome_of(catalogue.definition_at(case.version), case.outcome).title


def _letters(case: Case) -> tuple[LetterShown, ...]:
    return tuple(_letter(row) for row in case.letters.order_by("written_at", "id"))


def _letter(row: Letter) -> LetterShown:
    return LetterShown(row.pk, row.kind, row.subject, row.body, row.language, row.written_at, bool(row.pdf))
