"""A new edition of a form: what is new, gone, moved or reworded, and the owner's edits stay."""

from __future__ import annotations

import pytest
from tests.core.digitise.draft.made import answers_on_paper, box, drafted, tick

from perdure.core.definition import edits
from perdure.core.definition.lint import lint
from perdure.core.definition.model import Derived, Letter, QuestionType, Repeat
from perdure.core.digitise.edition import ChangeKind, EditionRefused, take_up
from perdure.core.digitise.edition_routes import renamed

NUMBERED = "form1.page1.Text"


def fields(*, drop=(), words=None, down=0.0):
    """A form of single boxes with numbered names; `drop` and `words` go by the first words of a box."""
    words = words or {}
    labels = [
        "Date of birth",
        "Occupation",
        "Name of employer",
        "Name of landlord",
        "Monthly rent",
        "Reason for the application",
    ]
    kept = [words.get(label, label) for label in labels if label not in drop]
    return [
        box(f"{at}. {label}", 40, 100 + 40 * at + down, name=f"{NUMBERED}{at}[0]")
        for at, label in enumerate(kept, 1)
    ]


def definition_of(*boxes, edition="1"):
    definition = drafted(*boxes).definition
    return definition.model_copy(
        update={"paper": definition.paper.model_copy(update={"sha256": edition * 64})}
    )


def asked(definition, name):
    return next(question for question in definition.questions() if question.id == name)


def ids(definition):
    return [question.id for question in definition.questions()]


def told(edition, kind):
    return [change.question for change in edition.changes if change.kind is kind]


def errors(definition):
    return [problem.says for problem in lint(definition) if problem.severity == "error"]


@pytest.fixture
def old():
    return definition_of(*fields())


def test_the_same_paper_changes_nothing(old):
    edition = take_up(old, definition_of(*fields()))
    assert edition.definition is old
    assert edition.changes == ()


def test_the_same_form_saved_again_changes_only_the_hash(old):
    old = edits.retitle(old, "occupation", "What work do you do?")
    old = edits.leave_out(old, "monthly_rent", "We know it from the landlord.")
    edition = take_up(old, definition_of(*fields(), edition="2"))
    assert edition.changes == ()
    assert edition.definition == old.model_copy(
        update={"paper": old.paper.model_copy(update={"sha256": "2" * 64})}
    )


def test_a_question_that_goes_takes_its_number_name_and_place_to_no_other(old):
    new = definition_of(*fields(drop=["Occupation"]), edition="2")
    old = edits.retitle(old, "name_employer", "Who do you work for?")
    edition = take_up(old, new)
    assert told(edition, ChangeKind.GONE) == ["occupation"]
    assert told(edition, ChangeKind.REWORDED) == []
    assert asked(edition.definition, "name_employer").title == "Who do you work for?"
    assert answers_on_paper(edition.definition) == {
        "p1-1": "date_birth",
        "p1-2": "name_employer",
        "p1-3": "name_landlord.full",
        "p1-4": "monthly_rent",
        "p1-5": "reason_application",
    }


def test_a_new_question_stands_behind_its_neighbour_under_its_own_name(old):
    new = definition_of(*fields(), box("7. Telephone", 40, 700, name="Telephone"), edition="2")
    short = definition_of(*fields(drop=["Monthly rent"]))
    edition = take_up(short, new)
    assert told(edition, ChangeKind.NEW) == ["monthly_rent", "telephone"]
    assert ids(edition.definition)[-3:] == ["monthly_rent", "reason_application", "telephone"]
    assert errors(edition.definition) == []


def test_a_reworded_question_keeps_the_owners_title_and_says_both_words(old):
    old = edits.retitle(old, "monthly_rent", "How much is your rent?")
    new = definition_of(*fields(words={"Monthly rent": "Monthly rent and heating"}), edition="2")
    edition = take_up(old, new)
    (change,) = edition.changes
    assert change.kind is ChangeKind.REWORDED
    assert "Monthly rent and heating" in change.says
    kept = asked(edition.definition, "monthly_rent")
    assert kept.title == "How much is your rent?"
    assert "Monthly rent and heating" in kept.was


