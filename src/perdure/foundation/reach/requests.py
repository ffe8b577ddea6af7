"""One request to one machine, bounded in time and size, to the address that was looked at."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse

import certifi

from perdure.foundation.reach.errors import NotReached, Why
from perdure.foundation.reach.guard import Place, Resolve, addresses_of, resolve

_TRIED = 3
_PIECE = 8192


@dataclass(frozen=True)
class Manners:
    """How we go about. connect, whole: seconds; largest: bytes that are read; pause: seconds between requests
    to one machine.

    loopback   for trials: this machine itself is allowed, at every port
    """

    agent: str
    loopback: bool = False
    connect: float = 8.0
    whole: float = 20.0
    largest: int = 65_536
    pause: float = 1.0
    ask: Resolve = resolve


@dataclass(frozen=True)
class Reply:
    """What came back. headers: names in small letters; body: the beginning of it."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(method: str, place: Place, manners: Manners, *, largest: int | None = None) -> Reply:
    """Ask for one address; redirects are for the caller to follow. Raises NotReached."""
    over = threading.Event()
    try:
        with _connected(place, manners, over) as connected:
            answer = _talk(connected, method, place, manners.agent)
            if over.is_set():
                raise NotReached(Why.TIMED_OUT)
            return _read(answer, largest or manners.largest)
    except ssl.SSLError as problem:
        raise NotReached(Why.TIMED_OUT if over.is_set() else Why.UNSAFE) from problem
    except TimeoutError as problem:
        raise NotReached(Why.TIMED_OUT) from problem
    except OSError as problem:
        raise NotReached(Why.TIMED_OUT if over.is_set() else Why.REFUSED) from problem
    except (HTTPException, ValueError) as problem:
        raise NotReached(Why.TIMED_OUT if over.is_set() else Why.NOT_HTTP) from problem


@contextlib.contextmanager
def _connected(place: Place, manners: Manners, over: threading.Event) -> Iterator[socket.socket]:
    """A connection to one of the addresses that were looked at, cut when the time is up."""
    began = time.monotonic()
    raw = _dial(addresses_of(place, ask=manners.ask, loopback=manners.loopback), place.port, manners)
    if place.scheme == "https":
        raw = _safe().wrap_socket(raw, server_hostname=place.host, do_handshake_on_connect=False)

    def cut() -> None:
        over.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(raw, socket.SHUT_RDWR)

    watch = threading.Timer(max(0.1, manners.whole - (time.monotonic() - began)), cut)
    watch.daemon = True
    watch.start()
    try:
        if isinstance(raw, ssl.SSLSocket):
            raw.do_handshake()
        yield raw
    finally:
        watch.cancel()
        raw.close()


def _dial(addresses: list[str], port: int, manners: Manners) -> socket.socket:
    problem: OSError = OSError("no address")
    for address in addresses[:_TRIED]:
        try:
            return socket.create_connection((address, port), timeout=manners.connect)
        except OSError as one:
            problem = one
    raise problem


@cache
def _safe() -> ssl.SSLContext:
    """Certificates that the machine trusts, and those that browsers trust where it has none of its own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _talk(connected: socket.socket, method: str, place: Place, agent: str) -> HTTPResponse:
    conversation = HTTPConnection(place.host, place.port)
    conversation.sock = connected
    headers = {
        "Host": place.authority,
        "User-Agent": agent,
        "Accept": "text/html, */*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    conversation.request(method, place.path, headers=headers)
    return conversation.getresponse()


def _read(answer: HTTPResponse, largest: int) -> Reply:
    """The beginning of the answer. A page that is cut while it comes has answered all the same."""
    told = {name.lower(): value for name, value in answer.getheaders()}
    body = bytearray()
    with contextlib.suppress(OSError, HTTPException, ValueError):
        while len(body) < largest and (piece := answer.read1(min(_PIECE, largest - len(body)))):
            body += piece
    return Reply(answer.status, told, bytes(body))
