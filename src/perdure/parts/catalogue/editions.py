"""A new edition of a paper form, taken up by the service that was made from the one before.

The PDF is read in the background. What it changes is worked out against the draft as it is when
somebody looks, so nothing that a colleague does in the meantime is lost. Taking it up is one change,
and Undo takes it back.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from perdure.core.definition.api import Definition, dump_definition, with_comments
from perdure.core.definition.model import ANSWER_PATH, Guidance
from perdure.core.digitise.edition import Change, ChangeKind, Edition, EditionRefused, take_up
from perdure.core.digitise.edition_guidance import new_passages
from perdure.core.digitise.edition_likeness import found_again, is_strange
from perdure.foundation.access.api import Act, Person
from perdure.foundation.audit import api as audit
from perdure.foundation.files import api as files
from perdure.foundation.jobs import api as jobs
from perdure.parts.catalogue import drafting, uploads
from perdure.parts.catalogue.actions import PDF
from perdure.parts.catalogue.actors import permit, recorded
from perdure.parts.catalogue.errors import EditionGone, ServiceNotFound, UploadRefused
from perdure.parts.catalogue.models import Draft, Upload

TO_CHECK = 0.4
"""How sure we are of a question that a new edition changed: less than SURE, so that it waits for a person."""


@dataclass(frozen=True)
class Held:
    """The draft of a new paper held against the draft of a service as it is now.

    edition      what taking it up would change; None when it is refused
    refused      why it cannot be taken up
    passages     instructions of the new paper that the guidance does not have
    before       how many questions the draft asks
    found_again  how many of them the new paper still asks
    """

    edition: Edition | None
    refused: str = ""
    passages: tuple[Guidance, ...] = ()
    before: int = 0
    found_again: int = 0
    is_strange: bool = False


@dataclass(frozen=True)
class NewEdition:
    """The newest edition that was dropped on a service.

    reading  how far its reading is
    held     what it would change; None while it is read, or once it is taken up
    taken    what it changed, once it was taken up; None before
    """

    id: uuid.UUID
    name: str
    by: str
    at: datetime
    reading: uploads.UploadState
    held: Held | None = None
    taken: tuple[Change, ...] | None = None


def start_edition(slug: str, pdf: bytes, name: str, *, by: Person) -> uuid.UUID:
    """Keep the PDF of a new edition and ask for it to be read. Raises NotAllowed, ServiceNotFound or
    UploadRefused; then nothing is kept."""
    permit(by, Act.EDIT_DRAFT, slug)
    uploads.refuse_no_pdf(pdf, name)
    draft = Draft.objects.select_related("service").filter(service__slug=slug).first()
    if draft is None:
        raise ServiceNotFound
    if drafting.definition_of(draft.definition).paper is None:
        raise UploadRefused(_("This service has no paper form."), _("Drop the form in the studio instead."))
    if hashlib.sha256(pdf).hexdigest() == (draft.paper or draft.service.paper):
        raise UploadRefused(
            _("This is the very file that the service has already."), _("Choose the PDF of the new edition.")
        )
    with transaction.atomic():
        kept = files.store(pdf, media_type=PDF)
        row = Upload(name=name[:200], sha256=kept, by=by.id, edition_of=draft.service)
        what = _("Reading %(name)s") % {"name": name[:60]}
        row.progress = jobs.enqueue(uploads.JOB, what=what, queue="slow", upload=str(row.id))
        row.save(force_insert=True)
        audit.record("edition-dropped", about=slug, by=recorded(by), detail={"paper": kept})
    return row.id


def new_edition(slug: str, *, by: Person) -> NewEdition | None:
    """The newest edition that was dropped, against the draft as it is now; None when there is none."""
    permit(by, Act.SEE_SERVICES, slug)
    row = _newest(slug)
    if row is None:
        return None
    draft = Draft.objects.select_related("service").get(service__slug=slug)
    found = NewEdition(row.id, row.name, row.by, row.at, uploads.state_of(row))
    if not row.drafted:
        return found
    if row.sha256 == draft.paper and row.changes is not None:
        return replace(found, taken=tuple(_change(one) for one in row.changes))
    return replace(found, held=held_against(draft.definition, row.drafted))


def held_against(before: str, drafted: str) -> Held:
    """Two definitions as text: a draft as it is now, and the draft of a new paper."""
    try:
        edition = _edition(before, drafted)
    except EditionRefused as refusal:
        return Held(None, f"{refusal.what} {_('Look whether it is the right file.')}")
    now = drafting.definition_of(before)
    return Held(
        edition,
        passages=new_passages(now, drafting.definition_of(drafted)),
        before=len(now.questions()),
        found_again=found_again(now, edition),
        is_strange=is_strange(now, edition),
    )


@transaction.atomic
def take_edition(
    slug: str, edition: uuid.UUID, *, by: Person, revision: int, passages: Collection[str] = ()
) -> int:
    """Put the draft on its new paper, and return its new revision.

    revision  the draft that was looked at with the edition
    passages  ids of instructions of the new paper that go into the guidance
    Raises NotAllowed, ServiceNotFound, StaleDraft, EditionGone or EditionRefused.
    """
    permit(by, Act.EDIT_DRAFT, slug)
    draft = drafting.locked_draft(slug, revision)
    row = Upload.objects.select_for_update(of=("self",)).filter(pk=edition, edition_of=draft.service).first()
    if row is None or not row.drafted or row.sha256 == draft.paper:
        raise EditionGone
    taken = _edition(draft.definition, row.drafted)
    definition = _with_passages(taken.definition, drafting.definition_of(row.drafted), passages)
    notes = _notes(draft.notes, row.notes, taken)
    drafting.keep(
        draft,
        with_comments(draft.definition, dump_definition(definition)),
        definition,
        _still_accepted(draft.accepted, taken),
        did=_("Took up the new edition %(name)s") % {"name": row.name},
        by=by,
        paper=drafting.NewPaper(row.sha256, notes, row.burden),
    )
    row.changes = [asdict(change) for change in taken.changes]
    row.save(update_fields=["changes"])
    audit.record("edition-taken-up", about=slug, by=recorded(by), detail={"paper": row.sha256})
    return draft.revision


@transaction.atomic
def leave_edition(slug: str, edition: uuid.UUID, *, by: Person) -> None:
    """Forget an edition that was dropped and not taken up. Raises NotAllowed or EditionGone."""
    permit(by, Act.EDIT_DRAFT, slug)
    row = Upload.objects.select_for_update(of=("self",)).filter(pk=edition, edition_of__slug=slug).first()
    if row is None or row.changes is not None:
        raise EditionGone
    if not row.drafted and not row.refused:
        jobs.ask_to_stop(row.progress)
    audit.record("edition-left", about=slug, by=recorded(by), detail={"paper": row.sha256})
    row.delete()


def _newest(slug: str) -> Upload | None:
    return Upload.objects.filter(edition_of__slug=slug).order_by("-at").first()


@lru_cache(maxsize=8)
def _edition(before: str, drafted: str) -> Edition:
    """The same two texts give the same edition."""
    return take_up(drafting.definition_of(before), drafting.definition_of(drafted))


def _change(kept: Mapping[str, Any]) -> Change:
    return Change(**{**kept, "kind": ChangeKind(kept["kind"])})


def _with_passages(definition: Definition, drafted: Definition, chosen: Collection[str]) -> Definition:
    """The guidance with the chosen passages of the new paper behind it, under names that are free."""
    taken = {one.id for one in definition.guidance}
    added = []
    for passage in new_passages(definition, drafted):
        if passage.id in chosen:
            name, at = passage.id, 2
            while name in taken:
                name, at = f"{passage.id[:46]}-{at}", at + 1
            taken.add(name)
            added.append(passage.model_copy(update={"id": name}))
    return definition.model_copy(update={"guidance": (*definition.guidance, *added)})


def _still_accepted(accepted: Sequence[str], edition: Edition) -> list[str]:
    """Pages that a person looked at, without those that the new paper changed."""
    open_again = {one.question for one in edition.changes if one.needs_a_person}
    changed = {
        page.id
        for page in edition.definition.pages
        if open_again & {*(one.id for one in page.questions), *([page.repeat.id] if page.repeat else [])}
    }
    return [name for name in accepted if name not in changed]


def _notes(
    before: Sequence[Mapping[str, Any]], drafted: Sequence[Mapping[str, Any]], edition: Edition
) -> list[dict[str, Any]]:
    """What somebody should look at on the new paper.

    Notes on questions that stay, the reader's notes on new questions, and one for each change that a
    person must look at. The reader names questions of its own draft; the boxes say which they became.
    """
    names = _names(edition.definition)
    owner_of = _question_of_box(edition.definition)
    new = {one.question for one in edition.changes if one.kind is ChangeKind.NEW}
    kept = [dict(note) for note in before if note.get("question") in names]
    for note in drafted:
        owner = next((owner_of[box] for box in note.get("boxes", ()) if box in owner_of), "")
        if owner in new:
            kept.append({**note, "question": owner})
    told = [one for one in edition.changes if one.needs_a_person and one.question in names]
    return kept + [
        {
            "boxes": [],
            "page": one.page,
            "says": _says(one),
            "certainty": TO_CHECK,
            "question": one.question,
        }
        for one in told
    ]


def _says(change: Change) -> str:
    if change.kind is ChangeKind.NEW:
        return f"{_('New on the paper.')} {change.says}".strip()
    return change.says


def _names(definition: Definition) -> set[str]:
    groups = {page.repeat.id for page in definition.pages if page.repeat}
    return groups | {one.id for one in definition.questions()}


def _question_of_box(definition: Definition) -> dict[str, str]:
    """The question, or column of a group, that each box of the paper holds the answer of."""
    found = {}
    for box in definition.paper.boxes if definition.paper else ():
        named = ANSWER_PATH.match(box.answer)
        if named:
            found[box.id] = named["column"] or named["id"]
    return found
