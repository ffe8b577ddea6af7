"""A definition made ready to work with, and the path of an application through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from perdure.core.definition.conditions.trace import Trace
from perdure.core.definition.model import Definition, Page, Question


@dataclass(frozen=True)
class RecordOnPath:
    """One record of a repeating group. row: from 1; missing: ids of required questions without an answer."""

    row: int
    questions: tuple[Question, ...]
    answers: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class StepOnPath:
    """One page on the path.

    questions  those asked now; of a repeating page, all of its questions (see records)
    answers    the relevant answers of this page
    missing    answer paths still needed: "born", "children[2].name", or the group's id when there are too few
    too_many   records above the group's at_most
    seen       the applicant has been here and pressed Continue
    answered   seen, and nothing is missing
    why        the trace of the page's condition; None when it is always asked
    """

    page: Page
    questions: tuple[Question, ...]
    answers: Mapping[str, Any]
    missing: tuple[str, ...]
    seen: bool
    records: tuple[RecordOnPath, ...] = ()
    too_many: int = 0

    @property
    def answered(self) -> bool:
        return self.seen and not self.missing and not self.too_many

    @property
    def why(self) -> Trace | None:
        raise NotImplementedError

    def why_question(self, question_id: str) -> Trace | None:
        """The trace of a question's own condition; None when it is always asked with its page."""
        raise NotImplementedError


@dataclass(frozen=True)
class Reason:
    """A rule of eligibility that refuses. reason: words to the applicant; why: its trace."""

    id: str
    reason: str
    source: str
    why: Trace


@dataclass(frozen=True)
class Path:
    """The pages an application goes through, as its answers stand now.

    steps             in order
    missing           answer paths still needed, in order
    irrelevant        ids of answers that were given but are not on the path
    relevant_answers  the answers without those: what is sent
    derived           values worked out: Decimal, str, bool or date; without the ones that have no answer
    reasons           why the applicant does not qualify; empty when nothing refuses
    first_unanswered  id of the first page that is not seen or misses something; "" when complete
    """

    steps: tuple[StepOnPath, ...]
    missing: tuple[str, ...]
    irrelevant: tuple[str, ...]
    relevant_answers: Mapping[str, Any]
    derived: Mapping[str, Any]
    reasons: tuple[Reason, ...]

    @property
    def complete(self) -> bool:
        raise NotImplementedError

    @property
    def first_unanswered(self) -> str:
        raise NotImplementedError

    def step(self, page_id: str) -> StepOnPath | None:
        """The step of a page; None when the page is not on the path."""
        raise NotImplementedError

    def next_page_after(self, page_id: str) -> str:
        """Id of the next page on the path, also after a page that left it; "" after the last."""
        raise NotImplementedError

    def previous_page_before(self, page_id: str) -> str:
        """Id of the page before on the path; "" before the first."""
        raise NotImplementedError


class Service:
    """A definition with its conditions compiled. hash: its content hash."""

    definition: Definition
    hash: str

    def path(self, answers: Mapping[str, Any], *, today: date, seen: frozenset[str] | None = None) -> Path:
        """The path as the answers stand. A pure function.

        seen  ids of pages where the applicant pressed Continue; None counts every page as seen
              (an application that came on paper, or one that was sent)
        """
        raise NotImplementedError

    def page(self, page_id: str) -> Page | None:
        raise NotImplementedError

    def question(self, question_id: str) -> Question | None:
        raise NotImplementedError


def compile_service(definition: Definition) -> Service:
    """The service of a definition, kept by content hash. Raises DefinitionError."""
    raise NotImplementedError


def value_at(answers: Mapping[str, Any], answer: str) -> Any | None:
    """The stored answer at an answer path of a paper box.

    name.given; born.day -> "04"; sum.whole -> "1234", sum.cents -> "50"; children[2].name.given.
    None when there is no answer.
    """
    raise NotImplementedError
