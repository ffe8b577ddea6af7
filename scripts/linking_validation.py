"""How well links between lists are found, on real lists beside the project.

    python scripts/linking_validation.py --data ../shared/register/dev            the figures
    python scripts/linking_validation.py --data ../shared/register/dev --train    learn the weights shipped
    python scripts/linking_validation.py --scale 100000                           time and memory

Truth for the major projects is `in_next_report` and `next_name` of the outcomes file ("derived"). It was
itself made by a rule on names, so where we disagreed one of us judged (tests/core/match/judgements), knowing
what we had answered: "corrected" is no independent measure, and precision on it is flattered.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from perdure.core.match.api import Kind, Knowledge, Link, Record, duplicates, link  # noqa: E402
from perdure.core.match.linking import link_lists  # noqa: E402
from perdure.core.match.training import Labelled, fit_probability, learn, learn_words  # noqa: E402
from perdure.core.match.weights import Weights, as_json  # noqa: E402

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


def words_of(folder: Path, years: Iterable[int], with_cases: bool = True) -> Knowledge:
    lists = projects(folder)
    some = [lists[year] for year in sorted({y + step for y in years for step in (0, 1)})]
    return learn_words([*some, *(ai_lists(folder) if with_cases else ())])


def ai_lists(folder: Path) -> tuple[list[Record], list[Record]]:
    return cases(folder / "us_ai_cases_2023.csv", 2023), cases(folder / "us_ai_cases_2024_dev.csv", 2024)


def learnt(folder: Path, years: Iterable[int], with_cases: bool = True, judged: bool = True) -> Weights:
    """Weights from the lists of these years (no labels), the factors fitted on their known links."""
    lists, truth, years = projects(folder), known_links(folder), list(years)
    words = words_of(folder, years, with_cases)
    pairs = [(lists[year], lists[year + 1]) for year in years]
    weights = learn([*pairs, *([ai_lists(folder)] if with_cases else ())], words)
    labelled = []
    for year in years:
        left = {r.key: i for i, r in enumerate(lists[year])}
        right = {r.key: i for i, r in enumerate(lists[year + 1])}
        known = corrected(truth[year], year) if judged else (truth[year], set())
        yes, aside = ({(left[a], right[b]) for a, b in some} for some in known)
        labelled.append(Labelled(lists[year], lists[year + 1], yes, aside))
    return fit_probability(weights, labelled, words)


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


Links = list[Link]
Scale = tuple[Weights, Knowledge]


def found_by_year(folder: Path, years: Iterable[int], scale: Scale | None = None) -> dict[int, Links]:
    lists = projects(folder)
    return {
        year: link_lists(lists[year], lists[year + 1], at_least=0.05, progress=lambda _: None, scale=scale)
        for year in years
    }


def score(found: dict[int, Links], truth: dict[int, Truth], aside: dict[int, Truth]) -> tuple[int, int, int]:
    """Right, wrong and missed links at probability 0.5, over the years."""
    right = wrong = missed = 0
    for year, links in found.items():
        pairs = {(one.left, one.right) for one in links if one.probability >= 0.5} - aside.get(year, set())
        known = truth[year] - aside.get(year, set())
        right, wrong, missed = (
            right + len(pairs & known),
            wrong + len(pairs - known),
            missed + len(known - pairs),
        )
    return right, wrong, missed


def said(name: str, counts: tuple[int, int, int]) -> str:
    right, wrong, missed = counts
    precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
    f1 = 2 * right / (2 * right + wrong + missed)
    counted = f"right {right:4} wrong {wrong:3} missed {missed:3}"
    return f"{name:44} {counted}  P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def report_projects(folder: Path) -> None:
    """As shipped on all years and by year; then learnt on two pairs of years and tried on the rest."""
    derived = known_links(folder)
    both = {year: corrected(derived[year], year) for year in YEARS}
    yes, aside = {y: b[0] for y, b in both.items()}, {y: b[1] for y, b in both.items()}
    shipped_links = found_by_year(folder, YEARS)
    print("Major projects, weights as shipped (learnt on these same years)")
    print(said("  truth as derived", score(shipped_links, derived, {})))
    print(said("  truth as corrected", score(shipped_links, yes, aside)))
    for year in YEARS:
        print(said(f"    {year}-{year + 1}, as derived", score({year: shipped_links[year]}, derived, {})))
    titles = {y: {(r.title, r.key) for r in records} for y, records in projects(folder).items()}
    exact = {y: {(a, b) for t, a in titles[y] for u, b in titles[y + 1] if t == u} for y in YEARS}
    plain = {y: [Link(a, b, 1.0, Kind.SAME) for a, b in pairs] for y, pairs in exact.items()}
    print(said("  same title only, truth as derived", score(plain, derived, {})))
    print(said("  same title only, truth as corrected", score(plain, yes, aside)))
    linked = sum(
        one.probability >= 0.5 and (one.left, one.right) in aside[year]
        for year, links in shipped_links.items()
        for one in links
    )
    print(
        f"  set aside in the corrected truth: {sum(map(len, aside.values()))} pairs, {linked} of them linked"
    )
    early, late = YEARS[:2], YEARS[2:]
    for judged in (False, True):
        weights = learnt(folder, early, with_cases=False, judged=judged)
        later = found_by_year(folder, late, (weights, words_of(folder, early, with_cases=False)))
        fitted = "corrected" if judged else "derived"
        print(f"Words, weights and factors learnt on 2014-2016 ({fitted} truth), tried on 2016-2019")
        print(said("  truth as derived", score(later, derived, {})))
        calibration(later, derived, {})
        print(said("  truth as corrected", score(later, yes, aside)))
        calibration(later, yes, aside)


def calibration(found: dict[int, Links], truth: dict[int, Truth], aside: dict[int, Truth]) -> None:
    pairs = [
        (one.probability, (one.left, one.right) in truth[year])
        for year, links in found.items()
        for one in links
        if (one.left, one.right) not in aside.get(year, set())
    ]
    print(f"  of {len(pairs)} links given, by probability: mean probability, share right")
    for low, high in ((0.05, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.01)):
        some = [(p, ok) for p, ok in pairs if low <= p < high]
        if some:
            mean, share = sum(p for p, _ in some) / len(some), sum(ok for _, ok in some) / len(some)
            print(f"    {low:.2f} to {min(high, 1):.2f}: {len(some):4} links, {mean:.3f}, {share:.3f}")
    print(f"  Brier {sum((p - ok) ** 2 for p, ok in pairs) / len(pairs):.4f}")


def report_cases(folder: Path) -> None:
    """US federal AI cases: what the same title finds, what we find besides, and what a person said of it."""
    old, new = ai_lists(folder)
    first, second = {r.key: r for r in old}, {r.key: r for r in new}
    links = link(old, new, at_least=0.05)
    plain = {(r.organisation, r.title.strip().casefold()) for r in new}
    same = [r for r in old if (r.organisation, r.title.strip().casefold()) in plain]
    taken = {one.left for one in links if one.probability >= 0.5}
    extra = [one for one in links if not _same_title(first[one.left], second[one.right])]
    sure = [one for one in extra if one.probability >= 0.5]
    verdict = {(row["left"], row["right"]): row["verdict"] for row in judgements("ai_cases.csv")}
    print("US AI cases 2023 to 2024 (the agencies of the dev part)")
    print(
        f"  same agency and title in 2024: {len(same)}, of these linked: {sum(r.key in taken for r in same)}"
    )
    print(f"  links besides: {len(sure)}; judged: {_counted(sure, verdict)}")
    less = [one for one in extra if one.probability < 0.5]
    print(f"  in the queue below 0.5: {len(less)}; judged: {_counted(less, verdict)}")


def report_duplicates(folder: Path) -> None:
    """Pairs within one list; nobody has judged them all, so only what can be counted is printed."""
    for name, records in zip(("US AI cases 2023", "US AI cases 2024"), ai_lists(folder), strict=True):
        by_key = {r.key: r for r in records}
        links = duplicates(records)
        same = sum(_same_title(by_key[one.left], by_key[one.right]) for one in links)
        print(f"Duplicates within {name}: {len(links)} pairs, {same} of them of the same agency and title")


def _counted(links: Links, verdict: dict[tuple[str, str], str]) -> dict[str, int]:
    return dict(Counter(verdict.get((one.left, one.right), "not judged") for one in links))


def _same_title(one: Record, other: Record) -> bool:
    return (one.organisation, one.title.strip().casefold()) == (
        other.organisation,
        other.title.strip().casefold(),
    )


def report_scale(count: int) -> None:
    """Duplicates among generated records: one in ten stands twice, retyped and reworded."""
    records, truth = generated(count)
    began, busy = time.perf_counter(), time.process_time()
    links = duplicates(records)
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    found = {(one.left, one.right) for one in links}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(said(f"{count} records", (len(found & truth), len(found - truth), len(truth - found))))
    print(f"  {seconds:.0f} s by the clock, {cpu:.0f} s of processor, peak {memory:.0f} MiB with the records")


def generated(count: int, seed: int = 7) -> tuple[list[Record], Truth]:
    rng = random.Random(seed)
    syllables = [a + b for a in "bdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "or", "is")]
    words = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(6000)]
    # as in a language: few words often, most seldom
    often = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    offices = ["Office of " + word.title() for word in words[:300]]
    records: list[Record] = []
    truth: Truth = set()
    for number in range(count * 10 // 11):
        start = date(2000, 1, 1) + timedelta(days=rng.randint(0, 9000))
        title = " ".join(rng.choices(words, cum_weights=often, k=rng.randint(3, 7)))
        told = rng.choices(words, cum_weights=often, k=30)
        one = Record(str(number), title, rng.choice(offices), 2020, start, None, " ".join(told))
        records.append(one)
        if number % 10 == 0:
            place = rng.randrange(2, len(title) - 1)
            typed = title[: place - 1] + title[place] + title[place - 1] + title[place + 1 :]
            told[::4] = rng.choices(words, cum_weights=often, k=len(told[::4]))
            records.append(replace(one, key=f"{number}x", title=typed, description=" ".join(told)))
            truth.add((one.key, f"{number}x"))
    return records, truth


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="folder with the register lists")
    asked.add_argument("--train", action="store_true", help="learn the weights and write them")
    asked.add_argument("--scale", type=int, help="time duplicates among so many generated records")
    told = asked.parse_args()
    if told.data and told.train:
        WEIGHTS.write_text(as_json(learnt(told.data, YEARS), words_of(told.data, YEARS)), encoding="utf-8")
    elif told.data:
        report_projects(told.data)
        report_cases(told.data)
        report_duplicates(told.data)
    if told.scale:
        report_scale(told.scale)


if __name__ == "__main__":
    main()
