"""Why a file is not a form we can read.

FormRefused   codes: digitise.not-a-pdf, digitise.broken, digitise.password, digitise.xfa-only,
              digitise.no-pages, digitise.too-many-pages, digitise.too-many-boxes, digitise.too-large,
              digitise.too-slow
"""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class FormRefused(PerdureError):
    """The file cannot be read as a form; the words say why and what helps."""

    code = "digitise.refused"
