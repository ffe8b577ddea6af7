"""What `perdure open` and `perdure demo` do: a service from a form, its owner, and the site that shows it."""

from __future__ import annotations

import os
import re
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from socket import socket

import click

from perdure.cli import house, server

OWNER = "owner@perdure.localhost"
_LINK_MINUTES = 12 * 60
_BY = "system:open"
Say = Callable[[str], None]


def open_form(
    form: Path, content: bytes, data: Path | None, port: tuple[int, bool], *, browser: bool, say: Say
) -> None:
    """Make or find the service of this form and serve it until stopped."""
    listener = server.listening_socket("127.0.0.1", port[0], or_the_next_free=port[1])
    folder = house.enter(data or _folder_for(form.stem))
    house.bring_up_to_date(folder)
    from perdure.parts.catalogue import api as catalogue

    say(f"Reading {form.name}")
    slug = catalogue.add_from_pdf(content, form.name, by=_BY, progress=say)
    _publish_unless_live(slug)
    _serve(listener, slug, browser=browser, welcome=())


def open_demo(data: Path | None, port: tuple[int, bool], *, browser: bool, say: Say) -> None:
    """Serve the example service with its applications until stopped."""
    os.environ.setdefault("PERDURE_ORGANISATION", "Merebridge Council")  # whose form the example is
    listener = server.listening_socket("127.0.0.1", port[0], or_the_next_free=port[1])
    folder = house.enter(data or _folder_for("demo"))
    house.bring_up_to_date(folder)
    from perdure.cli.example import WELCOME, set_up_example

    slug = set_up_example(say=say)
    _serve(listener, slug, browser=browser, welcome=WELCOME)


def _folder_for(name: str) -> Path:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "form"
    return Path("perdure-data") / plain


def _publish_unless_live(slug: str) -> None:
    from perdure.parts.catalogue import api as catalogue

    try:
        catalogue.live_version(slug)
    except catalogue.ServiceClosed:
        catalogue.publish(slug, by=_BY)


def owner_link() -> str:
    """The path that signs the owner of this installation in, once; their account is made when needed."""
    from perdure.foundation.accounts import api as accounts

    accounts.add_person(OWNER, name="Owner", by=_BY, clearance=_ceiling())
    accounts.give_role(OWNER, "owner", by=_BY)
    token = accounts.make_sign_in_link(OWNER, valid_minutes=_LINK_MINUTES, by=_BY)
    return f"/sign-in/{token}/"


def _ceiling() -> str:
    from perdure.foundation.access import api as access

    return access.scheme().ceiling


def _serve(listener: socket, slug: str, *, browser: bool, welcome: tuple[str, ...]) -> None:
    home = f"http://127.0.0.1:{listener.getsockname()[1]}"
    sign_in = home + owner_link()

    def tell() -> None:
        click.echo(f"Service: {home}/services/{slug}/\nDesk: {home}/desk/\nSign in: {sign_in}")
        click.get_text_stream("stdout").flush()
        for line in (*welcome, "Stop it with Ctrl+C."):
            click.echo(line, err=True)
        if browser:
            threading.Thread(target=webbrowser.open, args=[sign_in], daemon=True).start()

    server.serve_in_one_process(listener, ready_at=f"/services/{slug}/", when_ready=tell)
