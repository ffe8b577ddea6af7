"""Refusals of access.

AccessError
├── NotAllowed        this person may not do this
├── LabelTooHigh      the installation's ceiling is below the label
└── UnknownLabels     a setting names a scheme or a ceiling that does not exist
"""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class AccessError(PerdureError):
    """Anything the policy refuses."""

    code = "access.refused"


class NotAllowed(AccessError):
    """The person lacks the role or the clearance."""

    code = "access.not-allowed"


class LabelTooHigh(AccessError):
    """The label is unknown here, or above what this installation may hold."""

    code = "access.above-ceiling"


class UnknownLabels(AccessError):
    """The settings name a scheme or a ceiling that does not exist."""

    code = "access.unknown-labels"
