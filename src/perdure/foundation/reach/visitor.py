"""A polite visitor: does what robots.txt says, one request at a time for a machine, a pause between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urljoin

from protego import Protego

from perdure.foundation.reach.errors import NotReached, Why
from perdure.foundation.reach.guard import Place, place_of
from perdure.foundation.reach.requests import Manners, Reply, fetch
from perdure.foundation.reach.signs import leads_to_front, looks_missing, looks_parked, same_address

REDIRECTS = 5
NAME = "Perdure"
"""What we are called in robots.txt."""
_ROBOTS_LARGEST = 512_000
_LONGEST_PAUSE = 30.0
_MOVED_FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_MOVED = {*_MOVED_FOR_GOOD, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_CLOSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}


class Seen(StrEnum):
    """What was seen at an address.

    CLOSED: it answers, but not to programs or strangers. PARKED, MISSING, FRONT_PAGE: it answers, but by its
    words the name is for sale, there is no such page, or only the front page is left. BARRED: not looked at.
    """

    ANSWERS = "answers"
    MOVED = "moved"
    CLOSED = "closed"
    PARKED = "parked"
    MISSING = "missing"
    FRONT_PAGE = "front_page"
    GONE = "gone"
    TROUBLE = "trouble"
    LOOP = "loop"
    NOT_HTTP = "not_http"
    REFUSED = "refused"
    NO_HOST = "no_host"
    TIMED_OUT = "timed_out"
    UNSAFE = "unsafe"
    ROBOTS = "robots"
    BARRED = "barred"


@dataclass(frozen=True)
class Look:
    """What was seen. status: of the last answer, 0 for none; moved_to: where it leads for good, or ""."""

    seen: Seen
    status: int = 0
    moved_to: str = ""


@dataclass
class _Host:
    """The turn of one machine. next_at: of time.monotonic()."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    pause: float = 0.0


@dataclass
class _Rules:
    """What robots.txt of an origin says; or what stood in the way of asking for it."""

    robots: Protego | None = None
    instead: Look | None = None


class Visitor:
    """Looks at addresses, from several threads if wanted. Keeps rules and turns as long as it lives."""

    def __init__(self, manners: Manners, *, sleep: Callable[[float], object] = time.sleep) -> None:
        self.manners = manners
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def look(self, url: str) -> Look:
        """What is there now. Follows a few redirects, and looks at each address before it goes there."""
        try:
            place = place_of(url, loopback=self.manners.loopback)
            return self._follow(place)
        except NotReached as problem:
            return Look(Seen(problem.why.value))

    def _follow(self, start: Place) -> Look:
        place, for_good = start, True
        for _hop in range(REDIRECTS + 1):
            rules = self._rules_of(place)
            if rules.instead is not None:
                return rules.instead
            if rules.robots is not None and not rules.robots.can_fetch(place.url, NAME):
                return Look(Seen.ROBOTS)
            reply = self._ask(place)
            to = reply.headers.get("location", "")
            if reply.status not in _MOVED or not to:
                return _judge(start, place, reply, for_good=for_good)
            for_good = for_good and reply.status in _MOVED_FOR_GOOD
            place = place_of(urljoin(place.url, to), loopback=self.manners.loopback)
        return Look(Seen.LOOP, reply.status)

    def _ask(self, place: Place) -> Reply:
        """HEAD, and GET where HEAD does not tell enough."""
        try:
            head = self._fetch("HEAD", place)
        except NotReached as problem:
            if problem.why is not Why.NOT_HTTP:
                raise
            return self._fetch("GET", place)
        if head.status in _MOVED and head.headers.get("location"):
            return head
        if head.status == HTTPStatus.OK and "html" not in head.headers.get("content-type", "html"):
            return head
        return self._fetch("GET", place)

    def _fetch(self, method: str, place: Place, *, largest: int | None = None) -> Reply:
        host = self._host(place)
        with host.turn:
            wait = host.next_at - time.monotonic()
            if wait > 0:
                self._sleep(wait)
            try:
                return fetch(method, place, self.manners, largest=largest)
            finally:
                host.next_at = time.monotonic() + max(self.manners.pause, host.pause)

    def _host(self, place: Place) -> _Host:
        with self._lock:
            return self._hosts.setdefault(place.host, _Host())

    def _rules_of(self, place: Place) -> _Rules:
        known = self._rules.get(place.origin)
        if known is None:
            known = self._rules[place.origin] = self._ask_rules(place)
        if known.robots is not None:
            asked = known.robots.crawl_delay(NAME) or 0.0
            self._host(place).pause = min(float(asked), _LONGEST_PAUSE)
        return known

    def _ask_rules(self, place: Place) -> _Rules:
        """robots.txt by RFC 9309: not there allows everything, a server in trouble allows nothing."""
        at = place
        try:
            at = place_of(f"{place.origin}/robots.txt", loopback=self.manners.loopback)
            for _hop in range(REDIRECTS + 1):
                reply = self._fetch("GET", at, largest=_ROBOTS_LARGEST)
                to = reply.headers.get("location", "")
                if reply.status not in _MOVED or not to:
                    return _rules_from(reply)
                at = place_of(urljoin(at.url, to), loopback=self.manners.loopback)
        except NotReached as problem:
            elsewhere = at.host != place.host  # where its rules were said to be, not the machine itself
            if elsewhere or problem.why is Why.NOT_HTTP:
                return _Rules()
            return _Rules(instead=Look(Seen(problem.why.value)))
        return _Rules()


def _rules_from(reply: Reply) -> _Rules:
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _Rules(instead=Look(Seen.TROUBLE, reply.status))
    if reply.status != HTTPStatus.OK:
        return _Rules()
    return _Rules(robots=Protego.parse(reply.body.decode("utf-8", errors="replace")))


def _judge(start: Place, place: Place, reply: Reply, *, for_good: bool) -> Look:
    """What an answer that is no redirect means."""
    if reply.status in _GONE:
        return Look(Seen.GONE, reply.status)
    if reply.status in _CLOSED:
        return Look(Seen.CLOSED, reply.status)
    if not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return Look(Seen.TROUBLE, reply.status)
    page = reply.body.decode("utf-8", errors="replace")
    if looks_parked(page):
        return Look(Seen.PARKED, reply.status)
    if looks_missing(page):
        return Look(Seen.MISSING, reply.status)
    if leads_to_front(start.url, place.url):
        return Look(Seen.FRONT_PAGE, reply.status)
    if for_good and not same_address(start.url, place.url):
        return Look(Seen.MOVED, reply.status, place.url)
    return Look(Seen.ANSWERS, reply.status)
