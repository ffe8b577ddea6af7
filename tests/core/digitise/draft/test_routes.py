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


def test_an_item_that_either_answer_points_to_is_always_asked():
    draft = drafted(
        tick('YES (If "Yes," complete item 2)', 40, 100, group_label="1. Were you ill?", group="g"),
        tick('NO (If "No," complete item 2)', 200, 100, group_label="1. Were you ill?", group="g"),
        box("2. Name of doctor", 40, 130),
    )
    assert asked_when(draft, "doctor") == ""
    assert because(draft, "doctor") == ""


def test_an_item_that_two_options_point_to_is_asked_for_either():
    draft = drafted(
        *choice(
            "1. How do you live?",
            "Alone",
            "With others (If checked, complete item 2)",
            "With family (If checked, complete item 2)",
        ),
        box("2. Number of people", 40, 200),
    )
    assert asked_when(draft, "Number of people") == "live in (others, family)"
    assert "With others" in because(draft, "Number of people")
    assert "With family" in because(draft, "Number of people")


def test_a_sentence_beside_the_rows_of_a_table_is_a_condition_within_each_record():
    def row(number, y):
        asked = {"group_label": f"2. Did the child live with you? [{number}]", "group": f"g{number}"}
        return [
            box(f"1. Name of child [{number}]", 40, y),
            tick("Yes", 200, y, **asked),
            tick("No", 230, y, **asked),
            box(f"3. Address of child [{number}]", 300, y),
            box(f"4. School [{number}]", 430, y),
        ]

    rows = [*row(1, 100), *row(2, 120), *row(3, 140)]
    draft = drafted(*rows, lines=(line('If "No," complete item 3', 200, 156),))
    (page,) = draft.definition.pages
    assert page.repeat is not None
    lived = next(asked for asked in page.questions if asked.type.value == "yes_no")
    by_title = {asked.title: (asked.asked_when, asked.because) for asked in page.questions}
    assert by_title["Address of child"] == (f"{lived.id} = no", 'If "No," complete item 3')
    assert by_title["School"] == ("", "")


def test_yes_or_no_among_other_answers_sends_on_too():
    sentence = line('If "Yes," complete item 2', 140, 124)
    draft = drafted(
        *choice("1. Do you have a pension?", "Yes", "No", "Not applicable"),
        box("2. Amount of pension", 40, 200),
        box("3. Occupation", 40, 230),
        lines=(sentence,),
    )
    assert asked_when(draft, "Amount of pension") == 'pension = "yes"'
    assert asked_when(draft, "ccupation") == ""
