"""What publishing a draft would change for applicants. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from perdure.core.definition.model import Definition, Question

_NOT_SEEN = ("confidence", "was")


@dataclass(frozen=True)
class Reworded:
    """A question that both have, and differs. before, after: its titles; what: names of what changed."""

    id: str
    before: str
    after: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The difference between the live version and a draft.

    moved  questions both have come in another order
    rest   names of other chapters that differ: letters, eligibility, contact ...
    """

    added: tuple[Question, ...] = ()
    removed: tuple[Question, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    moved: bool = False
    rest: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        return not (self.added or self.removed or self.reworded or self.moved or self.rest)


def changes_between(live: Definition, draft: Definition) -> Changes:
    """What differs, in the order of the draft (removed questions: of the live version)."""
    before = {question.id: question for question in live.questions()}
    after = {question.id: question for question in draft.questions()}
    kept = [name for name in after if name in before]
    return Changes(
        added=tuple(question for name, question in after.items() if name not in before),
        removed=tuple(question for name, question in before.items() if name not in after),
        reworded=tuple(found for name in kept if (found := _reworded(before[name], after[name]))),
        moved=kept != [name for name in before if name in after],
        rest=tuple(_rest(live, draft)),
    )


def _reworded(before: Question, after: Question) -> Reworded | None:
    names = [name for name in Question.model_fields if name not in _NOT_SEEN]
    what = tuple(name for name in names if getattr(before, name) != getattr(after, name))
    return Reworded(after.id, before.title, after.title, what) if what else None


def _rest(live: Definition, draft: Definition) -> list[str]:
    """Names of chapters that differ beside the questions; pages count when screens differ in another way."""
    names = [name for name in Definition.model_fields if name not in {"pages", "id", "perdure"}]
    differ = [name for name in names if getattr(live, name) != getattr(draft, name)]
    return (["pages"] if _frames(live) != _frames(draft) else []) + differ


def _frames(definition: Definition) -> dict[str, object]:
    """The screens without the words of their questions: what stands together, when it is asked, guidance."""
    return {
        page.id: (
            page.title,
            page.section,
            page.asked_when,
            page.guidance,
            page.repeat,
            tuple(sorted(question.id for question in page.questions)),
        )
        for page in definition.pages
    }
