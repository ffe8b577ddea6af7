"""The review: paper left, questions right, and what one click can change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from perdure.core.kernel.errors import PerdureError
from perdure.foundation.access.api import Act, Person, may
from perdure.foundation.accounts.api import person
from perdure.parts.catalogue import drafting, editing, listing, words
from perdure.parts.catalogue.errors import StaleDraft
from perdure.parts.catalogue.listing import OpenDraft
from perdure.parts.catalogue.review import Review, review_of
from perdure.parts.catalogue.web.common import studio_page, whole_number
from perdure.parts.catalogue.web.place import Place, place_from, view_of
from perdure.parts.catalogue.web.sheet import crop_of, own_boxes, sheet_of
from perdure.parts.catalogue.web.stale import told
from perdure.parts.catalogue.weighing import gain_of


@studio_page
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft of a service beside its paper."""
    who = person(request)
    draft = listing.open_draft(slug, by=who)
    laid_out = reviewed(draft)
    view = view_of(laid_out, place_from(slug, request.GET))
    paper = laid_out.definition.paper
    sheet = sheet_of(laid_out, view.sheet, view.hand.id)
    shown = {
        "part": "studio",
        "draft": draft,
        "review": laid_out,
        "view": view,
        "following": laid_out.next_open(after=view.hand.id, on_paper=view.place.order == "paper"),
        "own_boxes": own_boxes(laid_out, view.hand),
        "kinds": words.TYPES.items(),
        "gain": gain_of(draft.text, draft.burden),
        "place": view.place,
        "sheet": sheet,
        "crop": crop_of(sheet),
        "sheets": range(1, len(paper.pages) + 1) if paper else (),
        "may_edit": may(who, Act.EDIT_DRAFT, service=slug),
        "may_publish": may(who, Act.PUBLISH, service=slug),
    }
    return render(request, "catalogue/review.html", shown)


def reviewed(draft: OpenDraft) -> Review:
    """A draft laid out for review."""
    return review_of(draft.definition, accepted=draft.accepted, notes=draft.notes)


@dataclass(frozen=True)
class Click:
    """One act on a card: what it does, and the words for it."""

    run: Callable[[str, str, Person, int], object]
    goes_on: bool = False


CLICKS: dict[str, Click] = {
    "accept": Click(lambda slug, card, by, at: editing.accept(slug, card, by=by, revision=at), goes_on=True),
    "accept-sure": Click(lambda slug, _card, by, at: _accept_sure(slug, by, at), goes_on=True),
    "up": Click(lambda slug, card, by, at: editing.move(slug, card, -1, by=by, revision=at)),
    "down": Click(lambda slug, card, by, at: editing.move(slug, card, 1, by=by, revision=at)),
    "group": Click(lambda slug, card, by, at: editing.group_with_next(slug, card, by=by, revision=at)),
    "split": Click(lambda slug, card, by, at: editing.split(slug, card, by=by, revision=at)),
    "undo": Click(lambda slug, card, by, at: drafting.undo(slug, by=by, revision=at)),
    "not-a-box": Click(lambda slug, box, by, at: _drop_box(slug, box, by=by, revision=at)),
    "bring-back": Click(lambda slug, box, by, at: editing.bring_back(slug, box, by=by, revision=at)),
}


@require_POST
@studio_page
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """One click: saved at once, and back to the review at the card, or at the next that needs somebody."""
    place = place_from(slug, request.POST)
    verb, _sep, target = request.POST.get("do", "").partition(":")
    click = CLICKS.get(verb)
    revision = whole_number(request.POST.get("revision"), otherwise=0)
    if click is None:
        return redirect(place.url)
    before = reviewed(listing.open_draft(slug, by=person(request)))
    try:
        click.run(slug, target or place.at, person(request), revision)
    except StaleDraft as stale:
        messages.warning(request, told(stale), extra_tags="wait")
    except PerdureError as problem:
        messages.error(request, f"{problem.what} {problem.next_step}", extra_tags="stop")
    else:
        after = reviewed(listing.open_draft(slug, by=person(request)))
        place = going_on(after, place) if click.goes_on else _staying(before, after, place, target)
        if verb == "undo":
            place = place.at_card(_changed(before, after) or place.at)
    return redirect(replace(place, sheet=0, list=0).url)


def _accept_sure(slug: str, by: Person, revision: int) -> int:
    sure = reviewed(listing.open_draft(slug, by=by)).sure_cards
    return editing.accept_sure(slug, [card.id for card in sure], by=by, revision=revision)


def _drop_box(slug: str, box: str, *, by: Person, revision: int) -> int:
    card = reviewed(listing.open_draft(slug, by=by)).card_of_box(box)
    return editing.drop_box(slug, card.id if card else "", box, by=by, revision=revision)


def going_on(laid_out: Review, place: Place) -> Place:
    """The next card that nobody accepted; the same when none is left."""
    following = laid_out.next_open(after=place.at, on_paper=place.order == "paper")
    return place.at_card(following.id if following else place.at)


def _staying(before: Review, after: Review, place: Place, box: str) -> Place:
    """The card that holds what was in hand: the box that was meant, or the first question of the card.

    box  id of a box that was brought back or taken away; "" otherwise
    """
    card = before.card(place.at)
    found = after.card_of_box(box) or (after.card_of_question(card.questions[0].id) if card else None)
    if found is None and after.card(place.at) is None:
        return going_on(after, place)
    return place.at_card(found.id if found else place.at)


def _changed(before: Review, after: Review) -> str:
    """Id of the first card that was undone: it is new, reads differently or is open again."""
    known = {card.id: (card.page, card.state, card.boxes) for card in before.cards}
    return next((c.id for c in after.cards if known.get(c.id) != (c.page, c.state, c.boxes)), "")
