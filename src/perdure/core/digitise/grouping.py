"""From fields to items: what belongs together is put together, and what is not asked is set aside.

    set aside -> repeated blocks -> (page by page) ticks, pieces of one answer, write lines -> same data again

Every field ends in exactly one item or is set aside; the last step checks it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_context import apart, with_context
from perdure.core.digitise.draft_grids import with_grids
from perdure.core.digitise.draft_headers import with_headers
from perdure.core.digitise.draft_items import (
    TICKS,
    Grouped,
    Item,
    Repeated,
    SetAside,
    Slot,
    in_order,
    same_row,
    words_of,
)
from perdure.core.digitise.draft_parts import core_of, join_parts
from perdure.core.digitise.draft_same_field import give_back, is_exclusive, share, torn
from perdure.core.digitise.draft_signatures import place_signatures
from perdure.core.digitise.draft_tables import Block, bare_words, find_blocks
from perdure.core.digitise.draft_ticks import join_ticks
from perdure.core.digitise.draft_types import SURE, type_of_field
from perdure.core.digitise.kinds import kind_of
from perdure.core.digitise.values import Field, Kind, PaperForm, Widget
from perdure.core.digitise.wording import Worded, worded

LINE_GAP = 9.0
"""Points between two lines to write on that hold one answer, at most."""
HEADER = 0.14
"""Share of a page, from its top, in which forms print the name and number of the applicant again."""
LIVES = re.compile(
    r"(?i)\b(?:new|mailing|home|current|street|physical|residential|forwarding) address\b"
    r"(?!.*\b(?:names?|phone)\b)"
)
"""Words of lines to write an address on."""
OFFICE = re.compile(
    r"(?i)\b(?:for|va|office|official|agency|court|department|dor|county|administrative"
    r"|staff)(?:'s)? use(?: only)?\b"
    r"|do not write (?:below|above|in this)|date stamp|nur f(?:ü|u)r amtliche|réservé à l"
    r"|wird nicht vom antrag"
)


def group(form: PaperForm, *, day_first: bool = False) -> Grouped:
    """All fields of a form as items in reading order, and those that are not asked.

    day_first  two-digit pieces of a date are day, month when no words tell
    """
    order = {each.id: at for at, each in enumerate(form.fields)}
    aside, fields = _set_aside([_by_its_question(each) for each in with_headers(form)])
    shared = share(fields)
    homes = {each.group: each.page for each in reversed(shared.asked) if is_exclusive(each)}
    items: list[Item | Repeated] = []
    for page in form.pages:
        here = [each for each in shared.asked if homes.get(each.group, each.page) == page.number]
        items += _of_page(with_context(with_grids(here)), day_first=day_first)
    items = give_back(in_order(items, order), shared)
    items, declared = place_signatures(items, form)
    items, again = _asked_once(items, form)
    grouped = Grouped(tuple(in_order(items, order)), (*aside, *declared, *again))
    _check_nothing_lost(form, grouped)
    return grouped


def _by_its_question(each: Field) -> Field:
    """The kind by the question itself, when instructions stand before it or in brackets behind it."""
    said = worded(words_of(each))
    if each.widget is not Widget.TEXT:
        return each
    core = said.was[len(said.preface) :] if said.was.startswith(said.preface) else said.was
    told = kind_of(core_of(core), height=each.box.height, format=each.format, multiline=each.multiline)
    if not (said.preface or said.section):
        bracketed = each.kind in (Kind.TEXT, Kind.LONG_TEXT) and told is Kind.ADDRESS
        return each.model_copy(update={"kind": told}) if bracketed else each
    return (
        each if told is Kind.TEXT and each.kind is Kind.LONG_TEXT else each.model_copy(update={"kind": told})
    )


def _set_aside(fields: Sequence[Field]) -> tuple[list[SetAside], list[Field]]:
    aside, asked = [], []
    above: dict[int, list[Field]] = {}
    for each in fields:
        before = above.setdefault(each.page, [])
        under = next((other for other in before if _on_top(other, each)), None)
        before.append(each)
        if under is not None:
            aside.append(SetAside(each, "duplicate", f"It lies on box {under.id}."))
        elif each.office_use or OFFICE.search(worded(words_of(each)).title):
            aside.append(SetAside(each, "office_use"))
        elif each.read_only and each.widget is not Widget.SIGNATURE and each.kind is not Kind.SIGNATURE:
            aside.append(SetAside(each, "read_only", "The form fills this box in by itself."))
        else:
            asked.append(each)
    return aside, asked


def _on_top(one: Field, two: Field) -> bool:
    """Two boxes in one place: the form was made with a spare field."""
    if one.page != two.page or abs(one.box.x0 - two.box.x0) > two.box.width:
        return False
    alike = (one.widget in TICKS) == (two.widget in TICKS)
    return alike and one.box.iou(two.box) > 0.8


def _of_page(fields: Sequence[Field], *, day_first: bool) -> list[Item | Repeated]:
    items: list[Item | Repeated] = []
    used: set[str] = set()
    for block in _blocks(fields):
        repeated = _repeated(block, day_first=day_first)
        if repeated:
            items.append(repeated)
            used.update(each.id for each in repeated.fields)
    rest = [each for each in fields if each.id not in used]
    items += _items_of(rest, day_first=day_first)
    return items


def _blocks(fields: Sequence[Field]) -> list[Block]:
    """Repeated blocks; marks of one field that stand in several rows are no part of any row."""
    found = find_blocks(fields)
    outside = {id_ for block in found for id_ in torn(block.rows, fields)}
    if outside:
        found = find_blocks([each for each in fields if each.id not in outside])
    return [block for block in found if not torn(block.rows, fields)]


def _items_of(fields: Sequence[Field], *, day_first: bool) -> list[Item]:
    fields = apart(fields)
    ticks = [each for each in fields if each.widget in TICKS]
    choices = [each for each in fields if each.widget is Widget.CHOICE]
    boxes = [each for each in fields if each.widget not in TICKS and each.widget is not Widget.CHOICE]
    lines, boxes = _write_lines(boxes)
    items = [*join_ticks(ticks), *lines, *join_parts(boxes, day_first=day_first)]
    return items + [_drop_down(each) for each in choices]


def _drop_down(each: Field) -> Item:
    """A list to choose from; without a real choice in it, a text."""
    options = tuple(dict.fromkeys(option.strip() for option in each.options if _is_option(option)))
    if len(options) < 2:
        return Item((Slot(each),), Q.TEXT, worded(words_of(each)))
    return Item((Slot(each),), Q.CHOICE, worded(words_of(each)), options)


def _is_option(option: str) -> bool:
    return bool(re.search(r"\w", option)) and not re.match(r"(?i)^\W*(select|choose|none selected)\b", option)


def _repeated(block: Block, *, day_first: bool) -> Repeated | None:
    """The rows of a block as items; None when its rows do not come out alike."""
    rows = [_items_of(row, day_first=day_first) for row in block.rows]
    shape = [(item.type, len(item.slots)) for item in rows[0]]
    if len(shape) == 1 and shape[0][0] in (Q.TEXT, Q.LONG_TEXT):
        return None
    rows = [
        _worded_like(rows[0], row, block) for row in rows if [(i.type, len(i.slots)) for i in row] == shape
    ]
    if len(rows) != len(block.rows):
        return _from_first_row(block, day_first=day_first)
    return Repeated(tuple(tuple(row) for row in rows))


def _from_first_row(block: Block, *, day_first: bool) -> Repeated | None:
    """Rows without words take those of the row that has them, box by box."""
    columns = list(zip(*block.rows, strict=True))
    said = [max((words_of(each) for each in column), key=len) for column in columns]
    over = [max((each.group_label for each in column), key=len) for column in columns]
    rows = tuple(
        tuple(
            each.model_copy(
                update={"label": words or each.label, "group_label": caption, "kind": _kind_of(column)}
            )
            for each, words, caption, column in zip(row, said, over, columns, strict=True)
        )
        for row in block.rows
    )
    items = [_items_of(row, day_first=day_first) for row in rows]
    shapes = {tuple((item.type, len(item.slots)) for item in row) for row in items}
    return Repeated(tuple(tuple(row) for row in items)) if len(shapes) == 1 else None


def _kind_of(column: Sequence[Field]) -> Kind:
    kinds = [each.kind for each in column if each.kind is not Kind.TEXT]
    return kinds[0] if kinds else column[0].kind


def _worded_like(first: Sequence[Item], row: Sequence[Item], block: Block) -> list[Item]:
    return [
        item if item.words.title else replace(item, words=one.words)
        for one, item in zip(first, row, strict=True)
    ]


def _write_lines(boxes: Sequence[Field]) -> tuple[list[Item], list[Field]]:
    """A caption with several lines to write on is one long answer."""
    items: list[Item] = []
    used: set[str] = set()
    for each in boxes:
        if each.id in used or each.widget is Widget.SIGNATURE:
            continue
        lines = [each]
        for other in boxes:
            if other.id not in used and other is not each and _is_next_line(lines, other, boxes):
                lines.append(other)
        if len(lines) > 1:
            used.update(line.id for line in lines)
            items.append(_long(lines))
    return items, [each for each in boxes if each.id not in used]


def _is_next_line(lines: Sequence[Field], other: Field, boxes: Sequence[Field]) -> bool:
    last = lines[-1]
    if not -2 <= other.box.y0 - last.box.y1 <= LINE_GAP or other.page != last.page:
        return False
    if other.cells and last.cells != other.cells:
        return False
    first, said, row = words_of(lines[0]), words_of(other), worded(words_of(other)).row
    below = abs(other.box.x0 - last.box.x0) < 12
    if row == len(lines) + 1 and below and bare_words(first) == bare_words(said):
        return not _has_company(other, boxes, alike=said)
    wide = min(last.box.width, other.box.width) > 130 and other.box.x0 <= last.box.x0 + 12
    if not wide or _has_company(other, boxes):
        return False
    if last.kind not in (Kind.TEXT, Kind.LONG_TEXT, Kind.ADDRESS, Kind.NAME):
        return False
    return bool(first) and (not said or (bare_words(first) == bare_words(said) and len(bare_words(said)) > 3))


def _has_company(each: Field, boxes: Sequence[Field], *, alike: str = "") -> bool:
    """Does another box stand in the same line? Then it is a row of a table, not a line to write on.

    alike  words of a row of a table: only boxes that count their rows too are company
    """
    others = [other for other in boxes if other is not each and same_row(each, other)]
    return any(not alike or worded(words_of(other)).row for other in others)


def _long(lines: Sequence[Field]) -> Item:
    first = lines[0]
    said = worded(words_of(first), format=first.format)
    if (first.kind is Kind.ADDRESS or LIVES.search(core_of(words_of(first)))) and first.confidence >= SURE:
        whole = tuple(Slot(each, part="full") for each in lines)
        return Item(whole, Q.ADDRESS, said, parts=("full",))
    slots = tuple(Slot(each) for each in lines)
    type_ = type_of_field(first)
    if type_ not in (Q.EMAIL, Q.IDENTIFIER, Q.MONEY):
        type_ = Q.LONG_TEXT
    return Item(slots, type_, said)


def _asked_once(
    items: list[Item | Repeated], form: PaperForm
) -> tuple[list[Item | Repeated], list[SetAside]]:
    """The name and number printed again at the head of later pages belong to the first asking."""
    heights = {page.number: page.height for page in form.pages}
    kept: list[Item | Repeated] = []
    for item in items:
        again = isinstance(item, Item) and item.page > 1 and item.box.y1 < HEADER * heights[item.page]
        at = _asked_before(kept, item, heights) if again and isinstance(item, Item) else None
        if at is not None and isinstance(item, Item) and _of_another(item, kept):
            at = None
        if at is None:
            kept.append(item)
        else:
            first = kept[at]
            assert isinstance(first, Item)
            assert isinstance(item, Item)
            kept[at] = replace(first, slots=(*first.slots, *_fitted(item, first)))
    return kept, []


PERSON = 60.0
"""Points from the name of somebody to what else is asked of them, at most."""


def _of_another(item: Item, kept: Sequence[Item | Repeated]) -> bool:
    """Does a name that is asked for anew stand over it or beside it? Then it is that person's own."""
    return any(
        isinstance(other, Item)
        and other.type is Q.NAME
        and other.page == item.page
        and -6 <= item.box.y0 - other.box.y0 < PERSON
        for other in kept[-8:]
    )


