"""Links between cases: accepted or refused by a person, taken back, and what they merge.

A duplicate and a rename are one case under two names: the younger address points on to the older, and the
rows of both tell one story. Nothing is lost by it: each row still bears the key it came with, and what people
wrote stays where they wrote it and is read together (`families`). So the merging follows from the accepted
links alone and is undone by taking a link back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.foundation.audit.api import record
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import importing_rows as rows
from perdure.parts.register import own_words
from perdure.parts.register.actors import Actor, permit, recorded
from perdure.parts.register.errors import CaseNotFound, LinkNotFound, LinkRefused
from perdure.parts.register.models import Case, Link, Snapshot, SourceList
from perdure.parts.register.search import index_cases

FIND = "register.find-links"
MERGING = (Link.Kind.DUPLICATE, Link.Kind.RENAMED)


def ask_for_links(source: SourceList) -> None:
    """Ask for links of a list's cases to be looked for, in the caller's transaction."""
    what = _("Looking for the same things under other names")
    source.linking = jobs.enqueue(FIND, what=what, queue="slow", source=source.pk)
    source.save(update_fields=["linking"])


def look_for_links(slug: str, *, by: Actor) -> None:
    """Ask for links of a list to be looked for again. Raises NotAllowed or LinkRefused."""
    permit(by)
    with transaction.atomic():
        source = SourceList.objects.select_for_update().filter(slug=slug).first()
        if source is None:
            raise LinkRefused(_("There is no such list."), _("Choose one of the lists."))
        ask_for_links(source)


@jobs.handles(FIND)
def find(work: jobs.Work, *, source: int) -> None:
    """Look for links; done twice it is as done once."""
    from perdure.parts.register.linking_finding import find_links

    found = SourceList.objects.filter(pk=source).first()
    if found is not None:
        find_links(found, report=lambda done, total: work.report(done=done, total=total))


@transaction.atomic
def accept(link: int, *, kind: str, by: Actor) -> None:
    """Say that two cases are linked in this way. Raises NotAllowed, LinkNotFound or LinkRefused."""
    permit(by)
    row = _locked(link)
    if kind not in Link.Kind.values:
        raise LinkRefused(_("There is no such kind of link."), _("Choose one of the kinds."))
    _decide(row, Link.State.ACCEPTED, kind, by)


@transaction.atomic
def refuse(link: int, *, by: Actor) -> None:
    """Say that two cases have nothing to do with one another; they are not proposed again."""
    permit(by)
    row = _locked(link)
    _decide(row, Link.State.REFUSED, row.kind, by)


@transaction.atomic
def take_back(link: int, *, by: Actor) -> None:
    """Put a decided link back into the queue; what it merged comes apart again."""
    permit(by)
    row = _locked(link)
    _decide(row, Link.State.PROPOSED, row.kind, by)


@transaction.atomic
def link_by_hand(earlier: str, later: str, *, kind: str, by: Actor) -> int:
    """Link two cases by their references. Raises NotAllowed, CaseNotFound or LinkRefused."""
    permit(by)
    one, two = (Case.objects.filter(reference=text.strip().upper()).first() for text in (earlier, later))
    if one is None or two is None:
        missing = earlier if one is None else later
        raise CaseNotFound(
            _("There is no case %(reference)s.") % {"reference": missing[:30]},
            _("Look at its reference again."),
        )
    if one.pk == two.pk:
        raise LinkRefused(_("These are one and the same case."), _("Give the references of two cases."))
    row = Link.objects.filter(Q(earlier=one, later=two) | Q(earlier=two, later=one)).first()
    row = row or Link.objects.create(earlier=one, later=two, kind=kind)
    accept(row.pk, kind=kind, by=by)
    return row.pk


def accept_by_itself(row: Link) -> None:
    """A link so sure that no person is asked; it can be taken back like any other."""
    _decide(row, Link.State.ACCEPTED, row.kind, "system:links", told=False)


def _locked(link: int) -> Link:
    row = (
        Link.objects.select_for_update(of=("self",))
        .select_related("earlier", "later")
        .filter(pk=link)
        .first()
    )
    if row is None:
        raise LinkNotFound
    return row


def _decide(row: Link, state: str, kind: str, by: Actor, *, told: bool = True) -> None:
    before = _merges(row)
    was, row.state, row.kind = row.state, state, kind
    row.decided_by = "" if state == Link.State.PROPOSED else recorded(by)
    row.decided_at = None if state == Link.State.PROPOSED else timezone.now()
    row.save(update_fields=["state", "kind", "decided_by", "decided_at"])
    if before or _merges(row):
        regroup([row.earlier_id, row.later_id])
    if told:
        pair = f"{row.earlier.reference} {row.later.reference}"
        record(f"link-{state}", about=f"link {pair}", by=recorded(by), detail={"kind": kind, "was": was})


def _merges(row: Link) -> bool:
    return row.state == Link.State.ACCEPTED and row.kind in MERGING


def regroup(cases: Iterable[int]) -> None:
    """Put cases together, and apart, as the accepted links say now; their rows with them."""
    members = _around(set(cases))
    by_id = {case.pk: case for case in Case.objects.select_for_update(of=("self",)).filter(pk__in=members)}
    root_of = _roots(by_id)
    changed = own_words.give_back(by_id)
    _move_rows(by_id, root_of)
    for number, case in by_id.items():
        root = root_of[number]
        case.merged_id = None if root == number else root
    Case.objects.bulk_update(by_id.values(), ["merged"])
    roots = [by_id[number] for number in set(root_of.values())]
    rows.rebuild(roots)
    changed += own_words.put_above(roots)
    rows.save(roots)
    if changed:
        Case.objects.bulk_update({case.pk: case for case in changed}.values(), [*own_words.STANDING, "held"])
    index_cases(sorted(by_id))


def _around(start: set[int]) -> set[int]:
    """Every case that is merged with these now, or was until now."""
    found: set[int] = set()
    fresh = start
    while fresh:
        found |= fresh
        linked = Link.objects.filter(state=Link.State.ACCEPTED, kind__in=MERGING).filter(
            Q(earlier__in=fresh) | Q(later__in=fresh)
        )
        near = {number for pair in linked.values_list("earlier", "later") for number in pair}
        near.update(Case.objects.filter(merged__in=fresh).values_list("pk", flat=True))
        near.update(Case.objects.filter(pk__in=fresh, merged__isnull=False).values_list("merged", flat=True))
        fresh = near - found
    return found


def _roots(cases: dict[int, Case]) -> dict[int, int]:
    """For each case the oldest of those that accepted links tie it to."""
    root = {number: number for number in cases}

    def top(number: int) -> int:
        while root[number] != number:
            number = root[number]
        return number

    linked = Link.objects.filter(
        state=Link.State.ACCEPTED, kind__in=MERGING, earlier__in=cases, later__in=cases
    )
    for one, two in linked.values_list("earlier", "later"):
        first, second = sorted((top(one), top(two)))
        root[second] = first
    return {number: top(number) for number in cases}


def _move_rows(cases: dict[int, Case], root_of: dict[int, int]) -> None:
    """Each row goes to the root of the case whose key it came with."""
    home = {(case.source_id, case.key): number for number, case in cases.items() if case.key}
    moves: dict[int, list[int]] = {}
    said: Any = Snapshot.objects.filter(case__in=cases)
    for number, case, source, key in said.values_list("pk", "case_id", "origin__source_id", "values__key"):
        to = root_of[home.get((source, key), case)]
        if to != case:
            moves.setdefault(to, []).append(number)
    for to, numbers in moves.items():
        Snapshot.objects.filter(pk__in=numbers).update(case=to)
