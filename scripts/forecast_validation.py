"""Will it last? Forecasts on real lists, each year by a model that saw only earlier years.

    python scripts/forecast_validation.py --data ../shared/register/dev [--relink]

Reads every gmpp_20*.csv (rows) with every gmpp_outcomes_*.csv (what the next report showed), and the US
inventory's outcomes. Prints Markdown: scores with intervals, baselines, reliability, reasons to leave, and
shares by agency.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random

from perdure.core.foresee import api as foresee
from perdure.core.foresee.forecast import validate_years
from perdure.core.foresee.values import NEAR, Outcome, Question, Score, Share, Snapshot, Tenth
from perdure.core.match.api import Kind, Record, link

Row = Mapping[str, str]
MOST_MILLIONS = 150_000
"""As in the register's mapping of these reports."""
DRAWS = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description="Score forecasts on years that the model has not seen.")
    parser.add_argument("--data", type=Path, default=Path("../shared/register/dev"))
    parser.add_argument(
        "--relink",
        action="store_true",
        help="let core.match look once more for projects that the outcome file says have left: renames count "
        "as still listed",
    )
    chosen = parser.parse_args()
    snapshots, told = gmpp(chosen.data, relink=chosen.relink)
    print(f"Major projects: {len(snapshots)} entries of {len({s.case for s in snapshots})} projects.\n")
    for question in Question:
        print_validation(snapshots, told, question)
    print_one_model(snapshots, told)
    print_reasons(told)
    print_still_listed(chosen.data)


# -- The UK's major projects ------------------------------------------------------------------------------

_Place = tuple[int, str]
"""Report year and name: nothing else tells a project in these reports."""


def gmpp(data: Path, *, relink: bool = False) -> tuple[list[Snapshot], list[Outcome]]:
    """Snapshots of all reports, keyed through renames, and what became of each."""
    rows = {(int(r["report_year"]), r["project_name"]): r for r in _read(sorted(data.glob("gmpp_20*.csv")))}
    results = _read(sorted(data.glob("gmpp_outcomes_*.csv")))
    following: dict[_Place, str | None] = {
        (int(r["report_year"]), r["project_name"]): r["next_name"] if r["in_next_report"] == "yes" else None
        for r in results
    }
    if relink:
        following |= found_again(rows, following)
    keys: dict[_Place, str] = {}
    snapshots = []
    for place in sorted(rows):
        case = keys.setdefault(place, f"{place[0]} {place[1]}")
        if (name := following.get(place)) is not None:
            keys.setdefault((place[0] + 1, name), case)
        snapshots.append(_snapshot(rows[place], case))
    derived = {(o.case, o.year): o for o in foresee.outcomes(snapshots)}
    told = [
        _outcome(keys[place], place, name, rows, derived)
        for place, name in following.items()
        if place in keys
    ]
    return snapshots, told


def _outcome(
    case: str,
    place: _Place,
    name: str | None,
    rows: Mapping[_Place, Row],
    derived: Mapping[tuple[str, int], Outcome],
) -> Outcome:
    """As the link says; two projects that went on as one are both still listed."""
    if name is None:
        known = derived.get((case, place[0]))
        return Outcome(case, place[0], still_listed=False, reason=known.reason if known else None)
    old, new = (_day(rows[p]["end_date"]) if p in rows else None for p in (place, (place[0] + 1, name)))
    return Outcome(case, place[0], still_listed=True, slip_days=(new - old).days if old and new else None)


def found_again(rows: Mapping[_Place, Row], following: Mapping[_Place, str | None]) -> dict[_Place, str]:
    """Projects without a link that core.match finds in the next report under another name."""
    taken = {(year + 1, name) for (year, _), name in following.items() if name is not None}
    found: dict[_Place, str] = {}
    for year in sorted({year for year, _ in following}):
        left, right = (
            [_record(name, row) for (y, name), row in rows.items() if y == year + step] for step in (0, 1)
        )
        for one in link(left, right):
            free = following.get((year, one.left), "") is None and (year + 1, one.right) not in taken
            if free and one.kind in {Kind.SAME, Kind.RENAMED}:
                found[year, one.left] = one.right
    return found


def _record(name: str, row: Row) -> Record:
    start, end = _day(row["start_date"]), _day(row["end_date"])
    return Record(name, name, row["department"], int(row["report_year"]), start, end, row["description"])


def _snapshot(row: Row, case: str) -> Snapshot:
    """The facts are those of the September before the report (the reports' own words)."""
    year = int(row["report_year"])
    return Snapshot(
        case,
        year,
        day=date(year - 1, 9, 30),
        title=row["project_name"],
        start=_day(row["start_date"]),
        end=_day(row["end_date"]),
        cost=_millions(row["whole_life_cost_gbpm"]),
        year_budget=_millions(row["year_budget_gbpm"]),
        year_forecast=_millions(row["year_forecast_gbpm"]),
        benefits=_millions(row["benefits_gbpm"]),
        rating=row["dca"] or row["dca_sro"],
        organisation=row["department"],
        kind=row["category"],
        text=" ".join((row["dca_commentary"], row["schedule_commentary"])).strip(),
    )


