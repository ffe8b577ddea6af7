"""Tables, data asked twice, sections, routes, and what is not asked."""

from tests.core.digitise.draft.made import (
    answers_on_paper,
    box,
    drafted,
    line,
    only,
    page_of,
    questions,
    tick,
)

from perdure.core.definition.model import QuestionType


def child(row, y):
    return [
        box(f"Name of child [{row}]", 40, y, 200),
        box(f"Date of birth [{row}]", 250, y, 80),
        box(f"Relationship [{row}]", 340, y, 100),
    ]


def test_a_table_is_a_group_that_repeats():
    draft = drafted(*child(1, 100), *child(2, 118), *child(3, 136))
    page = draft.definition.pages[0]
    assert page.repeat is not None
    assert page.repeat.one == "child"
    assert page.repeat.printed_rows == 3
    assert [asked.type for asked in page.questions] == [
        QuestionType.NAME,
        QuestionType.DATE,
        QuestionType.TEXT,
    ]
    placed = answers_on_paper(draft.definition)
    assert placed["p1-5"] == f"{page.repeat.id}[2].{page.questions[1].id}"


def test_rows_without_words_take_those_of_the_first():
    row = [("Year", 40), ("Employer's town", 150)]
    fields = [box(label if y == 100 else "", x, y, 100) for y in (100, 118, 136) for label, x in row]
    page = drafted(*fields).definition.pages[0]
    assert page.repeat is not None
    assert len(page.questions) == 2


def test_rows_with_words_of_their_own_stay_questions():
    fields = [
        box(f"{what} for {who}", x, y, 80)
        for y, what in ((100, "Food"), (118, "Rent"), (136, "Heat"))
        for who, x in (("self", 200), ("spouse", 300))
    ]
    draft = drafted(*fields)
    assert all(page.repeat is None for page in draft.definition.pages)
    assert len(questions(draft)) == 6


def test_the_number_at_the_head_of_later_pages_is_asked_once():
    draft = drafted(
        box("Veteran's social security number", 40, 300, max_length=9),
        box("VETERAN'S SOCIAL SECURITY NO.", 300, 30, page=2, max_length=9),
    )
    asked = only(draft)
    assert set(answers_on_paper(draft.definition).values()) == {asked.id}


def test_sections_come_from_numbered_headings():
    draft = drafted(
        box("Occupation", 40, 100),
        box("Bank", 40, 300),
        lines=(line("SECTION I: ABOUT YOU", 40, 60), line("SECTION II - YOUR MONEY", 40, 250)),
    )
    assert [page.section for page in draft.definition.pages] == [
        "Section 1: About you",
        "Section 2: Your money",
    ]


def test_a_route_becomes_a_condition_with_its_sentence():
    draft = drafted(
        tick(
            'YES (If "Yes," complete Item 5B)', 40, 100, group_label="5A. Were you married before?", group="g"
        ),
        tick("NO", 100, 100, group_label="5A. Were you married before?", group="g"),
        box("5B. Date of marriage", 200, 98),
    )
    first, second = questions(draft)
    page = page_of(draft, second.id)
    assert page.asked_when == f"{first.id} = yes"
    assert page.because == 'If "Yes," complete Item 5B'


def test_if_yes_looks_back_to_the_question_before():
    draft = drafted(
        tick("Yes", 40, 100, group_label="Have you applied before?", group="g"),
        tick("No", 100, 100, group_label="Have you applied before?", group="g"),
        box("If yes, when did you apply last and where?", 40, 120, 300),
    )
    first, second = questions(draft)
    assert page_of(draft, second.id).asked_when == f"{first.id} = yes"
    assert second.title == "When did you apply last and where?"


def test_a_skip_is_asked_the_other_way_round():
    draft = drafted(
        tick("YES", 40, 100, group_label="7A. Do you rent?", group="g"),
        tick('NO (If "No," skip to item 8)', 100, 100, group_label="7A. Do you rent?", group="g"),
        box("7B. Name of landlord", 40, 120),
        box("8. Occupation", 40, 140),
    )
    first, landlord, occupation = questions(draft)
    assert page_of(draft, landlord.id).asked_when == f"{first.id} = yes"
    assert page_of(draft, occupation.id).asked_when == ""


def test_a_route_to_nowhere_is_a_note_and_no_condition():
    draft = drafted(
        tick('YES (If "Yes," complete Item 99)', 40, 100, group_label="5A. Are you well?", group="g"),
        tick("NO", 100, 100, group_label="5A. Are you well?", group="g"),
        box("6. Occupation", 40, 120),
    )
    assert not any(page.asked_when for page in draft.definition.pages)
    assert any("complete Item 99" in note.says for note in draft.to_review)


