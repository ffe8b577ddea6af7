"""Catalogue: services, the drafts their owners work on, and the versions that applications belong to.

Owns the words service, draft, version and publish. A version is named by the hash of
its content and never changes. Does not know of applications or cases.
"""

from perdure.parts.catalogue.actions import add_from_definition, add_from_pdf, close, publish, reopen
from perdure.parts.catalogue.errors import (
    CannotPublish,
    CatalogueError,
    ServiceClosed,
    ServiceNotFound,
    StaleDraft,
)
from perdure.parts.catalogue.queries import (
    count_running,
    definition_at,
    live_version,
    newest_running,
    paper_of,
    running_services,
    service_at,
)
from perdure.parts.catalogue.values import NewestRunning, RunningService

__all__ = [
    "CannotPublish",
    "CatalogueError",
    "NewestRunning",
    "RunningService",
    "ServiceClosed",
    "ServiceNotFound",
    "StaleDraft",
    "add_from_definition",
    "add_from_pdf",
    "close",
    "count_running",
    "definition_at",
    "live_version",
    "newest_running",
    "paper_of",
    "publish",
    "reopen",
    "running_services",
    "service_at",
]
