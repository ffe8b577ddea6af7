"""The path of an application through a service, as its answers stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from perdure.core.definition.conditions.condition import Condition
from perdure.core.definition.conditions.trace import Trace
from perdure.core.definition.model import Page, Question


@dataclass(frozen=True)
class Circumstances:
    """What the conditions of a path saw: kept so that they can be explained later."""

    answers: Mapping[str, Any]
    today: date


@dataclass(frozen=True)
class RecordOnPath:
    """One record of a repeating group.

    row        from 1, in the order they were given
    questions  those asked for this record
    missing    ids of required questions without an answer
    """

    row: int
    questions: tuple[Question, ...]
    answers: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class StepOnPath:
    """One page on the path.

    questions  those asked now; of a repeating page, all of its questions (see records)
    answers    the relevant answers of this page
    missing    answer paths still needed: "born", "children[2].child_name", or the group's id when there
               are too few records
    seen       the applicant has been here and pressed Continue
    records    of a repeating page
    too_many   records above the group's at_most
    """

    page: Page
    questions: tuple[Question, ...]
    answers: Mapping[str, Any]
    missing: tuple[str, ...]
    seen: bool
    records: tuple[RecordOnPath, ...] = ()
    too_many: int = 0
    asked_when: Condition | None = field(default=None, compare=False, repr=False)
    questions_asked_when: Mapping[str, Condition] = field(default_factory=dict, compare=False, repr=False)
    saw: Circumstances | None = field(default=None, compare=False, repr=False)

    @property
    def answered(self) -> bool:
        """Seen, and nothing is missing."""
        return self.seen and not self.missing and not self.too_many

    @property
    def why(self) -> Trace | None:
        """Why the page is asked; None when it always is."""
        if self.asked_when is None or self.saw is None:
            return None
        return self.asked_when.explain(self.saw.answers, self.saw.today)

    def why_question(self, question_id: str, *, row: int = 0) -> Trace | None:
        """Why a question of this page is asked or not; None when it always is with its page.

        row  of a repeating page: the record, from 1
        """
        condition = self.questions_asked_when.get(question_id)
        if condition is None or self.saw is None:
            return None
        record = self.records[row - 1].answers if row else {}
        return condition.explain({**self.saw.answers, **record}, self.saw.today)


@dataclass(frozen=True)
class Reason:
    """A rule of eligibility that refuses. reason: words to the applicant; why: its trace."""

    id: str
    reason: str
    source: str
    refuse_when: Condition = field(compare=False, repr=False)
    saw: Circumstances = field(compare=False, repr=False)

    @property
    def why(self) -> Trace:
        """Why the rule refuses."""
        return self.refuse_when.explain(self.saw.answers, self.saw.today)


@dataclass(frozen=True)
class Path:
    """The pages an application goes through, as its answers stand now.

    steps             in order
    missing           answer paths still needed, in order
    irrelevant        what was given but is not asked: ids of answers, and of a group's records
                      their answer paths, like children[2].child_needs
    relevant_answers  the answers without those: what is sent
    derived           values worked out: Decimal, str, bool or date; without those that have no answer
    reasons           why the applicant does not qualify; empty when nothing refuses
    pages             ids of all pages of the service, on the path or not, in order
    """

    steps: tuple[StepOnPath, ...]
    missing: tuple[str, ...]
    irrelevant: tuple[str, ...]
    relevant_answers: Mapping[str, Any]
    derived: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    pages: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def first_unanswered(self) -> str:
        """Id of the first page that was not seen or misses something; "" when there is none."""
        return next((step.page.id for step in self.steps if not step.answered), "")

    @property
    def complete(self) -> bool:
        """Every page on the path was seen, and nothing is missing: it can be sent."""
        return not self.first_unanswered

    def step(self, page_id: str) -> StepOnPath | None:
        """The step of a page; None when the page is not on the path."""
        return next((step for step in self.steps if step.page.id == page_id), None)

    def next_page_after(self, page_id: str) -> str:
        """Id of the next page on the path, also after a page that left it; "" after the last.

        ValueError for a page that the service does not have.
        """
        here = self._place(page_id)
        return next((step.page.id for step in self.steps if self.pages.index(step.page.id) > here), "")

    def _place(self, page_id: str) -> int:
        if page_id not in self.pages:
            raise ValueError(f"the service has no page {page_id}")
        return self.pages.index(page_id)

    def previous_page_before(self, page_id: str) -> str:
        """Id of the page before on the path; "" before the first. ValueError as above."""
        here = self._place(page_id)
        before = (step.page.id for step in reversed(self.steps) if self.pages.index(step.page.id) < here)
        return next(before, "")
