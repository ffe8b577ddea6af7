"""The map, the timeline and cases like mine: pictures with the table behind them, reasons in words."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from perdure.parts.register import search, similar
from perdure.parts.register.countries import COUNTRIES, TILES
from perdure.parts.register.pictures.map import band, short, tile_map
from perdure.parts.register.pictures.timeline import Life, bars, lives

pytestmark = pytest.mark.django_db


def page_of(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").find("main")


def words_of(page):
    return " ".join(page.get_text(" ").split())


def rows_of(address):
    return list(csv.reader(io.StringIO(Client().get(address).content.decode("utf-8-sig"))))


def test_every_country_but_unions_has_a_tile_of_its_own():
    assert len(set(TILES.values())) == len(TILES)
    assert set(COUNTRIES) - set(TILES) == {"EU"}


def test_the_map_tells_every_number_in_the_picture_and_in_the_table(case_of):
    for country in ("DE", "DE", "FR", "EU", ""):
        case_of("A case", country=country)
    page = page_of("/register/map/")
    picture = ET.fromstring(str(page.find("svg")))
    told = {group.find("title").text for group in picture.iter("g") if group.find("title") is not None}
    assert {"Germany: 2", "France: 1", "Spain: 0"} <= told
    cells = [[cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")]
    assert cells == [["Germany", "2"], ["European Union", "1"], ["France", "1"]]
    assert "1 case names no country." in words_of(page)
    assert "European Union: 1." in words_of(page)
    assert rows_of("/register/map.csv")[1:] == [
        ["DE", "Germany", "2"],
        ["EU", "European Union", "1"],
        ["FR", "France", "1"],
    ]


def test_the_map_of_a_search_is_of_what_is_found_and_leads_there(case_of):
    case_of("Tax chatbot", country="DE", status="running")
    case_of("Rail upgrade", country="DE", status="running")
    page = page_of("/register/map/?q=tax&status=running")
    row = page.select_one("tbody tr")
    assert [cell.get_text() for cell in row.find_all("td")] == ["Germany", "1"]
    assert "Tax chatbot" in words_of(page_of(row.find("a")["href"]))
    assert "Rail" not in words_of(page_of(row.find("a")["href"]))


def test_a_picture_of_more_than_can_be_looked_at_says_so(case_of, monkeypatch):
    from perdure.parts.register import search_counts

    monkeypatch.setattr(search, "MOST", 3)
    monkeypatch.setattr(search_counts, "MOST", 3)
    for _n in range(5):
        case_of("Tax chatbot", country="DE")
    assert "More than 3 cases fit. The picture is of 3 of them." in words_of(page_of("/register/map/?q=tax"))
    assert "More than" not in words_of(page_of("/register/map/"))


def test_numbers_in_tiles_are_short():
    assert [short(n) for n in (7, 999, 1200, 12_345, 3_400_000)] == ["7", "999", "1.2k", "12k", "3.4M"]
    assert [band(n) for n in (0, 1, 5, 20, 100, 5000)] == [0, 1, 2, 3, 4, 5]


def test_pictures_are_well_formed_whatever_a_title_holds():
    life = Life("<b>&\"'", "ended", date(2019, 1, 1), date(2018, 1, 1))
    endless = Life("x" * 500, "unknown", date(2030, 1, 1), None)
    for picture in (
        tile_map({"DE": 3, "??": 1}, title='<"&'),
        bars({2019: {"running": 3}, 2021: {"": 1}}, title='<"&'),
        lives([life, endless], today=date(2026, 1, 1), title='<"&'),
    ):
        assert ET.fromstring(picture).get("role") == "img"
        assert "style=" not in picture
    assert bars({}, title="") == lives([], today=date(2026, 1, 1), title="") == ""


def test_the_timeline_counts_years_by_what_became_of_the_cases(case_of):
    case_of("Tax chatbot", started=date(2019, 3, 1), status="running")
    case_of("Tax letter", started=date(2019, 5, 1), status="ended", ended=date(2021, 6, 30))
    case_of("Tax map", started=date(2021, 1, 1), status="unknown")
    case_of("Tax desk", status="running")
    page = page_of("/register/timeline/?q=tax")
    assert rows_of("/register/timeline.csv?q=tax") == [
        ["year", "running", "planned", "unknown", "ended", "all"],
        ["2019", "1", "0", "0", "1", "2"],
        ["2021", "0", "0", "1", "0", "1"],
    ]
    table = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in page.select("tbody")[0].select("tr")
    ]
    assert table == [["2019", "1", "0", "0", "1", "2"], ["2021", "0", "0", "1", "0", "1"]]
    assert "Tax letter 1 May 2019 30 June 2021 Ended" in words_of(page)
    assert "1 more does not say when it began." in words_of(page)


def test_the_timeline_of_nothing_is_calm(case_of):
    assert "No case says when it began." in words_of(page_of("/register/timeline/"))
    case_of("Old", started=date(1066, 10, 14))
    assert page_of("/register/timeline/").find("h1")


def test_cases_like_mine_come_with_their_reasons(case_of):
    like = case_of(
        "Chatbot for probate questions",
        summary="Answers about wills and probate",
        area="03",
        technologies=["chatbot"],
        cost="500000",
    )
    case_of("Rail upgrade", summary="Trains run more often", area="04")
    case_of("Hospital beds", summary="A board of free beds", area="07")
    page = page_of(
        "/register/like-mine/?text=We+answer+probate+questions+online&area=03&technology=chatbot&size=1"
    )
    told = words_of(page)
    assert [one.get_text(strip=True) for one in page.select("ol.found h3")] == [like.title]
    assert "Shares the words probate, questions" in told
    assert "Same policy area: Public order and safety" in told
    assert "Also uses chatbot" in told
    assert "Similar size" in told


def test_nothing_like_mine_says_so(case_of):
    case_of("Rail upgrade")
    assert "Nothing like it yet" in words_of(page_of("/register/like-mine/?text=zebra"))
    assert "Nothing like it yet" not in words_of(page_of("/register/like-mine/"))


def test_a_case_names_others_like_it_but_never_itself(case_of):
    one = case_of("Probate chatbot", summary="wills and probate", area="03")
    two = case_of("Probate desk", summary="probate by post", area="03")
    case_of("Hidden probate", area="03", state="draft")
    assert [like.row.reference for like in similar.like_case(one.pk, most=5)] == [two.reference]
    page = page_of(f"/register/cases/{one.reference}/")
    assert "Cases like this Probate desk" in words_of(page)
    beside = page.select_one("#like a[href*=compare]")["href"]
    assert [head.get_text() for head in page_of(beside).select("thead th > a")] == [one.title, two.title]


def test_common_words_alone_make_nothing_alike(case_of):
    for n in range(30):
        case_of(f"The digital service {'abcdefghijklmnopqrstuvwxyzabcd'[n] * 9}")
    found = similar.like_mine(similar.Mine(text="the digital service"), most=5)
    assert found == ()
