"""Starts `perdure` as a person does: a process of its own, talked to over its output, signals and HTTP."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.installations import database_of, lay_ready

COMMAND = (sys.executable, "-m", "perdure")


def perdure(*words: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    if "--data" in words and "PERDURE_DATABASE_URL" not in environment:
        lay_ready(Path(words[words.index("--data") + 1]))  # type: ignore[arg-type]
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env=clean(words, cwd, environment),
        check=False,
    )


def clean(words: tuple[object, ...], cwd: Path | None, more: dict[str, str]) -> dict[str, str]:
    """The environment of a person: nothing of the tests' own set-up, but for the database they are run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PERDURE_", "DJANGO_"))}
    if os.environ.get("PERDURE_TEST_DATABASE") == "postgresql" and "PERDURE_DATABASE_URL" not in more:
        more = {**more, "PERDURE_DATABASE_URL": database_of(data_folder(words, cwd, more))}
    return {**kept, **more}


def data_folder(words: tuple[object, ...], cwd: Path | None, more: dict[str, str]) -> str:
    """The data folder that a command works in: what tells one installation from another."""
    told = [str(word) for word in words]
    if "--data" in told:
        return told[told.index("--data") + 1]
    return more.get("PERDURE_DATA") or str(cwd or Path(tempfile.mkdtemp()))


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Running:
    """A command that stays up. `with Running("open", form, ...) as it: it.address("Service")`.

    fresh  leave its data folder as it is, so that it makes its database itself
    """

    def __init__(
        self, *words: object, cwd: Path | None = None, fresh: bool = False, **environment: str
    ) -> None:
        self.words, self.cwd, self.environment = words, cwd, environment
        if "--data" in words and not fresh and "PERDURE_DATABASE_URL" not in environment:
            lay_ready(Path(words[words.index("--data") + 1]))  # type: ignore[arg-type]

    def __enter__(self) -> Running:
        self.process = subprocess.Popen(
            [*COMMAND, *map(str, self.words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.cwd,
            env=clean(self.words, self.cwd, self.environment),
        )
        self.out: list[str] = []
        self.err: list[str] = []
        for stream, kept in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            threading.Thread(
                target=lambda s=stream, k=kept: k.extend(iter(s.readline, "")), daemon=True
            ).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def address(self, name: str, *, on: str = "out", seconds: float = 90) -> str:
        """The address on the line that begins with this name, once it is printed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for line in list(self.out if on == "out" else self.err):
                if found := re.fullmatch(rf"{name}: (http://\S+)\n", line):
                    return found[1]
            if self.process.poll() is not None:
                time.sleep(0.2)
                raise AssertionError(f"ended with {self.process.returncode}: {''.join(self.err)}")
            time.sleep(0.02)
        raise AssertionError(f"no line {name!r} after {seconds} s: {self.out} {self.err}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)
