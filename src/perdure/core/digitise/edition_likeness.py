"""Is this paper a new edition of that form? Told by what it calls itself and by the questions of both.

A paper of the same name, or the same form number, is an edition when half of the old questions are
found again. Under another name nearly all must be, and enough of them that it is no accident: the
first lines of many forms are name, address and date of birth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

from perdure.core.definition.model import Definition
from perdure.core.digitise.edition_values import ChangeKind, Edition

LOST = frozenset([ChangeKind.GONE, ChangeKind.STILL_ASKED])
NO_ACCIDENT = 8
"""So many questions of one form are not found again on another by accident."""

_EDITION = re.compile(
    r"(?:rev(?:ised|ision)?|ed(?:ition)?|version|ver|vers|v\d*|new|final|copy|form|fillable|print|web|blank|neu"
    r"|stand|fassung|ausgabe|formular|jan\w*|feb\w*|mar\w*|apr\w*|may|mai|june?|juni?|july?|juli?|aug\w*|sep\w*"
    r"|okt\w*|oct\w*|nov\w*|dec\w*|dez\w*|(?:19|20)\d\d)"
)
_DATE = re.compile(r"\b\d{1,2}[/.](?:\d{1,2}[/.])?(?:19|20)?\d\d\b|\(\d{1,2}(?:-(?:19|20)?\d\d)?\)")


def found_again(old: Definition, edition: Edition) -> int:
    """How many questions of the old definition the new paper still asks."""
    return len(old.questions()) - sum(one.kind in LOST for one in edition.changes)


def is_strange(old: Definition, edition: Edition) -> bool:
    """Does the new paper share so little with the old definition that it may be another form?"""
    return 2 * found_again(old, edition) < len(old.questions())


def is_edition(old: Definition, drafted: Definition, edition: Edition) -> bool:
    """Is it likely that the paper is a new edition of the form, so that its owner should be asked?

    old      as its owner keeps it
    drafted  the draft of the paper
    edition  what taking it up would change
    """
    if is_strange(old, edition):
        return False
    again = found_again(old, edition)
    most = max(len(old.questions()), len(drafted.questions()))
    return same_name(old, drafted) or (again >= NO_ACCIDENT and 5 * again >= 4 * most)


def same_name(old: Definition, drafted: Definition) -> bool:
    """The same title, or form number in the title or the file's name; years and dates do not count."""
    if _bare(old.title) == _bare(drafted.title) != "":
        return True
    return bool(_numbers(old) & _numbers(drafted))


def _numbers(definition: Definition) -> set[str]:
    """Form numbers: words with a letter and a figure, or three figures and more, as "21P-527EZ" or "1040"."""
    file = PurePath(definition.paper.file).stem if definition.paper else ""
    words = [word for text in (definition.title, file) for word in re.findall(r"[\w-]+", _flat(text))]
    bare = ("".join(_without_edition(word.split("-"))) for word in words)
    return {word for word in bare if re.search(r"\d.*\d.*\d|[^\W\d].*\d|\d.*[^\W\d]", word)}


def _bare(title: str) -> str:
    """A title without what tells one edition from another."""
    return " ".join(_without_edition(re.findall(r"\w+", _flat(title))))


def _flat(text: str) -> str:
    return _DATE.sub(" ", unicodedata.normalize("NFKC", text).casefold().replace("_", " "))


def _without_edition(words: Iterable[str]) -> list[str]:
    return [word for word in words if not _EDITION.fullmatch(word)]