def _asked_before(kept: Sequence[Item | Repeated], item: Item, heights: dict[int, float]) -> int | None:
    for at, first in enumerate(kept):
        if isinstance(first, Item) and _same_answer(first, item, heights):
            return at
    return None


def _same_answer(first: Item, item: Item, heights: dict[int, float]) -> bool:
    """Is it the applicant's name or number at the head of a later page?"""
    if first.type is not item.type or item.page <= first.page:
        return False
    head = item.box.y1 < HEADER * heights[item.page]
    if not head or item.type not in (Q.NAME, Q.IDENTIFIER, Q.DATE, Q.TEXT):
        return False
    return _same_thing(first.words, item.words)


def _same_thing(first: Worded, again: Worded) -> bool:
    one, two = _key(first.title), _key(again.title)
    return len(two) >= 1 and (one == two or two < one) and bool(two - {"date", "name", "number"})


def _key(title: str) -> frozenset[str]:
    said = re.sub(r"(?i)\bssn\b|\bsocial security (no|number)\b\.?", "social security number", title)
    words = re.findall(r"[^\W\d_]+", re.sub(r"'s\b", "", said).lower())
    return frozenset(words) - {"the", "of", "your", "a", "full", "no", "last", "first", "middle", "and", "on"}


def _fitted(item: Item, first: Item) -> list[Slot]:
    """The boxes of the second asking, each for the piece of the answer that fits there."""
    wholes = len(item.own) == 1 and len(first.own) > 1
    return [replace(slot, part="" if wholes else slot.part, again=True) for slot in item.slots]


def _check_nothing_lost(form: PaperForm, grouped: Grouped) -> None:
    placed = [each.id for item in grouped.items for each in item.fields]
    placed += [left.field.id for left in grouped.aside]
    assert sorted(placed) == sorted(each.id for each in form.fields), "a field was lost or used twice"
