"""Two people on one draft: when a change made on an older draft still fits the new one. Pure.

A draft falls into pieces: each page with its boxes on the paper, each box that is not asked, each
chapter beside them. A change fits when no piece it touches was touched by somebody else since.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from perdure.core.definition.edits import EditRefused
from perdure.core.definition.model import ANSWER_PATH, Definition, PaperBox

Edit = Callable[[Definition], Definition]
Piece = tuple[str, str]
"""Its kind ("page", "left-out", "box", "chapter", "paper") and its name."""

_IN_PIECES = {"pages", "paper"}
_PAPER_IN_PIECES = {"boxes", "left_out"}


def fits(seen: Definition, now: Definition, edit: Edit, *, about: Collection[str] = ()) -> bool:
    """Does a change that somebody made looking at `seen` touch only what is the same `now`?

    about  ids of pages that the change is about, though it may leave their words as they are
    A change that is there already fits too: pressed twice, or made by both alike.
    Raises what the edit refuses.
    """
    mine = edit(seen)
    if mine != seen and _is_there(now, edit):
        return True
    before, today = pieces_of(seen), pieces_of(now)
    touched = _touched(before, pieces_of(mine)) | {("page", page) for page in about}
    if any(before.get(piece) != today.get(piece) for piece in touched):
        return False
    return touched >= _touched(today, pieces_of(edit(now)))


def _is_there(now: Definition, edit: Edit) -> bool:
    """Would the change leave the draft as it is?"""
    try:
        return edit(now) == now
    except EditRefused:
        return False


def pieces_of(definition: Definition) -> dict[Piece, object]:
    """A draft as pieces that can be compared; the order of the pages is no piece."""
    boxes, others = _boxes(definition)
    found: dict[Piece, object] = {
        ("page", page.id): (page, tuple(boxes.get(page.id, ()))) for page in definition.pages
    }
    found |= {("box", box.id): box for box in others}
    for name in set(Definition.model_fields) - _IN_PIECES:
        found["chapter", name] = getattr(definition, name)
    if definition.paper is not None:
        found |= {("left-out", one.box): one for one in definition.paper.left_out}
        for name in set(type(definition.paper).model_fields) - _PAPER_IN_PIECES:
            found["paper", name] = getattr(definition.paper, name)
    return found


def _touched(before: Mapping[Piece, object], after: Mapping[Piece, object]) -> set[Piece]:
    """Pieces that were changed or taken away; what is new touches nobody."""
    return {piece for piece, was in before.items() if after.get(piece) != was}


def _boxes(definition: Definition) -> tuple[dict[str, list[PaperBox]], list[PaperBox]]:
    """The boxes by the page whose answers they hold, and those that hold no page's answer."""
    page_of: dict[str, str] = {}
    for page in definition.pages:
        page_of |= {question.id: page.id for question in page.questions}
        if page.repeat is not None:
            page_of[page.repeat.id] = page.id
    by_page: dict[str, list[PaperBox]] = {}
    others: list[PaperBox] = []
    for box in definition.paper.boxes if definition.paper else ():
        named = ANSWER_PATH.match(box.answer)
        page_id = page_of.get(named["id"]) if named else None
        (by_page.setdefault(page_id, []) if page_id else others).append(box)
    return by_page, others
