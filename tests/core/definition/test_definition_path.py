"""The path of an application through a service."""

from __future__ import annotations

from datetime import date

import pytest

from perdure.core.definition.api import DefinitionError, compile_service, value_at
from perdure.core.definition.model import Definition

THURSDAY = date(2027, 3, 4)


def asked(definition, answers, today=THURSDAY):
    path = compile_service(definition).path(answers, today=today)
    return [question.id for step in path.steps for question in step.questions]


GRANT = """
    lives_with: choice alone partner
    partner_income: money            | lives_with = partner
    partner_works: yes_no            | partner_income > 0
    signed: signature
"""


def test_only_people_with_a_partner_are_asked_for_the_partners_income(service_of):
    grant = service_of(GRANT)
    assert asked(grant, {"lives_with": "alone"}) == ["lives_with", "signed"]
    assert asked(grant, {"lives_with": "partner"}) == ["lives_with", "partner_income", "signed"]


def test_an_answer_off_the_path_is_invisible_and_not_sent(service_of):
    answers = {"lives_with": "alone", "partner_income": "5.00", "partner_works": True, "signed": "Ada"}
    path = compile_service(service_of(GRANT)).path(answers, today=THURSDAY)
    assert path.relevant_answers == {"lives_with": "alone", "signed": "Ada"}
    assert path.irrelevant == ("partner_income", "partner_works")
    assert path.step("partner-works") is None


def test_an_option_that_no_longer_exists_is_dropped(service_of):
    service = compile_service(service_of("helps: choices ramp rail\nlives_with: choice alone partner"))
    path = service.path({"helps": ["ramp", "gone"], "lives_with": "gone"}, today=THURSDAY)
    assert path.relevant_answers == {"helps": ["ramp"]}
    assert path.irrelevant == ("lives_with",)


def test_a_page_left_empty_on_purpose_is_done_once_it_was_seen(grant_service):
    before = grant_service.path({}, today=THURSDAY, seen=frozenset())
    assert before.first_unanswered == "your-name"
    given = {"applicant": {"given": "Ada"}, "born": "1948-03-27", "home": {"line1": "1 High Street"}}
    seen = frozenset({"your-name", "date-of-birth", "address"})
    path = grant_service.path(given, today=THURSDAY, seen=seen)
    assert path.first_unanswered == "contact"
    assert not path.step("contact").answered
    path = grant_service.path(given, today=THURSDAY, seen=seen | {"contact"})
    assert path.first_unanswered == "lives-with"


def test_a_seen_page_that_misses_a_required_answer_is_not_done(grant_service):
    path = grant_service.path({}, today=THURSDAY, seen=frozenset({"your-name"}))
    assert path.first_unanswered == "your-name"
    assert path.missing[:2] == ("applicant", "born")


def test_pages_before_and_after_follow_the_path(service_of):
    path = compile_service(service_of(GRANT)).path({"lives_with": "alone"}, today=THURSDAY)
    assert path.next_page_after("lives-with") == "signed"
    assert path.next_page_after("partner-income") == "signed"  # it has left the path meanwhile
    assert path.previous_page_before("signed") == "lives-with"
    assert path.previous_page_before("lives-with") == ""
    assert path.next_page_after("signed") == ""
    with pytest.raises(ValueError, match="no-such-page"):
        path.next_page_after("no-such-page")


def test_each_record_of_a_group_is_asked_for_itself(grant_service):
    children = [
        {"child_name": {"given": "Bo"}, "child_born": "2020-01-01", "child_allowance": "40.00"},
        {"child_born": "2021-01-01", "child_needs": "left from before"},
    ]
    path = grant_service.path({"lives_with": "family", "children": children}, today=THURSDAY)
    step = path.step("children")
    assert [question.id for question in step.records[0].questions][-1] == "child_needs"
    assert [question.id for question in step.records[1].questions][-1] == "child_allowance"
    assert step.missing == ("children[2].child_name",)
    assert "children[2].child_needs" in path.irrelevant
    assert path.relevant_answers["children"][1] == {"child_born": "2021-01-01"}
    assert step.why_question("child_needs", row=1).says() == "child_allowance > 0 (child_allowance = 40.00)"


def test_too_few_and_too_many_records_are_seen(service_of, grant):
    group = grant.pages[6]
    few = group.model_copy(update={"repeat": group.repeat.model_copy(update={"at_least": 1, "at_most": 2})})
    service = compile_service(grant.model_copy(update={"pages": (*grant.pages[:6], few, *grant.pages[7:])}))
    step = service.path({"lives_with": "family"}, today=THURSDAY).step("children")
    assert step.missing == ("children",)
    three = [{"child_name": {"given": "A"}, "child_born": "2020-01-01"}] * 3
    step = service.path({"lives_with": "family", "children": three}, today=THURSDAY).step("children")
    assert step.too_many == 1
    assert not step.answered


def test_values_are_derived_and_used_by_later_pages(grant_service):
    poor = grant_service.path({"income": "1000.00"}, today=THURSDAY)
    assert poor.derived["household_income"] == 1000
    assert poor.step("quote").why.says() == "household_income < 40000 (household_income = 1000.00)"
    rich = grant_service.path({"income": "50000.00"}, today=THURSDAY)
    assert rich.step("quote") is None


def test_a_rule_that_refuses_gives_its_reason_and_why(grant_service):
    path = grant_service.path({"born": "2015-01-01"}, today=THURSDAY)
    (reason,) = path.reasons
    assert reason.reason == "The grant is for people who are 18 or older."
    assert reason.why.says() == "age < 18 (age = 12)"
    assert grant_service.path({}, today=THURSDAY).reasons == ()


def test_the_day_decides_nothing_but_what_asks_for_it(grant_service):
    answers = {"born": "2009-03-05"}
    assert grant_service.path(answers, today=date(2027, 3, 4)).reasons
    assert not grant_service.path(answers, today=date(2027, 3, 5)).reasons


def test_a_service_is_compiled_once_for_its_content(grant):
    again = Definition.model_validate(grant.model_dump())
    assert again is not grant
    assert compile_service(again) is compile_service(grant)


def test_a_definition_with_errors_does_not_compile(grant):
    page = grant.pages[0].model_copy(update={"asked_when": "income > 5"})
    with pytest.raises(DefinitionError, match="asked later"):
        compile_service(grant.model_copy(update={"pages": (page, *grant.pages[1:])}))


def test_an_answer_is_found_for_a_box_of_the_paper():
    answers = {
        "applicant": {"given": "Ada"},
        "born": "1948-03-27",
        "sum": "1234.5",
        "children": [{}, {"child_name": {"given": "Bo"}}],
        "agrees": False,
    }
    assert value_at(answers, "applicant.given") == "Ada"
    assert value_at(answers, "born.month") == "03"
    assert value_at(answers, "sum.whole") == "1234"
    assert value_at(answers, "sum.cents") == "50"
    assert value_at(answers, "children[2].child_name.given") == "Bo"
    assert value_at(answers, "agrees") is False
    for nothing in ("applicant.family", "children[1].child_name", "children[3].child_name", "gone", "a b"):
        assert value_at(answers, nothing) is None
