"""Match: the same thing under another name, in one list or from year to year.

Owns the words record, link and reason. Pure: no files but its own weights, no network, no clock.
Importing this module imports no numerical library; `link` and `duplicates` load them when called,
`near`, `blocks`, `learn` and `clearly_apart` never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from perdure.core.match.apart import clearly_apart
from perdure.core.match.knowledge import Knowledge
from perdure.core.match.linking import link_lists, link_within, score_near
from perdure.core.match.prepare import block_keys
from perdure.core.match.values import Kind, Link, Reason, Record
from perdure.core.match.weights import FOUND_AGAIN, shipped

__all__ = [
    "Kind",
    "Knowledge",
    "Link",
    "Reason",
    "Record",
    "blocks",
    "clearly_apart",
    "duplicates",
    "learn",
    "link",
    "near",
]


def link(
    left: Sequence[Record],
    right: Sequence[Record],
    *,
    at_least: float = 0.5,
    found_again: float = FOUND_AGAIN,
    progress: Callable[[float], None] | None = None,
) -> list[Link]:
    """Find for each record of `left` (an earlier list) the same thing in `right` (a later one).

    at_least  leave out links less probable than this; 0.1 and above makes a useful review queue
    found_again  share of `left` expected in `right`: three in four from one year's list to the next; say 0.02
              for lists of different origin, which have little in common
    progress  called now and then with the share done, 0 to 1

    SAME and RENAMED are one-to-one: no key stands in two of them. Most probable first, then by key;
    the same lists in any order give the same links.
    """
    return link_lists(left, right, at_least=at_least, found_again=found_again, progress=progress or _unheard)


def duplicates(
    records: Sequence[Record],
    *,
    at_least: float = 0.5,
    progress: Callable[[float], None] | None = None,
) -> list[Link]:
    """Find pairs within one list that are the same thing; a thing listed three times gives three pairs.

    100,000 records take minutes, in bounded memory. Most probable first, then by key.
    """
    return link_within(records, at_least=at_least, progress=progress or _unheard)


def near(
    record: Record,
    candidates: Iterable[Record],
    *,
    at_least: float = 0.05,
    knowledge: Knowledge | None = None,
) -> list[Link]:
    """Compare one record with a shortlist, most probable first; `record` is the left one of every link.

    Same scale of probability as `duplicates`, where one thing is seldom named twice; it is lower than `link`
    gives for the same likeness. About 50 milliseconds for a hundred candidates.
    knowledge  what `learn` made of the lists at hand; without it, what is shipped
    """
    return score_near(record, candidates, at_least=at_least, knowledge=knowledge or shipped()[1])


def blocks(record: Record, *, knowledge: Knowledge | None = None) -> tuple[str, ...]:
    """Short keys to store with a record: two records of one thing nearly always share one.

    To find a shortlist for `near`, fetch the records that share a key, most shared keys first. Keys that
    are to meet must be made with the same knowledge.
    """
    return block_keys(record, knowledge or shipped()[1])


def learn(left: Sequence[Record], right: Sequence[Record] = ()) -> Knowledge:
    """What these lists teach about words, short forms and renamed organisations, added to what is shipped."""
    return shipped()[1].and_of(left, right)


def _unheard(share: float) -> None:
    """Nobody wants to know how far it is."""
