"""Tables that go on: on the next page, or behind a break, the same columns ask for more of the same.

18A. SPECIFIC ISSUE   18B. DATE        page 2, seven rows
SECTION 5 (CONTINUED)                  page 3, six more: one group of thirteen, as rows are a hint only
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perdure.core.digitise.draft_items import Item, Repeated
from perdure.core.digitise.draft_tables import bare_words
from perdure.core.digitise.values import Field

BREAK = 30.0
"""Points between two pieces of one table on one page, at most."""


def joined_tables(items: Sequence[Item | Repeated], sections: dict[str, str]) -> list[Item | Repeated]:
    """The items, with a table that goes on right behind another as more rows of it."""
    result: list[Item | Repeated] = []
    for item in items:
        last = result[-1] if result else None
        if isinstance(last, Repeated) and isinstance(item, Repeated) and _goes_on(last, item, sections):
            doubts = tuple(dict.fromkeys((*last.doubts, *item.doubts)))
            result[-1] = replace(last, rows=(*last.rows, *item.rows), doubts=doubts)
        else:
            result.append(item)
    return result


def _goes_on(one: Repeated, two: Repeated, sections: dict[str, str]) -> bool:
    if not _same_columns(one.rows[0], two.rows[0]):
        return False
    here, there = (_section(sections.get(each.first.id, "")) for each in (one, two))
    if two.first.page != _last(one).page:
        return here == there and two.first.page == _last(one).page + 1
    below = two.first.box.y0 - max(each.box.y1 for item in one.rows[-1] for each in item.fields)
    return here == there and -4 <= below <= BREAK


def _last(one: Repeated) -> Field:
    return one.rows[-1][-1].fields[-1]


def _section(heading: str) -> str:
    """The heading without "continued", and without a hyphen that one of two printings has."""
    return re.sub(r"(?i)\(?\bcontinued\b\)?|\W+", " ", heading).strip().lower()


def _same_columns(one: Sequence[Item], two: Sequence[Item]) -> bool:
    """The same kinds of boxes under the same words; a column without words on either side is no witness."""
    if [(item.type, len(item.slots)) for item in one] != [(item.type, len(item.slots)) for item in two]:
        return False
    words = [(bare_words(a.words.title), bare_words(b.words.title)) for a, b in zip(one, two, strict=True)]
    numbers = [(a.words.number, b.words.number) for a, b in zip(one, two, strict=True)]
    alike = all(a == b for a, b in words) and any(a for a, _ in words)
    return alike and all(a == b or not a or not b for a, b in numbers)
