"""What the register refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError


class RegisterError(PerdureError):
    """Anything that the register refuses."""

    code = "register.refused"


class NotThere(RegisterError):
    """Nothing is at this address."""

    code = "register.not-found"


class CaseNotFound(NotThere):
    """There is no such case, or the person may not see it."""

    code = "register.not-found"


class ImportNotFound(NotThere):
    """There is no such import."""

    code = "register.no-such-import"

    def __init__(self) -> None:
        super().__init__(_("There is no import at this address."), _("Look at the list of imports."))


class ImportRefused(RegisterError):
    """The file, its mapping or the moment does not allow this."""

    code = "register.import-refused"


class ImportMoved(RegisterError):
    """Another process moved this import on, or somebody stopped it."""

    code = "register.import-moved"

    def __init__(self) -> None:
        super().__init__(
            _("This import was moved on or stopped elsewhere."), _("Look at it again before you go on.")
        )


class ListNotFound(NotThere):
    """There is no such list."""

    code = "register.no-such-list"

    def __init__(self, slug: str = "") -> None:
        what = (
            _("There is no list called %(slug)s.") % {"slug": slug} if slug else _("There is no such list.")
        )
        super().__init__(what, _("Look at the names of the lists under Imports."))


class LinkNotFound(NotThere):
    """There is no such link."""

    code = "register.no-such-link"

    def __init__(self) -> None:
        super().__init__(_("This link is not there any more."), _("Look at the list of links."))


class LinkRefused(RegisterError):
    """Two cases that cannot be linked so."""

    code = "register.link-refused"


class CaseChanged(RegisterError):
    """Somebody else changed the case after the form was opened; what was typed is kept."""

    code = "register.case-changed"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this case since you opened the form, so nothing was saved yet."),
            _("Look at what it says now, then save again if your words still hold."),
        )


class CollectionNotFound(NotThere):
    """There is no such collection, or it is not public."""

    code = "register.no-such-collection"

    def __init__(self) -> None:
        super().__init__(_("There is no collection at this address."), _("Look at the list of collections."))


class CollectionRefused(RegisterError):
    """A collection that cannot be kept as it was typed."""

    code = "register.collection-refused"


class CommitmentNotFound(NotThere):
    """There is no such commitment, or it is not public."""

    code = "register.no-such-commitment"

    def __init__(self) -> None:
        super().__init__(_("There is no commitment at this address."), _("Look at the list of commitments."))


class BarrierNotFound(NotThere):
    """There is no such barrier."""

    code = "register.no-such-barrier"

    def __init__(self) -> None:
        super().__init__(_("There is no barrier at this address."), _("Look at the page of its case."))


class RoundNotFound(NotThere):
    """There is no such round of questions."""

    code = "register.no-such-round"

    def __init__(self) -> None:
        super().__init__(_("There is no round at this address."), _("Look at the list of rounds."))


class RoundRefused(RegisterError):
    """A round of questions that cannot be opened so."""

    code = "register.round-refused"


class AskNotFound(NotThere):
    """The link of a message that asks nothing, or not any more."""

    code = "register.no-such-question"

    def __init__(self) -> None:
        super().__init__(
            _("This link asks nothing."), _("Open it from the message again; it may have been cut in two.")
        )


class AnswerRefused(RegisterError):
    """An answer that cannot be taken any more."""

    code = "register.answer-refused"


class CheckRefused(RegisterError):
    """A check that cannot be kept as it was filled in."""

    code = "register.check-refused"


class CheckNotFound(NotThere):
    """There is no such check."""

    code = "register.no-such-check"

    def __init__(self) -> None:
        super().__init__(_("There is no check of that name."), _("Choose one on the page of the case."))


class SubmissionRefused(RegisterError):
    """Something that was sent in and cannot be decided on so."""

    code = "register.submission-refused"


class ForecastRefused(RegisterError):
    """A list that cannot be forecast now."""

    code = "register.forecast-refused"


class ForecastNotFound(NotThere):
    """Nothing was forecast for this list."""

    code = "register.no-forecast"

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was forecast for this list yet."), _("Look at the lists that have a forecast.")
        )


class VisitsUnderWay(RegisterError):
    """Another process looks at the addresses at this moment."""

    code = "register.visits-under-way"

    def __init__(self) -> None:
        super().__init__(
            _("The addresses are being looked at elsewhere at this moment."),
            _("Wait until that is over; when it broke off, wait two minutes."),
        )
