"""Which box of a new edition is which box of the old one, by words, field names and place.

    spots of both papers -> a score for each pair that could be one
    -> pairs with the same words that keep their order -> the best of the rest, each box once

A box is known by the words on the paper that its question was made from, then by its field
name, its neighbours and its place. Words lead: on a form whose fields are only numbered, a
dropped question shifts every later name and place, and the words stay. Words that many
questions share ("name", "amount") say less than those of one (inverse document frequency,
Spärck Jones 1972; likeness of two questions is the Dice coefficient of these weights).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perdure.core.definition.model import (
    ANSWER_PATH,
    Definition,
    LeftOut,
    PaperBox,
    Question,
    QuestionType,
    Write,
)
from perdure.core.digitise.wording import take_number
from perdure.core.kernel.geometry import Box

ALIKE = 0.6
"""Questions whose words are this alike may be one without further evidence."""
AKIN = 0.35
"""Questions whose words are this alike may be one when name or place says so too."""
SAME_PLACE = 0.5
"""Intersection over union from which two boxes stand in the same place."""
LONGEST_WAS = 400
MOST_PIECES = 12
EXACT = 0.95
"""Intersection over union, or likeness of words, from which nothing has changed."""

_NUMBERED = re.compile(
    r"(?i)^(?:text ?field|text|field|fill|check ?box|check|box|radio ?button(?:list)?|button|group|undefined"
    r"|date(?: ?time)?(?: ?field)?|num(?:eric)?(?: ?field)?|drop ?down(?: ?list)?|untitled|feld|champ|f|c|t)?"
    r"[\s_.\-]*\d*$"
)


@dataclass(frozen=True)
class Spot:
    """One box of a paper with what is known of it.

    unit      what it belongs to: id of its question, or the box's own id with # when it has none
    row, part, option   as in its answer; option: (value, title) of the answer that it ticks
    """

    at: int
    id: str
    page: int
    box: Box
    field: str
    on: str
    ticked: bool
    unit: str
    asked: PaperBox | None = None
    left: LeftOut | None = None
    question: Question | None = None
    group: str = ""
    row: str = ""
    part: str = ""
    option: tuple[str, str] = ("", "")


def spots_of(definition: Definition) -> list[Spot]:
    """Every box of the paper, asked or left out, in reading order.

    The reader numbers boxes as people read them ("p2-7"). Where other names were given, the order
    is down the pages and left to right.
    """
    paper = definition.paper
    if paper is None:
        return []
    questions = {question.id: question for question in definition.questions()}
    found = [_asked(box, questions) for box in paper.boxes]
    found += [_left(left) for left in paper.left_out]
    read = all(_READ.fullmatch(spot.id) for spot in found)
    found.sort(key=lambda spot: _by_number(spot) if read else _by_place(spot))
    return [_numbered(spot, at) for at, spot in enumerate(found)]


_READ = re.compile(r"p\d+-(\d+)")


def _by_number(spot: Spot) -> tuple[int, float, float, str]:
    number = _READ.fullmatch(spot.id)
    return spot.page, float(number[1]) if number else 0.0, spot.box.x0, spot.id


def _by_place(spot: Spot) -> tuple[int, float, float, str]:
    return spot.page, float(round(spot.box.y0 / 6)), spot.box.x0, spot.id


def _numbered(spot: Spot, at: int) -> Spot:
    values = {name: getattr(spot, name) for name in Spot.__dataclass_fields__}
    return Spot(**(values | {"at": at}))


def _asked(box: PaperBox, questions: Mapping[str, Question]) -> Spot:
    path = ANSWER_PATH.match(box.answer) if box.answer else None
    named = (path["column"] or path["id"]) if path else ""
    question = questions.get(named)
    return Spot(
        at=0,
        id=box.id,
        page=box.page,
        box=box.at,
        field=box.field,
        on=box.on,
        ticked=box.write is Write.TICK,
        unit=named if question else f"#{box.id}",
        asked=box,
        question=question,
        group=path["id"] if path and path["row"] else "",
        row=(path["row"] or "") if path else "",
        part=(path["part"] or "") if path else "",
        option=_option(box, question),
    )


def _option(box: PaperBox, question: Question | None) -> tuple[str, str]:
    if question is None or not box.when:
        return "", ""
    if question.type is QuestionType.TICK:
        words = said(question.was)
        return (words, words) if words in ("yes", "no") else ("", "")
    return box.when, next((one.title for one in question.options if one.value == box.when), box.when)


def _left(left: LeftOut) -> Spot:
    return Spot(
        at=0,
        id=left.box,
        page=left.page,
        box=left.at,
        field=left.field,
        on="",
        ticked=max(left.at.width, left.at.height) <= 17,
        unit=f"#{left.box}",
        left=left,
    )


# Words


def said(text: str) -> str:
    """Words without their number, case, accents and punctuation: equal when people read the same."""
    return " ".join(_tokens(take_number(text)[1]))


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    flat = unicodedata.normalize("NFKD", text).casefold()
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return tuple(
        word.removesuffix("'s").removesuffix("s") or word
        for word in re.findall(r"[^\W_]+(?:'s)?", flat.replace("’", "'"))
    )


Bag = frozenset[str]


@dataclass(frozen=True)
class _Words:
    """The words of each unit, in pieces: questions that an owner joined have the words of each."""

    pieces: Mapping[str, tuple[Bag, ...]]
    unprinted: frozenset[str]

    @classmethod
    def of(cls, definition: Definition, spots: Iterable[Spot], *, drafted: bool) -> _Words:
        """Titles stand in where an owner wrote a question without a paper."""
        values = {derived.id: derived.title for derived in definition.derived}
        pieces: dict[str, tuple[Bag, ...]] = {}
        unprinted: set[str] = set()
        for spot in spots:
            if spot.unit in pieces:
                continue
            bags = tuple(_bags(_printed(spot), joined=not drafted))
            if not bags:
                unprinted.add(spot.unit)
            if not bags and not drafted:
                bags = tuple(_bags(spot.question.title if spot.question else "", joined=False))
            if not bags and spot.asked:
                bags = tuple(_bags(values.get(spot.asked.answer, ""), joined=False))
            pieces[spot.unit] = bags
        return cls(pieces, frozenset(unprinted))


def says_already(was: str, now: str) -> bool:
    """Does a question's `was` say this already? A joined question has the words of each, with / between."""
    pieces = [said(piece) for piece in was.split(" / ")]
    whole, part = "/".join(["", *pieces, ""]), "/".join(["", *map(said, now.split(" / ")), ""])
    cut = len(was) >= LONGEST_WAS - 3 and pieces[-1] != "" and said(now).startswith(pieces[-1])
    return not said(now) or part in whole or cut