def test_another_question_under_the_same_numbered_name_is_another_question(old):
    new = definition_of(*fields(words={"Occupation": "Telephone by day"}), edition="2")
    edition = take_up(old, new)
    assert told(edition, ChangeKind.GONE) == ["occupation"]
    assert told(edition, ChangeKind.NEW) == ["telephone_day"]
    assert edition.for_a_person == 2


def test_questions_that_only_moved_need_nobody(old):
    order = [fields()[at] for at in (5, 0, 1, 2, 3, 4)]
    moved = [replace_box(each, 100 + 40 * at) for at, each in enumerate(order)]
    edition = take_up(old, definition_of(*moved, edition="2"))
    assert told(edition, ChangeKind.MOVED) == ["reason_application"]
    assert edition.for_a_person == 0
    assert ids(edition.definition) == ids(old)


def replace_box(field, y):
    return field.model_copy(update={"box": field.box._replace(y0=y, y1=y + 14)})


def test_what_the_owner_left_out_stays_out_with_the_reason(old):
    old = edits.leave_out(old, "monthly_rent", "We know it from the landlord.")
    edition = take_up(old, definition_of(*fields(drop=["Occupation"]), edition="2"))
    (left,) = edition.definition.paper.left_out
    assert (left.because, left.note) == ("owner_left_out", "We know it from the landlord.")
    assert left.box == "p1-4"
    assert told(edition, ChangeKind.NEW) == []


def test_a_question_the_owner_brought_back_stays_asked():
    signed = box("Signature of witness", 40, 600, name="sign")
    old = definition_of(*fields(), signed)
    (left,) = old.paper.left_out
    old = edits.bring_back(old, left.box, title="Who saw it?")
    edition = take_up(old, definition_of(*fields(drop=["Occupation"]), signed, edition="2"))
    assert told(edition, ChangeKind.GONE) == ["occupation"]
    assert edition.definition.questions()[-1].title == "Who saw it?"
    assert edition.definition.paper.left_out == ()


USES = {
    "a condition": lambda old: edited(old, "reason_application", asked_when="occupation is answered"),
    "a letter": lambda old: old.model_copy(
        update={"letters": (*old.letters, Letter(id="x", subject="To {occupation}", body="Hello"))}
    ),
    "a value": lambda old: old.model_copy(
        update={"derived": (Derived(id="known", title="Known", value="occupation is answered"),)}
    ),
}


def edited(definition, name, **update):
    pages = tuple(
        page.model_copy(
            update={
                "questions": tuple(
                    one.model_copy(update=update) if one.id == name else one for one in page.questions
                )
            }
        )
        for page in definition.pages
    )
    return definition.model_copy(update={"pages": pages})


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_question_that_is_gone_is_still_asked_while_something_uses_it(old, use):
    used = use(old)
    assert errors(used) == []
    edition = take_up(used, definition_of(*fields(drop=["Occupation"]), edition="2"))
    assert told(edition, ChangeKind.STILL_ASKED) == ["occupation"]
    assert [kept.question for kept in edition.kept] == ["occupation"]
    assert "occupation" in ids(edition.definition)
    assert errors(edition.definition) == []


def test_a_question_goes_with_the_one_question_that_looked_at_it(old):
    used = edited(old, "name_employer", asked_when="occupation is answered")
    edition = take_up(used, definition_of(*fields(drop=["Occupation", "Name of employer"]), edition="2"))
    assert sorted(told(edition, ChangeKind.GONE)) == ["name_employer", "occupation"]
    assert edition.kept == ()


# Options


def help_with(*titles, y=100.0):
    return [
        tick(title, 40 + 90 * at, y, group_label="1. What do you need (check all that apply)", group="g")
        for at, title in enumerate(titles)
    ]


def test_an_option_that_goes_and_one_that_comes():
    old = definition_of(*help_with("Food", "Rent", "Heat"), *fields())
    old = edits.reword_options(old, ids(old)[0], ["Food", "Help with the rent", "Heat"])
    edition = take_up(old, definition_of(*help_with("Food", "Rent", "Clothes"), *fields(), edition="2"))
    question = edition.definition.questions()[0]
    assert [option.title for option in question.options] == ["Food", "Help with the rent", "Clothes"]
    said = {change.kind: change.says for change in edition.changes}
    assert said == {ChangeKind.OPTION_NEW: "New: “Clothes”.", ChangeKind.OPTION_GONE: "Gone: “Heat”."}
    ticks = [one.when for one in edition.definition.paper.boxes if one.answer == question.id]
    assert ticks == ["food", "rent", "clothes"]


