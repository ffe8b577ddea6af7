"""What the register refuses, in words."""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class RegisterError(PerdureError):
    """Anything that the register refuses."""

    code = "register.refused"


class CaseNotFound(RegisterError):
    """There is no such case, or the person may not see it."""

    code = "register.not-found"
