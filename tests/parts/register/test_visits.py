"""Addresses of cases are looked at by a program: a hint, kept month by month, that changes no case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.foundation.web_servers import Site, a_closed_port, a_site

from perdure.foundation.jobs import api as jobs
from perdure.parts.register import queries_visits, visiting
from perdure.parts.register.errors import VisitsUnderWay
from perdure.parts.register.models import Case, Evidence
from perdure.parts.register.models_following import Address, Ask, Round, Visit, Visiting
from perdure.parts.register.models_tried import Commitment, CommitmentUpdate
from perdure.parts.register.visiting import tour

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _here(settings):
    settings.VISIT_LOOPBACK, settings.VISIT_PAUSE = True, 0.0
    settings.ADDRESS = "https://north.example"


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as made:
        yield made


@pytest.fixture
def permits(case_of, site):
    return case_of(
        "Parking permits online", url=site.page("/permits"), status="running", owner_email="o@x.org"
    )


def due_again() -> None:
    Address.objects.update(due_at=NOW)


def test_everything_that_a_published_case_names_is_looked_at_and_nothing_else(site, case_of, permits):
    permits.extra = {"Report": site.page("/report"), "Sponsor": "Board"}
    permits.save()
    Evidence.objects.create(case=permits, says="It runs.", url=site.page("/news"))
    promise = Commitment.objects.create(case=permits, who="O", what="W", by_when=NOW, measure="M")
    CommitmentUpdate.objects.create(commitment=promise, standing="kept", says="K", url=site.page("/kept"))
    case_of("Withdrawn", url=site.page("/withdrawn"), state="withdrawn")
    case_of("No address", url="see our site")
    assert tour().looked == 4
    assert set(site.paths) == {"/permits", "/report", "/news", "/kept"}
    assert {agent for *_rest, agent in site.asked} == {site.asked[0][2]}
    assert "+https://north.example/register/visits/" in site.asked[0][2]


def test_what_is_seen_is_a_hint_and_changes_no_case(permits, site, client):
    before = Case.objects.values().get(pk=permits.pk)
    site.page("/permits", status=404)
    tour()
    assert Case.objects.values().get(pk=permits.pk) == before
    page = client.get(f"/register/cases/{permits.reference}/").content.decode()
    assert "is gone" in page
    assert "It is a hint" in page


def test_the_page_says_when_the_address_answered_and_since_when_it_has_not(permits, site, client):
    tour()
    Address.objects.update(looked_at=NOW, answered_at=NOW, due_at=NOW)
    page = f"/register/cases/{permits.reference}/"
    assert "The address answered on 3 March 2026." in client.get(page).content.decode()
    site.page("/permits", status=503)
    tour()
    told = client.get(page).content.decode()
    assert "The address has not answered since 3 March 2026: answers with an error." in told
    site.page("/permits")
    due_again()
    tour()
    assert "The address answered on" in client.get(page).content.decode()
    assert list(Visit.objects.order_by("pk").values_list("seen", flat=True)) == [
        "answers",
        "trouble",
        "answers",
    ]


def test_a_page_that_moved_leads_to_its_new_place(permits, site, client):
    site.page("/new")
    site.page("/permits", status=301, Location="/new")
    tour()
    page = client.get(f"/register/cases/{permits.reference}/").content.decode()
    assert f'href="{site.url}/new"' in page
    assert "at a new place" in page


def test_each_address_is_looked_at_once_a_month_and_sooner_when_it_has_just_gone_bad(permits, site):
    tour()
    assert tour().looked == 0
    assert site.paths["/permits"] == 2  # HEAD and GET, once
    good = Address.objects.get()
    assert timedelta(days=29) < good.due_at - datetime.now(UTC) <= timedelta(days=30)
    site.page("/permits", status=404)
    for days in (3, 30):
        due_again()
        tour()
        bad = Address.objects.get()
        assert timedelta(days=days - 1) < bad.due_at - datetime.now(UTC) <= timedelta(days=days)


def test_an_address_that_many_cases_name_is_looked_at_once_and_told_of_all(case_of, site):
    cases = [case_of(f"Case {n}", url=site.page("/shared")) for n in range(5)]
    assert tour().looked == 1
    assert site.paths["/shared"] == 2
    assert set(Address.objects.values_list("case", "seen")) == {(one.pk, "answers") for one in cases}


def test_a_tour_that_breaks_off_goes_on_where_it_was(case_of, site):
    for number in range(6):
        case_of(f"Case {number}", url=site.page(f"/{number}"))

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tour(report=stop)
    kept = Visit.objects.count()
    assert kept == 2
    assert tour().looked == 4
    assert Visit.objects.count() == 6


def test_two_tours_are_never_on_their_way_at_once_and_a_dead_one_lets_go(permits):
    Visiting.objects.create(pk=1, holder="another", held_until=datetime.now(UTC) + timedelta(minutes=1))
    with pytest.raises(VisitsUnderWay):
        tour()
    assert tour(holder="another").looked == 1, "whoever was broken off goes on"
    Visiting.objects.update(holder="dead", held_until=NOW)
    assert tour().looked == 0


def test_of_one_machine_only_so_many_a_day_and_the_rest_is_told(case_of, site, monkeypatch):
    monkeypatch.setattr(visiting, "MOST_OF_A_HOST", 3)
    for number in range(5):
        case_of(f"Case {number}", url=site.page(f"/{number}"))
    assert (tour(), tour().looked) == (visiting.Tour(3, 2), 2)


def test_an_address_that_a_case_names_no_more_is_looked_at_no_more_and_its_past_is_kept(
    permits, site, client
):
    tour()
    permits.url = site.page("/other")
    permits.save()
    assert tour().looked == 1
    assert Address.objects.filter(current=False).values_list("seen", flat=True).get() == "answers"
    due_again()
    assert tour().looked == 1


def test_addresses_behind_the_wall_are_not_gone_to_from_a_case(case_of, site, settings):
    settings.VISIT_LOOPBACK = False
    case_of("Trap", url=site.page("/permits"))
    tour()
    assert Address.objects.get().seen == "barred"
    assert site.asked == []


def test_it_is_off_until_a_keeper_turns_it_on_and_then_looks_by_itself(permits, keeper, caseworker, site):
    jobs.enqueue(visiting.VISIT)
    jobs.run_waiting()
    assert site.asked == []
    assert caseworker.post("/register/keep/addresses/turn/", {"do": "on"}).status_code == 403
    page = keeper.get("/register/keep/addresses/").content.decode()
    assert "Addresses are not looked at" in page
    keeper.post("/register/keep/addresses/turn/", {"do": "on"})
    assert jobs.run_waiting() == 1, "tomorrow's tour is asked for, and waits"
    assert Address.objects.get().seen == "answers"
    page = keeper.get("/register/keep/addresses/").content.decode()
    assert "Addresses are looked at" in page
    assert "Every address that was looked at answers." in page
    assert Visiting.objects.get().next_on == datetime.now(UTC).date() + timedelta(days=1)
    keeper.post("/register/keep/addresses/turn/", {"do": "on"})
    jobs.run_waiting()
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(status="READY").count()
    assert waiting == 1, "pressing twice asks for one tour tomorrow, not for two"
    keeper.post("/register/keep/addresses/turn/", {"do": "off"})
    DBTaskResult.objects.filter(status="READY").update(run_after=NOW)
    due_again()
    before = len(site.asked)
    jobs.run_waiting()
    assert len(site.asked) == before


def test_it_is_on_the_record_who_turned_it_on(keeper, keeper_person):
    from perdure.foundation.audit.api import acts_about

    keeper.post("/register/keep/addresses/turn/", {"do": "on"})
    keeper.post("/register/keep/addresses/turn/", {"do": "off"})
    verbs = [(act.verb, act.actor) for act in acts_about("register-visits")]
    assert sorted(verbs) == [
        ("register-visits-off", keeper_person.id),
        ("register-visits-on", keeper_person.id),
    ]


def test_keepers_see_whom_to_ask_first(permits, case_of, site, keeper, django_assert_max_num_queries):
    dead = case_of("Library cards", url=f"http://127.0.0.1:{a_closed_port()}/", status="running")
    case_of("Over", url=site.page("/over", status=404), status="ended")
    site.page("/permits", status=404)
    tour()
    Address.objects.filter(case=dead).update(bad_since=NOW)
    rows, more = queries_visits.whom_to_ask()
    assert ([one.title for one in rows], more) == (["Library cards", "Parking permits online"], False)
    keeper.get("/register/keep/addresses/")
    with django_assert_max_num_queries(9) as few:
        page = keeper.get("/register/keep/addresses/").content.decode()
    assert page.index("Library cards") < page.index("Parking permits online")
    assert "takes no connection" in page
    for number in range(55):
        one = case_of(f"Case {number}", index=False)
        told = {"seen": "gone", "looked_at": NOW, "bad_since": NOW}
        Address.objects.create(case=one, url=f"https://x.example/{number}", **told)
    with django_assert_max_num_queries(len(few)):
        page = keeper.get("/register/keep/addresses/").content.decode()
    assert page.count("is gone") == 50
    assert "page=2" in page


def test_programs_get_what_was_seen(permits, site):
    feed, one = "/register/api/cases/", f"/register/api/cases/{permits.reference}/"
    etag = Client().get(feed)["ETag"]
    assert Client().get(feed).json()["cases"][0]["address_seen"] is None
    tour()
    today = datetime.now(UTC).date().isoformat()
    again = Client().get(feed, headers={"If-None-Match": etag})
    assert again.status_code == 200, "what was seen is news"
    told = again.json()["cases"][0]
    assert (told["address_seen"], told["address_looked_on"], told["address_answered_on"]) == (
        "answers",
        today,
        today,
    )
    [seen] = Client().get(one).json()["addresses"]
    assert (seen["address"], seen["seen"], seen["status"]) == (f"{site.url}/permits", "answers", 200)
    table = b"".join(Client().get("/register/cases.csv").streaming_content).decode()
    assert "address_seen,address_looked_on,address_answered_on" in table
    described = json.dumps(Client().get("/register/api/openapi.json").json())
    assert "address_seen" in described


def test_those_who_were_visited_read_why_and_how_to_stop_it(client):
    page = client.get("/register/visits/").content.decode()
    assert "User-agent: Perdure" in page


def test_an_address_of_a_merged_case_is_a_hint_at_the_one_that_it_became(permits, case_of, site):
    case_of("Permits", url=site.page("/old", status=410), merged=permits)
    tour()
    told = [one.seen for one in queries_visits.addresses_of_case(permits.pk)]
    assert told == ["answers", "gone"]
    assert [one.main for one in queries_visits.addresses_of_case(permits.pk)] == [True, False]
    assert [one.reference for one in queries_visits.whom_to_ask()[0]] == [permits.reference]
    assert [one.asked for one in queries_visits.whom_to_ask()[0]] == [False]
    spring = Round.objects.create(title="Spring", closes_on=NOW, by="t")
    Ask.objects.create(round=spring, case=permits, email="o@x.org", secret="s")
    assert [one.asked for one in queries_visits.whom_to_ask()[0]] == [True]
