"""Words that a language model proposes for the questions of a draft, and what their owner makes of them.

A job asks the model in batches; what passes the rules of core.digitise.proposals waits here. A
person accepts or refuses each. Accepting is an edit like any other: revision, undo, record. On
the record the model's acts are by "system:model", and a person's by that person.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from perdure.core.definition import edits
from perdure.core.definition.edits import EditRefused
from perdure.core.definition.model import Definition, Question
from perdure.core.digitise.burden import burden_of_draft
from perdure.core.digitise.proposal_checks import Words
from perdure.core.digitise.proposals import Proposal, Reply, ReplyNotRead, checked, proposal, request_for
from perdure.foundation.access.api import Act, Person
from perdure.foundation.audit import api as audit
from perdure.foundation.jobs import api as jobs
from perdure.foundation.model import api as model
from perdure.parts.catalogue import drafting, listing
from perdure.parts.catalogue.actors import permit, recorded
from perdure.parts.catalogue.errors import NoSuchProposal, ServiceNotFound
from perdure.parts.catalogue.listing import OpenDraft
from perdure.parts.catalogue.models import Draft, Wording, WordProposal

JOB = "catalogue.propose-words"
MODEL = "system:model"
BATCH = 20
"""Questions in one request."""
SECONDS = 180.0
"""For one answer; a small model on a plain machine takes a minute or two."""

State = WordProposal.State


@dataclass(frozen=True)
class Waiting:
    """One proposal that a person has not decided on. id: of the proposal."""

    id: int
    proposal: Proposal


@dataclass(frozen=True)
class DroppedWords:
    """What the rules dropped. why: a Why of the core; title_now: what the question is called."""

    title_now: str
    words: Words
    why: str


@dataclass(frozen=True)
class Proposed:
    """All about the proposals of a draft.

    state         of the asking: "" (never asked), "waiting", "working", "done", "failed", "stopped"
    done, total   questions, of this asking
    says          why it failed
    grade, grade_after   reading grade of the whole draft, now and with everything accepted
    """

    draft: OpenDraft
    state: str
    done: int
    total: int
    says: str
    waiting: tuple[Waiting, ...]
    dropped: tuple[DroppedWords, ...]
    unread: int
    grade: float | None
    grade_after: float | None

    @property
    def under_way(self) -> bool:
        return self.state in ("waiting", "working")

    @property
    def half_done(self) -> bool:
        """Would asking go on where it broke off?"""
        return self.state in ("failed", "stopped") and 0 < self.done < self.total


def proposed(slug: str, *, by: Person) -> Proposed:
    """The proposals in the order of the form. Raises NotAllowed or ServiceNotFound."""
    permit(by, Act.EDIT_DRAFT, slug)
    draft = listing.open_draft(slug, by=by)
    definition = draft.definition
    asking = Wording.objects.filter(draft__service__slug=slug).first()
    job = jobs.progress(asking.progress) if asking else None
    rows = list(WordProposal.objects.filter(draft__service__slug=slug).exclude(state=State.REFUSED))
    waiting = _waiting(definition, rows)
    return Proposed(
        draft=draft,
        state=job.state if job else "",
        done=len(asking.asked) if asking else 0,
        total=max(job.total if job else 0, len(definition.questions())),
        says=job.says if job and job.state == "failed" else "",
        waiting=waiting,
        dropped=_dropped(definition, rows),
        unread=asking.unread if asking else 0,
        grade=burden_of_draft(definition).grade,
        grade_after=burden_of_draft(_with_all(definition, waiting)).grade,
    )


def ask_for_words(slug: str, *, by: Person) -> None:
    """Ask the model about every question, or go on where the last asking broke off.

    While it is being asked, a second wish changes nothing. Raises NotAllowed, ServiceNotFound, or a
    ModelError when no model is set up.
    """
    permit(by, Act.EDIT_DRAFT, slug)
    address = model.address()
    with transaction.atomic():
        draft = drafting.locked_draft(slug)
        asking = Wording.objects.filter(draft=draft).first() or Wording(draft=draft)
        before = jobs.progress(asking.progress) if asking.pk else None
        if before is not None and not before.finished:
            return
        left = {one.id for one in drafting.definition_of(draft.definition).questions()} - set(asking.asked)
        if before is None or before.state == "done" or not left:
            asking.asked, asking.unread = [], 0
            draft.word_proposals.filter(state__in=[State.WAITING, State.DROPPED]).delete()
        what = _("Asking for plainer words")
        asking.progress = jobs.enqueue(JOB, what=what, queue="slow", slug=slug)
        asking.model, asking.address = model.name()[:200], address[:500]
        asking.by, asking.at = by.id, timezone.now()
        asking.save()
        audit.record(
            "wording-asked", about=slug, by=by.id, detail={"address": address, "model": model.name()}
        )


def stop_asking(slug: str, *, by: Person) -> None:
    """Stop after the answer that is awaited. Raises NotAllowed."""
    permit(by, Act.EDIT_DRAFT, slug)
    for asking in Wording.objects.filter(draft__service__slug=slug):
        jobs.ask_to_stop(asking.progress)


@transaction.atomic
def accept(slug: str, number: int, *, by: Person, revision: int) -> int:
    """Take a proposal over into the draft; returns its new revision.

    Raises what drafting.change() raises, NoSuchProposal, or EditRefused when the words were changed since.
    """
    permit(by, Act.EDIT_DRAFT, slug)
    before = drafting.locked_draft(slug).revision
    row = _row(slug, number)
    after = drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Proposed by a model, accepted: %(title)s") % {"title": row.title_before},
        edit=lambda definition: _reworded(definition, row),
    )
    if after != before or row.state == State.WAITING:
        _decide(slug, row, State.ACCEPTED, by=by, revision=after)
    return after


@transaction.atomic
def refuse(slug: str, number: int, *, by: Person) -> None:
    """Leave the words as they are; the same proposal is not shown again.

    Raises NotAllowed or NoSuchProposal.
    """
    permit(by, Act.EDIT_DRAFT, slug)
    draft = drafting.locked_draft(slug)
    row = _row(slug, number)
    if row.state == State.ACCEPTED and not _waiting(drafting.definition_of(draft.definition), [row]):
        raise NoSuchProposal
    _decide(slug, row, State.REFUSED, by=by, revision=draft.revision)


@jobs.handles(JOB)
def propose_words(work: jobs.Work, *, slug: str) -> None:
    """Ask about the questions that were not asked about yet; done twice it is as done once."""
    draft = Draft.objects.select_related("wording").filter(service__slug=slug).first()
    if draft is None:
        raise ServiceNotFound
    asking = draft.wording
    if asking.progress != work.id:
        return  # somebody asked anew
    definition = drafting.definition_of(draft.definition)
    asked = set(asking.asked)
    left = [each for each in definition.questions() if each.id not in asked]
    total = len(asked) + len(left)
    work.report("asking", done=len(asked), total=total)
    for start in range(0, len(left), BATCH):
        if work.stop_asked():
            raise jobs.JobStopped("The work was stopped because somebody asked for it.")
        batch = left[start : start + BATCH]
        answer = model.ask(request_for(batch, definition.language), seconds=SECONDS)
        _store(work.id, asking.pk, batch, _read(answer, batch, definition.language))
        work.report("asking", done=len(asked) + start + len(batch), total=total)


def _read(answer: str, batch: Sequence[Question], language: str) -> Reply | None:
    """An answer after the checks; None when it is not what was asked for."""
    try:
        return checked(answer, batch, language=language)
    except ReplyNotRead:
        return None


@transaction.atomic
def _store(job: uuid.UUID, asking_id: int, batch: Sequence[Question], reply: Reply | None) -> None:
    """Keep what a batch brought, once."""
    asking = (
        Wording.objects.select_for_update(of=("self",)).select_related("draft__service").get(pk=asking_id)
    )
    names = [each.id for each in batch]
    if asking.progress != job or set(names) & set(asking.asked):
        return
    asking.asked = [*asking.asked, *names]
    asking.unread += 0 if reply else len(names)
    asking.save(update_fields=["asked", "unread"])
    rows = _new_rows(asking, batch, reply) if reply else []
    WordProposal.objects.bulk_create(rows)
    counts = {
        state.value: sum(row.state == state for row in rows) for state in (State.WAITING, State.DROPPED)
    }
    told = {"model": asking.model, "asked-by": asking.by, "questions": len(names), "read": reply is not None}
    audit.record("wording-proposed", about=asking.draft.service.slug, by=MODEL, detail=told | counts)


def _new_rows(asking: Wording, batch: Sequence[Question], reply: Reply) -> list[WordProposal]:
    """Rows for what a reply brought, without what a person refused before."""
    refused = asking.draft.word_proposals.filter(
        state=State.REFUSED, question__in=[each.id for each in batch]
    )
    known = set(refused.values_list("question", "title", "hint"))
    rows = [
        WordProposal(
            draft=asking.draft,
            question=one.question,
            title_before=one.before.title,
            hint_before=one.before.hint,
            title=one.after.title,
            hint=one.after.hint,
            model=asking.model,
        )
        for one in reply.proposals
        if (one.question, one.after.title, one.after.hint) not in known
    ]
    return rows + [
        WordProposal(
            draft=asking.draft,
            question=one.question,
            title=one.after.title,
            hint=one.after.hint,
            state=State.DROPPED,
            why=one.why.value,
            model=asking.model,
        )
        for one in reply.dropped[:BATCH]
    ]


def _row(slug: str, number: int) -> WordProposal:
    rows = WordProposal.objects.filter(draft__service__slug=slug, state__in=[State.WAITING, State.ACCEPTED])
    row = rows.filter(pk=number).first()
    if row is None:
        raise NoSuchProposal
    return row


def _decide(slug: str, row: WordProposal, state: WordProposal.State, *, by: Person, revision: int) -> None:
    row.state, row.decided_by, row.decided_at = state, recorded(by)[:120], timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    told = {"question": row.question, "proposed-by": MODEL, "model": row.model, "revision": revision}
    audit.record(f"wording-{state.value}", about=slug, by=recorded(by), detail=told)


def _words(question: Question) -> Words:
    return Words(question.title, question.hint)


def _reworded(definition: Definition, row: WordProposal) -> Definition:
    """The draft with the words of a proposal; unchanged when they are there already."""
    now = {each.id: _words(each) for each in definition.questions()}.get(row.question)
    after = Words(row.title, row.hint)
    if now == after:
        return definition
    if now != Words(row.title_before, row.hint_before):
        raise EditRefused(
            _("The words of this question were changed since the model read them."),
            _("Ask the model again if you want its words for the new ones."),
        )
    return edits.rehint(edits.retitle(definition, row.question, after.title), row.question, after.hint)


def _waiting(definition: Definition, rows: Sequence[WordProposal]) -> tuple[Waiting, ...]:
    """Proposals for words as they are now. One that was accepted and undone waits again."""
    now = {each.id: _words(each) for each in definition.questions()}
    fitting = {
        row.question: row
        for row in sorted(rows, key=lambda row: row.pk)
        if row.state != State.DROPPED and now.get(row.question) == Words(row.title_before, row.hint_before)
    }
    return tuple(
        Waiting(row.pk, proposal(name, words, Words(row.title, row.hint), language=definition.language))
        for name, words in now.items()
        if (row := fitting.get(name)) is not None
    )


def _dropped(definition: Definition, rows: Sequence[WordProposal]) -> tuple[DroppedWords, ...]:
    titles = {each.id: each.title for each in definition.questions()}
    return tuple(
        DroppedWords(titles.get(row.question, ""), Words(row.title, row.hint), row.why)
        for row in rows
        if row.state == State.DROPPED
    )


def _with_all(definition: Definition, waiting: Sequence[Waiting]) -> Definition:
    for one in waiting:
        after = one.proposal.after
        definition = edits.retitle(definition, one.proposal.question, after.title)
        definition = edits.rehint(definition, one.proposal.question, after.hint)
    return definition
