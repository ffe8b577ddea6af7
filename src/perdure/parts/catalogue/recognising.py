"""Finding the service that a form dropped on the studio's first page looks like a new edition of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from perdure.core.definition.model import Definition
from perdure.core.digitise.edition import EditionRefused, take_up
from perdure.core.digitise.edition_likeness import found_again, is_edition
from perdure.core.digitise.overlap import asked
from perdure.parts.catalogue import actions
from perdure.parts.catalogue.comparing import weighed
from perdure.parts.catalogue.drafting import definition_of
from perdure.parts.catalogue.models import Draft, Service

WORTH_A_LOOK = 0.2
"""Questions that both ask, of all that either asks: services that share less are not compared box by box."""
MOST_COMPARED = 5


def service_like(drafted: Definition, *, before: datetime) -> Service | None:
    """The service that a form looks like a new edition of; None when it looks like none.

    before  services made later do not count: forms dropped together become a service each
    """
    found: list[tuple[float, Service]] = []
    for row in _nearest(drafted, before):
        old = definition_of(row.definition)
        try:
            edition = take_up(old, drafted)
        except EditionRefused:
            continue
        if is_edition(old, drafted, edition):
            found.append((found_again(old, edition) / max(1, len(old.questions())), row.service))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _nearest(drafted: Definition, before: datetime) -> list[Draft]:
    """The drafts that share most questions with a form, or its name; few enough to compare box by box."""
    words = {one.words for one in asked(drafted)}
    rows = Draft.objects.select_related("service").filter(service__made_at__lt=before)
    near = list(_shares(drafted, words, rows.order_by("-service__made_at")))
    return [row for _share, row in sorted(near, key=lambda pair: -pair[0])[:MOST_COMPARED]]


def _shares(drafted: Definition, words: set[str], rows: Iterable[Draft]) -> Iterator[tuple[float, Draft]]:
    slug, title = actions.slug_of(drafted.id), drafted.title.casefold()
    for row in rows:
        found = weighed(row)
        if found is None:
            continue
        theirs = {one.words for one in found.asked}
        share = len(words & theirs) / max(1, len(words | theirs))
        named = row.service.slug == slug or row.service.title.casefold() == title
        if named or share >= WORTH_A_LOOK:
            yield share + named, row
