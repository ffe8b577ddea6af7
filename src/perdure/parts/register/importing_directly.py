"""Importing a file in one go, for the command line; begun again, it goes on where it stopped."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from perdure.core.lists import api as lists
from perdure.parts.register import importing, importing_queries
from perdure.parts.register import importing_files as kept_files
from perdure.parts.register import importing_looking as looking
from perdure.parts.register.actors import Actor, recorded
from perdure.parts.register.errors import ImportRefused
from perdure.parts.register.importing import Report
from perdure.parts.register.importing_queries import ImportState
from perdure.parts.register.importing_targets import known_mappings, targets
from perdure.parts.register.models import Import

_HALF_WAY = [Import.State.RUNNING, Import.State.STOPPED, Import.State.FAILED]


def import_file(
    path: Path,
    *,
    mapping: str = "",
    list_title: str = "",
    year: int | None = None,
    complete: bool | None = None,
    by: Actor,
    report: Report,
) -> ImportState:
    """Read a file into the register, and give its account.

    mapping     the text of a mapping; without one the list's last, or one that we know
    list_title  short name or title of the list; without one the name of the mapping, or of the file

    Raises ListRefused, MappingRefused, ImportRefused or BoundExceeded. After a kill the same call goes on.
    """
    wanted = lists.load_mapping(mapping) if mapping else None
    title = list_title or (wanted.name if wanted else "") or path.stem
    importing.refuse_size(path.stat().st_size)
    row = _begun(path, title, year, complete, by)
    with importing.opened(row, path) as listed:
        if row.state not in _HALF_WAY or not row.mapping:
            _settle(row, listed, wanted)
        importing.set_running(row, by=by)
        importing.take_rows(row, listed, report=report)
    return importing_queries.import_state(row.pk, by=by)


def _begun(path: Path, title: str, year: int | None, complete: bool | None, by: Actor) -> Import:
    """The import of this file that stopped half-way, or a new one."""
    importing.require_year(year)
    with path.open("rb") as file:
        kept = kept_files.keep(file)
    with transaction.atomic():
        row = importing.add_import(kept, path.name, list_title=title, year=year, by=by, complete=complete)
        before = Import.objects.filter(
            file=row.file, source=row.source, year=year, state__in=_HALF_WAY, progress=None, by=recorded(by)
        ).first()
        if before is None:
            return row
        row.delete()
        return before


def _settle(row: Import, listed: lists.ListFile, wanted: lists.Mapping | None) -> None:
    """Decide on the mapping; an import that has none of anybody's is not begun."""
    looking.look_at(row, listed)
    if wanted is None and not row.looked["origin"]:
        row.delete()
        raise ImportRefused(
            _("Nobody has said yet how the columns of this file are to be understood."),
            _(
                "Look at a suggestion with `perdure register suggest FILE > mapping.yaml`, "
                "correct it, and give it with --mapping."
            ),
            code="register.no-mapping",
        )
    try:
        with transaction.atomic():
            importing.set_mapping(row, wanted or lists.load_mapping(row.mapping))
    except lists.MappingRefused:
        row.delete()
        raise
    source, name = row.source, wanted.name if wanted else lists.load_mapping(row.mapping).name
    if source.title == source.slug and name:  # it was called by its short name before it was there
        source.title = name[:300]
        source.save(update_fields=["title"])


def suggest_mapping(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a mapping for a file, and sentences about it. Raises ListRefused or BoundExceeded."""
    with lists.open_list(path) as listed:
        columns = listed.about.columns
        for name, mapping in known_mappings():
            if lists.check_mapping(mapping, targets(), columns).fits:
                return lists.dump_mapping(mapping), (_("We know this list: %(name)s.") % {"name": name},)
        found = lists.suggest(columns, listed.sample(looking.SAMPLE), targets())
    whys = [f"{guess.field}: {guess.why} ({guess.confidence:.0%})" for guess in found.guesses]
    return lists.dump_mapping(found.mapping), (*listed.about.told, *found.told, *whys)


def known_mapping(name: str) -> str | None:
    """The text of a mapping that we ship, by its name with or without .yaml; None when there is none."""
    found = dict(known_mappings()).get(name if name.endswith(".yaml") else f"{name}.yaml")
    return lists.dump_mapping(found) if found else None


def write_rejects(origin: uuid.UUID, to: IO[bytes]) -> None:
    """The rows of an import that did not come in, as CSV."""
    columns = Import.objects.get(pk=origin).looked.get("columns", [])
    lists.write_rejects(to, columns, importing_queries.rejected_rows(origin))


def undo_now(origin: uuid.UUID, *, by: Actor, report: Report) -> ImportState:
    """Take an import back here and now."""
    from perdure.parts.register import importing_undo

    importing.undo(origin, by=by)
    row = Import.objects.select_related("source").get(pk=origin)
    importing_undo.undo_rows(row, report=report)
    return importing_queries.import_state(origin, by=by)