def _read(files: Iterable[Path]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows += csv.DictReader(stream)
    return rows


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _millions(text: str) -> float | None:
    """A sum; nothing above MOST_MILLIONS, which are the numerals of sentences ("Exempt under Section 43")."""
    try:
        found = float(text.replace(",", "")) if text else None
    except ValueError:
        return None
    return found if found is None or found <= MOST_MILLIONS else None


# -- Printing ---------------------------------------------------------------------------------------------


def print_validation(snapshots: Sequence[Snapshot], told: Sequence[Outcome], question: Question) -> None:
    """Scores of each year, of each tail of years, and of the rivals on the same years."""
    found = foresee.validate(snapshots, question, told=told)
    years = sorted(found.by_year)
    print(f"## {question.value}\n\n| scored | n | Brier (95 %) | AUC (95 %) |\n|---|---|---|---|")
    for year in years:
        print_score(f"{year}, learned from the years before", found.by_year[year])
    tails = [(year, validate_years(snapshots, question, told=told, first=year)) for year in years]
    for year, tail in tails:
        print_score(f"{year}-{years[-1]}, each from the years before", tail.pooled)
        for name, score in tail.baselines.items():
            print_score(f"the same years, {name}", score)
    for year, tail in tails[:2]:
        print_reliability(f"{year}-{years[-1]}", tail.pooled)


def print_one_model(snapshots: Sequence[Snapshot], told: Sequence[Outcome]) -> None:
    """Learned once from the first years, then all later years without learning again."""
    print("## One model for all later years\n\n| scored | n | Brier (95 %) | AUC (95 %) |\n|---|---|---|---|")
    for last in sorted({outcome.year for outcome in told})[1:-1]:
        known = [outcome for outcome in told if outcome.year <= last]
        model = foresee.learn(
            [s for s in snapshots if s.year <= last], Question.STILL_LISTED, told=known, slip_days=90
        )
        later = {outcome.year for outcome in told if outcome.year > last}
        said = [one for year in sorted(later) for one in foresee.forecast(model, snapshots, year)]
        print_score(f"{min(later)}-{max(later)}, learned to {last}", foresee.score_year(said, told))
    print()


def print_score(name: str, score: Score) -> None:
    area = "-" if score.auc is None else f"{score.auc:.3f} ({score.auc_low:.3f} to {score.auc_high:.3f})"
    brier = f"{score.brier:.3f} ({score.brier_low:.3f} to {score.brier_high:.3f})"
    print(f"| {name} | {score.n} | {brier} | {area} |")


def print_reliability(title: str, score: Score) -> None:
    for name, tenths in (("steps of ten points", score.tenths), ("groups of equal number", score.groups)):
        print(f"\nReliability, {title}, {name}:\n")
        print("| from to | mean forecast | happened | n |\n|---|---|---|---|")
        for tenth in tenths:
            print(
                f"| {tenth.low:.2f} to {tenth.high:.2f} | {tenth.forecast:.2f} | {in_words(tenth.observed)} "
                f"| {tenth.observed.of} |"
            )
        near = sum(tenth.near for tenth in tenths)
        print(f"\n{near} of {len(tenths)} within five points; {by_chance(tenths):.1f} if all were true.")
    print()


def by_chance(tenths: Sequence[Tenth]) -> float:
    """How many of the groups would be within five points on average, were every forecast the true chance."""
    random = Random(20)
    near = 0
    for _ in range(DRAWS):
        for tenth in tenths:
            happened = sum(random.random() < tenth.forecast for _ in range(tenth.observed.of))
            near += abs(happened / tenth.observed.of - tenth.forecast) <= NEAR
    return near / DRAWS


def in_words(share: Share) -> str:
    return "-" if share.share is None else f"{share.share:.2f} ({share.low:.2f} to {share.high:.2f})"


def print_reasons(told: Sequence[Outcome]) -> None:
    gone = Counter(outcome.reason.value for outcome in told if outcome.reason)
    print("## Why they left (weak labels)\n\n| reason | cases |\n|---|---|")
    for reason, count in gone.most_common():
        print(f"| {reason} | {count} |")
    print()


def print_still_listed(data: Path) -> None:
    rows = _read(sorted(data.glob("us_ai_outcomes_*.csv")))
    if not rows:
        return
    by_agency = foresee.shares_by_group((row["agency"], row["same_title_next_year"] == "yes") for row in rows)
    total = foresee.share(sum(row["same_title_next_year"] == "yes" for row in rows), len(rows))
    print("## US federal AI cases still listed a year later\n\n| agency | cases | listed | share (95 %) |")
    print("|---|---|---|---|")
    for name, share in [*by_agency.items(), ("all", total)]:
        print(f"| {name} | {share.of} | {share.count} | {in_words(share)} |")


if __name__ == "__main__":
    main()
