"""`perdure open`, `demo` and `serve` as real processes: what they print, when, and how they end."""

from __future__ import annotations

import signal
import socket
import time

import httpx
import psutil
import pytest
from tests.cli.running import Running, free_port, perdure
from tests.installations import rows_of

from perdure.examples import GRANT_PDF, PERMIT_PDF

pytestmark = pytest.mark.fresh_process


def services_in(data) -> list[str]:
    return [row[0] for row in rows_of(data, "select slug from catalogue_service")]


def test_open_prints_its_three_lines_only_when_the_service_really_answers(tmp_path):
    words = ("open", GRANT_PDF, "--port", free_port(), "--data", tmp_path, "--no-browser")
    with Running(*words, fresh=True) as it:
        service = it.address("Service")
        assert httpx.get(service).status_code == 200  # at once: no second try
        time.sleep(0.2)
        assert [line.split(":")[0] for line in it.out] == ["Service", "Desk", "Sign in"]
        browser = httpx.Client(follow_redirects=True)
        assert browser.get(it.address("Desk")).url.path == "/accounts/login/"
        assert browser.get(it.address("Sign in")).status_code == 200
        desk = browser.get(it.address("Desk"))
        assert (desk.status_code, desk.url.path) == (200, "/desk/")
        assert "page 4 of 4" in "".join(it.err)
        assert it.stop(signal.SIGINT) == 0
    assert "Traceback" not in "".join(it.err)


def test_opening_the_same_form_again_is_the_same_service(tmp_path):
    words = ("open", GRANT_PDF, "--port", free_port(), "--data", tmp_path, "--no-browser")
    addresses = []
    for _ in range(2):
        with Running(*words) as it:
            addresses.append(it.address("Service"))
            assert it.stop() == 0
    assert addresses[0] == addresses[1]
    assert len(services_in(tmp_path)) == 1
    assert rows_of(tmp_path, "select count(*) from catalogue_version") == [(1,)]
    assert rows_of(tmp_path, "select count(*) from accounts_user") == [(1,)]


def test_another_form_in_the_same_folder_is_another_service(tmp_path):
    for form in (GRANT_PDF, PERMIT_PDF):
        with Running("open", form, "--port", free_port(), "--data", tmp_path, "--no-browser") as it:
            assert httpx.get(it.address("Service")).status_code == 200
    assert len(services_in(tmp_path)) == 2


def test_open_is_one_process_of_modest_size(tmp_path):
    with Running("open", GRANT_PDF, "--port", free_port(), "--data", tmp_path, "--no-browser") as it:
        it.address("Sign in")
        process = psutil.Process(it.process.pid)
        until = time.monotonic() + 60  # a file is read in a child of its own, which ends with its work
        while process.children(recursive=True) and time.monotonic() < until:
            time.sleep(0.2)
        assert process.children(recursive=True) == []
        assert process.memory_info().rss < 150 * 2**20


def test_without_a_port_the_next_free_one_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which does as well
        with Running("open", GRANT_PDF, "--data", tmp_path, "--no-browser") as it:
            assert int(it.address("Service").split(":")[2].split("/")[0]) > 8000


def test_a_port_that_was_asked_for_and_is_taken_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = perdure("open", GRANT_PDF, "--port", port, "--data", tmp_path, "--no-browser")
    assert ran.returncode == 1
    assert f"Port {port}" in ran.stderr
    assert "--port" in ran.stderr


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    ran = perdure("open", GRANT_PDF, "--port", free_port(), "--data", tmp_path / "data", "--no-browser")
    assert ran.returncode == 1
    assert "data folder" in ran.stderr.lower()
    assert "Traceback" not in ran.stderr


def test_demo_has_six_applications_and_says_hello(tmp_path):
    words = ("demo", "--port", free_port(), "--data", tmp_path, "--no-browser")
    for _ in range(2):  # the second time nothing is doubled
        with Running(*words, fresh=True) as it:
            assert httpx.get(it.address("Service")).status_code == 200
            assert "Welcome to Perdure" in "".join(it.err)
        states = [row[0] for row in rows_of(tmp_path, "select state from casework_case order by state")]
        assert len(states) == 6
        assert set(states) == {"new", "open", "waiting", "decided"}


def test_serve_runs_an_installation(tmp_path):
    with Running("serve", "--port", free_port(), "--data", tmp_path) as it:
        assert httpx.get(it.address("Site", on="err")).status_code == 200
        assert it.stop() == 0


def test_serve_with_many_processes_shares_one_database(tmp_path, postgresql_url):
    if "postgresql" not in postgresql_url:
        pytest.skip("no PostgreSQL here")
    with Running(
        "serve",
        "--port",
        free_port(),
        "--workers",
        2,
        "--data",
        tmp_path,
        PERDURE_DATABASE_URL=postgresql_url,
    ) as it:
        site = it.address("Site", on="err")
        assert _answer(site, {}).status_code == 200
        until = time.monotonic() + 20  # the site answers as soon as the first of them is there
        while len(psutil.Process(it.process.pid).children()) != 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert len(psutil.Process(it.process.pid).children()) == 2
        assert it.stop() == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_only_the_server_in_front_is_believed_about_the_visitor(tmp_path, workers):
    settings = {"PERDURE_HOSTS": "apply.north.example", "PERDURE_HTTPS": "yes"}
    asked = {"Host": "apply.north.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    for proxy, status in (("127.0.0.1", 200), ("", 301), ("192.0.2.1", 301)):
        words = ("serve", "--port", free_port(), "--workers", workers, "--data", tmp_path)
        with Running(*words, PERDURE_PROXY=proxy, **settings) as it:
            site = it.address("Site", on="err")
            assert _answer(f"{site}accounts/login/", asked).status_code == status


def _answer(address: str, headers: dict[str, str]) -> httpx.Response:
    """The answer, once there is one: many processes take a moment after their line."""
    for _ in range(300):
        try:
            return httpx.get(address, headers=headers)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
