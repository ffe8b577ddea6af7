"""Looking at the addresses that cases name, month by month: a hint for keepers, which changes no case.

Off until a keeper turns it on. Which addresses there are is gathered anew each time; each is due a month
after it was looked at, so a tour that was broken off goes on where it was, and one that runs twice does
nothing twice.
"""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure import __version__
from perdure.foundation.audit import api as audit
from perdure.foundation.jobs import api as jobs
from perdure.foundation.reach.api import Look, Manners, Seen, Visitor
from perdure.parts.register.actors import Actor, named, permit, recorded
from perdure.parts.register.errors import VisitsUnderWay
from perdure.parts.register.models import Case
from perdure.parts.register.models_following import Address, Visit, Visiting
from perdure.parts.register.visiting_gathering import gather

VISIT = "register.visit-addresses"
EVERY = timedelta(days=30)
SOON = timedelta(days=3)
"""An address that has just stopped to answer is looked at again sooner: one bad day says little."""
A_DAY = timedelta(days=1)
LEASE = timedelta(minutes=2)
MOST, MOST_OF_A_HOST, AT_ONCE = 20_000, 200, 8
"""Addresses of one tour, of those at one machine, and machines that are asked side by side."""

ANSWERED = frozenset({Seen.ANSWERS, Seen.MOVED, Seen.CLOSED})
NOT_LOOKED = frozenset({Seen.ROBOTS, Seen.BARRED})

Report = Callable[[int, int], None]
"""(done, in all); may raise JobStopped."""


@dataclass(frozen=True)
class Tour:
    """What a tour came to. left: addresses that are due and were left for the next tour."""

    looked: int
    left: int


def state() -> Visiting:
    """Whether addresses are looked at. One query when it was ever asked before."""
    return Visiting.objects.get_or_create(pk=1)[0]


@transaction.atomic
def turn_on(*, by: Actor, at: datetime, address: str = "") -> None:
    """Look at the addresses from now on, the first time at once. Raises NotAllowed.

    address  of the site, told to those who are visited; used where PERDURE_ADDRESS is not set
    """
    permit(by)
    row = _locked()
    was, row.on, row.by = row.on, True, named(by)
    row.address = settings.ADDRESS or address.rstrip("/") or row.address
    _ask_for_tour(row)
    row.save()
    if not was:
        audit.record("register-visits-on", about="register-visits", by=recorded(by), at=at)


@transaction.atomic
def turn_off(*, by: Actor, at: datetime) -> None:
    """Look at no address any more; what was seen stays. Raises NotAllowed."""
    permit(by)
    row = _locked()
    was, row.on, row.by = row.on, False, named(by)
    row.save(update_fields=["on", "by"])
    if row.progress:
        jobs.ask_to_stop(row.progress)
    if was:
        audit.record("register-visits-off", about="register-visits", by=recorded(by), at=at)


def turn_visits(*, on: bool, by: Actor, at: datetime) -> None:
    """Turn it on or off. Raises NotAllowed."""
    if on:
        turn_on(by=by, at=at)
    else:
        turn_off(by=by, at=at)


def _locked() -> Visiting:
    Visiting.objects.get_or_create(pk=1)
    return Visiting.objects.select_for_update().get(pk=1)


def _ask_for_tour(row: Visiting, *, not_before: datetime | None = None) -> None:
    row.progress = jobs.enqueue(VISIT, what=_("Looking at addresses"), queue="slow", not_before=not_before)


@jobs.handles(VISIT)
def visit_addresses(work: jobs.Work) -> None:
    """A tour, and before it the asking for tomorrow's, so that a tour that fails breaks no chain."""
    now = timezone.now()
    with transaction.atomic():
        row = _locked()
        if not row.on:
            return
        if row.next_on is None or row.next_on <= now.date():
            row.next_on = now.date() + A_DAY
            jobs.enqueue(VISIT, what=_("Looking at addresses"), queue="slow", not_before=now + A_DAY)
        row.progress = work.id
        row.save(update_fields=["next_on", "progress"])

    def report(done: int, total: int) -> None:
        said = _("%(n)s of %(all)s addresses") % {"n": done, "all": total}
        work.report(said, done=done, total=total)

    tour(holder=str(work.id), report=report)


