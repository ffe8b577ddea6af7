"""Words for the studio's templates."""

from __future__ import annotations

from django import template

from perdure.core.definition.model import Question
from perdure.parts.catalogue import words
from perdure.parts.catalogue.web.place import Place

register = template.Library()


@register.filter
def kind(question: Question) -> str:
    """What kind of answer a question takes, in words."""
    return str(words.TYPES[question.type])


@register.filter
def reason(because: str) -> str:
    """Why a box is not asked, in words."""
    return str(words.REASONS.get(because, because))


@register.filter
def changed_word(name: str) -> str:
    """What a changed part of a definition is called."""
    return str(words.CHANGED.get(name, name))


@register.filter
def at_card(place: Place, card_id: str) -> str:
    """The address of the review at another card."""
    return place.at_card(card_id).url


@register.filter
def on_sheet(place: Place, sheet: int) -> str:
    """The address of the review beside another page of the paper."""
    return place.on_sheet(sheet).url