def _printed(spot: Spot) -> str:
    if spot.question is not None:
        return spot.question.was
    return spot.left.words if spot.left is not None else ""


def _bags(text: str, *, joined: bool) -> Iterator[Bag]:
    """The words of a question; of one that may have been joined, those of each run of its pieces too."""
    pieces = text.split(" / ")
    runs = [text]
    if joined and 1 < len(pieces) <= MOST_PIECES:
        ends = range(1, len(pieces) + 1)
        runs += [" / ".join(pieces[start:end]) for end in ends for start in range(end)]
    for run in runs:
        bag = frozenset(said(run).split())
        if bag:
            yield bag


class Likeness:
    """How alike two questions' words are, 0 to 1."""

    def __init__(self, one: _Words, two: _Words) -> None:
        self.one, self.two = one, two
        every = [*one.pieces.values(), *two.pieces.values()]
        seen = Counter(word for pieces in every for word in frozenset().union(*pieces))
        self.weights = {word: math.log(1 + len(every) / count) for word, count in seen.items()}
        self.known: dict[tuple[str, str], float] = {}

    def __call__(self, one: str, two: str) -> float:
        """Likeness of a unit of the old paper and one of the new; two that say nothing are not alike."""
        if (one, two) not in self.known:
            pairs = ((a, b) for a in self.one.pieces.get(one, ()) for b in self.two.pieces.get(two, ()))
            self.known[one, two] = max((self.dice(a, b) for a, b in pairs), default=0.0)
        return self.known[one, two]

    def dice(self, one: Bag, two: Bag) -> float:
        shared = self._weight(one & two)
        return 2 * shared / (self._weight(one) + self._weight(two)) if shared else 0.0

    def _weight(self, bag: Bag) -> float:
        return sum(sorted(self.weights.get(word, 1.0) for word in bag))

    def wordless(self, one: str, two: str) -> bool:
        """Neither has words on its paper."""
        return one in self.one.unprinted and two in self.two.unprinted


