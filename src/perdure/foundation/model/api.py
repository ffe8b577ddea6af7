"""Model: one question to a language model behind an OpenAI-compatible address, and its answer as text.

Off unless PERDURE_MODEL_URL is set. It goes to that address and no other: no redirects, no proxy.
The key goes into one header, and into no log, error or page. Ask from a job, never from a page.

Source: the chat completions of OpenAI's API, which llama.cpp, Ollama, vLLM and others speak too.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from perdure.foundation.model.errors import (
    ModelAnswerNotRead,
    ModelError,
    ModelNotReached,
    ModelNotSetUp,
    ModelOff,
    ModelSaysNo,
    ModelTooSlow,
)

__all__ = [
    "ModelAnswerNotRead",
    "ModelError",
    "ModelNotReached",
    "ModelNotSetUp",
    "ModelOff",
    "ModelSaysNo",
    "ModelTooSlow",
    "address",
    "ask",
    "is_on",
    "name",
]

LARGEST = 1_000_000
"""Bytes of an answer that are read."""

_NOT_UNDERSTOOD = (400, 422)
"""How an endpoint answers that does not know one of the wishes beside the messages."""


def is_on() -> bool:
    """Is a model set up?"""
    return bool(settings.MODEL_URL)


def name() -> str:
    """What the model is called; "" where the address serves only one."""
    return str(settings.MODEL_NAME)


def address() -> str:
    """Where questions go, to be shown to people. Raises ModelOff or ModelNotSetUp."""
    place = _place()
    return f"{place.scheme}://{place.netloc}{place.path}"


def ask(request: Mapping[str, Any], *, seconds: float) -> str:
    """Ask once, and return the words of the answer.

    request  body of a chat completion without the model's name: messages, and wishes such as
             response_format. Where the endpoint knows no such wish, it is asked again with
             the messages alone.
    seconds  for the whole answer, by the clock on the wall
    Raises a ModelError.
    """
    until = time.monotonic() + seconds
    try:
        return _asked(request, seconds, until)
    except ModelSaysNo as refusal:
        if refusal.status not in _NOT_UNDERSTOOD or request.keys() <= {"messages"}:
            raise
    return _asked({"messages": request["messages"]}, seconds, until)


def _asked(request: Mapping[str, Any], seconds: float, until: float) -> str:
    place = _place()
    body = json.dumps({"model": name(), **request, "stream": False}).encode()
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "perdure",
        **_key(),
    }
    return _words(_post(place, body, headers, seconds, until))


def _post(place: SplitResult, body: bytes, headers: dict[str, str], seconds: float, until: float) -> bytes:
    """The answer's bytes. A connection that is still open at the deadline is cut, wherever it is."""
    left = until - time.monotonic()
    if left <= 0:
        raise ModelTooSlow(seconds)
    connection = _connection(place, left)
    try:
        connection.connect()
        with _cut_at(connection.sock, until - time.monotonic()) as was_cut:
            status, answer, whole = _exchange(connection, place.path, body, headers)
    except (OSError, UnicodeError, HTTPException) as problem:
        if isinstance(problem, TimeoutError) or time.monotonic() >= until:
            raise ModelTooSlow(seconds) from None
        raise ModelNotReached from problem
    finally:
        connection.close()
    if not whole:
        raise ModelTooSlow(seconds) if was_cut.is_set() else ModelNotReached
    if status != HTTPStatus.OK:
        raise ModelSaysNo(status)
    if len(answer) > LARGEST:
        raise ModelAnswerNotRead(_("The language model's answer is larger than 1 MB."))
    return answer


def _exchange(
    connection: HTTPConnection, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, bytes, bool]:
    """Status, the bytes of a success as far as we read, and whether they are all that there should be."""
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    if response.status != HTTPStatus.OK:
        return response.status, b"", True
    answer = response.read(LARGEST + 1)
    return response.status, answer, len(answer) > LARGEST or not response.length


def _connection(place: SplitResult, seconds: float) -> HTTPConnection:
    host, port = str(place.hostname), place.port
    if place.scheme == "https":
        return HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=seconds)


@contextmanager
def _cut_at(connected: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Cut a connection after so many seconds: a timeout of a socket counts each byte anew."""
    was_cut = threading.Event()

    def cut() -> None:
        was_cut.set()
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, seconds), cut)
    timer.daemon = True
    timer.start()
    try:
        yield was_cut
    finally:
        timer.cancel()


def _place() -> SplitResult:
    """The address of the chat completions. Raises ModelOff or ModelNotSetUp."""
    url = str(settings.MODEL_URL)
    if not url:
        raise ModelOff
    try:
        place = urlsplit(url)
        usable = place.scheme in ("http", "https") and place.hostname and place.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise ModelNotSetUp(
            _("PERDURE_MODEL_URL is not a web address."), _("Write it like http://localhost:8080/v1")
        )
    if place.username is not None or place.query or place.fragment:
        raise ModelNotSetUp(
            _("PERDURE_MODEL_URL holds more than an address."), _("Put a key into PERDURE_MODEL_KEY.")
        )
    path = place.path.rstrip("/")
    return place._replace(path=path if path.endswith("/chat/completions") else f"{path}/chat/completions")


def _key() -> dict[str, str]:
    """The header that proves who asks; none without a key. Raises ModelNotSetUp."""
    key = str(settings.MODEL_KEY)
    if not (key.isascii() and key.isprintable()):
        raise ModelNotSetUp(
            _("PERDURE_MODEL_KEY holds characters that no key has."), _("Copy the key again, on one line.")
        )
    return {"Authorization": f"Bearer {key}"} if key else {}


def _words(answer: bytes) -> str:
    """The text of the first choice."""
    try:
        words = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise ModelAnswerNotRead from None
    if not isinstance(words, str):
        raise ModelAnswerNotRead
    return words
