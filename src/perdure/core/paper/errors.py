"""Refusals of the paper side.

PerdureError
└── PaperError   a paper form or a letter that could not be made
"""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class PaperError(PerdureError):
    """The paper form of a service cannot be opened, or a letter cannot be made.

    Codes: paper.cannot-open, paper.not-the-form, paper.no-paper, paper.letter.
    """

    code = "paper.cannot-open"
