"""Which thing follows which: the same name with the next number, the first gone and the second new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perdure.core.match.levels import COMPARISONS
from perdure.core.match.prepare import Ready
from perdure.core.match.values import Record

_CLOSE = frozenset(
    {
        "title-same",
        "title-same-plain",
        "title-same-words",
        "title-close",
        "title-within",
        "title-alike",
        "title-swap",
    }
)


def successors(
    before: Sequence[tuple[Record, Ready]], after: Sequence[tuple[Record, Ready]]
) -> Iterator[tuple[Record, Record, dict[str, str]]]:
    """Pairs whose names differ by a number that goes up by one, with their levels, the number left out."""
    numbered = [(record, ready) for record, ready in after if ready.numbers]
    for one, first in before:
        for other, second in numbered:
            if not goes_up(first, second):
                continue
            codes = {c.name: c.level(_unnumbered(first), _unnumbered(second)).code for c in COMPARISONS}
            if codes["title"] in _CLOSE:
                yield one, other, codes


def goes_up(first: Ready, second: Ready) -> bool:
    """Whether one series goes up by exactly one, and all other numbers are the same."""
    left, right = first.numbers - second.numbers, second.numbers - first.numbers
    if len(left) != 1 or len(right) != 1:
        return False
    (series, old), (name, new) = next(iter(left)).split(":"), next(iter(right)).split(":")
    return series == name and _ordinal(new) - _ordinal(old) == 1


def _ordinal(number: str) -> int:
    return int(number) if number.isdigit() else ord(number[0]) - 1000


def _unnumbered(ready: Ready) -> Ready:
    """Without the numbers: what is left of the evidence is that of one name."""
    drop = {n.split(":")[1] for n in ready.numbers}
    core = " ".join(word for word in ready.core.split() if word not in drop)
    title = " ".join(word for word in ready.title.split() if word not in drop)
    return replace(ready, core=core, title=title, numbers=frozenset(), series=frozenset())
