"""Why an address of the web was not reached."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError


class Why(StrEnum):
    """What stood in the way. BARRED: we do not go there, whatever is there."""

    NO_HOST = "no_host"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    UNSAFE = "unsafe"
    NOT_HTTP = "not_http"
    BARRED = "barred"


class NotReached(PerdureError):
    """An address that did not answer, or that we do not go to."""

    code = "reach.not-reached"

    def __init__(self, why: Why) -> None:
        super().__init__(_("This address could not be reached."), _("Open it in a browser and look."))
        self.why = why