# Pairs


@dataclass(frozen=True)
class _Neighbours:
    """The units before and behind each spot, other than its own; "" at the ends of the paper."""

    before: tuple[str, ...]
    behind: tuple[str, ...]

    @classmethod
    def of(cls, spots: Sequence[Spot]) -> _Neighbours:
        units = [spot.unit for spot in spots]
        return cls(tuple(_last_other(units)), tuple(reversed(list(_last_other(units[::-1])))))


def _last_other(units: Sequence[str]) -> Iterator[str]:
    other, last = "", ""
    for unit in units:
        if unit != last:
            other, last = last, unit
        yield other


def same_boxes(
    ones: Sequence[Spot], twos: Sequence[Spot], old: Definition, new: Definition
) -> dict[int, int]:
    """New spot -> the old spot that it is, by `at`, each used once; what is left is new or gone."""
    like = Likeness(_Words.of(old, ones, drafted=False), _Words.of(new, twos, drafted=True))
    about = _About(like, _Neighbours.of(ones), _Neighbours.of(twos), _unchanged_pages(ones, twos, like))
    scored = {}
    for at, other in sorted(_candidates(ones, twos, like)):
        score = _score(ones[at], twos[other], about)
        if score is not None:
            scored[at, other] = round(score, 6)
    sure = {pair: score for pair, score in scored.items() if _is_sure(ones[pair[0]], twos[pair[1]], about)}
    found = {other: at for at, other in _in_order(sure, len(twos))}
    taken = set(found.values())
    for at, other in sorted(scored, key=lambda pair: (-scored[pair], abs(pair[0] - pair[1]), pair)):
        if at not in taken and other not in found:
            taken.add(at)
            found[other] = at
    return found


def _is_sure(one: Spot, two: Spot, about: _About) -> bool:
    """The same words, or no words and an unchanged page: the pairs that keep their order on most papers."""
    return about.like(one.unit, two.unit) >= EXACT or (
        one.page in about.unchanged and one.page == two.page and one.box.iou(two.box) > EXACT
    )


def _in_order(scored: Mapping[tuple[int, int], float], width: int) -> list[tuple[int, int]]:
    """The heaviest set of pairs that stand in the same order on both papers, each box once.

    Rows of a table have the same words again and again; their order is what tells them apart.
    Heaviest increasing subsequence, with a Fenwick tree of best sums: n log n for n pairs.
    """
    best: list[tuple[float, int]] = [(0.0, -1)] * (width + 1)
    chain: list[tuple[tuple[int, int], int]] = []
    for pair in sorted(scored, key=lambda pair: (pair[0], -pair[1])):
        weight, last = max((best[at] for at in _down(pair[1])), default=(0.0, -1))
        chain.append((pair, last))
        here = (round(weight + scored[pair], 6), len(chain) - 1)
        for at in _up(pair[1] + 1, width):
            best[at] = max(best[at], here, key=lambda each: (each[0], -each[1]))
    _, at = max((best[at] for at in _down(width)), default=(0.0, -1))
    found = []
    while at >= 0:
        pair, at = chain[at]
        found.append(pair)
    return found


def _down(at: int) -> Iterator[int]:
    while at > 0:
        yield at
        at -= at & -at


def _up(at: int, width: int) -> Iterator[int]:
    while at <= width:
        yield at
        at += at & -at


def _candidates(ones: Sequence[Spot], twos: Sequence[Spot], like: Likeness) -> set[tuple[int, int]]:
    by_unit: defaultdict[str, list[int]] = defaultdict(list)
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for spot in twos:
        by_unit[spot.unit].append(spot.at)
        by_name[spot.field].append(spot.at)
        by_page[spot.page].append(spot.at)
    close = {
        unit: [at for other, some in by_unit.items() if like(unit, other) >= AKIN for at in some]
        for unit in {spot.unit for spot in ones}
    }
    found: set[tuple[int, int]] = set()
    for spot in ones:
        found |= {(spot.at, other) for other in close[spot.unit]}
        if spot.field:
            found |= {(spot.at, other) for other in by_name.get(spot.field, ())}
        here = by_page.get(spot.page, ())
        found |= {(spot.at, other) for other in here if spot.box.iou(twos[other].box) >= SAME_PLACE}
    return found


