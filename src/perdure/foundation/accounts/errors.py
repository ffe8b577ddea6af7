"""Refusals of accounts.

AccountsError
├── LinkNotUsable     the one-time link is unknown, used or too old
├── TooManyTries      a limit on tries is reached
├── NoSuchPerson      nobody here has this e-mail address
└── LastOwner         the change would leave nobody who can manage people
"""

from __future__ import annotations

from perdure.core.kernel.errors import PerdureError


class AccountsError(PerdureError):
    """Anything about people and sign-in that is refused."""

    code = "accounts.refused"


class LinkNotUsable(AccountsError):
    """One answer for unknown, used and expired: nobody learns which."""

    code = "accounts.link-not-usable"


class TooManyTries(AccountsError):
    """A person or a machine tried too often."""

    code = "accounts.too-many-tries"


class NoSuchPerson(AccountsError):
    """The address belongs to nobody here."""

    code = "accounts.no-such-person"


class LastOwner(AccountsError):
    """Somebody must be able to manage people."""

    code = "accounts.last-owner"
