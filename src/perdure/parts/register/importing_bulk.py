"""Many rows into a table at once: COPY on PostgreSQL, several rows to a statement elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def insert(rows: Sequence[M]) -> None:
    """Add rows of one model that have no id yet; they have one afterwards. In the caller's transaction."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        _copy(rows)
    else:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)


def update(rows: Sequence[M], fields: Sequence[str]) -> None:
    """Write these fields of rows that are there: one statement for many rows, on both databases."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
        )


def _copy(rows: Sequence[M]) -> None:
    """COPY with ids taken from the table's own sequence beforehand."""
    meta = type(rows[0])._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [meta.db_table, len(rows)],
        )
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number
        columns = [(field.attname, isinstance(field, models.JSONField)) for field in meta.concrete_fields]
        names = ", ".join(f'"{field.column}"' for field in meta.concrete_fields)
        with cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(_cells(row, columns))
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _cells(row: models.Model, columns: list[tuple[str, bool]]) -> list[Any]:
    values = row.__dict__
    return [
        json.dumps(values[name], ensure_ascii=False) if is_json else values[name] for name, is_json in columns
    ]
