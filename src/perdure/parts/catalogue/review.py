"""A draft as its owner reviews it: cards with questions, and numbered boxes on the paper. Pure.

A card is one page of the draft. Cards are numbered in the order of the form; every box of
the paper carries the number of the card it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from perdure.core.definition.model import ANSWER_PATH, Definition, LeftOut, Page, PaperBox, Question
from perdure.core.kernel.geometry import Box
from perdure.parts.catalogue import rules

State = Literal["needs-you", "sure", "accepted", "written"]
"""needs-you: read with a doubt; sure: read without one; accepted: a person looked; written: not from it."""


@dataclass(frozen=True)
class Spot:
    """A numbered box on a page of the paper, in points from the top left. id: of the box; card: id of
    the draft's page."""

    id: str
    number: int
    card: str
    page: int
    box: Box
    state: State


@dataclass(frozen=True)
class Card:
    """One page of the draft with what is known about it.

    percent   how sure the digitiser was of its least sure question; None when nothing says
    on_pages  pages of the paper where its boxes stand, in order
    boxes     how many boxes it has
    notes     what the digitiser says about it
    """

    number: int
    page: Page
    state: State
    percent: int | None
    on_pages: tuple[int, ...]
    boxes: int
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.page.id

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.page.questions

    @property
    def several(self) -> bool:
        """Does the page ask more than one question?"""
        return len(self.page.questions) > 1

    @property
    def title(self) -> str:
        return self.page.title if self.page.title and self.several else self.page.questions[0].title


@dataclass(frozen=True)
class Review:
    """A whole draft. cards: in the order of the form."""

    definition: Definition
    cards: tuple[Card, ...]
    spots: tuple[Spot, ...]
    questions: int
    waiting: int

    @property
    def boxes(self) -> int:
        """Boxes on the paper, those that are not asked included."""
        paper = self.definition.paper
        return len(paper.boxes) + len(paper.left_out) if paper else 0

    @property
    def sure(self) -> int:
        return self.questions - self.waiting

    @property
    def accepted(self) -> int:
        """Questions that a person looked at."""
        return sum(len(card.questions) for card in self.cards if card.state == "accepted")

    @property
    def sure_cards(self) -> tuple[Card, ...]:
        """Cards without a doubt that nobody accepted yet."""
        return tuple(card for card in self.cards if card.state in ("sure", "written"))

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return self.definition.paper.left_out if self.definition.paper else ()

    def card(self, card_id: str) -> Card | None:
        return next((card for card in self.cards if card.id == card_id), None)

    def card_of_question(self, question_id: str) -> Card | None:
        return next((card for card in self.cards if any(q.id == question_id for q in card.questions)), None)

    def card_of_box(self, box_id: str) -> Card | None:
        spot = next((spot for spot in self.spots if spot.id == box_id), None)
        return self.card(spot.card) if spot else None

    def by_certainty(self) -> list[Card]:
        """Cards that need a person first, the least certain of them at the head; the rest as on the paper."""
        return sorted(self.cards, key=lambda card: (card.state != "needs-you", _doubt(card), card.number))

    def next_open(self, after: str = "", *, on_paper: bool = False) -> Card | None:
        """The next card that nobody accepted: the least certain, or the next on the paper and round again."""
        cards = list(self.cards) if on_paper else self.by_certainty()
        here = next((at for at, card in enumerate(cards) if card.id == after), -1) if on_paper else -1
        left = [card for card in (*cards[here + 1 :], *cards[: here + 1]) if card.state != "accepted"]
        return next((card for card in left if card.id != after), None)


def review_of(
    definition: Definition, *, accepted: Collection[str] = (), notes: Sequence[Mapping[str, Any]] = ()
) -> Review:
    """Lay a draft out for review."""
    boxes = _boxes_by_card(definition)
    doubts = rules.doubts_of(notes)
    cards = tuple(
        _card(number, page, boxes[page.id], accepted, doubts)
        for number, page in enumerate(definition.pages, start=1)
    )
    spots = [
        Spot(box.id, card.number, card.id, box.page, box.at, card.state)
        for card in cards
        for box in boxes[card.id]
    ]
    return Review(
        definition=definition,
        cards=cards,
        spots=tuple(spots),
        questions=len(definition.questions()),
        waiting=rules.unsure(definition, accepted, doubts),
    )


def _card(
    number: int, page: Page, boxes: Sequence[PaperBox], accepted: Collection[str], doubts: rules.Doubts
) -> Card:
    about = rules.doubts_about(page, doubts)
    known = [question.confidence for question in page.questions if question.confidence is not None]
    certain = [*known, *(doubt.certainty for doubt in about)]
    return Card(
        number=number,
        page=page,
        state=_state(page, accepted, bool(about), bool(known or boxes)),
        percent=int(min(certain) * 100) if certain else None,
        on_pages=tuple(sorted({box.page for box in boxes})),
        boxes=len(boxes),
        notes=tuple(dict.fromkeys(doubt.says for doubt in about if doubt.says)),
    )


def _state(page: Page, accepted: Collection[str], doubted: bool, from_paper: bool) -> State:
    if page.id in accepted:
        return "accepted"
    if doubted:
        return "needs-you"
    return "sure" if from_paper else "written"


def _doubt(card: Card) -> int:
    return card.percent or 0 if card.state == "needs-you" else 0


def _boxes_by_card(definition: Definition) -> defaultdict[str, list[PaperBox]]:
    """The boxes of each page of the draft, in the order they stand in the definition."""
    card_of: dict[str, str] = {}
    for page in definition.pages:
        card_of.update({question.id: page.id for question in page.questions})
        if page.repeat is not None:
            card_of[page.repeat.id] = page.id
    found: defaultdict[str, list[PaperBox]] = defaultdict(list)
    for box in definition.paper.boxes if definition.paper else ():
        named = ANSWER_PATH.match(box.answer)
        if named and named["id"] in card_of:
            found[card_of[named["id"]]].append(box)
    return found
