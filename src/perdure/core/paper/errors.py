"""Refusals of the paper side.

PerdureError
└── PaperError   a paper form or a letter that could not be made
"""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class PaperError(PerdureError):
    """Codes: paper.not-the-form, paper.cannot-open, paper.no-paper, paper.letter."""

    code = "paper.cannot-open"
