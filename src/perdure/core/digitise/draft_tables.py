"""Blocks of boxes that are printed several times: tables, and "Child 1, Child 2".

A block repeats when the same boxes stand again at the same distance below, and their words
are the same too, apart from numbers, letters and "first, second". Rows with words of
their own ("Food", "Rent") are not records of one thing, and stay separate questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perdure.core.digitise.draft_items import same_line, same_row, words_of
from perdure.core.digitise.values import Field, Widget
from perdure.core.digitise.wording import take_number, tidy

ORDINALS = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|1st|2nd|3rd"
    r"|\d{1,2}th|one|two|three|four"
    r"|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|vierte[nrs]?|fünfte[nrs]?|premi[eè]re?|deuxi[eè]me"
    r"|primer[oa]?|segund[oa])\b"
    r"|\b(?:line|row|no\.?|number|#)?\s*\d{1,2}(?:\s*of\s*\d{1,2})?\b|\[\d+\]|(?<![A-Za-z])[A-Za-z][.)]",
    re.I,
)
SLACK = 4.0
"""Points by which boxes of two printed rows may stand apart from exact."""
NEIGHBOUR = 40.0
LONGEST_BLOCK = 45


@dataclass(frozen=True)
class Block:
    """A repeated block: its rows, each the same number of fields in the same order."""

    rows: tuple[tuple[Field, ...], ...]


def find_blocks(fields: Sequence[Field]) -> list[Block]:
    """Repeated blocks of one page, found by geometry and words; marks of tables are made from them."""
    found = _tandem(fields)
    used = {each.id for block in found for row in block.rows for each in row}
    return found + _stacked([each for each in fields if each.id not in used])


def _tandem(fields: Sequence[Field]) -> list[Block]:
    """Blocks found by geometry: the longest run of equal blocks, from the top of the page down."""
    fields = _by_rows(fields)
    blocks: list[Block] = []
    at = 0
    while at < len(fields):
        best = _best_at(fields, at)
        if best is None:
            at += 1
            continue
        blocks.append(best)
        at += sum(len(row) for row in best.rows)
    return blocks


def _by_rows(fields: Sequence[Field]) -> list[Field]:
    """Line by line, by the top of the boxes, and left to right within a line."""
    lines: list[list[Field]] = []
    for each in sorted(fields, key=lambda one: (one.box.y0, one.box.x0)):
        if lines and each.box.y0 - lines[-1][0].box.y0 < SLACK - 1:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [each for line in lines for each in sorted(line, key=lambda one: one.box.x0)]


def _best_at(fields: Sequence[Field], at: int) -> Block | None:
    """The repeat that covers most boxes and starts here; the shortest block of those."""
    best: Block | None = None
    covered = 0
    for length in range(2, min(LONGEST_BLOCK, (len(fields) - at) // 2) + 1):
        if best is not None and covered >= length:
            continue  # one such block would be several of the shorter ones
        times = _times(fields, at, length)
        if times > 1 and times * length > covered and _is_block(fields, at, length):
            best = Block(tuple(tuple(fields[at + k * length : at + (k + 1) * length]) for k in range(times)))
            covered = times * length
    return best


def _stacked(fields: Sequence[Field]) -> list[Block]:
    """Tables that stand beside other things: columns of equal boxes whose rows are on one line."""
    stacks: list[list[Field]] = []
    for each in sorted(filter(_writes, fields), key=lambda one: (one.box.y0, one.box.x0)):
        home = next((stack for stack in stacks if _next_below(stack, each)), None)
        if home is None:
            stacks.append([each])
        else:
            home.append(each)
    blocks: list[Block] = []
    columns = [stack for stack in stacks if len(stack) > 1]
    while columns:
        first = columns.pop(0)
        beside = [stack for stack in columns if _same_lines(first, stack)]
        columns = [stack for stack in columns if stack not in beside]
        if beside and any(words_of(each) for each in first) and not _has_neighbours([first, *beside], fields):
            together = sorted([first, *beside], key=lambda stack: stack[0].box.x0)
            blocks.append(Block(tuple(zip(*together, strict=True))))
    return blocks


def _next_below(stack: Sequence[Field], each: Field) -> bool:
    last = stack[-1]
    step = each.box.y0 - last.box.y0
    usual = stack[1].box.y0 - stack[0].box.y0 if len(stack) > 1 else step
    near = 0 <= each.box.y0 - last.box.y1 < 24 and abs(step - usual) <= SLACK
    return near and _alike(last, each)


def _has_neighbours(stacks: Sequence[Sequence[Field]], fields: Sequence[Field]) -> bool:
    """Does a box of no column stand close in one of the lines? Then the lines are things of their own."""
    inside = {each.id for stack in stacks for each in stack}
    left = min(each.box.x0 for stack in stacks for each in stack) - NEIGHBOUR
    right = max(each.box.x1 for stack in stacks for each in stack) + NEIGHBOUR
    others = [each for each in fields if each.id not in inside and _writes(each)]
    return any(
        same_line(each, one) and each.box.x1 > left and each.box.x0 < right
        for each in others
        for one in stacks[0]
    )


def _same_lines(one: Sequence[Field], two: Sequence[Field]) -> bool:
    return len(one) == len(two) and all(same_row(a, b) for a, b in zip(one, two, strict=True))


def _is_block(fields: Sequence[Field], at: int, length: int) -> bool:
    """Whole lines of the page, with something to write in: Yes and No under each other is no table."""
    if not any(_writes(each) for each in fields[at : at + length]):
        return False
    starts = at == 0 or not _one_line(fields[at - 1], fields[at])
    return starts and not _one_line(fields[at + length - 1], fields[at + length])


def _one_line(one: Field, two: Field) -> bool:
    return abs(one.box.y0 - two.box.y0) < SLACK - 1


def _times(fields: Sequence[Field], at: int, length: int) -> int:
    """How often the block stands one below the other."""
    times = 1
    step: float | None = None
    while at + (times + 1) * length <= len(fields):
        one = fields[at + (times - 1) * length : at + times * length]
        two = fields[at + times * length : at + (times + 1) * length]
        down = two[0].box.y0 - one[0].box.y0
        if step is None:
            step = down
        if down < 8 or abs(down - step) > 3 * SLACK or not _same_block(one, two, down):
            break
        times += 1
    return times


def _same_block(one: Sequence[Field], two: Sequence[Field], down: float) -> bool:
    alike = all(_alike(a, b, down) for a, b in zip(one, two, strict=True))
    return alike and not _named_rows(one, two)


def _alike(one: Field, two: Field, down: float | None = None) -> bool:
    if _writes(one) != _writes(two) or one.page != two.page:
        return False
    if down is not None and abs(two.box.y0 - one.box.y0 - down) > SLACK:
        return False
    if abs(one.box.x0 - two.box.x0) > 2 * SLACK or abs(one.box.width - two.box.width) > 3 * SLACK:
        return False
    return same_words(words_of(one), words_of(two)) and same_words(one.group_label, two.group_label)


def _writes(each: Field) -> bool:
    return each.widget not in (Widget.TICK, Widget.RADIO)


def same_words(one: str, two: str) -> bool:
    """The same words apart from numbers and ordinals; no words at all are like any words."""
    a, b = bare_words(one), bare_words(two)
    return a == b or not a or not b


@lru_cache(maxsize=8192)
def bare_words(text: str) -> str:
    """For comparing: without number, ordinals, letters of rows and signs."""
    _, words = take_number(tidy(text))
    words = ORDINALS.sub(" ", re.sub(r"_|\brow\b", " ", words, flags=re.I))
    return re.sub(r"[\W\d]+", " ", words).strip().lower()


def _named_rows(one: Sequence[Field], two: Sequence[Field]) -> bool:
    """Rows that differ in their words are things of their own, not records."""
    differing = [
        (a, b)
        for a, b in zip(one, two, strict=True)
        if bare_words(words_of(a)) != bare_words(words_of(b)) and words_of(a) and words_of(b)
    ]
    wordless = not any(words_of(each) for each in (*one, *two))
    return bool(differing) or (wordless and len(one) < 2)


def titles_of_columns(rows: Sequence[Sequence[Field]], pick: Callable[[Field], str] = words_of) -> list[str]:
    """For each column the best words any of its boxes has: the longest of the first row that has any."""
    titles = []
    for column in zip(*rows, strict=True):
        said = [pick(each) for each in column if re.search(r"[^\W\d]{2}", pick(each))]
        titles.append(said[0] if said else "")
    return titles
