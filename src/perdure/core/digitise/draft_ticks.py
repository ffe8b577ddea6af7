"""Ticks under one caption become one question with options.

Yes / No                                   -> yes_no
radio buttons, "check one", "sex", "status" -> choice
"check all that apply", or no caption says  -> choices
one tick alone                             -> tick
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perdure.core.definition.model import QuestionType as Q
from perdure.core.digitise.draft_items import NO_AT, YES_AT, Item, Slot, same_row
from perdure.core.digitise.draft_same_field import is_exclusive
from perdure.core.digitise.values import Field, Widget
from perdure.core.digitise.wording import (
    Worded,
    drop_speak,
    plain,
    take_brackets,
    take_number,
    take_section,
    tidy,
    worded,
)

YES = re.compile(r"^(yes|y|ja|oui|s[ií])$", re.I)
NO = re.compile(r"^(no|n|nein|non)$", re.I)
NEITHER = re.compile(r"(?i)^(?:not applicable|n/?a\b|unknown|not sure|(?:i )?don'?t know|undecided)")
"""A third answer beside Yes and No."""
OTHER = re.compile(
    r"^(others?|andere[sr]?|sonstige[sr]?|autres?|otr[oa]s?)\b(?!\s+(?:than|income|name|parent|expens"
    r"|dependen))",
    re.I,
)
SEVERAL = re.compile(
    r"all (?:that|which) appl|check all|mark all|select all|any that apply|one or more|more than one"
    r"|all boxes"
    r"|zutreffendes|mehrere|plusieurs|cochez (?:toutes|la ou les)|todas las que",
    re.I,
)
ONE = re.compile(
    r"\b(?:check|select|choose|mark|pick|tick) (?:only )?(?:one|1)\b|one (?:box )?only|\bonly one\b"
    r"|\bone of the following"
    r"|\b(?:gender|sex|marital|status|type of|relationship|are you|is (?:the|this|your)|were you"
    r"|was (?:the|your)"
    r"|do you|does|did|have you|has (?:the|your)|would you|how (?:often|is|was|many)|which|choose"
    r"|frequency|account type"
    r"|geschlecht|familienstand|sexe|sexo|estado civil|nur eine)\b",
    re.I,
)
EXCLUSIVE = (
    {"male", "female"},
    {"man", "woman"},
    {"married", "divorced"},
    {"married", "single"},
    {"checking", "savings"},
    {"own", "rent"},
    {"weekly", "monthly"},
    {"full", "part"},
    {"permanent", "temporary"},
    {"biological", "adopted"},
    {"living", "deceased"},
    {"agree", "disagree"},
    {"personal", "business"},
)
"""Words that cannot both be true of one person or thing."""

_MARKS = re.compile(r'(?:^|(?<=[.?!:)]\s))"?(?:yes|no|ja|nein)"?[.,]?\s*(?=$|[\[(]|if\b|skip|\()', re.I)
_ANSWERED = re.compile(r'(?i)^"?(?P<answer>yes|no|ja|nein|oui|non|s[ií])"?\s*[–—-]\s+(?P<rest>\S.*)$', re.S)
"""An answer that goes on with what to do then: "Yes – fill in the table"."""


_NAMED_ANSWER = re.compile(r"(?:^|[ _.-])(yes|no)(?:\[\d+\])?$", re.I)
"""AcroForm names such as "account yes": surer than print, which may stand left or right of a tick."""


@dataclass(frozen=True)
class Tick:
    """One tick with its own words. title: in plain words; said: the rest of its words, for routes."""

    field: Field
    title: str
    said: str
    number: str


def join_ticks(fields: Sequence[Field]) -> list[Item]:
    """One item for each group of ticks; ticks that nobody grouped are grouped by their place and words."""
    groups: dict[str, list[Field]] = {}
    for each in fields:
        if each.group:
            key = each.group if is_exclusive(each) else f"{each.group}|{each.page}"
            groups.setdefault(key, []).append(each)
    together = [members for members in groups.values() if len(members) > 1]
    grouped = {each.id for members in together for each in members}
    loose = [each for each in fields if each.id not in grouped]
    return [_item(members) for members in [*together, *_by_place(loose)]]


def _by_place(fields: Sequence[Field]) -> list[list[Field]]:
    """Loose ticks: Yes with the No beside it, ticks under one caption; the rest stand alone."""
    groups: list[list[Field]] = []
    for each in fields:
        home = next((group for group in reversed(groups[-4:]) if _belongs(group, each)), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    return groups


def _belongs(group: Sequence[Field], each: Field) -> bool:
    last = group[-1]
    if last.page != each.page or abs(each.box.y0 - last.box.y0) > 60:
        return False
    near = same_row(last, each) and -2 < each.box.x0 - last.box.x1 < 130
    below = 0 <= each.box.y0 - last.box.y1 < 24 and abs(each.box.x0 - group[0].box.x0) < 90
    titles = [_tick(member).title for member in (*group, each)]
    captions = {bare(member.group_label) for member in (*group, each)}
    captioned = len(captions) == 1 and captions != {""}
    if len(group) == 1 and _is_yes_no(titles):
        return near or below or (captioned and same_row(last, each))
    if any(YES.match(title) or NO.match(title) for title in titles):
        return captioned and _is_yes_no(titles[:-1]) and bool(NEITHER.match(titles[-1]))
    if titles[-1] in titles[:-1]:
        return False
    numbers = {_number_of(member) for member in (*group, each)}
    if captioned or (len(numbers) == 1 and numbers != {""}):
        return True
    return (near or below) and bool(_shared_caption([*group, each]))


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _number_of(each: Field) -> str:
    """The number in front of a tick's tooltip, with its section: "2 5B"."""
    said = worded(each.tooltip or each.label)
    return said.number if len(said.number) > 1 or said.number.isdigit() else ""


