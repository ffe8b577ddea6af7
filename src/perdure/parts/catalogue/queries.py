"""Questions to the catalogue. Reading a published version needs no query after the first."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import Q

from perdure.core.definition.api import Definition, compile_service, content_hash, load_definition
from perdure.core.definition.service import Service as CompiledService
from perdure.foundation.files import api as files
from perdure.parts.catalogue.errors import ServiceClosed, ServiceNotFound
from perdure.parts.catalogue.models import Service, Version
from perdure.parts.catalogue.values import NewestRunning, RunningService

_HASH = re.compile(r"[0-9a-f]{64}")


def running_services(*, start: int = 0, most: int | None = None) -> list[RunningService]:
    """Services that take applications, by title. One query."""
    rows = Service.objects.exclude(live="").order_by("title", "slug").values_list("slug", "title", "summary")
    return [RunningService(*row) for row in rows[start : None if most is None else start + most]]


def newest_running() -> NewestRunning | None:
    """The service that was published last and runs, or None. One query."""
    rows = Service.objects.exclude(live="").order_by("-versions__published_at", "slug")
    row = rows.values_list("slug", "title", "summary", "paper").first()
    return NewestRunning(row[0], row[1], row[2], bool(row[3])) if row else None


def count_running() -> int:
    """How many services take applications. One query."""
    return Service.objects.exclude(live="").count()


def live_version(slug: str) -> str:
    """The version that a new application gets. One query. Raises ServiceNotFound or ServiceClosed."""
    row = Service.objects.filter(slug=slug).values_list("title", "live").first()
    if row is None:
        raise ServiceNotFound
    title, live = row
    if not live:
        raise ServiceClosed(title)
    return str(live)


@lru_cache(maxsize=256)
def service_at(version: str) -> CompiledService:
    """A published version, compiled. One query at first, none after. Raises ServiceNotFound."""
    text = Version.objects.filter(content_hash=version).values_list("definition", flat=True).first()
    if text is None:
        raise ServiceNotFound
    definition = load_definition(text)
    if content_hash(definition) != version:
        raise RuntimeError(f"version {version} does not have the content it was published with")
    return compile_service(definition)


def definition_at(version: str) -> Definition:
    """The definition of a published version; as cheap as service_at. Raises ServiceNotFound."""
    return service_at(version).definition


def paper_of(slug_or_version: str) -> bytes:
    """The PDF form behind a service or a version; b"" when there is none. Raises ServiceNotFound.

    A service that runs has the paper of the version that runs, whatever its draft has.
    """
    kept = _paper_hash(slug_or_version)
    return files.fetch(kept) if kept else b""


def _paper_hash(slug_or_version: str) -> str:
    """The paper of a version; for a service that runs, of the version that runs."""
    if _HASH.fullmatch(slug_or_version):
        paper = definition_at(slug_or_version).paper
        if paper is not None and paper.sha256:
            return paper.sha256
        wanted = Q(versions__content_hash=slug_or_version)
    else:
        live = Service.objects.filter(slug=slug_or_version).values_list("live", flat=True).first()
        if live:
            return _paper_hash(live)
        wanted = Q(slug=slug_or_version)
    row = Service.objects.filter(wanted).values_list("paper", flat=True).first()
    if row is None:
        raise ServiceNotFound
    return str(row)
