"""What kinds of answers, reasons and other fixed things are called in the studio."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from perdure.core.definition.model import QuestionType
from perdure.core.digitise.edition_values import ChangeKind

TYPES = {
    QuestionType.TEXT: _("A few words"),
    QuestionType.LONG_TEXT: _("A longer text"),
    QuestionType.WHOLE_NUMBER: _("A whole number"),
    QuestionType.NUMBER: _("A number"),
    QuestionType.MONEY: _("A sum of money"),
    QuestionType.PERCENT: _("A percentage"),
    QuestionType.DATE: _("A date"),
    QuestionType.TIME: _("A time of day"),
    QuestionType.YES_NO: _("Yes or no"),
    QuestionType.TICK: _("One box to tick"),
    QuestionType.CHOICE: _("One of several answers"),
    QuestionType.CHOICES: _("Any of several answers"),
    QuestionType.NAME: _("A name"),
    QuestionType.PHONE: _("A phone number"),
    QuestionType.EMAIL: _("An e-mail address"),
    QuestionType.ADDRESS: _("An address"),
    QuestionType.IDENTIFIER: _("A number or code that somebody was given"),
    QuestionType.SIGNATURE: _("A signature by typing one's name"),
}

WITH_OPTIONS = (QuestionType.CHOICE, QuestionType.CHOICES)

PARTS = {
    "title": _("Title"),
    "given": _("First name"),
    "middle": _("Middle name"),
    "family": _("Last name"),
    "suffix": _("Suffix"),
    "full": _("All in one line"),
    "line1": _("First line"),
    "line2": _("Second line"),
    "unit": _("Flat or unit"),
    "town": _("Town"),
    "county": _("County"),
    "region": _("Region or state"),
    "postcode": _("Postcode"),
    "country": _("Country"),
}

DATE_PARTS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

REASONS = {
    "office_use": _("For office use"),
    "signature_on_paper": _("Signed on paper only"),
    "not_understood": _("Not understood"),
    "owner_left_out": _("Left out by a person"),
    "duplicate": _("Asked already"),
    "read_only": _("Printed by the form itself"),
}

CHANGED = {
    "type": _("kind of answer"),
    "title": _("wording"),
    "hint": _("hint"),
    "required": _("must be answered"),
    "options": _("answers to choose from"),
    "parts": _("parts"),
    "min": _("limits"),
    "max": _("limits"),
    "max_length": _("length"),
    "pattern": _("check"),
    "asked_when": _("when it is asked"),
    "pages": _("screens"),
    "summary": _("start page"),
    "contact": _("contact"),
    "eligibility": _("rules on who qualifies"),
    "derived": _("values worked out"),
    "guidance": _("guidance"),
    "paper": _("places on the paper"),
    "casework": _("casework"),
    "letters": _("letters"),
    "retention": _("how long it is kept"),
    "costs": _("costs"),
    "owner": _("owner"),
    "review_by": _("review date"),
    "label": _("handling label"),
}

EDITION = {
    ChangeKind.NEW: (_("New questions"), _("Read each one: its words and kind come from the paper.")),
    ChangeKind.GONE: (_("Gone"), _("No longer on the paper, so no longer asked.")),
    ChangeKind.STILL_ASKED: (
        _("Gone from the paper, but still asked"),
        _("Something uses the answer. Change that first, then leave the question out."),
    ),
    ChangeKind.REWORDED: (
        _("Reworded"),
        _("Your titles and hints stay. Check that they still say what the paper asks."),
    ),
    ChangeKind.OPTION_NEW: (_("New answers to choose from"), ""),
    ChangeKind.OPTION_GONE: (_("Answers that can no longer be chosen"), ""),
    ChangeKind.OPTION_REWORDED: (_("Answers that are worded anew"), _("Your words stay.")),
    ChangeKind.PART: (_("Parts of names and addresses"), ""),
    ChangeKind.ROUTE: (_("Who is asked what"), _("Your conditions stay.")),
    ChangeKind.NO_PLACE: (_("Boxes and answers that found no partner"), ""),
    ChangeKind.MOVED: (
        _("Moved on the paper"),
        _("The answers are written in the new place; your order stays."),
    ),
    ChangeKind.ROOM: (_("More or less room"), _("The paper is filled accordingly.")),
}
"""What a new edition of a form changes: the heading of each kind, and what it means for the owner."""
