"""Why a language model gave no answer.

PerdureError
└── ModelError
    ├── ModelOff             no model is set up
    ├── ModelNotSetUp        its address or key cannot be used
    ├── ModelNotReached      nobody answers at the address
    ├── ModelTooSlow         the answer was not whole in time
    ├── ModelSaysNo          an answer with a status that is no success
    └── ModelAnswerNotRead   too large, or not a chat completion

No sentence holds the key, or anything that the model's side wrote.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from perdure.core.kernel.errors import PerdureError


class ModelError(PerdureError):
    """Whatever keeps a model's answer from us."""

    code = "model.refused"


class ModelOff(ModelError):
    """No model is set up, which is the default."""

    code = "model.off"

    def __init__(self) -> None:
        super().__init__(_("No language model is set up here."), _("Nothing is missing: it is optional."))


class ModelNotSetUp(ModelError):
    """The address or the key cannot be used as it stands."""

    code = "model.not-set-up"


class ModelNotReached(ModelError):
    """Nobody answers at the address."""

    code = "model.not-reached"

    def __init__(self) -> None:
        super().__init__(
            _("The language model could not be reached."),
            _("Ask the operator whether it runs at the address in PERDURE_MODEL_URL, then try again."),
        )


class ModelTooSlow(ModelError):
    """The answer was not whole in time."""

    code = "model.too-slow"

    def __init__(self, seconds: float) -> None:
        what = _("The language model did not answer within %(seconds)s seconds.") % {
            "seconds": f"{seconds:g}"
        }
        super().__init__(what, _("Try again later, or use a faster model."))


class ModelSaysNo(ModelError):
    """An answer with a status that is no success. status: of HTTP."""

    code = "model.says-no"

    def __init__(self, status: int) -> None:
        super().__init__(
            _("The language model refused, with the number %(status)s.") % {"status": status}, _next(status)
        )
        self.status = status


class ModelAnswerNotRead(ModelError):
    """Too large, or not what a chat completion looks like."""

    code = "model.answer-not-read"

    def __init__(self, what: str = "") -> None:
        otherwise = _("The address of the language model answered with something else.")
        super().__init__(what or otherwise, _("Check PERDURE_MODEL_URL: it usually ends in /v1."))


def _next(status: int) -> str:
    if status in (401, 403):
        return _("Ask the operator to check PERDURE_MODEL_KEY.")
    if status == 404:
        return _("Ask the operator to check PERDURE_MODEL_URL and PERDURE_MODEL_NAME.")
    if status == 429:
        return _("It has too much to do. Try again later.")
    if 300 <= status < 400:
        return _("It points to another address. Set PERDURE_MODEL_URL to that one, if you trust it.")
    return _("Try again later. If it stays so, ask who runs the model.")
