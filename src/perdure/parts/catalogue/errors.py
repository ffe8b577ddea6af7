"""Refusals of the catalogue.

PerdureError
└── CatalogueError
    ├── ServiceNotFound    no service, draft or version under that name
    ├── ServiceClosed      it is there but takes no applications
    ├── StaleDraft         somebody else changed the draft in the meantime
    ├── NothingToUndo      no step is left to take back
    ├── CannotPublish      the draft cannot go live as it stands
    ├── NoSuchProposal     proposed words that are gone or decided on
    ├── EditionGone        a new edition that was taken up or left in the meantime
    └── UploadRefused      a file that is not taken in
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError


class CatalogueError(PerdureError):
    """Whatever the catalogue refuses."""

    code = "catalogue.refused"


class ServiceNotFound(CatalogueError):
    """No service, draft or version under that name."""

    code = "catalogue.not-found"

    def __init__(self) -> None:
        super().__init__(_("There is no service at this address."), _("Look at the list of services."))


class ServiceClosed(CatalogueError):
    """The service is there, and takes no applications now."""

    code = "catalogue.closed"

    def __init__(self, title: str) -> None:
        super().__init__(
            _("%(title)s takes no applications at the moment.") % {"title": title},
            _("Ask us by phone or post what you can do instead."),
        )


@dataclass(frozen=True)
class StepSince:
    """What somebody did to a draft: in words, when, and who."""

    did: str
    at: datetime
    by: str


class StaleDraft(CatalogueError):
    """The draft was changed after it was read.

    revision   the one it has now
    since      what was done, oldest first; empty when a change was taken back
    """

    code = "catalogue.stale"

    def __init__(self, *, revision: int, since: tuple[StepSince, ...]) -> None:
        super().__init__(
            _("This draft was changed while you worked on it."),
            _("Look at what was done, then save again."),
        )
        self.revision = revision
        self.since = since


class NothingToUndo(CatalogueError):
    """No step is left to take back."""

    code = "catalogue.nothing-to-undo"

    def __init__(self) -> None:
        super().__init__(_("There is no change left to undo."))


class CannotPublish(CatalogueError):
    """The draft cannot go live. problems: one sentence each."""

    code = "catalogue.cannot-publish"

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            _("This draft cannot be published yet."),
            _("Mend this, then publish again: %(problems)s") % {"problems": " ".join(problems[:3])},
        )
        self.problems = problems


class NoSuchProposal(CatalogueError):
    """Proposed words that are gone, or that somebody decided on."""

    code = "catalogue.no-proposal"

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided on this proposal already."), _("Look at the others."))


class EditionGone(CatalogueError):
    """A new edition that was taken up or left in the meantime."""

    code = "catalogue.no-edition"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has decided on this new edition already."), _("Look at the service as it is now.")
        )


class UploadRefused(CatalogueError):
    """A file that is not taken in."""

    code = "catalogue.upload"
