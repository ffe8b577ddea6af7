"""Two tabs, two fingers, two devices at the same moment: nothing is lost and nothing is doubled."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone
from tests.parts.intake.services import publish, routes

from perdure.parts.intake import actions, rows
from perdure.parts.intake import api as intake

DAY = timezone.localdate()
NAME = {"name-given": ["Ada"], "name-family": ["Byron"]}


@pytest.fixture
def held(db):
    return intake.Held(*intake.begin(publish(routes())))


def saved_by_another_tab(monkeypatch, held, times):
    """Before each of the next saves, another tab saves first."""
    left, real = [times], rows.save

    def save(row, answers, seen):
        if left[0]:
            left[0] -= 1
            other = rows.row_of(held)
            real(other, {**other.answers, "savings": f"{left[0]}.00"}, other.seen)
        real(row, answers, seen)

    monkeypatch.setattr(actions, "save", save)


@pytest.mark.parametrize("times", [1, rows.TRIES, rows.TRIES + 1])
def test_an_answer_that_another_tab_saved_in_between_is_kept_too(held, monkeypatch, times):
    saved_by_another_tab(monkeypatch, held, min(times, rows.TRIES))
    actions.answer_page(held, "name", NAME, today=DAY)
    answers = rows.row_of(held).answers
    assert answers["name"] == {"given": "Ada", "family": "Byron"}
    assert answers["savings"] == "0.00"


@pytest.mark.django_db(transaction=True)
def test_answers_and_sendings_at_once_end_in_one_sent_application():
    slug = publish(routes())
    held = intake.Held(*intake.begin(slug))
    actions.answer_page(held, "name", NAME, today=DAY)
    received, done = [], []

    class Receiver:
        def receive(self, application):
            received.append(application.reference)

    def in_a_thread(act):
        def run():
            try:
                done.append(act())
            except intake.AlreadySent:
                done.append("sent already")
            except Exception as problem:  # the test says which
                done.append(problem)
            finally:
                connection.close()

        return threading.Thread(target=run)

    def at_once(*acts):
        threads = [in_a_thread(act) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    others, intake.receivers[:] = intake.receivers[:], [Receiver()]
    try:
        at_once(
            lambda: actions.answer_page(held, "lives-with", {"lives_with": ["alone"]}, today=DAY),
            lambda: actions.answer_page(held, "savings", {"savings": ["12"]}, today=DAY),
            lambda: actions.answer_page(held, "phone", {"phone": ["01632 960001"]}, today=DAY),
        )
        assert not [one for one in done if isinstance(one, Exception)]
        assert set(rows.row_of(held).answers) == {"name", "lives_with", "savings", "phone"}
        at_once(*[lambda: intake.send(held, today=DAY)] * 4)
    finally:
        intake.receivers[:] = others
    assert not [one for one in done if isinstance(one, Exception)]
    assert received == [held.reference]
