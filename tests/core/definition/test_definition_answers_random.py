"""Answers nobody thought of: back and forth, and whatever is posted."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.definition.services import OPTIONS

from perdure.core.definition.answers.stored import tidy
from perdure.core.definition.api import raw_of, read_answer, shown, shown_lines
from perdure.core.definition.model import Question, QuestionType

TODAY = date(2027, 3, 4)
WORD = st.text("abcdefghij äß漢é'-.", min_size=1, max_size=20).map(lambda text: " ".join(text.split()) or "a")


def a_question(kind):
    options = OPTIONS if kind in (QuestionType.CHOICE, QuestionType.CHOICES) else ()
    return Question(id="q", type=kind, title="Question", options=options)


def answer_to(kind):
    """Answers as the reader stores them."""
    match kind:
        case QuestionType.WHOLE_NUMBER:
            return st.integers(-(10**14), 10**14)
        case QuestionType.NUMBER | QuestionType.PERCENT:
            return st.decimals(-(10**6), 10**6, places=4).map(
                lambda n: f"{n:f}".rstrip("0").rstrip(".") if n else "0"
            )
        case QuestionType.MONEY:
            return st.integers(-(10**9), 10**9).map(
                lambda n: f"{'-' if n < 0 else ''}{abs(n) // 100}.{abs(n) % 100:02}"
            )
        case QuestionType.DATE:
            return st.dates(date(1000, 1, 1)).map(date.isoformat)
        case QuestionType.TIME:
            return st.times().map(lambda t: t.strftime("%H:%M"))
        case QuestionType.YES_NO:
            return st.booleans()
        case QuestionType.TICK:
            return st.just(True)
        case QuestionType.CHOICE:
            return st.sampled_from([option.value for option in OPTIONS])
        case QuestionType.CHOICES:
            return st.sets(st.integers(0, 2), min_size=1).map(lambda s: [OPTIONS[i].value for i in sorted(s)])
        case QuestionType.NAME:
            return st.fixed_dictionaries({"given": WORD}, optional={"family": WORD})
        case QuestionType.ADDRESS:
            return st.fixed_dictionaries({"line1": WORD}, optional={"town": WORD, "postcode": WORD})
        case QuestionType.PHONE:
            return st.integers(10**5, 10**12).map(lambda n: f"0{n}")
        case QuestionType.EMAIL:
            return st.just("ada@example.org")
        case QuestionType.LONG_TEXT:
            return st.lists(WORD, min_size=1, max_size=3).map("\n".join)
        case _:
            return WORD


answered = st.sampled_from(QuestionType).flatmap(
    lambda kind: st.tuples(st.just(a_question(kind)), answer_to(kind))
)


@given(answered, st.sampled_from(("en", "de", "fr")))
@settings(max_examples=500, deadline=None)
def test_an_answer_put_back_into_its_form_is_read_as_itself(pair, language):
    question, answer = pair
    read = read_answer(question, raw_of(question, answer), today=TODAY, currency="GBP", language=language)
    assert read.problems == ()
    assert read.value == answer
    assert tidy(question, answer) == answer
    assert json.loads(json.dumps(answer)) == answer
    assert shown(question, answer, language=language, currency="GBP")
    assert shown_lines(question, answer, language=language)


INPUTS = ("q", "q-day", "q-month", "q-year", "q-given", "q-family", "q-line1")
posts = st.dictionaries(
    st.sampled_from(INPUTS), st.lists(st.text(max_size=12) | st.from_regex(r"[0-9.,' €$-]{1,12}"), max_size=3)
)


@given(st.sampled_from(QuestionType), posts, st.booleans(), st.sampled_from(("en", "de")))
@settings(max_examples=1000, deadline=None)
def test_whatever_is_posted_is_an_answer_or_a_problem_on_an_input(kind, raw, required, language):
    question = a_question(kind).model_copy(update={"required": required})
    read = read_answer(question, raw, today=TODAY, currency="EUR", language=language)
    assert (read.value is None) or (read.problems == ())
    if required:
        assert (read.value is None) == bool(read.problems)
    for problem in read.problems:
        assert problem.input.startswith("q")
        assert problem.says
    if read.value is not None:
        assert tidy(question, read.value) == read.value
        json.dumps(read.value).encode("utf-8")
        again = read_answer(
            question, raw_of(question, read.value), today=TODAY, currency="EUR", language=language
        )
        assert again.value == read.value
