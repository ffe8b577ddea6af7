"""References of cases: short enough for an address, and so many that a million rarely meet."""

from __future__ import annotations

import secrets

from perdure.core.kernel.references import ALPHABET

LENGTH = 10
_PAIRS = [one + two for one in ALPHABET for two in ALPHABET]


def new_reference() -> str:
    """A reference such as R-7Q2M4-KXD29; 29 ** 10 are possible, and the database keeps them unique."""
    number = secrets.randbits(64)
    pairs = []
    for _ in range(LENGTH // 2):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    body = "".join(pairs)
    return f"R-{body[:5]}-{body[5:]}"