def _shared_caption(members: Sequence[Field]) -> str:
    """The same words in front of every tick, up to a colon or question mark."""
    texts = [worded(each.tooltip).was if each.tooltip else "" for each in members]
    texts = [text[len(worded(text).preface) :] if text else "" for text in texts]
    fronts = [re.match(r"^(?:.*?[:?])(?=\s)", _unsectioned(text)) for text in texts]
    shared = {front[0].strip() if front else "" for front in fronts}
    return shared.pop() if len(shared) == 1 and "" not in shared else ""


def _unsectioned(text: str) -> str:
    section, rest = take_section(text)
    return re.sub(r"^(?:read|see)\b[^.]*\.\s*", "", rest, flags=re.I) if section else text


def _tick(each: Field) -> Tick:
    """The words beside a tick, or the end of its tooltip when nothing stands beside it."""
    number, words = take_number(tidy(_own_words(each)))
    words = re.sub(r"^check ?box\b[\s.:\-–]*", "", words, flags=re.I)
    core, brackets = take_brackets(words)
    marks = _MARKS.findall(words)
    if YES.match(core.strip(' ".')) or NO.match(core.strip(' ".')):
        title = core.strip(' ".')
    elif marks and len(words) > 12:
        title = re.sub(r"[^A-Za-z]", "", marks[-1])
    else:
        title = core
    said = ". ".join([*brackets, each.tooltip])
    answered = _ANSWERED.match(words)
    if answered:
        title, said = answered["answer"], f"{answered['rest']}. {said}"
    if not re.search(r"\w", title):
        title = each.on_state.replace("_", " ")
    named = _NAMED_ANSWER.search(each.name)
    if named and (YES.match(title) or NO.match(title) or not title):
        title = named[1]
    return Tick(each, _option_title(title), said, number)


def _own_words(each: Field) -> str:
    """Its label; a lone letter ("A") is the front of a tooltip that says more."""
    if len(each.label) < 3 and re.match(rf"{re.escape(each.label)}\W+\w{{2}}", each.tooltip) and each.label:
        return each.tooltip[len(each.label) :].strip(" .,:;-)")
    return each.label or each.tooltip


def _option_title(text: str) -> str:
    if YES.match(text) or NO.match(text):
        return text.capitalize()
    text = re.sub(
        r"\s*\b(?:specify|explain|describe|please specify|list|bitte angeben)\s*:?\s*$", "", text, flags=re.I
    )
    return plain(drop_speak(text))


