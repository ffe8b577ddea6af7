"""Commands for the operator."""

from __future__ import annotations

import os

import pytest
from tests.cli.running import perdure
from tests.installations import rows_of

pytestmark = pytest.mark.fresh_process


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installation")
    ran = perdure(
        "people", "add", "amina@north.example", "--role", "caseworker", "--service", "grant", "--data", folder
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "amina@north.example is caseworker of grant.\n"
    return folder


def test_people_are_listed_with_their_roles(data):
    ran = perdure("people", "list", "--data", data)
    assert ran.stdout == "amina@north.example\tcaseworker of grant\n"


def test_a_link_is_printed_for_the_address_of_the_site(data):
    ran = perdure(
        "people", "link", "amina@north.example", "--address", "https://north.example/", "--data", data
    )
    assert ran.stdout.startswith("https://north.example/sign-in/")


def test_a_link_for_nobody_is_refused_in_a_sentence(data):
    ran = perdure("people", "link", "who@north.example", "--data", data)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Nobody here has this e-mail address." in ran.stderr


def test_the_record_is_whole_until_somebody_changes_it(data):
    ran = perdure("record", "check", "--data", data)
    assert ran.returncode == 0
    assert ran.stdout.startswith("The record is whole: ")
    on_postgresql = os.environ.get("PERDURE_TEST_DATABASE") == "postgresql"
    guard = "audit_record_rows on audit_record" if on_postgresql else "audit_record_no_update"
    change = "update audit_record set actor = 'system:somebody' where number = 2"
    rows_of(data, f"drop trigger {guard}", change)
    ran = perdure("record", "check", "--data", data)
    assert ran.returncode == 1
    assert "Record 2 is not as it was written." in ran.stdout


def test_settings_are_listed_without_their_secrets():
    ran = perdure("settings", PERDURE_ORGANISATION="Merebridge", PERDURE_SECRET_KEY="do not tell")
    assert "PERDURE_ORGANISATION=Merebridge\n" in ran.stdout
    assert "do not tell" not in ran.stdout


def test_manage_passes_on_to_django(data):
    ran = perdure("manage", "check", PERDURE_DATA=str(data))
    assert (ran.returncode, "no issues" in ran.stdout) == (0, True)


def test_work_once_does_what_waits(data):
    assert perdure("work", "--once", "--data", data).stdout == "0 jobs done\n"


def test_a_database_that_does_not_answer_is_told(tmp_path):
    url = "postgresql://nobody@127.0.0.1:1/none"
    ran = perdure("record", "check", "--data", tmp_path, PERDURE_DATABASE_URL=url)
    assert ran.returncode == 1
    assert "The database does not answer." in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(("name", "value"), [("PERDURE_LABELS", "french"), ("PERDURE_CEILING", "offical")])
def test_a_setting_that_names_no_label_is_told_at_start(tmp_path, name, value):
    ran = perdure("serve", "--port", 0, "--data", tmp_path, **{name: value})
    assert ran.returncode == 1
    assert name in ran.stderr
    assert "official" in ran.stderr or "uk" in ran.stderr
