"""Edits an owner makes to a drafted definition."""

import pytest
from tests.core.digitise.draft.made import box, drafted, tick

from perdure.core.definition import edits
from perdure.core.definition.edits import EditRefused
from perdure.core.definition.lint import lint
from perdure.core.definition.model import QuestionType


@pytest.fixture
def definition():
    """Married? (yes, no) -> date of marriage; occupation; relationship with other; a name; two ticks."""
    return drafted(
        tick('YES (If "Yes," complete Item 1B)', 40, 100, group_label="1A. Are you married?", group="a"),
        tick("NO", 300, 100, group_label="1A. Are you married?", group="a"),
        box("1B. Date of marriage", 400, 98),
        box("2. Occupation", 40, 130),
        tick("Spouse", 40, 160, group_label="3. Relationship (check one)", group="b"),
        tick("Child", 120, 160, group_label="3. Relationship (check one)", group="b"),
        tick("Other (specify)", 200, 160, group_label="3. Relationship (check one)", group="b"),
        box("", 300, 157),
        box("4. Child's first name", 40, 190),
        box("4. Child's last name", 200, 190),
        tick("I want letters by e-mail", 40, 260),
        tick("I want letters by post", 40, 330),
    ).definition


def asked(definition, name):
    return next(question for question in definition.questions() if question.id == name)


def test_a_new_title_changes_only_the_title(definition):
    changed = edits.retitle(definition, "occupation", "What work do you do?")
    assert asked(changed, "occupation").title == "What work do you do?"
    assert changed.paper == definition.paper


def test_an_empty_title_is_refused(definition):
    with pytest.raises(EditRefused, match="needs a title"):
        edits.retitle(definition, "occupation", " ")


def test_a_question_nobody_knows_is_refused_in_words(definition):
    with pytest.raises(EditRefused) as refusal:
        edits.rehint(definition, "nobody", "Help")
    assert refusal.value.next_step


def test_a_choice_that_becomes_several_changes_the_conditions(definition):
    changed = edits.retype(definition, "relationship", QuestionType.CHOICES)
    assert "relationship includes other" in [page.asked_when for page in changed.pages]


def test_ticks_on_the_paper_cannot_become_a_text(definition):
    with pytest.raises(EditRefused, match="boxes to tick"):
        edits.retype(definition, "relationship", QuestionType.TEXT)


def test_a_text_becomes_a_name_in_one_box_and_back(definition):
    named = edits.retype(definition, "occupation", QuestionType.NAME)
    assert [box.answer for box in named.paper.boxes if box.answer.startswith("occupation")] == [
        "occupation.full"
    ]
    assert edits.retype(named, "occupation", QuestionType.TEXT).paper == definition.paper


def test_a_page_cannot_move_before_the_answer_it_depends_on(definition):
    page = next(page.id for page in definition.pages if page.asked_when.startswith("married"))
    with pytest.raises(EditRefused):
        edits.move_page(definition, page, -1)


def test_a_page_moves_and_stops_at_the_end(definition):
    changed = edits.move_page(definition, "occupation", 99)
    assert changed.pages[-1].id == "occupation"


def test_two_pages_become_one_and_two_again(definition):
    at = [page.id for page in definition.pages].index("occupation")
    merged = edits.merge_with_next(definition, "occupation")
    assert len(merged.pages[at].questions) == 2
    split = edits.split_page(merged, "occupation")
    assert [page.id for page in split.pages] == [page.id for page in definition.pages]


def test_an_option_that_a_condition_needs_cannot_go(definition):
    with pytest.raises(EditRefused, match="Other"):
        edits.reword_options(definition, "relationship", ["Spouse", "Child"])


def test_a_reworded_option_keeps_its_box(definition):
    changed = edits.reword_options(definition, "relationship", ["Husband or wife", "Child", "Other"])
    assert asked(changed, "relationship").options[0].value == "spouse"
    assert changed.paper == definition.paper


def test_the_box_of_an_option_that_goes_is_listed_as_not_asked(definition):
    changed = edits.reword_options(definition, "relationship", ["Spouse", "Other"])
    assert [left.because for left in changed.paper.left_out] == ["owner_left_out"]


def test_an_option_can_be_added_and_has_no_box(definition):
    changed = edits.reword_options(definition, "relationship", ["Spouse", "Child", "Other", "My friend"])
    assert [option.value for option in asked(changed, "relationship").options][-1] == "my_friend"
    assert changed.paper == definition.paper


def test_ticks_join_into_a_choice(definition):
    names = [question.id for question in definition.questions() if question.type is QuestionType.TICK]
    changed = edits.join_questions(definition, names, QuestionType.CHOICES, title="How shall we write?")
    assert len(asked(changed, names[0]).options) == 2
    boxes = [box for box in changed.paper.boxes if box.answer == names[0]]
    assert [box.when for box in boxes] == [option.value for option in asked(changed, names[0]).options]


def test_a_name_splits_into_its_parts(definition):
    name = next(question.id for question in definition.questions() if question.type is QuestionType.NAME)
    changed = edits.split_question(definition, name)
    made = [question.id for question in changed.questions() if question.id.startswith(name)]
    assert len(made) == 2
    assert {box.answer for box in changed.paper.boxes} >= set(made)


def test_what_is_left_out_is_listed_with_the_reason_and_can_come_back(definition):
    changed = edits.leave_out(definition, "occupation", "We do not need it.")
    left = changed.paper.left_out[-1]
    assert (left.because, left.note) == ("owner_left_out", "We do not need it.")
    back = edits.bring_back(changed, left.box)
    assert not back.paper.left_out
    assert len(back.questions()) == len(definition.questions())
    assert not [problem for problem in lint(back) if problem.severity == "error"]


def test_an_answer_that_something_depends_on_cannot_be_left_out(definition):
    with pytest.raises(EditRefused, match="depends"):
        edits.leave_out(definition, "married", "Not needed")


def test_leaving_out_needs_a_reason(definition):
    with pytest.raises(EditRefused, match="why"):
        edits.leave_out(definition, "occupation", "")


def test_joining_says_the_papers_words_once_and_a_question_cannot_join_itself(definition):
    ticks = [question.id for question in definition.questions() if question.type is QuestionType.TICK]
    pages = tuple(
        page.model_copy(
            update={
                "questions": tuple(
                    one.model_copy(update={"was": "Write to me by"}) if one.id in ticks else one
                    for one in page.questions
                )
            }
        )
        for page in definition.pages
    )
    same = definition.model_copy(update={"pages": pages})
    joined = edits.join_questions(same, ticks, QuestionType.CHOICES, title="How shall we write?")
    assert asked(joined, ticks[0]).was == "Write to me by"
    with pytest.raises(edits.EditRefused):
        edits.join_questions(definition, [ticks[0], *ticks], QuestionType.CHOICES, title="Twice")
