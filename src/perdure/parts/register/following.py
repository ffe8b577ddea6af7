"""Is it still running? Owners are asked by e-mail, answer with one click, and silence stays silence.

The newest answer says how a case stands; older ones are kept. Nobody who did not answer is taken to have
said anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from perdure.foundation.audit import api as audit
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import own_words
from perdure.parts.register.actors import Actor, named, permit, recorded
from perdure.parts.register.errors import AnswerRefused, AskNotFound, CaseNotFound, RoundRefused
from perdure.parts.register.languages import language_for
from perdure.parts.register.models import Case
from perdure.parts.register.models_following import Answer, Ask, Round
from perdure.parts.register.search import walk_ids
from perdure.parts.register.search_index import index_cases
from perdure.parts.register.values_find import CaseFilters

WRITE = "register.write-to-owners"
"""The job that writes to the owners of a round; register.following_mail does it."""
REMIND_AT_MOST = 1


@dataclass(frozen=True)
class NewRound:
    """One time of asking. filters: which cases; of those, the ones with an owner's address are asked.

    address  of the site, for the links in the messages; used where PERDURE_ADDRESS is not set
    """

    title: str
    filters: CaseFilters
    closes_on: date
    address: str
    remind_after_days: int = 7


@dataclass(frozen=True)
class NewAnswer:
    """What somebody says of a case. ended_on and ending only when it ended or became normal work."""

    says: str
    ended_on: date | None = None
    ending: str = ""
    why: str = ""


@transaction.atomic
def open_round(new: NewRound, *, by: Actor, at: datetime) -> int:
    """Ask the owners of the cases that fit; the messages are written by a job. Returns the round's id.

    Cases without an owner's address, and those that ended, are not asked. Raises NotAllowed or RoundRefused.
    """
    permit(by)
    if new.closes_on <= at.date():
        raise RoundRefused(_("The last day for answers has to lie ahead."), _("Choose a later day."))
    made = Round.objects.create(
        title=new.title,
        opened_at=at,
        remind_after_days=new.remind_after_days,
        closes_on=new.closes_on,
        address=settings.ADDRESS or new.address.rstrip("/"),
        by=named(by),
    )
    asked = sum(_ask(made, ids) for ids in walk_ids(new.filters))
    if not asked:
        raise RoundRefused(
            _("None of these cases has the e-mail address of an owner, or all of them have ended."),
            _("Write the owner's address into the cases first, or choose other cases."),
        )
    detail = {"asked": asked, "title": new.title}
    audit.record("register-round-opened", about=f"round:{made.pk}", by=recorded(by), detail=detail, at=at)
    _write(made, _("Writing to the owners"))
    return int(made.pk)


def _ask(made: Round, ids: Iterable[int]) -> int:
    """Asks for these cases, with a secret each that nobody can guess; how many there are."""
    rows = [
        Ask(
            round=made,
            case_id=pk,
            email=email,
            language=language_for(language, country),
            secret=digest_of(token_of(made.pk, pk)),
        )
        for pk, (email, language, country) in _owners(list(ids)).items()
    ]
    return len(Ask.objects.bulk_create(rows, batch_size=500))


def _owners(ids: list[int]) -> dict[int, tuple[str, str, str]]:
    """(address, language, country) of the owners of those that have not ended. Two queries.

    Where a case has no owner of its own, the one of a case merged into it is asked.
    """
    known = Case.objects.exclude(owner_email="").exclude(status=Case.Status.ENDED)
    told = ("owner_email", "owner_language", "country")
    before = known.filter(merged__in=ids).exclude(merged__status=Case.Status.ENDED).order_by("pk")
    found = {root: (email, *rest) for root, email, *rest in before.values_list("merged", *told)}
    found |= {pk: (email, *rest) for pk, email, *rest in known.filter(pk__in=ids).values_list("pk", *told)}
    return found


def _write(made: Round, what: str) -> None:
    made.progress = jobs.enqueue(WRITE, what=what, queue="slow", round=made.pk)
    made.save(update_fields=["progress"])


def token_of(round_: int, case: int) -> str:
    """What stands in the links to the owner of a case: made from the site's key, so that it is not kept."""
    return salted_hmac("perdure.register.ask", f"{round_}:{case}", algorithm="sha256").hexdigest()[:40]


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def remind(*, now: datetime, round_: int | None = None) -> int:
    """Write once more to the owners who have not answered; returns the number of rounds it is done for.

    Only in rounds that are open and older than their days of grace, and to each owner once.
    """
    rounds = Round.objects.filter(closes_on__gt=now.date())
    due = 0
    for made in rounds.filter(pk=round_) if round_ else rounds.order_by("pk"):
        if now - made.opened_at >= timedelta(days=made.remind_after_days) and to_remind(made, now).exists():
            _write(made, _("Reminding the owners"))
            due += 1
    return due