@pytest.mark.parametrize("condition", ["{} includes heat", '{} includes "heat"'])
def test_an_option_that_a_condition_looks_at_stays(condition):
    old = definition_of(*help_with("Food", "Rent", "Heat"), *fields())
    name = ids(old)[0]
    old = edited(old, "occupation", asked_when=condition.format(name))
    edition = take_up(old, definition_of(*help_with("Food", "Rent"), *fields(), edition="2"))
    assert [option.value for option in asked(edition.definition, name).options] == ["food", "rent", "heat"]
    assert errors(edition.definition) == []


# What an owner joined, split or retyped


def test_questions_that_the_owner_joined_stay_joined_when_another_goes(old):
    joined = edits.join_questions(
        old,
        ["name_employer", "name_landlord"],
        QuestionType.LONG_TEXT,
        title="Employer and landlord",
    )
    edition = take_up(joined, definition_of(*fields(drop=["Occupation"]), edition="2"))
    assert told(edition, ChangeKind.NEW) == []
    assert told(edition, ChangeKind.REWORDED) == []
    assert asked(edition.definition, "name_employer").title == "Employer and landlord"
    assert list(answers_on_paper(edition.definition).values()).count("name_employer") == 2


def comb(label, x, cells, y=60, **more):
    return box(label, x, y, 16 * cells, cells=cells, max_length=cells, **more)


def born(first="4. Date of birth. Month"):
    return [comb(first, 40, 2), comb("Day", 90, 2), comb("Year", 140, 4)]


def test_a_date_that_the_owner_split_stays_split():
    old = definition_of(*born(), *fields(drop=["Date of birth"]))
    split = edits.split_question(old, ids(old)[0])
    edition = take_up(
        split, definition_of(*born(), *fields(drop=["Date of birth", "Monthly rent"]), edition="2")
    )
    assert ids(edition.definition)[:3] == ids(split)[:3]
    assert told(edition, ChangeKind.GONE) == ["monthly_rent"]
    assert len(edition.changes) == 1


def test_a_comb_that_grew_gives_room_for_more():
    def number(cells):
        return comb("9. Account number", 40, cells, y=500)

    old = definition_of(*fields(), number(8))
    edition = take_up(old, definition_of(*fields(), number(11), edition="2"))
    question = edition.definition.questions()[-1]
    assert question.max_length == 11
    assert [change.kind for change in edition.changes] == [ChangeKind.ROOM]
    assert edition.definition.paper.boxes[-1].cells == 11


def test_a_part_of_a_date_that_lost_its_box_is_told():
    old = definition_of(*born(), *fields(drop=["Date of birth"]))
    name = ids(old)[0]
    new = definition_of(*born()[:2], *fields(drop=["Date of birth"]), edition="2")
    edition = take_up(old, new)
    assert "year" in " ".join(change.says for change in edition.changes if change.question == name)
    assert edition.for_a_person


# Repeating groups


def children(rows, *, school=False):
    made = []
    for row in range(1, rows + 1):
        y = 80 + 18 * row
        made += [box(f"Name of child [{row}]", 40, y, 200), box(f"Date of birth [{row}]", 250, y, 80)]
        made += [box(f"School [{row}]", 440, y, 100)] if school else []
    return made


def test_more_printed_rows_are_told_and_filled():
    old = definition_of(*children(3))
    edition = take_up(old, definition_of(*children(5), edition="2"))
    page = edition.definition.pages[0]
    assert isinstance(page.repeat, Repeat)
    assert page.repeat.printed_rows == 5
    assert f"{page.repeat.id}[5].{page.questions[1].id}" in answers_on_paper(edition.definition).values()
    assert [change.kind for change in edition.changes] == [ChangeKind.ROOM]


