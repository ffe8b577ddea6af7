"""Sentences on the paper that send the reader on, and the conditions they become."""

from tests.core.digitise.draft.made import box, drafted, line, page_of, questions, tick


def asked_when(draft, words):
    asked = next(one for one in questions(draft) if words in one.title)
    return page_of(draft, asked.id).asked_when


def because(draft, words):
    asked = next(one for one in questions(draft) if words in one.title)
    return page_of(draft, asked.id).because


def choice(caption, *options, y=100):
    return [
        tick(words, 40, y + 14 * at, group_label=f"{caption} (check one)", group="g", name=f"o{at}")
        for at, words in enumerate(options)
    ]


def test_an_option_that_sends_to_other_items_asks_them_only_for_it():
    draft = drafted(
        *choice("1. How do you live?", "Alone", "With others (If checked, complete item 2)"),
        box("2. Number of people", 40, 200),
        box("3. Occupation", 40, 230),
    )
    assert asked_when(draft, "Number of people") == "live = others"
    assert asked_when(draft, "ccupation") == ""


def test_an_option_that_skips_leaves_out_what_stands_between_for_it_alone():
    draft = drafted(
        *choice("1. Marital status", "Married", "Never married (Skip to item 4)"),
        box("2. Date of marriage", 40, 200),
        box("3. Place of marriage", 40, 230),
        box("4. Occupation", 40, 260),
    )
    status = questions(draft)[0].id
    assert asked_when(draft, "Date of marriage") == f"{status} != never_married"
    assert asked_when(draft, "Place of marriage") == f"{status} != never_married"
    assert asked_when(draft, "ccupation") == ""


def test_two_sentences_that_say_the_same_are_both_quoted():
    draft = drafted(
        tick('YES (If "Yes," complete item 2)', 40, 100, group_label="1. Were you ill?", group="g"),
        tick('NO (If "No," skip to item 3)', 100, 100, group_label="1. Were you ill?", group="g"),
        box("2. Name of illness", 40, 130),
        box("3. Occupation", 40, 160),
    )
    assert because(draft, "illness") == 'If "Yes," complete item 2; If "No," skip to item 3'


def test_details_that_yes_asks_for_are_asked_only_for_yes():
    draft = drafted(
        tick('YES (If "Yes," give the place)', 40, 100, group_label="1. Were you ill?", group="g"),
        tick("NO", 200, 100, group_label="1. Were you ill?", group="g"),
        box("Place", 40, 116),
        box("2. Occupation", 40, 160),
    )
    condition = asked_when(draft, "Place")
    assert condition.endswith("= yes")
    assert asked_when(draft, "ccupation") == ""


def test_an_item_that_yes_points_to_is_asked_only_for_yes_and_remarks_always():
    draft = drafted(
        tick('YES (If "Yes," provide your number in item 2)', 40, 100, group_label="1. Filed?", group="g"),
        tick('NO (If "No," explain in item 3)', 300, 100, group_label="1. Filed?", group="g"),
        box("2. File number", 40, 140),
        box("3. Remarks", 40, 180),
    )
    assert asked_when(draft, "number").endswith("= yes")
    assert asked_when(draft, "Remarks") == ""


def test_a_section_for_some_people_only_is_left_to_a_person():
    words = (
        "SECTION 2: CLAIMANT (Complete this section only if the claimant is not the veteran). 4. Occupation"
    )
    draft = drafted(box(words, 40, 100), lines=(line("SECTION 2: CLAIMANT", 40, 80),))
    assert any("only if the claimant is not the veteran" in note.says for note in draft.to_review)
    assert draft.definition.pages[0].asked_when == ""
