"""The index of words on PostgreSQL: a column that the database itself makes of `words`, under GIN.

The planner knows how common each word is, so it is asked first how many cases it expects. Are they a
good part of all, the newest cases are walked; else the index is read, and nothing is sorted that will
not be shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from perdure.parts.register.search_words import EVERY, Query

CREATE = (
    """ALTER TABLE register_case ADD COLUMN vector tsvector GENERATED ALWAYS AS
       (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED""",
    "ALTER TABLE register_case ALTER COLUMN vector SET STATISTICS 500",
    "CREATE INDEX register_case_vector ON register_case USING gin (vector)",
)
DROP = (
    "DROP INDEX IF EXISTS register_case_vector",
    "ALTER TABLE register_case DROP COLUMN IF EXISTS vector",
)
COMMON = 0.05
"""From this share of all cases on, walking the newest is quicker than reading the index."""
STEP = 20_000
"""How many ids are walked at a time."""


def write(pairs: Sequence[tuple[int, str]]) -> None:
    """Set the words of cases; the database makes the vector of them."""
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE register_case SET words = new.words"
                " FROM unnest(%s::bigint[], %s::text[]) AS new(id, words) WHERE register_case.id = new.id",
                [[pk for pk, _words in pairs], [words for _pk, words in pairs]],
            )


def take_in(pairs: Sequence[tuple[int, str]]) -> None:
    """Nothing to do: the words that are in the column are in the index."""


def forget(ids: Sequence[int]) -> None:
    """Nothing to do: a row that is gone is gone from the index."""


def find(query: Query, *, most: int, before: int | None = None) -> list[int]:
    """Ids of up to `most` cases that fit, newest first; with `before`, only ids below it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH fits AS MATERIALIZED (SELECT id FROM register_case WHERE vector @@ %s::tsquery"
            " AND (%s::bigint IS NULL OR id < %s)) SELECT id FROM fits ORDER BY id DESC LIMIT %s",
            [_match(query), before, before, most],
        )
        return [row[0] for row in cursor.fetchall()]


def some(query: Query, *, most: int) -> list[int]:
    """Ids of up to `most` cases that fit: the newest when many do, any when fewer or unevenly spread."""
    match = _match(query)
    with connection.cursor() as cursor:
        expected = _expected(cursor, match)
        cursor.execute(
            "SELECT (SELECT max(id) FROM register_case), reltuples FROM pg_class"
            " WHERE oid = 'register_case'::regclass"
        )
        last, cases = cursor.fetchone()
        if last and cases > STEP and expected > COMMON * cases:
            ids = _walk(cursor, match, last, most)
            if len(ids) >= most:
                return ids
        cursor.execute("SELECT id FROM register_case WHERE vector @@ %s::tsquery LIMIT %s", [match, most])
        return [row[0] for row in cursor.fetchall()]


def _expected(cursor: Any, match: str) -> int:
    """How many cases the planner expects to fit."""
    cursor.execute("EXPLAIN (FORMAT JSON) SELECT id FROM register_case WHERE vector @@ %s::tsquery", [match])
    told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    while "Plans" in plan and plan["Node Type"] in {"Gather", "Gather Merge"}:
        plan = plan["Plans"][0]
    return int(plan["Plan Rows"])


def _walk(cursor: Any, match: str, last: int, most: int) -> list[int]:
    """The newest that fit among the last ids, at most two steps."""
    ids: list[int] = []
    for step in range(2):
        high = last - step * STEP
        cursor.execute(
            "SELECT id FROM (SELECT id, vector FROM register_case WHERE id <= %s AND id > %s ORDER BY id DESC"
            " OFFSET 0) AS newest WHERE vector @@ %s::tsquery LIMIT %s",
            [high, high - STEP, match, most - len(ids)],
        )
        ids += [row[0] for row in cursor.fetchall()]
        if len(ids) >= most:
            break
    return ids


def told(ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Id, title and words of filters of those of these cases that everybody may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, substr(words, strpos(words, %s)) FROM register_case"
            " WHERE id = ANY(%s) AND state = 'published' AND merged_id IS NULL",
            [EVERY, list(ids)],
        )
        return list(cursor.fetchall())


def how_many(words: Sequence[str]) -> dict[str, int]:
    """How many cases have each of these whole words: as the planner expects, counted while they are few."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'register_case'::regclass")
        few = cursor.fetchone()[0] < STEP
        return {word: (_counted if few else _expected)(cursor, f"'{word}'") for word in words}


def _counted(cursor: Any, match: str) -> int:
    cursor.execute(
        "SELECT count(*) FROM (SELECT 1 FROM register_case WHERE vector @@ %s::tsquery LIMIT %s) AS those",
        [match, STEP],
    )
    return int(cursor.fetchone()[0])


def _match(query: Query) -> str:
    """Words in quotes, so that nothing typed is an operator; folding has left letters and digits only."""
    parts = [f"'{word}':*" for word in query.begins] + [f"'{word}'" for word in query.whole]
    if query.any_of:
        parts.append("(" + " | ".join(f"'{word}'" for word in query.any_of) + ")")
    return " & ".join(parts)
