"""What an owner can do to the questions of a draft: the edits of the core, saved and on the record.

Each returns the draft's new revision, and raises what drafting.change() raises, or EditRefused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from perdure.core.definition import edits
from perdure.core.definition.edits import EditRefused
from perdure.core.definition.model import Contact, Definition, Page, Question, QuestionType
from perdure.core.kernel.geometry import Box
from perdure.parts.catalogue import drafting
from perdure.parts.catalogue.actors import Actor

__all__ = [
    "About",
    "Drawn",
    "EditRefused",
    "Join",
    "Wish",
    "about",
    "accept",
    "accept_sure",
    "add_box",
    "bring_back",
    "drop_box",
    "group_with_next",
    "guide",
    "join",
    "leave_out",
    "move",
    "rewrite",
    "split",
]


@dataclass(frozen=True)
class Wish:
    """What an owner wants a question to be. page_title: None leaves the heading of its screen alone."""

    title: str
    hint: str
    type: QuestionType
    options: tuple[str, ...]
    parts: tuple[str, ...]
    required: bool
    section: str
    page_title: str | None = None


@dataclass(frozen=True)
class Join:
    """Several questions that are one answer. parts: which part of it each question is, in the same order."""

    questions: tuple[str, ...]
    type: QuestionType
    title: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class About:
    """What a service says of itself. summary: Markdown, on its start page."""

    title: str
    summary: str
    owner: str
    review_by: date
    phone: str
    email: str
    post: str
    hours: str


@dataclass(frozen=True)
class Drawn:
    """A box that somebody drew on a page of the paper, in points. after: id of the page before it, or ""."""

    sheet: int
    at: Box
    title: str
    type: QuestionType
    after: str = ""


def about(slug: str, wish: About, *, by: Actor, revision: int) -> int:
    """Say what the service is called, what it is for, who answers for it and how to reach them."""
    contact = Contact(phone=wish.phone, email=wish.email, post=wish.post, hours=wish.hours)
    said = {"title": wish.title, "summary": wish.summary, "owner": wish.owner, "review_by": wish.review_by}
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Changed what it is called, or whom to ask"),
        edit=lambda d: d.model_copy(update=said | {"contact": contact}),
    )


def guide(slug: str, passage: str, title: str, text: str, *, by: Actor, revision: int) -> int:
    """Say a passage of the guidance in other words; with neither title nor text it is taken out."""
    title, text = title.strip(), text.strip().replace("\r\n", "\n")
    if bool(title) != bool(text):
        raise EditRefused(_("A passage has a heading and a text."), _("Write both, or take it out."))

    def edit(definition: Definition) -> Definition:
        if all(one.id != passage for one in definition.guidance):
            raise EditRefused(_("This passage is not there any more."), _("Load the page again."))
        changed = {"title": title, "text": text}
        kept = [
            one.model_copy(update=changed) if one.id == passage else one
            for one in definition.guidance
            if title or one.id != passage
        ]
        return definition.model_copy(update={"guidance": tuple(kept)})

    did = _("Changed the guidance") if title else _("Took a passage out of the guidance")
    return drafting.change(slug, by=by, revision=revision, did=did, edit=edit)


def accept(slug: str, page: str, *, by: Actor, revision: int) -> int:
    """Say that a page is right as it is."""
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Accepted: %s"),
        edit=lambda d: _still_with(d, page),
        about=page,
        accept=[page],
    )


def accept_sure(slug: str, pages: Sequence[str], *, by: Actor, revision: int) -> int:
    """Say of several pages at once that they are right as they are; one step to undo."""
    did = ngettext("Accepted %(n)s page that is sure", "Accepted %(n)s pages that are sure", len(pages))
    return drafting.change(
        slug, by=by, revision=revision, did=did % {"n": len(pages)}, edit=_same, accept=pages
    )


def move(slug: str, page: str, steps: int, *, by: Actor, revision: int) -> int:
    """A page so many places later, or earlier when negative."""
    did = _("Moved down: %s") if steps > 0 else _("Moved up: %s")
    return drafting.change(
        slug, by=by, revision=revision, did=did, edit=lambda d: edits.move_page(d, page, steps), about=page
    )


def group_with_next(slug: str, page: str, *, by: Actor, revision: int) -> int:
    """A page and the one behind it become one screen."""
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Joined with the next: %s"),
        edit=lambda d: edits.merge_with_next(d, page),
        about=page,
    )


def split(slug: str, page: str, *, by: Actor, revision: int) -> int:
    """The questions of a page on screens of their own; a single question into its boxes."""

    def edit(definition: Definition) -> Definition:
        old = page_of(definition, page)
        if len(old.questions) > 1:
            return edits.split_page(definition, page)
        return edits.split_question(definition, old.questions[0].id)

    return drafting.change(slug, by=by, revision=revision, did=_("Split: %s"), edit=edit, about=page)


def join(slug: str, page: str, wish: Join, *, by: Actor, revision: int) -> int:
    """Several questions of a page become one answer."""
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Made one answer of: %s"),
        edit=lambda d: edits.join_questions(d, wish.questions, wish.type, title=wish.title, parts=wish.parts),
        about=page,
        accept=[page],
    )


def leave_out(
    slug: str, page: str, questions: Sequence[str], reason: str, *, by: Actor, revision: int
) -> int:
    """Ask these questions of a page no more."""

    def edit(definition: Definition) -> Definition:
        for question in questions:
            definition = edits.leave_out(definition, question, reason)
        return definition

    return drafting.change(slug, by=by, revision=revision, did=_("Left out: %s"), edit=edit, about=page)


def bring_back(slug: str, box: str, *, by: Actor, revision: int) -> int:
    """Ask for a box of the paper that was left out."""
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Brought back: %s"),
        edit=lambda d: edits.bring_back(d, box),
        about=box,
    )


def add_box(slug: str, wish: Drawn, *, by: Actor, revision: int) -> int:
    """Ask for a box of the paper that was missed."""
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Drew a box: %(title)s") % {"title": wish.title},
        edit=lambda d: edits.add_box(d, wish.sheet, wish.at, wish.title, wish.type, after=wish.after),
    )


def drop_box(slug: str, page: str, box: str, *, by: Actor, revision: int) -> int:
    """Say that a box is none; its question goes with its last box."""
    note = _("It is not a box to fill in.")
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Not a box: %s"),
        edit=lambda d: edits.drop_box(d, box, note),
        about=page,
    )


def rewrite(slug: str, page: str, question: str, wish: Wish, *, by: Actor, revision: int) -> int:
    """Make a question what the owner wants it to be; its page counts as looked at."""
    return drafting.change(
        slug,
        by=by,
        revision=revision,
        did=_("Changed: %s"),
        edit=lambda d: _rewritten(d, question, wish),
        about=page,
        accept=[page],
    )


def _rewritten(definition: Definition, name: str, wish: Wish) -> Definition:
    """Only what differs is edited, so that an edit that would refuse is not asked for nothing."""
    page, old = _find(definition, name)
    if wish.type is not old.type:
        definition = edits.retype(definition, name, wish.type, options=wish.options)
    new = _find(definition, name)[1]
    if wish.options and wish.options != tuple(option.title for option in new.options):
        definition = edits.reword_options(definition, name, wish.options)
    if new.type in edits.IN_PARTS and wish.parts and wish.parts != new.parts:
        definition = edits.set_parts(definition, name, wish.parts)
    if wish.title != old.title:
        definition = edits.retitle(definition, name, wish.title)
    if wish.hint != old.hint:
        definition = edits.rehint(definition, name, wish.hint)
    if wish.required != old.required:
        definition = edits.set_required(definition, name, wish.required)
    if wish.section != page.section:
        definition = edits.set_section(definition, page.id, wish.section)
    if wish.page_title is not None and wish.page_title != page.title:
        definition = edits.title_page(definition, page.id, wish.page_title)
    return definition


def page_of(definition: Definition, page: str) -> Page:
    """The page of this name. Raises EditRefused when a colleague took it away."""
    for one in definition.pages:
        if one.id == page:
            return one
    raise EditRefused(_("This question is not there any more."), _("Load the page again."))


def _find(definition: Definition, question: str) -> tuple[Page, Question]:
    for page in definition.pages:
        for one in page.questions:
            if one.id == question:
                return page, one
    raise EditRefused(_("This question is not there any more."), _("Load the page again."))


def _still_with(definition: Definition, page: str) -> Definition:
    """The definition as it is. Raises EditRefused when the page is not there any more."""
    page_of(definition, page)
    return definition


def _same(definition: Definition) -> Definition:
    return definition
