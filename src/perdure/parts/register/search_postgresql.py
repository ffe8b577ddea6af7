"""The index of words on PostgreSQL: a column that the database itself makes of `words`, under GIN.

The planner knows how common each word is, so it is asked first. Where many cases fit, the newest are
walked; else the index is read for the words that are worth it, the others are looked for in the cases
that it gives, and nothing is sorted that will not be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from perdure.parts.register.search_words import EVERY, Query

CREATE = (
    # A row with its vector stays in one place up to this many bytes, so that a look at it is one look.
    "ALTER TABLE register_case SET (toast_tuple_target = 4080)",
    """ALTER TABLE register_case ADD COLUMN vector tsvector GENERATED ALWAYS AS
       (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED""",
    "ALTER TABLE register_case ALTER COLUMN vector SET STATISTICS 500",
    "CREATE INDEX register_case_vector ON register_case USING gin (vector)",
)
DROP = (
    "DROP INDEX IF EXISTS register_case_vector",
    "ALTER TABLE register_case DROP COLUMN IF EXISTS vector",
)
_WHOLE, _BEGUN, _READ, _WALKED = 0.2, 0.75, 6.0, 4.0
"""Microseconds a case: looking up a whole word, the beginning of one; reading it here and there, in a row.

Measured with bench/register.py among a million cases; only their ratios matter.
"""
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


def count(rows: Sequence[tuple[str, str, str, int]]) -> None:
    """Move totals: (word, group, value, by how many). One statement, always in the order of the words."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO register_total (word, "group", value, n)'
                " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[])"
                " ON CONFLICT (word) DO UPDATE SET n = register_total.n + excluded.n",
                [list(column) for column in zip(*rows, strict=True)],
            )


