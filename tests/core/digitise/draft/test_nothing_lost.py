"""What holds for every form: nothing is lost, and the definition can be used."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.digitise.draft.made import DAY, box, drafted, form_of

from perdure.core.definition.lint import lint
from perdure.core.digitise.api import read_form
from perdure.core.digitise.burden import Burden, burden_of_draft, burden_of_paper, reading_grade
from perdure.core.digitise.draft import Draft, draft_service
from perdure.core.digitise.review import questions_md
from perdure.core.digitise.values import Kind, PaperForm, Widget

WORDS = st.sampled_from(
    [
        "",
        "Name",
        "First name",
        "Last name",
        "1. Date of birth",
        "Month",
        "City",
        "ZIP code",
        "YES",
        'NO (If "No," skip to item 3)',
        "Other (specify)",
        "3. If yes, explain",
        "Amount",
        "Signature of witness",
        "SECTION 2: MORE. 4. A. WHAT?",
        "(((",
        "12",
        "Überweisung – Betrag",
        "For office use only",
    ]
)
FIELDS = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from(list(Widget)),
        st.integers(0, 11),
        st.integers(0, 20),
        st.sampled_from([0, 1, 2, 3, 4, 5, 9]),
        st.integers(1, 2),
        st.sampled_from(["", "g1", "g2"]),
        st.booleans(),
    ),
    max_size=24,
)


def _form(rows) -> PaperForm:
    fields = []
    for words, widget, x, y, cells, page, group, read_only in sorted(
        rows, key=lambda row: (row[5], row[3], row[2])
    ):
        mark = widget in (Widget.TICK, Widget.RADIO)
        fields.append(
            box(
                words,
                40 + 45 * x,
                40 + 34 * y,
                10 if mark else 40,
                10 if mark else 14,
                widget=widget,
                cells=0 if mark else cells,
                page=page,
                group=group if mark else "",
                group_label=words if group else "",
                read_only=read_only and not mark,
                options=("A", "B") if widget is Widget.CHOICE else (),
            )
        )
    return form_of(*fields)


def _holds(form: PaperForm, draft: Draft) -> None:
    definition = draft.definition
    assert definition.paper is not None
    placed = [one.id for one in definition.paper.boxes] + [one.box for one in definition.paper.left_out]
    assert sorted(placed) == sorted(field.id for field in form.fields)
    ids = [question.id for question in definition.questions()]
    ids += [page.repeat.id for page in definition.pages if page.repeat]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,63}", one) for one in ids)
    titles = [page_title.lower() for page_title in _titles(draft)]
    assert all(titles)
    assert len(titles) == len(set(titles))
    assert [str(one) for one in lint(definition) if one.severity == "error"] == []
    assert [note.certainty for note in draft.to_review] == sorted(note.certainty for note in draft.to_review)
    assert questions_md(draft).startswith("# ")


def _titles(draft: Draft) -> list[str]:
    """Titles of questions outside groups; a column is understood with its group."""
    pages = [page for page in draft.definition.pages if not page.repeat]
    return [question.title for page in pages for question in page.questions]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FIELDS)
def test_no_field_is_lost_whatever_the_form_looks_like(rows):
    form = _form(rows)
    draft = draft_service(form, owner="Benefits", review_by=DAY, file="form.pdf")
    _holds(form, draft)
    assert draft == draft_service(form, owner="Benefits", review_by=DAY, file="form.pdf")


def test_the_real_forms_lose_nothing_and_can_be_used(shared):
    for path in sorted((shared / "forms" / "dev").glob("*.pdf"))[::24]:
        form = read_form(path)
        _holds(form, draft_service(form, owner="Benefits", review_by=DAY, file=path.name))


@pytest.mark.proof
def test_every_real_form_loses_nothing_and_can_be_used(shared):
    for path in sorted((shared / "forms" / "dev").glob("*.pdf")):
        form = read_form(path)
        _holds(form, draft_service(form, owner="Benefits", review_by=DAY, file=path.name))


def test_a_form_without_a_box_is_still_a_service():
    assert len(drafted().definition.questions()) == 1


def test_the_review_names_the_boxes_and_why_others_are_not_asked():
    text = questions_md(drafted(box("", 40, 100), box("For office use only", 40, 200)))
    assert "- [ ] Page 1" in text
    assert "p1-1" in text
    assert "for the office" in text


def test_the_draft_weighs_less_than_the_paper_with_its_parts():
    form = form_of(
        *[
            box(words, 40 + 60 * at, 100, 50, max_length=size)
            for at, (words, size) in enumerate([("Date of birth. Month", 2), ("Day", 2), ("Year", 4)])
        ]
    )
    paper = burden_of_paper(form)
    draft = burden_of_draft(draft_service(form, owner="B", review_by=DAY, file="f.pdf").definition)
    assert (paper.questions, draft.questions) == (3, 1)
    assert draft.sensitive == ("What is your date of birth?",)


def test_a_table_weighs_one_row_on_paper_as_on_screen():
    def table(rows: int) -> Burden:
        boxes = [
            box("Name of child" if column == 0 else "Age", 40 + 100 * column, 100 + 20 * row, 90).model_copy(
                update={"table": "t1", "row": row + 1, "column": column + 1}
            )
            for row in range(rows)
            for column in range(2)
        ]
        return burden_of_paper(form_of(*boxes))

    assert table(8).questions == table(1).questions == 2
    assert table(8).minutes == table(1).minutes


def test_long_sentences_with_long_words_need_more_school():
    easy = "Where do you live? Tell us the street and the town. We will write to you."
    hard = (
        "Notwithstanding previously acknowledged determinations, applicants furnishing documentation resubmit"
    )
    hard += " everything subsequently requested"
    assert reading_grade(easy) < 4
    assert reading_grade(hard) > 12
    assert reading_grade("Too few words") is None
    assert (
        reading_grade(
            "Bitte tragen Sie die Staatsangehörigkeit aller Familienangehörigen im Haushalt ein.",
            language="de",
        )
        > 5
    )


def test_kinds_the_reader_gave_are_kept():
    assert form_of(box("Anything", 1, 1, kind=Kind.MONEY)).fields[0].kind is Kind.MONEY
