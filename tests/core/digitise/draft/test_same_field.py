"""A fillable file's fields: marks of one field exclude each other, text of one field is one answer."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.digitise.draft.made import (
    DAY,
    answers_on_paper,
    box,
    drafted,
    form_of,
    only,
    questions,
    tick,
)

from perdure.core.definition.model import QuestionType
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.values import PaperForm, Widget


def test_two_marks_of_one_field_are_one_yes_or_no_whatever_is_printed_beside_them():
    draft = drafted(
        tick("No", 516, 100, name="Line 1", on_state="Yes", group_label="Did you rent?"),
        tick("No", 561, 100, name="Line 1", on_state="No", group_label="Did you rent?"),
    )
    assert only(draft).type is QuestionType.YES_NO
    assert [one.when for one in draft.definition.paper.boxes] == ["yes", "no"]


def test_marks_of_one_field_far_apart_are_one_choice():
    status = ["Single", "Married", "Head of household"]
    draft = drafted(
        *[tick(title, 40, 100 + 90 * at, name="status", on_state=f"{at}") for at, title in enumerate(status)]
    )
    assert only(draft).type is QuestionType.CHOICE
    assert [option.title for option in only(draft).options] == status


def test_the_same_tick_in_two_places_is_asked_once():
    draft = drafted(
        tick("I agree", 40, 100, name="agree", on_state="Yes"),
        tick("I agree", 40, 100, name="agree", on_state="Yes", page=2),
    )
    assert only(draft).type is QuestionType.TICK
    assert [one.when for one in draft.definition.paper.boxes] == ["yes", "yes"]


def test_text_of_one_field_is_one_answer_in_every_box():
    draft = drafted(
        box("First name", 40, 100, name="given"),
        box("Last name", 165, 100, name="family"),
        box("Name as shown on page 1", 40, 100, name="family", page=2),
    )
    asked = only(draft)
    assert set(answers_on_paper(draft.definition).values()) == {f"{asked.id}.given", f"{asked.id}.family"}


def test_marks_of_one_field_in_several_rows_are_no_record():
    rows = [
        [
            box("Name of child", 40, y, 200),
            tick("Lives with you", 260, y, name="one child", on_state=f"{y}"),
        ]
        for y in (100, 118, 136)
    ]
    draft = drafted(*[each for row in rows for each in row])
    choices = [asked for asked in questions(draft) if asked.type is QuestionType.CHOICE]
    assert len(choices) == 1
    assert len(choices[0].options) == 3


FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["", "Yes", "No", "Other", "First name", "Month", "Amount", "Cents"]),
        st.sampled_from([Widget.TEXT, Widget.TICK, Widget.RADIO, Widget.CHOICE]),
        st.integers(0, 8),
        st.integers(0, 8),
        st.integers(1, 2),
        st.sampled_from(["", "a", "b", "c", "d"]),
        st.sampled_from(["Yes", "No", "1"]),
    ),
    max_size=16,
)


def _form(rows) -> PaperForm:
    placed = sorted(rows, key=lambda row: (row[4], row[3], row[2]))
    fields = []
    for words, widget, x, y, page, name, state in placed:
        marks = widget in (Widget.TICK, Widget.RADIO)
        fields.append(
            box(
                words,
                40 + 60 * x,
                40 + 40 * y,
                9 if marks else 50,
                widget=widget,
                page=page,
                name=f"{name}{widget.value if not marks else 'mark'}" if name else "",
                on_state=state if marks else "",
                options=("A", "B") if widget is Widget.CHOICE else (),
            )
        )
    return form_of(*fields)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FIELDS)
def test_one_field_is_one_answer_whatever_the_form_looks_like(rows):
    form = _form(rows)
    paper = draft_service(form, owner="Benefits", review_by=DAY, file="form.pdf").definition.paper
    state = {each.id: each.on_state for each in form.fields}
    answers: dict[str, set[str]] = {}
    marks: dict[str, set[tuple[str, str]]] = {}
    for one in paper.boxes:
        if one.field:
            answers.setdefault(one.field, set()).add(one.answer)
            marks.setdefault(one.field, set()).add((state[one.id], one.when))
    assert all(len(some) == 1 for some in answers.values())
    for pairs in marks.values():
        assert len({when for _, when in pairs}) == len({said for said, _ in pairs}) == len(pairs)
