"""Kill -9 while people apply: the real server as a process of its own, people at it, and a look afterwards.

`Town` sends people to the server who do what people do when a page does not come: wait, load the page
again, go on from what it shows. `Server` is killed without warning, again and again, and started anew.
`Books` opens the database with its own driver, not through the product, and reads what is really there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

SLUG = "moving-house"
DEFINITION = f"""\
perdure: 1
id: {SLUG}
title: Moving house
owner: Front desk
review_by: 2035-01-31
pages:
  - id: name
    questions: [{{id: name, type: name, title: What is your name?, parts: [given, family], required: true}}]
  - id: token
    questions: [{{id: token, type: text, title: Which word did we give you?, required: true}}]
  - id: day
    questions: [{{id: day, type: date, title: When do you move?, required: true}}]
  - id: alone
    questions: [{{id: alone, type: yes_no, title: Do you move alone?, required: true}}]
  - id: others
    asked_when: alone = no
    questions: [{{id: others, type: whole_number, title: How many people move with you?, required: true}}]
  - id: phone
    questions: [{{id: about, type: long_text, title: Anything else?}}]
"""
PREPARE = """\
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from perdure.parts.catalogue import api as catalogue
slug = catalogue.add_from_definition(sys.stdin.read(), by="system:test")
catalogue.publish(slug, by="system:test")
"""
CHECK_RECORD = """\
import django
django.setup()
from perdure.foundation.audit import api as audit
print(audit.check_chain().broken)
"""


def free_port() -> int:
    """A port nobody listens at now."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@dataclass
class Server:
    """`perdure serve` on a data folder of its own, which can be killed without warning and started again."""

    data: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)
    kills: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        told = {"PERDURE_DATA": str(self.data), "PERDURE_DATABASE_URL": self.database_url}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PERDURE_")}
        return {**kept, **told, "DJANGO_SETTINGS_MODULE": "perdure.site.settings", "PYTHONUNBUFFERED": "1"}

    def run(self, script: str, told: str = "") -> str:
        """Run a script inside the installation, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=told,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [str(Path(sys.executable).parent / "perdure"), "serve", "--port", str(self.port)]
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self._process.poll() is None, (self.data / "server.log").read_text()[-3000:]
            try:
                httpx.get(f"{self.url}/services/{SLUG}/", timeout=5)
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not start within a minute")

    def kill(self) -> None:
        """SIGKILL to the whole process group: nothing of it can tidy up."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=30)
        self.kills += 1

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=30)


@dataclass
class Applicant:
    """One person. What they know: what they typed, which of it the server said it has, and their receipt.

    kept     page id -> what was typed there and answered with "go on"
    receipt  the reference that the server showed; "" while none was shown
    stops    leave after this many pages and come back later; 0 goes on to the end
    """

    number: int
    base: str
    stops: int = 0
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    receipt: str = ""
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    client: httpx.Client = field(init=False)

    def opens_the_browser(self) -> None:
        self.client = httpx.Client(follow_redirects=False, timeout=20, cookies=self.cookies)

    def closes_the_browser(self) -> None:
        """The connection ends; the cookies stay."""
        self.cookies = httpx.Cookies(self.client.cookies)
        self.client.close()

    @property
    def token(self) -> str:
        return f"word{self.number:05d}"

    def typed_on(self, page: str) -> dict[str, str]:
        """What this person types on a page."""
        alone = self.number % 2 == 0
        typed = {
            "name": {"name-given": f"Person{self.number}", "name-family": "Of Town"},
            "token": {"token": self.token},
            "day": {"day-day": str(1 + self.number % 28), "day-month": "3", "day-year": "2031"},
            "alone": {"alone": "yes" if alone else "no"},
            "others": {"others": str(1 + self.number % 9)},
            "phone": {"about": f"I live at number {self.number}."},
        }
        return typed.get(page, {})

    def apply(self, clock: Clock) -> None:
        """From the start page to the receipt, or to where this person stops for the day."""
        address, after = f"/services/{SLUG}/", 0
        page = self._load(address, clock)
        while after < 60:
            after += 1
            main = BeautifulSoup(page.text, "html.parser").find("main")
            assert isinstance(main, Tag), page.text[:500]
            if main.get("data-reference"):
                self.receipt = str(main["data-reference"])
                return
            if self.stops and len(self.kept) >= self.stops:
                return
            page = self._send(page, main, clock)
        raise AssertionError(f"applicant {self.number} came to no end at {page.url}")

    def _send(self, page: httpx.Response, main: Tag, clock: Clock) -> httpx.Response:
        """Send the form of the page; when no answer comes, load the page again and see what it says."""
        where = str(page.url)
        name = urlsplit(where).path.rstrip("/").rpartition("/")[2]
        form = main.find("form", attrs={"method": "post"})
        assert isinstance(form, Tag), f"{where} has no form"
        hidden = form.find("input", attrs={"name": "csrfmiddlewaretoken"})
        assert isinstance(hidden, Tag)
        typed = self.typed_on(name)
        data = {"csrfmiddlewaretoken": str(hidden["value"]), **typed}
        try:
            answer = self.client.post(where, data=data, headers={"Referer": where})
        except httpx.TransportError:
            return self._load(where, clock)
        clock.tick()
        if answer.status_code not in {302, 303}:
            assert answer.status_code >= 500, f"{where} answered {answer.status_code}: {answer.text[:2000]}"
            return self._load(where, clock)
        if typed:
            self.kept[name] = typed
        return self._load(urljoin(where, answer.headers["Location"]), clock)

    def _load(self, address: str, clock: Clock) -> httpx.Response:
        """Load a page, as often as it takes, through redirects."""
        address = urljoin(self.base, address)
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                answer = self.client.get(address)
            except httpx.TransportError:
                time.sleep(0.05 + 0.1 * random.random())
                continue
            clock.tick()
            if answer.status_code in {301, 302, 303}:
                address = urljoin(address, answer.headers["Location"])
            elif answer.status_code == 200:
                return answer
            else:
                assert answer.status_code >= 500, (
                    f"{address} answered {answer.status_code}: {answer.text[:2000]}"
                )
                time.sleep(0.1)
        raise AssertionError(f"{address} did not come within two minutes")

    def comes_back(self, clock: Clock) -> None:
        """A draft resumes where it was: every page that was kept still holds what was typed there."""
        self.opens_the_browser()
        for page, typed in self.kept.items():
            shown = self._load(f"/services/{SLUG}/{page}/", clock)
            soup = BeautifulSoup(shown.text, "html.parser")
            for name, value in typed.items():
                control = soup.find(
                    ["input", "textarea"], attrs={"name": name, "type": lambda t: t != "radio"}
                )
                if control is None:
                    control = soup.find("input", attrs={"name": name, "value": value})
                    assert isinstance(control, Tag), f"{page} lost {name}"
                    assert control.has_attr("checked"), f"{page} lost the choice of {name}"
                else:
                    assert isinstance(control, Tag)
                    held = control.text.strip() if control.name == "textarea" else control.get("value")
                    assert held == value, f"{page} shows {held!r} where {value!r} was kept"
        on = self._load(f"/services/{SLUG}/on/", clock)
        page = urlsplit(str(on.url)).path.rstrip("/").rpartition("/")[2]
        assert page not in self.kept, f"the draft goes on at {page}, which was answered already"
        self.closes_the_browser()


