"""The web server: one process with threads (waitress), or many processes (gunicorn).

See docs/decisions/050: why one process is served by waitress.
"""

from __future__ import annotations

import errno
import http.client
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from perdure.cli.refusals import CommandError

THREADS = 4
CONNECTIONS = 1000
"""Open at a time in one process. Browsers keep theirs open between pages, so this is people, not requests."""
_PORTS_TO_TRY = 50


def listening_socket(host: str, port: int, *, or_the_next_free: bool) -> socket.socket:
    """A socket that already listens. Raises CommandError when the port is taken."""
    last = port + _PORTS_TO_TRY if or_the_next_free else port + 1
    for candidate in range(port, min(last, 65536)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, candidate))
            made.listen(256)
        except OSError as problem:
            made.close()
            if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise _no_address(host, port) from problem
            continue
        return made
    raise CommandError(
        f"Port {port} of {host} is in use, or not for us.",
        "Choose another with --port.",
        code="cli.port-in-use",
    )


def _no_address(host: str, port: int) -> CommandError:
    return CommandError(
        f"We cannot listen at {host}:{port}.", "Check --host and --port.", code="cli.cannot-listen"
    )


def serve_in_one_process(
    listener: socket.socket, *, ready_at: str, when_ready: Callable[[], None], jobs: bool = True
) -> None:
    """Serve with threads, the job worker among them, until SIGINT or SIGTERM; then finish what is in hand.

    ready_at    the page that must be shown before when_ready is called
    """
    import waitress

    from perdure.foundation.jobs.api import JobWorker

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _sets(stop))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue for a moment is no news
    server: Any = waitress.create_server(
        _site(),
        sockets=[listener],
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=False,
        connection_limit=CONNECTIONS,
        channel_timeout=60,
        asyncore_use_poll=True,
    )
    web = threading.Thread(target=server.run, name="perdure-web", daemon=True)
    web.start()
    worker = JobWorker()
    if jobs:
        worker.start()
    if _answers(listener, ready_at, stop):
        when_ready()
    stop.wait()
    worker.stop()
    server.task_dispatcher.shutdown(timeout=10)


def _site() -> Any:
    """The WSGI application with every address loaded: a mistake in them shows now, not at a visit.

    What a server in front says about the visitor is believed when it is the one named in
    PERDURE_PROXY; the same headers from anybody else are taken off.
    """
    from django.conf import settings
    from django.core.servers.basehttp import get_internal_wsgi_application
    from django.urls import get_resolver
    from waitress.proxy_headers import proxy_headers_middleware

    assert get_resolver().url_patterns
    return proxy_headers_middleware(
        get_internal_wsgi_application(),
        trusted_proxy=settings.PROXY or None,
        trusted_proxy_count=1,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        clear_untrusted=True,
    )


def _sets(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handler(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(128 + number)  # asked twice: do not wait for anything
        stop.set()

    return handler


def _answers(listener: socket.socket, page: str, stop: threading.Event) -> bool:
    """Wait until the server shows the page. False when it was stopped before; CommandError when it cannot."""
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    until = time.monotonic() + 60
    while not stop.is_set() and time.monotonic() < until:
        connection = http.client.HTTPConnection(here, port, timeout=30)
        try:
            connection.request("GET", page, headers={"Host": _a_host_of_ours(here)})
            if connection.getresponse().status < 500:
                return True
            break
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    if stop.is_set():
        return False
    raise CommandError(
        "The server started but shows no page.",
        "Look at the lines above for the reason.",
        code="cli.not-ready",
    )


def _a_host_of_ours(here: str) -> str:
    from django.conf import settings

    known = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return here if here in known or not known else known[0]


def serve_in_many_processes(listener: socket.socket, workers: int, *, jobs: bool = True) -> None:
    """Serve with gunicorn: `workers` processes with threads, a job worker in each. Ends the process."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    from perdure.foundation.jobs.api import JobWorker

    application = _site()
    connections.close_all()  # the children must not share the parent's connection

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            chosen = {
                "bind": f"fd://{listener.fileno()}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "preload_app": True,
                "secure_scheme_headers": {},  # _site() alone decides whom to believe
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_worker_init": (lambda worker: JobWorker().start()) if jobs else (lambda worker: None),
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Site().run()
