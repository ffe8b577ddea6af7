"""Tools of the edits: find a question and its boxes, change them together, refuse in words."""

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

IN_PARTS = frozenset([QuestionType.NAME, QuestionType.ADDRESS])
CHOOSING = frozenset([QuestionType.CHOICE, QuestionType.CHOICES])
MARKED = frozenset([QuestionType.YES_NO, QuestionType.TICK, *CHOOSING])


class EditRefused(PerdureError):
    """An edit that would leave a definition that cannot be used."""

    code = "definition.edit-refused"


# Finding things


def question_of(definition: Definition, question: str) -> Question:
    found = next((one for one in definition.questions() if one.id == question), None)
    if found is None:
        raise EditRefused(f"There is no question called {question}.", "Load the page again.")
    return found


def place_of_page(definition: Definition, page: str) -> int:
    for at, one in enumerate(definition.pages):
        if one.id == page:
            return at
    raise EditRefused(f"There is no page called {page}.", "Load the page again.")


def paper_of(definition: Definition) -> Paper:
    if definition.paper is None:
        raise EditRefused("This service has no paper form.", "Add a question instead.")
    return definition.paper


def path_of(box: PaperBox) -> re.Match[str] | None:
    return ANSWER_PATH.match(box.answer) if box.answer else None


def boxes_of(definition: Definition, question: str) -> list[PaperBox]:
    """The boxes of a question, in all rows when it is asked in a group."""
    boxes = definition.paper.boxes if definition.paper else ()
    return [box for box in boxes if (path := path_of(box)) and question == (path["column"] or path["id"])]


def answer_base(definition: Definition, question: str) -> str:
    """ "born", or "children[{row}].born" for a question of a group."""
    for page in definition.pages:
        if page.repeat and any(one.id == question for one in page.questions):
            return f"{page.repeat.id}[{{row}}].{question}"
    return question


def renamed(base: str, old: str, new: str) -> str:
    return re.sub(rf"\b{re.escape(old)}$", new, base)


def place_for(definition: Definition, left: LeftOut) -> int:
    """Behind the page whose box stands last before the one that comes back."""
    page_of = {question.id: at for at, page in enumerate(definition.pages) for question in page.questions}
    here = (left.page, left.at.y0, left.at.x0)
    best = 0
    for box in paper_of(definition).boxes:
        path = path_of(box)
        if path and (box.page, box.at.y0, box.at.x0) <= here:
            best = max(best, page_of.get(path["column"] or path["id"], -1) + 1)
    return best


# Changing things


def valid(question: Question) -> Question:
    try:
        return Question.model_validate(question.model_dump())
    except ValidationError as problem:
        says = problem.errors()[0]["msg"]
        raise EditRefused(f"This cannot be a question: {says}.", "Change it and try again.") from problem


def changed_question(definition: Definition, question: str, **changes: Any) -> Definition:
    old = question_of(definition, question)
    return replaced(definition, question, (valid(old.model_copy(update=changes)),))


def replaced(definition: Definition, question: str, new: tuple[Question, ...]) -> Definition:
    """Other questions in the place of one; a page without questions goes."""
    pages = []
    for page in definition.pages:
        questions: list[Question] = []
        for one in page.questions:
            questions += new if one.id == question else (one,)
        if questions:
            pages.append(page.model_copy(update={"questions": tuple(questions)}))
    return definition.model_copy(update={"pages": tuple(pages)})


def with_page(definition: Definition, page: str, change: Callable[[Page], Page]) -> Definition:
    at = place_of_page(definition, page)
    pages = (*definition.pages[:at], change(definition.pages[at]), *definition.pages[at + 1 :])
    return definition.model_copy(update={"pages": pages})


def with_boxes(definition: Definition, which: set[str], change: Callable[[PaperBox], PaperBox]) -> Definition:
    if definition.paper is None or not which:
        return definition
    boxes = tuple(change(box) if box.id in which else box for box in definition.paper.boxes)
    return definition.model_copy(update={"paper": definition.paper.model_copy(update={"boxes": boxes})})


def not_asked(definition: Definition, boxes: Sequence[PaperBox], *, note: str, words: str = "") -> Definition:
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