def test_boxes_of_the_office_and_of_other_signers_are_listed_and_not_asked():
    draft = drafted(
        box("Occupation", 40, 100),
        box("FOR OFFICE USE ONLY", 40, 200),
        box("Date received", 40, 230, office_use=True),
        box("Signature of witness", 40, 300),
        box("Date", 200, 300),
        box("Page total", 40, 400, read_only=True),
    )
    assert [asked.title for asked in questions(draft)] == ["What is your occupation?"]
    reasons = [one.because for one in draft.not_asked]
    assert sorted(reasons) == [
        "office_use",
        "office_use",
        "read_only",
        "signature_on_paper",
        "signature_on_paper",
    ]


def test_the_applicants_signature_is_a_typed_name():
    asked = only(drafted(box("12. SIGNATURE OF APPLICANT (Sign in ink)", 40, 300)))
    assert asked.type is QuestionType.SIGNATURE
    assert asked.title == "Signature of applicant"


def test_instructions_are_kept_as_guidance_with_their_page():
    text = (
        "PENALTY: The law punishes wrong statements with a fine, so read each question before you answer it."
    )
    draft = drafted(box("Occupation", 40, 300), lines=(line(text, 40, 700),))
    passage = draft.definition.guidance[0]
    assert passage.title == "Penalty"
    assert passage.page == 1
    assert passage.text.startswith("The law punishes")


def test_the_words_of_a_question_are_not_guidance():
    words = (
        "9. Describe every illness that you have had since you left the service, and who treated you for it."
    )
    draft = drafted(box(words, 40, 300, 400), lines=(line(words, 40, 280),))
    assert draft.definition.guidance == ()


def test_the_sentence_that_says_what_the_form_is_for_is_the_summary():
    text = (
        "NOTE: Use this form to ask the council for help with the costs of adapting your home to your needs."
    )
    draft = drafted(box("Occupation", 40, 300), lines=(line(text, 40, 60),))
    assert draft.definition.summary.startswith("Use this form to ask the council")


def issue(row, y, page=1):
    return [
        box("18A. Specific issue", 40, y, 250, page=page),
        box("18B. Date of decision", 300, y, 80, page=page),
        box("18C. Office", 390, y, 80, page=page),
    ]


def test_a_table_that_goes_on_on_the_next_page_is_one_group():
    heading = (line("SECTION 5: ISSUES", 40, 80, bold=True, size=12),)
    rows = [issue(row, 100 + 18 * row, page) for page in (1, 2) for row in range(3)]
    draft = drafted(*[each for row in rows for each in row], lines=heading)
    groups = [page for page in draft.definition.pages if page.repeat]
    assert [page.repeat.printed_rows for page in groups if page.repeat] == [6]
    assert len(answers_on_paper(draft.definition)) == 18


def test_a_table_of_another_question_is_a_group_of_its_own():
    first = [each for row in range(3) for each in issue(row, 100 + 18 * row)]
    other = [
        each.model_copy(update={"label": each.label.replace("18", "19")})
        for row in range(3)
        for each in issue(row, 176 + 18 * row)
    ]
    draft = drafted(*first, *other)
    rows = [page.repeat.printed_rows for page in draft.definition.pages if page.repeat]
    assert rows == [3, 3]


def test_data_beside_the_name_of_somebody_else_at_the_head_of_a_page_are_asked_anew():
    draft = drafted(
        box("Veteran's date of birth", 40, 200),
        box("Last name", 40, 30, page=2),
        box("First name", 200, 30, page=2),
        box("Date of birth", 40, 60, page=2),
    )
    births = [one for one in questions(draft) if one.type is QuestionType.DATE]
    assert len(births) == 2


def test_a_heading_over_nearly_all_of_a_form_is_no_section():
    fields = [box(words, 40, 100 + 30 * at) for at, words in enumerate(("Employer", "Job", "Wages", "Shift"))]
    heading = line("CITY OF NEWTOWN AND NEWHAM", 40, 50, bold=True)
    whole = drafted(*fields, lines=(heading,))
    assert {page.section for page in whole.definition.pages} == {""}
    parts = drafted(*fields, lines=(heading, line("YOUR WORK AT NIGHT", 40, 155, bold=True)))
    assert len({page.section for page in parts.definition.pages}) == 2
