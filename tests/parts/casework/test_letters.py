"""The words of letters."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.parts.casework.service import ANSWERS, grant

from perdure.core.definition.api import compile_service, load_definition
from perdure.parts.casework import letters, rules
from perdure.parts.casework.web.markdown import letter_html

DAY = date(2026, 11, 23)
PLAIN = grant().split("\nletters:")[0] + "\n"


def letter_of(definition=None, *, outcome="approve", reason="", answers=None, language="en"):
    service = compile_service(load_definition(definition or grant()))
    about = letters.About(service, "HG-1", answers or ANSWERS, reason, DAY, language)
    if outcome == "ask":
        return letters.asking_letter(about)
    return letters.decision_letter(about, rules.outcome_of(service.definition, outcome))


def own(body):
    """A service whose letter of approval has this body."""
    letter = {"id": "approved", "subject": "Yes to {reference}", "body": body}
    return f"{PLAIN}letters: {json.dumps([letter])}\n"


def test_places_in_a_letter_are_filled_in():
    letter = letter_of()
    assert letter.subject == "We can help: Home grant"
    assert "Dear Ada Byron," in letter.body
    assert "your application HG\\-1" not in letter.body
    assert "HG-1 on 23 November 2026" in letter.body


def test_a_reason_without_a_place_in_the_letter_stands_at_its_end():
    assert letter_of(reason="A good plan.").body.endswith("Why: A good plan.")


def test_a_reason_with_a_place_is_written_there_once():
    body = letter_of(own("First. {reason} Last."), reason="A good plan.").body
    assert body == "First. A good plan. Last."


def test_a_place_for_which_nobody_answered_is_left_out_and_leaves_no_hole():
    assert letter_of(own("First.\n\n{reason}\n\n{partner_income}\n\nLast.")).body == "First.\n\nLast."


@pytest.mark.parametrize("outcome", ["refuse", "withdraw", "ask"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_service_without_letters_of_its_own_gets_plain_ones(outcome, language):
    letter = letter_of(PLAIN, outcome=outcome, reason="The house is new.", language=language)
    assert letter.subject
    for words in ("Home grant", "HG-1", "The house is new."):
        assert words in letter.subject + letter.body
    assert "{" not in letter.subject + letter.body
    assert letter.language == language


def test_what_the_applicant_typed_stays_plain_words_in_a_letter():
    answers = {**ANSWERS, "name": {"given": "{reason} [x](http://evil)", "family": "**B** <b>"}}
    html = letter_html(letter_of(reason="SECRET", answers=answers).body)
    assert "Dear {reason} [x](http://evil) **B** &lt;b&gt;," in html
    assert html.count("SECRET") == 1


def test_lines_of_a_reason_stay_lines():
    html = letter_html(letter_of(reason="One.\r\nTwo.\n\nThree.").body)
    assert "One.<br />\nTwo.</p>" in html
    assert "<p>Three.</p>" in html


def test_a_letter_on_a_page_has_no_headings_and_no_raw_html():
    html = letter_html("# Big\n\n<script>x</script>\n\n[y](javascript:alert(1))")
    assert "<h1" not in html
    assert "<script" not in html
    assert "href" not in html
