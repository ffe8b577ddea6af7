"""Whole lists through splink on DuckDB: which pairs to look at, and how alike each is.

Only this module and `training` import splink. What comes out is the level of every comparison, so that the
weight of a pair is added up in one place (`weights`), for lists and for a single case alike.
"""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from itertools import islice
from math import exp
from typing import Any

from perdure.core.match.knowledge import Knowledge
from perdure.core.match.levels import COMPARISONS
from perdure.core.match.prepare import IN_COMMON, SIZE, Ready, block_keys, made_ready
from perdure.core.match.values import Record
from perdure.core.match.weights import Weights, logistic

# A key that more records share than this says little; its pairs are found by rarer keys or not at all.
_BIGGEST_BLOCK = 60
_MOST_PAIRS = 6_000_000
_AT_ONCE = 10_000  # records
_MEMORY = "1500MB"
_PRINTS = frozenset({"terms", "terms_all", "words"})
_TYPES = {
    "names": "VARCHAR[]", "initials": "VARCHAR[]", "numbers": "VARCHAR[]", "series": "VARCHAR[]",
    "org_forms": "VARCHAR[]", "org_became": "VARCHAR[]", "blocks": "VARCHAR[]",
    "terms": "BLOB::BIT", "terms_all": "BLOB::BIT", "words": "BLOB::BIT", "terms_size": "BIGINT",
    "terms_all_size": "BIGINT", "words_size": "BIGINT", "first_day": "BIGINT", "last_day": "BIGINT",
    "unique_id": "BIGINT", "first_telling": "BOOLEAN",
}  # fmt: skip


@contextmanager
def duck() -> Iterator[Any]:
    """A DuckDB in memory that goes to disk before it takes more than its share."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="perdure-match-") as folder:
        connection = duckdb.connect(
            ":memory:", config={"memory_limit": _MEMORY, "temp_directory": folder, "threads": 2}
        )
        try:
            connection.execute(IN_COMMON)
            yield connection
        finally:
            connection.close()


def settings(link_type: str, weights: Weights | None = None) -> dict[str, Any]:
    """Our comparisons as splink wants them.

    With weights, splink's match probability is ours: m and u are chosen so that their ratio is the level's
    share of the odds, fitted factor and all.
    """
    return {
        "link_type": link_type,
        "unique_id_column_name": "unique_id",
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_levels": [_level(comparison.name, level, weights) for level in comparison.levels],
            }
            for comparison in COMPARISONS
        ],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.blocks = r.blocks", "arrays_to_explode": ["blocks"], "sql_dialect": "duckdb"}
        ],
        "probability_two_random_records_match": logistic(weights.shift) if weights else 0.003,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "max_iterations": 60,
    }


def _level(name: str, level: Any, weights: Weights | None) -> dict[str, Any]:
    said: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.code}
    if level.empty:
        said["is_null_level"] = True
    elif weights is not None:
        odds = exp(weights.factors.get(name, 0.0) * weights.bits(level.code))
        said["m_probability"], said["u_probability"] = (0.9, 0.9 / odds) if odds > 1 else (0.9 * odds, 0.9)
    return said


def table(connection: Any, name: str, ready: Iterable[Ready], blocks: Iterable[Sequence[str]]) -> None:
    """Write the records as a DuckDB table, some at a time; unique_id is the place in the list."""
    import pandas as pd  # type: ignore[import-untyped]

    rows = enumerate(zip(ready, blocks, strict=True))
    names = [field.name for field in fields(Ready)]
    wanted = ", ".join(f"{c}::{_TYPES.get(c, 'VARCHAR')} as {c}" for c in ("unique_id", *names, "blocks"))
    verb = f"create table {name} as"
    while some := list(islice(rows, _AT_ONCE)):
        columns = {n: [_plain(n, getattr(one, n)) for _, (one, _) in some] for n in names}
        places, keys = [place for place, _ in some], [sorted(set(keys)) for _, (_, keys) in some]
        frame = pd.DataFrame({"unique_id": places, **columns, "blocks": keys}, dtype=object)
        connection.register("frame_in", frame)
        connection.execute(f"{verb} select {wanted} from frame_in")  # noqa: S608
        connection.unregister("frame_in")
        verb = f"insert into {name}"


def _plain(name: str, value: Any) -> Any:
    if name in _PRINTS:
        return value.to_bytes(SIZE // 8, "big")
    return sorted(value) if isinstance(value, (frozenset, tuple)) else value


def shared_blocks(keys: Sequence[Sequence[str]], other: Sequence[Sequence[str]] = ()) -> set[str]:
    """Keys worth comparing by: shared, and by few enough; never more pairs in all than the machine bears."""
    first = Counter(key for some in keys for key in set(some))
    second = Counter(key for some in other for key in set(some)) if other else first
    pairs = {
        key: count * second[key] for key, count in first.items() if key in second and (other or count > 1)
    }
    kept, total = set(), 0
    for key, count in sorted(pairs.items(), key=lambda item: (item[1], item[0])):
        total += count if other else count // 2
        if count > _BIGGEST_BLOCK**2 or total > _MOST_PAIRS:
            break
        kept.add(key)
    return kept


def compared(
    left: Sequence[Record], right: Sequence[Record], knowledge: Knowledge, weights: Weights, at_least: float
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Pairs of two lists (or of one, when `right` is empty) that may be one thing.

    Yields the places in the lists and, per comparison, the code of the level that holds.
    """
    from splink import DuckDBAPI, Linker

    lists = [left, right] if right else [left]
    keys = [[block_keys(r, knowledge) for r in records] for records in lists]
    kept = shared_blocks(*keys)
    with duck() as connection, quiet():
        api = DuckDBAPI(connection)
        frames = []
        for number, records in enumerate(lists):
            blocks = ([k for k in some if k in kept] for some in keys[number])
            table(connection, f"list_{number}", (made_ready(r, knowledge) for r in records), blocks)
            frames.append(api.register(f"list_{number}", dataset_display_name=f"list_{number}"))
        linker = Linker(
            frames if right else frames[0],
            settings("link_only" if right else "dedupe_only", weights),
            log_level=None,
            validate_settings=False,
        )
        found = linker.inference.predict(threshold_match_probability=at_least or None, warning_mode="never")
        yield from _rows(connection, found.physical_name)


def _rows(connection: Any, name: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    gammas = ", ".join(f"gamma_{c.name}" for c in COMPARISONS)
    cursor = connection.execute(
        f"select unique_id_l, unique_id_r, {gammas} from {name} order by 1, 2"  # noqa: S608
    )
    codes = [level_codes(c.name) for c in COMPARISONS]
    while some := cursor.fetchmany(10_000):
        for first, second, *values in some:
            yield (
                first,
                second,
                {c.name: codes[i][values[i]] for i, c in enumerate(COMPARISONS)},
            )


def level_codes(name: str) -> dict[int, str]:
    """splink's number of a level to our code: -1 when there is nothing to compare, else from 0 upwards."""
    comparison = next(c for c in COMPARISONS if c.name == name)
    rising = [level.code for level in reversed(comparison.levels) if not level.empty]
    empty = next((level.code for level in comparison.levels if level.empty), "")
    return {-1: empty, **dict(enumerate(rising))}


@contextmanager
def quiet() -> Iterator[None]:
    """splink talks on its logger; nobody listens here."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