@dataclass(frozen=True)
class _About:
    """What is known of both papers as wholes. unchanged: numbers of pages that look the same."""

    like: Likeness
    near_one: _Neighbours
    near_two: _Neighbours
    unchanged: frozenset[int]


def _unchanged_pages(ones: Sequence[Spot], twos: Sequence[Spot], like: Likeness) -> frozenset[int]:
    """Pages with as many boxes as before, all in their places, beside the same words where both have some."""
    found = set()
    for page in {spot.page for spot in twos}:
        before = [spot for spot in ones if spot.page == page]
        now = [spot for spot in twos if spot.page == page]
        if len(before) == len(now) and all(any(_stayed(old, new, like) for old in before) for new in now):
            found.add(page)
    return frozenset(found)


def _stayed(one: Spot, two: Spot, like: Likeness) -> bool:
    if one.box.iou(two.box) < EXACT:
        return False
    silent = one.unit in like.one.unprinted or two.unit in like.two.unprinted
    return silent or like(one.unit, two.unit) > EXACT


def _score(one: Spot, two: Spot, about: _About) -> float | None:
    """How sure it is that both are one box; None when they are not."""
    like = about.like
    words = like(one.unit, two.unit)
    name = _named(one, two)
    place = one.box.iou(two.box) if one.page == two.page else 0.0
    option = _same_option(one, two, like)
    if option is None or _apart(one, two):
        return None
    beside = _beside(one, two, about)
    silent = like.wordless(one.unit, two.unit)
    fixed = one.asked is not None and one.question is None
    agrees = (
        words >= ALIKE
        or (place > EXACT and one.page in about.unchanged)
        or (fixed and (name == 2 or place >= 0.8))
        or (words >= AKIN and (name > 0 or place >= SAME_PLACE))
        or (name == 2 and (words >= 0.2 or _same_type(one, two)))
        or (silent and (name > 0 or place >= SAME_PLACE) and (beside > 0.3 or place > EXACT))
    )
    if not agrees:
        return None
    ids = 0.5 if one.unit == two.unit else 0.0
    return 6 * words + name + 2 * beside + 1.5 * place + option + ids + 0.3 * _same_type(one, two)


def _named(one: Spot, two: Spot) -> int:
    """2 for the same field name that says something, 1 for the same numbered name."""
    if not one.field or one.field != two.field or (one.on != two.on and one.on and two.on):
        return 0
    last = re.sub(r"\[\d+\]", "", one.field).rsplit(".", 1)[-1]
    return 1 if _NUMBERED.match(last) else 2


def _apart(one: Spot, two: Spot) -> bool:
    """Another record, another part of the answer, or a mark against a line to write on."""
    rows = one.row and two.row and one.row != two.row
    parts = one.part and two.part and one.part != two.part
    both_asked = one.asked is not None and two.asked is not None
    return bool(rows or parts or (both_asked and one.ticked != two.ticked))


def _same_option(one: Spot, two: Spot, like: Likeness) -> float | None:
    """A little more for the same option, row or part; None for another option.

    An option keeps its value when its owner rewords it, so either the value or the title tells.
    """
    (value, title), (other, words) = one.option, two.option
    bonus = 0.5 * (bool(one.row) and one.row == two.row) + 0.5 * (bool(one.part) and one.part == two.part)
    if not value or not other:
        return bonus
    if value == other or said(title) == said(words):
        return bonus + 1
    if {value, other} <= {"yes", "no"}:
        return None
    bags = [frozenset(said(text).split()) for text in (title, value.replace("_", " "), words)]
    alike = max(like.dice(bags[0], bags[2]), like.dice(bags[1], bags[2]))
    return bonus + alike if alike >= 0.4 or value.startswith("option_") else None


def _beside(one: Spot, two: Spot, about: _About) -> float:
    """How alike the questions before and behind are, 0 to 1."""
    before = about.near_one.before[one.at], about.near_two.before[two.at]
    behind = about.near_one.behind[one.at], about.near_two.behind[two.at]
    pairs = (1.0 if not a and not b else about.like(a, b) for a, b in (before, behind))
    return sum(pairs) / 2


def _same_type(one: Spot, two: Spot) -> bool:
    return one.question is not None and two.question is not None and one.question.type is two.question.type
