"""How fast a list is read and mapped, on one processor, and in how much memory.

    python -m bench.lists --rows 1000000 [--kind xlsx]

Rows are made up: fourteen columns like those of a published inventory, dates, words and sentences among
them. Prints rows for each second of processor time (child and parent added up) and the peak memory of both.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from perdure.core.lists.api import (
    Account,
    Mapper,
    Rejected,
    load_mapping,
    load_targets,
    map_rows,
    open_list,
    write_xlsx,
)

COLUMNS = (
    "inventory_year", "use_case_id", "title", "agency", "bureau", "topic", "stage_raw", "date_initiated",
    "date_development", "date_implemented", "date_retired", "purpose", "built_by", "has_pii",
)  # fmt: skip
STAGES = ("Operation and Maintenance", "Initiated", "Retired", "Implementation and Assessment", "")
WORDS = (
    "the",
    "a",
    "service",
    "that",
    "helps",
    "people",
    "find",
    "forms",
    "records",
    "letters",
    "–",
    "‘soon’",
)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(1)
    for number in range(count):
        day = f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/{chance.randint(2000, 2024)}"
        retired = "" if number % 7 else f"{chance.randint(1, 12)}/1/2024"
        title = f"Case {number} {' '.join(chance.choices(WORDS, k=4))}"
        told = " ".join(chance.choices(WORDS, k=25))
        stage = STAGES[number % len(STAGES)]
        agency = f"Department {number % 40}"
        yield (
            "2024",
            f"C-{number}",
            title,
            agency,
            "",
            "Other",
            stage,
            day,
            day,
            "",
            retired,
            told,
            "",
            "No",
        )


def write(path: Path, count: int) -> None:
    if path.suffix == ".xlsx":
        with path.open("wb") as file:
            write_xlsx(file, COLUMNS, rows(count))
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(count))


def seconds(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def measure(path: Path) -> dict[str, float]:
    folder = resources.files("perdure.parts.register") / "mappings"
    targets = load_targets((folder / "targets.yaml").read_text(encoding="utf-8"))
    mapping = load_mapping((folder / "us_federal_ai.yaml").read_text(encoding="utf-8"))
    account, began, before = Account(), time.monotonic(), seconds(resource.RUSAGE_SELF)
    with open_list(path) as listed:
        for result in map_rows(listed.rows(), Mapper(mapping, targets, listed.about.columns)):
            account = account.with_rejected() if isinstance(result, Rejected) else account.with_added()
    child, own = seconds(resource.RUSAGE_CHILDREN), seconds(resource.RUSAGE_SELF) - before
    return {
        "rows": account.read,
        "rows_per_cpu_second": round(account.read / (child + own)),
        "read_rows_per_cpu_second": round(account.read / child),
        "map_rows_per_cpu_second": round(account.read / own),
        "rows_per_second_on_the_clock": round(account.read / (time.monotonic() - began)),
        "parent_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "child_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--kind", choices=("csv", "xlsx"), default="csv")
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{wish.kind}"
        write(path, wish.rows)
        print(json.dumps(measure(path)))


if __name__ == "__main__":
    main()
