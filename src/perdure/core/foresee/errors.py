"""What foresee refuses, in words."""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class ForeseeError(PerdureError):
    """A forecast, a curve or a check that cannot be made from what was given.

    Codes: foresee.too-few-cases, foresee.no-such-instrument, foresee.bad-instrument,
    foresee.bad-answer, foresee.bad-model.
    """

    code = "foresee.refused"
