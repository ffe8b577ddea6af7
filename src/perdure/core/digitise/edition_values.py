"""What taking up a new edition gives: the definition, what changed, and what was kept although it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from perdure.core.definition.model import Definition
from perdure.core.kernel.errors import PerdureError


class EditionRefused(PerdureError):
    """A paper that cannot be a new edition of this form."""

    code = "digitise.not-an-edition"


class ChangeKind(StrEnum):
    """What happened to a question of the paper."""

    NEW = "new"
    GONE = "gone"
    STILL_ASKED = "still asked"  # gone from the paper, kept because something uses it
    REWORDED = "reworded"
    OPTION_NEW = "option new"
    OPTION_GONE = "option gone"
    OPTION_REWORDED = "option reworded"
    PART = "part"
    ROUTE = "route"
    NO_PLACE = "no place"  # a box without an answer, or an answer without a box
    MOVED = "moved"
    ROOM = "room"


FOLLOWED = frozenset([ChangeKind.MOVED, ChangeKind.ROOM])
"""Changes that the boxes follow by themselves: told, but nobody has to look."""


@dataclass(frozen=True)
class Change:
    """One difference between the editions.

    question  its id in the definition taken up, or its old id when it is gone; "" for a lone box
    page      of the new paper; of the old paper when it is gone; 0 when it has none
    """

    kind: ChangeKind
    question: str
    title: str
    says: str = ""
    page: int = 0

    @property
    def needs_a_person(self) -> bool:
        return self.kind not in FOLLOWED


@dataclass(frozen=True)
class Kept:
    """A question that the new paper does not have, and what still uses it: ("page", "partner-income")."""

    question: str
    title: str
    used_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Edition:
    """An edition taken up. changes: in the order of the new paper, what is gone at the end of its kind."""

    definition: Definition
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]

    @property
    def for_a_person(self) -> int:
        """How many changes somebody should look at."""
        return sum(change.needs_a_person for change in self.changes)