def tour(*, holder: str = "", report: Report = lambda _done, _total: None) -> Tour:
    """Look at every address that is due, here and now. Raises VisitsUnderWay.

    holder  who looks, so that one who was broken off can go on at once
    """
    holder = holder or uuid.uuid4().hex
    with _held(holder) as keep:
        gather(report=keep)
        due, left = _due(timezone.now())
        total = sum(len(urls) for urls in due.values())
        report(0, total)
        looked = 0
        for url, look in _looks(due, keep):
            _keep(url, look, at=timezone.now())
            looked += 1
            report(looked, total)
        Visiting.objects.filter(pk=1).update(ended_at=timezone.now())
    if looked:
        detail = {"looked": looked, "left": left}
        audit.record("register-visits-made", about="register-visits", by="system:visits", detail=detail)
    return Tour(looked, left)


@contextmanager
def _held(holder: str) -> Iterator[Callable[[], None]]:
    """One tour at a time. Gives what to call now and then, to hold on to it."""
    state()
    said = 0.0

    def keep() -> None:
        nonlocal said
        if time.monotonic() - said < LEASE.total_seconds() / 4 and said:
            return
        said = time.monotonic()
        now = timezone.now()
        free = Q(holder=holder) | Q(held_until=None) | Q(held_until__lt=now)
        if not Visiting.objects.filter(free, pk=1).update(holder=holder, held_until=now + LEASE):
            raise VisitsUnderWay

    keep()
    try:
        yield keep
    finally:
        Visiting.objects.filter(pk=1, holder=holder).update(holder="", held_until=None)


def _due(now: datetime) -> tuple[dict[str, list[str]], int]:
    """The addresses to look at by machine, each once however many cases name it; and how many are left."""
    rows = Address.objects.filter(current=True, due_at__lte=now, case__state=Case.State.PUBLISHED)
    chosen: dict[str, dict[str, None]] = {}
    n = left = 0
    for url, host in rows.order_by("due_at", "pk").values_list("url", "host").iterator(chunk_size=2000):
        urls = chosen.setdefault(host, {})
        if url in urls:
            continue
        if n >= MOST or len(urls) >= MOST_OF_A_HOST:
            left += 1
            continue
        urls[url] = None
        n += 1
    return {host: list(urls) for host, urls in chosen.items() if urls}, left


def manners() -> Manners:
    """How we go about, and who we say that we are."""
    address = settings.ADDRESS or state().address
    who = f"+{address}/register/visits/" if address else settings.ORGANISATION
    agent = f"Perdure/{__version__} ({who})".encode("ascii", "ignore").decode()
    return Manners(agent=agent, loopback=settings.VISIT_LOOPBACK, pause=settings.VISIT_PAUSE)


def _looks(due: dict[str, list[str]], keep: Callable[[], None]) -> Iterator[tuple[str, Look]]:
    """What is seen, as it is seen: several machines side by side, each by one thread."""
    visitor, stop = Visitor(manners()), threading.Event()
    seen: queue.SimpleQueue[tuple[str, Look]] = queue.SimpleQueue()

    def go(urls: list[str]) -> None:
        for url in urls:
            if stop.is_set():
                return
            seen.put((url, visitor.look(url)))

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="visit") as pool:
        tours = [pool.submit(go, urls) for urls in due.values()]
        try:
            yield from _as_they_come(tours, seen, keep)
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def _as_they_come(
    tours: list[Future[None]], seen: queue.SimpleQueue[tuple[str, Look]], keep: Callable[[], None]
) -> Iterator[tuple[str, Look]]:
    while True:
        over = all(one.done() for one in tours)
        try:
            yield seen.get(timeout=0.0 if over else 0.5)
        except queue.Empty:
            if over:
                break
        keep()
    for one in tours:
        one.result()  # what went wrong in a thread goes wrong here, when all the others are through


@transaction.atomic
def _keep(url: str, look: Look, *, at: datetime) -> None:
    """Write down what was seen, for every case that names the address."""
    for row in Address.objects.select_for_update().filter(url=url, current=True):
        newly_bad = _note(row, look, at)
        row.due_at = at + (SOON if newly_bad else EVERY)
        row.save()
        Visit.objects.create(address=row, seen=look.seen, status=look.status, moved_to=row.moved_to, at=at)


def _note(row: Address, look: Look, at: datetime) -> bool:
    """Put it on the address; has it gone bad only now?"""
    was = row.bad_since
    row.seen, row.status, row.looked_at = look.seen.value, look.status, at
    row.moved_to = look.moved_to[:2000]
    if look.seen in ANSWERED:
        row.answered_at, row.bad_since = at, None
    elif look.seen not in NOT_LOOKED:
        row.bad_since = was or at
    return was is None and row.bad_since is not None