def test_a_new_column_joins_its_group():
    old = definition_of(*children(3))
    edition = take_up(old, definition_of(*children(3, school=True), edition="2"))
    (page,) = edition.definition.pages
    assert len(page.questions) == 3
    assert told(edition, ChangeKind.NEW) == [page.questions[2].id]
    assert errors(edition.definition) == []
    assert len(edition.definition.paper.boxes) == 9


# Routes


def married(y=400.0):
    return [
        tick('YES (If "Yes," complete Item 8B)', 40, y, group_label="8A. Are you married?", group="m"),
        tick("NO", 300, y, group_label="8A. Are you married?", group="m"),
        box("8B. Date of marriage", 400, y - 2),
    ]


def test_a_new_question_brings_its_condition_in_the_owners_names():
    old = definition_of(*fields(), *married()[:2])
    edition = take_up(old, definition_of(*fields(), *married(), edition="2"))
    page = edition.definition.pages[-1]
    assert page.questions[0].id == "date_marriage"
    assert page.asked_when == f"{ids(old)[-1]} = yes"
    assert errors(edition.definition) == []


def test_a_condition_on_what_is_left_out_is_said_and_not_written():
    old = definition_of(*fields(), *married()[:2])
    old = edits.leave_out(old, ids(old)[-1], "The register says it.")
    edition = take_up(old, definition_of(*fields(), *married(), edition="2"))
    assert edition.definition.pages[-1].asked_when == ""
    (new,) = [change for change in edition.changes if change.kind is ChangeKind.NEW]
    assert "Say when it is asked" in new.says
    assert errors(edition.definition) == []


# Order, where words are the same


def rows(count, *, without=()):
    """A form of one caption again and again; every later box has the name and place of the one before."""
    kept = [at for at in range(count) if at not in without]
    made = [box("Sum of the year", 40, 100 + 20 * at, name=f"f.Text{at}[0]") for at in range(len(kept))]
    marks = {0: "Wages", 5: "Pensions", 10: "Rents"}
    for place, at in enumerate(kept):
        if at in marks:
            made[place] = made[place].model_copy(update={"label": marks[at]})
    return made


def test_boxes_with_the_same_words_keep_their_order_between_those_that_differ():
    old = definition_of(*rows(15))
    edition = take_up(old, definition_of(*rows(15, without=[7]), edition="2"))
    before, now = answers_on_paper(old), answers_on_paper(edition.definition)
    for at in (*range(1, 8), *range(11, 16)):
        assert now[f"p1-{at if at < 8 else at - 1}"] == before[f"p1-{at}"]
    (change,) = edition.changes
    assert change.kind is ChangeKind.NO_PLACE
    assert change.says == "The paper has no box for record 2 any more."


OPTIONS = {"help": frozenset({"yes", "rent"}), "rent": frozenset()}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("help = rent", "aid = lease"),
        ('help = "yes" and rent > 10', 'aid = "yes" and dues > 10'),
        ("rent in (help, 3) or not help in (rent, yes)", "dues in (aid, 3) or not aid in (lease, yes)"),
        ("help = ", "help = "),
    ],
)
def test_a_condition_in_other_names_keeps_options_apart_from_questions(before, after):
    names, values = {"help": "aid", "rent": "dues"}, {("help", "rent"): "lease"}
    assert renamed(before, names, values, OPTIONS) == after


# Refusals


def test_another_form_is_refused(old):
    other = definition_of(box("Colour of the boat", 400, 700), box("Length of mast", 400, 750), edition="2")
    with pytest.raises(EditionRefused, match="shares no question"):
        take_up(old, other)


def test_a_definition_without_paper_is_refused(old):
    with pytest.raises(EditionRefused, match="no paper"):
        take_up(old.model_copy(update={"paper": None}), old)


def test_a_form_that_lost_all_but_one_question_is_still_a_service(old):
    new = definition_of(
        *fields(
            drop=[
                "Occupation",
                "Name of employer",
                "Name of landlord",
                "Monthly rent",
                "Reason for the application",
            ]
        ),
        edition="2",
    )
    edition = take_up(old, new)
    assert ids(edition.definition) == ["date_birth"]
    assert errors(edition.definition) == []
