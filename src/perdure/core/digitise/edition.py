"""A new edition of a form, taken up by the service that was made from the old one.

    old definition, draft of the new paper -> the old definition on the new paper, and what changed

Everything the owner decided stays: titles, hints, kinds, options, routes, order, letters,
casework, what is left out and why. From the new paper come its pages and boxes, and the
questions that are new; questions that are gone go, unless something still uses their answer.
A pure function: the same two definitions give the same edition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

from perdure.core.definition.model import (
    ADDRESS_PARTS,
    NAME_PARTS,
    Definition,
    LeftOut,
    Page,
    Paper,
    PaperBox,
    Question,
    QuestionType,
)
from perdure.core.digitise.edition_boxes import (
    CHOOSING,
    OptionsTaken,
    found_again,
    links,
    not_asked,
    options_taken,
    renamed_box,
)
from perdure.core.digitise.edition_match import LONGEST_WAS, Spot, said, same_boxes, says_already, spots_of
from perdure.core.digitise.edition_pages import inserted, new_names, without
from perdure.core.digitise.edition_routes import Used, uses_of
from perdure.core.digitise.edition_values import Change, ChangeKind, Edition, EditionRefused, Kept

__all__ = ["Change", "ChangeKind", "Edition", "EditionRefused", "Kept", "take_up"]


def take_up(old: Definition, drafted: Definition) -> Edition:
    """The service on its new paper.

    old      as its owner keeps it, with the paper of the edition so far
    drafted  the draft of the new edition, as `draft_service` makes it

    Raises EditionRefused when the old definition has no paper, or the papers share no question.
    """
    if old.paper is None or drafted.paper is None:
        raise EditionRefused("This definition has no paper form.", "Digitise the new form without --against.")
    if old.paper.sha256 and old.paper.sha256 == drafted.paper.sha256:
        return Edition(old, (), ())
    return _Taking(old, drafted).edition()


class _Taking:
    """One edition being taken up: what both papers share, then each thing in turn."""

    def __init__(self, old: Definition, drafted: Definition) -> None:
        self.old, self.drafted = old, drafted
        olds, news = spots_of(old), spots_of(drafted)
        self.known = links(olds, news, same_boxes(olds, news, old, drafted))
        if any(spot.asked for spot in olds) and not self.known.home:
            raise EditionRefused(
                "This form shares no question with the one behind the definition.",
                "Check that it is a new edition of the same form; else digitise it without --against.",
            )
        self.uses = uses_of(old)
        self.changes: list[Change] = []
        self.questions = {one.id: one for one in old.questions()}
        self.asked_anew = {one.id: one for one in drafted.questions()}
        self.group_of = {
            one.id: page.repeat.id for page in old.pages if page.repeat for one in page.questions
        }
        self.values: dict[tuple[str, str], str] = {}
        self.fresh = self._fresh()
        self.names = dict(self.known.home) | dict(self.known.groups)
        self.names |= new_names(old, drafted, self.fresh, self.names)

    def edition(self) -> Edition:
        """Every step in order: words and options, boxes, new pages, what is gone."""
        for drafted, kept in self.known.home.items():
            if self.known.alone(drafted):
                self._options(drafted, kept)
        self._words()
        boxes, left = self._boxes()
        definition = self._with_questions()
        paper = self._paper(boxes, left)
        definition = definition.model_copy(update={"paper": paper})
        definition, unrouted = inserted(definition, self.drafted, self.fresh, self.names, self.values)
        self._tell_new(unrouted)
        definition, kept_though_gone = self._without_gone(definition)
        self._moved()
        return Edition(definition, self._in_order(), kept_though_gone)

    def _tell(self, kind: ChangeKind, question: str, title: str, says: str = "", page: int = 0) -> None:
        self.changes.append(Change(kind, question, title, says, page))

    def _in_order(self) -> tuple[Change, ...]:
        kinds = list(ChangeKind)
        return tuple(sorted(self.changes, key=lambda one: (kinds.index(one.kind), one.page)))

    # Which questions are new

    def _fresh(self) -> tuple[str, ...]:
        """Drafted questions that no old question is: with a box that nothing else explains."""
        found = []
        for question in self.drafted.questions():
            spots = self.known.spots_of_draft(question.id)
            if question.id not in self.known.home and any(not self._explained(spot) for spot in spots):
                found.append(question.id)
        return tuple(found)

    def _explained(self, spot: Spot) -> bool:
        """Left out before and now, or fixed words, or a derived value."""
        old = self.known.old_of(spot)
        return old is not None and (old.asked is not None or self._stays_out(spot, old))

    def _stays_out(self, new: Spot, old: Spot) -> bool:
        """The owner's reasons stay. So do the reader's while the words do, except "not understood"."""
        if old.left is None:
            return False
        if old.left.because == "owner_left_out" or new.left is not None:
            return True
        words = new.question.was if new.question else ""
        return old.left.because != "not_understood" and said(words) == said(old.left.words)

    # Words, options and parts

    def _options(self, drafted: str, kept: str) -> None:
        old, new = self.questions[kept], self.asked_anew[drafted]
        if old.type not in CHOOSING or new.type not in CHOOSING:
            return
        used = frozenset(value for use in self.uses for name, value in use.options if name == kept)
        taken = options_taken(old, new, self.known, used)
        self.values |= {(drafted, value): kept_as for value, kept_as in taken.values.items()}
        self.questions[kept] = old.model_copy(update={"options": taken.options})
        self._tell_options(old, taken, used, self._page(drafted))

    def _tell_options(self, old: Question, taken: OptionsTaken, used: frozenset[str], page: int) -> None:
        for one in taken.new:
            self._tell(ChangeKind.OPTION_NEW, old.id, old.title, f"New: “{one.title}”.", page)
        for one in taken.gone:
            stays = " It stays, because a condition looks at it." if one.value in used else ""
            self._tell(ChangeKind.OPTION_GONE, old.id, old.title, f"Gone: “{one.title}”.{stays}", page)
        for before, now in taken.reworded:
            says = f"The paper now says “{now.title}”; you say “{before.title}”."
            self._tell(ChangeKind.OPTION_REWORDED, old.id, old.title, says, page)

    def _words(self) -> None:
        """What the paper says now, for every old question that is found again."""
        for kept in dict.fromkeys(self.known.home.values()):
            drafts = [one for one, home in self.known.home.items() if home == kept]
            old = self.questions[kept]
            news = [self.asked_anew[one] for one in drafts]
            other = [one for one in news if old.was and not says_already(old.was, one.was)]
            if other:
                says = f"The paper said “{_short(old.was)}”. It now says “{_short(other[0].was)}”."
                self._tell(ChangeKind.REWORDED, kept, old.title, says, self._page(drafts[0]))
            if len(news) == 1 and self.known.alone(drafts[0]):
                renumbered = said(old.was) == said(news[0].was)
                was = news[0].was if other or renumbered or not old.was else old.was
                self.questions[kept] = old.model_copy(update={"was": was or old.was})
                self._routes(old, news[0])
            elif other:
                was = " / ".join(dict.fromkeys(one.was for one in news if one.was))[:LONGEST_WAS]
                self.questions[kept] = old.model_copy(update={"was": was or old.was})

    def _routes(self, old: Question, new: Question) -> None:
        """A sentence that sends people on, when the old definition has no such sentence."""
        before = _because(self.old, old.id)
        now = _because(self.drafted, new.id)
        if said(before) == said(now) or not now:
            return
        if not any(said(now) == said(_because(self.old, one.id)) for one in self.old.questions()):
            says = f"The paper now says “{_short(now)}”. Check when this is asked."
            self._tell(ChangeKind.ROUTE, old.id, old.title, says, self._page(new.id))

    def _page(self, drafted: str) -> int:
        return min((spot.page for spot in self.known.spots_of_draft(drafted)), default=0)

    # Boxes

    def _boxes(self) -> tuple[list[tuple[float, PaperBox]], list[tuple[float, LeftOut]]]:
        """Every box of the new paper with its place in the file: where it was, else behind the one before."""
        boxes: list[tuple[float, PaperBox]] = []
        left: list[tuple[float, LeftOut]] = []
        order_of = _file_order(self.old)
        last = {"boxes": -1.0, "left": -1.0}
        for new in sorted(self.known.news, key=lambda spot: _file_order(self.drafted)[spot.id]):
            made = self._box(new)
            kind = "boxes" if isinstance(made, PaperBox) else "left"
            before = self.known.old_of(new)
            same_list = before is not None and (before.asked is not None) == (kind == "boxes")
            if before is not None and same_list:
                last[kind] = float(order_of[before.id])
            place = last[kind] if before is not None and same_list else last[kind] + 0.5
            if isinstance(made, PaperBox):
                boxes.append((place, made))
            else:
                left.append((place, made))
        return boxes, left

    def _box(self, new: Spot) -> PaperBox | LeftOut:
        old = self.known.old_of(new)
        if old is not None and old.left is not None and self._stays_out(new, old):
            by_owner = old.left.because == "owner_left_out" or new.left is None
            return found_again(new, old) if by_owner else _as_drafted(new, old)
        if new.left is not None and (old is None or old.asked is None):
            if old is None and new.left.because == "not_understood":
                says = "This box of the paper was not understood, and is not asked."
                self._tell(ChangeKind.NO_PLACE, "", _short(new.left.words) or f"Box {new.id}", says, new.page)
            return new.left
        if new.asked is not None and new.unit in self.fresh:
            return self._new_box(new)
        return self._kept_box(new, old)

    def _new_box(self, new: Spot) -> PaperBox:
        assert new.asked is not None
        name = self.names[new.unit]
        base = f"{self.names[new.group]}[{new.row}].{name}" if new.group else name
        answer = base + (f".{new.part}" if new.part else "")
        return new.asked.model_copy(update={"answer": answer})

    def _kept_box(self, new: Spot, old: Spot | None) -> PaperBox | LeftOut:
        home = self.known.home.get(new.unit, "")
        if old is not None and old.asked is not None and not (home and self._redrawn(new.unit)):
            return found_again(new, old, reworded=self._is_reworded(home))
        kept = self.questions[home]
        made = renamed_box(new, kept, self._group(home, new), self._values(new.unit))
        if made is None:
            title = kept.title
            says = (
                f"A box for “{_short(_said_by(new))}” could not be tied to an answer, and is not filled in."
            )
            self._tell(ChangeKind.NO_PLACE, kept.id, title, says, new.page)
            return not_asked(new)
        self._with_part(kept, new)
        return made

    def _redrawn(self, drafted: str) -> bool:
        """One question of the same kind on both papers, whose boxes came or went: the draft places them."""
        kept = self.questions[self.known.home[drafted]]
        same = self.known.alone(drafted) and kept.type is self.asked_anew[drafted].type
        in_groups = self._group_pair(drafted, kept.id)
        return same and in_groups and not self.known.whole(drafted)

    def _group_pair(self, drafted: str, kept: str) -> bool:
        """Both stand alone, or in groups that are the same group."""
        new = next((spot.group for spot in self.known.spots_of_draft(drafted)), "")
        return self.known.groups.get(new, "") == self.group_of.get(kept, "")

    def _group(self, kept: str, new: Spot) -> str:
        group = self.group_of.get(kept, "")
        return group if not new.group or self.known.groups.get(new.group) == group else ""

    def _values(self, drafted: str) -> Mapping[str, str]:
        return {value: kept for (question, value), kept in self.values.items() if question == drafted}

    def _is_reworded(self, kept: str) -> bool:
        return any(one.kind is ChangeKind.REWORDED and one.question == kept for one in self.changes)

    def _with_part(self, kept: Question, new: Spot) -> None:
        """A part of a name or address that the paper asks now."""
        known = {QuestionType.NAME: NAME_PARTS, QuestionType.ADDRESS: ADDRESS_PARTS}.get(kept.type, ())
        if not kept.parts or new.part not in known or new.part in kept.parts:
            return
        parts = tuple(part for part in known if part in (*kept.parts, new.part))
        self.questions[kept.id] = kept.model_copy(update={"parts": parts})
        says = f"The paper has a box for its part “{new.part}” now."
        self._tell(ChangeKind.PART, kept.id, kept.title, says, new.page)

    def _paper(self, boxes: list[tuple[float, PaperBox]], left: list[tuple[float, LeftOut]]) -> Paper:
        new = self.drafted.paper
        assert new is not None
        ordered = tuple(box for _, box in sorted(boxes, key=lambda pair: pair[0]))
        out = tuple(one for _, one in sorted(left, key=lambda pair: pair[0]))
        return new.model_copy(update={"boxes": ordered, "left_out": out})

    # Questions and pages

    def _with_questions(self) -> Definition:
        """The old pages with the words, options and rooms of the new paper."""
        self._room()
        pages = tuple(
            page.model_copy(
                update={"questions": tuple(self.questions[one.id] for one in page.questions)}
                | self._rows(page)
            )
            for page in self.old.pages
        )
        return self.old.model_copy(update={"pages": pages})

    def _room(self) -> None:
        """A comb of another length: the longest answer follows it, when it was as long as the comb."""
        for drafted, kept in self.known.home.items():
            ones, twos = self.known.spots_of_old(kept), self.known.spots_of_draft(drafted)
            if len(ones) != 1 or len(twos) != 1 or not self.known.alone(drafted):
                continue
            before, now = ones[0].asked, twos[0].asked
            old = self.questions[kept]
            if before and now and now.cells and before.cells and now.cells != before.cells:
                if old.max_length == before.cells:
                    self.questions[kept] = old.model_copy(update={"max_length": now.cells})
                says = f"The paper has room for {now.cells} characters; it had {before.cells}."
                self._tell(ChangeKind.ROOM, kept, old.title, says, now.page)

    def _rows(self, page: Page) -> dict[str, Any]:
        """The printed rows of a group that changed on the paper."""
        if page.repeat is None:
            return {}
        group = page.repeat.id
        news = [new for new, old in self.known.groups.items() if old == group]
        rows = [int(spot.row) for spot in self.known.news if spot.group in news and spot.group]
        before = [int(spot.row) for spot in self.known.olds if spot.group == group]
        if not rows or not before or max(rows) == max(before):
            return {}
        says = f"The paper has room for {max(rows)}; it had {max(before)}."
        self._tell(ChangeKind.ROOM, group, page.title or page.repeat.one, says)
        if page.repeat.printed_rows != max(before):
            return {}
        return {"repeat": page.repeat.model_copy(update={"printed_rows": max(rows)})}

    def _tell_new(self, unrouted: Mapping[str, str]) -> None:
        for drafted in self.fresh:
            question = self.asked_anew[drafted]
            says = f"On the paper: “{_short(question.was)}”." if question.was else ""
            if drafted in unrouted:
                says = f"{says} Say when it is asked: {unrouted[drafted]}".strip()
            self._tell(ChangeKind.NEW, self.names[drafted], question.title, says, self._page(drafted))

    def _without_gone(self, definition: Definition) -> tuple[Definition, tuple[Kept, ...]]:
        gone = [
            one.id
            for one in self.old.questions()
            if (spots := self.known.spots_of_old(one.id))
            and not any(spot.at in self.known.pairs.values() for spot in spots)
        ]
        definition, used = without(definition, gone, uses_of(definition))
        kept = []
        for name in gone:
            old = next(one for one in self.old.questions() if one.id == name)
            page = min(spot.page for spot in self.known.spots_of_old(name))
            if name in used:
                kept.append(Kept(name, old.title, tuple((use.kind, use.owner) for use in used[name])))
                says = f"Not on the new paper, but used by {_listed(used[name])}."
                self._tell(ChangeKind.STILL_ASKED, name, old.title, says, page)
            else:
                self._tell(ChangeKind.GONE, name, old.title, f"The paper said “{_short(old.was)}”.", page)
        self._tell_without_box(definition, gone)
        return definition, tuple(kept)

    def _tell_without_box(self, definition: Definition, gone: list[str]) -> None:
        """Answers that had a box and have none, though their question stays."""
        boxes = definition.paper.boxes if definition.paper else ()
        placed = {(box.answer, box.when) for box in boxes}
        told = {(one.kind, one.question) for one in self.changes}
        for spot in self.known.olds:
            box = spot.asked
            if box is None or spot.unit in gone or (box.answer, box.when) in placed:
                continue
            fewer_rows = spot.row and (ChangeKind.ROOM, spot.group) in told
            if fewer_rows or (spot.option[0] and (ChangeKind.OPTION_GONE, spot.unit) in told):
                continue
            placed.add((box.answer, box.when))
            if box.answer or not any(one.text == box.text for one in boxes):
                title = spot.question.title if spot.question else box.text or box.answer
                says = f"The paper has no box for {_which(spot)} any more."
                kind = ChangeKind.PART if spot.part and not spot.row else ChangeKind.NO_PLACE
                self._tell(kind, spot.unit if spot.question else "", title, says, spot.page)

    def _moved(self) -> None:
        """Questions on another page of the paper, or out of the order they had."""
        first: dict[str, tuple[Spot, Spot]] = {}
        for new in self.known.news:
            old = self.known.old_of(new)
            if old is not None and old.question and old.unit not in first:
                first[old.unit] = (old, new)
        order = sorted(first, key=lambda name: first[name][0].at)
        steady = _steady([first[name][1].at for name in order])
        for place, name in enumerate(order):
            old, new = first[name]
            if old.page != new.page:
                says = f"From page {old.page} of the paper to page {new.page}."
            elif place not in steady:
                says = f"In another place on page {new.page} of the paper."
            else:
                continue
            self._tell(ChangeKind.MOVED, name, self.questions[name].title, says, new.page)


def _as_drafted(new: Spot, old: Spot) -> LeftOut:
    """Left out by the reader both times: the old words stay while they say the same."""
    assert new.left is not None
    assert old.left is not None
    return new.left.model_copy(update={"note": old.left.note or new.left.note})


def _file_order(definition: Definition) -> dict[str, int]:
    paper = definition.paper
    assert paper is not None
    ids = [*(box.id for box in paper.boxes), *(left.box for left in paper.left_out)]
    return {name: at for at, name in enumerate(ids)}


def _because(definition: Definition, question: str) -> str:
    for page in definition.pages:
        for one in page.questions:
            if one.id == question:
                return one.because or page.because
    return ""


def _said_by(new: Spot) -> str:
    words = new.option[1] or new.part
    was = new.question.was if new.question else ""
    return words or was or new.id


def _which(spot: Spot) -> str:
    """The record, part or option whose box it is, in words."""
    named = [f"record {spot.row}"] if spot.row else []
    named += [f"its part “{spot.part}”"] if spot.part else []
    named += [f"the answer “{spot.option[1]}”"] if spot.option[1] else []
    return ", ".join(named) or "this"


def _short(text: str, most: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 4].rsplit(" ", 1)[0] + " ..."


def _listed(uses: tuple[Used, ...]) -> str:
    return ", ".join(f"the {use.kind} {use.owner}" for use in uses)


def _steady(places: list[int]) -> set[int]:
    """Indexes of a longest run of places that only grow: what is not in it has moved."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at_end[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at_end[length : length + 1] = [index]
    return set(_back(before, at_end[-1])) if at_end else set()


def _back(before: list[int], index: int) -> Iterator[int]:
    while index >= 0:
        yield index
        index = before[index]
