"""Nothing acknowledged is lost and nothing is doubled, though the server is killed again and again."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.journeys.kill import CHECK_RECORD, DEFINITION, PREPARE, Books, Server, Town

pytestmark = [pytest.mark.fresh_process, pytest.mark.timeout(1800)]


def database_of_its_own(server_url: str) -> str:
    """A new, empty database on the PostgreSQL server; returns its URL."""
    name = f"kill_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload,unused-ignore]
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """An installation with one service, on both databases."""
    url = ""
    if request.param == "postgresql":
        url = database_of_its_own(request.getfixturevalue("postgresql_url"))
    made = Server(tmp_path, url)
    made.run(PREPARE, DEFINITION)
    made.start()
    yield made
    made.stop()


def apply_while_killed(server: Server, people: int, between: tuple[int, int], seed: int) -> Town:
    chance = random.Random(seed)
    town = Town(server.url, people)
    town.begin(chance)
    town.killed_meanwhile(server, chance, between=between)
    return town


def nothing_is_lost_or_doubled(server: Server, town: Town) -> None:
    books = Books(server)
    sent, cases = books.sent(), Counter(books.cases())
    shown = {one.receipt: one for one in town.applicants if one.receipt}
    whole = [one for one in town.applicants if not one.stops]
    assert len(shown) == len(whole), "everybody who went on to the end has a receipt of their own"
    for reference, applicant in shown.items():
        assert cases[reference] == 1, f"receipt {reference} has {cases[reference]} cases"
        assert sent[reference]["token"] == applicant.token
        assert sent[reference]["name"]["given"] == f"Person{applicant.number}"
        assert sent[reference]["day"] == f"2031-03-{1 + applicant.number % 28:02d}"
        assert ("others" in sent[reference]) == (applicant.number % 2 == 1)
    assert set(cases) == set(sent), "a case for each application that was sent, and for nothing else"
    assert set(cases.values()) <= {1}
    assert set(Counter(answers["token"] for answers in sent.values()).values()) <= {1}, "nobody sent twice"
    assert Counter(books.received()) == cases
    assert Counter(books.recorded()) == cases
    assert server.run(CHECK_RECORD) == "None", "the record is a whole chain"
    assert books.is_whole()


def drafts_resume(town: Town) -> None:
    drafts = [one for one in town.applicants if one.stops]
    assert drafts
    for one in drafts:
        one.comes_back(town.clock)


def test_a_few_people_apply_while_the_server_is_killed(server: Server) -> None:
    town = apply_while_killed(server, people=40, between=(60, 110), seed=1)
    assert server.kills >= 3
    nothing_is_lost_or_doubled(server, town)
    drafts_resume(town)


@pytest.mark.proof
def test_five_hundred_applications_are_sent_while_the_server_is_killed(server: Server) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    town = apply_while_killed(server, people=625, between=(60, 260), seed=seed)
    receipts = sum(bool(one.receipt) for one in town.applicants)
    print(f"{server.kills} kills, {town.clock.answers} answers, {receipts} receipts")
    assert server.kills >= 20
    assert receipts == 500, "one in five of the 625 stops on the way and comes back later"
    nothing_is_lost_or_doubled(server, town)
    drafts_resume(town)