class Clock:
    """Counts the answers that people got, so that the next kill comes after a number of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.answers = 0

    def tick(self) -> None:
        with self._lock:
            self.answers += 1


@dataclass
class Town:
    """People who apply, some threads at a time."""

    base: str
    people: int
    threads: int = 6
    clock: Clock = field(default_factory=Clock)
    applicants: list[Applicant] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    _running: list[threading.Thread] = field(default_factory=list)

    def begin(self, chance: random.Random) -> None:
        """Let everybody begin; one in five leaves before the end."""
        self.applicants = [
            Applicant(number, self.base, stops=chance.randint(1, 4) if number % 5 == 0 else 0)
            for number in range(self.people)
        ]
        waiting = iter(self.applicants)
        lock = threading.Lock()
        self._running = [
            threading.Thread(target=self._walk, args=(waiting, lock), daemon=True)
            for _one in range(self.threads)
        ]
        for thread in self._running:
            thread.start()

    def _walk(self, waiting: Iterator[Applicant], lock: threading.Lock) -> None:
        while not self.failures:
            with lock:
                applicant = next(waiting, None)
            if applicant is None:
                return
            try:
                applicant.opens_the_browser()
                applicant.apply(self.clock)
                applicant.closes_the_browser()
            except BaseException as failure:
                self.failures.append(failure)
                return

    @property
    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self._running)

    def killed_meanwhile(self, server: Server, chance: random.Random, *, between: tuple[int, int]) -> None:
        """Kill and restart the server after every so many answers, until everybody is done."""
        goal = self.clock.answers + chance.randint(*between)
        while self.busy:
            if self.clock.answers < goal:
                time.sleep(0.002)
                continue
            time.sleep(chance.random() * 0.02)  # anywhere within a request
            server.kill()
            server.start()
            goal = self.clock.answers + chance.randint(*between)
        if self.failures:
            raise self.failures[0]


class Books:
    """What the database really holds, read with its own driver."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if self._server.database_url:
            import psycopg

            with psycopg.connect(self._server.database_url) as connection:
                return list(connection.execute(sql).fetchall())  # type: ignore[call-overload,unused-ignore]
        connection = sqlite3.connect(self._server.data / "perdure.sqlite3")
        try:
            return list(connection.execute(sql).fetchall())
        finally:
            connection.close()

    def cases(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT reference FROM casework_case")]

    def sent(self) -> dict[str, dict[str, Any]]:
        """Reference -> answers of every application that was sent."""
        found = self.rows("SELECT reference, answers FROM intake_application WHERE state = 'sent'")
        return {ref: json.loads(told) if isinstance(told, str) else told for ref, told in found}

    def received(self) -> list[str]:
        """The cases that say "received", as often as they say it."""
        return [
            row[0]
            for row in self.rows(
                "SELECT c.reference FROM casework_entry e JOIN casework_case c ON c.id = e.case_id"
                " WHERE e.kind = 'received'"
            )
        ]

    def recorded(self) -> list[str]:
        """The cases that the record says were received, as often as it says so."""
        return [row[0] for row in self.rows("SELECT about FROM audit_record WHERE verb = 'case-received'")]

    def is_whole(self) -> bool:
        """What the database itself says about its file."""
        return bool(self._server.database_url) or self.rows("PRAGMA integrity_check") == [("ok",)]
