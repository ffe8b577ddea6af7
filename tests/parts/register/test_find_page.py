"""The page of search: a form that works without JavaScript, filters with counts, words for every outcome."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from perdure.parts.register import search
from perdure.parts.register.models_following import Answer

pytestmark = pytest.mark.django_db


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser").find("main")


def words_of(page):
    return " ".join(page.get_text(" ").split())


def titles_of(page):
    return [one.get_text(strip=True) for one in page.select("ol.found h3")]


def test_anybody_may_search_without_signing_in(case_of):
    case_of("Tax chatbot", country="SE", organisation="Skatteverket", status="running")
    page = page_of(Client(), "/register/?q=tax")
    assert titles_of(page) == ["Tax chatbot"]
    assert "1 case" in words_of(page)
    assert "Still running Skatteverket Sweden" in words_of(page)


def test_the_form_keeps_what_was_typed_and_each_filter_tells_its_count(case_of):
    case_of("Tax chatbot", country="SE")
    case_of("Tax letter", country="DE")
    page = page_of(Client(), "/register/?q=tax&country=DE")
    assert page.find("input", id="q")["value"] == "tax"
    assert page.select_one("#by-country option[selected]").get_text() == "Germany (1)"
    assert titles_of(page) == ["Tax letter"]
    away = page.select_one(".chips a")
    assert "Take away: Country: Germany" in " ".join(away.get_text(" ").split())
    assert len(titles_of(page_of(Client(), away["href"]))) == 2


def test_what_was_meant_is_told(case_of):
    case_of("Tax chatbot")
    assert "No case has “chatbto”. These have “chatbot”." in words_of(
        page_of(Client(), "/register/?q=chatbto")
    )


def test_nothing_found_says_how_to_go_on(case_of):
    case_of("Tax chatbot")
    assert "No case fits. Take a word or a filter away." in words_of(page_of(Client(), "/register/?q=zebra"))


def test_an_empty_register_says_where_cases_come_from(db):
    assert "The register is empty." in words_of(page_of(Client(), "/register/"))


def test_a_strange_address_is_answered_calmly(case_of):
    case_of("Tax chatbot")
    for query in (
        "page=-1",
        "page=99999999999",
        "country=%00",
        "year=abc",
        "q=%00%01",
        "q=" + "x" * 5000,
        "status='",
    ):
        assert Client().get(f"/register/?{query}").status_code == 200, query


def test_pages_are_numbered_and_keep_the_search(case_of, monkeypatch):
    monkeypatch.setattr(search, "ON_A_PAGE", 2)
    for n in range(5):
        case_of(f"Line {n}")
    page = page_of(Client(), "/register/?q=line")
    on = page.find("a", rel="next")["href"]
    assert titles_of(page) == ["Line 4", "Line 3"]
    assert titles_of(page_of(Client(), f"/register/{on}")) == ["Line 2", "Line 1"]


def test_hostile_words_of_a_list_stay_words(case_of):
    case_of("<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>", organisation='"><b>x')
    page = page_of(Client(), "/register/")
    assert page.find("script") is None
    assert page.find("img") is None
    assert "<script>alert(1)</script>" in words_of(page)


def test_a_page_asks_the_database_as_often_for_30_cases_as_for_1(case_of):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            Client().get("/register/?q=line&status=unknown")
        return len(caught)

    case_of("Line", organisation="One")
    with_one = queries()
    for n in range(29):
        case_of(f"Line {n}", country="DE", organisation=f"Office {n}")
    assert queries() == with_one <= 6


def test_old_news_is_not_told_as_if_it_were_new(case_of):
    this_year = timezone.localdate().year
    case_of("Old", status="running", last_listed=2016)
    case_of("New", status="running", last_listed=this_year - 1)
    answered = case_of("Answered", status="running", last_listed=2016)
    Answer.objects.create(case=answered, says="running", by="owner")
    told = words_of(page_of(Client(), "/register/"))
    assert "Old Running in 2016, not heard since" in told
    assert "New Still running" in told
    assert "Answered Still running" in told
    picture = page_of(Client(), f"/register/cases/{answered.reference}/")
    assert "Still running" in words_of(picture)


def test_a_list_is_called_by_its_title(case_of, list_of):
    case_of("Rail upgrade", source=list_of("projects", title="Major projects"), key="1")
    page = page_of(Client(), "/register/?source=projects")
    assert page.select_one("#by-source option[selected]").get_text() == "Major projects (1)"
    assert "List: Major projects" in " ".join(page.select_one(".chips").get_text(" ").split())
    assert "List: Major projects" in words_of(page_of(Client(), "/register/map/?source=projects"))
