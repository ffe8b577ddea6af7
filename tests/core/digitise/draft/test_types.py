"""The type of a question by its words, where the kind of its box does not tell."""

from tests.core.digitise.draft.made import box, drafted, only

from perdure.core.definition.model import QuestionType


def test_when_did_something_begin_is_asked_as_a_date():
    assert only(drafted(box("17C. WHEN DID YOUR JOB BEGIN?", 40, 100))).type is QuestionType.DATE


def test_lines_for_an_address_are_one_address():
    words = "9. If you are moving, provide your new address below"
    asked = only(drafted(box(words, 40, 100, 500), box("", 40, 118, 500), box("", 40, 136, 500)))
    assert (asked.type, asked.parts) == (QuestionType.ADDRESS, ("full",))


def test_nobody_is_asked_for_the_day_of_their_own_death():
    assert only(drafted(box("22C. DATE OF DEATH", 40, 100))).title == "Date of death"


def test_a_hyphen_at_the_end_of_a_line_is_no_part_of_a_word():
    assert only(drafted(box("10A. Is student en\x02 rolled?", 40, 100))).title == "Is student enrolled?"