def placer(base: str, part: str, when: str) -> Callable[[PaperBox], PaperBox]:
    """A box that holds another answer; its row in a group stays."""

    def place(box: PaperBox) -> PaperBox:
        path = path_of(box)
        row = path["row"] if path and path["row"] else "1"
        answer = base.replace("{row}", row) + (f".{part}" if part else "")
        return box.model_copy(update={"answer": answer, "when": when})

    return place


def checked(before: Definition, after: Definition) -> Definition:
    """The new definition, unless it has an error that the old one did not have."""
    known = {problem.says for problem in lint(before) if problem.severity == "error"}
    for problem in lint(after):
        if problem.severity == "error" and problem.says not in known:
            raise EditRefused(f"This cannot be done: {problem.says}", problem.write_instead)
    return after


# Conditions


def conditions_of(definition: Definition) -> Iterable[tuple[str, str]]:
    """Every condition with the id of the question or page that it belongs to."""
    for page in definition.pages:
        yield page.id, page.asked_when
        for question in page.questions:
            yield question.id, question.asked_when
    for rule in definition.eligibility:
        yield rule.id, rule.refuse_when
    for derived in definition.derived:
        yield derived.id, derived.value


def refuse_if_used(definition: Definition, question: str, *, besides: set[str]) -> None:
    inside = {
        page.id for page in definition.pages if {one.id for one in page.questions} <= {question} | besides
    }
    for owner, text in conditions_of(definition):
        if (
            owner != question
            and owner not in besides | inside
            and re.search(rf"\b{re.escape(question)}\b", text)
        ):
            raise EditRefused(
                f"Something else depends on this answer: {text}", "Change or remove that condition first."
            )


def uses_option(definition: Definition, question: str, value: str) -> bool:
    pattern = rf"\b{re.escape(question)}\b.*\b{re.escape(value)}\b"
    return any(re.search(pattern, text) for _, text in conditions_of(definition))


def with_conditions(definition: Definition, change: Callable[[str], str]) -> Definition:
    pages = []
    for page in definition.pages:
        questions = tuple(
            one.model_copy(update={"asked_when": change(one.asked_when)}) for one in page.questions
        )
        pages.append(page.model_copy(update={"asked_when": change(page.asked_when), "questions": questions}))
    return definition.model_copy(update={"pages": tuple(pages)})


def reworded_condition(text: str, old: Question, type_: QuestionType) -> str:
    """ "x = other" for one answer, "x includes other" for several."""
    name = re.escape(old.id)
    if old.type is QuestionType.CHOICE and type_ is QuestionType.CHOICES:
        return re.sub(rf"\b{name}\s*=\s*", f"{old.id} includes ", text)
    if old.type is QuestionType.CHOICES and type_ is QuestionType.CHOICE:
        return re.sub(rf"\b{name}\s+includes\s+", f"{old.id} = ", text)
    return text


def bearing(page: Page) -> Callable[[Question], Question]:
    """A question that takes over the condition of its page."""

    def bear(question: Question) -> Question:
        condition = both(page.asked_when, question.asked_when)
        return question.model_copy(
            update={"asked_when": condition, "because": question.because or page.because}
        )

    return bear


def both(one: str, two: str) -> str:
    if one and two and one != two:
        return " and ".join(f"({each})" if " or " in each else each for each in (one, two))
    return one or two


# Options, parts and names


def kept_options(old: Sequence[Option], wanted: Sequence[str]) -> tuple[Option, ...]:
    by_title = {option.title: option for option in old}
    kept: list[Option | None] = [by_title.get(title) for title in wanted]
    if len(old) == len(wanted):
        unused = [option for option in old if option not in kept]
        for at, option in enumerate(kept):
            if option is None and old[at] in unused:
                kept[at] = old[at].model_copy(update={"title": wanted[at]})
    taken = {option.value for option in kept if option}
    return tuple(
        option or Option(value=free(identifier(title)[:32], taken, "_"), title=title)
        for option, title in zip(kept, wanted, strict=True)
    )


def new_options(titles: Sequence[str]) -> tuple[Option, ...]:
    taken: set[str] = set()
    return tuple(Option(value=free(identifier(title)[:32], taken, "_"), title=title) for title in titles)


def title_of_option(question: Question, value: str) -> str:
    return next((option.title for option in question.options if option.value == value), value)


def want_ticks(olds: Sequence[Question]) -> None:
    if any(old.type is not QuestionType.TICK for old in olds):
        raise EditRefused(
            "Only ticks can become the options of one choice.", "Choose questions with one tick each."
        )


