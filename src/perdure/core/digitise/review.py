"""questions.md: what a person should look at in a draft, least certain first, readable on its own."""

from __future__ import annotations

from collections.abc import Iterator

from perdure.core.definition.model import Definition, LeftOut
from perdure.core.digitise.draft import Draft, ReviewNote

REASONS = {
    "office_use": "for the office",
    "signature_on_paper": "signed on paper by somebody else",
    "not_understood": "not understood",
    "owner_left_out": "left out by the owner",
    "duplicate": "a second box in the same place",
    "read_only": "filled in by the form itself",
}


def questions_md(draft: Draft) -> str:
    """The review of a draft as Markdown: notes with boxes to tick off, then what is not asked, and why."""
    return "\n".join([*_head(draft), *_notes(draft), *_left_out(draft.not_asked), ""])


def _head(draft: Draft) -> Iterator[str]:
    definition = draft.definition
    questions, pages = len(definition.questions()), len(definition.pages)
    yield f"# {definition.title}: what needs you"
    yield ""
    yield f"The draft asks {_count(questions, 'question')} on {_count(pages, 'page')}."
    routes = [page for page in definition.pages if page.asked_when]
    if routes:
        yield f"{_count(len(routes), 'page')} of them only when an earlier answer asks for it."
    yield ""


def _notes(draft: Draft) -> Iterator[str]:
    yield "## Look at these, the least certain first"
    yield ""
    if not draft.to_review:
        yield "Nothing: every box was understood. Read the questions once before you publish."
    titles = _titles(draft.definition)
    for note in draft.to_review:
        yield from _note(note, titles)
    yield ""


def _note(note: ReviewNote, titles: dict[str, str]) -> Iterator[str]:
    title = titles.get(note.question, note.question)
    about = f" **{title}** (`{note.question}`)" if note.question else ""
    shown = ", ".join(note.boxes[:6]) + (" ..." if len(note.boxes) > 6 else "")
    yield f"- [ ] Page {note.page}:{about}"
    yield f"      {note.says} Boxes: {shown}. {round(100 * note.certainty)} % sure."


def _left_out(not_asked: tuple[LeftOut, ...]) -> Iterator[str]:
    yield "## On the paper and not asked"
    yield ""
    if not not_asked:
        yield "Nothing: every box of the paper is asked."
    for one in not_asked:
        words = f" “{one.words[:80]}”" if one.words else ""
        note = f" {one.note}" if one.note else ""
        yield f"- Page {one.page}, box {one.box}{words}: {REASONS[one.because]}.{note}"


def _titles(definition: Definition) -> dict[str, str]:
    titles = {question.id: question.title for question in definition.questions()}
    titles |= {page.repeat.id: page.title for page in definition.pages if page.repeat}
    return titles


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
