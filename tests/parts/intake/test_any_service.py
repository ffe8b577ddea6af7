"""Whatever a service asks and whatever is typed: no page breaks, and no valid answer is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.parts.intake.acting import Applicant
from tests.parts.intake.services import publish

from perdure.core.definition.api import (
    Definition,
    DefinitionError,
    compile_service,
    dump_definition,
    input_names,
    read_answer,
)
from perdure.core.definition.model import NAME_PARTS, Option, Page, Question, QuestionType, Repeat
from perdure.parts.intake.models import Application

pytestmark = pytest.mark.django_db

JUNK = st.one_of(
    st.sampled_from(
        ["", " ", "yes", "no", "a", "b", "1", "12", "2001", "-3", "1,234.50", "x@y.org", "٣", "\x00", "½"]
    ),
    st.text(max_size=30),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=30).filter(
    str.strip
)


@st.composite
def questions(draw, name):
    kind = draw(st.sampled_from(list(QuestionType)))
    given = {"id": name, "type": kind, "title": draw(WORDS), "required": draw(st.booleans())}
    if kind in {QuestionType.CHOICE, QuestionType.CHOICES}:
        count = draw(st.integers(2, 18))
        given["options"] = tuple(Option(value=f"v{at}", title=f"Option {at}") for at in range(count))
    if kind is QuestionType.NAME:
        given["parts"] = tuple(draw(st.permutations(NAME_PARTS[:4]))[: draw(st.integers(1, 3))])
    if draw(st.booleans()):
        given["hint"] = draw(WORDS)
    return Question(**given)


@st.composite
def definitions(draw):
    """A service with up to four pages: several questions on a page, conditions, a repeating page."""
    pages, before = [], []
    for at in range(draw(st.integers(1, 4))):
        asked = [draw(questions(f"q{at}_{one}")) for one in range(draw(st.integers(1, 3)))]
        condition = ""
        if before and draw(st.booleans()):
            condition = f"{draw(st.sampled_from(before))} = yes"
        repeat = None
        if draw(st.integers(0, 3)) == 0:
            repeat = Repeat(id=f"g{at}", one="thing", at_least=draw(st.integers(0, 1)), at_most=3)
        else:
            before += [one.id for one in asked if one.type is QuestionType.YES_NO]
        pages.append(Page(id=f"p{at}", asked_when=condition, repeat=repeat, questions=tuple(asked)))
    return Definition(
        id="any-service",
        title="Any",
        owner="Tests",
        review_by="2030-01-01",
        currency="GBP",
        pages=tuple(pages),
    )


@st.composite
def visits(draw):
    """A definition, and what somebody does with it: (page, record, typed) one after the other."""
    definition = draw(definitions())
    steps = []
    for _step in range(draw(st.integers(1, 8))):
        page = draw(st.sampled_from(definition.pages))
        names = [name for one in page.questions for name in input_names(one)]
        typed = {name: [draw(typed_for(name, page))] for name in names if draw(st.integers(0, 9))}
        steps.append((page, draw(st.integers(0, 4)) if page.repeat else 0, typed))
    return definition, steps


def typed_for(name, page):
    options = next((one.options for one in page.questions if one.id == name), ())
    if options:
        return st.one_of(JUNK, st.sampled_from([one.value for one in options]))
    return JUNK


def valid(question, typed, definition):
    """The answer, when what was typed is one; the day does not matter here."""
    from django.utils import timezone

    read = read_answer(
        question,
        typed,
        today=timezone.localdate(),
        currency=definition.currency,
        language=definition.language,
    )
    return read.value if read.ok else None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(visits())
def test_no_page_breaks_and_no_valid_answer_is_lost(visit):
    definition, steps = visit
    try:
        compile_service(definition)
    except DefinitionError:
        return
    definition = definition.model_copy(update={"id": f"any-{abs(hash(dump_definition(definition)))}"})
    someone = Applicant(publish(dump_definition(definition)))
    assert someone.start().status == 200
    for page, record, typed in steps:
        address = f"{page.id}/{record}" if record else page.id
        answer = someone.post(address, typed)
        assert answer.status == 200
        sent = someone.row.state == Application.State.SENT
        clean = {name: [value.replace("\x00", "") for value in values] for name, values in typed.items()}
        if not sent and not page.repeat:
            for question in page.questions:
                value = valid(question, clean, definition)
                if value is not None and any(name in typed for name in input_names(question)):
                    assert someone.row.answers[question.id] == json.loads(json.dumps(value))
        for where in ("check", page.id, address):
            assert someone.get(where).status == 200
    finished = someone.post("check")
    assert finished.status == 200
    if finished.main.get("data-reference"):
        assert someone.post("check").main["data-reference"] == finished.main["data-reference"]
