"""Found by years: what began, and what is known to have run, in a year or from one to another."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from perdure.parts.register import search
from perdure.parts.register.models import Case, Total
from perdure.parts.register.models_following import Answer
from perdure.parts.register.search_index import index_again, recount, vendor
from perdure.parts.register.search_years import Years, between, running_by_year, years_of
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db


@pytest.fixture
def four(case_of):
    """Ran 2010 to 2014; runs since 2012, last listed in 2020; planned for 2019; ended some day."""
    case_of("Old", started=date(2010, 5, 1), ended=date(2014, 1, 1), status="ended")
    case_of("Long", started=date(2012, 1, 1), first_listed=2013, last_listed=2020, status="running")
    case_of("Planned", started=date(2019, 1, 1), status="planned")
    case_of("Gone", started=date(2011, 1, 1), first_listed=2011, last_listed=2016, status="ended")


def found(**filters):
    page = search.find(CaseFilters(**filters))
    assert page.total == len(page.rows)
    return sorted(row.title for row in page.rows)


def counts(group, **filters):
    facets = search.find(CaseFilters(**filters)).facets
    return {one.value: one.n for facet in facets if facet.group == group for one in facet.values if one.n}


@pytest.mark.parametrize(
    ("year", "titles"),
    [
        ("2012", ["Long"]),
        ("2010-2012", ["Gone", "Long", "Old"]),
        ("2012-", ["Long", "Planned"]),
        ("-2011", ["Gone", "Old"]),
        ("2013-2018", []),
        ("2012-2010", ["Gone", "Long", "Old"]),
    ],
)
def test_what_began_in_a_year_or_from_one_to_another(four, year, titles):
    assert found(year=year) == titles


@pytest.mark.parametrize(
    ("running", "titles"),
    [
        ("2010", ["Old"]),
        ("2013", ["Long", "Old"]),
        ("2015", ["Long"]),
        ("2020", ["Long"]),
        ("2021", []),
        ("2014-2019", ["Long", "Old"]),
        ("-2011", ["Gone", "Old"]),
        ("2015-", ["Long"]),
    ],
)
def test_what_is_known_to_have_run_and_nothing_that_is_only_planned_or_guessed(four, running, titles):
    assert found(running=running) == titles


def test_years_go_with_words_and_other_filters(four):
    assert found(text="lon", year="2010-2015", running="2018", status="running") == ["Long"]
    assert found(text="old", running="2018") == []


def test_each_year_has_its_count_of_all_cases_and_of_those_that_are_found(four):
    began = {"2010": 1, "2011": 1, "2012": 1, "2019": 1}
    assert counts("year") == began
    ran = {"2010": 1, "2011": 2, "2012": 2, "2013": 2, "2014": 2} | {str(y): 1 for y in range(2015, 2021)}
    assert counts("running") == ran
    assert counts("running", text="old") == {str(year): 1 for year in range(2010, 2015)}
    for year, n in ran.items():
        assert len(found(running=year)) == n


def test_an_owner_who_answers_that_it_runs_makes_it_run_in_that_year(case_of):
    case = case_of("Bus", started=date(2015, 1, 1), status="running", first_listed=2015, last_listed=2016)
    assert found(running="2022") == []
    Answer.objects.create(case=case, says="running", by="kim", at=datetime(2023, 2, 1, tzinfo=UTC))
    search.index_cases([case.pk])
    assert found(running="2022") == ["Bus"]
    assert recount() == {}


def test_with_many_cases_the_number_is_still_exact(four, monkeypatch):
    monkeypatch.setattr(search, "MOST", 1)
    assert search.find(CaseFilters(year="2010-2012")).total == 3
    assert search.find(CaseFilters(running="2013-2015")).total == 2
    assert Total.objects.filter(group="ran_to").exists()


def test_the_form_has_both_boxes_with_counts_and_works_without_javascript(four):
    page = Client().get("/register/?year_from=2010&year_to=2012&running_from=2015").content.decode()
    assert "1 case" in page
    assert "Long" in page
    assert "2010 to 2012" in page
    assert "from 2015" in page
    assert '<option value="2012" selected>2012 (1)</option>' in page
    assert "year=2010-2012" in page.replace("&amp;", "&")  # the address to share names the years in one word


def test_other_programs_ask_for_the_same_years(four):
    told = json.loads(Client().get("/register/api/cases/?running=2014-2019").content)
    assert sorted(case["title"] for case in told["cases"]) == ["Long", "Old"]
    feed = json.loads(Client().get("/register/feed.json?year=-2011").content)
    assert sorted(item["title"] for item in feed["items"]) == ["Gone", "Old"]
    table = b"".join(Client().get("/register/cases.csv?year=2012-").streaming_content).decode()
    assert table.count("\r\n") == 3


@pytest.mark.parametrize("nonsense", ["abc", "12", "2015--2016", "20152016", "-", "9999999999", "2015-abcd"])
def test_nonsense_finds_nothing_and_breaks_nothing(four, nonsense):
    for name in ("year", "running"):
        assert Client().get("/register/", {name: nonsense}).status_code == 200
        assert found(**{name: nonsense}) == []


def test_years_are_read_and_written():
    assert years_of("2015–2018") == Years(2015, 2018)
    assert years_of("0001-9999") == Years(1900, 2100)
    assert [between("2015", ""), between("", "2018"), between("2018", "2015"), between("", "")] == [
        "2015-",
        "-2018",
        "2015-2018",
        "",
    ]
    assert between("2015", "2015") == "2015"
    assert running_by_year({2001: 2, 2003: 1}, {2001: 1, 2003: 2}) == {"2001": 2, "2002": 1, "2003": 2}


def test_cases_that_came_in_before_years_could_be_asked_for_are_found_once_they_are_read_anew(four):
    told: list[tuple[int, int]] = []
    without_years = Case.objects.filter(title__in=["Long", "Old"])
    vendor().write([(case.pk, case.words.partition(" ")[0]) for case in without_years])
    assert found(running="2013") == []
    assert index_again(report=lambda done, total: told.append((done, total)))[0] == 4
    assert found(running="2013") == ["Long", "Old"]
    assert told == [(4, 4)]
    assert recount() == {}
    assert index_again(report=lambda *_: None) == (4, 0)
