"""The index of words on SQLite: an FTS5 table of its own, newest cases first.

`detail=none` keeps only which case has which word; `prefix` keeps beginnings of one to four letters
ready, so that the first keystrokes are as quick as whole words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from perdure.parts.register.search_words import EVERY, Query

CREATE = (
    """CREATE VIRTUAL TABLE register_words USING fts5(words, detail=none, prefix='1 2 3 4',
       tokenize='unicode61 remove_diacritics 0')""",
    "CREATE VIRTUAL TABLE register_words_seen USING fts5vocab(register_words, row)",
)
DROP = ("DROP TABLE IF EXISTS register_words_seen", "DROP TABLE IF EXISTS register_words")


def write(pairs: Sequence[tuple[int, str]]) -> None:
    """Take the words of cases into the index; a case without words is in it no more."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE register_case SET words = %s WHERE id = %s", [(w, pk) for pk, w in pairs])
    take_in(pairs)


def take_in(pairs: Sequence[tuple[int, str]]) -> None:
    """As write, when the column `words` is there already."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM register_words WHERE rowid = %s", [(pk,) for pk, _words in pairs])
        said = [pair for pair in pairs if pair[1]]
        cursor.executemany("INSERT INTO register_words(rowid, words) VALUES (%s, %s)", said)


def count(rows: Sequence[tuple[str, str, str, int]]) -> None:
    """Move totals: (word, group, value, by how many)."""
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO register_total (word, "group", value, n) VALUES (%s, %s, %s, %s)'
            " ON CONFLICT (word) DO UPDATE SET n = register_total.n + excluded.n",
            rows,
        )


def remember(words: Sequence[str]) -> None:
    """Keep these words for telling what a slip of the keyboard meant."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO register_term (term) VALUES (%s) ON CONFLICT DO NOTHING", [(word,) for word in words]
        )


def forget(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM register_words WHERE rowid = %s", [(pk,) for pk in ids])


def find(query: Query, *, most: int, before: int | None = None) -> list[int]:
    """Ids of up to `most` cases that fit, newest first; with `before`, only ids below it."""
    statement = "SELECT rowid FROM register_words WHERE register_words MATCH %s"
    values: list[object] = [_match(query)]
    if before is not None:
        statement += " AND rowid < %s"
        values.append(before)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY rowid DESC LIMIT %s", [*values, most])
        return [row[0] for row in cursor.fetchall()]


def walk(query: Query, *, step: int) -> Iterator[list[int]]:
    """Ids of every case that fits, newest first, in lists of at most `step`."""
    before: int | None = None
    while ids := find(query, most=step, before=before):
        yield ids
        before = ids[-1]


def some(query: Query, *, most: int) -> list[int]:
    """Ids of up to `most` cases that fit; here the newest."""
    return find(query, most=most)


def told(ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Id, title and words of filters of those of these cases that everybody may see."""
    listed = ", ".join(str(int(pk)) for pk in ids) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, substr(words, instr(words, %s)) FROM register_case"  # noqa: S608 numbers
            f" WHERE id IN ({listed}) AND state = 'published' AND merged_id IS NULL",
            [EVERY],
        )
        return list(cursor.fetchall())


def how_many(words: Sequence[str]) -> dict[str, int]:
    """How many cases have each of these whole words."""
    with connection.cursor() as cursor:
        found = {}
        for word in words:
            cursor.execute("SELECT doc FROM register_words_seen WHERE term = %s", [word])
            row = cursor.fetchone()
            found[word] = int(row[0]) if row else 0
        return found


def _match(query: Query) -> str:
    """Words in quotes, so that nothing typed is an operator; folding has left letters and digits only."""
    parts = [f'"{word}"*' for word in query.begins] + [f'"{word}"' for word in query.whole]
    parts += ["(" + " OR ".join(f'"{word}"' for word in words) + ")" for words in query.either]
    return " AND ".join(parts)
