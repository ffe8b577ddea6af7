"""Will it last? Forecasts on real lists, each year by a model that saw only earlier years.

    python scripts/forecast_validation.py --data ../shared/register/dev

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

from perdure.core.foresee import api as foresee
from perdure.core.foresee.forecast import validate_years
from perdure.core.foresee.values import Outcome, Question, Score, Share, Snapshot

Row = Mapping[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description="Score forecasts on years that the model has not seen.")
    parser.add_argument("--data", type=Path, default=Path("../shared/register/dev"))
    data: Path = parser.parse_args().data
    snapshots, told = gmpp(data)
    print(f"Major projects: {len(snapshots)} entries of {len({s.case for s in snapshots})} projects.\n")
    for question in Question:
        print_validation(snapshots, told, question)
    print_reasons(snapshots)
    print_still_listed(data)


# -- The UK's major projects ------------------------------------------------------------------------------


def gmpp(data: Path) -> tuple[list[Snapshot], list[Outcome]]:
    """Snapshots of all reports, keyed through renames as the outcome files link them, and the outcomes."""
    rows = _read(sorted(data.glob("gmpp_20*.csv")))
    results = {
        (r["report_year"], r["project_name"]): r for r in _read(sorted(data.glob("gmpp_outcomes_*.csv")))
    }
    keys: dict[tuple[int, str], str] = {}
    snapshots, outcomes = [], []
    for number, row in enumerate(sorted(rows, key=lambda r: int(r["report_year"]))):
        year, name = int(row["report_year"]), row["project_name"]
        case = keys.setdefault((year, name), f"case-{number}")
        snapshots.append(_snapshot(row, case))
        result = results.get((row["report_year"], name))
        if result is None:
            continue
        listed = result["in_next_report"] == "yes"
        if listed:
            keys.setdefault((year + 1, result["next_name"]), case)
        slip = result["end_date_slip_days"]
        outcomes.append(Outcome(case, year, listed, int(float(slip)) if slip else None))
    reasons = {(o.case, o.year): o.reason for o in foresee.outcomes(snapshots)}
    told = [
        o if o.still_listed else Outcome(o.case, o.year, False, reason=reasons.get((o.case, o.year)))
        for o in outcomes
    ]
    return snapshots, told


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
        cost=_number(row["whole_life_cost_gbpm"]),
        year_budget=_number(row["year_budget_gbpm"]),
        year_forecast=_number(row["year_forecast_gbpm"]),
        benefits=_number(row["benefits_gbpm"]),
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


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "")) if text else None
    except ValueError:
        return None


# -- Printing ---------------------------------------------------------------------------------------------


def print_validation(snapshots: Sequence[Snapshot], told: Sequence[Outcome], question: Question) -> None:
    found = foresee.validate(snapshots, question, told=told)
    years = sorted(found.by_year)
    print(f"## {question.value}\n\n| scored | n | Brier (95 %) | AUC (95 %) |\n|---|---|---|---|")
    for year in years:
        print_score(f"{year}, learned from the years before", found.by_year[year])
    print_score(f"{years[0]}-{years[-1]}, all of these", found.pooled)
    for name, score in found.baselines.items():
        print_score(f"the same years, {name}", score)
    later = validate_years(snapshots, question, told=told, first=years[1]) if len(years) > 1 else found
    if later is not found:
        print_score(f"{years[1]}-{years[-1]}, two years or more to learn from", later.pooled)
        for name, score in later.baselines.items():
            print_score(f"the same years, {name}", score)
    for title, score in (
        (f"{years[0]}-{years[-1]}", found.pooled),
        (f"{years[1]}-{years[-1]}", later.pooled),
    ):
        print_tenths(title, score)


def print_score(name: str, score: Score) -> None:
    area = "-" if score.auc is None else f"{score.auc:.3f} ({score.auc_low:.3f} to {score.auc_high:.3f})"
    brier = f"{score.brier:.3f} ({score.brier_low:.3f} to {score.brier_high:.3f})"
    print(f"| {name} | {score.n} | {brier} | {area} |")


def print_tenths(title: str, score: Score) -> None:
    print(f"\nReliability, {title}:\n\n| forecast | mean forecast | happened | n |\n|---|---|---|---|")
    for tenth in score.tenths:
        print(
            f"| {tenth.low:.1f} to {tenth.high:.1f} | {tenth.forecast:.2f} | {in_words(tenth.observed)} "
            f"| {tenth.observed.of} |"
        )
    print()


def in_words(share: Share) -> str:
    return "-" if share.share is None else f"{share.share:.2f} ({share.low:.2f} to {share.high:.2f})"


def print_reasons(snapshots: Sequence[Snapshot]) -> None:
    gone = Counter(o.reason.value for o in foresee.outcomes(snapshots) if o.reason)
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
