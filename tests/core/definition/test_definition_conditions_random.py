"""Conditions nobody thought of: printing and reading them, and a second opinion on what they mean."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.definition import expressions
from tests.core.definition.conftest import HEAD

from perdure.core.definition.api import ConditionError, compile_condition, load_definition, scope_of
from perdure.core.definition.conditions.nodes import printed
from perdure.core.definition.conditions.parse import parse

QUESTIONS = "".join(
    f"- id: {line.split(':')[0]}\n  questions:\n"
    f"  - {{id: {line.split(':')[0]}, type: {line.split(':')[1].split()[0]}, title: T"
    + (
        ", options: [{value: red, title: Red}, {value: green, title: Green}, {value: blue, title: Blue}]"
        if "red" in line
        else ""
    )
    + "}\n"
    for line in expressions.PAGES.strip().splitlines()
)
SCOPE = scope_of(load_definition(f"{HEAD}pages:\n{QUESTIONS}{expressions.GROUP}"))
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(expressions.conditions)
@settings(max_examples=300, deadline=None)
def test_a_printed_condition_reads_as_itself(node):
    assert parse(printed(node)) == node


@given(expressions.sums)
@settings(max_examples=300, deadline=None)
def test_a_printed_sum_keeps_its_brackets(node):
    assert parse(printed(node)) == node


@given(expressions.conditions, expressions.answers, DAYS)
@settings(max_examples=500, deadline=None)
def test_the_compiler_agrees_with_an_independent_interpreter(node, answers, today):
    condition = compile_condition(printed(node), SCOPE)
    assert condition.holds(answers, today) is expressions.holds(node, answers, today)


@given(expressions.conditions, expressions.answers, DAYS)
@settings(max_examples=200, deadline=None)
def test_the_trace_agrees_with_the_condition_and_has_words(node, answers, today):
    condition = compile_condition(printed(node), SCOPE)
    trace = condition.explain(answers, today)
    assert trace.holds is condition.holds(answers, today)
    assert trace.says()
    assert trace.in_words()


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz_0123456789 =!<>()+-*/,.\"'\\£\n"), max_size=80))
@settings(max_examples=500, deadline=None)
def test_any_text_compiles_or_is_refused_in_words(text):
    refusal = None
    try:
        condition = compile_condition(text, SCOPE)
    except ConditionError as error:
        refusal = error
    if refusal is None:
        assert condition.holds({}, date(2027, 3, 4)) in (True, False)
    else:
        assert refusal.what.endswith(".")
        assert 0 <= refusal.offset <= len(text)
