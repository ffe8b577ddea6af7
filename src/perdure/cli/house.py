"""The installation a command works in: its data folder, Django started, the database up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perdure.cli.refusals import CommandError

SETTINGS = "perdure.site.settings"
_LOCK_NUMBER = 7_270_617  # any number of our own: PostgreSQL's advisory locks are named by one


def enter(data: Path | None = None) -> Path:
    """Start Django on a data folder (PERDURE_DATA when none is given); returns the folder."""
    if data is not None:
        os.environ["PERDURE_DATA"] = str(data.expanduser().absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.conf import settings

    try:
        django.setup()
    except OSError as problem:
        raise CommandError(
            "The data folder cannot be used.",
            "Choose a folder that you may write to with --data or PERDURE_DATA.",
            code="cli.no-data-folder",
        ) from problem
    from perdure.foundation.access.api import require_known_settings

    require_known_settings()
    return Path(settings.DATA)


def bring_up_to_date(folder: Path) -> None:
    """Apply the database changes of this version; two processes at once wait for each other."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        with _alone(folder):
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
            _tidy()
    except OperationalError as problem:
        raise CommandError(
            "The database does not answer.",
            "Check PERDURE_DATABASE_URL, and that the data folder can be written to.",
            code="cli.no-database",
        ) from problem


def _tidy() -> None:
    """Remove what is of no use any more: sessions that are over, old counts, links and workers."""
    from django.core.management import call_command

    from perdure.foundation.accounts import api as accounts
    from perdure.foundation.jobs import api as jobs

    call_command("clearsessions")
    accounts.forget_old()
    jobs.forget_old()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Held by one process at a time: a lock on a file, and for PostgreSQL one in the database too."""
    from django.db import connection

    with (folder / "migrate.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
