"""The newest answer says how a case stands, also when it was given on a case that was merged into it.

What the case said by itself is kept aside, and comes back when the merging is taken back. What a keeper set
by hand on the case that stands, or its own owner answered later, is not put aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from perdure.parts.register.models import Case
from perdure.parts.register.models_following import Answer, OwnWords

STANDING = ("status", "ended", "ending")
"""The fields of a case that an answer sets."""


def stand(case: Case, answer: Answer) -> None:
    """Let a case stand as an answer says, and no import change that. It is not written."""
    over = answer.says in {Answer.Says.ENDED, Answer.Says.NORMAL}
    case.status = Case.Status.ENDED if over else Case.Status.RUNNING
    case.ended, case.ending = answer.ended_on, answer.ending
    case.held = sorted({*case.held, *STANDING})


def give_back(cases: Mapping[int, Case]) -> list[Case]:
    """Let these cases say again what they said by themselves. Two queries.

    Gives those that it changed; they are not written.
    """
    kept = list(OwnWords.objects.filter(case__in=list(cases)))
    for words in kept:
        case = cases[words.case_id]
        for name in (*STANDING, "held"):
            setattr(case, name, getattr(words, name))
    if kept:
        OwnWords.objects.filter(pk__in=[words.pk for words in kept]).delete()
    return [cases[words.case_id] for words in kept]


def put_above(roots: Iterable[Case]) -> list[Case]:
    """Let each of these stand as the newest answer says that was given on a case merged into it.

    Gives those that it changed; they are not written. Two queries.
    """
    by_id = {case.pk: case for case in roots}
    newest: dict[int, Answer] = {}
    members = Case.objects.filter(Q(pk__in=by_id) | Q(merged__in=by_id)).values("pk")
    found = Answer.objects.filter(case__in=members).select_related("case")
    for answer in found.order_by("at", "pk"):
        newest[answer.case.merged_id or answer.case_id] = answer
    own = set(Answer.objects.filter(case__in=by_id).values_list("case", flat=True))
    changed = []
    for number, answer in newest.items():
        case = by_id[number]
        by_hand = "status" in case.held and number not in own
        if answer.case_id != number and not by_hand:
            kept = {name: getattr(case, name) for name in (*STANDING, "held")}
            OwnWords.objects.update_or_create(case=case, defaults=kept)
            stand(case, answer)
            changed.append(case)
    return changed


def forget(case: int) -> None:
    """Its own words stand again: somebody said anew how this very case stands. One query."""
    OwnWords.objects.filter(case=case).delete()
