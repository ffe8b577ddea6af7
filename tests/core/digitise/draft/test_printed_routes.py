"""Routes that stand in the print only, and those of a whole section."""

from tests.core.digitise.draft.made import box, drafted, line, page_of, questions, tick


def yes_no(caption, y, x=40):
    return tick("YES", x, y, group_label=caption), tick("NO", x + 50, y, group_label=caption)


def test_a_sentence_beside_the_marks_becomes_a_condition():
    draft = drafted(
        *yes_no("22. HAVE YOU LOOKED FOR WORK?", 100),
        box("22A. NAME OF EMPLOYER", 40, 130, 200),
        box("23. REMARKS", 40, 160, 200),
        lines=(line('(If "Yes," complete Item 22A)', 160, 100),),
    )
    looked, employer, remarks = questions(draft)
    assert page_of(draft, employer.id).asked_when == f"{looked.id} = yes"
    assert page_of(draft, employer.id).because == 'If "Yes," complete Item 22A'
    assert not page_of(draft, remarks.id).asked_when


def test_a_sentence_of_two_lines_is_read_to_its_end():
    draft = drafted(
        *yes_no("15. HAVE YOU EVER SERVED?", 100),
        box("15A. BRANCH", 40, 130, 200),
        box("16. REMARKS", 40, 160, 200),
        lines=(line('(If "No," skip this part and', 160, 100), line("continue to item 16)", 160, 110)),
    )
    served, branch, remarks = questions(draft)
    assert page_of(draft, branch.id).asked_when == f"{served.id} = yes"
    assert not page_of(draft, remarks.id).asked_when


def test_a_sentence_far_from_any_marks_is_nobodys():
    draft = drafted(
        *yes_no("22. HAVE YOU LOOKED FOR WORK?", 100),
        box("22A. NAME OF EMPLOYER", 40, 400, 200),
        lines=(line('If "Yes," complete Item 22A', 160, 300),),
    )
    assert not page_of(draft, questions(draft)[1].id).asked_when


def test_a_section_for_one_answer_is_asked_for_that_answer():
    status = [
        tick(word, 40 + 80 * at, 100, group_label="18. MARITAL STATUS (Check one)")
        for at, word in enumerate(("MARRIED", "DIVORCED", "NEVER MARRIED"))
    ]
    draft = drafted(
        *status,
        box("19. HOW MANY CHILDREN", 40, 130, 200),
        box("21. SPOUSE'S OCCUPATION", 40, 320, 200),
        box("22. SPOUSE'S NICKNAME", 40, 350, 200),
        lines=(
            line("SECTION V: CURRENT MARRIAGE", 40, 290, bold=True, size=12),
            line("(COMPLETE ONLY IF YOU ARE CURRENTLY MARRIED)", 40, 304),
        ),
    )
    asked = {one.title: page_of(draft, one.id).asked_when for one in questions(draft)}
    assert asked["How many children?"] == ""
    assert asked["Spouse's nickname"].endswith(" = married")


def test_if_yes_looks_back_to_the_nearest_question_with_a_yes_even_among_other_answers():
    pregnant = [
        tick(words, 40 + 90 * at, 130, group_label="4. Are you pregnant?", group="g4")
        for at, words in enumerate(("Yes", "No", "Not applicable"))
    ]
    draft = drafted(
        *yes_no("3. WERE YOU EVER IN THE NAVY?", 100),
        *pregnant,
        box("If yes, how many babies are expected?", 40, 160, 100),
    )
    _, expecting, babies = questions(draft)
    assert page_of(draft, babies.id).asked_when == f'{expecting.id} = "yes"'


def test_the_table_behind_yes_fill_in_the_information_is_asked_for_yes():
    caption = "20. Do you have life insurance?"
    rows = [
        box(f"{words} [{row}]", x, 130 + 20 * row, 100)
        for row in (1, 2, 3)
        for words, x in (("Name of insurer", 40), ("Policy number", 160))
    ]
    draft = drafted(
        tick("No", 40, 100, group_label=caption, group="g"),
        tick("Yes – fill in the information", 90, 100, group_label=caption, group="g"),
        *rows,
        box("21. Remarks", 40, 300, 200),
    )
    insured = questions(draft)[0]
    assert insured.type == "yes_no"
    table = next(page for page in draft.definition.pages if page.repeat)
    assert table.asked_when == f"{insured.id} = yes"
    assert table.because == "fill in the information"
    assert not page_of(draft, questions(draft)[-1].id).asked_when


def test_a_question_that_opens_with_a_quoted_option_is_asked_for_that_option():
    status = [
        tick(
            words, 40 + 90 * at, 100, group_label="7G. Status (check all that apply)", group=words, name=words
        )
        for at, words in enumerate(("ADOPTED", "STEPCHILD"))
    ]
    draft = drafted(
        *status,
        *yes_no('7H. IF YOU CHECKED "STEPCHILD" IN ITEM 6G, IS IT THE CHILD OF YOUR SPOUSE?', 130),
        box('8. IF YOU CHECKED "LODGER" IN ITEM 7G, GIVE THE RENT', 40, 160),
    )
    kind, spouse, rent = questions(draft)
    assert page_of(draft, spouse.id).asked_when == f"{kind.id} includes stepchild"
    assert not page_of(draft, rent.id).asked_when


def test_two_sentences_that_skip_the_same_for_yes_and_for_no_are_left_to_a_person():
    yes = tick(
        "YES", 40, 100, group_label="1. Is he dead?", tooltip="1. Is he dead? Yes (If yes, go to item 3)"
    )
    no = tick("NO", 90, 100, group_label="1. Is he dead?", tooltip="1. Is he dead? No (If no, go to item 3)")
    draft = drafted(yes, no, box("2. Day of death", 40, 130), box("3. Remarks", 40, 160))
    _, died, _ = questions(draft)
    assert not page_of(draft, died.id).asked_when
    assert any("go to item 3" in note.says for note in draft.to_review)
