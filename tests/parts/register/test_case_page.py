"""The page of one case: what lists said year by year, evidence with quotes, and where it points on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from perdure.parts.register.models import Case, Evidence
from perdure.parts.register.queries_case import case_shown, listings_of

pytestmark = pytest.mark.django_db


def page_of(client, reference, status=200):
    answer = client.get(f"/register/cases/{reference}/")
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser").find("main")


def words_of(page):
    return " ".join(page.get_text(" ").split())


def test_everything_about_a_case_is_on_its_page(case_of, list_of):
    source = list_of("projects", publisher="Infrastructure office", licence="OGL 3.0")
    case = case_of(
        "Rail upgrade",
        source=source,
        summary="Trains run more often.",
        organisation="Department of Transport",
        country="GB",
        area="04",
        status="running",
        started=date(2014, 4, 1),
        cost=Decimal("1200000000"),
        currency="GBP",
        rating="Amber",
        technologies=["signalling"],
        extra={"Sponsor": "Board <b>"},
    )
    told = words_of(page_of(Client(), case.reference))
    for words in (
        "Rail upgrade",
        "Still running",
        "Trains run more often.",
        "Department of Transport, United Kingdom",
        "Economic affairs",
        "1 April 2014",
        "1,200,000,000 GBP",
        "Amber",
        "signalling",
        "Sponsor Board <b>",
        "Infrastructure office. OGL 3.0",
    ):
        assert words in told, words


def test_each_year_tells_what_its_list_changed(case_of, snapshot_of):
    case = case_of("Rail upgrade", first_listed=2014, last_listed=2016)
    snapshot_of(case, 2016, rating="Red", planned_end="2019-12-31", extra={"Sponsor": "B"})
    snapshot_of(case, 2014, rating="Green", planned_end="2018-12-31", title="Rail", raw={"cost": "exempt"})
    snapshot_of(case, 2015, rating="Green", planned_end="2018-12-31", title="Rail")
    shown = listings_of(case.pk)
    assert [(one.year, one.first, len(one.changed)) for one in shown] == [
        (2016, False, 4),
        (2015, False, 0),
        (2014, True, 0),
    ]
    told = words_of(page_of(Client(), case.reference))
    assert "Rating: from Green to Red" in told
    assert "Planned end: from 31 December 2018 to 31 December 2019" in told
    assert "Title: no longer Rail" in told
    assert "Sponsor: now B" in told
    assert "Nothing changed." in told
    assert "Listed from 2014 to 2016" in told


def test_evidence_is_shown_with_its_quote_and_place(case_of):
    case = case_of("Rail upgrade")
    Evidence.objects.create(
        case=case,
        says="It still runs",
        quote="Service continues.",
        title="Annual report",
        url="https://example.org/r",
        place="page 12",
        by="x",
    )
    page = page_of(Client(), case.reference)
    assert page.find("blockquote").get_text(strip=True) == "Service continues."
    assert page.find("a", href="https://example.org/r").get_text(strip=True) == "Annual report"
    assert "page 12" in words_of(page)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " JavaScript:alert(1)", "ftp://x"]
)
def test_only_addresses_of_the_web_become_links(case_of, url):
    case = case_of("Rail upgrade", url=url)
    Evidence.objects.create(case=case, says="It runs", url=url, title="Report", by="x")
    page = page_of(Client(), case.reference)
    assert not [
        one for one in page.find_all("a") if one["href"].strip().lower().startswith(("java", "data", "ftp"))
    ]
    assert "Report" in words_of(page)


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_only_keepers_see_what_is_not_published(case_of, keeper, caseworker, state):
    case = case_of("Hidden", state=state)
    assert "There is no case with this reference." in words_of(page_of(Client(), case.reference, 404))
    assert "There is no case with this reference." in words_of(page_of(caseworker, case.reference, 404))
    assert "Not published" in words_of(page_of(keeper, case.reference))


def test_a_merged_case_points_on_and_can_still_be_seen_as_it_was(case_of):
    stays = case_of("Rail upgrade")
    goes = case_of("Rail upgrade programme", merged=stays)
    answer = Client().get(f"/register/cases/{goes.reference}/")
    assert answer["Location"] == f"/register/cases/{stays.reference}/"
    assert "Also known as: Rail upgrade programme" in words_of(page_of(Client(), stays.reference))
    as_it_was = Client().get(f"/register/cases/{goes.reference}/?as-it-was=yes")
    assert "This turned out to be another case." in as_it_was.content.decode()


def test_the_page_asks_the_database_as_often_for_40_listings_as_for_1(case_of, snapshot_of):
    case = case_of("Rail upgrade")

    def queries():
        with CaptureQueriesContext(connection) as caught:
            page_of(Client(), case.reference)
        return len(caught)

    snapshot_of(case, 1980, rating="1")
    Evidence.objects.create(case=case, says="x", by="x")
    before = queries()
    for year in range(1981, 2020):
        snapshot_of(case, year, rating=str(year))
        Evidence.objects.create(case=case, says="x", by="x")
    assert queries() == before
    assert len(case_shown(case.reference).listings) == 40


def test_two_cases_stand_side_by_side_with_what_differs(case_of):
    one = case_of("Rail", country="GB", rating="Red")
    two = case_of("Road", country="GB", rating="Green")
    answer = Client().get(f"/register/compare/?case={one.reference}&case={two.reference}&case=NONE")
    page = BeautifulSoup(answer.content, "html.parser").find("main")
    rows = {row.find("th").get_text(" ", strip=True): row for row in page.select("tbody tr")}
    assert [cell.get_text(strip=True) for cell in rows["Rating differs"].find_all("td")] == ["Red", "Green"]
    assert "Country" in rows
    assert "There is no case NONE in the register." in words_of(page)
    away = page.select("thead a")[1]["href"]
    left = BeautifulSoup(Client().get(f"/register/compare/{away}").content, "html.parser").select("thead th")
    assert [one.find("a").get_text() for one in left] == ["Road"]


def test_at_most_four_stand_side_by_side_and_it_is_told(case_of):
    references = [case_of(f"Case {n}").reference for n in range(6)]
    query = "&".join(f"case={one}" for one in references)
    page = BeautifulSoup(Client().get(f"/register/compare/?{query}").content, "html.parser").find("main")
    assert len(page.select("thead th")) == 4
    assert "Four cases fit side by side." in words_of(page)


def test_hidden_cases_are_not_compared(case_of):
    case = case_of("Hidden", state=Case.State.DRAFT)
    assert "Hidden" not in Client().get(f"/register/compare/?case={case.reference}").content.decode()
