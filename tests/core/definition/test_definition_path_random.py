"""The path of services nobody thought of."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.definition.services import TODAY, answers_to, definitions, stored

from perdure.core.definition.api import (
    Definition,
    compile_service,
    content_hash,
    dump_definition,
    load_definition,
)
from perdure.core.definition.reach import answers_leading_to, unreachable_pages

SLOW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def applications(draw):
    definition = draw(definitions())
    return definition, draw(answers_to(definition))


def names_asked(path):
    """Ids of questions and groups on the path."""
    return {
        step.page.repeat.id if step.page.repeat else question.id
        for step in path.steps
        for question in step.questions
    }


@given(applications())
@SLOW
def test_no_answer_is_kept_from_a_page_or_question_off_the_path(application):
    definition, answers = application
    path = compile_service(definition).path(answers, today=TODAY)
    assert set(path.relevant_answers) <= names_asked(path)
    for step in path.steps:
        for record in step.records:
            assert set(record.answers) <= {question.id for question in record.questions}
    given_and_kept = set(path.relevant_answers) | set(path.irrelevant)
    assert set(answers) <= given_and_kept


@given(applications(), st.randoms(use_true_random=False))
@SLOW
def test_the_path_is_the_same_whatever_the_order_of_answering(application, shuffle):
    definition, answers = application
    names = list(answers)
    shuffle.shuffle(names)
    service = compile_service(definition)
    path = service.path(answers, today=TODAY)
    other = service.path({name: answers[name] for name in names}, today=TODAY)
    assert other.steps == path.steps
    assert other.missing == path.missing
    assert list(other.relevant_answers.items()) == list(path.relevant_answers.items())
    assert set(other.irrelevant) == set(path.irrelevant)
    assert other.reasons == path.reasons


@given(applications())
@SLOW
def test_leaving_out_what_is_irrelevant_changes_nothing(application):
    definition, answers = application
    service = compile_service(definition)
    path = service.path(answers, today=TODAY)
    pruned = service.path(path.relevant_answers, today=TODAY)
    assert pruned.steps == path.steps
    assert pruned.missing == path.missing
    assert pruned.relevant_answers == path.relevant_answers
    assert pruned.derived == path.derived
    assert pruned.reasons == path.reasons
    assert pruned.irrelevant == ()


@st.composite
def full_answers(draw, definition):
    """An answer to every question, asked or not."""
    found = {}
    for page in definition.pages:
        row = st.fixed_dictionaries({question.id: stored(question) for question in page.questions})
        if page.repeat:
            found[page.repeat.id] = draw(st.lists(row, min_size=page.repeat.at_least, max_size=3))
        else:
            found |= draw(row)
    return found


@given(definitions(), st.data())
@SLOW
def test_who_answered_everything_that_is_asked_has_nothing_missing(definition, data):
    answers = data.draw(full_answers(definition))
    service = compile_service(definition)
    path = service.path(answers, today=TODAY)
    assert path.missing == ()
    assert path.complete
    unseen = service.path(answers, today=TODAY, seen=frozenset())
    assert unseen.first_unanswered == (path.steps[0].page.id if path.steps else "")


@st.composite
def complete_applications(draw):
    definition = draw(definitions())
    return definition, draw(full_answers(definition)), draw(full_answers(definition))


@given(complete_applications())
@settings(SLOW, derandomize=True)  # the search is bounded: a service strange enough can exhaust it
def test_a_page_on_some_path_is_never_reported_unreachable(application):
    definition, first, second = application
    service = compile_service(definition)
    reported = {page.id for _, page in unreachable_pages(definition, TODAY)}
    for answers in (first, second, {}):
        on_path = {step.page.id for step in service.path(answers, today=TODAY).steps}
        assert not on_path & reported
    for page in definition.pages:
        if page.id not in reported:
            answers = answers_leading_to(definition, page, TODAY)
            assert service.path(answers, today=TODAY).step(page.id) is not None


@given(definitions())
@SLOW
def test_a_definition_written_and_read_is_the_same(definition):
    text = dump_definition(definition)
    again = load_definition(text)
    assert again == definition
    assert dump_definition(again) == text
    assert content_hash(again) == content_hash(definition)


NASTY = st.text("a:#-?|>'\"%@`{}[]&*!, \t\n\r\x07\x85\u2028\ufeff🙂ä\\", min_size=1, max_size=30)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | NASTY)
@settings(SLOW, max_examples=400)
def test_any_words_survive_writing_and_reading(words):
    plain = {
        "id": "words",
        "title": words,
        "summary": words,
        "owner": words,
        "review_by": "2030-01-01",
        "pages": [{"id": "p", "questions": [{"id": "q", "type": "text", "title": words, "hint": words}]}],
        "guidance": [{"id": "g", "title": words, "text": words + "\n\n" + words}],
        "paper": {
            "file": words,
            "boxes": [{"id": words, "page": 1, "at": [1, 2, 3, 4], "text": words}],
            "left_out": [{"box": words, "page": 1, "at": [1, 2, 3, 4], "because": "office_use"}],
        },
    }
    definition = Definition.model_validate(plain)
    text = dump_definition(definition)
    assert load_definition(text) == definition
    assert dump_definition(load_definition(text)) == text
