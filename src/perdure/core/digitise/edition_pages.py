"""New questions go in behind their neighbour; questions that are gone go, unless something uses them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from perdure.core.definition.checks import errors_in
from perdure.core.definition.conditions.parse import RESERVED
from perdure.core.definition.model import Definition, Page, Question
from perdure.core.digitise.edition_routes import Used, options_of, renamed, uses_on


def new_names(
    old: Definition, drafted: Definition, fresh: Collection[str], names: Mapping[str, str]
) -> dict[str, str]:
    """A free name for each new question, and for each new repeating group that one of them stands in."""
    taken = {one.id for one in old.questions()} | {value.id for value in old.derived} | RESERVED
    taken |= {page.repeat.id for page in old.pages if page.repeat}
    found: dict[str, str] = {}
    for page in drafted.pages:
        inside = [one.id for one in page.questions if one.id in fresh]
        if page.repeat and inside and page.repeat.id not in names:
            found[page.repeat.id] = _free(page.repeat.id, taken, "_")
        found |= {name: _free(name, taken, "_") for name in inside}
    return found


def _free(name: str, taken: set[str], joint: str) -> str:
    tried, at = name, 2
    while tried in taken:
        tried, at = f"{name[:58].rstrip('-_')}{joint}{at}", at + 1
    taken.add(tried)
    return tried


def inserted(
    definition: Definition,
    drafted: Definition,
    fresh: Collection[str],
    names: Mapping[str, str],
    values: Mapping[tuple[str, str], str],
) -> tuple[Definition, dict[str, str]]:
    """The definition with the new questions.

    names, values  from the draft to the definition, for questions, groups and options
    Returns too, for each new question whose condition could not be kept, the sentence on the paper.
    """
    work = _Inserting(definition, drafted, fresh, names, values)
    for page in drafted.pages:
        work.page(page)
    return work.repaired()


class _Inserting:
    def __init__(
        self,
        definition: Definition,
        drafted: Definition,
        fresh: Collection[str],
        names: Mapping[str, str],
        values: Mapping[tuple[str, str], str],
    ) -> None:
        self.definition, self.fresh, self.names, self.values = definition, fresh, names, values
        self.pages = list(definition.pages)
        self.taken = {page.id for page in self.pages}
        self.options = options_of(drafted)
        self.neighbour = ""
        self.section = ("", "")
        self.made: dict[str, str] = {}

    def page(self, page: Page) -> None:
        """The new questions of one drafted page."""
        alone: list[Question] = []
        group = self.names.get(page.repeat.id, "") if page.repeat else ""
        joins = bool(page.repeat) and any(one.repeat and one.repeat.id == group for one in self.pages)
        beside = ""
        for question in page.questions:
            name = self.names.get(question.id, "")
            if question.id not in self.fresh:
                beside = self.neighbour = name if self._at(name) >= 0 else self.neighbour
                continue
            self.made[name] = question.id
            asked = self._named(question)
            if joins:
                self._into_group(group, beside, asked)
            elif beside and not alone and self._shares(beside):
                self._behind(beside, asked)
            else:
                alone.append(asked)
                continue
            beside = self.neighbour = name
        if alone:
            self._as_page(page, alone)
        self._remember(page)

    def _remember(self, page: Page) -> None:
        at = self._at(self.neighbour)
        if at >= 0:
            self.section = (page.section, self.pages[at].section)

    def _at(self, question: str) -> int:
        for at, page in enumerate(self.pages):
            if any(one.id == question for one in page.questions):
                return at
        return -1

    def _named(self, question: Question) -> Question:
        condition = renamed(question.asked_when, self.names, self.values, self.options)
        return question.model_copy(update={"id": self.names[question.id], "asked_when": condition})

    def _shares(self, question: str) -> bool:
        """Its page asks several questions already, once each."""
        page = self.pages[self._at(question)]
        return page.repeat is None and len(page.questions) > 1

    def _behind(self, question: str, new: Question) -> None:
        at = self._at(question)
        questions: list[Question] = []
        for one in self.pages[at].questions:
            questions += (one, new) if one.id == question else (one,)
        self.pages[at] = self.pages[at].model_copy(update={"questions": tuple(questions)})

    def _into_group(self, group: str, beside: str, new: Question) -> None:
        at = next(i for i, page in enumerate(self.pages) if page.repeat and page.repeat.id == group)
        if beside and self._at(beside) == at:
            self._behind(beside, new)
            return
        questions = (new, *self.pages[at].questions)
        self.pages[at] = self.pages[at].model_copy(update={"questions": questions})

    def _as_page(self, page: Page, questions: Sequence[Question]) -> None:
        condition = renamed(page.asked_when, self.names, self.values, self.options)
        repeat = page.repeat
        if repeat is not None:
            repeat = repeat.model_copy(update={"id": self.names[repeat.id]})
        section = self.section[1] if page.section == self.section[0] else page.section
        new = page.model_copy(
            update={
                "id": _free(page.id, self.taken, "-"),
                "asked_when": condition,
                "repeat": repeat,
                "section": section,
                "questions": tuple(questions),
                "title": page.title if len(questions) > 1 or repeat else "",
            }
        )
        looked_at = [name for use in uses_on(new, {}) for name in sorted(use.names)]
        at = 1 + max([self._at(self.neighbour), *(self._place_of(name) for name in looked_at)])
        self.pages.insert(at, new)
        self.neighbour = questions[-1].id

    def _place_of(self, name: str) -> int:
        for at, page in enumerate(self.pages):
            if page.repeat and page.repeat.id == name:
                return at
        return self._at(name)

    def repaired(self) -> tuple[Definition, dict[str, str]]:
        """Without the conditions of new questions that look at what is not asked, or asked later."""
        definition = self.definition.model_copy(update={"pages": tuple(self.pages)})
        lost: dict[str, str] = {}
        for _ in range(len(self.made) + 1):
            places = {finding.where[:4] for finding in errors_in(definition) if finding.where[0] == "pages"}
            pages = tuple(
                self._freed(page, {where[2:] for where in places if where[1] == at}, lost)
                for at, page in enumerate(definition.pages)
            )
            if pages == definition.pages:
                break
            definition = definition.model_copy(update={"pages": pages})
        return definition, lost

    def _freed(self, page: Page, wrong: set[tuple[str | int, ...]], lost: dict[str, str]) -> Page:
        if not wrong:
            return page
        mine = all(one.id in self.made for one in page.questions)
        if mine and ("asked_when",) in wrong:
            lost |= {self.made[one.id]: _sentence(page) for one in page.questions}
            page = page.model_copy(update={"asked_when": "", "because": ""})
        questions = list(page.questions)
        for at, one in enumerate(questions):
            if one.id in self.made and one.asked_when and ("questions", at) in wrong:
                lost[self.made[one.id]] = _sentence(one)
                questions[at] = one.model_copy(update={"asked_when": "", "because": ""})
        return page.model_copy(update={"questions": tuple(questions)})


def _sentence(one: Page | Question) -> str:
    return f"“{one.because}”" if one.because else f"it depended on {one.asked_when}"


def without(
    definition: Definition, gone: Sequence[str], uses: Iterable[Used]
) -> tuple[Definition, dict[str, tuple[Used, ...]]]:
    """The definition without the questions that are gone, and what uses those that had to stay."""
    uses = list(uses)
    leaving = set(gone)
    kept: dict[str, tuple[Used, ...]] = {}
    while True:
        staying = {page.id for page in definition.pages if not {one.id for one in page.questions} <= leaving}
        live = [use for use in uses if _is_live(use, leaving, staying)]
        group_of = _groups(definition, leaving)
        used = {
            name: tuple(use for use in live if {name, group_of.get(name, name)} & use.names)
            for name in gone
            if name in leaving
        }
        used = {name: some for name, some in used.items() if some}
        if not used and staying:
            break
        if not used:
            used = dict.fromkeys([name for name in gone if name in leaving][:1], ())
        kept |= used
        leaving -= set(used)
    pages = []
    for page in definition.pages:
        questions = tuple(one for one in page.questions if one.id not in leaving)
        if questions:
            pages.append(page.model_copy(update={"questions": questions}))
    return definition.model_copy(update={"pages": tuple(pages)}), kept


def _is_live(use: Used, leaving: set[str], staying: set[str]) -> bool:
    """Does what uses an answer stay itself?"""
    if use.kind == "question":
        return use.owner not in leaving
    return use.kind != "page" or use.owner in staying


def _groups(definition: Definition, leaving: set[str]) -> dict[str, str]:
    """The group of each question whose group would go with it."""
    return {
        one.id: page.repeat.id
        for page in definition.pages
        if page.repeat and {each.id for each in page.questions} <= leaving
        for one in page.questions
    }
