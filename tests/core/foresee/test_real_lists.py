"""Forecasts on the published lists beside the project: later years by models that saw only earlier ones."""

from pathlib import Path

import pytest
from scripts.forecast_validation import _read, gmpp

from perdure.core.foresee.api import (
    EndReason,
    Question,
    Snapshot,
    forecast,
    learn,
    outcomes,
    share,
    shares_by_group,
)
from perdure.core.foresee.forecast import validate_years


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    folder = shared / "register" / "dev"
    if not folder.is_dir():
        pytest.skip(f"no register data at {folder}")
    return folder


@pytest.fixture(scope="module")
def projects(data: Path) -> tuple[list[Snapshot], list]:
    return gmpp(data)


def test_major_projects_of_later_years_are_forecast_better_than_by_a_table(projects):
    found = validate_years(projects[0], Question.STILL_LISTED, told=projects[1], first=2016)
    table = found.baselines["time-left-table"]

    assert found.pooled.brier < 0.116
    assert found.pooled.brier < table.brier - 0.02
    assert found.pooled.auc > 0.84
    assert found.pooled.auc > table.auc + 0.05


def test_the_newest_list_gets_a_forecast_with_its_base_and_reasons_for_every_project(projects):
    snapshots, told = projects
    found = forecast(learn(snapshots, Question.STILL_LISTED, told=told), snapshots, 2019)

    assert len(found) == sum(s.year == 2019 for s in snapshots)
    assert all(one.base.of >= 20 and one.reasons for one in found)
    assert all(sum(one.ways.values()) == pytest.approx(1 - one.probability) for one in found)


def test_most_projects_that_left_are_not_called_stopped(projects):
    reasons = [o.reason for o in outcomes(projects[0]) if not o.still_listed]

    assert reasons.count(EndReason.COMPLETED) > len(reasons) / 3
    assert reasons.count(EndReason.STOPPED) < len(reasons) / 10
    assert EndReason.UNKNOWN in reasons


def test_how_many_federal_cases_of_2023_were_listed_a_year_later(data):
    rows = _read([data / "us_ai_outcomes_2023_to_2024.csv"])
    listed = [(row["agency"], row["same_title_next_year"] == "yes") for row in rows]
    by_agency = shares_by_group(listed)

    assert sum(s.of for s in by_agency.values()) == len(rows)
    assert share(sum(yes for _, yes in listed), len(listed)).count == sum(s.count for s in by_agency.values())
    assert all(s.low <= s.share <= s.high for s in by_agency.values())