def _item(members: Sequence[Field]) -> Item:
    ticks = _by_states([_tick(each) for each in members])
    caption = _caption(ticks)
    titles = _distinct([tick.title for tick in ticks])
    said = tuple(tick.said for tick in ticks)
    if len(ticks) == 1:
        return _lone(ticks[0], caption)
    slots = tuple(Slot(tick.field, option=at) for at, tick in enumerate(ticks))
    if _is_yes_no(titles):
        at = [YES_AT if YES.match(title) else NO_AT for title in titles]
        slots = tuple(Slot(tick.field, option=one) for tick, one in zip(ticks, at, strict=True))
        said = tuple(tick.said for _, tick in sorted(zip(at, ticks, strict=True), key=lambda pair: pair[0]))
        return Item(slots, Q.YES_NO, caption, ("Yes", "No"), said=said)
    type_, doubt = _one_or_several(members, caption, titles)
    doubts: tuple[str, ...] = (doubt,) if doubt else ()
    if any(re.match(r"(?i)option \d", title) for title in titles):
        doubts += ("Some of its options have no words of their own.",)
    return Item(slots, type_, caption, tuple(titles), doubts=doubts, said=said)


def _by_states(ticks: Sequence[Tick]) -> list[Tick]:
    """Marks of one field by their export values, where those are Yes and No, or the print says nothing new.

    The file decides then: print may stand left or right of a mark, and the reader takes the nearer.
    """
    if not all(is_exclusive(tick.field) for tick in ticks):
        return list(ticks)
    states = [tick.field.on_state.replace("_", " ").strip() for tick in ticks]
    worded_states = all(re.search(r"[^\W\d_]{2}", state) for state in states)
    repeats = len({tick.title.lower() for tick in ticks}) < len(ticks)
    if _is_yes_no(states) or (repeats and worded_states):
        return [replace(tick, title=_option_title(state)) for tick, state in zip(ticks, states, strict=True)]
    return _with_the_other_answer(ticks)


def _with_the_other_answer(ticks: Sequence[Tick]) -> list[Tick]:
    """Of two marks that exclude each other one is Yes, and the other took the words of its neighbour."""
    if len(ticks) != 2:
        return list(ticks)
    known = [bool(YES.match(tick.title) or NO.match(tick.title)) for tick in ticks]
    foreign = [_asks_something(tick) for tick in ticks]
    if sorted(known) == [False, True] and foreign[known.index(False)]:
        other = "No" if YES.match(ticks[known.index(True)].title) else "Yes"
        return [
            tick if is_known else replace(tick, title=other)
            for tick, is_known in zip(ticks, known, strict=True)
        ]
    if all(foreign) and same_row(ticks[0].field, ticks[1].field):
        first, second = ticks
        caption = first.field.group_label or first.field.label
        captioned = first.field.model_copy(update={"group_label": caption})
        return [replace(first, title="Yes", field=captioned), replace(second, title="No")]
    return list(ticks)


def _asks_something(tick: Tick) -> bool:
    """Are these the words of a question of its own, and not of an answer?"""
    words = re.findall(r"\w+", tick.title)
    return len(words) > 3 and (bool(tick.number) or bool(_QUESTION.match(tick.title)))


_QUESTION = re.compile(r"(?i)(?:do|did|does|are|is|was|were|have|has|had|will|would|can)\b")


def _is_yes_no(titles: Sequence[str]) -> bool:
    return len(titles) == 2 and any(map(YES.match, titles)) and any(map(NO.match, titles))


def _lone(tick: Tick, caption: Worded) -> Item:
    own = worded(tick.field.label or tick.field.tooltip)
    if YES.match(own.title) or NO.match(own.title) or len(own.title) < 2:
        own = caption if caption.title else own
    words = replace(own, number=own.number or caption.number)
    return Item((Slot(tick.field),), Q.TICK, words, said=(tick.said,))


