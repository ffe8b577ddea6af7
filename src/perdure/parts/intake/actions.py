"""Changes to an application: begin, answer, add and remove records, send, come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from perdure.core.definition.api import Path, Service
from perdure.core.definition.model import Page, Question
from perdure.parts.catalogue import api as catalogue
from perdure.parts.intake import codes
from perdure.parts.intake.errors import (
    AlreadySent,
    NotComplete,
    PageNotFound,
    TooManyTries,
    WrongReturnCode,
)
from perdure.parts.intake.models import Application, WrongTry
from perdure.parts.intake.reading import Reading, Typed, is_empty, read_questions
from perdure.parts.intake.receivers import receivers
from perdure.parts.intake.rows import row_of, save, until_saved
from perdure.parts.intake.values import Answered, Held, SentApplication

MOST_RECORDS = 200
"""Records of one group when the definition sets no limit: more than any form, less than an attack."""

_NOTHING = Reading({}, (), {}, asks_more=False)

TRIES_FOR_ONE_REFERENCE = 10
TRIES_FROM_ONE_PLACE = 40
TRIES_FROM_EVERYWHERE = 200
"""Wrong codes in an hour: from one place for one reference, from one place at all (a whole office may
share an address), and for one reference from everywhere, so high that a stranger hardly locks anybody out."""


def begin(slug: str, *, language: str = "", channel: str = "screen") -> tuple[str, str]:
    """Begin an application on the live version; returns (reference, secret). One query and one insert.

    language  the one to write to the applicant in; "" takes the service's own
    Raises catalogue.ServiceNotFound or catalogue.ServiceClosed.
    """
    held = begin_on(slug, catalogue.live_version(slug), language=language, channel=channel)
    return held.reference, held.secret


def begin_on(slug: str, version: str, *, language: str = "", channel: str = "screen") -> Held:
    """Begin an application on a version of the service. One insert."""
    language = language or catalogue.definition_at(version).language
    for _attempt in range(5):
        held = Held(codes.new_reference(slug), codes.new_code())
        kept = codes.hash_of(held.reference, held.secret)
        row = Application(
            reference=held.reference,
            secret_hash=kept,
            service=slug,
            version=version,
            language=language,
            channel=channel,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            continue  # the reference was taken; once in millions of applications
        return held
    raise RuntimeError("no free reference after five tries")


@dataclass(frozen=True)
class _Kept:
    """All answers as they are now, what was read on the page, and whether that makes the page seen."""

    answers: dict[str, Any]
    reading: Reading = _NOTHING
    seen: bool = True


@until_saved
def answer_page(held: Held, page_id: str, typed: Typed, *, today: date) -> Answered:
    """Keep what was typed on a page. Of a repeating page it says that these are all the records.

    Every valid answer is kept even when another one has a problem, and also when the page has
    left the path meanwhile: it is pruned only when the application is sent.
    Raises ApplicationNotFound, AlreadySent or PageNotFound.
    """
    row, service = _draft(held)
    page = service.page(page_id)
    if page is None:
        raise PageNotFound
    if page.repeat is not None:
        return _keep(row, page, _Kept(row.answers), today)
    reading = read_questions(
        _asked_on(service, row, page, today)(row.answers),
        _asked_on(service, row, page, today),
        row.answers,
        typed,
        today=today,
        definition=service.definition,
    )
    return _keep(row, page, _Kept(reading.answers, reading), today)


@until_saved
def answer_record(held: Held, page_id: str, number: int, typed: Typed, *, today: date) -> Answered:
    """Keep what was typed for one record of a repeating page. number counts from 1; one above the last adds.

    A new record is kept as soon as one of its answers is valid; left wholly empty where none is
    needed, it says that there are no more. Raises as answer_page.
    """
    row, service = _draft(held)
    page = _repeating(service, page_id)
    records = records_of(row.answers, page)
    if number > len(records) >= least_records(page) and is_empty(page.questions, typed):
        return _keep(row, page, _Kept(row.answers), today)
    if not 1 <= number <= min(len(records) + 1, most_records(page)):
        raise PageNotFound
    before: Mapping[str, Any] = records[number - 1] if number <= len(records) else {}

    def with_record(record: Mapping[str, Any]) -> dict[str, Any]:
        changed = [*records[: number - 1], dict(record), *records[number:]]
        return {**row.answers, _group(page): changed}

    def asked(record: Mapping[str, Any]) -> tuple[Question, ...]:
        return questions_of_record(service, page, with_record(record), number, seen=row.seen, today=today)

    reading = read_questions(asked(before), asked, before, typed, today=today, definition=service.definition)
    answers = with_record(reading.answers) if reading.answers or number <= len(records) else row.answers
    return _keep(row, page, _Kept(answers, reading, seen=False), today)


@until_saved
def remove_record(held: Held, page_id: str, number: int, *, today: date) -> Path:
    """Take one record of a repeating page away. A record that is gone already is no problem."""
    row, service = _draft(held)
    page = _repeating(service, page_id)
    records = records_of(row.answers, page)
    if 1 <= number <= len(records):
        answers = {**row.answers, _group(page): [*records[: number - 1], *records[number:]]}
        save(row, answers, row.seen)
    return _path(row, service, today)


@transaction.atomic
def send(held: Held, *, today: date, now: datetime | None = None) -> SentApplication:
    """Send the application and hand it to the receivers. Sending again gives the same.

    Answers from pages that left the path are removed for good. Raises ApplicationNotFound or NotComplete.
    """
    row = row_of(held, lock=True)
    if row.state == Application.State.SENT:
        return as_sent(row)
    path = _path(row, catalogue.service_at(row.version), today)
    if not path.complete:
        raise NotComplete(path.first_unanswered)
    row.answers = dict(path.relevant_answers)
    row.seen = [step.page.id for step in path.steps]
    row.state, row.sent_at = Application.State.SENT, now or timezone.now()
    row.revision += 1
    row.changed_at = row.sent_at
    row.save(update_fields=["answers", "seen", "state", "sent_at", "revision", "changed_at"])
    application = as_sent(row)
    for receiver in receivers:
        receiver.receive(application)
    return application


def come_back(reference: str, code: str, *, place: str, now: datetime | None = None) -> tuple[str, Held]:
    """Open an application with its return code; returns (service, held).

    place  where the try comes from, already hashed; wrong tries are counted by place and reference
    Raises WrongReturnCode or TooManyTries; neither says whether the reference exists.
    """
    now = now or timezone.now()
    reference, code = codes.tidy_reference(reference), codes.tidy_code(code)
    limits = {
        codes.hash_of(reference, place): TRIES_FOR_ONE_REFERENCE,
        place: TRIES_FROM_ONE_PLACE,
        codes.hash_of(reference, ""): TRIES_FROM_EVERYWHERE,
    }
    _stop_guessing(limits, now)
    row = Application.objects.filter(reference=reference).only("service", "secret_hash", "state").first()
    if row is None or not codes.belongs(reference, code, row.secret_hash):
        WrongTry.objects.bulk_create([WrongTry(key=key, at=now) for key in limits])
        raise WrongReturnCode
    return row.service, Held(reference, code, sent=row.state == Application.State.SENT)


def _stop_guessing(limits: Mapping[str, int], now: datetime) -> None:
    an_hour_ago = now - timedelta(hours=1)
    WrongTry.objects.filter(at__lt=an_hour_ago).delete()
    tried = Counter(WrongTry.objects.filter(key__in=limits).values_list("key", flat=True))
    if any(tried[key] >= limit for key, limit in limits.items()):
        raise TooManyTries


def as_sent(row: Application) -> SentApplication:
    """The value of a row that was sent."""
    assert row.sent_at is not None
    return SentApplication(
        row.reference, row.service, row.version, row.answers, row.sent_at, row.language, row.channel
    )


def records_of(answers: Mapping[str, Any], page: Page) -> list[dict[str, Any]]:
    """The records of a repeating page, as far as they were given."""
    return list(answers.get(_group(page)) or ())


def least_records(page: Page) -> int:
    """How many records a repeating page needs."""
    return page.repeat.at_least if page.repeat else 0


def most_records(page: Page) -> int:
    """How many records a repeating page takes."""
    return (page.repeat.at_most if page.repeat else None) or MOST_RECORDS


def questions_of_record(
    service: Service, page: Page, answers: Mapping[str, Any], number: int, *, seen: list[str], today: date
) -> tuple[Question, ...]:
    """The questions that one record is asked; all of them when the page is off the path."""
    if not any(question.asked_when for question in page.questions):
        return page.questions
    step = service.path(answers, today=today, seen=frozenset(seen)).step(page.id)
    return step.records[number - 1].questions if step and number <= len(step.records) else page.questions


def _draft(held: Held) -> tuple[Application, Service]:
    row = row_of(held)
    if row.state == Application.State.SENT:
        raise AlreadySent(row.reference)
    return row, catalogue.service_at(row.version)


def _repeating(service: Service, page_id: str) -> Page:
    page = service.page(page_id)
    if page is None or page.repeat is None:
        raise PageNotFound
    return page


def _group(page: Page) -> str:
    assert page.repeat is not None
    return page.repeat.id


def _path(row: Application, service: Service, today: date) -> Path:
    return service.path(row.answers, today=today, seen=frozenset(row.seen))


def _asked_on(
    service: Service, row: Application, page: Page, today: date
) -> Callable[[Mapping[str, Any]], tuple[Question, ...]]:
    """Which questions the page asks with given answers; all of them when it is off the path."""
    if not any(question.asked_when for question in page.questions):
        return lambda answers: page.questions
    seen = frozenset(row.seen)

    def asked(answers: Mapping[str, Any]) -> tuple[Question, ...]:
        step = service.path(answers, today=today, seen=seen).step(page.id)
        return step.questions if step else page.questions

    return asked


def _keep(row: Application, page: Page, kept: _Kept, today: date) -> Answered:
    """Save what was read, and tell what it means for the path."""
    service, reading, before = catalogue.service_at(row.version), kept.reading, row.answers
    done = not reading.problems and not reading.asks_more
    save(row, kept.answers, _with_seen(row.seen, page.id) if done and kept.seen else row.seen)
    path = _path(row, service, today)
    refused = bool(path.reasons) and not service.path(before, today=today).reasons
    return Answered(row.version, path, reading.problems, reading.raw, reading.asks_more, refused)


def _with_seen(seen: list[str], page_id: str) -> list[str]:
    return seen if page_id in seen else [*seen, page_id]
