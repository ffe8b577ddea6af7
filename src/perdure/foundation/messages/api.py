"""Messages: e-mail that goes out by the installation's own server (`PERDURE_EMAIL_URL`).

Sending waits for another machine, so it is done in jobs and never while a person waits for a page.
"""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError

__all__ = ["NotDelivered", "send"]


class NotDelivered(PerdureError):
    """The server did not take a message. permanent: trying again will not help."""

    code = "messages.not-delivered"

    def __init__(self, why: str, *, permanent: bool) -> None:
        super().__init__(
            _("The message could not be delivered: %(why)s") % {"why": why},
            _("Check the address; if it is right, look at the mail server."),
        )
        self.permanent = permanent


def send(to: str, subject: str, text: str) -> None:
    """Hand one plain message to the mail server; it is there when this returns.

    Raises NotDelivered. Without a server the message goes to the log instead.
    """
    message = EmailMessage(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [to])
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        raise NotDelivered(_plain(words), permanent=code >= 500) from refused
    except smtplib.SMTPResponseException as refused:
        raise NotDelivered(_plain(refused.smtp_error), permanent=refused.smtp_code >= 500) from refused
    except (OSError, smtplib.SMTPException) as problem:
        raise NotDelivered(str(problem), permanent=False) from problem


def _plain(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:200]
