"""How well links between lists are found, on real lists beside the project.

    python scripts/linking_validation.py --data ../shared/register/dev            figures for docs/reference/figures.md
    python scripts/linking_validation.py --data ../shared/register/dev --train    learn src/perdure/core/match/weights.json
    python scripts/linking_validation.py --scale 100000                           time and memory on generated records

Truth for the major projects is `in_next_report` and `next_name` of the outcomes file. It was itself made by a
rule on names, so where we disagree a person has judged (tests/core/match/judgements).
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from perdure.core.match.api import Link, Record, duplicates, link  # noqa: E402

WEIGHTS = ROOT / "src" / "perdure" / "core" / "match" / "weights.json"
JUDGEMENTS = ROOT / "tests" / "core" / "match" / "judgements"
YEARS = range(2014, 2019)
Truth = set[tuple[str, str]]


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV as UTF-8, or cp1252 where it is not (bytes that have no place there are replaced)."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return list(csv.DictReader(io.StringIO(text)))


def day(text: str) -> date | None:
    """A date from ISO, m/d/yyyy or m/yyyy; None for anything else."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    found = re.fullmatch(r"(\d{1,2})/(?:(\d{1,2})/)?(\d{4})", text)
    try:
        return date(int(found[3]), int(found[1]), int(found[2] or 1)) if found else None
    except ValueError:
        return None


def projects(folder: Path) -> dict[int, list[Record]]:
    """The major projects of each report year; the key is the line in the file."""
    lists: dict[int, list[Record]] = {}
    for line, row in enumerate(rows(folder / "gmpp_2014_2019.csv"), start=2):
        name, year = row["project_name"], int(row["report_year"])
        if name.startswith("Unnamed:"):
            continue
        lists.setdefault(year, []).append(
            Record(
                key=str(line),
                title=name,
                organisation=row["department"],
                year=year,
                start=day(row["start_date"]),
                end=day(row["end_date"]),
                description=row["description"],
            )
        )
    return lists


def known_links(folder: Path) -> dict[int, Truth]:
    """Links as derived by whoever made the outcomes file, by name; as keys of `projects`."""
    key = {(r.year, r.title): r.key for records in projects(folder).values() for r in records}
    links: dict[int, Truth] = {year: set() for year in YEARS}
    for row in rows(folder / "gmpp_outcomes_2014_2018.csv"):
        year = int(row["report_year"])
        if row["in_next_report"] == "yes":
            links[year].add((key[year, row["project_name"]], key[year + 1, row["next_name"]]))
    return links


def cases(path: Path, year: int) -> list[Record]:
    return [
        Record(
            key=str(number),
            title=row["title"],
            organisation=row["agency"],
            year=year,
            start=day(row["date_initiated"]),
            description=row["purpose"],
        )
        for number, row in enumerate(rows(path), start=2)
    ]


def train(folder: Path, years: Iterable[int], out: Path | None) -> None:
    """Learn words and weights from all lists, fit the probability on the projects of these years."""
    from perdure.core.match import weights as shelf
    from perdure.core.match.training import Labelled, fit_probability, learn, learn_words

    lists, truth = projects(folder), known_links(folder)
    old, new = cases(folder / "us_ai_cases_2023.csv", 2023), cases(folder / "us_ai_cases_2024_dev.csv", 2024)
    words = learn_words([*lists.values(), old, new])
    years = list(years)
    pairs = [(lists[y], lists[y + 1]) for y in years]
    learnt = learn([*pairs, (old, new)], words)
    labelled = []
    for year in years:
        left = {r.key: i for i, r in enumerate(lists[year])}
        right = {r.key: i for i, r in enumerate(lists[year + 1])}
        yes, aside = ({(left[a], right[b]) for a, b in some} for some in corrected(truth[year], year))
        labelled.append(Labelled(lists[year], lists[year + 1], yes, aside))
    fitted = fit_probability(learnt, labelled, words)
    for code, (m, u) in fitted.chances.items():
        print(f"{code:26} m {m:.4f}  u {u:.6f}  bits {fitted.bits(code):6.2f}")
    print({name: round(factor, 3) for name, factor in fitted.factors.items()}, f"shift {fitted.shift:.3f}")
    if out:
        out.write_text(shelf.as_json(fitted, words), encoding="utf-8")


def corrected(truth: Truth, year: int) -> tuple[Truth, Truth]:
    """The derived truth as a person corrected it, and pairs that count neither way.

    Those are things that went on in part of another, or in several.
    """
    changed, aside = set(truth), set()
    for row in judgements("projects.csv"):
        if int(row["year"]) != year:
            continue
        pair = (row["left"], row["right"])
        changed.discard(pair)
        if row["verdict"] == "yes":
            changed.add(pair)
        elif row["verdict"] == "part":
            aside.add(pair)
    return changed, aside


def judgements(name: str) -> list[dict[str, str]]:
    path = JUDGEMENTS / name
    return rows(path) if path.exists() else []


if __name__ == "__main__":
    train(Path(sys.argv[1]), YEARS, WEIGHTS)
