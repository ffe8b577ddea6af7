"""Questions about rounds and answers. The number of queries does not grow with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from perdure.parts.register.errors import AskNotFound, RoundNotFound
from perdure.parts.register.families import family
from perdure.parts.register.following import digest_of
from perdure.parts.register.models_following import Address, Answer, Ask, Round

ON_A_PAGE = 50


@dataclass(frozen=True)
class RoundShown:
    """A round with how many were asked, written to, reminded, answered and not delivered."""

    id: int
    title: str
    opened_at: datetime
    closes_on: date
    by: str
    progress: UUID | None
    asked: int
    sent: int
    answered: int
    undelivered: int

    @property
    def silent(self) -> int:
        """Written to, and no answer."""
        return self.sent - self.answered


@dataclass(frozen=True)
class AskShown:
    """One owner asked. says: the newest answer in this round, empty when there is none."""

    reference: str
    title: str
    sent_at: datetime | None
    reminded_at: datetime | None
    undelivered: str
    says: str
    language: str
    case: int


@dataclass(frozen=True)
class AnswerShown:
    """under: title of the case that it was given on, when that was merged into this one."""

    says: str
    ended_on: date | None
    ending: str
    why: str
    by_owner: bool
    at: datetime
    under: str = ""


@dataclass(frozen=True)
class FollowUp:
    """What people said of a case, newest first; asked_at when nobody answered that ask yet."""

    answers: tuple[AnswerShown, ...]
    asked_at: datetime | None
    closes_on: date | None


@dataclass(frozen=True)
class Asked:
    """The ask behind a link."""

    reference: str
    title: str
    summary: str
    closes_on: date
    says: str
    language: str


def round_list(*, page: int = 1) -> tuple[tuple[RoundShown, ...], bool]:
    """One page of rounds, newest first, and whether more follow. One query."""
    start = (page - 1) * ON_A_PAGE
    found = list(_counted().order_by("-opened_at", "-pk")[start : start + ON_A_PAGE + 1])
    return tuple(_shown(row) for row in found[:ON_A_PAGE]), len(found) > ON_A_PAGE


def round_shown(round_: int, *, page: int = 1) -> tuple[RoundShown, tuple[AskShown, ...], bool]:
    """A round with one page of its asks. Three queries. Raises RoundNotFound.

    The silent first, and of them those whose address has not answered for longest.
    """
    row = _counted().filter(pk=round_).first()
    if row is None:
        raise RoundNotFound
    start = (page - 1) * ON_A_PAGE
    own = Address.objects.filter(case=OuterRef("case"), url=OuterRef("case__url"), current=True)
    bad = Subquery(own.values("bad_since")[:1])
    asks = Ask.objects.filter(round=round_).annotate(n=Count("answers"), bad=bad).select_related("case")
    first = (F("bad").asc(nulls_last=True), "case__title", "pk")
    rows = asks.prefetch_related("answers").order_by("n", *first)
    found = list(rows[start : start + ON_A_PAGE + 1])
    return _shown(row), tuple(_asked(ask) for ask in found[:ON_A_PAGE]), len(found) > ON_A_PAGE


def follow_up_of(case: int) -> FollowUp | None:
    """What people said of a case and of those merged into it; None when nobody was asked and nobody said
    anything. Two queries.
    """
    said = Answer.objects.filter(case__in=family(case)).select_related("case").order_by("-at", "-pk")
    answers = [
        AnswerShown(
            a.says,
            a.ended_on,
            a.ending,
            a.why,
            a.ask_id is not None,
            a.at,
            under="" if a.case_id == case else a.case.title,
        )
        for a in said[:50]
    ]
    ask = (
        Ask.objects.filter(case__in=family(case), answers=None)
        .exclude(sent_at=None)
        .select_related("round")
        .order_by("-sent_at")
        .first()
    )
    if not answers and ask is None:
        return None
    newer = ask is not None and ask.sent_at is not None and all(a.at < ask.sent_at for a in answers)
    return FollowUp(
        tuple(answers), ask.sent_at if ask and newer else None, ask.round.closes_on if ask else None
    )


def asked_by(token: str) -> Asked:
    """What a link asks about. Two queries. Raises AskNotFound."""
    ask = Ask.objects.select_related("case", "round").filter(secret=digest_of(token)).first()
    if ask is None:
        raise AskNotFound
    last = ask.answers.order_by("-at", "-pk").first()
    case = ask.case
    says = last.says if last else ""
    return Asked(case.reference, case.title, case.summary, ask.round.closes_on, says, ask.language)


def _counted():  # type: ignore[no-untyped-def]
    return Round.objects.annotate(
        asked=Count("asks", distinct=True),
        sent=Count("asks", filter=Q(asks__sent_at__isnull=False), distinct=True),
        answered=Count("asks", filter=Q(asks__answers__isnull=False), distinct=True),
        undelivered=Count("asks", filter=~Q(asks__undelivered=""), distinct=True),
    )


def _shown(row: Round) -> RoundShown:
    told = (row.asked, row.sent, row.answered, row.undelivered)  # type: ignore[attr-defined]
    return RoundShown(row.pk, row.title, row.opened_at, row.closes_on, row.by, row.progress, *told)


def _asked(ask: Ask) -> AskShown:
    newest = max(ask.answers.all(), key=lambda one: (one.at, one.pk), default=None)
    says = newest.says if newest else ""
    told = (ask.case.reference, ask.case.title, ask.sent_at, ask.reminded_at, ask.undelivered)
    return AskShown(*told, says, language=ask.language, case=ask.case_id)
