"""Two people at once, on a real database with real connections: one decision, one holder, one reply."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.test import Client
from tests.parts.casework.acting import MONDAY

from perdure.foundation.accounts import api as accounts
from perdure.foundation.audit import api as audit
from perdure.parts.casework import api as casework
from perdure.parts.casework.errors import CaseworkError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _separate_connections():
    """A database in memory has one connection for all threads, so nothing there happens at once."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("the test database is in memory; a file and PostgreSQL are tested")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of these at the same moment in threads; returns what each came to, refusals too."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[number] = act()
        except CaseworkError as refusal:
            results[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.parametrize("_try", range(5))
def test_two_people_decide_at_once_and_one_decision_stands(send, amina, bram, _try):
    reference = send()
    results = at_once(
        lambda: casework.decide(reference=reference, outcome="approve", by=amina, at=MONDAY) or "done",
        lambda: (
            casework.decide(reference=reference, outcome="refuse", reason="No.", by=bram, at=MONDAY) or "done"
        ),
    )
    assert results.count("done") == 1
    refused = next(one for one in results if one != "done")
    assert isinstance(refused, casework.CaseDecided | casework.NotYourCase)
    case = casework.case_record(reference, person=amina)
    assert [entry.kind for entry in case.entries].count("decided") == 1
    assert len(case.letters) == 1
    assert (case.holder, case.effect) in {("Amina Khan", "approved"), ("Bram de Wit", "refused")}
    assert [act.verb for act in audit.acts_about(reference)].count("case-decided") == 1
    assert audit.check_chain().broken is None


def test_people_who_take_the_next_case_at_once_get_different_ones(send, amina, bram):
    sent = {send() for _one in range(6)}
    takers = [amina, bram] * 3
    taken = at_once(*(lambda by=by: casework.take_next(by=by, at=MONDAY) for by in takers))
    assert set(taken) == sent


def test_a_reply_and_a_decision_at_once_leave_the_case_whole(send, amina):
    reference = send()
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    at_once(
        lambda: casework.reply(reference=reference, text="Since May.", at=MONDAY),
        lambda: casework.decide(reference=reference, outcome="approve", by=amina, at=MONDAY),
    )
    case = casework.case_record(reference, person=amina)
    assert (case.state, case.paused_on) == ("decided", None)
    assert case.revision == len(case.entries) - 1  # nothing was overwritten


def test_the_same_reply_sent_twice_at_once_is_one_reply(send, amina):
    reference = send()
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    reply = lambda: casework.reply(reference=reference, text="Since May.", at=MONDAY)  # noqa: E731
    assert at_once(reply, reply) == [None, None]
    kinds = [entry.kind for entry in casework.case_record(reference, person=amina).entries]
    assert kinds.count("replied") == 1


def test_opening_a_case_in_two_windows_at_once_shows_it_twice(send, amina):
    reference = send()
    browsers = []
    for _window in range(2):
        client = Client()
        client.get(f"/sign-in/{accounts.make_sign_in_link('amina@example.org')}/")
        browsers.append(client)
    pages = at_once(
        *(lambda client=client: client.get(f"/desk/cases/{reference}/").status_code for client in browsers)
    )
    assert pages == [200, 200]
    assert audit.check_chain().broken is None
