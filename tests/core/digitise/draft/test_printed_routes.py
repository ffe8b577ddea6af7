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
