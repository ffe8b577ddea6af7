"""Taking an import back: its rows go, and cases that only it made; others say what the remaining rows say."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import ngettext

from perdure.foundation.audit.api import record
from perdure.parts.register import importing_bulk as bulk
from perdure.parts.register import importing_rows as rows
from perdure.parts.register.models import Case, Check, Evidence, Import, Snapshot
from perdure.parts.register.models_following import Answer, Ask
from perdure.parts.register.models_tried import Barrier, Commitment
from perdure.parts.register.search import forget_cases, index_cases

_BY_PEOPLE = (Evidence, Answer, Ask, Check, Barrier, Commitment)


def undo_rows(row: Import, *, report: Callable[[int, int], None]) -> None:
    """Remove an import's rows by batches, each a transaction. report(done, in all) may raise JobStopped."""
    total = row.snapshots.count()
    done = kept = 0
    while True:
        with transaction.atomic():
            Import.objects.select_for_update().only("id").get(pk=row.pk)
            batch = list(
                row.snapshots.order_by("id").values_list("id", "case_id", "added", "values__key")[
                    : rows.batch_size()
                ]
            )
            if not batch:
                _end(row, kept)
                return
            kept += _take_back(row, batch)
        done += len(batch)
        report(done, max(total, done))
        rows.let_others_write()


def _take_back(row: Import, batch: list[tuple[int, int, bool, str | None]]) -> int:
    """Remove these snapshots and set right the cases they were of. Returns how many cases stay for people."""
    Snapshot.objects.filter(pk__in=[number for number, *_ in batch]).delete()
    keys = {key for _, _, added, key in batch if added and key}
    numbers = {case for _, case, _, _ in batch}
    numbers.update(bulk.cases_under(row.source_id, "key", keys))
    left = Exists(Snapshot.objects.filter(case=OuterRef("pk")))
    cases = list(Case.objects.filter(pk__in=numbers).annotate(left=left))
    remaining = [case for case in cases if case.left]
    rows.rebuild(remaining)
    rows.save(remaining)
    gone = [case for case in cases if not case.left and not _still_said(case)]
    wanted = _wanted(gone)
    unwanted = [case.pk for case in gone if case.pk not in wanted]
    forget_cases(unwanted)
    Case.objects.filter(pk__in=unwanted).delete()
    index_cases(numbers - set(unwanted))
    return len(wanted)


def _still_said(case: Case) -> bool:
    """Was it merged, and does another list's row still bear its key on the case it was merged into?"""
    return bool(
        case.merged_id and Snapshot.objects.filter(case=case.merged_id, values__key=case.key).exists()
    )


def _wanted(cases: Collection[Case]) -> set[int]:
    """Those of the cases that people wrote something about."""
    numbers = [case.pk for case in cases]
    found = {case.pk for case in cases if case.held}
    for model in _BY_PEOPLE:
        found.update(model.objects.filter(case__in=numbers).values_list("case_id", flat=True))
    found.update(Case.objects.filter(pk__in=numbers, gatherings__isnull=False).values_list("id", flat=True))
    return found


def _end(row: Import, kept: int) -> None:
    row.state, row.undone_at = Import.State.UNDONE, timezone.now()
    if kept:
        row.says = ngettext(
            "%(n)s case stays, because people wrote something about it.",
            "%(n)s cases stay, because people wrote something about them.",
            kept,
        ) % {"n": kept}
    row.save(update_fields=["state", "undone_at", "says"])
    record(
        "import-undone", about=f"import {row.id}", by=row.by, detail={"list": row.source.slug, "kept": kept}
    )
