"""What other programs read: cases page by page, a feed, a table, DCAT-AP, and a list in a frame."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client

from perdure.parts.register.models import Case, Evidence, Link

pytestmark = pytest.mark.django_db


def read(address, **more):
    answer = Client().get(f"/register/{address}", **more)
    assert answer.status_code == 200, answer.content
    return answer


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_cases_come_page_by_page_until_there_are_no_more(case_of):
    for number in range(7):
        case_of(f"Tree {number}", country="GB" if number % 2 else "FR")
    seen, address = [], "api/cases/?most=3"
    for _ in range(5):
        told = read(address).json()
        seen += [case["title"] for case in told["cases"]]
        if told["next"] is None:
            break
        address = told["next"].partition("/register/")[2]
    assert seen == [f"Tree {number}" for number in reversed(range(7))]


def test_cases_take_the_filters_of_search_and_keep_them_on_the_next_page(case_of):
    for number in range(5):
        case_of(f"Tree {number}", country="GB" if number % 2 else "FR")
    told = read("api/cases/?country=FR&most=2").json()
    assert {case["country"] for case in told["cases"]} == {"FR"}
    assert "country=FR" in told["next"]
    assert [case["title"] for case in read("api/cases/?q=tree+3").json()["cases"]] == ["Tree 3"]


def test_drafts_and_withdrawn_cases_are_in_no_feed(case_of):
    case_of("Shown")
    for state in (Case.State.DRAFT, Case.State.SUBMITTED, Case.State.WITHDRAWN):
        hidden = case_of(f"Hidden {state}", state=state)
        assert Client().get(f"/register/api/cases/{hidden.reference}/").status_code == 404
    for address in ("api/cases/", "feed.json", "cases.csv", "embed/"):
        text = body(read(address)).decode()
        assert "Shown" in text
        assert "Hidden" not in text


def test_one_case_tells_its_history_links_and_evidence(case_of, snapshot_of):
    one, two = case_of("Old tree", first_listed=2023), case_of("New tree")
    snapshot_of(one, 2023, title="Old tree", rating="Amber")
    Link.objects.create(earlier=one, later=two, kind="follows", state="accepted")
    Evidence.objects.create(case=one, says="It talks.", quote="Hello", place="page 3")
    told = read(f"api/cases/{one.reference}/").json()
    assert told["listed"][0]["year"] == 2023
    assert told["listed"][0]["said"]["rating"] == "Amber"
    assert told["links"] == [{"kind": "follows", "earlier": one.reference, "later": two.reference}]
    assert told["evidence"][0]["place"] == "page 3"
    assert told["address"].endswith(f"/register/cases/{one.reference}/")


def test_a_case_that_was_merged_points_on_to_the_one_it_is(case_of):
    one = case_of("Tree")
    two = case_of("Tree again", merged=one)
    told = read(f"api/cases/{two.reference}/").json()
    assert told["merged_into"] == one.reference
    assert read(f"api/cases/{one.reference}/").json()["also_listed_as"] == [two.reference]


def test_the_table_has_every_case_and_no_cell_that_a_spreadsheet_would_run(case_of):
    case_of('=HYPERLINK("http://evil.example","Click")', organisation="@SUM(A1)", summary="+1\n-2")
    for number in range(5):
        case_of(f"Tree {number}", technologies=("chat", "map"))
    text = body(read("cases.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 6
    assert rows[0]["technologies"] == "chat; map"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r")]
    assert "HYPERLINK" in rows[-1]["title"]  # nothing lost


def test_the_table_is_sent_as_it_is_written(case_of, monkeypatch, django_assert_max_num_queries):
    from perdure.parts.register import search

    for number in range(25):
        case_of(f"Tree {number}")
    real = search.walk_ids
    monkeypatch.setattr(search, "walk_ids", lambda filters: real(filters, step=10))
    answer = read("cases.csv")
    assert answer.streaming
    with django_assert_max_num_queries(12):
        pieces = list(answer.streaming_content)
    assert len(pieces) == 4  # the names of the columns, and three parts
    assert len(list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"))))) == 26


def test_a_reader_that_has_it_already_gets_nothing_until_something_changes(case_of):
    tree = case_of("Tree")
    first = read("api/cases/")
    etag, at = first["ETag"], first["Last-Modified"]
    assert Client().get("/register/api/cases/", headers={"If-None-Match": etag}).status_code == 304
    assert Client().get("/register/api/cases/", headers={"If-Modified-Since": at}).status_code == 304
    assert Client().get("/register/api/cases/?q=x", headers={"If-None-Match": etag}).status_code == 200
    case_of("Second tree")
    assert Client().get("/register/api/cases/", headers={"If-None-Match": etag}).status_code == 200
    etag = read("api/cases/")["ETag"]
    from perdure.parts.register import search

    Case.objects.filter(pk=tree.pk).update(state=Case.State.WITHDRAWN)
    search.index_cases([tree.pk])
    assert Client().get("/register/api/cases/", headers={"If-None-Match": etag}).status_code == 200


def test_the_feed_is_json_feed_1_1(case_of):
    case_of("Tree", organisation="Parks", summary="It talks.", status="running")
    answer = read("feed.json")
    assert answer["Content-Type"] == "application/feed+json"
    told = answer.json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    [item] = told["items"]
    assert item["id"] == item["url"]
    assert (item["title"], item["content_text"], item["authors"]) == (
        "Tree",
        "It talks.",
        [{"name": "Parks"}],
    )
    assert item["tags"] == ["running"]


def test_the_catalogue_has_what_dcat_ap_asks_for_in_both_forms(case_of, list_of):
    source = list_of(
        "trees", address="https://trees.example/a b", licence='Open "Trees" 1.0', publisher="Parks"
    )
    case_of("Tree", source=source)
    told = read("catalogue.jsonld").json()
    by_id = {node["@id"]: node for node in told["@graph"]}
    [head] = [node for node in by_id.values() if node["@type"] == "dcat:Catalog"]
    assert head["dct:title"]
    assert head["dct:description"]
    assert by_id[head["dct:publisher"]["@id"]]["foaf:name"]
    datasets = [by_id[one["@id"]] for one in head["dcat:dataset"]]
    assert len(datasets) == 2
    for dataset in datasets:
        assert dataset["@type"] == "dcat:Dataset"
        assert dataset["dct:title"]
        assert dataset["dct:description"]
        for one in dataset["dcat:distribution"]:
            address = by_id[one["@id"]]["dcat:accessURL"]["@id"]
            assert Client().get(address.partition("testserver")[2]).status_code == 200
    turtle = body(read("catalogue.ttl")).decode()
    assert "<https://trees.example/a%20b>" in turtle
    assert r"Open \"Trees\" 1.0" in turtle
    assert turtle.count("a dcat:Distribution") == 6
    assert len(re.findall(r"^<", turtle, re.M)) == len(by_id)


def test_the_description_names_every_address_and_each_answers(case_of):
    case = case_of("Tree")
    told = read("api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    for address in told["paths"]:
        answer = Client().get("/register" + address.format(reference=case.reference))
        assert answer.status_code in {200, 404}, address
    assert "api/cases/" in read("api/").content.decode()


def test_a_refusal_for_a_program_is_a_sentence_a_next_step_and_a_code(db):
    answer = Client().get("/register/api/listed/?list=none&year=2023")
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == {"what", "next_step", "code"}


def test_the_list_for_a_frame_may_stand_on_any_site_and_no_other_page_may(case_of):
    case_of("<b>Tree</b>", status="running")
    answer = read("embed/?status=running&title=Running")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    page = answer.content.decode()
    assert "&lt;b&gt;Tree" in page
    assert "<script" not in page
    assert not answer.cookies
    other = Client().get("/register/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_a_page_of_cases_costs_the_same_for_few_and_for_many(case_of, django_assert_max_num_queries):
    case_of("Tree")
    with django_assert_max_num_queries(8) as few:
        read("api/cases/")
    for number in range(30):
        case_of(f"Tree {number}", technologies=("a", "b"))
    with django_assert_max_num_queries(len(few)):
        assert len(json.loads(read("api/cases/").content)["cases"]) == 31
