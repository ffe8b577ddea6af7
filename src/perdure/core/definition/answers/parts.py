"""The parts of a name or an address that a question asks."""

from __future__ import annotations

from perdure.core.definition.model import Question, QuestionType

USUAL_PARTS = {
    QuestionType.NAME: ("given", "family"),
    QuestionType.ADDRESS: ("line1", "line2", "town", "postcode"),
}


def parts_asked(question: Question) -> tuple[str, ...]:
    """In order; the usual ones when the question does not say; () when it has no parts."""
    return question.parts or USUAL_PARTS.get(question.type, ())
