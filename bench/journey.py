"""How fast is a journey of six pages, against bare Django in the same run?

    python -m bench.journey [--rounds 5] [--journeys 60] [--check]

Both sites run under gunicorn (gthread, one worker, four threads) on loopback, each on a
SQLite file of its own with the same settings. Rounds alternate between the two, so that a
busy machine slows both; the middle round counts. --check ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Person

ROOT = Path(__file__).parents[1]
START = "/services/six-pages/"
PEOPLE = 4
TARGETS = {"ratio": 0.60, "cpu_ms": 4.0, "rss_mib": 150.0, "first_page_kb": 40.0}

SET_UP_OURS = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0)
from perdure.parts.catalogue import api as catalogue
slug = catalogue.add_from_definition(Path("bench/six_pages.yaml").read_text(), None, by="bench")
catalogue.publish(slug, by="bench", revision=1)
"""
SET_UP_FLOOR = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
"""


@dataclass(frozen=True)
class Site:
    """A running site. pid: of the one gunicorn worker."""

    name: str
    start: str
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mib(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0


@dataclass(frozen=True)
class Round:
    """journeys each second, and CPU milliseconds of the worker for each request."""

    journeys_per_second: float
    cpu_ms: float


def run_round(site: Site, journeys: int) -> Round:
    """Several people walk journeys at once; every one of them must end at a receipt."""
    people = [Person(site.port) for _person in range(PEOPLE)]
    references: list[str] = []

    def walk(person: Person) -> None:
        references.extend(person.journey(site.start) for _journey in range(journeys // PEOPLE))

    threads = [threading.Thread(target=walk, args=(person,)) for person in people]
    cpu, began = site.cpu_seconds(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used = time.perf_counter() - began, site.cpu_seconds() - cpu
    wanted = journeys // PEOPLE * PEOPLE
    assert len(set(references)) == wanted, f"{site.name}: {len(set(references))} receipts of {wanted}"
    return Round(wanted / took, used / sum(person.requests for person in people) * 1000)


@contextmanager
def serving(name: str, wsgi: str, start: str, set_up: str, environ: dict[str, str]) -> Iterator[Site]:
    """Set a site up and serve it until the block ends."""
    environ = {**os.environ, **environ, "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    subprocess.run([sys.executable, "-c", set_up], cwd=ROOT, env=environ, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "1", "--threads", str(PEOPLE)]
    command += ["--keep-alive", "30", "--log-level", "warning", "-b", f"127.0.0.1:{port}", wsgi]
    server = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        yield Site(name, start, port, _worker_of(server, port, start))
    finally:
        server.terminate()
        server.wait(20)


def _worker_of(server: subprocess.Popen[bytes], port: int, start: str) -> int:
    for _try in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{start}", timeout=10).read()
            break
        except OSError:
            time.sleep(0.1)
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    assert len(children) == 1, f"one worker was expected, not {children}"
    return int(children[0])


def first_page_kb(site: Site) -> float:
    """The start page with everything it loads, each compressed, in kB (1000 bytes)."""
    page = _fetch(site, site.start)
    found = re.findall(rb'<link[^>]+href="([^"]+)"|<(?:img|script)[^>]+src="([^"]+)"', page)
    linked = {(one or two).decode() for one, two in found}
    parts = [page, *(_fetch(site, at) for at in linked if at.startswith("/"))]
    return sum(len(gzip.compress(part, 6)) for part in parts) / 1000


def _fetch(site: Site, at: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{site.port}{at}", timeout=10) as answer:
        return bytes(answer.read())


def measure(rounds: int, journeys: int) -> dict[str, float]:
    """Walk both sites in turn, and return the figures."""
    with (
        tempfile.TemporaryDirectory() as data,
        serving(
            "floor",
            "bench.floor.wsgi",
            "/",
            SET_UP_FLOOR,
            {"FLOOR_DATA": data, "DJANGO_SETTINGS_MODULE": "bench.floor.settings"},
        ) as floor,
        serving(
            "perdure",
            "perdure.site.wsgi",
            START,
            SET_UP_OURS,
            {
                "PERDURE_DATA": data,
                "PERDURE_DATABASE_URL": "",
                "DJANGO_SETTINGS_MODULE": "perdure.site.settings",
            },
        ) as ours,
    ):
        for site in (floor, ours):
            run_round(site, PEOPLE * 2)
        pairs = [(run_round(floor, journeys), run_round(ours, journeys)) for _round in range(rounds)]
        return {
            "journeys_per_second": statistics.median(one.journeys_per_second for _floor, one in pairs),
            "floor_journeys_per_second": statistics.median(one.journeys_per_second for one, _ours in pairs),
            "ratio": statistics.median(
                mine.journeys_per_second / bare.journeys_per_second for bare, mine in pairs
            ),
            "cpu_ms": statistics.median(one.cpu_ms for _floor, one in pairs),
            "floor_cpu_ms": statistics.median(one.cpu_ms for one, _ours in pairs),
            "rss_mib": ours.rss_mib(),
            "floor_rss_mib": floor.rss_mib(),
            "first_page_kb": first_page_kb(ours),
        }


def missed(figures: dict[str, float]) -> list[str]:
    """The targets that were not reached."""
    found = [] if figures["ratio"] >= TARGETS["ratio"] else ["ratio"]
    return found + [name for name in ("cpu_ms", "rss_mib", "first_page_kb") if figures[name] >= TARGETS[name]]


def report(of: dict[str, float]) -> None:
    """Print the figures beside the floor's and the targets."""
    print("A journey of six pages with CSRF and submission, one worker, over HTTP on loopback")
    line = "  {:<22} {:8.2f}   floor {:.2f}{}"
    bare = "floor_journeys_per_second"
    print(line.format("journeys each second", of["journeys_per_second"], of[bare], ""))
    print(f"  share of the floor     {of['ratio']:8.0%}   target: at least {TARGETS['ratio']:.0%}")
    print(line.format("CPU ms each request", of["cpu_ms"], of["floor_cpu_ms"], "; target: under 4"))
    print(line.format("memory of worker, MiB", of["rss_mib"], of["floor_rss_mib"], "; target: under 150"))
    print(f"  first page, kB gzip    {of['first_page_kb']:8.1f}   target: under 40, all in")


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--journeys", type=int, default=60, help="journeys in a round")
    options.add_argument("--check", action="store_true", help="end with 1 when a target is missed")
    chosen = options.parse_args()
    figures = measure(chosen.rounds, chosen.journeys)
    report(figures)
    failed = missed(figures)
    if failed:
        print(f"missed: {', '.join(failed)}")
    return 1 if failed and chosen.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
