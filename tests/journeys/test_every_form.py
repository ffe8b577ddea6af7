"""Every form, as it is and as a flat copy, opens, is walked to the receipt, and comes back filled in.

`make test` walks our own examples and a handful of the shared forms; `make proof` walks all of them.
The product runs as a process of its own, as a person would start it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from perdure.core.definition.api import load_definition
from tests.conftest import ROOT
from tests.installations import database_of, lay_ready, rows_of
from tests.journeys.on_paper import faults
from tests.journeys.walker import Walk

EXAMPLES = ROOT / "src" / "perdure" / "examples"
SHARED = Path(os.environ.get("PERDURE_SHARED", ROOT.parent / "shared")).absolute() / "forms"
ALL = sorted((SHARED / "dev").glob("*.pdf"))


@dataclass(frozen=True)
class Opened:
    """A service that `perdure open` serves now."""

    base: str
    service: str
    desk: str
    sign_in: str
    data: Path


@contextmanager
def opened(form: Path, data: Path, *, seconds: float = 420) -> Iterator[Opened]:
    """Run `perdure open FORM --no-browser` until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("perdure")), "open", str(form), "--port", str(port)]
    talk, environment = data.with_suffix(".log"), dict(os.environ)
    lay_ready(data)
    if os.environ.get("PERDURE_TEST_DATABASE") == "postgresql":
        environment["PERDURE_DATABASE_URL"] = database_of(str(data))
    with talk.open("w") as err:
        process = subprocess.Popen(
            [*command, "--data", str(data), "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
            env=environment,
        )
    try:
        lines = _lines(process, time.monotonic() + seconds)
        assert set(lines) == {"Service", "Desk", "Sign in"}, talk.read_text()
        yield Opened(f"http://127.0.0.1:{port}", lines["Service"], lines["Desk"], lines["Sign in"], data)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _lines(process: subprocess.Popen[str], until: float) -> dict[str, str]:
    found: dict[str, str] = {}
    assert process.stdout is not None
    while len(found) < 3 and time.monotonic() < until:
        line = process.stdout.readline()
        if not line:
            break
        if match := re.match(r"(Service|Desk|Sign in): (http\S+)", line):
            found[match[1]] = match[2]
    return found


def walk_and_read_back(form: Path, folder: Path) -> list[str]:
    """Everything that is not as it should be, in words; empty when the form came through."""
    with opened(form, folder / "data") as running:
        reference = Walk(running.base).go(running.service)
        staff = httpx.Client(follow_redirects=True, timeout=180)
        staff.get(running.sign_in).raise_for_status()
        case = staff.get(f"{running.desk}cases/{reference}/")
        paper = staff.get(f"{running.desk}cases/{reference}/paper.pdf")
        assert case.status_code == 200
        assert paper.headers["content-type"] == "application/pdf", paper.text[:500]
    answers, definition = _kept(running.data, reference)
    return faults(load_definition(definition), answers, paper.content, form.read_bytes())


def _kept(data: Path, reference: str) -> tuple[dict[str, object], str]:
    sent = f"select answers, version from intake_application where reference = '{reference}'"
    [(answers, version)] = rows_of(data, sent)
    published = f"select definition from catalogue_version where content_hash = '{version}'"
    [(definition,)] = rows_of(data, published)
    return (json.loads(answers) if isinstance(answers, str) else answers), definition


def flat_copies(forms: list[Path], folder: Path) -> list[Path]:
    """Flat copies of the forms, as the scorer beside the shared forms makes them."""
    source = folder / "as-is"
    source.mkdir(exist_ok=True)
    for form in forms:
        shutil.copy(form, source / form.name)
    scorer = [sys.executable, str(SHARED / "score.py"), "flatten"]
    subprocess.run([*scorer, "--forms", str(source), "--to", str(folder / "flat")], check=True)
    return [folder / "flat" / form.name for form in forms]


@pytest.mark.fresh_process
@pytest.mark.parametrize("form", sorted(EXAMPLES.glob("*.pdf")), ids=lambda form: form.stem)
def test_our_own_examples_come_back_filled_in(form, tmp_path):
    assert walk_and_read_back(form, tmp_path) == []


@pytest.mark.fresh_process
@pytest.mark.parametrize("form", ALL[::16], ids=lambda form: form.stem)
def test_a_handful_of_shared_forms_come_back_filled_in(form, tmp_path, shared):
    assert walk_and_read_back(form, tmp_path) == []


@pytest.mark.fresh_process
@pytest.mark.parametrize("form", ALL[5::20], ids=lambda form: form.stem)
def test_a_handful_of_flat_copies_come_back_filled_in(form, tmp_path, shared):
    (flat,) = flat_copies([form], tmp_path)
    assert walk_and_read_back(flat, tmp_path) == []


@pytest.mark.proof
@pytest.mark.parametrize("form", ALL, ids=lambda form: form.stem)
def test_every_shared_form_comes_back_filled_in(form, tmp_path, shared):
    assert walk_and_read_back(form, tmp_path) == []


@pytest.mark.proof
@pytest.mark.parametrize("form", ALL, ids=lambda form: form.stem)
def test_every_flat_copy_comes_back_filled_in(form, tmp_path, shared):
    (flat,) = flat_copies([form], tmp_path)
    assert walk_and_read_back(flat, tmp_path) == []
