"""The same thing under another name: found, put before a person, accepted, refused, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.parts.register.test_import_rows import row

from perdure.foundation.access.api import NotAllowed
from perdure.foundation.accounts import api as accounts
from perdure.parts.register import (
    importing_rows,
    linking,
    linking_finding,
    linking_left_out,
    linking_queries,
    search,
)
from perdure.parts.register.models import Case, Import, Link, Snapshot
from perdure.parts.register.values_find import CaseFilters

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees(list_of):
    """A list with two years: Talking tree goes on as Speaking tree; Walking tree stays; Iron tree is new."""
    source = list_of("trees", title="Trees")

    def year(number, *rows):
        origin = Import.objects.create(
            source=source, name="l.csv", file="0" * 64, year=number, state="running", by="system:test"
        )
        importing_rows.take_in(origin, [row(n, **values) for n, values in enumerate(rows, start=2)])

    parks = {
        "organisation": "Parks",
        "summary": "A tree in the park that speaks with people about the weather.",
    }
    year(2023, {"key": "Talking tree", "rating": "Red"} | parks, {"key": "Walking tree"})
    year(
        2024,
        {"key": "Speaking tree", "rating": "Green"} | parks,
        {"key": "Walking tree"},
        {"key": "Iron tree"},
    )
    return source


def of(key):
    return Case.objects.get(key=key)


def linked(one="Talking tree", two="Speaking tree", **more):
    values = {"kind": "renamed", "probability": 0.9, "reasons": [["title", 2.0, "The titles are alike."]]}
    return Link.objects.create(earlier=of(one), later=of(two), **values | more).pk


def test_a_rename_that_is_accepted_makes_one_case_with_both_stories(trees):
    link = linked()
    linking.accept(link, kind="renamed", by="system:test")
    one, two = of("Talking tree"), of("Speaking tree")
    assert (two.merged, one.merged) == (one, None)
    assert (one.title, one.rating) == ("Speaking tree", "Green")  # the newest year says what it is called
    assert (one.first_listed, one.last_listed) == (2023, 2024)
    assert one.snapshots.count() == 2
    found = search.find(CaseFilters(text="speaking tree"))
    assert [case.reference for case in found.rows] == [one.reference]


def test_the_old_address_still_answers_and_points_on(trees):
    two = of("Speaking tree")
    linking.accept(linked(), kind="duplicate", by="system:test")
    answer = Client().get(f"/register/cases/{two.reference}/", follow=True)
    assert answer.status_code == 200
    assert of("Talking tree").reference in answer.content.decode()


def test_taking_it_back_puts_both_apart_as_they_were(trees):
    before = {case.key: (case.title, case.rating, case.last_listed) for case in Case.objects.all()}
    link = linked()
    linking.accept(link, kind="duplicate", by="system:test")
    linking.take_back(link, by="system:test")
    assert {case.key: (case.title, case.rating, case.last_listed) for case in Case.objects.all()} == before
    assert not Case.objects.exclude(merged=None).exists()
    assert Snapshot.objects.filter(case=of("Speaking tree")).count() == 1
    assert Link.objects.get(pk=link).state == "proposed"


def test_next_years_row_of_a_merged_case_goes_to_the_case_it_is(trees):
    linking.accept(linked(), kind="renamed", by="system:test")
    origin = Import.objects.create(
        source=trees, name="l.csv", file="0" * 64, year=2025, state="running", by="system:test"
    )
    importing_rows.take_in(origin, [row(2, "Speaking tree", rating="Amber")])
    assert (of("Talking tree").rating, of("Talking tree").last_listed) == ("Amber", 2025)
    assert Case.objects.count() == 4


def test_three_that_are_one_come_apart_in_any_order(trees):
    first, second = linked(), linked("Speaking tree", "Iron tree")
    linking.accept(first, kind="duplicate", by="system:test")
    linking.accept(second, kind="duplicate", by="system:test")
    root = of("Talking tree")
    assert {of("Speaking tree").merged, of("Iron tree").merged} == {root}
    linking.take_back(first, by="system:test")
    assert of("Iron tree").merged == of("Speaking tree")
    assert of("Speaking tree").merged is None
    assert of("Talking tree").snapshots.count() == 1


def test_following_and_copying_merge_nothing_and_are_told_on_both_pages(trees):
    linking.accept(linked(), kind="follows", by="system:test")
    one, two = of("Talking tree"), of("Speaking tree")
    assert two.merged is None
    assert [(link.words, link.title) for link in linking_queries.links_of(one.pk)] == [
        ("Followed by", "Speaking tree")
    ]
    assert [link.words for link in linking_queries.links_of(two.pk)] == ["Follows"]


def test_only_keepers_decide(trees, caseworker):
    link = linked()
    assert caseworker.post(f"/register/keep/links/{link}/", {"do": "accept"}).status_code == 403
    from tests.parts.casework.acting import staff

    with pytest.raises(NotAllowed):
        linking.accept(link, kind="renamed", by=staff("vi@example.org", "Vi", role="viewer", service=""))
    assert Link.objects.get(pk=link).state == "proposed"


def test_a_keeper_decides_on_the_page_and_gets_the_next_pair(trees, keeper):
    first, second = linked(), linked("Walking tree", "Iron tree", probability=0.5)
    page = keeper.get("/register/keep/links/").content.decode()
    assert page.index("Talking tree") < page.index("Walking tree")
    page = keeper.get(f"/register/keep/links/{first}/").content.decode()
    assert "The titles are alike." in page
    assert "90 % likely" in page
    answer = keeper.post(f"/register/keep/links/{first}/", {"do": "accept", "kind": "renamed"})
    assert answer.url == f"/register/keep/links/{second}/"
    answer = keeper.post(answer.url, {"do": "refuse"})
    assert answer.url == "/register/keep/links/"
    page = keeper.get("/register/keep/links/?state=refused").content.decode()
    assert "Iron tree" in page
    assert "Decided by Kim Keeper" in page


def test_an_accepted_pair_shows_each_lists_own_title_and_year(trees, keeper):
    link = linked()
    linking.accept(link, kind="renamed", by="system:test")
    pair = linking_queries.pair(link, by="system:test")
    [waiting] = linking_queries.queue(by="system:test", state="accepted").rows
    for shown in (pair, waiting):
        sides = [(side.title, side.first_listed, side.last_listed) for side in (shown.earlier, shown.later)]
        assert sides == [("Talking tree", 2023, 2023), ("Speaking tree", 2024, 2024)]
    assert of("Talking tree").title == "Speaking tree"  # what the register calls it stays the newest name


def test_two_cases_are_linked_by_hand_by_their_references(trees, keeper):
    one, two = of("Talking tree").reference, of("Iron tree").reference
    sent = {"earlier": one.lower(), "later": f" {two} ", "kind": "copied"}
    assert keeper.post("/register/keep/links/by-hand/", sent).status_code == 302
    assert Link.objects.get().state == "accepted"
    page = keeper.post("/register/keep/links/by-hand/", sent | {"later": "R-NONE"}).content.decode()
    assert "There is no case R-NONE." in page
    assert one.lower() in page


RAIL = {
    "organisation": "Department for Transport",
    "summary": "Replaces the signals on the line between Oxford and Bletchley, and its bridges.",
    "planned_end": date(2027, 3, 31),
}
PRISONS = {
    "organisation": "Ministry of Justice",
    "summary": "Builds places for four thousand prisoners at six sites in the north.",
    "planned_end": date(2026, 6, 30),
}
OLD, NEW = "East West Rail Programme (Western Section)", "East West Rail (Western Section) Programme"


@pytest.fixture
def years(list_of):
    """years("rail", (2023, [(title, values)]), ...) -> the list, with each year taken in."""

    def years(slug, *parts):
        source = list_of(slug)
        for year, named in parts:
            origin = Import.objects.create(
                source=source, name="l", file="0" * 64, year=year, state="running", by="system:test"
            )
            rows = [row(n, title, **values) for n, (title, values) in enumerate(named, start=2)]
            importing_rows.take_in(origin, rows)
        return source

    return years


def found():
    """What is linked: (earlier title, later title) -> kind."""
    return {(one.earlier.title, one.later.title): one.kind for one in Link.objects.all()}


def test_what_is_found_is_proposed_once_and_what_was_decided_stays_decided(years):
    rail = years("rail", (2023, [(OLD, RAIL)]), (2024, [(NEW, RAIL)]))
    assert linking_finding.find_links(rail) == 1
    link = Link.objects.get()
    assert (link.kind, link.state) == ("renamed", "proposed")
    assert 0.5 < link.probability < 1
    assert link.reasons
    assert linking_finding.find_links(rail) == 0
    linking.refuse(link.pk, by="system:test")
    assert linking_finding.find_links(rail) == 0
    assert Link.objects.get().state == "refused"


def test_a_name_that_is_there_again_is_nobody_elses_new_name(years):
    both = [(OLD, RAIL), (NEW, RAIL)]
    rail = years("rail", (2023, [(OLD, RAIL)]), (2024, both))
    linking_finding.find_links(rail)
    assert "renamed" not in found().values()


def test_the_same_thing_listed_twice_in_a_year_is_proposed_as_that(years):
    rail = years("rail", (2023, [(OLD, RAIL), (NEW, RAIL), ("Prison places", PRISONS)]))
    linking_finding.find_links(rail)
    assert found() == {(OLD, NEW): "duplicate"}


def test_a_phase_that_follows_is_proposed_as_following(years):
    one, two = "New Prison Places Phase 1", "New Prison Places Phase 2"
    prisons = years("prisons", (2023, [(one, PRISONS), (OLD, RAIL)]), (2024, [(two, PRISONS), (OLD, RAIL)]))
    linking_finding.find_links(prisons)
    assert found() == {(one, two): "follows"}


def test_equal_names_but_for_signs_are_accepted_by_themselves_and_can_be_taken_back(years):
    first, second = "East-West Rail, Western Section", "East West Rail: western section"
    rail = years("rail", (2023, [(first, RAIL)]), (2024, [(second, RAIL)]))
    assert Case.objects.count() == 2
    linking_finding.find_links(rail)
    link = Link.objects.get()
    assert (link.state, link.decided_by) == ("accepted", "system:links")
    assert link.probability >= linking_finding.SURE_FROM
    assert Case.objects.filter(merged=None).count() == 1
    linking.take_back(link.pk, by="system:test")
    assert Case.objects.filter(merged=None).count() == 2


def test_what_was_kept_apart_under_one_key_is_never_merged_by_itself(years):
    scribe = {"organisation": "Department of Justice", "title": "Scribe"}
    courts = scribe | {"unit": "Courts", "summary": "Turns what is said in court into text for the record."}
    prisons = scribe | {"unit": "Prisons", "summary": "Blackens names before papers are handed out."}
    police = scribe | {"unit": "Police", "summary": "Sorts reports of burglary by how they were done."}
    tools = years(
        "tools",
        (2023, [("Scribe", courts), ("Scribe", prisons)]),
        (2024, [("Scribe", courts), ("Scribe", police)]),
    )
    linking_finding.find_links(tools)
    assert not Link.objects.filter(state="accepted").exists()
    assert Case.objects.filter(merged=None).count() == 3


def test_the_same_thing_in_another_list_is_proposed(years):
    years("cities", (2023, [(OLD, RAIL), ("Bridges over the Thames", PRISONS)]))
    rail = years("rail", (2024, [(NEW, RAIL), ("Schools in the north", PRISONS)]))
    linking_finding.find_links(rail)
    assert found() == {(OLD, NEW): "duplicate"}


def test_of_a_list_that_is_too_long_the_new_and_the_gone_are_compared_and_that_is_said(
    years, keeper, monkeypatch
):
    stays = [(f"Bridge {name}", PRISONS) for name in ("Ash", "Birch", "Cedar")]
    rail = years("rail", (2023, [*stays, (OLD, RAIL)]), (2024, [*stays, (NEW, RAIL)]))
    monkeypatch.setattr(linking_left_out, "MOST", 3)
    linking_finding.find_links(rail)
    assert found() == {(OLD, NEW): "renamed"}
    page = keeper.get("/register/keep/links/").content.decode()
    assert "Rail 2023, 2024: of 4 cases only the 2 gone or new ones were compared." in page
    assert "Rail 2024 names 4 cases: only the 1 new ones were compared." in page
    assert "Rail 2023 was not compared: it names 4 cases, and 3 are the most." in page
    account = keeper.get(f"/register/keep/imports/{rail.imports.first().pk}/").content.decode()
    assert "Rail 2023 was not compared" in account
    assert "At most 3 cases are compared with one another" in account


def test_a_list_that_is_too_long_is_not_compared_with_another_and_that_is_said(years, keeper, monkeypatch):
    years("cities", (2023, [(OLD, RAIL)]))
    rail = years("rail", (2024, [(NEW, RAIL), ("Schools in the north", PRISONS)]))
    monkeypatch.setattr(linking_left_out, "MOST", 1)
    linking_finding.find_links(rail)
    assert not Link.objects.exists()
    page = keeper.get("/register/keep/links/").content.decode()
    assert "Rail was not compared with Cities: one has 2 cases, and 1 are the most." in page


def test_real_matching_finds_a_new_name_and_takes_no_phase_for_another(list_of):
    about = {
        "organisation": "Department for Transport",
        "summary": "Replaces the signals on the line between Oxford and Bletchley, and its bridges.",
        "planned_end": "2027-03-31",
    }
    source = list_of("projects")
    for year, titles in (
        (2023, ("East West Rail Programme (Western Section)", "Prison Estate Phase 1")),
        (2024, ("East West Rail (Western Section) Programme", "Prison Estate Phase 2")),
    ):
        origin = Import.objects.create(
            source=source, name="l", file="0" * 64, year=year, state="running", by="system:test"
        )
        importing_rows.take_in(origin, [row(n, title, **about) for n, title in enumerate(titles, start=2)])
    linking_finding.find_links(source)
    kinds = {(link.earlier.key, link.later.key): link.kind for link in Link.objects.all()}
    rail = ("East West Rail Programme (Western Section)", "East West Rail (Western Section) Programme")
    assert kinds[rail] == "renamed"
    assert kinds.get(("Prison Estate Phase 1", "Prison Estate Phase 2")) in {None, "follows"}


def test_the_queue_costs_the_same_for_few_pairs_and_for_many(
    trees, keeper, case_of, django_assert_max_num_queries
):
    linked()
    keeper.get("/register/keep/links/")
    with django_assert_max_num_queries(14) as few:
        keeper.get("/register/keep/links/")
    for number in range(30):
        one, two = case_of(f"A {number}", index=False), case_of(f"B {number}", index=False)
        Link.objects.create(earlier=one, later=two, kind="duplicate", probability=0.4, reasons=[])
    with django_assert_max_num_queries(len(few)):
        assert "Page 1 of 2" in keeper.get("/register/keep/links/").content.decode()


def test_decisions_are_on_the_record_with_who_decided(trees, keeper, keeper_person):
    from perdure.foundation.audit.api import acts_about

    link = linked()
    keeper.post(f"/register/keep/links/{link}/", {"do": "accept", "kind": "renamed"})
    pair = f"link {of('Talking tree').reference} {of('Speaking tree').reference}"
    [act] = acts_about(pair)
    assert (act.verb, act.actor) == ("link-accepted", keeper_person.id)
    assert accounts.names_of({act.actor})
