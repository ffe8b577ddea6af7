"""The boxes of a new edition, tied to the old definition's answers.

Where all boxes of a question are found again, each keeps its old answer word for word: whatever
the owner joined, split or retyped stays. Where boxes came or went, the new draft says which part
of the answer stands where, under the old question's names. What fits neither is not asked, with a note.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from perdure.core.definition.check_paper import PARTS
from perdure.core.definition.model import LeftOut, Option, PaperBox, Question, QuestionType
from perdure.core.digitise.edition_match import Spot, said, says_already

CHOOSING = (QuestionType.CHOICE, QuestionType.CHOICES)
UNTIED = "New on this edition; it could not be tied to an answer of its question."


@dataclass(frozen=True)
class Links:
    """Spots of both papers, the pairs between them (new -> old, by `at`), and what follows for questions.

    home    drafted question -> the old question that most of its boxes belong to
    groups  drafted repeating group -> old one
    sides   drafted question -> all questions, drafted and old, that share boxes with it
    """

    olds: tuple[Spot, ...]
    news: tuple[Spot, ...]
    pairs: Mapping[int, int]
    home: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def old_of(self, new: Spot) -> Spot | None:
        at = self.pairs.get(new.at)
        return None if at is None else self.olds[at]

    def spots_of_draft(self, question: str) -> list[Spot]:
        return [spot for spot in self.news if spot.asked and spot.unit == question]

    def spots_of_old(self, question: str) -> list[Spot]:
        return [spot for spot in self.olds if spot.asked and spot.unit == question]

    def alone(self, drafted: str) -> bool:
        """One drafted question is one old question, and no other has a share in it."""
        ours, theirs = self.sides.get(drafted, (frozenset(), frozenset()))
        return len(ours) == len(theirs) == 1

    def whole(self, drafted: str) -> bool:
        """Every box of the question, and of those it shares boxes with, has been found again."""
        ours, theirs = self.sides[drafted]
        found = set(self.pairs.values())
        new = all(spot.at in self.pairs for one in ours for spot in self.spots_of_draft(one))
        return new and all(spot.at in found for one in theirs for spot in self.spots_of_old(one))


def links(olds: Iterable[Spot], news: Iterable[Spot], pairs: Mapping[int, int]) -> Links:
    """What the pairs of boxes say about questions and groups."""
    bare = Links(tuple(olds), tuple(news), dict(pairs))
    shares: defaultdict[str, Counter[str]] = defaultdict(Counter)
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for spot in bare.news:
        old = bare.old_of(spot)
        if spot.question and old is not None and old.question:
            shares[spot.unit][old.unit] += 1
            if spot.group and old.group:
                groups[spot.group][old.group] += 1
    home = {drafted: _most(counted) for drafted, counted in shares.items()}
    return Links(bare.olds, bare.news, bare.pairs, home, _one_to_one(groups), _sides(shares))


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: (-counted[name], name))


def _one_to_one(counted: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Each group once, those that share most boxes first."""
    ranked = sorted((-n, new, old) for new, some in counted.items() for old, n in some.items())
    found: dict[str, str] = {}
    for _, new, old in ranked:
        if new not in found and old not in found.values():
            found[new] = old
    return found