def to_remind(made: Round, now: datetime):  # type: ignore[no-untyped-def]
    """Asks of a round whose owner was written to days ago, did not answer, and was not reminded yet."""
    since = now - timedelta(days=made.remind_after_days)
    return made.asks.filter(sent_at__lte=since, reminded_at=None, answers=None, undelivered="")


@transaction.atomic
def answer_by_link(token: str, answer: NewAnswer, *, at: datetime) -> str:
    """What an owner says by the link in their message; returns the case's reference.

    A second answer stands above the first. Raises AskNotFound, or AnswerRefused when the round is closed.
    """
    ask = Ask.objects.select_related("case", "round").filter(secret=digest_of(token)).first()
    if ask is None:
        raise AskNotFound
    if at.date() > ask.round.closes_on:
        raise AnswerRefused(
            _("This round of questions is closed."),
            _("Write to those who asked you; they can still note it."),
        )
    _keep(ask.case_id, answer, ask=ask, by="owner", at=at)
    audit.record(
        "register-owner-answered",
        about=f"register-case:{ask.case.reference}",
        by="owner",
        detail={"says": answer.says, "round": ask.round_id},
        at=at,
    )
    return str(ask.case.reference)


@transaction.atomic
def note_answer(*, reference: str, answer: NewAnswer, by: Actor, at: datetime) -> None:
    """What a keeper heard, for example by telephone. Raises NotAllowed or CaseNotFound."""
    permit(by)
    case = Case.objects.filter(reference=reference).first()
    if case is None:
        raise CaseNotFound(
            _("There is no case with this reference."), _("Search the register for its title instead.")
        )
    _keep(case.pk, answer, ask=None, by=named(by), at=at)
    about, detail = f"register-case:{reference}", {"says": answer.says}
    audit.record("register-answer-noted", about=about, by=recorded(by), detail=detail, at=at)


def _keep(case_id: int, answer: NewAnswer, *, ask: Ask | None, by: str, at: datetime) -> None:
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    over = answer.says in {Answer.Says.ENDED, Answer.Says.NORMAL}
    ending = answer.ending if answer.says == Answer.Says.ENDED else ""
    if answer.says == Answer.Says.NORMAL:
        ending = Case.Ending.ABSORBED
    ended_on = answer.ended_on if over else None
    kept = Answer.objects.create(
        case=case, ask=ask, says=answer.says, ended_on=ended_on, ending=ending, why=answer.why, by=by, at=at
    )
    own_words.forget(case.pk)
    own_words.stand(case, kept)
    _write_standing(case, at)
    if case.merged_id is not None:
        _stand_anew(Case.objects.select_for_update(of=("self",)).get(pk=case.merged_id), at)


def _stand_anew(root: Case, at: datetime) -> None:
    """An answer on a case that was merged into this one says how this one stands, too."""
    own_words.give_back({root.pk: root})
    own_words.put_above([root])
    _write_standing(root, at)


def _write_standing(case: Case, at: datetime) -> None:
    case.revision += 1
    case.changed_at = at
    case.save(update_fields=[*own_words.STANDING, "held", "revision", "changed_at"])
    index_cases([case.pk])
