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

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from perdure.core.definition.lint import lint
from perdure.core.definition.model import (
    ANSWER_PATH,
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
from perdure.core.kernel.errors import PerdureError

__all__ = [
    "EditRefused",
    "bring_back",
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

IN_PARTS = frozenset([QuestionType.NAME, QuestionType.ADDRESS])
CHOOSING = frozenset([QuestionType.CHOICE, QuestionType.CHOICES])
MARKED = frozenset([QuestionType.YES_NO, QuestionType.TICK, *CHOOSING])
TICK_SIDE = 17.0
"""A box whose sides are both at most this long, in points, is a square to tick."""


class EditRefused(PerdureError):
    """An edit that would leave a definition that cannot be used."""

    code = "definition.edit-refused"


def retitle(definition: Definition, question: str, title: str) -> Definition:
    """Another title. Refuses an empty one."""
    if not title.strip():
        raise EditRefused("A question needs a title.", "Write what is asked.")
    return _changed(definition, question, title=title.strip())


def rehint(definition: Definition, question: str, hint: str) -> Definition:
    """Another hint; "" takes it away."""
    return _changed(definition, question, hint=hint.strip())


def set_required(definition: Definition, question: str, required: bool) -> Definition:
    """Must it be answered before the application can be sent?"""
    return _changed(definition, question, required=required)


def set_section(definition: Definition, page: str, section: str) -> Definition:
    """The part of the form that a page stands under."""
    return _with_page(definition, page, lambda old: old.model_copy(update={"section": section.strip()}))


def title_page(definition: Definition, page: str, title: str) -> Definition:
    """The heading of a page that asks more than one question."""
    return _with_page(definition, page, lambda old: old.model_copy(update={"title": title.strip()}))


def set_parts(definition: Definition, question: str, parts: Sequence[str]) -> Definition:
    """Which parts of a name or address are asked. A part with a box on the paper cannot be dropped."""
    old = _question(definition, question)
    if old.type not in IN_PARTS:
        raise EditRefused("Only a name or an address has parts.", "Make it a name or an address first.")
    boxed = {path["part"] for box in _boxes_of(definition, question) if (path := _path(box)) and path["part"]}
    missing = sorted(boxed - set(parts))
    if missing:
        raise EditRefused(
            f"The paper has a box for: {', '.join(missing)}.", "Keep it, or leave the question out."
        )
    return _changed(definition, question, parts=tuple(parts))


def move_page(definition: Definition, page: str, steps: int) -> Definition:
    """A page so many places later (or earlier, when negative); it stops at the ends.

    Refuses when a condition would then look at an answer that is given later.
    """
    at = _at(definition, page)
    to = max(0, min(len(definition.pages) - 1, at + steps))
    pages = list(definition.pages)
    pages.insert(to, pages.pop(at))
    return _checked(definition, definition.model_copy(update={"pages": tuple(pages)}))


def merge_with_next(definition: Definition, page: str) -> Definition:
    """The questions of the next page join this page. Conditions of the pages go to their questions."""
    at = _at(definition, page)
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
        else (*map(_bearing(one), one.questions), *map(_bearing(two), two.questions))
    )
    update: dict[str, Any] = {"questions": questions, "title": one.title or one.questions[0].title}
    if not same:
        update |= {"asked_when": "", "because": ""}
    joined = one.model_copy(update=update)
    pages = (*definition.pages[:at], joined, *definition.pages[at + 2 :])
    return _checked(definition, definition.model_copy(update={"pages": pages}))


def split_page(definition: Definition, page: str) -> Definition:
    """Each question of a page on a page of its own."""
    at = _at(definition, page)
    old = definition.pages[at]
    if old.repeat:
        raise EditRefused("A page that repeats asks all of one record at once.", "Leave it as it is.")
    if len(old.questions) == 1:
        raise EditRefused("This page asks one question already.", "Choose a page with more than one.")
    taken = {other.id for other in definition.pages} - {old.id}
    pages = []
    for question in old.questions:
        condition = _both(old.asked_when, question.asked_when)
        because = question.because or old.because
        bare = question.model_copy(update={"asked_when": "", "because": ""})
        update = {"asked_when": condition, "because": because, "questions": (bare,), "title": ""}
        pages.append(old.model_copy(update={"id": _free(_slug(question.id), taken), **update}))
    all_pages = (*definition.pages[:at], *pages, *definition.pages[at + 1 :])
    return _checked(definition, definition.model_copy(update={"pages": all_pages}))


def reword_options(definition: Definition, question: str, titles: Sequence[str]) -> Definition:
    """Other options, in this order. An option that stays keeps its value and its box.

    An option stays when its title stays, or when there are as many as before and it keeps
    its place. The box of an option that goes is listed as not asked. Refuses when a
    condition looks at an option that goes.
    """
    old = _question(definition, question)
    if old.type not in CHOOSING:
        raise EditRefused("This question has no options.", "Make it a choice first.")
    wanted = [title.strip() for title in titles if title.strip()]
    if len(wanted) < 2 or len(set(wanted)) < len(wanted):
        raise EditRefused("A choice needs at least two options that differ.", "Add or reword an option.")
    kept = _kept_options(old.options, wanted)
    gone = {option.value for option in old.options} - {option.value for option in kept}
    used = [value for value in gone if _uses_option(definition, question, value)]
    if used:
        raise EditRefused(
            f"Another question is asked only for the answer “{_title_of(old, used[0])}”.",
            "Change its condition first.",
        )
    changed = _changed(definition, question, options=kept)
    lost = [box for box in _boxes_of(definition, question) if box.when in gone]
    return _checked(definition, _not_asked(changed, lost, note="Its option was taken away."))


def retype(
    definition: Definition, question: str, type_: QuestionType, *, options: Sequence[str] = ()
) -> Definition:
    """Another kind of answer. Boxes, options and conditions follow where they can.

    options  titles, when a text becomes a choice
    Refuses when the boxes on the paper cannot hold such an answer.
    """
    old = _question(definition, question)
    if type_ is old.type:
        return definition
    boxes = _boxes_of(definition, question)
    changes, rebox = _conversion(old, type_, boxes, options)
    changed = _changed(definition, question, type=type_, **changes)
    changed = _with_boxes(changed, {box.id for box in boxes}, rebox)
    changed = _with_conditions(changed, lambda text: _reworded_condition(text, old, type_))
    return _checked(definition, changed)


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
    olds = [_question(definition, name) for name in questions]
    if len(olds) < 2:
        raise EditRefused("Choose at least two questions.", "Mark another one.")
    first, others = questions[0], questions[1:]
    for name in others:
        _refuse_if_used(definition, name, besides=set(others))
    options: tuple[Option, ...] = ()
    if type_ in CHOOSING:
        _want_ticks(olds)
        options = _new_options([old.title for old in olds])
    elif type_ in (*IN_PARTS, QuestionType.DATE):
        _want_parts(olds, parts)
    boxes: dict[str, Callable[[PaperBox], PaperBox]] = {}
    base = _answer_base(definition, first)
    for at, name in enumerate(questions):
        when = options[at].value if options else ""
        part = parts[at] if parts else ""
        for box in _boxes_of(definition, name):
            boxes[box.id] = _placer(base, part, when)
    whole = olds[0].model_copy(
        update={
            "type": type_,
            "title": title.strip() or olds[0].title,
            "options": options,
            "parts": tuple(parts) if type_ in IN_PARTS else (),
            "max_length": None,
            "was": " / ".join(old.was for old in olds if old.was)[:400],
        }
    )
    changed = _replaced(definition, first, (_valid(whole),))
    for name in others:
        changed = _replaced(changed, name, ())
    changed = _with_boxes(changed, set(boxes), lambda box: boxes[box.id](box))
    return _checked(definition, changed)


def split_question(definition: Definition, question: str) -> Definition:
    """One question for each of its boxes or parts: a name, an address, a date, a set of ticks."""
    old = _question(definition, question)
    _refuse_if_used(definition, question, besides=set())
    boxes = _boxes_of(definition, question)
    pieces = _pieces(old, boxes)
    if len(pieces) < 2:
        raise EditRefused("This question has one box only.", "There is nothing to split.")
    taken = {other.id for other in definition.questions()}
    base = _answer_base(definition, question)
    made: list[Question] = []
    boxed: dict[str, Callable[[PaperBox], PaperBox]] = {}
    for name, title, type_, members in pieces:
        id_ = _free(f"{question}_{name}"[:58].strip("_"), taken, "_")
        update = {"id": id_, "title": title, "type": type_, "parts": (), "options": (), "max_length": None}
        made.append(_valid(old.model_copy(update=update)))
        when = "yes" if type_ is QuestionType.TICK else ""
        for box in members:
            boxed[box.id] = _placer(_renamed(base, question, id_), "", when)
    changed = _replaced(definition, question, tuple(made))
    return _checked(definition, _with_boxes(changed, set(boxed), lambda box: boxed[box.id](box)))


def leave_out(definition: Definition, question: str, note: str) -> Definition:
    """Ask a question no more; its boxes are listed as not asked, with the note.

    Refuses without a note, for the only question, and while a condition looks at it.
    """
    if not note.strip():
        raise EditRefused("Say why it is left out.", "One sentence is enough; it stays with the definition.")
    _question(definition, question)
    if len(definition.questions()) == 1:
        raise EditRefused("This is the only question.", "A service asks at least one.")
    _refuse_if_used(definition, question, besides=set())
    boxes = _boxes_of(definition, question)
    words = _question(definition, question).was or _question(definition, question).title
    changed = _replaced(definition, question, ())
    return _checked(definition, _not_asked(changed, boxes, note=note.strip(), words=words))


def bring_back(
    definition: Definition, box: str, *, title: str = "", type_: QuestionType | None = None
) -> Definition:
    """Ask for a box that was left out: a text, or a tick when the box is a small square."""
    paper = _paper(definition)
    left = next((one for one in paper.left_out if one.box == box), None)
    if left is None:
        raise EditRefused("This box is asked already.", "Choose a box from the list of what is not asked.")
    square = max(left.at.width, left.at.height) <= TICK_SIDE
    kind = type_ or (QuestionType.TICK if square else QuestionType.TEXT)
    if kind in (QuestionType.CHOICE, QuestionType.CHOICES) or kind in IN_PARTS:
        raise EditRefused("One box comes back as one answer.", "Bring back each box, then join them.")
    name = title.strip() or left.words or f"Box {box} on page {left.page}"
    taken = {question.id for question in definition.questions()}
    taken |= {page.repeat.id for page in definition.pages if page.repeat}
    id_ = _free(_identifier(name), taken, "_")
    question = Question(id=id_, type=kind, title=name[:200], was=left.words)
    tick = kind in (QuestionType.TICK, QuestionType.YES_NO)
    back = PaperBox(
        id=box,
        page=left.page,
        at=left.at,
        answer=id_,
        write=Write.TICK if tick else Write.TEXT,
        when="yes" if tick else "",
        field=left.field,
    )
    page = Page(id=_free(_slug(id_), {one.id for one in definition.pages}), questions=(question,))
    at = _place_for(definition, left)
    near = definition.pages[at - 1] if at else definition.pages[0]
    page = page.model_copy(update={"section": near.section})
    pages = (*definition.pages[:at], page, *definition.pages[at:])
    rest = tuple(one for one in paper.left_out if one.box != box)
    paper = paper.model_copy(update={"boxes": (*paper.boxes, back), "left_out": rest})
    return _checked(definition, definition.model_copy(update={"pages": pages, "paper": paper}))


# Finding things


def _question(definition: Definition, question: str) -> Question:
    found = next((one for one in definition.questions() if one.id == question), None)
    if found is None:
        raise EditRefused(f"There is no question called {question}.", "Load the page again.")
    return found


def _at(definition: Definition, page: str) -> int:
    for at, one in enumerate(definition.pages):
        if one.id == page:
            return at
    raise EditRefused(f"There is no page called {page}.", "Load the page again.")


def _paper(definition: Definition) -> Paper:
    if definition.paper is None:
        raise EditRefused("This service has no paper form.", "Add a question instead.")
    return definition.paper


def _path(box: PaperBox) -> re.Match[str] | None:
    return ANSWER_PATH.match(box.answer) if box.answer else None


def _boxes_of(definition: Definition, question: str) -> list[PaperBox]:
    """The boxes of a question, in all rows when it is asked in a group."""
    boxes = definition.paper.boxes if definition.paper else ()
    return [box for box in boxes if (path := _path(box)) and question == (path["column"] or path["id"])]


def _answer_base(definition: Definition, question: str) -> str:
    """ "born", or "children[{row}].born" for a question of a group."""
    for page in definition.pages:
        if page.repeat and any(one.id == question for one in page.questions):
            return f"{page.repeat.id}[{{row}}].{question}"
    return question


def _renamed(base: str, old: str, new: str) -> str:
    return re.sub(rf"\b{re.escape(old)}$", new, base)


def _place_for(definition: Definition, left: LeftOut) -> int:
    """Behind the page whose box stands last before the one that comes back."""
    page_of = {question.id: at for at, page in enumerate(definition.pages) for question in page.questions}
    here = (left.page, left.at.y0, left.at.x0)
    best = 0
    for box in _paper(definition).boxes:
        path = _path(box)
        if path and (box.page, box.at.y0, box.at.x0) <= here:
            best = max(best, page_of.get(path["column"] or path["id"], -1) + 1)
    return best


# Changing things


def _valid(question: Question) -> Question:
    try:
        return Question.model_validate(question.model_dump())
    except ValidationError as problem:
        says = problem.errors()[0]["msg"]
        raise EditRefused(f"This cannot be a question: {says}.", "Change it and try again.") from problem


def _changed(definition: Definition, question: str, **changes: Any) -> Definition:
    old = _question(definition, question)
    return _replaced(definition, question, (_valid(old.model_copy(update=changes)),))


def _replaced(definition: Definition, question: str, new: tuple[Question, ...]) -> Definition:
    """Other questions in the place of one; a page without questions goes."""
    pages = []
    for page in definition.pages:
        questions: list[Question] = []
        for one in page.questions:
            questions += new if one.id == question else (one,)
        if questions:
            pages.append(page.model_copy(update={"questions": tuple(questions)}))
    return definition.model_copy(update={"pages": tuple(pages)})


def _with_page(definition: Definition, page: str, change: Callable[[Page], Page]) -> Definition:
    at = _at(definition, page)
    pages = (*definition.pages[:at], change(definition.pages[at]), *definition.pages[at + 1 :])
    return definition.model_copy(update={"pages": pages})


def _with_boxes(
    definition: Definition, which: set[str], change: Callable[[PaperBox], PaperBox]
) -> Definition:
    if definition.paper is None or not which:
        return definition
    boxes = tuple(change(box) if box.id in which else box for box in definition.paper.boxes)
    return definition.model_copy(update={"paper": definition.paper.model_copy(update={"boxes": boxes})})


def _not_asked(
    definition: Definition, boxes: Sequence[PaperBox], *, note: str, words: str = ""
) -> Definition:
    if definition.paper is None or not boxes:
        return definition
    gone = {box.id for box in boxes}
    left = tuple(
        LeftOut(
            box=box.id,
            page=box.page,
            at=box.at,
            words=words,
            because="owner_left_out",
            note=note,
            field=box.field,
        )
        for box in boxes
    )
    paper = definition.paper
    kept = tuple(box for box in paper.boxes if box.id not in gone)
    paper = paper.model_copy(update={"boxes": kept, "left_out": (*paper.left_out, *left)})
    return definition.model_copy(update={"paper": paper})


def _placer(base: str, part: str, when: str) -> Callable[[PaperBox], PaperBox]:
    """A box that holds another answer; its row in a group stays."""

    def place(box: PaperBox) -> PaperBox:
        path = _path(box)
        row = path["row"] if path and path["row"] else "1"
        answer = base.replace("{row}", row) + (f".{part}" if part else "")
        return box.model_copy(update={"answer": answer, "when": when})

    return place


def _checked(before: Definition, after: Definition) -> Definition:
    """The new definition, unless it has an error that the old one did not have."""
    known = {problem.says for problem in lint(before) if problem.severity == "error"}
    for problem in lint(after):
        if problem.severity == "error" and problem.says not in known:
            raise EditRefused(f"This cannot be done: {problem.says}", problem.write_instead)
    return after


# Conditions


def _conditions(definition: Definition) -> Iterable[tuple[str, str]]:
    """Every condition with the id of the question or page that it belongs to."""
    for page in definition.pages:
        yield page.id, page.asked_when
        for question in page.questions:
            yield question.id, question.asked_when
    for rule in definition.eligibility:
        yield rule.id, rule.refuse_when
    for derived in definition.derived:
        yield derived.id, derived.value


def _refuse_if_used(definition: Definition, question: str, *, besides: set[str]) -> None:
    inside = {
        page.id for page in definition.pages if {one.id for one in page.questions} <= {question} | besides
    }
    for owner, text in _conditions(definition):
        if (
            owner != question
            and owner not in besides | inside
            and re.search(rf"\b{re.escape(question)}\b", text)
        ):
            raise EditRefused(
                f"Something else depends on this answer: {text}", "Change or remove that condition first."
            )


def _uses_option(definition: Definition, question: str, value: str) -> bool:
    pattern = rf"\b{re.escape(question)}\b.*\b{re.escape(value)}\b"
    return any(re.search(pattern, text) for _, text in _conditions(definition))


def _with_conditions(definition: Definition, change: Callable[[str], str]) -> Definition:
    pages = []
    for page in definition.pages:
        questions = tuple(
            one.model_copy(update={"asked_when": change(one.asked_when)}) for one in page.questions
        )
        pages.append(page.model_copy(update={"asked_when": change(page.asked_when), "questions": questions}))
    return definition.model_copy(update={"pages": tuple(pages)})


def _reworded_condition(text: str, old: Question, type_: QuestionType) -> str:
    """ "x = other" for one answer, "x includes other" for several."""
    name = re.escape(old.id)
    if old.type is QuestionType.CHOICE and type_ is QuestionType.CHOICES:
        return re.sub(rf"\b{name}\s*=\s*", f"{old.id} includes ", text)
    if old.type is QuestionType.CHOICES and type_ is QuestionType.CHOICE:
        return re.sub(rf"\b{name}\s+includes\s+", f"{old.id} = ", text)
    return text


def _bearing(page: Page) -> Callable[[Question], Question]:
    """A question that takes over the condition of its page."""

    def bear(question: Question) -> Question:
        condition = _both(page.asked_when, question.asked_when)
        return question.model_copy(
            update={"asked_when": condition, "because": question.because or page.because}
        )

    return bear


def _both(one: str, two: str) -> str:
    if one and two and one != two:
        return " and ".join(f"({each})" if " or " in each else each for each in (one, two))
    return one or two


# Options, parts and names


def _kept_options(old: Sequence[Option], wanted: Sequence[str]) -> tuple[Option, ...]:
    by_title = {option.title: option for option in old}
    kept: list[Option | None] = [by_title.get(title) for title in wanted]
    if len(old) == len(wanted):
        free = [option for option in old if option not in kept]
        for at, option in enumerate(kept):
            if option is None and old[at] in free:
                kept[at] = old[at].model_copy(update={"title": wanted[at]})
    taken = {option.value for option in kept if option}
    return tuple(
        option or Option(value=_free(_identifier(title)[:32], taken, "_"), title=title)
        for option, title in zip(kept, wanted, strict=True)
    )


def _new_options(titles: Sequence[str]) -> tuple[Option, ...]:
    taken: set[str] = set()
    return tuple(Option(value=_free(_identifier(title)[:32], taken, "_"), title=title) for title in titles)


def _title_of(question: Question, value: str) -> str:
    return next((option.title for option in question.options if option.value == value), value)


def _want_ticks(olds: Sequence[Question]) -> None:
    if any(old.type is not QuestionType.TICK for old in olds):
        raise EditRefused(
            "Only ticks can become the options of one choice.", "Choose questions with one tick each."
        )


def _want_parts(olds: Sequence[Question], parts: Sequence[str]) -> None:
    if len(parts) != len(olds) or len(set(parts)) != len(parts):
        raise EditRefused("Each question must be another part of the whole.", "Say which part each one is.")
    if any(old.type in MARKED or old.type in IN_PARTS for old in olds):
        raise EditRefused("Ticks, names and addresses cannot be a part.", "Choose boxes to write in.")


Conversion = tuple[dict[str, Any], Callable[[PaperBox], PaperBox]]


def _conversion(
    old: Question, type_: QuestionType, boxes: Sequence[PaperBox], titles: Sequence[str]
) -> Conversion:
    """The changes of the question and of each box, for another type."""
    clean: dict[str, Any] = {"options": (), "parts": (), "min": None, "max": None, "pattern": ""}
    ticks = [box for box in boxes if box.write is Write.TICK]
    split = {path["part"] for box in boxes if (path := _path(box)) and path["part"]}
    if old.type in CHOOSING and type_ in CHOOSING:
        return {}, _same
    if old.type is QuestionType.YES_NO and type_ in CHOOSING:
        return clean | {"options": (Option(value="yes", title="Yes"), Option(value="no", title="No"))}, _same
    if type_ is QuestionType.YES_NO and old.type is QuestionType.TICK:
        return clean, _same
    if type_ is QuestionType.YES_NO and old.type is QuestionType.CHOICE and len(old.options) == 2:
        said = {old.options[0].value: "yes", old.options[1].value: "no"}
        return clean, lambda box: box.model_copy(update={"when": said.get(box.when, box.when)})
    if (
        type_ is QuestionType.TICK
        and old.type is QuestionType.YES_NO
        and not any(b.when == "no" for b in boxes)
    ):
        return clean, _same
    if ticks:
        raise EditRefused("The paper has boxes to tick for this answer.", "Keep a kind that is ticked.")
    if split - {"full"} and not (old.type in IN_PARTS and type_ in IN_PARTS):
        raise EditRefused(
            "The paper has a box for each part of this answer.", "Split the question first, or keep its kind."
        )
    if type_ in IN_PARTS:
        return clean | {"parts": ("full",), "max_length": None}, lambda box: _parted(box, "full")
    if type_ in CHOOSING:
        if len(titles) < 2:
            raise EditRefused("A choice needs at least two options.", "Write the options.")
        return clean | {"options": _new_options(titles), "max_length": None}, lambda box: _parted(box, "")
    return clean, lambda box: _parted(box, "")


def _same(box: PaperBox) -> PaperBox:
    return box


def _parted(box: PaperBox, part: str) -> PaperBox:
    whole = re.sub(r"\.full$", "", box.answer)
    return box.model_copy(update={"answer": f"{whole}.{part}" if part else whole})


def _pieces(old: Question, boxes: Sequence[PaperBox]) -> list[tuple[str, str, QuestionType, list[PaperBox]]]:
    """(name, title, type, boxes) of each piece of a question, in the order of the paper."""
    found: dict[str, tuple[str, QuestionType, list[PaperBox]]] = {}
    titles = {option.value: option.title for option in old.options}
    for number, box in enumerate(boxes, start=1):
        path = _path(box)
        part = (path["part"] or "") if path else ""
        if box.write is Write.TICK:
            name, title, type_ = box.when, titles.get(box.when, box.when), QuestionType.TICK
        elif part:
            name, title, type_ = part, f"{old.title.rstrip('?')}: {part}", QuestionType.TEXT
        else:
            name, title, type_ = str(number), f"{old.title.rstrip('?')}: line {number}", QuestionType.TEXT
        found.setdefault(name, (title, type_, []))[2].append(box)
    return [(name, *rest) for name, rest in found.items()]


def _identifier(words: str) -> str:
    flat = "_".join(re.findall(r"[a-z0-9]+", words.lower())[:6])[:40].strip("_")
    return flat if flat[:1].isalpha() else f"answer_{flat}".strip("_")


def _slug(id_: str) -> str:
    return re.sub(r"_+", "-", id_).strip("-")


def _free(name: str, taken: set[str], joint: str = "-") -> str:
    """A name that is not taken, and takes it."""
    tried, at = name, 2
    while tried in taken:
        tried, at = f"{name}{joint}{at}", at + 1
    taken.add(tried)
    return tried
