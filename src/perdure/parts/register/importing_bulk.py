"""Many rows into a table at once: COPY on PostgreSQL, several rows to a statement elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import Any, Literal, TypeVar

from django.db import connection, models

from perdure.parts.register.models import Case

M = TypeVar("M", bound=models.Model)
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def cases_under(source: int, column: Literal["key", "shared_key"], keys: Collection[str]) -> list[int]:
    """Ids of the cases of a list with one of these keys, by the index of keys however many cases there are.

    Each key is looked up by itself on PostgreSQL: of many at once its planner cannot tell that none is empty,
    as the index wants it, and while a table grows it knows too little of it; then it reads the table whole.
    """
    if connection.vendor != "postgresql":
        found = Case.objects.filter(source_id=source, **{f"{column}__in": list(keys)})
        return list(found.exclude(**{column: ""}).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT found.id FROM unnest(%s::text[]) AS given(key) CROSS JOIN LATERAL"  # noqa: S608
            f" (SELECT id FROM register_case WHERE source_id = %s AND {column} = given.key"
            f" AND NOT ({column} = '') OFFSET 0) AS found",
            [list(keys), source],
        )
        return [number for (number,) in cursor.fetchall()]


def insert(rows: Sequence[M]) -> None:
    """Add rows of one model that have no id yet; they have one afterwards. In the caller's transaction."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
        return
    meta = type(rows[0])._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [meta.db_table, len(rows)],
        )
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number
    fields = meta.concrete_fields
    cells = itemgetter(*(field.attname for field in fields))
    _copy(meta.db_table, fields, (cells(row.__dict__) for row in rows))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def insert_plain(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows given as plain values of these fields, every field without a default of the database."""
    fields = [model._meta.get_field(name) for name in names]
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, fields, rows)
        return
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})',  # noqa: S608 (our own names)
            [
                [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
                for row in rows
            ],
        )


def update(rows: Sequence[M], fields: Sequence[str]) -> None:
    """Write these fields of rows that are there: one statement for many rows, on both databases."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
        )


def _copy(table: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            cells = list(row)
            for place in places:
                cells[place] = _as_json(cells[place])
            copy.write_row(cells)
