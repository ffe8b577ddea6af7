"""What a box asks by what stands around it: the header of its column, the figures above and below it,
the other box under the same words.

    DATES OF TREATMENT / FROM, TO        two dates
    Rent ___  Food ___  Heat ___         sums, when most of the column is sums
    DATE AND PLACE OF MARRIAGE ___ ___   a date, and a place
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perdure.core.digitise.values import Field, Kind, Widget

SPAN = re.compile(
    r"(?i)^\W*(?:from|to|through|thru|beginning|begin|start(?:ed)?|end(?:ed|ing)?|completion|completed|left"
    r"|entered|separated|von|bis|du|au|desde|hasta)\W*$"
)
_DATED = re.compile(r"(?i)\bdates?\b|\bperiods?\b|\bwhen\b|\bdatum\b|\bzeitraum\b|\bfechas?\b")
_TWO = re.compile(
    r"(?i)^(?P<front>.*?)\b(?P<date>dates?)\b\s*(?:\([^)]*\))?\s*(?:and|/|&)\s*(?P<place>places?)\b(?P<rest>.*)$"
)
_OTHER_WORDS = re.compile(
    r"(?i)\b(?:names?|address|dates?|describe|specify|explain|type|kind|codes?|years?|months?|days?|ages?"
    r"|percent|ratio|factor|number|no|account|id|source|relationship|signature|if|enter your|how many"
    r"|make|model|title)\b|%"
)
NARROW = 150.0
"""A box for a sum is not wider than this, in points."""


def with_context(fields: Sequence[Field]) -> list[Field]:
    """The text boxes of one page with the kind that their surroundings tell."""
    fields = [_span(each) for each in fields]
    sums = _in_sums(fields)
    return [each.model_copy(update={"kind": Kind.MONEY}) if each.id in sums else each for each in fields]


def _span(each: Field) -> Field:
    """FROM and TO under a header of dates are dates."""
    plain = each.widget is Widget.TEXT and each.kind is Kind.TEXT
    if plain and SPAN.match(each.label) and _DATED.search(each.group_label):
        return each.model_copy(update={"kind": Kind.DATE})
    return each


def _in_sums(fields: Sequence[Field]) -> set[str]:
    """Ids of boxes without a kind of their own in a column of which most boxes are for sums."""
    columns: dict[tuple[int, int], list[Field]] = {}
    for each in fields:
        if each.widget is Widget.TEXT and each.box.width < NARROW:
            columns.setdefault((round(each.box.x0 / 6), round(each.box.x1 / 6)), []).append(each)
    found: set[str] = set()
    for column in columns.values():
        sums = sum(each.kind is Kind.MONEY for each in column)
        if len(column) > 3 and 2 * sums >= len(column):
            found |= {each.id for each in column if _may_be_sum(each)}
    return found


def _may_be_sum(each: Field) -> bool:
    unclear = each.kind in (Kind.TEXT, Kind.IDENTIFIER) and not each.cells
    small = 0 < (each.max_length or 99) < 4
    return unclear and not small and not _OTHER_WORDS.search(each.label or each.tooltip)


def apart(fields: Sequence[Field]) -> list[Field]:
    """Two boxes under "date and place of ...": the first is the date, the second the place."""
    counted: dict[str, list[str]] = {}
    for each in sorted(fields, key=lambda one: (round(one.box.y0), one.box.x0)):
        if _TWO.match(each.label) and each.widget is Widget.TEXT:
            counted.setdefault(each.label, []).append(each.id)
    firsts = {ids[0] for ids in counted.values() if len(ids) == 2}
    seconds = {ids[1] for ids in counted.values() if len(ids) == 2}
    return [_piece(each, first=each.id in firsts) if each.id in firsts | seconds else each for each in fields]


def _piece(each: Field, *, first: bool) -> Field:
    words = _TWO.match(each.label)
    assert words is not None
    rest = re.sub(r"\s*\([^)]*\)", "", words["rest"]) if first else words["rest"]
    label = f"{words['front']}{words['date' if first else 'place']}{rest}"
    return each.model_copy(update={"label": label, "kind": Kind.DATE if first else Kind.TEXT})
