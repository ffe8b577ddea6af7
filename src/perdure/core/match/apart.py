"""Are two things that bear one key clearly not the same? Used before anything is merged by its key alone."""

from __future__ import annotations

from difflib import SequenceMatcher

from perdure.core.match.words import initials, meaningful, numbers, tokens

_ALIKE_WORDS = 0.4
_ALIKE_LETTERS = 0.6
_ALIKE_TEXTS = 0.5


def clearly_apart(
    titles: tuple[str, str], units: tuple[str, str] = ("", ""), texts: tuple[str, str] = ("", "")
) -> bool:
    """Do the names of two things leave no doubt that they are different, or their offices and texts together?

    titles  their names; a name that is empty, or part of the other, tells nothing apart
    units   the teams or offices that they belong to; texts: what is told of them. One product that several
            offices use in their own ways is as many things; one thing told of twice is one.

    Doubt means no: what is wrongly kept together is seen in the rows, what is wrongly torn apart is not.
    """
    return _names_apart(*titles) or (_names_apart(*units) and _texts_apart(*texts))


def _names_apart(one: str, two: str) -> bool:
    if one == two:
        return False
    left, right = tokens(one), tokens(two)
    some, others = set(meaningful(left)), set(meaningful(right))
    if not some or not others:
        return False
    if numbers(left) and numbers(right) and not numbers(left) & numbers(right):
        return True
    if (
        some <= others
        or others <= some
        or "".join(right) in initials(left)
        or "".join(left) in initials(right)
    ):
        return False
    if len(some & others) / len(some | others) >= _ALIKE_WORDS:
        return False
    return SequenceMatcher(None, " ".join(left), " ".join(right), autojunk=False).ratio() < _ALIKE_LETTERS


def _texts_apart(one: str, two: str) -> bool:
    some, others = set(meaningful(tokens(one[:2000]))), set(meaningful(tokens(two[:2000])))
    return bool(some and others) and len(some & others) / min(len(some), len(others)) < _ALIKE_TEXTS
