"""Reads and saves the row of an application: all that a page of an applicant does with the database.

Answers are saved by one statement that holds only if nobody else has changed the row since it was
read; if somebody has, the act is done again on what is there now. So nothing is locked while we
think, and two tabs that save at once both keep their answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from perdure.parts.intake import codes
from perdure.parts.intake.errors import ApplicationNotFound
from perdure.parts.intake.models import Application
from perdure.parts.intake.values import Held

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 5
"""Saves that may fail because of others, before the row is locked."""

_SELECT = "SELECT * FROM intake_application WHERE reference = %s"
"""Written out, in SQL that both databases speak: to have it composed anew for each page took
longer than all else that a page does with the database."""


class _ChangedMeanwhileError(Exception):
    """Somebody else saved the row after it was read."""


def row_of(held: Held, *, lock: bool = False) -> Application:
    """The row of an application that somebody holds. One query. Raises ApplicationNotFound.

    lock  keep others from changing it until the transaction ends
    """
    statement = _SELECT
    if lock and connection.features.has_select_for_update:
        statement += f" {connection.ops.for_update_sql()}"
    rows = list(Application.objects.raw(statement, [held.reference]))
    if not rows or not codes.belongs(held.reference, held.secret, rows[0].secret_hash):
        raise ApplicationNotFound
    return rows[0]


def save(row: Application, answers: dict[str, Any], seen: list[str]) -> None:
    """Save answers on a row as it was read. One statement. Only for an act that is done until_saved."""
    now = timezone.now()
    unchanged = Application.objects.filter(pk=row.pk, revision=row.revision)
    if not unchanged.update(answers=answers, seen=seen, revision=row.revision + 1, changed_at=now):
        raise _ChangedMeanwhileError
    row.answers, row.seen, row.changed_at = answers, seen, now
    row.revision += 1


def until_saved(act: Callable[Concatenate[Held, P], T]) -> Callable[Concatenate[Held, P], T]:
    """Do an act again when somebody else saved in between; at last with the row locked."""

    @wraps(act)
    def done(held: Held, /, *args: P.args, **kwargs: P.kwargs) -> T:
        for _try in range(TRIES):
            try:
                return act(held, *args, **kwargs)
            except _ChangedMeanwhileError:
                continue
        with transaction.atomic():
            row_of(held, lock=True)
            return act(held, *args, **kwargs)

    return done
