"""Questions planned from items: named, typed, with options; still apart from pages and paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from perdure.core.definition.conditions.parse import RESERVED
from perdure.core.definition.model import Option, Question, Repeat
from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_continued import joined_tables
from perdure.core.digitise.draft_items import Item, Repeated, same_line
from perdure.core.digitise.draft_parts import owner_of
from perdure.core.digitise.draft_ticks import OTHER, stands_beside
from perdure.core.digitise.draft_titles import (
    LONE,
    lower_first,
    name_item,
    new_id,
    person_of,
    section_title,
    slug,
    unique,
    with_context,
)
from perdure.core.digitise.kinds import UNIT
from perdure.core.digitise.values import Field, PaperForm

SENSITIVE = re.compile(
    r"social security|\bssn\b|date of birth|\brace\b|ethnic|religio|disabilit|diagnos|medical|health"
    r"|routing number|account number"
    r"|\bgender\b|\bsex\b|sexual|trauma|arrest|convict|felon|immigration|citizenship|iban|passport"
    r"|driver.?s licen|geburtsdatum",
    re.I,
)


@dataclass(frozen=True)
class Planned:
    """One question with the boxes it comes from.

    condition, because  when it is asked, and the sentence on the paper that says so
    noun                its words as a noun phrase, for captions and names
    """

    question: Question
    item: Item
    section: str
    noun: str
    condition: str = ""
    because: str = ""
    doubts: tuple[str, ...] = ()
    follows: str = ""


@dataclass(frozen=True)
class PlannedGroup:
    """A repeating group: its questions come from the first row, its boxes from all."""

    repeat: Repeat
    title: str
    questions: tuple[Planned, ...]
    rows: tuple[tuple[Item, ...], ...]
    section: str
    doubts: tuple[str, ...] = ()
    condition: str = ""
    because: str = ""


@dataclass
class Names:
    """Titles and ids that are taken."""

    titles: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)


Plan = Planned | PlannedGroup


@dataclass(frozen=True)
class Context:
    """What is known of the whole form while one item is named.

    places    number of each box on its page, from 1
    captions  by the first box of an item: words of the question or line it belongs to
    in_rows   items whose words come again, so that their line is always said
    """

    language: str
    places: dict[str, int]
    captions: dict[str, str]
    in_rows: frozenset[str]


def plan(items: Sequence[Item | Repeated], form: PaperForm, sections: dict[str, str]) -> list[Plan]:
    """Every item as a planned question or group, in order."""
    names = Names()
    items = joined_tables(items, sections)
    rows = _rows(items, sections)
    context = Context(form.language[:2], _places(form), _captions(items) | rows, frozenset(rows))
    planned: list[Plan] = []
    for item in items:
        section = sections[item.first.id]
        if isinstance(item, Repeated):
            planned.append(_plan_group(item, section, context, names))
        else:
            planned.append(_plan_one(item, section, context, names))
    return _with_others(planned, names)


def _places(form: PaperForm) -> dict[str, int]:
    """The number of each box on its page, from 1."""
    counted: dict[int, int] = {}
    result = {}
    for each in form.fields:
        counted[each.page] = counted.get(each.page, 0) + 1
        result[each.id] = counted[each.page]
    return result


def _captions(items: Sequence[Item | Repeated]) -> dict[str, str]:
    """For "12B" the words of "12A" when those are a caption and not a question of their own."""
    result: dict[str, str] = {}
    last_number, last_words, last_printed = "", "", ""
    for item in items:
        if isinstance(item, Repeated):
            continue
        digits = re.match(r"\d+", item.words.number)
        number = digits[0] if digits else ""
        alone = item.words.number == last_printed or item.words.number.lower() != last_number
        if number and number == last_number and alone and not item.words.section:
            result[item.first.id] = last_words
        if number and (number != last_number or item.words.section):
            last_number, last_words, last_printed = number, item.words.title, item.words.number
    return result


def _rows(items: Sequence[Item | Repeated], sections: dict[str, str]) -> dict[str, str]:
    """For words that come again and again ("Owner", "Amount"), the words at the start of their line."""
    asked = [item for item in items if isinstance(item, Item)]
    counted = Counter((sections[item.first.id], item.words.title.lower()) for item in asked)
    result = {}
    for item in asked:
        if item.type not in (Q.TEXT, Q.LONG_TEXT, Q.MONEY, Q.NUMBER, Q.DATE, Q.IDENTIFIER, Q.TICK):
            continue
        again = counted[sections[item.first.id], item.words.title.lower()] > 1
        left = [other for other in asked if other is not item and _left_of(other, item)]
        said = [other for other in left if counted[sections[other.first.id], other.words.title.lower()] == 1]
        said = [other for other in said if ": " not in other.words.title and other.type is not Q.TICK]
        said = [other for other in asked if _writes_the_kind_of(other, item)] or said
        if again and said:
            result[item.first.id] = min(said, key=lambda other: other.first.box.x0).words.title
    return result


def _writes_the_kind_of(other: Item, item: Item) -> bool:
    """Is it the box for "other (specify)" right before this one, which names what the line is about?"""
    near = 0 <= item.first.box.x0 - other.first.box.x1 < BEFORE and same_line(other.first, item.first)
    return near and other.type is Q.TEXT and bool(OTHER.match(other.words.title))


BEFORE = 40.0
"""Points from a box for "other (specify)" to the next of its line, at most."""


def _left_of(one: Item, two: Item) -> bool:
    named = bool(one.words.title) and not LONE.match(one.words.title)
    return named and one.first.box.x0 < two.first.box.x0 and same_line(one.first, two.first)


def _plan_one(item: Item, section: str, context: Context, names: Names) -> Planned:
    first = item.first.id
    named = name_item(
        item,
        section=section,
        context=context.captions.get(first, ""),
        language=context.language,
        number_on_page=context.places[first],
        from_row=first in context.in_rows,
    )
    title = unique(named.title, names.titles, section=section, page=item.page)
    id_ = new_id(named.noun, names.ids, hint=section_title(section))
    doubts = item.doubts
    if named.placed:
        doubts += ("Nothing on the paper names this box. Give it a title.",)
    question = make_question(item, id_, title, section)
    return Planned(question, item, section, named.noun, doubts=doubts)


def make_question(item: Item, id_: str, title: str, section: str) -> Question:
    """The question of an item; nothing is required unless the form says so."""
    type_, parts = item.type, item.parts
    confidence = item.confidence
    return Question(
        id=id_,
        type=type_,
        title=title,
        hint=_hint(item),
        required=all(each.required for each in item.fields) or item.words.required,
        options=options_of(item) if type_ in (Q.CHOICE, Q.CHOICES) else (),
        parts=parts,
        max_length=_max_length(item),
        unit=_unit(item) if type_ in (Q.NUMBER, Q.WHOLE_NUMBER) else "",
        autocomplete=_autocomplete(item, title, section),
        sensitive=bool(SENSITIVE.search(f"{title} {item.words.was}")),
        was=_was(item),
        confidence=round(confidence, 3) if confidence < 1 else None,
    )


def _unit(item: Item) -> str:
    """The unit printed with its one box."""
    formats = {each.format for each in item.fields}
    return formats.pop() if len(formats) == 1 and UNIT.fullmatch(next(iter(formats))) else ""


def _hint(item: Item) -> str:
    hint = item.words.hint
    if item.type is Q.DATE and re.fullmatch(r"(?i)[mdytja/.\- ]*\.?", hint):
        return ""
    if UNIT.fullmatch(hint.rstrip(".")):
        return ""
    return hint if len(hint) <= 300 else hint[:297].rsplit(" ", 1)[0] + " ..."


def _was(item: Item) -> str:
    """The words of the paper with their number; long instructions in front are guidance, not the question."""
    words = item.words
    was = (
        words.was[len(words.preface) :].strip()
        if words.preface and words.was.startswith(words.preface)
        else words.was
    )
    return was[:400]


def _max_length(item: Item) -> int | None:
    limited = (Q.TEXT, Q.IDENTIFIER, Q.LONG_TEXT)  # nobody can shorten an e-mail address
    if item.type not in limited:
        return None
    if all(slot.take for slot in item.own):
        return max(slot.take[1] for slot in item.own if slot.take)
    if len(item.own) > 1:
        return None
    only = item.first
    return only.max_length or only.cells or None


def options_of(item: Item) -> tuple[Option, ...]:
    """Options in the order of the paper, each with a value that conditions can use."""
    taken: set[str] = set()
    result: list[Option] = []
    for title in item.options:
        value = "other" if OTHER.match(title) and len(title) < 40 else slug(title, words=4, length=32)
        base = value or f"option_{len(result) + 1}"
        value, at = base, 2
        while value in taken:
            value, at = f"{base}_{at}", at + 1
        taken.add(value)
        result.append(Option(value=value, title=title))
    return tuple(result)


_TOKENS = {Q.NAME: "name", Q.EMAIL: "email", Q.PHONE: "tel", Q.ADDRESS: "street-address"}


def _autocomplete(item: Item, title: str, section: str) -> str:
    """The browser may fill in the applicant's own data, and nobody else's."""
    whose = owner_of(item.words.title)
    own = whose in ("", "applicant", "claimant", "petitioner", "taxpayer") and not person_of(section)
    yours = re.search(r"(?i)\byour\b|^(?:applicant|claimant|petitioner)|antragsteller", title)
    named = re.search(r"(?i)\b(of|spouse|child|other|employer|school|bank|witness|doctor|agent)\b", title)
    if not own or not yours or (named and "date of birth" not in title.lower()):
        return ""
    if item.type is Q.DATE and re.search(r"(?i)\byour date of birth|^date of birth|geburtsdatum", title):
        return "bday"
    return _TOKENS.get(item.type, "")


def _plan_group(item: Repeated, section: str, context: Context, names: Names) -> PlannedGroup:
    one = _what_one_is(item, section)
    title = unique(_group_title(item, section, one), names.titles, section=section, page=item.first.page)
    group_id = new_id(_plural(one) if one != "entry" else section_title(section) or "entries", names.ids)
    inner = Names(ids=names.ids)
    questions = []
    for column in item.rows[0]:
        planned = _plan_column(column, one, section, context, inner)
        questions.append(planned)
    repeat = Repeat(id=group_id, one=one, printed_rows=len(item.rows))
    return PlannedGroup(repeat, title, tuple(questions), item.rows, section, item.doubts)


def _plan_column(item: Item, one: str, section: str, context: Context, names: Names) -> Planned:
    words = replace(item.words, title=_one_of_many(item.words.title, one))
    item = replace(item, words=words)
    named = name_item(
        item,
        section="",
        context=one if one != "entry" else "",
        language="-",
        number_on_page=context.places[item.first.id],
    )
    title = unique(named.title, names.titles, section="", page=0)
    id_ = new_id(named.noun, names.ids, hint=one)
    doubts = item.doubts
    if named.placed:
        doubts += ("Nothing on the paper names this column. Give it a title.",)
    return Planned(make_question(item, id_, title, section), item, section, named.noun, doubts=doubts)


def _one_of_many(title: str, one: str) -> str:
    """ "Name of first child to add" as "Name of child"; the number of the row is not part of the words."""
    title = re.sub(
        r"(?i)\b(?:first|second|third|\d{1,2}(?:st|nd|rd|th)|erste[nrs]?)\s+(?!name|middle|initial|entry|day"
        r"|payment)",
        "",
        title,
    )
    title = re.sub(
        r"(?i)\s*\b(?:child|dependent|person|employer|job)\s+(?:no\.?\s*)?[1A]\b",
        lambda m: m[0][:-1].rstrip(),
        title,
    )
    title = re.sub(r"(?i)[\s_]*(?:\brow[\s_]*)?\b1$", "", title)
    return title[:1].upper() + title[1:]


_THINGS = (
    ("child", r"\bchild(?:ren)?\b|\bkind(?:er)?\b"),
    ("dependent", r"\bdependents?\b|angehörige"),
    ("marriage", r"\bmarriages?\b"),
    ("job", r"\bemploy(?:er|ment)s?\b|\bjobs?\b|\bwork(?:ed)?\b"),
    ("vehicle", r"\bvehicles?\b|\bautomobiles?\b"),
    ("account", r"\baccounts?\b|\bbank\b"),
    ("school", r"\bschools?\b"),
    ("treatment", r"\bdates? of treatment\b|\btreatments?\b|\bmedical center\b"),
    ("provider", r"\bproviders?\b|\bphysicians?\b|\bdoctors?\b|\bhospitals?\b|\bfacilit"),
    ("debt", r"\bdebts?\b|\bcreditors?\b"),
    ("loan", r"\bloans?\b"),
    ("issue", r"\bissues?\b"),
    ("event", r"\bincidents?\b|\bevents?\b"),
    ("period of service", r"\bservice\b.*\bdates?\b|\bactive (?:duty|service)\b"),
    ("organization", r"\borganizations?\b"),
    ("witness", r"\bwitness(?:es)?\b"),
    ("relative", r"\brelatives?\b|\bdistributees?\b"),
    ("property", r"\bpropert(?:y|ies)\b"),
    ("person", r"\bnames?\b|\bpersons?\b|\brelationship\b|\bvorname\b"),
)


def _what_one_is(item: Repeated, section: str) -> str:
    """What one record is called, by the words of its columns, then of its section."""
    columns = " ".join(column.words.title for column in item.rows[0])
    for words in (columns, section_title(section)):
        for one, pattern in _THINGS:
            if re.search(pattern, words, re.I) and (one != "person" or words is columns):
                return one
    return "entry"


def _plural(one: str) -> str:
    irregular = {
        "child": "children",
        "person": "people",
        "entry": "entries",
        "property": "properties",
        "witness": "witnesses",
    }
    return irregular.get(one) or (one.replace("period", "periods") if " of " in one else one + "s")


def _group_title(item: Repeated, section: str, one: str) -> str:
    heading = section_title(section)
    if one != "entry":
        plural = _plural(one)
        return plural[:1].upper() + plural[1:]
    return heading or f"Table on page {item.first.page}"


def _with_others(planned: list[Plan], names: Names) -> list[Plan]:
    """The box beside "Other (specify)" is asked when that option or lone tick is chosen, right behind it."""
    asked = [each for each in planned if isinstance(each, Planned)]
    moved: dict[str, Planned] = {}
    for each in asked:
        lone = (each.question.title,) if each.question.type is Q.TICK else ()
        for at, title in enumerate(each.item.options or lone):
            box = _box_for(each, at, title, asked, moved)
            if box is not None:
                moved[box.question.id] = _follow(each, at, box, names)
    result: list[Plan] = []
    for one in planned:
        if isinstance(one, Planned) and one.question.id in moved:
            continue
        result.append(one)
        if isinstance(one, Planned):
            result += [box for box in moved.values() if box.follows == one.question.id]
    return result


def _box_for(
    each: Planned, at: int, title: str, asked: list[Planned], moved: dict[str, Planned]
) -> Planned | None:
    lone = each.question.type is Q.TICK
    ticks = [slot.field for slot in each.item.own if slot.option == at or lone]
    said = f"{title} {ticks[0].label if ticks else ''} {ticks[0].tooltip if ticks else ''}"
    opens = OTHER.match(title) or re.search(r"(?i)\b(specify|explain|describe|list)\b", said)
    if not ticks or not opens or each.item.type is Q.YES_NO:
        return None
    for other in asked:
        only = other.item
        text = only.type in (Q.TEXT, Q.LONG_TEXT) and len(only.own) == 1 and other.question.id not in moved
        if text and stands_beside(ticks[0], only.first) and _is_free(only.first, said):
            return other
    return None


def _is_free(box: Field, said: str) -> bool:
    """No words of its own, or words such as "specify"."""
    own = f"{box.label} {box.tooltip}".strip()
    return (
        not own or bool(re.search(r"(?i)specify|other|explain|describe", own)) or own.lower() in said.lower()
    )


def as_written(value: str) -> str:
    """An option as a condition names it: in quotes when it is a word of the language or a number."""
    return f'"{value}"' if value in RESERVED or not value[0].isalpha() else value


def _follow(each: Planned, at: int, box: Planned, names: Names) -> Planned:
    lone = each.question.type is Q.TICK
    option = (
        Option(value="yes", title=each.item.words.title or each.noun) if lone else options_of(each.item)[at]
    )
    test = "includes" if each.question.type is Q.CHOICES else "="
    caption = each.noun if len(each.noun) < 60 and not lone and not each.noun.startswith("box ") else ""
    title = f"{caption.rstrip('?')}: describe “{option.title}”" if caption else f"Describe “{option.title}”"
    names.titles.discard(box.question.title.lower())
    names.ids.discard(box.question.id)
    title = unique(title, names.titles, section=each.section, page=box.item.page)
    id_ = new_id(f"{each.question.id}_{option.value}"[:50], names.ids)
    question = box.question.model_copy(update={"title": title, "id": id_, "hint": ""})
    condition = f"{each.question.id} {test} {'yes' if lone else as_written(option.value)}"
    return replace(
        box,
        question=question,
        condition=condition,
        because=option.title,
        follows=each.question.id,
        doubts=(),
        noun=lower_first(with_context("other", caption)),
    )