def remember(words: Sequence[str]) -> None:
    """Keep these words for telling what a slip of the keyboard meant."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_term (term) SELECT * FROM unnest(%s::text[]) ON CONFLICT DO NOTHING",
            [list(words)],
        )


def forget(ids: Sequence[int]) -> None:
    """Nothing to do: a row that is gone is gone from the index."""


def find(query: Query, *, most: int, before: int | None = None) -> list[int]:
    """Ids of up to `most` cases that fit, newest first; with `before`, only ids below it.

    Of what many cases have, the newest are walked for a while; else all ids are taken and sorted.
    """
    match = _match(query)
    with connection.cursor() as cursor:
        last, cases = _size(cursor)
        high = last if before is None else min(last, before - 1)
        share = _expected(cursor, match) / max(cases, 1)
        if cases > STEP and _WALKED * most / max(share, 1e-9) < _READ * share * cases:
            ids = _walk(cursor, match, high, most, steps=8)
            if len(ids) >= most:
                return ids
        cursor.execute(
            "WITH fits AS MATERIALIZED (SELECT id FROM register_case WHERE vector @@ %s::tsquery"
            " AND id <= %s) SELECT id FROM fits ORDER BY id DESC LIMIT %s",
            [match, high, most],
        )
        return [row[0] for row in cursor.fetchall()]


def walk(query: Query, *, step: int) -> Iterator[list[int]]:
    """Ids of every case that fits, newest first, in lists of at most `step`; each case is looked at once."""
    match = _match(query)
    with connection.cursor() as cursor:
        last, _cases = _size(cursor)
        few = _expected(cursor, match) < STEP
    for high in range(last, 0, -(max(last, 1) if few else STEP)):
        low = 0 if few else high - STEP
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH fits AS MATERIALIZED (SELECT id FROM register_case WHERE vector @@ %s::tsquery"
                " AND id <= %s AND id > %s) SELECT id FROM fits ORDER BY id DESC",
                [match, high, low],
            )
            ids = [row[0] for row in cursor.fetchall()]
        yield from (ids[start : start + step] for start in range(0, len(ids), step))


def _size(cursor: Any) -> tuple[int, float]:
    """The greatest id (0 when there is no case), and how many cases the planner knows of."""
    cursor.execute(
        "SELECT coalesce((SELECT max(id) FROM register_case), 0), reltuples FROM pg_class"
        " WHERE oid = 'register_case'::regclass"
    )
    last, cases = cursor.fetchone()
    return int(last), float(cases)


def some(query: Query, *, most: int) -> list[int]:
    """Ids of up to `most` cases that fit: the newest when many do, any when fewer or unevenly spread."""
    terms = _terms(query)
    with connection.cursor() as cursor:
        last, cases = _size(cursor)
        if cases <= STEP:
            cursor.execute(_THROUGH, [_match(query), most])
            return [row[0] for row in cursor.fetchall()]
        shares = {term: min(1.0, _expected(cursor, term) / cases) for term in terms}
        lead, rest, cost = _lead(shares, cases, most)
        if _WALKED * most / max(math.prod(shares.values()), 1e-9) < cost:
            ids = _walk(cursor, _match(query), last, most, steps=2)
            if len(ids) >= most:
                return ids
        cursor.execute(_LED if rest else _THROUGH, [part for part in (lead, rest) if part] + [most])
        return [row[0] for row in cursor.fetchall()]


_THROUGH = "SELECT id FROM register_case WHERE vector @@ %s::tsquery LIMIT %s"
_LED = (
    "SELECT id FROM (SELECT id, vector FROM register_case WHERE vector @@ %s::tsquery OFFSET 0) AS led"
    " WHERE vector @@ %s::tsquery LIMIT %s"
)


def _lead(shares: dict[str, float], cases: float, most: int) -> tuple[str, str, float]:
    """What the index is asked, what each case that it gives is asked then, and the time that it takes.

    shares  term -> share of all cases that have it. The time is in microseconds.
    The index gathers every case with a word on "p" before it looks for "probate" among them, and a word
    that most cases have need not be looked up to find the few that lack it. So the cheapest split is taken.
    """
    whole = [term for term in shares if not _many(term)]
    begins = sorted((term for term in shares if _many(term)), key=shares.__getitem__)
    ways = []
    for leading in range(len(begins) + 1):
        lead = whole + begins[:leading]
        if lead:
            rest = begins[leading:]
            among = cases * math.prod(shares[term] for term in lead)
            read = min(among, most / max(math.prod(shares[term] for term in rest), 1e-9))
            found = _WHOLE * cases * min((shares[term] for term in whole), default=0.0)
            found += _BEGUN * cases * sum(shares[term] for term in begins[:leading])
            ways.append((found + _READ * read, " & ".join(lead), " & ".join(rest)))
    cost, lead_, rest_ = min(ways)
    return lead_, rest_, cost


def _many(term: str) -> bool:
    """Does the index look up many words for this term: all with a beginning, or all years of a range?"""
    return term.endswith((":*", ")"))


def _expected(cursor: Any, match: str) -> int:
    """How many cases the planner expects to fit."""
    cursor.execute("EXPLAIN (FORMAT JSON) SELECT 1 FROM register_case WHERE vector @@ %s::tsquery", [match])
    told = cursor.fetchone()[0]
    return int((json.loads(told) if isinstance(told, str) else told)[0]["Plan"]["Plan Rows"])


def _walk(cursor: Any, match: str, last: int, most: int, *, steps: int) -> list[int]:
    """The newest that fit, up to the id `last`, going down at most so many steps."""
    ids: list[int] = []
    for step in range(steps):
        high = last - step * STEP
        if high <= 0 or len(ids) >= most:
            break
        cursor.execute(
            "SELECT id FROM (SELECT id, vector FROM register_case WHERE id <= %s AND id > %s ORDER BY id DESC"
            " OFFSET 0) AS newest WHERE vector @@ %s::tsquery LIMIT %s",
            [high, high - STEP, match, most - len(ids)],
        )
        ids += [row[0] for row in cursor.fetchall()]
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
        few = _size(cursor)[1] < STEP
        return {word: (_counted if few else _expected)(cursor, f"'{word}'") for word in words}


def _counted(cursor: Any, match: str) -> int:
    cursor.execute(
        "SELECT count(*) FROM (SELECT 1 FROM register_case WHERE vector @@ %s::tsquery LIMIT %s) AS those",
        [match, STEP],
    )
    return int(cursor.fetchone()[0])


def _match(query: Query) -> str:
    return " & ".join(_terms(query))


def _terms(query: Query) -> list[str]:
    """Words in quotes, so that nothing typed is an operator; folding has left letters and digits only."""
    parts = [f"'{word}':*" for word in query.begins] + [f"'{word}'" for word in query.whole]
    parts += ["(" + " | ".join(f"'{word}'" for word in words) + ")" for words in query.either]
    return parts
