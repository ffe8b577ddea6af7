"""A real HTTP server on loopback that speaks chat completions, as an operator's model would."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Endpoint:
    """A running server. asked: path, headers and body of every request."""

    url: str
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


def send(to: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    to.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)


def completion(words: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


def says(words: object) -> Answer:
    """Always the same words."""
    return lambda to, body: send(to, completion(words))


def with_status(status: int, **headers: str) -> Answer:
    return lambda to, body: send(to, b"a secret of the model's side", status, **headers)


def rewords(change: Callable[[dict[str, str]], object]) -> Answer:
    """A model that rewords each question it is given; None leaves one out."""

    def answer(to: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        asked = json.loads(body["messages"][1]["content"])["questions"]
        new = [item for each in asked if (item := change(each)) is not None]
        send(to, completion(json.dumps({"questions": new})))

    return answer


def drips(to: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A byte now and then, so that no single wait is long."""
    to.send_response(200)
    to.send_header("Content-Length", "100000")
    to.end_headers()
    for _byte in range(200):
        to.wfile.write(b" ")
        time.sleep(0.05)


@contextmanager
def served(answer: Answer) -> Iterator[Endpoint]:
    endpoint = Endpoint("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.asked.append((self.path, dict(self.headers), body))
            try:
                answer(self, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def model(settings: Any) -> Iterator[Callable[[Answer], Endpoint]]:
    """model(answer) -> an endpoint that runs, with the installation set up to use it."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def run(answer: Answer, key: str = "") -> Endpoint:
            endpoint = stack.enter_context(served(answer))
            settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY = endpoint.url, "small-model", key
            return endpoint

        yield run
