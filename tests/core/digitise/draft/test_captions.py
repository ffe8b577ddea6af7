"""Captions of marks are taken as whole as they are printed."""

from tests.core.digitise.draft.made import drafted, form_of, line, questions, tick

from perdure.core.digitise.draft import draft_service
from perdure.core.digitise.values import Widget, Word
from perdure.core.kernel.geometry import Box


def test_a_caption_of_two_lines_is_whole_when_the_reader_named_its_second():
    caption = "AND PARTICIPATE IN NUCLEAR TESTING?"
    draft = drafted(
        tick("YES", 400, 104, group_label=caption),
        tick("NO", 440, 104, group_label=caption),
        lines=(line("H. DID YOU SERVE IN A RADIATION LOCATION", 40, 96), line(caption, 50, 106)),
    )
    (asked,) = questions(draft)
    assert asked.title == "Did you serve in a radiation location and participate in nuclear testing?"


def test_the_next_question_below_is_no_part_of_a_caption():
    draft = drafted(
        tick("YES", 400, 100, group_label="A. ARE YOU A FORMER PRISONER OF WAR"),
        tick("NO", 440, 100, group_label="A. ARE YOU A FORMER PRISONER OF WAR"),
        lines=(
            line("A. ARE YOU A FORMER PRISONER OF WAR", 40, 100),
            line("B. WERE YOU DISCHARGED FOR A DISABILITY?", 40, 110),
        ),
    )
    assert questions(draft)[0].title == "Are you a former prisoner of war?"


def test_rows_that_count_anew_are_named_by_the_words_before_them():
    caption = "23. EDUCATION (Check highest year completed)"
    marks = [
        tick(str(year), x + 30 * year, 100, group_label=caption) for x in (100, 300) for year in (1, 2, 3)
    ]
    form = form_of(*marks, lines=(line(caption, 40, 80),))
    words = [
        Word(text=text, box=Box(x, 100, x + 40, 108)) for text, x in (("PRIMARY", 80), ("SECONDARY", 280))
    ]
    page = form.pages[0].model_copy(update={"words": tuple(words)})
    draft = draft_service(
        form.model_copy(update={"pages": (page,)}),
        owner="Benefits", review_by=drafted(marks[0]).definition.review_by, file="a-form.pdf",
    )  # fmt: skip
    assert [one.title for one in questions(draft)] == ["Education: primary", "Education: secondary"]


def test_a_radio_of_the_file_is_one_question_whatever_its_words_are():
    marks = [
        tick(
            word,
            x,
            100,
            group_label="4. SEX",
            group="field:sex",
            name="sex",
            widget=Widget.RADIO,
            on_state=word,
        )
        for word, x in (("MALE", 40), ("FEMALE", 100))
    ]
    (asked,) = questions(drafted(*marks, lines=(line("4. SEX", 40, 88), line("MALE", 52, 100))))
    assert asked.title == "Sex"
