"""Where in a review somebody is: the card in hand, the order of the list, the page of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from perdure.parts.catalogue.review import Card, Review
from perdure.parts.catalogue.web.common import whole_number

CARDS = 20
"""How many cards a page of the list shows."""


@dataclass(frozen=True)
class Place:
    """order: "doubt" or "paper"; at: the card in hand; sheet: page of the paper; list: page of the list."""

    slug: str
    order: str = "doubt"
    at: str = ""
    sheet: int = 0
    list: int = 0

    @property
    def url(self) -> str:
        """The address of this place, down to the card."""
        wanted = {"order": self.order if self.order != "doubt" else "", "at": self.at}
        wanted |= {"sheet": str(self.sheet or ""), "list": str(self.list or "")}
        query = urlencode({name: value for name, value in wanted.items() if value})
        address = reverse("studio:review", args=[self.slug])
        mark = f"#card-{self.at}" if self.at else ""
        return f"{address}{'?' if query else ''}{query}{mark}"

    def at_card(self, card_id: str) -> Place:
        return replace(self, at=card_id, sheet=0, list=0)

    def on_sheet(self, sheet: int) -> Place:
        return replace(self, sheet=sheet)


def place_from(slug: str, asked: QueryDict) -> Place:
    """The place that an address or a posted form names."""
    return Place(
        slug,
        order="paper" if asked.get("order") == "paper" else "doubt",
        at=asked.get("at", ""),
        sheet=whole_number(asked.get("sheet"), otherwise=0),
        list=whole_number(asked.get("list"), otherwise=0),
    )


@dataclass(frozen=True)
class View:
    """What one page of a review shows.

    cards   those of this page of the list; hand: the card in hand
    before, after  the cards before and after it in the order of the list, or None
    sheet   the page of the paper beside it, from 1; 0 when there is no paper
    """

    place: Place
    cards: Sequence[Card]
    hand: Card
    before: Card | None
    after: Card | None
    sheet: int
    number: int
    pages: int


def view_of(review: Review, place: Place) -> View:
    """Settle what a place leaves open: the first card to accept, its page of the list, its paper."""
    cards = list(review.cards) if place.order == "paper" else review.by_certainty()
    pages = -(-len(cards) // CARDS)
    number = min(max(place.list, 0), pages)
    first = next((card for card in cards if card.state != "accepted"), cards[0])
    hand = review.card(place.at) or (cards[(number - 1) * CARDS] if number else first)
    where = cards.index(hand)
    number = number or where // CARDS + 1
    start = (number - 1) * CARDS
    sheets = len(review.definition.paper.pages) if review.definition.paper else 0
    sheet = place.sheet if 0 < place.sheet <= sheets else (hand.on_pages or (min(1, sheets),))[0]
    return View(
        place=replace(place, at=hand.id),
        cards=cards[start : start + CARDS],
        hand=hand,
        before=cards[where - 1] if where else None,
        after=cards[where + 1] if where + 1 < len(cards) else None,
        sheet=sheet,
        number=number,
        pages=pages,
    )
