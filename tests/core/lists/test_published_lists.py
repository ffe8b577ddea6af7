"""Lists that others publish: every row accounted for, dates and statuses right by an independent reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from tests.core.lists import published

from perdure.core.lists.api import (
    Kind,
    Mapped,
    Mapper,
    Rejected,
    TargetField,
    load_mapping,
    load_targets,
    map_rows,
    open_list,
    suggest,
)

MAPPINGS = resources.files("perdure.parts.register") / "mappings"
TARGETS = load_targets((MAPPINGS / "targets.yaml").read_text(encoding="utf-8"))
LISTS = {
    "gmpp_2014_2019.csv": "gmpp.yaml",
    "us_ai_cases_2023.csv": "us_federal_ai.yaml",
    "us_ai_cases_2024_dev.csv": "us_federal_ai.yaml",
    "service_assessments_dev.csv": "uk_service_assessments.yaml",
    "jrc_cases_dev.csv": "jrc_digital_cases.yaml",
}
Pairs = list[tuple[dict[str, str], Mapped]]


@pytest.fixture(scope="module")
def dev(shared: Path) -> Path:
    folder = shared / "register" / "dev"
    if not folder.is_dir():
        pytest.skip(f"no lists at {folder}")
    return folder


@pytest.fixture(scope="module")
def pairs(dev: Path) -> Callable[[str], Pairs]:
    """Each row as the test reads it, beside what the saved mapping made of it."""
    known: dict[str, Pairs] = {}

    def of(name: str) -> Pairs:
        if name not in known:
            with open_list(dev / name) as listed:
                mapping = load_mapping((MAPPINGS / LISTS[name]).read_text(encoding="utf-8"))
                results = list(map_rows(listed.rows(), Mapper(mapping, TARGETS, listed.about.columns)))
            source = published.rows(dev / name)
            assert len(results) == len(source)
            assert not [one for one in results if isinstance(one, Rejected)]
            known[name] = list(zip(source, results, strict=True))
        return known[name]

    return of


def share_right(found: list[tuple[Any, Any]]) -> float:
    """Which share of the pairs that say anything on either side are the same."""
    telling = [(one, two) for one, two in found if one is not None or two is not None]
    assert len(telling) > 10
    return sum(one == two for one, two in telling) / len(telling)


@pytest.mark.parametrize("name", LISTS)
def test_every_row_comes_in_under_its_own_title(pairs, name):
    for source, result in pairs(name):
        title = source.get("project_name") or source.get("title") or source["name"]
        assert title.strip().startswith(str(result.values["title"]))
        assert result.key


def test_dates_of_major_projects_are_those_of_the_iso_columns(pairs):
    rows = pairs("gmpp_2014_2019.csv")
    starts = [(published.iso(source["start_date"]), result.values.get("started")) for source, result in rows]
    ends = [(published.iso(source["end_date"]), result.values.get("planned_end")) for source, result in rows]
    assert share_right(starts) >= 0.995
    assert share_right(ends) >= 0.995


def test_dates_of_major_projects_as_printed_are_read_the_same(dev, pairs):
    """The same without the ISO columns: dd/mm/yyyy, dd.mm.yy and sentences."""
    mapping = load_mapping(
        """
        fields:
          title: {column: project_name}
          started: {column: start_raw, date: {order: day_first}}
          planned_end: {column: end_raw, date: {order: day_first}}
        """
    )
    with open_list(dev / "gmpp_2014_2019.csv") as listed:
        mapper = Mapper(mapping, TARGETS, listed.about.columns)
        results = [mapper.apply(row) for row in listed.rows()]
    source = published.rows(dev / "gmpp_2014_2019.csv")
    for raw, iso, field in (("start_raw", "start_date", "started"), ("end_raw", "end_date", "planned_end")):
        by_iso = [
            (published.iso(row[iso]), one.values.get(field)) for row, one in zip(source, results, strict=True)
        ]
        by_raw = [
            (published.gmpp_raw(row[raw]), one.values.get(field))
            for row, one in zip(source, results, strict=True)
        ]
        assert share_right(by_iso) >= 0.995
        assert share_right(by_raw) >= 0.995
        for row, one in zip(source, results, strict=True):
            assert field in one.values or one.raw.get(field, "") == row[raw]


@pytest.mark.parametrize(("column", "field"), [("date_initiated", "started"), ("date_retired", "ended")])
def test_dates_of_federal_cases(pairs, column, field):
    rows = pairs("us_ai_cases_2024_dev.csv")
    assert (
        share_right(
            [(published.american(source[column]), result.values.get(field)) for source, result in rows]
        )
        >= 0.995
    )
    for source, result in rows:
        cell = source[column].strip()
        assert (
            field in result.values
            or cell in {"", "N/A", "NA", "Unknown"}
            or result.raw[field] == source[column]
        )


@pytest.mark.parametrize("column", ["date_initiated", "date_development", "date_implemented", "date_retired"])
def test_every_date_column_of_federal_cases_is_read_by_what_is_suggested_for_it(dev, column):
    name = "us_ai_cases_2024_dev.csv"
    wanted = [target for target in TARGETS if target.name == "title"]
    wanted.append(TargetField("day", column, Kind.DATE))
    with open_list(dev / name) as listed:
        found = suggest(listed.about.columns, listed.sample(), wanted)
        mapper = Mapper(found.mapping, wanted, listed.about.columns)
        days = [mapper.apply(row).values.get("day") for row in listed.rows()]
    assert any("month comes first" in sentence for sentence in found.told)
    expected = [published.american(row[column]) for row in published.rows(dev / name)]
    assert share_right(list(zip(expected, days, strict=True))) >= 0.995


def test_dates_of_assessments(pairs):
    rows = pairs("service_assessments_dev.csv")
    assert (
        share_right(
            [(published.british(source["date"]), result.values.get("assessed_on")) for source, result in rows]
        )
        >= 0.995
    )


def test_dates_of_european_cases_and_their_filler(pairs):
    rows = pairs("jrc_cases_dev.csv")
    assert (
        share_right(
            [
                (published.jrc_start(source["start_date"]), result.values.get("started"))
                for source, result in rows
            ]
        )
        >= 0.995
    )
    assert all(date(2021, 1, 1) != result.values.get("started") for _, result in rows)
    assert all(result.precision["started"] == "year" for _, result in rows if "started" in result.values)


@pytest.mark.parametrize("name", ["us_ai_cases_2023.csv", "us_ai_cases_2024_dev.csv"])
def test_statuses_of_federal_cases(pairs, name):
    found = [
        (published.federal_status(source["stage_raw"].strip()), result.values.get("status"))
        for source, result in pairs(name)
    ]
    assert share_right(found) >= 0.995


def test_statuses_of_european_cases(pairs):
    rows = pairs("jrc_cases_dev.csv")
    expected = [published.jrc_status(source["active"], source["status"]) for source, _ in rows]
    assert (
        share_right(list(zip(expected, (result.values.get("status") for _, result in rows), strict=True)))
        == 1.0
    )


def test_outcomes_of_assessments_first_and_later(pairs):
    for column, field in (("result", "outcome"), ("re_result", "outcome_later")):
        found = [
            (published.outcome(source[column]), one.values.get(field))
            for source, one in pairs("service_assessments_dev.csv")
        ]
        assert share_right(found) == 1.0


def test_numerals_of_exemptions_are_not_taken_for_sums(pairs):
    """Section 43 of an act of 2000 was printed as 432000.00 where a sum in millions should stand."""
    for source, result in pairs("gmpp_2014_2019.csv"):
        text = source["whole_life_cost_gbpm"]
        if "cost" in result.values:
            assert abs(result.values["cost"]) < 150_000_000_000
            assert float(result.values["cost"]) == pytest.approx(float(text) * 1e6)
        elif text:
            assert text.endswith("2000.00")
            assert result.raw["cost"] == text


def test_ratings_are_the_five_of_the_scale_or_empty(pairs):
    ratings = {result.values.get("rating") for _, result in pairs("gmpp_2014_2019.csv")}
    assert ratings == {"Green", "Amber/Green", "Amber", "Amber/Red", "Red", "Reset", None}


@pytest.mark.parametrize("name", LISTS)
def test_what_is_suggested_without_a_mapping_finds_the_main_columns(dev, name):
    """Not only the saved mappings work: the suggestion has the title, the organisation and the key right."""
    with open_list(dev / name) as listed:
        found = suggest(listed.about.columns, listed.sample(), TARGETS)
        saved = load_mapping((MAPPINGS / LISTS[name]).read_text(encoding="utf-8"))
        for field in ("title", "organisation", "summary"):
            assert found.mapping.fields[field][0].columns == saved.fields[field][0].columns
        results = list(map_rows(listed.rows(), Mapper(found.mapping, TARGETS, listed.about.columns)))
    assert len(results) == listed.about.rows
    assert not [one for one in results if isinstance(one, Rejected)]


def test_a_saved_mapping_fits_no_list_but_its_own(dev):
    from perdure.core.lists.api import check_mapping

    for name, own in LISTS.items():
        columns = list(published.rows(dev / name)[0])
        for other in set(LISTS.values()):
            mapping = load_mapping((MAPPINGS / other).read_text(encoding="utf-8"))
            assert check_mapping(mapping, TARGETS, columns).fits == (other == own)
