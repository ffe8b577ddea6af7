"""Comments of a definition's owner survive when the file is written anew."""

from __future__ import annotations

from perdure.core.definition import edits
from perdure.core.definition.api import dump_definition, load_definition, with_comments

KEPT = """\
# Kept by the parks team. Ask Amina before you change the letters.
perdure: 1
id: garden-grant
title: "Garden #1 grant"
summary: |
  Money for a garden.

  # this is a heading of the summary, no comment
owner: Parks team
review_by: 2027-01-31   # the council meets in January
pages:
  # Legal wants the full name first.
  - id: name
    questions:
      - {id: name, type: text, title: What is your name?}
  - id: size
    questions:
      # In square metres, as the bylaw says.
      - id: size
        type: whole_number
        title: How big is it?
# The end.
"""


def rewritten(text, edit=lambda d: d):
    return with_comments(text, dump_definition(edit(load_definition(text))))


def line_after(text, comment):
    lines = [line.strip() for line in text.splitlines()]
    return lines[lines.index(comment) + 1]


def test_each_comment_stays_above_what_it_was_about():
    text = rewritten(KEPT)
    assert text.startswith("# Kept by the parks team.")
    assert line_after(text, "# the council meets in January").startswith("review_by:")
    assert line_after(text, "# Legal wants the full name first.") == "- id: name"
    assert line_after(text, "# In square metres, as the bylaw says.").startswith("- id: size")
    assert text.endswith("# The end.\n")


def test_words_with_the_sign_in_them_are_no_comments():
    text = rewritten(KEPT)
    assert text.count("heading of the summary") == 1
    assert text.count("Garden #1 grant") == 1
    assert load_definition(text) == load_definition(KEPT)


def test_a_comment_goes_with_its_question_when_that_is_moved():
    text = rewritten(KEPT, lambda d: edits.move_page(d, "size", -1))
    assert line_after(text, "# In square metres, as the bylaw says.").startswith("- id: size")
    assert text.index("square metres") < text.index("Legal wants")


def test_a_comment_about_what_is_gone_is_not_lost():
    text = rewritten(KEPT, lambda d: edits.leave_out(d, "size", "Known."))
    assert "# In square metres, as the bylaw says." in text
    assert load_definition(text) == edits.leave_out(load_definition(KEPT), "size", "Known.")


def test_writing_twice_doubles_nothing():
    once = rewritten(KEPT)
    assert rewritten(once) == once


def test_a_text_without_comments_is_written_as_it_is():
    plain = dump_definition(load_definition(KEPT))
    assert with_comments(plain, plain) == plain
