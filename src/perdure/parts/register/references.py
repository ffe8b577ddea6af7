"""References of cases: short enough for an address, and so many that a million rarely meet."""

from __future__ import annotations

import secrets

from perdure.core.kernel.references import ALPHABET

LENGTH = 10


def new_reference() -> str:
    """A reference such as R-7Q2M4-KXD29; 29 ** 10 are possible, and the database keeps them unique."""
    number = secrets.randbits(64)
    letters = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    body = "".join(letters)
    return f"R-{body[:5]}-{body[5:]}"
