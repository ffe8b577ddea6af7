"""Edits of a service definition, as an owner makes them: each gives a new definition or refuses in words.

    retitle, rehint, reword_options, set_required, set_section, title_page
    retype                     another kind of answer; boxes and conditions follow
    move_page                  earlier or later
    merge_with_next, split_page    questions on one screen, or a screen each
    join_questions, split_question one answer out of several boxes, or an answer for each
    leave_out, bring_back      with the reason, and the boxes listed as not asked

All are pure: (definition, ...) -> definition. Boxes of the paper stay tied to their answers,
and no edit leaves a condition that cannot be used: then the edit is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perdure.core.definition.edit_tools import (
    CHOOSING,
    IN_PARTS,
    EditRefused,
    answer_base,
    bearing,
    both,
    boxes_of,
    changed_question,
    checked,
    conversion,
    free,
    identifier,
    kept_options,
    new_options,
    not_asked,
    paper_of,
    path_of,
    pieces_of,
    place_for,
    place_of_page,
    placer,
    question_of,
    refuse_if_used,
    renamed,
    replaced,
    reworded_condition,
    slug_of,
    title_of_option,
    uses_option,
    valid,
    want_parts,
    want_ticks,
    with_boxes,
    with_conditions,
    with_page,
)
from perdure.core.definition.model import (
    Definition,
    LeftOut,
    Option,
    Page,
    Paper,
    PaperBox,
    Question,
    QuestionType,
    Write,
)
from perdure.core.kernel.geometry import Box

__all__ = [
    "EditRefused",
    "add_box",
    "bring_back",
    "drop_box",
    "join_questions",
    "leave_out",
    "merge_with_next",
    "move_page",
    "rehint",
    "retitle",
    "retype",
    "reword_options",
    "set_parts",
    "set_required",
    "set_section",
    "split_page",
    "split_question",
    "title_page",
]

TICK_SIDE = 17.0
"""A box whose sides are both at most this long, in points, is a square to tick."""
SMALLEST = 4.0
"""Points: nobody writes in a box lower or narrower than this."""
SAME = 0.5
"""Two boxes that share more than this (intersection over union) are one."""


def retitle(definition: Definition, question: str, title: str) -> Definition:
    """Another title. Refuses an empty one."""
    if not title.strip():
        raise EditRefused("A question needs a title.", "Write what is asked.")
    return changed_question(definition, question, title=title.strip())


def rehint(definition: Definition, question: str, hint: str) -> Definition:
    """Another hint; "" takes it away."""
    return changed_question(definition, question, hint=hint.strip())


def set_required(definition: Definition, question: str, required: bool) -> Definition:
    """Must it be answered before the application can be sent?"""
    return changed_question(definition, question, required=required)


def set_section(definition: Definition, page: str, section: str) -> Definition:
    """The part of the form that a page stands under."""
    return with_page(definition, page, lambda old: old.model_copy(update={"section": section.strip()}))


def title_page(definition: Definition, page: str, title: str) -> Definition:
    """The heading of a page that asks more than one question."""
    return with_page(definition, page, lambda old: old.model_copy(update={"title": title.strip()}))


def set_parts(definition: Definition, question: str, parts: Sequence[str]) -> Definition:
    """Which parts of a name or address are asked. A part with a box on the paper cannot be dropped."""
    old = question_of(definition, question)
    if old.type not in IN_PARTS:
        raise EditRefused("Only a name or an address has parts.", "Make it a name or an address first.")
    boxed = {
        path["part"] for box in boxes_of(definition, question) if (path := path_of(box)) and path["part"]
    }
    missing = sorted(boxed - set(parts))
    if missing:
        raise EditRefused(
            f"The paper has a box for: {', '.join(missing)}.", "Keep it, or leave the question out."
        )
    return changed_question(definition, question, parts=tuple(parts))


def move_page(definition: Definition, page: str, steps: int) -> Definition:
    """A page so many places later (or earlier, when negative); it stops at the ends.

    Refuses when a condition would then look at an answer that is given later.
    """
    at = place_of_page(definition, page)
    to = max(0, min(len(definition.pages) - 1, at + steps))
    pages = list(definition.pages)
    pages.insert(to, pages.pop(at))
    return checked(definition, definition.model_copy(update={"pages": tuple(pages)}))


def merge_with_next(definition: Definition, page: str) -> Definition:
    """The questions of the next page join this page. Conditions of the pages go to their questions."""
    at = place_of_page(definition, page)
    if at + 1 == len(definition.pages):
        raise EditRefused("This is the last page.", "Choose a page that has another behind it.")
    one, two = definition.pages[at], definition.pages[at + 1]
    if one.repeat or two.repeat:
        raise EditRefused(
            "A page that repeats stays by itself.", "Put the other questions on a page of their own."
        )
    same = one.asked_when == two.asked_when
    questions = (
        (*one.questions, *two.questions)
        if same
        else (*map(bearing(one), one.questions), *map(bearing(two), two.questions))
    )
    update: dict[str, Any] = {"questions": questions, "title": one.title or one.questions[0].title}
    if not same:
        update |= {"asked_when": "", "because": ""}
    joined = one.model_copy(update=update)
    pages = (*definition.pages[:at], joined, *definition.pages[at + 2 :])
    return checked(definition, definition.model_copy(update={"pages": pages}))


def split_page(definition: Definition, page: str) -> Definition:
    """Each question of a page on a page of its own."""
    at = place_of_page(definition, page)
    old = definition.pages[at]
    if old.repeat:
        raise EditRefused("A page that repeats asks all of one record at once.", "Leave it as it is.")
    if len(old.questions) == 1:
        raise EditRefused("This page asks one question already.", "Choose a page with more than one.")
    taken = {other.id for other in definition.pages} - {old.id}
    pages = []
    for question in old.questions:
        condition = both(old.asked_when, question.asked_when)
        because = question.because or old.because
        bare = question.model_copy(update={"asked_when": "", "because": ""})
        update = {"asked_when": condition, "because": because, "questions": (bare,), "title": ""}
        pages.append(old.model_copy(update={"id": free(slug_of(question.id), taken), **update}))
    all_pages = (*definition.pages[:at], *pages, *definition.pages[at + 1 :])
    return checked(definition, definition.model_copy(update={"pages": all_pages}))


def reword_options(definition: Definition, question: str, titles: Sequence[str]) -> Definition:
    """Other options, in this order. An option that stays keeps its value and its box.

    An option stays when its title stays, or when there are as many as before and it keeps
    its place. The box of an option that goes is listed as not asked. Refuses when a
    condition looks at an option that goes.
    """
    old = question_of(definition, question)
    if old.type not in CHOOSING:
        raise EditRefused("This question has no options.", "Make it a choice first.")
    wanted = [title.strip() for title in titles if title.strip()]
    if len(wanted) < 2 or len(set(wanted)) < len(wanted):
        raise EditRefused("A choice needs at least two options that differ.", "Add or reword an option.")
    kept = kept_options(old.options, wanted)
    gone = {option.value for option in old.options} - {option.value for option in kept}
    used = [value for value in gone if uses_option(definition, question, value)]
    if used:
        raise EditRefused(
            f"Another question is asked only for the answer “{title_of_option(old, used[0])}”.",
            "Change its condition first.",
        )
    changed = changed_question(definition, question, options=kept)
    lost = [box for box in boxes_of(definition, question) if box.when in gone]
    return checked(definition, not_asked(changed, lost, note="Its option was taken away."))


def retype(
    definition: Definition, question: str, type_: QuestionType, *, options: Sequence[str] = ()
) -> Definition:
    """Another kind of answer. Boxes, options and conditions follow where they can.

    options  titles, when a text becomes a choice
    Refuses when the boxes on the paper cannot hold such an answer.
    """
    old = question_of(definition, question)
    if type_ is old.type:
        return definition
    boxes = boxes_of(definition, question)
    changes, rebox = conversion(old, type_, boxes, options)
    changed = changed_question(definition, question, type=type_, **changes)
    changed = with_boxes(changed, {box.id for box in boxes}, rebox)
    changed = with_conditions(changed, lambda text: reworded_condition(text, old, type_))
    return checked(definition, changed)


def join_questions(
    definition: Definition,
    questions: Sequence[str],
    type_: QuestionType,
    *,
    title: str,
    parts: Sequence[str] = (),
) -> Definition:
    """Several questions become one: ticks a choice, texts a name, an address, a date or a long text.

    parts  for a name, address or date: the part that each question is, in the same order
    The new question keeps the id and place of the first.
    """
    olds = [question_of(definition, name) for name in questions]
    if len(set(questions)) < 2:
        raise EditRefused("Choose at least two questions.", "Mark another one.")
    if len(set(questions)) < len(olds):
        raise EditRefused("A question is named twice.", "Name each question once.")
    first, others = questions[0], questions[1:]
    for name in others:
        refuse_if_used(definition, name, besides=set(others))
    options: tuple[Option, ...] = ()
    if type_ in CHOOSING:
        want_ticks(olds)
        options = new_options([old.title for old in olds])
    elif type_ in (*IN_PARTS, QuestionType.DATE):
        want_parts(olds, parts)
    boxes: dict[str, Callable[[PaperBox], PaperBox]] = {}
    base = answer_base(definition, first)
    for at, name in enumerate(questions):
        when = options[at].value if options else ""
        part = parts[at] if parts else ""
        for box in boxes_of(definition, name):
            boxes[box.id] = placer(base, part, when)
    whole = olds[0].model_copy(
        update={
            "type": type_,
            "title": title.strip() or olds[0].title,
            "options": options,
            "parts": tuple(parts) if type_ in IN_PARTS else (),
            "max_length": None,
            "was": " / ".join(dict.fromkeys(old.was for old in olds if old.was))[:400],
        }
    )
    changed = replaced(definition, first, (valid(whole),))
    for name in others:
        changed = replaced(changed, name, ())
    changed = with_boxes(changed, set(boxes), lambda box: boxes[box.id](box))
    return checked(definition, changed)


def split_question(definition: Definition, question: str) -> Definition:
    """One question for each of its boxes or parts: a name, an address, a date, a set of ticks."""
    old = question_of(definition, question)
    refuse_if_used(definition, question, besides=set())
    boxes = boxes_of(definition, question)
    pieces = pieces_of(old, boxes)
    if len(pieces) < 2:
        raise EditRefused("This question has one box only.", "There is nothing to split.")
    taken = {other.id for other in definition.questions()}
    base = answer_base(definition, question)
    made: list[Question] = []
    boxed: dict[str, Callable[[PaperBox], PaperBox]] = {}
    for name, title, type_, members in pieces:
        id_ = free(f"{question}_{name}"[:58].strip("_"), taken, "_")
        update = {"id": id_, "title": title, "type": type_, "parts": (), "options": (), "max_length": None}
        made.append(valid(old.model_copy(update=update)))
        when = "yes" if type_ is QuestionType.TICK else ""
        for box in members:
            boxed[box.id] = placer(renamed(base, question, id_), "", when)
    changed = replaced(definition, question, tuple(made))
    return checked(definition, with_boxes(changed, set(boxed), lambda box: boxed[box.id](box)))


def leave_out(definition: Definition, question: str, note: str) -> Definition:
    """Ask a question no more; its boxes are listed as not asked, with the note.

    Refuses without a note, for the only question, and while a condition looks at it.
    """
    if not note.strip():
        raise EditRefused("Say why it is left out.", "One sentence is enough; it stays with the definition.")
    question_of(definition, question)
    if len(definition.questions()) == 1:
        raise EditRefused("This is the only question.", "A service asks at least one.")
    refuse_if_used(definition, question, besides=set())
    boxes = boxes_of(definition, question)
    words = question_of(definition, question).was or question_of(definition, question).title
    changed = replaced(definition, question, ())
    return checked(definition, not_asked(changed, boxes, note=note.strip(), words=words))


def bring_back(
    definition: Definition, box: str, *, title: str = "", type_: QuestionType | None = None
) -> Definition:
    """Ask for a box that was left out: a text, or a tick when the box is a small square."""
    paper = paper_of(definition)
    left = next((one for one in paper.left_out if one.box == box), None)
    if left is None:
        raise EditRefused("This box is asked already.", "Choose a box from the list of what is not asked.")
    square = max(left.at.width, left.at.height) <= TICK_SIDE
    kind = type_ or (QuestionType.TICK if square else QuestionType.TEXT)
    if kind in (QuestionType.CHOICE, QuestionType.CHOICES) or kind in IN_PARTS:
        raise EditRefused("One box comes back as one answer.", "Bring back each box, then join them.")
    name = title.strip() or left.words or f"Box {box} on page {left.page}"
    rest = tuple(one for one in paper.left_out if one.box != box)
    bare = definition.model_copy(update={"paper": paper.model_copy(update={"left_out": rest})})
    return checked(definition, _with_box(bare, left, kind, name, place_for(definition, left))[0])


def add_box(
    definition: Definition,
    page: int,
    at: Box,
    title: str,
    type_: QuestionType = QuestionType.TEXT,
    *,
    after: str = "",
) -> Definition:
    """Ask for a box of the paper that was missed: a new question on a page of its own.

    page   of the paper, from 1; at: the box in points from its top left
    after  id of the page that it comes behind; "" puts it where it stands on the paper
    Refuses a box outside the page, a tiny one, and one that lies on a box that is known.
    """
    if not title.strip():
        raise EditRefused("A question needs a title.", "Write what is asked.")
    _refuse_bad_box(paper_of(definition), page, at)
    known = {box.id for box in paper_of(definition).boxes} | {
        box.box for box in paper_of(definition).left_out
    }
    drawn = LeftOut(box=free(f"p{page}-drawn-1", known), page=page, at=at.rounded(), because="not_understood")
    tick = type_ in (QuestionType.TICK, QuestionType.YES_NO)
    place = place_of_page(definition, after) + 1 if after else place_for(definition, drawn)
    kind = type_ if tick else QuestionType.TEXT
    added, question = _with_box(definition, drawn, kind, title.strip(), place)
    return checked(definition, added if kind is type_ else retype(added, question, type_))


def drop_box(definition: Definition, box: str, note: str) -> Definition:
    """A box that is none, or is not asked: listed with the note. Its question goes with its last box."""
    found = next((one for one in paper_of(definition).boxes if one.id == box), None)
    path = path_of(found) if found else None
    if found is None or path is None:
        raise EditRefused("This box is not asked.", "Load the page again.")
    question = question_of(definition, path["column"] or path["id"])
    if len(boxes_of(definition, question.id)) == 1:
        return leave_out(definition, question.id, note)
    words = question.was or question.title
    return checked(definition, not_asked(definition, [found], note=note.strip(), words=words))


def _with_box(
    definition: Definition, left: LeftOut, kind: QuestionType, name: str, place: int
) -> tuple[Definition, str]:
    """A box asked as a new question, on a page of its own at a place; and the question's id."""
    taken = {question.id for question in definition.questions()}
    taken |= {page.repeat.id for page in definition.pages if page.repeat}
    id_ = free(identifier(name), taken, "_")
    question = Question(id=id_, type=kind, title=name[:200], was=left.words)
    tick = kind in (QuestionType.TICK, QuestionType.YES_NO)
    box = PaperBox(
        id=left.box,
        page=left.page,
        at=left.at,
        answer=id_,
        write=Write.TICK if tick else Write.TEXT,
        when="yes" if tick else "",
        field=left.field,
    )
    near = definition.pages[place - 1] if place else definition.pages[0]
    page_id = free(slug_of(id_), {one.id for one in definition.pages})
    page = Page(id=page_id, section=near.section, questions=(question,))
    pages = (*definition.pages[:place], page, *definition.pages[place:])
    paper = paper_of(definition)
    paper = paper.model_copy(update={"boxes": (*paper.boxes, box)})
    return definition.model_copy(update={"pages": pages, "paper": paper}), id_


def _refuse_bad_box(paper: Paper, page: int, at: Box) -> None:
    if not 0 < page <= len(paper.pages):
        raise EditRefused("The paper has no such page.", "Choose a page that it has.")
    size = paper.pages[page - 1]
    if at.x0 < 0 or at.y0 < 0 or at.x1 > size.width or at.y1 > size.height:
        raise EditRefused("This box does not lie on the page.", "Draw it within the page.")
    if at.width < SMALLEST or at.height < SMALLEST:
        raise EditRefused("This box is too small to write in.", "Draw it larger.")
    if any(box.page == page and box.at.iou(at) > SAME for box in paper.left_out):
        raise EditRefused(
            "This box is known, and is not asked.", "Choose “Ask it” in the list of such boxes."
        )
    if any(box.page == page and box.at.iou(at) > SAME for box in paper.boxes):
        raise EditRefused("There is a box here already.", "Change the question it belongs to.")
