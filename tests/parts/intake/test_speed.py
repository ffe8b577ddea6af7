"""What a page costs: queries, session, weight."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import children, publish
from tests.parts.intake.test_controls import ANSWERS

pytestmark = pytest.mark.django_db


def statements(act):
    """The SQL that a request makes, without the marks of transactions."""
    with CaptureQueriesContext(connection) as captured:
        act()
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [one["sql"] for one in captured if not one["sql"].startswith(marks)]


def test_looking_at_a_page_is_one_query(anyone):
    anyone.start()
    for page in ("", "later", *ANSWERS):
        anyone.get(page)
        assert len(statements(lambda page=page: anyone.client.get(anyone.address(page)))) == 1, page


def test_answering_a_page_is_two_statements(anyone):
    anyone.start()
    for page, (typed, _shown) in ANSWERS.items():
        done = statements(lambda page=page, typed=typed: anyone.client.post(anyone.address(page), typed))
        assert [one.split()[0] for one in done] == ["SELECT", "UPDATE"], page


def test_a_problem_costs_no_more(worker):
    worker.start()
    done = statements(lambda: worker.client.post(worker.address("work"), {"hours": "many"}))
    assert len(done) == 2


def test_starting_is_two_statements(anyone):
    anyone.get()
    assert len(statements(lambda: anyone.client.post(anyone.address("")))) == 2


def test_check_and_receipt_are_one_query_however_many_records_there_are(db):
    parent = Applicant(publish(children()))
    parent.start()
    for number in (1, 2, 3):
        parent.post(f"children/{number}", {"child_name": "Mia", "at_school": "no"})
    assert len(statements(lambda: parent.client.get(parent.address("children")))) == 1
    parent.post("children")
    parent.post("done", {"agreed": "yes"})
    assert len(statements(lambda: parent.client.get(parent.address("check")))) == 1
    parent.post("check")
    assert len(statements(lambda: parent.client.get(parent.address("sent")))) == 1


def test_sending_is_two_statements_of_ours(ada):
    from perdure.parts.intake import api as intake

    others, intake.receivers[:] = intake.receivers[:], []
    try:
        ada.start()
        ada.post("name", {"name-given": "A", "name-family": "B"})
        ada.post("lives-with", {"lives_with": "alone"})
        ada.post("savings", {"savings": "1"})
        ada.post("phone")
        assert len(statements(lambda: ada.client.post(ada.address("check")))) == 2
    finally:
        intake.receivers[:] = others


def test_applicants_get_no_session(anyone):
    anyone.start()
    for page, (typed, _shown) in ANSWERS.items():
        anyone.post(page, typed)
    anyone.post("check")
    assert "sessionid" not in anyone.client.cookies


def test_every_page_weighs_less_than_forty_kilobytes_all_in(anyone):
    shared = sum(
        len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in ("perdure.css", "perdure.svg")
    )
    anyone.start()
    for page in ("", *ANSWERS):
        weight = len(gzip.compress(anyone.client.get(anyone.address(page)).content))
        assert weight + shared < 40_000, page


def test_a_second_look_renders_nothing_anew(anyone, monkeypatch):
    from perdure.parts.intake.web import skeletons

    anyone.start()
    anyone.get("choices")
    monkeypatch.setattr(skeletons, "render_to_string", lambda *_: pytest.fail("rendered again"))
    assert anyone.get("choices").status == 200
