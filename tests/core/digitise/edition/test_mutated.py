"""What holds for every new edition: made by dropping, adding, moving and rewording boxes of a form."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.core.digitise.draft.made import DAY, box, form_of, tick

from perdure.core.definition import edits
from perdure.core.definition.api import dump_definition, load_definition
from perdure.core.definition.lint import lint
from perdure.core.digitise.api import read_form
from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.edition import EditionRefused, take_up
from perdure.core.digitise.edition_match import spots_of

WORDS = [
    "First name",
    "Last name",
    "1. Date of birth",
    "City",
    "ZIP code",
    "Amount",
    "Name of employer",
    "Name of landlord",
    "Telephone",
    "Reason",
    "12. Account number",
    "Signature of witness",
    "For office use only",
    "Other income",
    "Rent",
    "Name of child [1]",
    "Name of child [2]",
    "School [1]",
    "School [2]",
    "",
    "",
    "Überweisung",
    "(((",
    "Grade",
]
TICKS = ("YES", 'NO (If "No," skip to item 3)', "Food", "Rent", "Other (specify)", "Heat")


@st.composite
def forms(draw):
    """Boxes down a page or two, with names that say something, are numbered, or are none."""
    made = []
    naming = draw(st.sampled_from(["", "Text", "said"]))
    for at in range(draw(st.integers(2, 14))):
        label = draw(st.sampled_from(WORDS)).strip()
        page, y = 1 + at // 9, 60 + 70 * (at % 9)
        name = {"": "", "Text": f"f.Text{at}[0]", "said": f"f.{label or 'more'}{at}"}[naming]
        if draw(st.booleans()):
            made.append(box(label, draw(st.sampled_from([40, 300])), y, name=name, page=page))
        else:
            titles = draw(st.lists(st.sampled_from(TICKS), min_size=1, max_size=4, unique=True))
            made += [
                tick(title, 40 + 90 * i, y, group_label=f"{at}. {label}", group=f"g{at}", page=page)
                for i, title in enumerate(titles)
            ]
    return made


@st.composite
def changed(draw, made):
    """The same form with boxes dropped, added, moved and reworded."""
    chance = random.Random(draw(st.integers(0, 10_000)))
    new = [field for field in made if chance.random() > 0.15]
    if chance.random() < 0.3:
        chance.shuffle(new)
    for at, field in enumerate(new):
        if chance.random() < 0.2:
            new[at] = field.model_copy(update={"label": f"{field.label} {chance.choice(WORDS)}".strip()})
        if chance.random() < 0.2:
            new[at] = new[at].model_copy(update={"page": 1 + chance.randrange(3)})
    for number in range(chance.randrange(3)):
        new.insert(chance.randrange(len(new) + 1), box(chance.choice(WORDS).strip(), 200, 700 + 20 * number))
    return new


def service(made, *, edition):
    form = form_of(*made).model_copy(update={"sha256": edition * 64})
    return draft_service(form, owner="Benefits", review_by=DAY, file="a-form.pdf").definition


def errors(definition):
    return [problem.says for problem in lint(definition) if problem.severity == "error"]


def edited(definition, chance):
    """A few edits as an owner makes them; those that are refused are not made."""
    for _ in range(6):
        asked = definition.questions()
        one, two = (question.id for question in chance.choices(asked, k=2))
        if one == two:
            continue
        page = chance.choice(definition.pages).id
        edit = chance.choice(
            [
                lambda d, q=one: edits.retitle(d, q, "In our own words?"),
                lambda d, q=one: edits.leave_out(d, q, "We know it."),
                lambda d, q=one: edits.split_question(d, q),
                lambda d, q=one, r=two: edits.join_questions(
                    d, [q, r], edits.QuestionType.LONG_TEXT, title="Both"
                ),
                lambda d, p=page: edits.merge_with_next(d, p),
                lambda d, p=page: edits.move_page(d, p, 2),
            ]
        )
        try:
            definition = edit(definition)
        except edits.EditRefused:
            continue
    return definition


@given(forms(), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_form_saved_again_changes_nothing_whatever_the_owner_did(made, seed):
    old = edited(service(made, edition="1"), random.Random(seed))
    assume(old.paper.boxes)
    edition = take_up(old, service(made, edition="2"))
    paper = edition.definition.paper.model_copy(update={"sha256": "1" * 64})
    assert edition.definition.model_copy(update={"paper": paper}) == old
    assert edition.changes == ()


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_edition_can_be_used_and_no_box_of_the_paper_is_lost(data):
    made = data.draw(forms())
    seed, later = data.draw(st.integers(0, 10_000)), data.draw(changed(made))
    old = edited(service(made, edition="1"), random.Random(seed))
    assume(not errors(old))
    new = service(later, edition="2")
    try:
        edition = take_up(old, new)
    except EditionRefused:
        return
    definition = edition.definition
    assert errors(definition) == []
    assert load_definition(dump_definition(definition)) == definition
    assert sorted(spot.id for spot in spots_of(definition)) == sorted(spot.id for spot in spots_of(new))
    again = take_up(
        definition, new.model_copy(update={"paper": new.paper.model_copy(update={"sha256": "3" * 64})})
    )
    gone = {kept.question for kept in edition.kept}
    assert {kept.question for kept in again.kept} <= gone
    assert [change for change in again.changes if change.kind == "new"] == []


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_stays_on_the_paper_keeps_every_word_of_the_owner(data):
    made = data.draw(forms())
    seed, later = data.draw(st.integers(0, 10_000)), data.draw(changed(made))
    old = edited(service(made, edition="1"), random.Random(seed))
    assume(not errors(old))
    try:
        edition = take_up(old, service(later, edition="2"))
    except EditionRefused:
        return
    before = {question.id: question for question in old.questions()}
    order = [question.id for question in edition.definition.questions() if question.id in before]
    assert order == [name for name in before if name in order]
    for question in edition.definition.questions():
        if question.id in before:
            mine = before[question.id]
            assert (question.title, question.hint, question.type, question.asked_when) == (
                mine.title,
                mine.hint,
                mine.type,
                mine.asked_when,
            )
    assert edition.definition.letters == old.letters


def test_real_forms_saved_again_change_nothing(shared):
    forms = sorted(
        (shared / "forms" / "dev").glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name)
    )[:4]
    for path in forms:
        read = read_form(path.read_bytes())
        old, new = (
            draft_service(
                read.model_copy(update={"sha256": edition * 64}),
                owner="Benefits",
                review_by=DAY,
                file=path.name,
            ).definition
            for edition in "12"
        )
        edition = take_up(old, new)
        assert edition.changes == (), path.name
        assert edition.definition == new, path.name