def _sides(shares: Mapping[str, Counter[str]]) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The connected questions of both sides, for every drafted question that shares a box."""
    sides: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for start in shares:
        if start in sides:
            continue
        ours, theirs = {start}, set(shares[start])
        grown = True
        while grown:
            more = {one for one, counted in shares.items() if one not in ours and theirs & set(counted)}
            grown = bool(more)
            ours |= more
            theirs |= {name for one in more for name in shares[one]}
        sides |= dict.fromkeys(ours, (frozenset(ours), frozenset(theirs)))
    return sides


# Options


@dataclass(frozen=True)
class OptionsTaken:
    """Options of one choice in the new edition. values: drafted value -> value in the definition."""

    options: tuple[Option, ...]
    values: Mapping[str, str]
    new: tuple[Option, ...] = ()
    gone: tuple[Option, ...] = ()
    reworded: tuple[tuple[Option, Option], ...] = ()


def options_taken(old: Question, drafted: Question, known: Links, used: frozenset[str]) -> OptionsTaken:
    """The old options in their order, new ones behind their neighbour, and without those that are gone.

    used  values that conditions look at: they stay
    """
    values = _same_options(old, drafted, known)
    reworded = tuple(
        (one, two)
        for two in drafted.options
        for one in old.options
        if values.get(two.value) == one.value
        and one.value != two.value
        and said(one.title) != said(two.title)
    )
    boxes = [spot for spot in known.spots_of_old(old.id) if spot.option[0]]
    found = {spot.option[0] for spot in boxes if spot.at in known.pairs.values()}
    boxed = {spot.option[0] for spot in boxes} - found - set(values.values())
    lost = [one for one in old.options if one.value in boxed]
    gone = tuple(lost)
    result = [one for one in old.options if one not in lost or one.value in used]
    new: list[Option] = []
    for at, option in enumerate(drafted.options):
        if option.value in values:
            continue
        fresh = option.model_copy(update={"value": _free(option.value, {one.value for one in result})})
        before = [values[each.value] for each in drafted.options[:at] if each.value in values]
        place = next((i + 1 for i, one in enumerate(result) if before and one.value == before[-1]), 0)
        result.insert(place if before else 0, fresh)
        values[option.value] = fresh.value
        new.append(fresh)
    return OptionsTaken(tuple(result), values, tuple(new), gone, reworded)


def _same_options(old: Question, drafted: Question, known: Links) -> dict[str, str]:
    found: dict[str, str] = {}
    for spot in known.spots_of_draft(drafted.id):
        before = known.old_of(spot)
        if before and before.unit == old.id and spot.option[0] and before.option[0]:
            found.setdefault(spot.option[0], before.option[0])
    for same in (lambda a, b: a.value == b.value, lambda a, b: said(a.title) == said(b.title)):
        for two in drafted.options:
            for one in old.options:
                if two.value not in found and one.value not in found.values() and same(one, two):
                    found[two.value] = one.value
    return found


def _free(name: str, taken: set[str]) -> str:
    tried, at = name, 2
    while tried in taken:
        tried, at = f"{name[:60]}_{at}", at + 1
    return tried


# Boxes


def found_again(new: Spot, old: Spot, *, reworded: bool = False) -> PaperBox | LeftOut:
    """An old box in its new place, with its old answer or its old reason for not being asked."""
    if old.left is not None:
        words = old.left.words if says_already(old.left.words, _words(new)) else _words(new)
        here = {
            "box": new.id,
            "page": new.page,
            "at": new.box,
            "field": new.field,
            "words": words or old.left.words,
        }
        return old.left.model_copy(update=here)
    assert old.asked is not None
    update: dict[str, object] = {"id": new.id, "page": new.page, "at": new.box, "field": new.field}
    if new.asked is not None:
        update["on"] = new.asked.on
        alike = abs(new.box.width - old.box.width) < 1 and abs(new.box.height - old.box.height) < 1
        if not alike and not old.ticked:
            update |= {"write": new.asked.write, "cells": new.asked.cells}
        if reworded and new.asked.format and old.asked.format:
            update["format"] = new.asked.format
    return old.asked.model_copy(update=update)


def _words(spot: Spot) -> str:
    if spot.left is not None:
        return spot.left.words
    return spot.question.was[:300] if spot.question else ""


def renamed_box(new: Spot, old: Question, group: str, values: Mapping[str, str]) -> PaperBox | None:
    """A box of the draft under the old question's name; None when the old question has no such answer.

    group   old repeating group of the question, "" when it is in none
    values  drafted option -> option of the old question
    """
    box = new.asked
    assert box is not None
    if bool(group) != bool(new.group) or (new.part and new.part not in PARTS.get(old.type, ())):
        return None
    marked = old.type in (*CHOOSING, QuestionType.YES_NO, QuestionType.TICK)
    if new.ticked and not marked:
        return None
    when = box.when
    if new.ticked and old.type in CHOOSING:
        if box.when not in values:
            return None
        when = values[box.when]
    elif new.ticked and when not in ("yes", "no"):
        return None
    base = f"{group}[{new.row}].{old.id}" if group else old.id
    answer = base + (f".{new.part}" if new.part else "")
    return box.model_copy(update={"answer": answer, "when": when if new.ticked else ""})


def not_asked(new: Spot) -> LeftOut:
    """A box that is neither found again nor fits."""
    return LeftOut(
        box=new.id,
        page=new.page,
        at=new.box,
        words=_words(new),
        because="not_understood",
        note=UNTIED,
        field=new.field,
    )