def _caption(ticks: Sequence[Tick]) -> Worded:
    """The caption over the group: its group label, else the front of the tooltips."""
    shared = _shared_caption([tick.field for tick in ticks])
    if shared and len(ticks) > 1 and not ticks[0].field.group_label:
        return worded(shared)
    texts = [tick.field.group_label for tick in ticks] + [tick.field.tooltip for tick in ticks]
    titles = sorted((tick.title for tick in ticks), key=len, reverse=True)
    found = [worded(_without_option(_without_marks(text), titles)) for text in texts]
    usable = [said for said in found if len(said.title) > 2 and not _only_options(said.title, ticks)]
    if usable:
        return _fullest(usable)
    number = next((tick.number for tick in ticks if tick.number), "")
    return Worded(number=number, was=tidy(" / ".join(tick.title for tick in ticks)))


def _without_option(text: str, titles: Sequence[str]) -> str:
    """A tooltip without the option at its end: "WHAT IS YOUR STATUS? MARRIED." """
    for title in titles:
        found = re.search(rf"[?.:)]\s*{re.escape(title)}\W*$", text, re.I) if len(title) > 1 else None
        if found and found.start() > 8:
            return text[: found.start() + 1]
    return text


def _fullest(found: Sequence[Worded]) -> Worded:
    """The first caption, unless another one has all of it and more: print is cut at a line end."""
    first = found[0]
    fuller = [said for said in found[1:] if bare(first.title) in bare(said.title) and len(said.title) < 200]
    return max([first, *fuller], key=lambda said: len(said.title))


def _without_marks(text: str) -> str:
    """A tooltip without the answer at its end: "11A. WERE YOU ... ? YES." """
    text = tidy(text)
    return re.sub(
        r'[\s.:]*(?:check box\W*)?"?\b(?:yes|no)\b"?[\s.]*(?:\(?if\b.*|\(?skip\b.*)?$',
        "",
        text,
        flags=re.I | re.S,
    )


def _only_options(title: str, ticks: Sequence[Tick]) -> bool:
    """Is what we took for a caption just the words of an option?"""
    flat = re.sub(r"\W+", " ", title).strip().lower()
    machine = bool(re.search(r"(?i)radiobutton|check ?box ?\d|button ?list|^group ?\d", title))
    return machine or any(flat == re.sub(r"\W+", " ", tick.title).strip().lower() for tick in ticks)


def _distinct(titles: Sequence[str]) -> list[str]:
    """Options need words, and different ones."""
    named = [title or f"Option {at}" for at, title in enumerate(titles, start=1)]
    counted: dict[str, int] = {}
    result = []
    for title in named:
        counted[title] = counted.get(title, 0) + 1
        result.append(title if counted[title] == 1 else f"{title} ({counted[title]})")
    return result


def _one_or_several(members: Sequence[Field], caption: Worded, titles: Sequence[str]) -> tuple[Q, str]:
    """Choice or choices, and a doubt in words when the form does not say."""
    words = f"{caption.was} {caption.preface} {members[0].group_label}"
    one_field = len({each.name or each.id for each in members}) == 1
    if SEVERAL.search(words) and not one_field and not any(map(is_exclusive, members)):
        return Q.CHOICES, ""
    if all(each.widget is Widget.RADIO or is_exclusive(each) for each in members):
        return Q.CHOICE, ""
    starts = {word.lower() for title in titles for word in title.split()[:1]}
    if any(pair <= starts for pair in EXCLUSIVE) or ONE.search(words):
        return Q.CHOICE, ""
    if any(map(YES.match, titles)) and any(map(NO.match, titles)):
        return Q.CHOICE, ""
    if all(title.isdigit() for title in titles):
        return Q.CHOICE, ""
    return (
        Q.CHOICES,
        "The form does not say whether one or several may be ticked. We let people choose several.",
    )


def stands_beside(tick: Field, box: Field) -> bool:
    """Is the box the place to write after this tick: "Other (specify) ____"?"""
    level = tick.page == box.page and box.box.y0 - 2 < tick.box.centre[1] < box.box.y1 + 2
    if level or same_row(tick, box):
        return 0 <= box.box.x0 - tick.box.x1 < 260
    below = -3 <= box.box.y0 - tick.box.y1 < 16 and abs(box.box.x0 - tick.box.x0) < 80
    return tick.page == box.page and below


def ticks_in_order(members: Sequence[Field]) -> bool:
    return all(one.box.y0 <= two.box.y1 for one, two in pairwise(members))
