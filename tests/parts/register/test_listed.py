"""Still listed a year later, with intervals; failed first and passed later; by page, file and program."""

from __future__ import annotations

import pytest
from django.test import Client

from perdure.parts.register import linking
from perdure.parts.register.errors import ListNotFound
from perdure.parts.register.listed import NoLaterList, passed_later, still_listed
from perdure.parts.register.models import Link

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_years(case_of, snapshot_of, list_of):
    """Parks: two of three are still listed; Roads: its one is not; Seas: not named in the later list."""
    source = list_of("trees", title="Trees")

    def listed(title, organisation, *years):
        case = case_of(title, source=source, key=title, organisation=organisation, last_listed=years[-1])
        for year in years:
            snapshot_of(case, year, title=title, organisation=organisation, key=title)
        return case

    return {
        "a": listed("A", "Parks", 2023, 2024),
        "b": listed("B", "Parks", 2023, 2024),
        "c": listed("C", "Parks", 2023),
        "d": listed("D", "Roads", 2023),
        "e": listed("E", "Roads", 2024),
        "f": listed("F", "Seas", 2023),
    }


def by_name(found):
    return {row.organisation: (row.share.count, row.share.of) for row in found.rows}


def test_each_organisation_has_its_share_with_an_interval(two_years):
    found = still_listed("trees", 2023)
    assert (found.year, found.later) == (2023, 2024)
    assert by_name(found) == {"Parks": (2, 3), "Roads": (0, 1)}
    assert (found.all.share.count, found.all.share.of) == (2, 4)
    parks = found.rows[0].share
    assert (round(parks.low, 3), round(parks.high, 3)) == (0.208, 0.939)  # Wilson, worked out by hand


def test_an_organisation_that_the_later_list_does_not_name_is_left_out_and_told(two_years):
    found = still_listed("trees", 2023)
    assert found.absent == (("Seas", 1),)
    assert found.left_out == 1


def test_a_case_that_may_go_on_under_another_name_is_told_until_somebody_decides(two_years):
    link = Link.objects.create(
        earlier=two_years["d"], later=two_years["e"], kind="renamed", probability=0.8, reasons=[]
    )
    found = still_listed("trees", 2023)
    assert (found.all.undecided, found.all.renamed) == (1, 0)
    linking.accept(link.pk, kind="renamed", by="system:test")
    found = still_listed("trees", 2023)
    assert by_name(found)["Roads"] == (1, 1)
    assert (found.all.undecided, found.all.renamed) == (0, 1)
    linking.take_back(link.pk, by="system:test")
    assert by_name(still_listed("trees", 2023))["Roads"] == (0, 1)


def test_a_refused_link_counts_as_gone(two_years):
    link = Link.objects.create(earlier=two_years["d"], later=two_years["e"], kind="renamed", reasons=[])
    linking.refuse(link.pk, by="system:test")
    assert still_listed("trees", 2023).all.undecided == 0


def test_a_list_or_year_that_is_not_there_is_refused(two_years):
    with pytest.raises(ListNotFound):
        still_listed("stones", 2023)
    with pytest.raises(NoLaterList):
        still_listed("trees", 2024)


def test_the_page_the_file_and_the_program_say_the_same(two_years):
    page = Client().get("/register/listed/").content.decode()
    assert "Of 4 cases listed in 2023, 2 are in the list of 2024: 50 %" in page
    assert "<svg" in page
    assert "style=" not in page
    assert "<table" in page  # the numbers behind the picture
    file = Client().get("/register/listed.csv?list=trees&year=2023").content.decode()
    assert "Parks,3,2,0.6667" in file
    told = Client().get("/register/api/listed/?list=trees&year=2023").json()
    assert told["all"]["count"] == 2
    assert told["not_in_the_later_list"] == [{"organisation": "Seas", "cases": 1}]


def test_what_we_learn_leads_straight_to_the_answer_of_each_list_and_year(
    two_years, django_assert_num_queries
):
    with django_assert_num_queries(2):
        page = Client().get("/register/learnt/").content.decode()
    assert '<a href="/register/listed/?of=trees:2023">Trees: of 2023, in 2024</a>' in page
    answer = Client().get("/register/listed/?of=trees:2023").content.decode()
    assert "Of 4 cases listed in 2023" in answer


def test_the_answer_costs_the_same_for_few_cases_and_for_many(
    two_years, case_of, snapshot_of, list_of, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6) as few:
        still_listed("trees", 2023)
    for number in range(20):
        case = case_of(f"T{number}", source=list_of("trees"), key=f"T{number}", index=False)
        snapshot_of(case, 2023, organisation=f"Office {number}", key=f"T{number}")
    with django_assert_max_num_queries(len(few)):
        assert len(still_listed("trees", 2023).absent) == 21


def test_assessments_that_failed_first_are_told_with_what_came_later(case_of, list_of):
    source = list_of("assessments", title="Assessments")
    for title, outcome, later in (
        ("A", "not_passed", "pass"),
        ("B", "not_passed", "not_passed"),
        ("C", "not_passed", ""),
        ("D", "pass", ""),
        ("E", "", ""),
    ):
        case_of(title, source=source, organisation="Parks", outcome=outcome, outcome_later=later)
    found = passed_later("assessments")
    assert (found.assessed, found.share.count, found.share.of) == (4, 1, 3)
    assert (found.failed_again, found.unknown) == (1, 1)
    assert [row.title for row in found.rows] == ["A", "B", "C"]
    page = Client().get("/register/passed-later/").content.decode()
    assert "of 4 assessments with a result, 3 were not passed at first. 1 of those passed later" in page
    assert Client().get("/register/api/passed-later/?list=assessments").json()["failed_first"] == 3
    assert b"A,Parks" in Client().get("/register/passed-later.csv?list=assessments").content


def test_pages_without_any_list_say_what_will_be_there(db):
    assert "No list has two years yet." in Client().get("/register/listed/").content.decode()
    assert "No list with results" in Client().get("/register/passed-later/").content.decode()
