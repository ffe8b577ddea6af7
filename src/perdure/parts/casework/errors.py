"""The refusals of casework.

CaseworkError
├── CaseNotFound      no such case, or none that this person may see
├── CaseDecided       somebody has decided it
├── CaseChanged       something happened since the page was opened
├── NotYourCase       somebody else holds it
├── NotOnTheTeam      the person it should go to does not work on the service
├── ReasonNeeded      the outcome, question or note has no words
├── OutcomeUnknown    the service has no such outcome
├── NothingAsked      the applicant was not asked for anything
├── NoCaseWaits       there is no next case to take
└── PaperNotMade      the paper form or the letter could not be filled in
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError


class CaseworkError(PerdureError):
    """Any refusal of casework."""

    code = "casework.error"


class CaseNotFound(CaseworkError):
    """No case has this reference, or none that this person may see; nobody learns which."""

    code = "casework.case-not-found"

    def __init__(self) -> None:
        super().__init__(
            _("There is no case with this reference that you may see."),
            _("Check the reference, or ask the owner of the service to let you in."),
        )


class CaseDecided(CaseworkError):
    """Somebody has decided the case, so nothing about it changes any more but notes."""

    code = "casework.case-decided"

    def __init__(self, when: str) -> None:
        super().__init__(
            _("This case was decided on %(when)s.") % {"when": when},
            _("Nothing of yours was sent. Read the decision below."),
        )


class CaseChanged(CaseworkError):
    """Something happened on the case after the page was opened; the words typed are kept."""

    code = "casework.case-changed"

    def __init__(self) -> None:
        super().__init__(
            _("Something happened on this case since you opened the page, so nothing was sent yet."),
            _("Read what is new below. Your words are still here: send them again if they still hold."),
        )


class NotYourCase(CaseworkError):
    """Somebody else holds the case."""

    code = "casework.not-your-case"

    def __init__(self, holder: str) -> None:
        super().__init__(
            _("%(holder)s holds this case, so only they can do this.") % {"holder": holder},
            _("Ask them to hand it over, or add a note for them."),
        )


class NotOnTheTeam(CaseworkError):
    """The person it should go to does not work on the service."""

    code = "casework.not-on-the-team"

    def __init__(self) -> None:
        super().__init__(
            _("This person does not work on the cases of this service."), _("Choose somebody from the list.")
        )


class ReasonNeeded(CaseworkError):
    """The decision, question, note or answer has no words."""

    code = "casework.reason-needed"


class OutcomeUnknown(CaseworkError):
    """No decision was chosen, or one that the service does not know."""

    code = "casework.outcome-unknown"

    def __init__(self) -> None:
        super().__init__(_("No decision is chosen."), _("Choose what you decide, and send it again."))


class NothingAsked(CaseworkError):
    """The applicant answers, but was not asked for anything."""

    code = "casework.nothing-asked"

    def __init__(self) -> None:
        super().__init__(
            _("We are not waiting for an answer from you now."),
            _("To tell us something, use the contact details on this page."),
        )


class NoCaseWaits(CaseworkError):
    """There is no next case to take."""

    code = "casework.no-case-waits"

    def __init__(self) -> None:
        super().__init__(
            _("No case waits to be taken."), _("New ones appear here when people send applications.")
        )


class PaperNotMade(CaseworkError):
    """The paper form or the letter could not be made; the page says why."""

    code = "casework.paper-not-made"
