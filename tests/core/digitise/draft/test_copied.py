"""A tooltip that was copied with its box is not believed against the print."""

from tests.core.digitise.draft.made import box, drafted, line, questions

from perdure.core.definition.model import QuestionType


def told(words, printed, x, y, cells=0, **more):
    """A declared box whose tooltip says one thing and the print beside it another."""
    wide = 16 * cells or 200
    return box(
        words, x, y, wide, cells=cells, max_length=cells or None, tooltip=words, printed=printed,
        name=f"f{x}-{y}", **more,
    )  # fmt: skip


def date_boxes(words, printed, y):
    pieces = (("Enter 2 digit Month.", 40, 2), ("Enter 2 digit Day.", 90, 2), ("Enter 4 digit Year.", 140, 4))
    return [told(f"{words}. {piece}", printed, x, y, cells) for piece, x, cells in pieces]


def test_boxes_copied_for_another_date_ask_for_the_date_that_is_printed():
    draft = drafted(
        *date_boxes("4. Date of Birth", "4. DATE OF BIRTH (MM/DD/YYYY)", 100),
        *date_boxes("4. Date of Birth", "19B. DATE SIGNED (MM/DD/YYYY)", 200),
    )
    born, signed = questions(draft)
    assert (born.title, born.type) == ("What is your date of birth?", QuestionType.DATE)
    assert (signed.title, signed.type) == ("Date signed", QuestionType.DATE)


def test_a_copied_name_takes_the_person_that_is_printed():
    words = "9. Veteran's name. Enter"
    draft = drafted(
        told(f"{words} First Name.", "9. VETERAN'S NAME (First, Last)", 40, 100),
        told(f"{words} Last Name.", "9. VETERAN'S NAME (First, Last)", 250, 100),
        told(f"{words} First Name.", "21C. NAME OF STEPCHILD YOU ARE SUPPORTING", 40, 200),
        told(f"{words} Last Name.", "21C. NAME OF STEPCHILD YOU ARE SUPPORTING", 250, 200),
    )
    first, second = questions(draft)
    assert first.title == "What is the veteran's name?"
    assert second.title == "Name of stepchild you are supporting"
    assert second.parts == ("given", "family")


def test_under_a_format_alone_the_numbered_line_over_the_column_counts():
    draft = drafted(
        *date_boxes("4. Date of Birth", "4. DATE OF BIRTH", 60),
        *date_boxes("4. Date of Birth", "MM/DD/YYYY", 200),
        *date_boxes("4. Date of Birth", "MM/DD/YYYY", 300),
        lines=(line("18B. DATE OF DECISION NOTICE", 40, 150),),
    )
    titles = [one.title for one in questions(draft)]
    assert titles[0] == "What is your date of birth?"
    assert all(title.startswith("Date of decision notice") for title in titles[1:])


def test_the_same_column_in_several_rows_keeps_its_words():
    rows = [told("First name", "4. Others living with you", 40, y) for y in (100, 130, 160)]
    titles = [one.title for one in questions(drafted(*rows))]
    assert all("irst name" in title for title in titles)


def test_a_part_of_an_address_is_not_taken_for_its_caption():
    city = "5. Enter City."
    draft = drafted(
        told("5. Current mailing address. Enter number and street.", "Street", 40, 100),
        told(city, "City", 40, 120),
        told("5. Current mailing address. Enter number and street.", "Street", 140, 300),
        told(city, "16F. PROVIDE COMPLETE PHYSICAL ADDRESS", 140, 320),
    )
    first, second = questions(draft)
    assert first.parts == second.parts == ("line1", "town")


def test_a_tooltip_that_numbers_another_item_of_the_page_is_not_believed_even_once():
    draft = drafted(
        told("10. Social Security Number.", "8. TELEPHONE NUMBER (Include Area Code)", 40, 100),
        told("6. Mailing Address.", "9. E-MAIL ADDRESS", 300, 100),
        lines=(line("6. CLAIMANT'S NAME", 40, 50), line("10. REASON FOR THE CLAIM", 40, 200)),
    )
    assert [one.type for one in questions(draft)] == [QuestionType.PHONE, QuestionType.EMAIL]


def test_a_tooltip_with_a_number_of_an_older_edition_is_believed():
    draft = drafted(
        told("10. Social Security Number.", "8. TELEPHONE NUMBER", 40, 100),
        lines=(line("10. SOCIAL SECURITY NUMBER", 40, 50),),
    )
    assert [one.type for one in questions(draft)] == [QuestionType.IDENTIFIER]
