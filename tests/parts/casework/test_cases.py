"""The life of a case: received, taken, asked, answered, decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.parts.casework.acting import MONDAY, publish, send_application, staff
from tests.parts.casework.service import ANSWERS, grant

from perdure.foundation.access.api import NotAllowed
from perdure.foundation.audit import api as audit
from perdure.parts.casework import api as casework
from perdure.parts.casework.receiving import Receiving
from perdure.parts.intake import api as intake

pytestmark = pytest.mark.django_db
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


def verbs_about(reference):
    return [act.verb for act in audit.acts_about(reference)]


def test_an_application_that_is_sent_becomes_one_case(send, amina, record_of):
    reference = send()
    case = record_of(reference, amina)
    assert (case.state, case.holder, case.due_on) == ("new", "", date(2026, 12, 21))
    assert [entry.kind for entry in case.entries] == ["received"]


def test_receiving_the_same_application_twice_changes_nothing(send, amina, record_of):
    reference = send()
    Receiving().receive(intake.sent(reference))
    assert casework.open_count(amina) == 1
    assert len(record_of(reference, amina).entries) == 1
    assert verbs_about(reference).count("case-received") == 1


def test_when_no_case_can_be_opened_nothing_is_sent(home_grant, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr("perdure.parts.casework.receiving.audit.record", fail)
    with pytest.raises(OSError, match="disk"):
        send_application(home_grant, ANSWERS)
    from perdure.parts.casework.models import Case
    from perdure.parts.intake.models import Application

    assert Case.objects.count() == 0
    assert Application.objects.get().state == "draft"


def test_taking_a_case_makes_it_ones_own(send, amina, bram, record_of):
    reference = send()
    casework.take(reference=reference, by=amina, at=MONDAY)
    assert record_of(reference, bram).holder == "Amina Khan"
    with pytest.raises(casework.NotYourCase, match="Amina Khan"):
        casework.take(reference=reference, by=bram, at=MONDAY)


def test_the_next_case_is_the_one_due_soonest_that_nobody_holds(send, amina, bram):
    late, early = send(at=TUESDAY), send(at=MONDAY)
    assert casework.take_next(by=amina, at=FRIDAY) == early
    assert casework.take_next(by=bram, at=FRIDAY) == late
    with pytest.raises(casework.NoCaseWaits):
        casework.take_next(by=amina, at=FRIDAY)


def test_only_the_holder_decides(send, amina, bram, record_of):
    reference = send()
    casework.take(reference=reference, by=amina, at=MONDAY)
    with pytest.raises(casework.NotYourCase):
        casework.decide(reference=reference, outcome="approve", by=bram, at=MONDAY)
    assert record_of(reference, bram).state == "open"  # and nothing was written


def test_deciding_a_case_nobody_holds_takes_it(send, amina, record_of):
    reference = send()
    casework.decide(reference=reference, outcome="approve", by=amina, at=TUESDAY)
    case = record_of(reference, amina)
    assert (case.state, case.effect, case.outcome_title, case.holder) == (
        "decided",
        "approved",
        "Approve",
        "Amina Khan",
    )
    assert [entry.kind for entry in case.entries] == ["received", "taken", "decided"]


def test_a_case_is_decided_once(send, amina):
    reference = send()
    casework.decide(reference=reference, outcome="approve", by=amina, at=TUESDAY)
    with pytest.raises(casework.CaseDecided, match="24 November 2026"):
        casework.decide(reference=reference, outcome="refuse", reason="No.", by=amina, at=FRIDAY)
    assert casework.status_of(reference).effect == "approved"


def test_a_refusal_needs_a_reason_and_an_approval_does_not(send, amina, record_of):
    reference = send()
    with pytest.raises(casework.ReasonNeeded):
        casework.decide(reference=reference, outcome="refuse", reason="  ", by=amina, at=MONDAY)
    assert record_of(reference, amina).state == "new"
    casework.decide(reference=reference, outcome="refuse", reason="The house is new.", by=amina, at=MONDAY)
    assert casework.status_of(reference).reason == "The house is new."


def test_any_outcome_of_the_definition_can_be_decided_and_no_other(send, amina):
    reference = send()
    with pytest.raises(casework.OutcomeUnknown):
        casework.decide(reference=reference, outcome="postpone", reason="x", by=amina, at=MONDAY)
    casework.decide(reference=reference, outcome="withdraw", reason="You asked us to.", by=amina, at=MONDAY)
    assert casework.status_of(reference).effect == "withdrawn"


def test_the_reason_of_a_rule_that_refuses_goes_before_ones_own_words(send, amina):
    reference = send({"savings": "30000.00"})
    casework.decide(
        reference=reference, outcome="refuse", reason="Sorry.", rules_named=["savings"], by=amina, at=MONDAY
    )
    assert casework.status_of(reference).reason == "You have more than £23,250 in savings.\n\nSorry."


def test_a_rule_that_does_not_refuse_this_application_is_no_reason(send, amina):
    reference = send()
    with pytest.raises(casework.ReasonNeeded):
        casework.decide(reference=reference, outcome="refuse", rules_named=["savings"], by=amina, at=MONDAY)


def test_a_page_that_is_out_of_date_decides_nothing(send, amina, record_of):
    reference = send()
    seen = record_of(reference, amina).revision
    casework.add_note(reference=reference, text="The neighbour called.", by=amina, at=MONDAY)
    with pytest.raises(casework.CaseChanged):
        casework.decide(reference=reference, outcome="approve", by=amina, at=MONDAY, revision=seen)
    now = record_of(reference, amina).revision
    casework.decide(reference=reference, outcome="approve", by=amina, at=MONDAY, revision=now)


def test_the_clock_stands_still_while_the_applicant_is_asked(send, amina, record_of):
    reference = send()
    casework.ask_for_more(reference=reference, text="Send your rent contract.", by=amina, at=TUESDAY)
    waiting = record_of(reference, amina)
    assert (waiting.state, waiting.asked, waiting.paused_on) == (
        "waiting",
        "Send your rent contract.",
        date(2026, 11, 24),
    )
    casework.reply(reference=reference, text="I own it.", at=FRIDAY)
    going = record_of(reference, amina)
    assert (going.state, going.asked, going.paused_on) == ("open", "", None)
    assert going.due_on == date(2026, 12, 21) + timedelta(days=3)


def test_asking_needs_words(send, amina, record_of):
    reference = send()
    with pytest.raises(casework.ReasonNeeded):
        casework.ask_for_more(reference=reference, text=" ", by=amina, at=TUESDAY)
    assert record_of(reference, amina).state == "new"


def test_an_applicant_answers_only_what_was_asked_and_the_same_answer_once(send, amina, record_of):
    reference = send()
    with pytest.raises(casework.NothingAsked):
        casework.reply(reference=reference, text="Hello?", at=MONDAY)
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    casework.reply(reference=reference, text="Since May.", at=TUESDAY)
    casework.reply(reference=reference, text="Since May.", at=TUESDAY)  # the button was pressed twice
    kinds = [entry.kind for entry in record_of(reference, amina).entries]
    assert kinds.count("replied") == 1


def test_a_reply_makes_the_case_unread_again(send, amina):
    reference = send()
    casework.look(reference=reference, by=amina, at=MONDAY)
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    assert not casework.case_list(amina, casework.CaseFilters()).rows[0].unread
    casework.reply(reference=reference, text="Since May.", at=TUESDAY)
    assert casework.case_list(amina, casework.CaseFilters()).rows[0].unread


def test_a_case_is_handed_to_a_colleague_or_back_to_everybody(send, amina, bram, record_of):
    reference = send()
    casework.take(reference=reference, by=amina, at=MONDAY)
    casework.hand_over(reference=reference, to=bram.id, words="I am away.", by=amina, at=MONDAY)
    assert record_of(reference, amina).holder == "Bram de Wit"
    casework.hand_over(reference=reference, to="", words="", by=bram, at=MONDAY)
    assert (record_of(reference, amina).holder, record_of(reference, amina).state) == ("", "new")


def test_a_case_is_not_handed_to_somebody_who_may_not_work_it(send, amina, stranger, record_of):
    reference = send()
    casework.take(reference=reference, by=amina, at=MONDAY)
    with pytest.raises(casework.NotOnTheTeam):
        casework.hand_over(reference=reference, to=stranger.id, words="", by=amina, at=MONDAY)
    assert record_of(reference, amina).holder == "Amina Khan"


def test_an_owner_hands_over_what_somebody_else_holds_and_a_colleague_does_not(
    send, amina, bram, owner, record_of
):
    reference = send()
    casework.take(reference=reference, by=amina, at=MONDAY)
    with pytest.raises(casework.NotYourCase):
        casework.hand_over(reference=reference, to=bram.id, words="", by=bram, at=MONDAY)
    casework.hand_over(reference=reference, to=bram.id, words="Amina is ill.", by=owner, at=MONDAY)
    assert record_of(reference, bram).holder == "Bram de Wit"


def test_notes_are_for_staff_and_never_on_the_status_page(send, amina):
    reference = send()
    casework.add_note(reference=reference, text="Looks odd.", by=amina, at=MONDAY)
    assert [entry.kind for entry in casework.status_of(reference).entries] == ["received"]


def test_a_caseworker_of_another_service_is_told_that_there_is_no_such_case(send, stranger):
    reference = send()
    assert casework.case_list(stranger, casework.CaseFilters()).total == 0
    with pytest.raises(casework.CaseNotFound):
        casework.case_record(reference, person=stranger)
    for act in (casework.take, casework.look):
        with pytest.raises(casework.CaseNotFound):
            act(reference=reference, by=stranger, at=MONDAY)
    with pytest.raises(casework.CaseNotFound):
        casework.decide(reference=reference, outcome="approve", by=stranger, at=MONDAY)
    assert casework.status_of(reference).state == "new"


def test_a_viewer_reads_and_changes_nothing(send, home_grant, record_of):
    viewer = staff("vera@example.org", "Vera", role="viewer", service=home_grant)
    reference = send()
    assert record_of(reference, viewer).state == "new"
    with pytest.raises(NotAllowed):
        casework.take(reference=reference, by=viewer, at=MONDAY)
    with pytest.raises(NotAllowed):
        casework.decide(reference=reference, outcome="approve", by=viewer, at=MONDAY)


def test_a_label_above_ones_clearance_hides_the_case(home_grant, amina):
    slug = publish(grant("secret-grant", "Secret grant").replace("label: official", "label: confidential"))
    low = staff("lena@example.org", "Lena", service=slug)
    from perdure.foundation.access.api import Person

    reference, _code = send_application(slug, ANSWERS)
    cleared = Person(low.id, low.name, low.roles, "confidential")
    uncleared = Person(low.id, low.name, low.roles, "internal")
    assert casework.case_record(reference, person=cleared).label == "confidential"
    with pytest.raises(casework.CaseNotFound):
        casework.case_record(reference, person=uncleared)


def test_every_change_and_every_look_is_on_the_record(send, amina):
    reference = send()
    casework.look(reference=reference, by=amina, at=MONDAY)
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    casework.reply(reference=reference, text="May.", at=TUESDAY)
    casework.decide(reference=reference, outcome="approve", by=amina, at=TUESDAY)
    assert [(act.verb, act.actor) for act in audit.acts_about(reference) if act.verb.startswith("case-")] == [
        ("case-received", "system:casework"),
        ("case-seen", amina.id),
        ("case-asked-for-more", amina.id),
        ("case-answered", "applicant"),
        ("case-decided", amina.id),
    ]
    assert audit.check_chain().broken is None


def test_the_record_says_which_rules_and_version_decided_but_not_the_words(send, amina):
    reference = send({"savings": "30000.00"})
    casework.decide(
        reference=reference, outcome="refuse", reason="Ada, no.", rules_named=["savings"], by=amina, at=MONDAY
    )
    decided = audit.acts_about(reference)[-1]
    assert decided.detail["rules"] == ["savings"]
    assert decided.detail["version"] == casework.status_of(reference).version
    assert "Ada" not in str(decided.detail)


def queries_of(call):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        call()
    return len(caught)


def test_the_number_of_queries_of_the_list_does_not_grow_with_the_cases(send, amina):
    now = datetime(2026, 11, 25, tzinfo=UTC)
    send()

    def look():
        casework.case_list(amina, casework.CaseFilters())
        casework.figures(amina, today=now.date(), now=now)

    with_one = queries_of(look)
    for _more in range(59):
        send()
    assert casework.case_list(amina, casework.CaseFilters()).total == 60
    assert queries_of(look) == with_one == 4


def test_the_list_is_sorted_by_what_is_due_soonest_and_waiting_cases_come_last(send, amina):
    middle, first, asked = send(at=TUESDAY), send(at=MONDAY), send(at=MONDAY - timedelta(days=9))
    casework.ask_for_more(reference=asked, text="Since when?", by=amina, at=TUESDAY)
    rows = casework.case_list(amina, casework.CaseFilters()).rows
    assert [row.reference for row in rows] == [first, middle, asked]


def test_filters_narrow_the_list(send, amina, bram):
    mine, theirs, done = send(), send(), send()
    casework.take(reference=mine, by=amina, at=MONDAY)
    casework.take(reference=theirs, by=bram, at=MONDAY)
    casework.look(reference=mine, by=amina, at=MONDAY)
    casework.decide(reference=done, outcome="approve", by=bram, at=MONDAY)

    def listed(**filters):
        rows = casework.case_list(amina, casework.CaseFilters(**filters)).rows
        return {row.reference for row in rows}

    assert listed() == {mine, theirs}
    assert listed(whose="mine") == {mine}
    assert listed(whose="nobody") == set()
    assert listed(unread=True) == {theirs}
    assert listed(states=frozenset({"decided"})) == {done}
    assert listed(service="blue-badge") == set()
    assert listed(search=done[-4:].lower()) == {done}  # a decided case is found by its reference


def test_a_long_list_comes_in_pages_that_lose_and_double_nothing(send, amina):
    sent = {send() for _one in range(30)}
    pages = [casework.case_list(amina, casework.CaseFilters(), page=page) for page in (1, 2)]
    assert [len(page.rows) for page in pages] == [25, 5]
    assert {row.reference for page in pages for row in page.rows} == sent
    assert casework.case_list(amina, casework.CaseFilters(), page=99).page == 2


def test_the_figures_count_what_matters_today(send, amina, bram):
    late, soon, later = (send(at=MONDAY - timedelta(days=days)) for days in (40, 25, 0))
    casework.take(reference=late, by=amina, at=MONDAY)
    told = casework.figures(amina, today=MONDAY.date(), now=MONDAY)
    assert (told.yours, told.yours_unread, told.oldest_days) == (1, 1, 40)
    assert (told.due_this_week, told.late, told.untaken, told.decided) == (2, 1, 2, 0)
    casework.decide(reference=soon, outcome="approve", by=bram, at=MONDAY)
    casework.decide(reference=late, outcome="approve", by=amina, at=MONDAY)
    told = casework.figures(amina, today=MONDAY.date(), now=MONDAY)
    assert (told.on_time, told.decided, told.yours) == (1, 2, 0)
    assert 0 < told.low < 0.5 < told.high < 1
    assert later


def test_time_spent_waiting_for_the_applicant_is_not_held_against_the_team(send, amina):
    reference = send()
    casework.ask_for_more(reference=reference, text="Since when?", by=amina, at=MONDAY)
    casework.reply(reference=reference, text="May.", at=MONDAY + timedelta(days=30))
    at = MONDAY + timedelta(days=50)
    casework.decide(reference=reference, outcome="approve", by=amina, at=at)
    told = casework.figures(amina, today=at.date(), now=at)
    assert (told.on_time, told.decided) == (1, 1)
