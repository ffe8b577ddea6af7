"""What keepers see of imports: the list of them, and one with how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from perdure.core.lists.api import Rejected
from perdure.foundation.accounts import api as accounts
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import linking_left_out as left_out
from perdure.parts.register.actors import Actor, permit
from perdure.parts.register.errors import ImportNotFound
from perdure.parts.register.models import Import, SourceList

ON_A_PAGE = 25
State = Import.State


@dataclass(frozen=True)
class ImportState:
    """One import. read = added + merged + rejected.

    at_work  a job is doing something for it, or waits to
    done     rows that the job has come to, of `rows` (0: not known)
    unread   field -> rows in which it could not be read; partly: rows in which any could not
    linked   field -> rows in which it was filled from the words of a link
    left_out sentences on what is not compared when links are looked for
    apart    rows whose key stands for another case as well, kept apart as cases of their own
    looked   what the file turned out to be: columns, encoding, sheet(s), told, origin, guesses, sample
    """

    id: uuid.UUID
    name: str
    source: str
    source_title: str
    complete: bool
    year: int | None
    state: str
    read: int
    added: int
    merged: int
    rejected: int
    rows: int
    says: str
    by: str
    at: datetime
    undone_at: datetime | None
    mapping: str = ""
    looked: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    linked: dict[str, int] = field(default_factory=dict)
    partly: int = 0
    apart: int = 0
    left_out: tuple[str, ...] = ()
    years: dict[str, int] = field(default_factory=dict)
    at_work: bool = False
    done: int = 0

    def plain(self) -> dict[str, Any]:
        """The account for JSON: read = added + merged + rejected."""
        return {
            "import": str(self.id),
            "file": self.name,
            "list": self.source,
            "state": self.state,
            "read": self.read,
            "added": self.added,
            "merged": self.merged,
            "rejected": self.rejected,
            "unread": self.unread,
            "rows_with_unread": self.partly,
            "links_read_as_words": self.linked,
            "kept_apart": self.apart,
            "not_compared": list(self.left_out),
            "years": self.years,
        }

    @property
    def may_begin(self) -> bool:
        """May its rows be taken in now, from the first or from the place reached?"""
        if self.at_work or not self.looked.get("columns"):
            return False
        return self.state in {State.MAPPING, State.STOPPED, State.FAILED, State.RUNNING}

    @property
    def may_undo(self) -> bool:
        done = {State.DONE, State.STOPPED, State.FAILED, State.UNDOING}
        return not self.at_work and self.read > 0 and self.state in done

    @property
    def may_drop(self) -> bool:
        return not self.at_work and self.read == 0 and self.state in {State.MAPPING, State.FAILED}


@dataclass(frozen=True)
class ImportPage:
    """One page of the imports, newest first."""

    rows: tuple[ImportState, ...]
    page: int
    pages: int
    total: int


def imports_page(*, by: Actor, page: int = 1) -> ImportPage:
    """The imports, newest first. Three queries. Raises NotAllowed."""
    permit(by)
    total = Import.objects.count()
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, page), pages)
    found = Import.objects.select_related("source").defer("looked", "mapping").order_by("-at", "-id")
    rows = list(found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    names = accounts.names_of({row.by for row in rows})
    return ImportPage(tuple(_state(row, names) for row in rows), page, pages, total)


def import_state(origin: uuid.UUID, *, by: Actor) -> ImportState:
    """One import with how far it is. Raises NotAllowed or ImportNotFound.

    Three queries, and one for each list that its list was not compared with.
    """
    permit(by)
    row = Import.objects.select_related("source").filter(pk=origin).first()
    if row is None:
        raise ImportNotFound
    job = jobs.progress(row.progress) if row.progress else None
    at_work = job is not None and not job.finished
    return _state(
        row,
        accounts.names_of({row.by}),
        left_out=tuple(filter(None, (left_out.foretold(row.read), *left_out.sentences(row.source)))),
        mapping=row.mapping,
        looked=row.looked,
        at_work=at_work,
        done=job.done if job and at_work else 0,
    )


def _state(row: Import, names: dict[str, str], **more: Any) -> ImportState:
    return ImportState(
        id=row.id,
        name=row.name,
        source=row.source.slug,
        source_title=row.source.title,
        complete=row.source.complete,
        year=row.year,
        state=row.state,
        read=row.read,
        added=row.added,
        merged=row.merged,
        rejected=row.rejected,
        rows=row.rows,
        says=row.says,
        by=names.get(row.by, row.by),
        at=row.at,
        undone_at=row.undone_at,
        unread=row.noted.get("unread", {}),
        linked=row.noted.get("linked", {}),
        partly=row.noted.get("partly", 0),
        apart=row.noted.get("apart", 0),
        years=row.noted.get("years", {}),
        **more,
    )


@dataclass(frozen=True)
class RejectedRow:
    """A row that did not come in, for the page."""

    line: int
    reason: str
    code: str


def first_rejected(origin: uuid.UUID, *, most: int = 20) -> list[RejectedRow]:
    """The first rows that did not come in. One query."""
    rows = Import.objects.get(pk=origin).rejected_rows.order_by("line")
    return [RejectedRow(*row) for row in rows.values_list("line", "reason", "code")[:most]]


def rejected_rows(origin: uuid.UUID) -> Iterator[Rejected]:
    """Every row that did not come in, whole, however many there are."""
    rows = Import.objects.get(pk=origin).rejected_rows.order_by("line")
    for row in rows.values_list("line", "reason", "code", "original").iterator(chunk_size=200):
        line, reason, code, original = row
        yield Rejected(line, reason, code, dict(original))


def lists_there(*, by: Actor) -> list[tuple[str, str]]:
    """(slug, title) of every list, by title; the first thousand. One query."""
    permit(by)
    return list(SourceList.objects.order_by("title").values_list("slug", "title")[:1000])
