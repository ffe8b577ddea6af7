"""A form that was dropped on the studio's first page and looks like a new edition of one that is there.

It becomes neither the edition nor a service by itself: what was read is kept until somebody decides.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from perdure.foundation.access.api import Act, Person, may
from perdure.foundation.audit import api as audit
from perdure.foundation.files import api as files
from perdure.parts.catalogue import actions, editions
from perdure.parts.catalogue.actors import permit, recorded
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.errors import EditionGone
from perdure.parts.catalogue.listing import OpenDraft, open_draft
from perdure.parts.catalogue.models import Service, Upload
from perdure.parts.catalogue.reading import ReadForm


@dataclass(frozen=True)
class Recognised:
    """A form that is read and waits. draft: of the service it looks like, and held: what it would change
    there; None when the service is gone, or not theirs who look."""

    id: uuid.UUID
    name: str
    draft: OpenDraft | None
    held: editions.Held | None


def recognised(upload: uuid.UUID, *, by: Person) -> Recognised:
    """A form that waits for a decision. Raises NotAllowed or EditionGone."""
    permit(by, Act.ADD_SERVICE)
    row = _waiting(upload)
    if row.like is None or not may(by, Act.EDIT_DRAFT, service=row.like.slug):
        return Recognised(row.id, row.name, None, None)
    draft = open_draft(row.like.slug, by=by)
    return Recognised(row.id, row.name, draft, editions.held_against(draft.text, row.drafted))


@transaction.atomic
def take_as_edition(upload: uuid.UUID, *, by: Person, revision: int, passages: Collection[str] = ()) -> str:
    """Make it the new edition of the service it looks like, and return the slug of that service.

    Raises EditionGone, and what editions.take_edition raises; then it still waits.
    """
    permit(by, Act.ADD_SERVICE)
    row = _waiting(upload, locked=True)
    if row.like is None:
        raise EditionGone
    row.edition_of = row.like
    row.save(update_fields=["edition_of"])
    editions.take_edition(row.like.slug, row.id, by=by, revision=revision, passages=passages)
    return row.like.slug


@transaction.atomic
def make_own_service(upload: uuid.UUID, *, by: Person) -> str:
    """Make it a service of its own, and return its slug. Raises NotAllowed or EditionGone."""
    permit(by, Act.ADD_SERVICE)
    row = _waiting(upload, locked=True)
    read = ReadForm(definition_of(row.drafted), row.notes, row.burden)
    there = actions.service_of_paper(row.sha256)
    slug = there or actions.add_read(read, files.fetch(row.sha256), by=by.id)
    row.service = Service.objects.get(slug=slug)
    row.drafted, row.notes, row.burden = "", [], {}
    row.save(update_fields=["service", "drafted", "notes", "burden"])
    return slug


@transaction.atomic
def leave(upload: uuid.UUID, *, by: Person) -> None:
    """Forget a form that waits. Raises NotAllowed or EditionGone."""
    permit(by, Act.ADD_SERVICE)
    row = _waiting(upload, locked=True)
    about = row.like.slug if row.like else str(row.id)
    audit.record("edition-left", about=about, by=recorded(by), detail={"paper": row.sha256})
    row.delete()


def _waiting(upload: uuid.UUID, *, locked: bool = False) -> Upload:
    rows = Upload.objects.select_for_update(of=("self",)) if locked else Upload.objects.all()
    waits = rows.select_related("like").filter(pk=upload, edition_of=None, service=None, drafted__gt="")
    row = waits.first()
    if row is None:
        raise EditionGone
    return row
