"""Who promised what by when: written down, public, and silent when nobody says how it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from perdure.parts.register.commitments import (
    NewCommitment,
    NewUpdate,
    commitment_list,
    promise,
    say_how_it_stands,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
HALF = {
    "who": "Head of parking",
    "what": "Decide half of all permits in ten days",
    "by_when": "2026-12-31",
    "measure": "Share decided in ten days, from the desk",
}


def made(
    *, at: datetime = NOW, by_when: date = date(2026, 12, 31), public: bool = True, reference: str = ""
) -> int:
    new = NewCommitment(HALF["who"], HALF["what"], by_when, HALF["measure"], reference, public)
    return promise(new, by="system:test", at=at)


def standings(**how: object) -> list[str]:
    shown, _more = commitment_list(now=NOW, **how)
    return [one.standing for one in shown]


def test_a_promise_is_silent_when_nobody_said_for_more_than_30_days_how_it_stands():
    made(at=NOW - timedelta(days=30))
    made(at=NOW - timedelta(days=30, seconds=1))
    assert standings() == ["open", "silent"]
    assert standings(standing="silent") == ["silent"]
    assert standings(standing="open") == ["open"]


@pytest.mark.parametrize("standing", ["kept", "dropped"])
def test_what_is_settled_is_never_silent_and_never_overdue(standing):
    one = made(at=NOW - timedelta(days=400), by_when=date(2025, 6, 1))
    say_how_it_stands(one, NewUpdate(standing, "Done."), by="system:test", at=NOW - timedelta(days=300))
    shown, _more = commitment_list(now=NOW)
    assert [(p.standing, p.overdue) for p in shown] == [(standing, False)]


def test_an_open_promise_whose_day_has_passed_is_overdue_but_nobody_decides_for_the_owner_that_it_is_late():
    made(by_when=date(2026, 5, 3))
    made(by_when=date(2026, 5, 4))
    shown, _more = commitment_list(now=NOW)
    assert [(p.standing, p.overdue) for p in shown] == [("open", True), ("open", False)]


def test_a_keeper_writes_one_down_says_how_it_stands_and_everybody_reads_it(keeper, client, case_of):
    case = case_of("Parking permits online")
    answer = keeper.post(
        "/register/keep/commitments/new/", {**HALF, "reference": case.reference, "public": "on"}
    )
    page = answer.url
    told = {"standing": "kept", "says": "62 percent in May.", "url": "https://north.example/report"}
    assert keeper.post(f"/register/keep{page.removeprefix('/register')}", told).url == page
    read = client.get(page).content.decode()
    for words in (HALF["what"], HALF["measure"], "62 percent in May.", "Kept", "Parking permits online"):
        assert words in read
    assert HALF["what"] in client.get(f"/register/cases/{case.reference}/").content.decode()
    assert HALF["what"] in client.get("/register/commitments/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": ""}, "Write what they promise."),
        ({"by_when": "soon"}, "Write the day like 2027-03-04."),
        ({"reference": "R-NO"}, "There is no case with this reference."),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(keeper, wrong, says):
    page = keeper.post("/register/keep/commitments/new/", {**HALF, **wrong}).content.decode()
    assert says in page
    assert HALF["measure"] in page


def test_the_public_sees_no_private_promise_and_only_keepers_write(client, caseworker):
    hidden = made(public=False)
    assert client.get(f"/register/commitments/{hidden}/").status_code == 404
    assert HALF["what"] not in client.get("/register/commitments/").content.decode()
    assert caseworker.post("/register/keep/commitments/new/", HALF).status_code == 403
    assert (
        caseworker.post(
            f"/register/keep/commitments/{hidden}/", {"standing": "kept", "says": "x"}
        ).status_code
        == 403
    )


def test_a_promise_about_a_withdrawn_case_does_not_give_its_title_away(client, case_of):
    case = case_of("Secret thing", state="withdrawn")
    page = client.get(f"/register/commitments/{made(reference=case.reference)}/").content.decode()
    assert "Secret thing" not in page


def test_the_list_is_paged_and_its_queries_do_not_grow(client, django_assert_num_queries):
    for _number in range(60):
        made()
    with django_assert_num_queries(1):
        page = client.get("/register/commitments/").content.decode()
    assert page.count(HALF["what"]) == 50
    assert "page=2" in page