def want_parts(olds: Sequence[Question], parts: Sequence[str]) -> None:
    if len(parts) != len(olds) or len(set(parts)) != len(parts):
        raise EditRefused("Each question must be another part of the whole.", "Say which part each one is.")
    if any(old.type in MARKED or old.type in IN_PARTS for old in olds):
        raise EditRefused("Ticks, names and addresses cannot be a part.", "Choose boxes to write in.")


Conversion = tuple[dict[str, Any], Callable[[PaperBox], PaperBox]]


def conversion(
    old: Question, type_: QuestionType, boxes: Sequence[PaperBox], titles: Sequence[str]
) -> Conversion:
    """The changes of the question and of each box, for another type."""
    clean: dict[str, Any] = {"options": (), "parts": (), "min": None, "max": None, "pattern": ""}
    ticks = [box for box in boxes if box.write is Write.TICK]
    split = {path["part"] for box in boxes if (path := path_of(box)) and path["part"]}
    if old.type in CHOOSING and type_ in CHOOSING:
        return {}, same
    if old.type is QuestionType.YES_NO and type_ in CHOOSING:
        return clean | {"options": (Option(value="yes", title="Yes"), Option(value="no", title="No"))}, same
    if type_ is QuestionType.YES_NO and old.type is QuestionType.TICK:
        return clean, same
    if type_ is QuestionType.YES_NO and old.type is QuestionType.CHOICE and len(old.options) == 2:
        said = {old.options[0].value: "yes", old.options[1].value: "no"}
        return clean, lambda box: box.model_copy(update={"when": said.get(box.when, box.when)})
    if (
        type_ is QuestionType.TICK
        and old.type is QuestionType.YES_NO
        and not any(b.when == "no" for b in boxes)
    ):
        return clean, same
    if ticks:
        raise EditRefused("The paper has boxes to tick for this answer.", "Keep a kind that is ticked.")
    if split - {"full"} and not (old.type in IN_PARTS and type_ in IN_PARTS):
        raise EditRefused(
            "The paper has a box for each part of this answer.", "Split the question first, or keep its kind."
        )
    if type_ in IN_PARTS:
        return clean | {"parts": ("full",), "max_length": None}, lambda box: parted(box, "full")
    if type_ in CHOOSING:
        if len(titles) < 2:
            raise EditRefused("A choice needs at least two options.", "Write the options.")
        return clean | {"options": new_options(titles), "max_length": None}, lambda box: parted(box, "")
    return clean, lambda box: parted(box, "")


def same(box: PaperBox) -> PaperBox:
    return box


def parted(box: PaperBox, part: str) -> PaperBox:
    whole = re.sub(r"\.full$", "", box.answer)
    return box.model_copy(update={"answer": f"{whole}.{part}" if part else whole})


def pieces_of(
    old: Question, boxes: Sequence[PaperBox]
) -> list[tuple[str, str, QuestionType, list[PaperBox]]]:
    """(name, title, type, boxes) of each piece of a question, in the order of the paper."""
    found: dict[str, tuple[str, QuestionType, list[PaperBox]]] = {}
    titles = {option.value: option.title for option in old.options}
    for number, box in enumerate(boxes, start=1):
        path = path_of(box)
        part = (path["part"] or "") if path else ""
        if box.write is Write.TICK:
            name, title, type_ = box.when, titles.get(box.when, box.when), QuestionType.TICK
        elif part:
            name, title, type_ = part, f"{old.title.rstrip('?')}: {part}", QuestionType.TEXT
        else:
            name, title, type_ = str(number), f"{old.title.rstrip('?')}: line {number}", QuestionType.TEXT
        found.setdefault(name, (title, type_, []))[2].append(box)
    return [(name, *rest) for name, rest in found.items()]


def identifier(words: str) -> str:
    flat = "_".join(re.findall(r"[a-z0-9]+", words.lower())[:6])[:40].strip("_")
    return flat if flat[:1].isalpha() else f"answer_{flat}".strip("_")


def slug_of(id_: str) -> str:
    return re.sub(r"_+", "-", id_).strip("-")


def free(name: str, taken: set[str], joint: str = "-") -> str:
    """A name that is not taken, and takes it."""
    tried, at = name, 2
    while tried in taken:
        tried, at = f"{name}{joint}{at}", at + 1
    taken.add(tried)
    return tried
