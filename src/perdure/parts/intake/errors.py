"""Refusals of intake.

PerdureError
└── IntakeError
    ├── ApplicationNotFound   this browser holds no application for the service, or it was removed
    ├── AlreadySent           answers cannot be changed after sending
    ├── PageNotFound          no such page, or no such record of a repeating page
    ├── NotComplete           it cannot be sent yet; page: where to go on
    ├── WrongReturnCode       reference and code do not belong together
    └── TooManyTries          too many wrong codes from one place, or for one reference
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError


class IntakeError(PerdureError):
    """Whatever intake refuses."""

    code = "intake.refused"


class ApplicationNotFound(IntakeError):
    """No application under this reference and secret."""

    code = "intake.not-found"

    def __init__(self) -> None:
        super().__init__(
            _("We did not find your application on this device."),
            _("Use your reference and return code to come back to it, or start a new one."),
        )


class AlreadySent(IntakeError):
    """The application was sent; its answers stay as they are."""

    code = "intake.already-sent"

    def __init__(self, reference: str) -> None:
        super().__init__(
            _("This application has been sent, so its answers cannot be changed here."),
            _("Ask us if something has to be corrected."),
        )
        self.reference = reference


class PageNotFound(IntakeError):
    """The service has no such page, or the page no such record."""

    code = "intake.page-not-found"

    def __init__(self) -> None:
        super().__init__(
            _("This service has no such page."), _("Go on from the next question that needs you.")
        )


class NotComplete(IntakeError):
    """Something is still missing. page: id of the first page that needs an answer."""

    code = "intake.not-complete"

    def __init__(self, page: str) -> None:
        super().__init__(
            _("The application is not complete yet."), _("Answer the questions that are left, then send it.")
        )
        self.page = page


class WrongReturnCode(IntakeError):
    """Reference and code do not belong together; which of them is wrong is not said."""

    code = "intake.wrong-code"

    def __init__(self) -> None:
        super().__init__(
            _("The reference and the return code do not belong together."),
            _("Check both, letter by letter. They are on the page where you saved your application."),
        )


class TooManyTries(IntakeError):
    """Somebody is guessing, or has mistyped very often."""

    code = "intake.too-many-tries"

    def __init__(self) -> None:
        super().__init__(
            _("There were too many tries with a wrong code."), _("Wait an hour and try again, or ask us.")
        )
