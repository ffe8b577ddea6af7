"""Match: the same thing under another name, in one list or from year to year.

Owns the words record, link and reason. Pure: no files but its own weights, no network, no clock.
Importing this module imports no numerical library; `link` and `duplicates` load them when called,
`near` and `blocks` never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from perdure.core.match.values import Kind, Link, Reason, Record

__all__ = ["Kind", "Link", "Reason", "Record", "blocks", "duplicates", "link", "near"]


def link(
    left: Sequence[Record],
    right: Sequence[Record],
    *,
    at_least: float = 0.5,
    progress: Callable[[float], None] | None = None,
) -> list[Link]:
    """Find for each record of `left` (an earlier list) the same thing in `right` (a later one).

    at_least  leave out links less probable than this; 0.1 and above makes a useful review queue
    progress  called now and then with the share done, 0 to 1

    SAME and RENAMED are one-to-one: no key stands in two of them. Most probable first, then by key;
    the same lists in any order give the same links.
    """
    raise NotImplementedError


def duplicates(
    records: Sequence[Record],
    *,
    at_least: float = 0.5,
    progress: Callable[[float], None] | None = None,
) -> list[Link]:
    """Find pairs within one list that are the same thing; a thing listed three times gives three pairs.

    100,000 records take minutes, in bounded memory. Most probable first, then by key.
    """
    raise NotImplementedError


def near(record: Record, candidates: Iterable[Record], *, at_least: float = 0.05) -> list[Link]:
    """Compare one record with a shortlist, most probable first; `record` is the left one of every link.

    Same scale of probability as `link` and `duplicates`, milliseconds for a hundred candidates.
    """
    raise NotImplementedError


def blocks(record: Record) -> tuple[str, ...]:
    """Short keys to store with a record: two records of one thing nearly always share one.

    To find a shortlist for `near`, fetch the records that share a key, most shared keys first.
    """
    raise NotImplementedError
