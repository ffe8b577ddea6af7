"""Whatever people do in whatever order, a case stays what a few lines of plain Python say it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.parts.casework.acting import MONDAY

from perdure.foundation.audit import api as audit
from perdure.parts.casework import api as casework

WORDS = st.sampled_from(["", " ", "Since when?", "A second line.\nHere."])


class CaseLife(RuleBasedStateMachine):
    """The plain model: who holds it, what was asked, when the clock stopped, how it ended."""

    send = staticmethod(lambda: "")
    people: tuple = ()

    @initialize()
    def begin(self) -> None:
        self.reference = type(self).send()
        self.now: datetime = MONDAY
        self.holder = ""
        self.asked = ""
        self.paused_on: date | None = None
        self.due = MONDAY.date() + timedelta(days=28)
        self.ended = ""
        self.happened = 0
        self.letters = 0

    def does(self, act, **told) -> type | None:
        """Do it; the class of the refusal, or None when it was done."""
        try:
            act(reference=self.reference, at=self.now, **told)
        except casework.CaseworkError as refusal:
            return type(refusal)
        return None

    def holds_or_free(self, who) -> bool:
        return self.holder in ("", who.id)

    def becomes_holder(self, who) -> None:
        if not self.holder:
            self.holder = who.id
            self.happened += 1

    def clock_goes_on(self) -> None:
        if self.paused_on:
            self.due += timedelta(days=(self.now.date() - self.paused_on).days)
        self.paused_on, self.asked = None, ""

    @rule(days=st.integers(0, 9))
    def time_goes_by(self, days) -> None:
        self.now += timedelta(days=days)

    @rule(number=st.integers(0, 1))
    def take(self, number) -> None:
        who = self.people[number]
        refusal = self.does(casework.take, by=who)
        if self.ended:
            assert refusal is casework.CaseDecided
        elif not self.holds_or_free(who):
            assert refusal is casework.NotYourCase
        else:
            assert refusal is None
            self.becomes_holder(who)

    @rule(number=st.integers(0, 1), to=st.integers(-1, 1))
    def hand_over(self, number, to) -> None:
        who, receiver = self.people[number], self.people[to].id if to >= 0 else ""
        refusal = self.does(casework.hand_over, by=who, to=receiver, words="")
        if self.ended:
            assert refusal is casework.CaseDecided
        elif not self.holds_or_free(who):
            assert refusal is casework.NotYourCase
        else:
            assert refusal is None
            self.holder, self.happened = receiver, self.happened + 1

    @rule(number=st.integers(0, 1), words=WORDS)
    def note(self, number, words) -> None:
        refusal = self.does(casework.add_note, by=self.people[number], text=words)
        assert refusal is (None if words.strip() else casework.ReasonNeeded)
        self.happened += refusal is None

    @rule(number=st.integers(0, 1), words=WORDS)
    def ask(self, number, words) -> None:
        who = self.people[number]
        refusal = self.does(casework.ask_for_more, by=who, text=words)
        if self.ended:
            assert refusal is casework.CaseDecided
        elif not self.holds_or_free(who):
            assert refusal is casework.NotYourCase
        elif not words.strip():
            assert refusal is casework.ReasonNeeded
        else:
            assert refusal is None
            self.becomes_holder(who)
            self.asked, self.paused_on = words.strip(), self.paused_on or self.now.date()
            self.happened, self.letters = self.happened + 1, self.letters + 1

    @rule(words=st.sampled_from(["", "May.", "June."]))
    def reply(self, words) -> None:
        refusal = self.does(casework.reply, text=words)
        if self.ended:
            assert refusal is casework.CaseDecided
        elif not words:
            assert refusal is casework.ReasonNeeded
        elif self.asked:
            assert refusal is None
            self.clock_goes_on()
            self.happened += 1
        else:
            assert refusal in (
                None,
                casework.NothingAsked,
            )  # None: the last answer once more, which is nothing new

    @rule(number=st.integers(0, 1), outcome=st.sampled_from(["approve", "refuse", "no-such"]), words=WORDS)
    def decide(self, number, outcome, words) -> None:
        who = self.people[number]
        refusal = self.does(casework.decide, by=who, outcome=outcome, reason=words)
        if self.ended:
            assert refusal is casework.CaseDecided
        elif not self.holds_or_free(who):
            assert refusal is casework.NotYourCase
        elif outcome == "no-such":
            assert refusal is casework.OutcomeUnknown
        elif outcome == "refuse" and not words.strip():
            assert refusal is casework.ReasonNeeded
        else:
            assert refusal is None
            self.becomes_holder(who)
            self.clock_goes_on()
            self.ended = {"approve": "approved", "refuse": "refused"}[outcome]
            self.happened, self.letters = self.happened + 1, self.letters + 1

    @invariant()
    def the_case_is_what_the_model_says(self) -> None:
        case = casework.case_record(self.reference, person=self.people[0])
        assert str(case.holder_id or "") == self.holder
        assert (case.asked, case.paused_on, case.due_on) == (self.asked, self.paused_on, self.due)
        assert case.effect == self.ended
        assert (case.state == "decided") == bool(self.ended)
        assert (case.state == "waiting") == bool(self.asked)
        assert case.revision == self.happened == len(case.entries) - 1
        assert len(case.letters) == self.letters

    @invariant()
    def the_applicant_never_reads_what_staff_keep_to_themselves(self) -> None:
        kinds = {entry.kind for entry in casework.status_of(self.reference).entries}
        assert kinds <= {"received", "asked", "replied", "decided"}


@pytest.mark.django_db
def test_a_case_lives_any_life_and_stays_whole(send, amina, bram) -> None:
    class Life(CaseLife):
        pass

    Life.send = staticmethod(send)
    Life.people = (amina, bram)
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert audit.check_chain().broken is None
