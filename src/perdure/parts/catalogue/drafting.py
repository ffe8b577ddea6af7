"""Changes to a draft. Each is saved at once, on the record, and can be undone.

Every change names the revision it was made on. When somebody else was faster, it goes through
if it touches nothing that they touched; else it is refused with what they did. Nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from perdure.core.definition.api import (
    Definition,
    DefinitionError,
    Problem,
    dump_definition,
    load_definition,
    with_comments,
)
from perdure.foundation.access.api import Act
from perdure.foundation.audit import api as audit
from perdure.parts.catalogue import rules
from perdure.parts.catalogue.actors import Actor, named, permit, recorded
from perdure.parts.catalogue.errors import NothingToUndo, ServiceNotFound, StaleDraft
from perdure.parts.catalogue.history import steps_since
from perdure.parts.catalogue.models import Draft, DraftStep
from perdure.parts.catalogue.together import fits

KEPT_STEPS = 50
"""How many changes can be undone."""


@dataclass(frozen=True)
class NewPaper:
    """What comes with another paper: the digitiser's notes, and what the paper asks of people."""

    sha256: str
    notes: list[dict[str, Any]]
    burden: dict[str, Any]


@lru_cache(maxsize=32)
def definition_of(text: str) -> Definition:
    """A draft's definition; the last few are kept, as reading a long one takes a moment."""
    return load_definition(text)


@transaction.atomic
def change(
    slug: str,
    *,
    by: Actor,
    revision: int,
    did: str,
    edit: Callable[[Definition], Definition],
    about: str = "",
    accept: Iterable[str] = (),
) -> int:
    """Change a draft by a pure edit, and return its new revision.

    did     the change in words, for colleagues and for undo; %s stands for the title of `about`
    edit    the change itself
    about   id of the page, or of the box left out, that it is about
    accept  ids of pages that a person has now looked at
    What changes nothing, such as accepting twice, is no change. Raises NotAllowed, ServiceNotFound,
    StaleDraft, or what the edit refuses; then nothing has been written.
    """
    permit(by, Act.EDIT_DRAFT, slug)
    draft = locked_draft(slug)
    before = definition_of(draft.definition)
    accept = list(accept)
    if draft.revision != revision:
        _require_fits(draft, revision, before, edit, [*accept, about])
    definition = edit(before)
    accepted = list(dict.fromkeys([*draft.accepted, *accept]))
    if definition == before and accepted == draft.accepted:
        return draft.revision
    did = did.replace("%s", _title_of(before, about))
    text = with_comments(draft.definition, dump_definition(definition))
    keep(draft, text, definition, accepted, did=did, by=by)
    return draft.revision


@transaction.atomic
def replace_text(slug: str, text: str, *, by: Actor, revision: int) -> int:
    """Take a definition that was edited as text. Raises DefinitionError with every problem and its line."""
    permit(by, Act.EDIT_DRAFT, slug)
    draft = locked_draft(slug, revision)
    definition = load_definition(text)
    if definition.id != slug:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith("id:")), 0)
        says = _("The id is the address of the service and stays as it is.")
        raise DefinitionError(
            [Problem(line, 1, "id", says, _("Write id: %(slug)s") % {"slug": slug})], name=f"{slug}.yaml"
        )
    keep(draft, text, definition, draft.accepted, did=_("Edited as text"), by=by)
    return draft.revision


@transaction.atomic
def undo(slug: str, *, by: Actor, revision: int) -> str:
    """Take the last change back, and return what it was. Raises NothingToUndo, and as change() does."""
    permit(by, Act.EDIT_DRAFT, slug)
    draft = locked_draft(slug, revision)
    step = draft.steps.filter(taken_back=False).order_by("-revision").first()
    if step is None:
        raise NothingToUndo
    did = step.did
    _remember(draft, did=_("Undid: %(did)s") % {"did": did}, by=by, taken_back=True)
    draft.definition, draft.accepted = step.definition, step.accepted
    if step.paper is not None:
        _put_on(draft, NewPaper(**step.paper))
    draft.revision += 1
    _count(draft, definition_of(draft.definition))
    draft.changed_by = named(by)
    draft.save()
    step.taken_back = True
    step.save(update_fields=["taken_back"])
    audit.record("draft-undone", about=slug, by=recorded(by), detail={"did": did, "revision": draft.revision})
    return did


def locked_draft(slug: str, revision: int | None = None) -> Draft:
    """The draft, held until the transaction ends. Raises ServiceNotFound or StaleDraft."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("service")
    draft = rows.filter(service__slug=slug).first()
    if draft is None:
        raise ServiceNotFound
    if revision is not None and draft.revision != revision:
        raise StaleDraft(revision=draft.revision, since=steps_since(draft, revision))
    return draft


def _require_fits(
    draft: Draft, revision: int, now: Definition, edit: Callable[[Definition], Definition], about: list[str]
) -> None:
    """Raises StaleDraft when a change made on an older draft touches what was changed since."""
    seen = draft.steps.filter(revision=revision).values_list("definition", flat=True).first()
    pages = {page.id for page in now.pages}
    if seen is not None:
        before = definition_of(seen)
        pages |= {page.id for page in before.pages}
        if fits(before, now, edit, about=pages.intersection(about)):
            return
    raise StaleDraft(revision=draft.revision, since=steps_since(draft, revision))


def _title_of(definition: Definition, name: str) -> str:
    """What people call a page, or a box that was left out."""
    for page in definition.pages:
        if page.id == name:
            return page.title if page.title and len(page.questions) > 1 else page.questions[0].title
    left_out = definition.paper.left_out if definition.paper else ()
    return next((box.words for box in left_out if box.box == name and box.words), name)


def keep(
    draft: Draft,
    text: str,
    definition: Definition,
    accepted: list[str],
    *,
    did: str,
    by: Actor,
    paper: NewPaper | None = None,
) -> None:
    """Save the change and the step that undoes it. draft: locked; paper: when it is another one now."""
    _remember(draft, did=did, by=by, new_paper=paper is not None)
    if paper is not None:
        _put_on(draft, paper)
    draft.definition, draft.accepted = text, accepted
    draft.revision += 1
    _count(draft, definition)
    draft.changed_by = named(by)
    draft.save()
    about = draft.service.slug
    audit.record(
        "draft-changed", about=about, by=recorded(by), detail={"did": did, "revision": draft.revision}
    )


def _put_on(draft: Draft, paper: NewPaper) -> None:
    draft.paper, draft.notes, draft.burden = paper.sha256, paper.notes, paper.burden


def _remember(
    draft: Draft, *, did: str, by: Actor, taken_back: bool = False, new_paper: bool = False
) -> None:
    """Keep the draft as it is before a change."""
    DraftStep.objects.create(
        draft=draft,
        revision=draft.revision,
        definition=draft.definition,
        accepted=draft.accepted,
        paper=asdict(NewPaper(draft.paper, draft.notes, draft.burden)) if new_paper else None,
        did=did[:200],
        by=named(by),
        taken_back=taken_back,
    )
    draft.steps.filter(revision__lte=draft.revision - KEPT_STEPS).delete()


def _count(draft: Draft, definition: Definition) -> None:
    """What lists show, so that a list reads no definitions. A running service keeps its title."""
    service = draft.service
    if not service.live and service.title != definition.title:
        service.title = definition.title
        service.save(update_fields=["title"])
    draft.questions = len(definition.questions())
    draft.unsure = rules.unsure(definition, draft.accepted, rules.doubts_of(draft.notes))
