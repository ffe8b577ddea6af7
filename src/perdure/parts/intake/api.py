"""Intake: the applicant's side, from the start page to the receipt.

Owns the words application, answer, return code and receipt. An application belongs for
ever to the version of the service it began on. Does not know what becomes of an
application: whoever works on it adds itself to `receivers`.
"""

from django.http import HttpRequest

from perdure.parts.intake.actions import answer_page, answer_record, begin, come_back, send
from perdure.parts.intake.errors import (
    AlreadySent,
    ApplicationNotFound,
    IntakeError,
    NotComplete,
    PageNotFound,
    TooManyTries,
    WrongReturnCode,
)
from perdure.parts.intake.queries import sent
from perdure.parts.intake.receivers import Receiver, receivers
from perdure.parts.intake.values import Held, SentApplication
from perdure.parts.intake.web.cookie import holds

__all__ = [
    "AlreadySent",
    "ApplicationNotFound",
    "Held",
    "IntakeError",
    "NotComplete",
    "PageNotFound",
    "Receiver",
    "SentApplication",
    "TooManyTries",
    "WrongReturnCode",
    "answer_page",
    "answer_record",
    "begin",
    "come_back",
    "receivers",
    "recognises",
    "send",
    "sent",
]


def recognises(request: HttpRequest, reference: str) -> bool:
    """Does this browser hold the application: it began it, or came back with its code? No query."""
    return holds(request, reference) is not None
